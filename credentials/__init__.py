"""The domain: what can be earned, shown, judged, signed and verified. Knows no Telegram, Rasa or HTTP."""
