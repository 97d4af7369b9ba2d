"""Pages and documents for anybody: no login, no cookies, nothing from elsewhere."""

from bot.web.app import create_web

__all__ = ["create_web"]
