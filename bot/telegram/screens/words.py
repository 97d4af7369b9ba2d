"""Draws the menu, questions people often ask, and what was not understood."""

from actions.screens.words import (
    Clarify,
    Distress,
    EmployerValue,
    Goodbye,
    Help,
    Menu,
    NothingToUndo,
    NotUnderstood,
    OutOfScope,
    PressChoice,
    Privacy,
    SomethingElse,
    TimeNeeded,
    WhatIsMicrocredential,
    WordsUnavailable,
)
from bot.telegram.callback_data import unpack
from bot.telegram.screens.drawing import Button, Drawn, button, draws, paragraphs
from bot.texts import Say

Rows = tuple[tuple[Button, ...], ...]
ADVISOR = "advisor"


def meant(say: Say, intent: str) -> Button:
    """A button that means what an intent means."""
    return button(say.plain(f"meant-{intent}"), "meant", intent)


def ask_person(say: Say, reason: str = "") -> Button:
    return button(say.plain("button-ask-person"), "ask_person", reason)


def menu_button(say: Say) -> Button:
    return button(say.plain("button-menu"), "menu")


def menu_rows(say: Say, roles: tuple[str, ...]) -> Rows:
    """Every journey the roles allow."""
    rows: Rows = (
        (meant(say, "set_career_goal"), meant(say, "ask_progress")),
        (meant(say, "submit_evidence"), meant(say, "ask_badges")),
        (meant(say, "verify_badge"), meant(say, "set_reminder")),
        (ask_person(say), button(say.plain("button-settings"), "settings")),
    )
    people = button(say.plain("button-people"), "people")
    return ((meant(say, "review"), people), *rows) if ADVISOR in roles else rows


@draws(Menu)
def draw_menu(screen: Menu, say: Say) -> Drawn:
    return Drawn(say("menu"), menu_rows(say, screen.roles))


@draws(Help)
def draw_help(screen: Help, say: Say) -> Drawn:
    is_advisor = ADVISOR in screen.roles
    text = paragraphs(say("help"), say("help-advisor") if is_advisor else None)
    return Drawn(text, menu_rows(say, screen.roles))


@draws(WhatIsMicrocredential)
def draw_what_is_microcredential(screen: WhatIsMicrocredential, say: Say) -> Drawn:
    return Drawn(
        say("what-is-microcredential"),
        (
            (meant(say, "set_career_goal"),),
            (button(say.plain("button-employers"), "meant", "ask_employer_value"),),
        ),
    )


@draws(EmployerValue)
def draw_employer_value(screen: EmployerValue, say: Say) -> Drawn:
    rows = ((meant(say, "set_career_goal"), meant(say, "verify_badge")),)
    return Drawn(say("employer-value"), rows)


@draws(TimeNeeded)
def draw_time_needed(screen: TimeNeeded, say: Say) -> Drawn:
    rows = ((meant(say, "set_career_goal"), meant(say, "submit_evidence")),)
    return Drawn(say("time-needed"), rows)


@draws(Privacy)
def draw_privacy(screen: Privacy, say: Say) -> Drawn:
    rows = (
        (
            button(say.plain("button-export"), "export"),
            button(say.plain("button-delete"), "delete"),
        ),
        (menu_button(say),),
    )
    return Drawn(say("privacy"), rows)


@draws(Goodbye)
def draw_goodbye(screen: Goodbye, say: Say) -> Drawn:
    return Drawn(say("goodbye"))


@draws(Distress)
def draw_distress(screen: Distress, say: Say) -> Drawn:
    hotline = say("distress-hotline", hotline=screen.hotline) if screen.hotline else None
    return Drawn(paragraphs(say("distress"), hotline), ((ask_person(say, "urgent"),),))


@draws(OutOfScope)
def draw_out_of_scope(screen: OutOfScope, say: Say) -> Drawn:
    words = ("out-of-scope", "out-of-scope-again", "not-understood-again")
    return Drawn(say(words[min(screen.times, 2)]), menu_rows(say, screen.roles))


@draws(Clarify)
def draw_clarify(screen: Clarify, say: Say) -> Drawn:
    rows = tuple((meant(say, intent),) for intent in screen.options)
    other = button(say.plain("button-something-else"), "meant", "something_else")
    return Drawn(say("clarify"), (*rows, (other,)))


@draws(NothingToUndo)
def draw_nothing_to_undo(screen: NothingToUndo, say: Say) -> Drawn:
    return Drawn(say("nothing-to-undo"), menu_rows(say, screen.roles))


@draws(SomethingElse)
def draw_something_else(screen: SomethingElse, say: Say) -> Drawn:
    return Drawn(say("something-else"), menu_rows(say, screen.roles))


@draws(NotUnderstood)
def draw_not_understood(screen: NotUnderstood, say: Say) -> Drawn:
    ask = (ask_person(say, "misses"),)
    words = "not-understood" if screen.times % 2 else "not-understood-again"
    return Drawn(say(words), (ask, *menu_rows(say, screen.roles)[:-1]))


@draws(WordsUnavailable)
def draw_words_unavailable(screen: WordsUnavailable, say: Say) -> Drawn:
    return Drawn(say("words-unavailable"), menu_rows(say, screen.roles))


@draws(PressChoice)
def draw_press_choice(screen: PressChoice, say: Say) -> Drawn:
    press = unpack(screen.data)
    yes = (button(screen.label, press.action, press.id),) if press else ()
    text = say("press-choice", label=screen.label)
    return Drawn(text, tuple(row for row in (yes, (menu_button(say),)) if row))
