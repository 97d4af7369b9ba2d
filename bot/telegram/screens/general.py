"""Draws the screens every journey uses."""

from actions.screens.general import Failed, Problem
from bot.telegram.screens.drawing import Drawn, draws
from bot.texts import Say


@draws(Problem)
def draw_problem(screen: Problem, say: Say) -> Drawn:
    return Drawn(say(f"problem-{screen.code}", **screen.values))


@draws(Failed)
def draw_failed(screen: Failed, say: Say) -> Drawn:
    return Drawn(say("problem-failed", reference=screen.reference))
