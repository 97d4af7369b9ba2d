"""Draws the intake: goal, skills, hours, limits, changing one's answers."""

from collections.abc import Sequence
from typing import TypeVar

from markupsafe import Markup

from actions.screens.base import LanguageMap
from actions.screens.intake import (
    AskGoal,
    AskHave,
    AskHours,
    AskLikely,
    AskLimit,
    ChangeAnswers,
    ChooseJob,
    Heard,
    JobsOfField,
    Welcome,
)
from bot.telegram.screens.drawing import Button, Drawn, button, draws, lines, paragraphs
from bot.telegram.screens.fields import field_rows, turning
from bot.telegram.screens.words import ask_person, meant, menu_button
from bot.texts import Say

T = TypeVar("T")
COMPARED = 3
HOURS = ("2", "5", "10", "20")
OFFERED = {
    "budget": ("0", "50", "100", "300"),
    "deadline": ("1", "3", "6", "12"),
    "level": ("foundation", "intermediate"),
}


@draws(Welcome)
def draw_welcome(screen: Welcome, say: Say) -> Drawn:
    text = paragraphs(
        say(
            "welcome",
            named="yes" if screen.first_name else "no",
            name=screen.first_name or "",
            institution=screen.institution,
        ),
        say("ask-goal"),
        say("welcome-privacy"),
    )
    return Drawn(text, _goal_rows(say, meant(say, "verify_badge")))


@draws(AskGoal)
def draw_ask_goal(screen: AskGoal, say: Say) -> Drawn:
    if screen.is_unsure:
        return Drawn(say("ask-goal-unsure"), (*field_rows("field", say), (ask_person(say),)))
    asked = say("ask-goal-unclear" if screen.is_unclear else "ask-goal")
    counts = None
    if screen.held and not screen.is_unclear:
        counts = say("goal-held", job=capital(say.words(screen.held)))
        asked = say("ask-goal-next")
    text = paragraphs(counts, _noted(screen.noted, say), heard_line(screen.heard, say), asked)
    return Drawn(text, _goal_rows(say))


@draws(ChooseJob)
def draw_choose_job(screen: ChooseJob, say: Say) -> Drawn:
    asked = "choose-job-far" if screen.is_far else "choose-job"
    asked = "choose-job-unclear" if screen.is_unclear else asked
    text = paragraphs(
        _noted(screen.noted, say),
        heard_line(screen.heard, say),
        lines(
            say(asked),
            *(
                say("choose-job-line", job=capital(say.words(job.title)), because=job.because)
                for job in screen.jobs
                if job.because
            ),
        ),
    )
    rows = tuple((button(capital(say.words(job.title)), "job", job.code),) for job in screen.jobs)
    codes = "~".join(job.code for job in screen.jobs[:COMPARED])
    compare = (button(say.plain("button-compare"), "what_if", codes),) if len(rows) > 1 else ()
    none = button(say.plain("button-none-of-these"), "goal_again")
    people = ((ask_person(say),),) if screen.is_far else ()
    return Drawn(text, (*rows, (none, *compare), *people))


@draws(JobsOfField)
def draw_jobs_of_field(screen: JobsOfField, say: Say) -> Drawn:
    rows = [
        tuple(button(capital(say.words(job.title)), "job", job.code) for job in pair)
        for pair in _pairs(screen.jobs)
    ]
    turn = turning("field", say, field=screen.field, page=screen.page, pages=screen.pages)
    other = button(say.plain("button-other-field"), "goal_again")
    return Drawn(say("jobs-of-field", field=screen.field), (*rows, (*turn, other)))


@draws(AskLikely)
def draw_ask_likely(screen: AskLikely, say: Say) -> Drawn:
    goal = None if screen.is_unclear else capital(say.words(screen.job))
    text = paragraphs(
        say("goal-known", job=goal, setting="none") if goal else None,
        _noted(screen.noted, say),
        heard_line(screen.heard, say),
        lines(
            say("ask-likely", job=capital(say.words(screen.held)), years=screen.years or 0),
            *(say("ask-likely-skill", skill=say.words(skill)) for skill in screen.skills),
        ),
        say("ask-likely-unclear" if screen.is_unclear else "ask-likely-so"),
    )
    rows = (
        (button(say.plain("button-likely-yes"), "likely_yes"),),
        (
            button(say.plain("button-likely-some"), "likely_some"),
            button(say.plain("button-likely-no"), "likely_no"),
        ),
    )
    return Drawn(text, rows)


@draws(AskHave)
def draw_ask_have(screen: AskHave, say: Say) -> Drawn:
    examples = say.listed([say.words(skill) for skill in screen.examples])
    known = say("goal-known", job=capital(say.words(screen.job)), setting=screen.setting or "none")
    if screen.noted:
        text = lines(_noted(screen.noted, say), say("ask-have-more"))
    elif screen.is_unclear:
        text = say("ask-have-unclear", examples=examples)
    else:
        text = lines(known, heard_line(screen.heard, say), say("ask-have"))
    done = say.plain("button-that-is-all" if screen.noted else "button-nothing-yet")
    offers = [button(say.words(offer.label), "have_skill", offer.key) for offer in screen.offered]
    rows = (
        *_pairs(offers),
        (
            button(done, "have_nothing"),
            button(say.plain("button-change-goal"), "goal_again"),
        ),
    )
    return Drawn(text, rows)


@draws(AskHours)
def draw_ask_hours(screen: AskHours, say: Say) -> Drawn:
    job = capital(say.words(screen.job)) if screen.job and not screen.is_unclear else ""
    text = paragraphs(
        say("goal-known", job=job, setting="none") if job else None,
        _noted(screen.noted, say),
        heard_line(screen.heard, say),
        say("ask-hours-unclear" if screen.is_unclear else "ask-hours"),
    )
    chosen = tuple(button(say.plain("button-hours", hours=n), "hours", n) for n in HOURS)
    return Drawn(text, (chosen,))


@draws(ChangeAnswers)
def draw_change_answers(screen: ChangeAnswers, say: Say) -> Drawn:
    skills = say.listed([say.words(skill) for skill in screen.skills])
    text = paragraphs(
        lines(
            say("answers"),
            say("answers-goal", job=capital(say.words(screen.job))) if screen.job else None,
            say("answers-held", job=say.words(screen.held), years=screen.years or 0)
            if screen.held
            else None,
            say("answers-skills", skills=skills) if skills else None,
            say("answers-hours", hours=say.number(screen.hours)) if screen.hours else None,
            *_limit_lines(screen, say),
        ),
        say("answers-change"),
    )
    rows = (
        (
            button(say.plain("button-goal"), "goal_again"),
            button(say.plain("button-skills"), "have_again"),
        ),
        (_limit_button("hours", say), _limit_button("budget", say), _limit_button("deadline", say)),
        (_limit_button("language", say), _limit_button("level", say)),
        (button(say.plain("button-my-path"), "way"), menu_button(say)),
    )
    return Drawn(text, rows)


@draws(AskLimit)
def draw_ask_limit(screen: AskLimit, say: Say) -> Drawn:
    key = "ask-limit-unclear" if screen.is_unclear else "ask-limit"
    offered = [(code, say.language_name(code)) for code in screen.languages]
    if screen.limit in OFFERED:
        offered = [
            (choice, say.plain(f"button-{screen.limit}-{choice}"))
            for choice in OFFERED[screen.limit]
        ]
    choices = [
        button(label, "limit", f"{screen.limit}~{choice}")
        for choice, label in (*offered, ("any", say.plain("button-any")))
    ]
    return Drawn(say(key, limit=screen.limit), tuple(_pairs(choices)))


def capital(text: str) -> str:
    """The text with a capital first letter."""
    return text[:1].upper() + text[1:]


def _noted(skills: tuple[LanguageMap, ...], say: Say) -> Markup | None:
    listed = say.listed([say.words(skill) for skill in skills])
    return say("skills-noted", skills=listed) if listed else None


def heard_line(heard: Heard | None, say: Say, noted: tuple[LanguageMap, ...] = ()) -> Markup | None:
    """The limits and hours just told, in one line, after the skills `noted`."""
    if heard is None:
        return _noted(noted, say)
    hours = say("heard-hours", hours=say.number(heard.hours)) if heard.hours else None
    budget = say("heard-any-budget")
    if heard.budget is not None:
        budget = say(
            "heard-budget",
            amount=say.money(heard.budget, heard.currency),
            free="no" if heard.budget else "yes",
        )
    lines_of: dict[str, str | None] = {
        "hours": hours,
        "budget": budget,
        "deadline": say("heard-deadline", day=say.day(heard.deadline)) if heard.deadline else None,
        "language": say("heard-language", languages=_language_names(heard.languages, say))
        if heard.languages
        else None,
        "level": say("heard-level", level=heard.level) if heard.level else None,
    }
    facts = [str(line) for name in heard.told if (line := lines_of[name]) is not None]
    told = [*(say.words(skill) for skill in noted), *facts]
    return say("heard", facts=say.listed(told)) if told else None


def _language_names(codes: Sequence[str], say: Say) -> str:
    return say.listed([say.language_name(code) for code in codes])


def _goal_rows(say: Say, *others: Button) -> tuple[tuple[Button, ...], ...]:
    return (
        *field_rows("field", say),
        (button(say.plain("button-not-sure"), "unsure"), *others),
    )


def _pairs(things: Sequence[T]) -> list[tuple[T, ...]]:
    return [tuple(things[place : place + 2]) for place in range(0, len(things), 2)]


def _limit_button(limit: str, say: Say) -> Button:
    return button(say.plain(f"button-limit-{limit}"), "limit_again", limit)


def _limit_lines(screen: ChangeAnswers, say: Say) -> tuple[Markup | None, ...]:
    spoken = say.listed([say.language_name(code) for code in screen.languages], style="or")
    return (
        say("answers-budget", amount=say.money(screen.budget, screen.currency))
        if screen.budget is not None
        else None,
        say("answers-deadline", day=say.day(screen.deadline)) if screen.deadline else None,
        say("answers-languages", languages=spoken) if spoken else None,
        say("answers-level", level=screen.level) if screen.level else None,
    )
