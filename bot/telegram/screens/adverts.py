"""Draws a pasted job advert: the gap it names, the next badge, and where that was read."""

from markupsafe import Markup

from actions.screens.adverts import AdvertCard, AdvertSources, AdvertUnread, AskedLine, Quoted
from bot.telegram.screens.drawing import (
    Button,
    Drawn,
    button,
    draws,
    first_that_fits,
    lines,
    paragraphs,
)
from bot.telegram.screens.fields import field_rows
from bot.telegram.screens.intake import capital
from bot.telegram.screens.pathways import step_button, step_length
from bot.telegram.screens.reasons import gap_basis
from bot.telegram.screens.words import ask_person, menu_button
from bot.texts import Say

QUOTE = 60  # characters of what an advert says, on a card


@draws(AdvertCard)
def draw_advert(screen: AdvertCard, say: Say) -> Drawn:
    counts = range(max(len(screen.gaps), 1), 0, -1)
    text = first_that_fits(_card(screen, count, say) for count in counts)
    return Drawn(text, tuple(row for row in _rows(screen, say) if row))


@draws(AdvertSources)
def draw_advert_sources(screen: AdvertSources, say: Say) -> Drawn:
    text = paragraphs(
        lines(
            say("advert-sources"),
            say(
                "advert-sources-job",
                job=capital(say.words(screen.job)),
                title=screen.title,
                because=screen.because,
            )
            if screen.job
            else None,
        ),
        lines(*(_quoted(one, say) for one in screen.quotes)),
        lines(
            say("advert-sources-more", count=screen.more) if screen.more else None,
            say(
                "advert-sources-usual",
                count=screen.usual,
                release=screen.release or say.plain("release-starter"),
            )
            if screen.usual
            else None,
        ),
    )
    return Drawn(text, ((button(say.plain("button-advert"), "advert"),),))


@draws(AdvertUnread)
def draw_advert_unread(screen: AdvertUnread, say: Say) -> Drawn:
    return Drawn(say("advert-unread"), (*field_rows("field", say), (menu_button(say),)))


def _card(screen: AdvertCard, count: int, say: Say) -> Markup:
    left = len(screen.gaps) - count + screen.more
    return paragraphs(
        _head(screen, say),
        lines(
            *(_asked(one, say) for one in screen.gaps[:count]),
            say("gap-more", count=left) if left > 0 else None,
        ),
        _next(screen, say),
        _beyond(screen, say),
        None if screen.has_told else say("advert-tell"),
    )


def _head(screen: AdvertCard, say: Say) -> Markup:
    job = capital(say.words(screen.job)) if screen.job else ""
    known = "none" if not screen.job else "sure" if screen.is_sure else "guess"
    return lines(
        say("advert", job=job, known=known),
        say(
            "advert-asks",
            asked=screen.asked,
            has=screen.has,
            partly=screen.partly,
            open=screen.asked - screen.has - screen.partly,
        ),
    )


def _asked(one: AskedLine, say: Say) -> Markup:
    return say(
        "advert-line",
        skill=capital(say.words(one.line.skill)),
        level=one.line.need_level,
        must="yes" if one.is_required else "no",
        basis=gap_basis(one.line, say),
    )


def _next(screen: AdvertCard, say: Say) -> Markup:
    if screen.step is None:
        return say("advert-no-step")
    key = "advert-prove" if screen.step.is_provable else "advert-next"
    length = step_length(screen.step, say)
    return say(key, title=screen.step.title, length=length, share=screen.closes)


def _beyond(screen: AdvertCard, say: Say) -> Markup | None:
    """What the advert asks for that no badge gives, in its own words."""
    quotes = dict.fromkeys(quote for quote in (screen.licence, screen.degree) if quote)
    asks = [_cut(quote) for quote in quotes]
    if not asks and not screen.years:
        return None
    return say(
        "advert-beyond",
        years=screen.years or 0,
        quoted="yes" if asks else "no",
        quotes=" / ".join(asks),
    )


def _quoted(one: Quoted, say: Say) -> Markup:
    return say(
        "advert-quote",
        skill=capital(say.words(one.skill)),
        level=one.level,
        must="yes" if one.is_required else "no",
        quote=_cut(one.quote),
    )


def _rows(screen: AdvertCard, say: Say) -> tuple[tuple[Button, ...], ...]:
    aim = None
    if screen.job and screen.job_code and not screen.is_goal:
        label = say.plain("button-aim", job=capital(say.words(screen.job)))
        aim = button(label, "job", screen.job_code)
    return (
        (step_button(screen.step, say),) if screen.step else (),
        (aim,) if aim else (),
        (
            button(say.plain("button-where-from"), "advert_sources"),
            button(say.plain("button-skills"), "have_again"),
        ),
        (button(say.plain("button-my-path"), "way"), ask_person(say)),
    )


def _cut(quote: str) -> str:
    return quote if len(quote) <= QUOTE else quote[: QUOTE - 1].rstrip() + "…"
