"""Every word that people read, by language: `<language>/*.ftl` (Project Fluent).

Values are escaped for Telegram's HTML here and nowhere else.
"""

from bot.texts.say import Say, languages, text_keys

__all__ = ["Say", "languages", "text_keys"]
