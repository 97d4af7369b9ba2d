"""Draws verdicts: the card, its details, the questions it suggests."""

from urllib.parse import urlsplit

from markupsafe import Markup

from actions.screens.verify import (
    HowToVerify,
    InterviewQuestions,
    VerdictCard,
    VerdictDetails,
    VerdictMeaning,
)
from bot.telegram.screens.drawing import Button, Drawn, button, draws, lines, link, paragraphs
from bot.telegram.screens.words import ask_person, meant
from bot.texts import Say
from bot.texts.verdicts import Described, describe

SHOWN_SKILLS = 4
BOLD = Markup("<b>{}</b>")
AGAIN = frozenset({"issuer-unreachable", "link-unavailable", "status-unknown", "too-slow"})


@draws(HowToVerify)
def draw_how_to_verify(screen: HowToVerify, say: Say) -> Drawn:
    return Drawn(say("how-to-verify"))


@draws(VerdictCard)
def draw_verdict(screen: VerdictCard, say: Say) -> Drawn:
    words = describe(screen.facts, say)
    checked = (
        say.plain("verdict-checked-now")
        if screen.is_fresh
        else say.plain("verdict-checked-on", time=say.time(screen.facts.checked_at))
    )
    text = paragraphs(
        Markup(" ").join([BOLD.format(words.headline), checked]),
        " ".join([words.explanation, *words.notes]).strip() if not words.can else words.explanation,
        lines(BOLD.format(short(words.title, 120)), short(words.award, 260))
        if words.title
        else None,
        say.plain("badge-can", can=short("; ".join(words.can), 260)) if words.can else None,
        short(" ".join(words.judged), 260),
        say("verdict-maybe-work") if screen.may_be_work else None,
        " ".join(words.notes) if words.can else None,
    )
    return Drawn(text, _buttons(screen, words, say))


@draws(VerdictDetails)
def draw_details(screen: VerdictDetails, say: Say) -> Drawn:
    words = describe(screen.facts, say)
    checks = [f"{name}: {result}" for name, result, _ in words.checks]
    skills = [
        short(f"{skill.name} ({skill.code})" if skill.code else skill.name, 90)
        for skill in words.skills[:SHOWN_SKILLS]
    ]
    more = len(words.skills) - len(skills)
    about = [short(line, 160) for line in words.about]
    text = paragraphs(
        lines(BOLD.format(say.plain("details-checks")), *checks),
        lines(BOLD.format(say.plain("details-about")), *about) if about else None,
        lines(
            BOLD.format(say.plain("details-skills")),
            *skills,
            say.plain("details-skills-more", count=more) if more else None,
        )
        if skills
        else None,
        say.plain("verdict-checked-on", time=say.time(screen.facts.checked_at)),
    )
    return Drawn(text, (_back(screen.enquiry_id, say),))


@draws(InterviewQuestions)
def draw_questions(screen: InterviewQuestions, say: Say) -> Drawn:
    words = describe(screen.facts, say)
    text = paragraphs(
        BOLD.format(say.plain("questions-title")),
        say("questions-intro"),
        *(f"{number}. {question}" for number, question in enumerate(words.questions, 1)),
    )
    return Drawn(text, (_back(screen.enquiry_id, say),))


@draws(VerdictMeaning)
def draw_meaning(screen: VerdictMeaning, say: Say) -> Drawn:
    return Drawn(
        say("verdict-means", about=screen.about),
        ((meant(say, "verify_badge"), ask_person(say)),),
    )


def short(text: str, length: int) -> str:
    """A text cut to a length, so that a card fits a phone; the page has all of it."""
    return text if len(text) <= length else f"{text[: length - 1].rstrip()}…"


def _buttons(screen: VerdictCard, words: Described, say: Say) -> tuple[tuple[Button, ...], ...]:
    rows: list[tuple[Button, ...]] = []
    if words.kind in AGAIN and screen.can_ask_again:
        rows.append((button(say.plain("button-try-again"), "verify_again", screen.enquiry_id),))
    if words.questions:
        rows.append((button(say.plain("button-questions"), "verify_questions", screen.enquiry_id),))
    if screen.facts.badge or len(screen.facts.checks) > 1:
        rows.append((button(say.plain("button-details"), "verify_details", screen.enquiry_id),))
    if screen.facts.page and "." in (urlsplit(screen.facts.page).hostname or ""):
        rows.append((link(say.plain("button-open-page"), screen.facts.page),))
    if screen.badge_id:
        rows.append((button(say.plain("button-amend"), "issued_open", screen.badge_id),))
    if screen.may_be_work:
        rows.append((meant(say, "submit_evidence"),))
    return tuple(rows)


def _back(enquiry_id: str, say: Say) -> tuple[Button, ...]:
    return (button(say.plain("button-back"), "verify_card", enquiry_id),)
