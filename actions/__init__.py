"""Rasa custom actions: entities in, one use case, one screen out."""
