"""The playground: a loopback Bot API server and a page with phones, for the demo and for tests.

It imports nothing of the product: any bot that speaks the Bot API can be pointed at it.
"""
