"""Draws the screens for what cannot be used as it came."""

from actions.screens.incoming import NotUnderstoodMedia, StaleButton, UnknownCommand
from bot.telegram.screens.drawing import Drawn, button, draws
from bot.telegram.screens.words import meant
from bot.texts import Say


@draws(UnknownCommand)
def draw_unknown_command(screen: UnknownCommand, say: Say) -> Drawn:
    return Drawn(say("unknown-command"), ((button(say.plain("button-menu"), "menu"),),))


@draws(NotUnderstoodMedia)
def draw_not_understood_media(screen: NotUnderstoodMedia, say: Say) -> Drawn:
    menu = button(say.plain("button-menu"), "menu")
    if screen.is_speech:
        return Drawn(say("speech-not-understood"), ((meant(say, "submit_evidence"), menu),))
    return Drawn(say("media-not-understood"), ((menu,),))


@draws(StaleButton)
def draw_stale_button(screen: StaleButton, say: Say) -> Drawn:
    return Drawn(say("button-stale"), ((button(say.plain("button-menu"), "menu"),),))
