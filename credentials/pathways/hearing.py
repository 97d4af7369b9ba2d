"""Keeps every fact of a text, whichever question is open."""

import re
from dataclasses import replace

from credentials.catalogue.held_occupations import HeldOccupation, held_occupation
from credentials.catalogue.occupation_match import (
    Kind,
    OccupationHit,
    OccupationMatch,
    match_occupations,
)
from credentials.catalogue.skill_match import match_skills
from credentials.pathways.held_work import answer_likely
from credentials.pathways.hours import read_hours
from credentials.pathways.intake import (
    Intake,
    aim,
    ask,
    next_question,
    pass_by_likely,
    resume_intake,
)
from credentials.pathways.limits import (
    read_budget,
    read_deadline,
    read_language,
    read_level,
    without_language,
)
from credentials.pathways.profiles import (
    Profile,
    find_profile,
    note_held_job,
    note_skills,
    note_told,
    set_budget,
    set_deadline,
    set_hours,
    set_languages,
    set_level,
)
from credentials.unit_of_work import Work

HINTED = 0.1  # below, nothing of the text hints at any work
SURE = 0.9
LEAD, CLEAR_LEAD = 0.05, 0.6  # of the first over the second, to be taken unasked; if less than sure
FEWEST, FAR_BEHIND = 2, 0.3  # choices, and the share of the first one's score
NAMED = 0.8  # a title was meant, not only hinted at
CHOICES = 5

Targets = tuple[tuple[OccupationHit, ...], ...]

_NOTHING = re.compile(
    r"^\W*(?:no|nope|nah)\W*$|\b(nothing|none|no (?:experience|skills|idea)|not (?:much|a lot|really|anything)|new to|"
    r"beginner|from (?:zero|scratch)|(?:have ?n[o']t|haven't|never)(?: ever)? (?:did|done|do|worked|tried|used|had|learn\w*|any)|"
    r"first time|all new)\b",
    re.IGNORECASE,
)
_UNSURE = re.compile(
    r"\b(not sure|no idea|don'?t know|dunno|unsure|undecided|whatever|anything)\b", re.IGNORECASE
)


# Who says so means no job that the rest of the words may hint at, unless it says what they like.
_NO_IDEA = re.compile(
    r"^(?!.*\b(?:like|love|enjoy|good (?:at|with)|interested)\b).*"
    r"\b(?:no (?:idea|clue)|don'?t know (?:what|which)|haven'?t (?:a clue|the faintest)|dunno what)\b",
    re.IGNORECASE | re.DOTALL,
)


def hear(
    work: Work, *, person_id: str, text: str, may_be_goal: bool = True, is_goal: bool = False
) -> Intake:
    """Keep every fact of a text, then ask what is still open.

    `may_be_goal`: whether a text that answers no question about work may name one; `is_goal`: it
    says what work is wanted, whatever is asked.
    """
    open_ = resume_intake(work, person_id=person_id)
    asking = open_.asking if open_ else None
    profile = find_profile(work, person_id=person_id)
    match = match_occupations(work, text)
    if match.kind is Kind.DISTRESS:
        return Intake(asking=asking, profile=profile, is_distress=True)
    held = held_occupation(work, text)
    if held is not None:
        note_held_job(work, person_id=person_id, code=held.code, years=held.years)
    is_wish = is_goal or bool(_WISH.search(text)) or _takes_back(work, profile, text)
    is_open = asking in {"goal", "choose"} or (asking is None and may_be_goal)
    targets: Targets = ()
    if is_open or is_wish:
        targets = _wanted(match, text, held, asking, is_wish=is_wish, is_goal=is_goal)
    likely = open_.likely if open_ is not None else ()
    kept = answer_likely(work, profile=profile, text=text) if likely else None
    but = likely if kept is not None else ()
    added = _take_skills(work, person_id, targets, without_language(text), asking, but=but)
    told = _take_limits(work, person_id, text, asking)
    learned = bool(told or held) or added is not None or kept is not None
    if learned and kept is None:
        pass_by_likely(work, person_id)
    is_named = bool(targets) and targets[0][0].score >= NAMED
    if not (is_wish or is_named) and (asking == "choose" or "language" in told):
        targets = ()  # a mere hint replaces nothing that is open; "in Welsh" is no teacher
    is_vague = match.kind is Kind.CLARIFY
    is_goal_heard, choices = _take_goal(work, person_id, targets, text, is_vague=is_vague)
    learned = learned or is_goal_heard
    if choices:
        ask(work, person_id, "choose", choices=choices)
    found = next_question(work, person_id, is_unclear=not learned)
    goal = found.profile.occupation_code
    return replace(
        found,
        is_unclear=not learned,
        is_unsure=found.asking == "goal" and not learned and bool(_UNSURE.search(text)),
        is_new_goal=goal is not None and goal != profile.occupation_code,
        added=(*(kept or ()), *(added or ())),
        told=told,
    )


def _takes_back(work: Work, profile: Profile, text: str) -> bool:
    """Whether a text names something in place of the goal: "actually not bookkeeper, payroll"."""
    refused = _REFUSED.search(text)
    if refused is None or profile.occupation_code is None:
        return False
    match = match_occupations(work, refused[1])
    return any(hits[0].code == profile.occupation_code for hits in match.targets)


def _wanted(
    match: OccupationMatch,
    text: str,
    held: HeldOccupation | None,
    asking: str | None,
    *,
    is_wish: bool,
    is_goal: bool,
) -> Targets:
    """The work a text may wish for; what it hints at is no wish where something else is asked."""
    if not match.targets:
        return ()
    first = match.targets[0][0]
    is_named = first.score >= NAMED
    is_held = held is not None and first.code == held.code
    is_only_told = held is not None and held.is_told and not is_wish
    if is_held and (is_only_told or _LEAVING.search(text)):
        return ()
    if not is_named and ((asking == "have" and not is_goal) or _NO_IDEA.search(text)):
        return ()
    return match.targets


_REFUSED = re.compile(
    r"\bnot (?:an? |the |as an? )?([a-z][\w' -]{2,40}?)(?:\s*[,;.]| but| rather)\s*\w",
    re.IGNORECASE,
)
_LEAVING = re.compile(
    r"\b(?:want (?:to get )?out|get(?:ting)? out of|sick of|tired of|fed up|had enough|burn(?:t|ed) out|need a change|want a change|"
    r"hate|leav(?:e|ing)|quit\w*|no longer|done with|(?:something|anything) (?:else|different|new)|laid off|redundant|"
    r"used to|ex|former|retired)\b",
    re.IGNORECASE,
)
_WISH = re.compile(
    r"\b(want to (?:be|become|work)|something (?:in|with)|become|becoming|goal|dream|i meant|instead|rather be|"
    r"work as|job as|switch to|career)\b",
    re.IGNORECASE,
)


def _take_goal(
    work: Work,
    person_id: str,
    targets: Targets,
    text: str,
    *,
    is_vague: bool,
) -> tuple[bool, tuple[OccupationHit, ...]]:
    """Whether a goal was understood, or between which occupations it has to be chosen."""
    if not targets or targets[0][0].score < HINTED:
        return False, ()
    if len(targets) > 1 and re.search(r"\bor\b", text, re.IGNORECASE):
        return True, tuple(hits[0] for hits in targets)[:CHOICES]
    hits = targets[0]
    lead = hits[0].score - (hits[1].score if len(hits) > 1 else 0.0)
    if is_vague or hits[0].score < NAMED or lead < (LEAD if hits[0].score >= SURE else CLEAR_LEAD):
        return True, _worth_offering(hits)
    aim(work, person_id, hits[0].code, text)
    return True, ()


def _worth_offering(hits: tuple[OccupationHit, ...]) -> tuple[OccupationHit, ...]:
    """At most five, and after three none that is far behind the first."""
    least = FAR_BEHIND * hits[0].score
    return tuple(hit for n, hit in enumerate(hits[:CHOICES]) if n < FEWEST or hit.score >= least)


def _take_skills(
    work: Work,
    person_id: str,
    targets: Targets,
    text: str,
    asking: str | None,
    *,
    but: tuple[str, ...] = (),
) -> tuple[str, ...] | None:
    """Skills just kept; None when the text said nothing about them.

    What only the title of the work that is wanted speaks of is none of them, nor are those of `but`.
    """
    titles = " ".join(hits[0].because for hits in targets if hits[0].score >= NAMED)
    wanted = {skill.key for skill in match_skills(work, titles)} if titles else set()
    found = [
        skill
        for skill in match_skills(work, text)
        if skill.key not in but and (skill.negated or skill.key not in wanted)
    ]
    if found:
        note_skills(work, person_id=person_id, found=found)
        return tuple(skill.key for skill in found if not skill.negated)
    if asking == "have" and _NOTHING.search(text):
        note_told(work, person_id=person_id)
        return ()
    return None


def _take_limits(work: Work, person_id: str, text: str, asking: str | None) -> tuple[str, ...]:
    """Keep what a text says about time, money, language and level; what it said something about."""
    hours = read_hours(text, is_asked=asking == "hours")
    if hours is not None:
        set_hours(work, person_id=person_id, hours=hours)
    budget = read_budget(text, is_asked=asking == "budget")
    if budget is not None:
        set_budget(work, person_id=person_id, budget=budget.value)
    day = read_deadline(text, today=work.now.date(), is_asked=asking == "deadline")
    if day is not None:
        set_deadline(work, person_id=person_id, deadline=day.value)
    languages = read_language(text, is_asked=asking == "language")
    if languages is not None:
        set_languages(work, person_id=person_id, languages=languages.value or ())
    level = read_level(text, is_asked=asking == "level")
    if level is not None:
        set_level(work, person_id=person_id, level=level.value)
    told = {
        "hours": hours,
        "budget": budget,
        "deadline": day,
        "language": languages,
        "level": level,
    }
    return tuple(name for name, value in told.items() if value is not None)
