"""Open Badges 3.0 on Verifiable Credentials 2.0, as pure functions.

https://www.imsglobal.org/spec/ob/v3p0 · https://www.w3.org/TR/vc-data-model-2.0/
No clock, no network, no database: instants, keys and documents come in as arguments.
"""
