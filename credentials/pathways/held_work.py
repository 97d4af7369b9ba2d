"""What somebody's work so far says they can do, to be confirmed before it counts.

A job asks for skills; who held it has probably used them. Where the goal asks for any of them, they
are named in one question: those that both ask for, then what the work so far asks for most.
"""

import re

from credentials.catalogue import Catalogue, current_catalogue, get_occupation
from credentials.catalogue.entries import SkillLevel
from credentials.catalogue.skill_match import match_skills
from credentials.catalogue.stems import stem
from credentials.errors import NotFoundError
from credentials.pathways.profiles import (
    Profile,
    forget_held_job,
    note_held_job_asked,
    note_skills_of_work,
)
from credentials.unit_of_work import Work

MOST = 6
STRONG_FROM = 5.0  # years
TELLING = 4  # letters of a word that tells one label from another
_YES = re.compile(
    r"^\W*(?:yes|yeah|yep|yup|ok|okay|sure|right|correct|all|everything|most)\b", re.IGNORECASE
)
_NO = re.compile(r"^\W*(?:no|nope|nah|none|not really|nothing)\b", re.IGNORECASE)
_BUT = re.compile(
    r"\b(?:but|except|apart from|besides|other than|minus|not|without)\b(.*)$",
    re.IGNORECASE | re.DOTALL,
)
_LAST = re.compile(r"\b(?:last|bottom)\b", re.IGNORECASE)
_FIRST = re.compile(r"\b(?:first|top)\b(?: (?:(three|3)|(two|2)))?", re.IGNORECASE)
_ONLY = re.compile(r"\b(?:only|just)\b(.*)$", re.IGNORECASE | re.DOTALL)


def likely_skills(work: Work, profile: Profile) -> tuple[str, ...]:
    """Keys of skills of the held work that weren't told yet, at most six; what the goal asks for first.

    Empty without a goal or a job, or where both have nothing in common.
    """
    job = profile.held_job
    if job is None or profile.occupation_code is None:
        return ()
    try:
        held = get_occupation(work, code=job.code)
    except NotFoundError:  # of a release that is gone
        return ()
    goal = get_occupation(work, code=profile.occupation_code)
    asked = {need.skill: need.importance for need in goal.needs}
    told = profile.said.keys() | profile.shown.keys()
    found = [need for need in held.needs if need.skill not in told]
    found.sort(key=lambda need: (-asked.get(need.skill, 0.0), -need.importance))
    likely = tuple(need.skill for need in found[:MOST])
    return likely if asked.keys() & likely else ()


def is_worth_asking(work: Work, profile: Profile) -> bool:
    """Whether what they know of their work was not asked yet, for this goal."""
    job = profile.held_job
    if job is None or job.asked_for == profile.occupation_code:
        return False
    return bool(likely_skills(work, profile))


def keep_likely(work: Work, *, profile: Profile, keys: tuple[str, ...]) -> None:
    """These are what they know of their work; nothing more is asked about it."""
    years = profile.held_job.years if profile.held_job else None
    level: SkillLevel | None = "strong" if years and years >= STRONG_FROM else None
    note_skills_of_work(work, person_id=profile.person_id, keys=keys, level=level)
    note_held_job_asked(work, person_id=profile.person_id)


def answer_likely(work: Work, *, profile: Profile, text: str) -> tuple[str, ...] | None:
    """What a text says of the likely skills: keys that are kept, perhaps none; None for no answer.

    "yes", "all but payroll", "only the first", "no".
    """
    likely = likely_skills(work, profile)
    catalogue = current_catalogue(work)
    if only := _ONLY.search(text):
        named = _named(work, catalogue, likely, only[1])
        if named:
            keep_likely(work, profile=profile, keys=named)
            return named
    if _YES.search(text):
        but = _BUT.search(text)
        without = _named(work, catalogue, likely, but[1]) if but else ()
        kept = tuple(key for key in likely if key not in without)
        keep_likely(work, profile=profile, keys=kept)
        return kept
    if _NO.search(text):
        forget_held_job(work, person_id=profile.person_id)
        return ()
    return None


def _named(work: Work, catalogue: Catalogue, likely: tuple[str, ...], text: str) -> tuple[str, ...]:
    """Those of the likely skills that a text names, by themselves or by a word of theirs."""
    found = {skill.key for skill in match_skills(work, text)}
    named = tuple(key for key in likely if key in found)
    words = set(_telling(text))
    if _LAST.search(text):
        return likely[-1:]
    if first := _FIRST.search(text):
        return likely[: 3 if first[1] else 2 if first[2] else 1]
    return named or tuple(
        key
        for key in likely
        if words & set(_telling(" ".join(catalogue.skills[key].label.values())))
    )


def _telling(text: str) -> list[str]:
    return [stem(word) for word in re.findall(r"[a-z]+", text.lower()) if len(word) >= TELLING]
