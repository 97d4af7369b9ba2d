"""Pathways: what a person wants, what they can do, and the way from one to the other."""

from credentials.pathways.abilities import Abilities, Ability, Statement
from credentials.pathways.adverts import (
    AdvertAdvice,
    continues_advert,
    find_advert,
    weigh_advert,
)
from credentials.pathways.advice import Advice, advice_for, advise, weeks_left
from credentials.pathways.gaps import Gap
from credentials.pathways.hearing import hear
from credentials.pathways.intake import (
    LIMITS,
    Intake,
    add_skill,
    ask_goal,
    ask_have,
    ask_limit,
    begin_intake,
    change_budget,
    choose_goal,
    choose_hours,
    choose_limit,
    deny_likely,
    offered_languages,
    resume_intake,
    say_nothing_yet,
    start_over,
    take_likely,
    take_some,
)
from credentials.pathways.profiles import (
    Profile,
    begin_studying,
    decline,
    find_profile,
    finish_elsewhere,
    goal_of,
)
from credentials.pathways.progress import Progress, find_progress
from credentials.pathways.proving import Provable, SpokenFor, read_criteria
from credentials.pathways.relaxing import Relaxation
from credentials.pathways.steps import Closed, PathStep, Rival, Stack
from credentials.pathways.weighing import Reach, Weighed, shared_steps, weigh, what_if

__all__ = [
    "LIMITS",
    "Abilities",
    "Ability",
    "AdvertAdvice",
    "Advice",
    "Closed",
    "Gap",
    "Intake",
    "PathStep",
    "Profile",
    "Progress",
    "Provable",
    "Reach",
    "Relaxation",
    "Rival",
    "SpokenFor",
    "Stack",
    "Statement",
    "Weighed",
    "add_skill",
    "advice_for",
    "advise",
    "ask_goal",
    "ask_have",
    "ask_limit",
    "begin_intake",
    "begin_studying",
    "change_budget",
    "choose_goal",
    "choose_hours",
    "choose_limit",
    "continues_advert",
    "decline",
    "deny_likely",
    "find_advert",
    "find_profile",
    "find_progress",
    "finish_elsewhere",
    "goal_of",
    "hear",
    "offered_languages",
    "read_criteria",
    "resume_intake",
    "say_nothing_yet",
    "shared_steps",
    "start_over",
    "take_likely",
    "take_some",
    "weeks_left",
    "weigh",
    "weigh_advert",
    "what_if",
]
