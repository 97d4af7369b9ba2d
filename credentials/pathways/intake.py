"""The intake: what is said is kept, what wasn't said is asked, one question a message.

Everything a text tells is kept at once, in the profile; the draft only knows which question is
open and which occupations were offered.
"""

import re
from collections import Counter
from dataclasses import dataclass, replace

from dateutil.relativedelta import relativedelta

from credentials.catalogue import LEVELS, Catalogue, current_catalogue, get_occupation
from credentials.catalogue.occupation_match import (
    Kind,
    OccupationHit,
    match_occupations,
)
from credentials.catalogue.skill_match import match_skills
from credentials.drafts import close_draft, find_draft, save_draft
from credentials.errors import NotFoundError, StaleError
from credentials.pathways.hours import read_hours
from credentials.pathways.limits import (
    Budget,
    read_budget,
    read_deadline,
    read_language,
    read_level,
    without_language,
)
from credentials.pathways.offers import language_of
from credentials.pathways.profiles import (
    Profile,
    find_profile,
    forget_profile,
    forget_skills,
    goal_of,
    note_skill,
    note_skills,
    note_told,
    set_budget,
    set_deadline,
    set_goal,
    set_hours,
    set_languages,
    set_level,
)
from credentials.pathways.workplaces import read_workplace
from credentials.unit_of_work import Work

KIND = "intake"
CHOICES = 5
DIGITS = 6
LIMITS = ("budget", "deadline", "language", "level")
HINTED = 0.1  # below, nothing of the text hints at any work
SURE = 0.9
LEAD, CLEAR_LEAD = 0.05, 0.6  # of the first over the second, to be taken unasked; if less than sure
FEWEST, FAR_BEHIND = 2, 0.3  # choices, and the share of the first one's score
NAMED = 0.8  # a title was meant, not only hinted at

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


@dataclass(frozen=True, kw_only=True)
class Intake:
    """Where the intake stands.

    `asking` is goal, choose, have, hours, one of `LIMITS`, or None when a pathway can be laid out. `choices` are
    offered occupations. `is_unclear`: the text answered nothing. `is_unsure`: because they do not
    know themselves. `added` are skills just kept, `told` the limits and hours just told.
    """

    asking: str | None
    profile: Profile
    choices: tuple[OccupationHit, ...] = ()
    is_unclear: bool = False
    is_unsure: bool = False
    is_distress: bool = False
    added: tuple[str, ...] = ()
    told: tuple[str, ...] = ()


def begin_intake(work: Work, *, person_id: str) -> Intake:
    """The next open question; everything known stays known."""
    return _next(work, person_id)


def start_over(work: Work, *, person_id: str) -> Intake:
    """Forget the wishes and ask from the beginning."""
    forget_profile(work, person_id=person_id)
    close_draft(work.session, person_id, KIND)
    return _next(work, person_id)


def ask_goal(work: Work, *, person_id: str) -> Intake:
    """Ask for another goal; the old one stays until there is a new one."""
    return _asking(work, person_id, "goal")


def ask_have(work: Work, *, person_id: str) -> Intake:
    """Ask again what they can do; without a goal, ask for that first."""
    if goal_of(work, person_id=person_id) is None:
        return ask_goal(work, person_id=person_id)
    forget_skills(work, person_id=person_id)
    return _asking(work, person_id, "have")


def ask_limit(work: Work, *, person_id: str, limit: str) -> Intake:
    """Ask for hours or one of `LIMITS`.

    Raises:
        StaleError: there is no such limit.
    """
    if limit not in {"hours", *LIMITS}:
        raise StaleError
    return _asking(work, person_id, limit)


def resume_intake(work: Work, *, person_id: str) -> Intake | None:
    """The open question; None without one."""
    draft = find_draft(work.session, person_id, KIND)
    if draft is None or draft.asking is None:
        return None
    choices = tuple(OccupationHit(**hit) for hit in draft.fields.get("choices", []))
    profile = find_profile(work, person_id=person_id)
    return Intake(asking=draft.asking, profile=profile, choices=choices)


def choose_goal(work: Work, *, person_id: str, code: str, words: str = "") -> Intake:
    """Aim at an occupation that was offered; `words` beside the choice may name a workplace.

    Raises:
        NotFoundError: there is none with this code.
    """
    get_occupation(work, code=code)
    _aim(work, person_id, code, words)
    return _next(work, person_id)


def choose_hours(work: Work, *, person_id: str, hours: float) -> Intake:
    set_hours(work, person_id=person_id, hours=hours)
    return replace(_next(work, person_id), told=("hours",))


def change_budget(work: Work, *, person_id: str, amount: float) -> Intake:
    """Another amount for the whole path, in the currency that was told before."""
    currency = find_profile(work, person_id=person_id).currency
    set_budget(work, person_id=person_id, budget=Budget(amount, currency))
    return replace(_next(work, person_id), told=("budget",))


def choose_limit(work: Work, *, person_id: str, limit: str, choice: str) -> Intake:
    """Take one of the choices offered for a limit; "any" lifts it.

    A budget is an amount in dollars, a deadline months from today, a language its code.

    Raises:
        StaleError: that was never offered.
    """
    is_any = choice == "any"
    number = int(choice) if choice.isdecimal() and len(choice) <= DIGITS else None
    if limit == "budget" and (is_any or number is not None):
        set_budget(work, person_id=person_id, budget=None if is_any else Budget(float(number or 0)))
    elif limit == "deadline" and (is_any or number):
        day = None if is_any else work.now.date() + relativedelta(months=number or 0)
        set_deadline(work, person_id=person_id, deadline=day)
    elif limit == "language" and (is_any or choice in offered_languages(current_catalogue(work))):
        set_languages(work, person_id=person_id, languages=() if is_any else (choice,))
    elif limit == "level" and (is_any or choice in LEVELS):
        level = next((one for one in LEVELS if one == choice), None)
        set_level(work, person_id=person_id, level=level)
    else:
        raise StaleError
    return _next(work, person_id)


def offered_languages(catalogue: Catalogue) -> tuple[str, ...]:
    """Languages of instruction, what most is taught in first."""
    count = Counter(language_of(item) for item in catalogue.achievements.values())
    return tuple(language for language, _ in sorted(count.items(), key=lambda c: (-c[1], c[0])))


def add_skill(work: Work, *, person_id: str, key: str) -> Intake:
    """Keep a skill that was tapped, and ask for more.

    Raises:
        NotFoundError: nobody knows this skill.
    """
    if key not in current_catalogue(work).skills:
        raise NotFoundError(key)
    note_skill(work, person_id=person_id, key=key)
    asked = _asking(work, person_id, "have")
    return replace(asked, added=(key,))


def say_nothing_yet(work: Work, *, person_id: str) -> Intake:
    """They can do nothing of it yet, nothing more, or would rather not say."""
    note_told(work, person_id=person_id)
    return _next(work, person_id)


def hear(
    work: Work, *, person_id: str, text: str, may_be_goal: bool = True, is_goal: bool = False
) -> Intake:
    """Keep every fact of a text, then ask what is still open.

    `may_be_goal`: whether a text that answers no question about work may name one; `is_goal`: it
    says what work is wanted, whatever is asked.
    """
    open_ = resume_intake(work, person_id=person_id)
    asking = open_.asking if open_ else None
    match = match_occupations(work, text)
    if match.kind is Kind.DISTRESS:
        return Intake(
            asking=asking, profile=find_profile(work, person_id=person_id), is_distress=True
        )
    is_open = asking in {"goal", "choose"} or (asking is None and may_be_goal)
    is_goal_text = is_open or is_goal or bool(_WISH.search(text))
    is_named = is_goal or (match.targets and match.targets[0][0].score >= NAMED)
    targets = match.targets if is_goal_text and (is_named or asking != "have") else ()
    if _NO_IDEA.search(text) and not (targets and targets[0][0].score >= NAMED):
        targets = ()
    added = _take_skills(work, person_id, targets, without_language(text), asking)
    told = _take_limits(work, person_id, text, asking)
    learned = bool(told) or added is not None
    is_wish = is_named or is_goal or bool(_WISH.search(text))
    is_hint = not is_wish and (asking == "choose" or "language" in told)
    if is_hint:
        targets = ()  # a mere hint replaces nothing that is open; "in Welsh" is no teacher
    is_vague = match.kind is Kind.CLARIFY
    is_goal_heard, choices = _take_goal(work, person_id, targets, text, is_vague=is_vague)
    learned = learned or is_goal_heard
    if choices:
        _asking(work, person_id, "choose", choices=choices)
    found = _next(work, person_id, is_unclear=not learned)
    is_unsure = found.asking == "goal" and not learned and bool(_UNSURE.search(text))
    return Intake(
        asking=found.asking,
        profile=found.profile,
        choices=found.choices,
        is_unclear=not learned,
        is_unsure=is_unsure,
        added=added or (),
        told=told,
    )


_WISH = re.compile(
    r"\b(want to (?:be|become|work)|become|becoming|goal|dream|i meant|instead|rather be|"
    r"work as|job as|switch to|career)\b",
    re.IGNORECASE,
)


def _take_goal(
    work: Work,
    person_id: str,
    targets: tuple[tuple[OccupationHit, ...], ...],
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
    _aim(work, person_id, hits[0].code, text)
    return True, ()


def _worth_offering(hits: tuple[OccupationHit, ...]) -> tuple[OccupationHit, ...]:
    """At most five, and after three none that is far behind the first."""
    least = FAR_BEHIND * hits[0].score
    return tuple(hit for n, hit in enumerate(hits[:CHOICES]) if n < FEWEST or hit.score >= least)


def _aim(work: Work, person_id: str, code: str, text: str) -> None:
    """Set the goal, and the kind of workplace that the text names; nothing is left to choose."""
    set_goal(work, person_id=person_id, code=code, setting=read_workplace(text))
    close_draft(work.session, person_id, KIND)


def _take_skills(
    work: Work,
    person_id: str,
    targets: tuple[tuple[OccupationHit, ...], ...],
    text: str,
    asking: str | None,
) -> tuple[str, ...] | None:
    """Skills just kept; None when the text said nothing about them.

    What only the title of the work that is wanted speaks of is none of them.
    """
    titles = " ".join(hits[0].because for hits in targets if hits[0].score >= NAMED)
    wanted = {skill.key for skill in match_skills(work, titles)} if titles else set()
    found = [
        skill for skill in match_skills(work, text) if skill.negated or skill.key not in wanted
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


def _next(work: Work, person_id: str, *, is_unclear: bool = False) -> Intake:
    open_ = resume_intake(work, person_id=person_id)
    if open_ and open_.asking == "choose":
        return replace(open_, is_unclear=is_unclear)
    profile = find_profile(work, person_id=person_id)
    if profile.occupation_code is None:
        return _asking(work, person_id, "goal", is_unclear=is_unclear)
    if not profile.has_told:
        return _asking(work, person_id, "have", is_unclear=is_unclear)
    if profile.hours_per_week is None:
        return _asking(work, person_id, "hours", is_unclear=is_unclear)
    close_draft(work.session, person_id, KIND)
    return Intake(asking=None, profile=profile)


def _asking(
    work: Work,
    person_id: str,
    asking: str,
    *,
    choices: tuple[OccupationHit, ...] = (),
    is_unclear: bool = False,
) -> Intake:
    offered = [
        {"code": hit.code, "title": hit.title, "score": hit.score, "because": hit.because}
        for hit in choices
    ]
    save_draft(
        work.session,
        person_id=person_id,
        kind=KIND,
        fields={"choices": offered},
        asking=asking,
        now=work.now,
    )
    profile = find_profile(work, person_id=person_id)
    return Intake(asking=asking, profile=profile, choices=choices, is_unclear=is_unclear)
