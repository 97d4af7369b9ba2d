"""The menu, help, questions people often ask, and what a person said they meant."""

from collections.abc import Callable

from actions.screens import Screen
from actions.screens.handoff import appeal_screen
from actions.screens.options import dates_screen
from actions.screens.pathways import answers_screen, cost_screen
from actions.screens.words import (
    EmployerValue,
    Help,
    Menu,
    Privacy,
    SomethingElse,
    TimeNeeded,
    WhatIsMicrocredential,
)
from bot.telegram.context import Context
from bot.telegram.routes import Routes
from credentials.errors import StaleError
from credentials.people import Person
from credentials.unit_of_work import Work

# What an intent's button does: a journey's command, or one of the answers here.
ENTRIES = {
    "set_career_goal": "start",
    "tell_skills": "start",
    "ask_recommendation": "start",
    "ask_progress": "progress",
    "submit_evidence": "evidence",
    "ask_badges": "badges",
    "verify_badge": "verify",
    "set_reminder": "remind",
    "stop_reminders": "stop",
    "talk_to_advisor": "ask",
    "review": "queue",
    "help": "help",
    "ask_privacy": "privacy",
}
ANSWERS: dict[str, Callable[[Work, Person], Screen]] = {
    "ask_what_is_microcredential": lambda work, person: WhatIsMicrocredential(),
    "ask_employer_value": lambda work, person: EmployerValue(),
    "ask_time": lambda work, person: TimeNeeded(),
    "ask_cost": cost_screen,
    "ask_deadline": dates_screen,
    "appeal_decision": appeal_screen,
    "change_answer": answers_screen,
}


async def show_menu(context: Context) -> None:
    await context.show(lambda work, person: Menu.of(person))


async def show_help(context: Context) -> None:
    await context.show(lambda work, person: Help.of(person))


async def show_privacy(context: Context) -> None:
    await context.show(lambda work, person: Privacy())


async def follow_meaning(context: Context) -> None:
    """Begin the journey an intent stands for."""
    intent = context.press.id
    answer = ANSWERS.get(intent)
    command = context.application.bot_data["commands"].get(ENTRIES.get(intent))
    if intent == "something_else":
        await context.show(lambda work, person: SomethingElse.of(person))
    elif answer is not None:
        await context.show(answer)
    elif command is not None:
        await command(context)
    else:
        await context.refuse(StaleError())


ROUTES = Routes(
    commands={"help": show_help, "menu": show_menu, "privacy": show_privacy},
    presses={
        "menu": show_menu,
        "help": show_help,
        "privacy": show_privacy,
        "meant": follow_meaning,
    },
)
