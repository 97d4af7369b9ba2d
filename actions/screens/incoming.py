"""Screens for what cannot be used as it came."""

from actions.screens.base import Screen, register


@register
class UnknownCommand(Screen):
    """A command the bot does not have."""


@register
class NotUnderstoodMedia(Screen):
    """A kind of message the bot has no use for now, such as a sticker, or speech as a question."""

    is_speech: bool = False


@register
class StaleButton(Screen):
    """A button of an earlier version, or one the bot never made."""
