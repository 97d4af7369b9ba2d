"""Draws badges that are out, as advisors see them: the list, one badge, a change to it."""

from markupsafe import Markup

from actions.screens.issued import (
    IssuedCard,
    IssuedChanged,
    IssuedConfirm,
    IssuedLine,
    IssuedList,
    IssuedReason,
)
from bot.telegram.screens.badges import badge_dates, badge_state
from bot.telegram.screens.drawing import Button, Drawn, button, draws, lines, paragraphs
from bot.telegram.screens.words import menu_button
from bot.texts import Say


@draws(IssuedList)
def draw_issued(screen: IssuedList, say: Say) -> Drawn:
    if not screen.lines:
        return Drawn(say("issued-none"), ((menu_button(say),),))
    rows = tuple(
        (button(_label(line, say), "issued_open", line.badge_id),) for line in screen.lines
    )
    older = (
        (button(say.plain("button-older"), "issued_older", screen.older),) if screen.older else ()
    )
    newest = () if screen.is_first else (button(say.plain("button-newest"), "issued"),)
    ways = (*newest, *older)
    return Drawn(say("issued"), (*rows, ways) if ways else rows)


@draws(IssuedCard)
def draw_issued_card(screen: IssuedCard, say: Say) -> Drawn:
    line = screen.line
    is_off = line.state != "valid" and screen.reason
    text = paragraphs(
        say("issued-redrawn") if screen.is_redrawn else None,
        lines(
            say("issued-card", title=line.title, holder=_holder(line, say)),
            say("issued-state", state=badge_state(line), **badge_dates(line, say)),
            say("issued-card-reason", reason=screen.reason or "") if is_off else None,
        ),
        say("badge-card-code", code=screen.code),
        say("problem-own_badge") if screen.is_own else None,
    )
    changes = [
        (
            button(
                say.plain(f"button-change-{change}"), "issued_change", f"{line.badge_id}~{change}"
            ),
        )
        for change in screen.changes
    ]
    return Drawn(text, (*changes, (_all(say),)))


@draws(IssuedReason)
def draw_issued_reason(screen: IssuedReason, say: Say) -> Drawn:
    line = screen.line
    text = paragraphs(
        say("issued-change", change=screen.change, title=line.title, holder=_holder(line, say)),
        say("issued-why", told="yes" if screen.is_told else "no"),
    )
    return Drawn(text, ((_back(line, say),),))


@draws(IssuedConfirm)
def draw_issued_confirm(screen: IssuedConfirm, say: Say) -> Drawn:
    line, place = screen.line, f"{screen.line.badge_id}~{screen.change}"
    text = paragraphs(
        say("issued-change", change=screen.change, title=line.title, holder=_holder(line, say)),
        lines(
            say("issued-will-read", told="yes" if screen.is_told else "no"),
            say("review-words", words=screen.reason),
        ),
    )
    confirm = button(say.plain(f"button-confirm-{screen.change}"), "issued_confirm", place)
    again = button(say.plain("button-other-words"), "issued_change", place)
    return Drawn(text, ((confirm,), (again, _back(line, say))))


@draws(IssuedChanged)
def draw_issued_changed(screen: IssuedChanged, say: Say) -> Drawn:
    line = screen.line
    done = say(
        "issued-changed",
        change=screen.change,
        title=line.title,
        holder=_holder(line, say),
    )
    told = say("issued-told", told="yes" if screen.is_told else "no")
    badge = button(say.plain("button-this-badge"), "issued_open", line.badge_id)
    return Drawn(lines(done, told), ((badge, _all(say)),))


def _label(line: IssuedLine, say: Say) -> str:
    return say.plain(
        "issued-line", holder=_holder(line, say), title=line.title, state=badge_state(line)
    )


def _holder(line: IssuedLine, say: Say) -> str | Markup:
    return line.holder or say.plain("review-nobody")


def _all(say: Say) -> Button:
    return button(say.plain("button-issued"), "issued")


def _back(line: IssuedLine, say: Say) -> Button:
    return button(say.plain("button-back"), "issued_open", line.badge_id)
