"""Our own parts of the Rasa pipeline: sentence meaning, intents, and entities from the catalogue."""
