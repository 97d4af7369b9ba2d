"""Finds the work a person means: what is indexed, how it is searched, what a message is about."""
