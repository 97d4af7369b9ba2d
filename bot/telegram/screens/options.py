"""Draws what is weighed: micro-credentials side by side, dates that bind."""

from markupsafe import Markup

from actions.screens.options import CompareOptions, DatedLine, Dates, Option
from bot.telegram.screens.drawing import Drawn, button, draws, lines, paragraphs
from bot.telegram.screens.words import ask_person, meant, menu_button
from bot.texts import Say


@draws(CompareOptions)
def draw_compare(screen: CompareOptions, say: Say) -> Drawn:
    text = paragraphs(say("compare"), *(_option(option, say) for option in screen.options))
    more = tuple(
        (button(say.plain("button-choose", title=option.title), "choose", option.code),)
        for option in screen.options
    )
    return Drawn(text, (*more, (button(say.plain("button-why"), "why"), ask_person(say))))


def _option(option: Option, say: Say) -> Markup:
    cost = say.money(option.amount, option.currency) if option.amount else ""
    return lines(
        say("credential", title=option.title),
        say(
            "compare-facts",
            hours=option.hours,
            cost=cost,
            free="no" if option.amount else "yes",
            start=option.start or "",
            told="yes" if option.start else "no",
        ),
        *(say("credential-can", text=one) for one in option.can),
    )


@draws(Dates)
def draw_dates(screen: Dates, say: Say) -> Drawn:
    found = (
        *(_line("dates-promised", line, say) for line in screen.promised),
        *(_line("dates-returned", line, say) for line in screen.returned),
        *(_line("dates-ending", line, say) for line in screen.ending),
    )
    start = (
        say("dates-start", title=screen.start_title, start=screen.start)
        if screen.start_title and screen.start
        else None
    )
    text = paragraphs(
        lines(*found) if found else say("dates-none"), start, say("dates-no-deadline")
    )
    return Drawn(
        text, ((meant(say, "ask_progress"), meant(say, "set_reminder")), (menu_button(say),))
    )


def _line(key: str, line: DatedLine, say: Say) -> Markup:
    return say(key, title=line.title, date=say.date(line.date) if line.date else "")
