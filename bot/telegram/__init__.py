"""Telegram in, Telegram out. No business rule and no sentence lives here."""
