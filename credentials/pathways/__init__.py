"""Pathways: what a person wants, what they can do, and the way from one to the other."""

from credentials.pathways.advice import Advice, Closed, PathStep, Rival, advice_for, advise
from credentials.pathways.intake import (
    Intake,
    add_skill,
    ask_goal,
    ask_have,
    ask_hours,
    begin_intake,
    choose_goal,
    choose_hours,
    hear,
    resume_intake,
    say_nothing_yet,
    start_over,
)
from credentials.pathways.profiles import Profile, Statement, decline, find_profile, set_budget
from credentials.pathways.progress import Progress, find_progress

__all__ = [
    "Advice",
    "Closed",
    "Intake",
    "PathStep",
    "Profile",
    "Progress",
    "Rival",
    "Statement",
    "add_skill",
    "advice_for",
    "advise",
    "ask_goal",
    "ask_have",
    "ask_hours",
    "begin_intake",
    "choose_goal",
    "choose_hours",
    "decline",
    "find_profile",
    "find_progress",
    "hear",
    "resume_intake",
    "say_nothing_yet",
    "set_budget",
    "start_over",
]
