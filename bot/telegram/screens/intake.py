"""Draws the intake: goal, skills, hours, changing one's answers."""

from collections.abc import Sequence
from typing import TypeVar

from markupsafe import Markup

from actions.screens.base import LanguageMap
from actions.screens.intake import (
    AskBudget,
    AskGoal,
    AskHave,
    AskHours,
    ChangeAnswers,
    ChooseJob,
    JobsOfField,
    Welcome,
)
from bot.telegram.screens.drawing import Button, Drawn, button, draws, lines, paragraphs
from bot.telegram.screens.fields import field_rows, turning
from bot.telegram.screens.words import ask_person, meant, menu_button
from bot.texts import Say

T = TypeVar("T")
HOURS = ("2", "5", "10", "20")
BUDGETS = ("0", "100", "any")


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
    return Drawn(paragraphs(_noted(screen.noted, say), asked), _goal_rows(say))


@draws(ChooseJob)
def draw_choose_job(screen: ChooseJob, say: Say) -> Drawn:
    text = lines(
        say("choose-job"),
        *(
            say("choose-job-line", job=capital(say.words(job.title)), because=job.because)
            for job in screen.jobs
            if job.because
        ),
    )
    rows = tuple((button(capital(say.words(job.title)), "job", job.code),) for job in screen.jobs)
    return Drawn(text, (*rows, (button(say.plain("button-none-of-these"), "goal_again"),)))


@draws(JobsOfField)
def draw_jobs_of_field(screen: JobsOfField, say: Say) -> Drawn:
    rows = [
        tuple(button(capital(say.words(job.title)), "job", job.code) for job in pair)
        for pair in _pairs(screen.jobs)
    ]
    turn = turning("field", say, field=screen.field, page=screen.page, pages=screen.pages)
    other = button(say.plain("button-other-field"), "goal_again")
    return Drawn(say("jobs-of-field", field=screen.field), (*rows, (*turn, other)))


@draws(AskHave)
def draw_ask_have(screen: AskHave, say: Say) -> Drawn:
    examples = say.listed([say.words(skill) for skill in screen.examples])
    known = say("goal-known", job=capital(say.words(screen.job)), setting=screen.setting or "none")
    if screen.noted:
        text = lines(_noted(screen.noted, say), say("ask-have-more"))
    elif screen.is_unclear:
        text = say("ask-have-unclear", examples=examples)
    else:
        text = lines(known, say("ask-have"))
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
    text = paragraphs(
        _noted(screen.noted, say),
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
            say("answers-skills", skills=skills) if skills else None,
            say("answers-hours", hours=say.number(screen.hours)) if screen.hours else None,
            _budget_line(screen.budget, say),
        ),
        say("answers-change"),
    )
    rows = (
        (
            button(say.plain("button-goal"), "goal_again"),
            button(say.plain("button-skills"), "have_again"),
        ),
        (
            button(say.plain("button-hours-a-week"), "hours_again"),
            button(say.plain("button-cost"), "budget_ask"),
        ),
        (button(say.plain("button-my-path"), "way"), menu_button(say)),
    )
    return Drawn(text, rows)


@draws(AskBudget)
def draw_ask_budget(screen: AskBudget, say: Say) -> Drawn:
    chosen = tuple(button(say.plain(f"button-budget-{n}"), "budget", n) for n in BUDGETS)
    return Drawn(say("ask-budget"), (chosen,))


def capital(text: str) -> str:
    """The text with a capital first letter."""
    return text[:1].upper() + text[1:]


def _noted(skills: tuple[LanguageMap, ...], say: Say) -> Markup | None:
    listed = say.listed([say.words(skill) for skill in skills])
    return say("skills-noted", skills=listed) if listed else None


def _goal_rows(say: Say, *others: Button) -> tuple[tuple[Button, ...], ...]:
    return (
        *field_rows("field", say),
        (button(say.plain("button-not-sure"), "unsure"), *others),
    )


def _pairs(things: Sequence[T]) -> list[tuple[T, ...]]:
    return [tuple(things[place : place + 2]) for place in range(0, len(things), 2)]


def _budget_line(budget: float | None, say: Say) -> Markup | None:
    return say("answers-budget", amount=say.money(budget, "USD")) if budget is not None else None
