"""Draws one micro-credential."""

from actions.screens.credential import CredentialCard, CredentialDeclined, CredentialFinished
from bot.telegram.screens.drawing import Button, Drawn, button, draws, lines, link, paragraphs
from bot.telegram.screens.words import meant
from bot.texts import Say


@draws(CredentialCard)
def draw_credential(screen: CredentialCard, say: Say) -> Drawn:
    since = say("credential-since", day=say.day(screen.since)) if screen.since else None
    text = paragraphs(
        say("credential-chosen", title=screen.title) if screen.is_chosen else None,
        lines(
            say("credential", title=screen.title),
            say("credential-what", text=screen.description),
            None if screen.is_chosen else since,
        ),
        lines(say("credential-shows"), *(say("credential-can", text=can) for can in screen.can))
        if screen.can
        else say("credential-elsewhere"),
        lines(
            say(
                "credential-learn",
                provider=screen.provider,
                start=screen.start,
                told="yes" if screen.start else "no",
            ),
            say(
                "credential-cost",
                hours=say.number(screen.hours),
                cost=say.money(screen.amount, screen.currency) if screen.amount else "",
                free="no" if screen.amount else "yes",
                note=screen.cost_note,
                noted="yes" if screen.cost_note else "no",
            ),
            say("credential-lasts", months=screen.months) if screen.months else None,
        ),
        say("credential-example") if screen.example else None,
    )
    finished = finished_button(screen.code, is_awarded_here=bool(screen.can), say=say)
    begun = button(say.plain("button-started"), "choose", screen.code)
    rows = (
        (link(say.plain("button-open-course"), screen.url),),
        (finished,) if screen.since else (begun, finished),
        (
            meant(say, "set_reminder"),
            button(say.plain("button-not-for-me"), "decline", screen.code),
        ),
        (button(say.plain("button-my-path"), "way"),),
    )
    return Drawn(text, rows)


@draws(CredentialDeclined)
def draw_declined(screen: CredentialDeclined, say: Say) -> Drawn:
    return Drawn(
        say("credential-declined", title=screen.title),
        ((button(say.plain("button-my-path"), "way"),),),
    )


@draws(CredentialFinished)
def drawfinished_button(screen: CredentialFinished, say: Say) -> Drawn:
    return Drawn(
        say("credential-finished", title=screen.title),
        ((button(say.plain("button-my-path"), "way"),),),
    )


def finished_button(code: str, *, is_awarded_here: bool, say: Say) -> Button:
    action = "prove" if is_awarded_here else "finished"
    return button(say.plain("button-finished"), action, code)
