"""Handlers: read the update, call one use case, show one screen."""
