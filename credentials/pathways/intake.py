"""The intake: what is said is kept, what wasn't said is asked, one question a message.

Everything a text tells is kept at once, in the profile; the draft only knows which question is
open and which occupations were offered.
"""

from collections import Counter
from dataclasses import dataclass, replace

from dateutil.relativedelta import relativedelta

from credentials.catalogue import LEVELS, Catalogue, current_catalogue, get_occupation
from credentials.catalogue.occupation_match import OccupationHit
from credentials.drafts import close_draft, find_draft, save_draft
from credentials.errors import NotFoundError, StaleError
from credentials.pathways.held_work import is_worth_asking, keep_likely, likely_skills
from credentials.pathways.limits import Budget
from credentials.pathways.offers import language_of
from credentials.pathways.profiles import (
    Profile,
    find_profile,
    forget_held_job,
    forget_profile,
    forget_skills,
    goal_of,
    note_held_job_asked,
    note_skill,
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
DIGITS = 6
FAR = 0.65  # of the best choice: of two in three that aren't in the catalogue, and one in six that are
LIMITS = ("budget", "deadline", "language", "level")


@dataclass(frozen=True, kw_only=True)
class Intake:
    """Where the intake stands.

    `asking` is goal, choose, likely, have, hours, one of `LIMITS`, or None when a pathway can be laid
    out. `choices` are offered occupations, `likely` skills of the work they held. `is_unclear`: the text answered nothing. `is_unsure`: because they do not
    know themselves. `is_new_goal`: the goal was just understood. `added` are skills just kept, `told` the limits and hours just told.
    """

    asking: str | None
    profile: Profile
    choices: tuple[OccupationHit, ...] = ()
    likely: tuple[str, ...] = ()
    is_unclear: bool = False
    is_unsure: bool = False
    is_distress: bool = False
    is_new_goal: bool = False
    added: tuple[str, ...] = ()
    told: tuple[str, ...] = ()

    @property
    def is_far(self) -> bool:
        """Whether none of the choices is likely the work that was meant."""
        return bool(self.choices) and max(hit.score for hit in self.choices) < FAR


def begin_intake(work: Work, *, person_id: str) -> Intake:
    """The next open question; everything known stays known."""
    return next_question(work, person_id)


def start_over(work: Work, *, person_id: str) -> Intake:
    """Forget the wishes and ask from the beginning."""
    forget_profile(work, person_id=person_id)
    close_draft(work.session, person_id, KIND)
    return next_question(work, person_id)


def ask_goal(work: Work, *, person_id: str) -> Intake:
    """Ask for another goal; the old one stays until there is a new one."""
    return ask(work, person_id, "goal")


def ask_have(work: Work, *, person_id: str) -> Intake:
    """Ask again what they can do; without a goal, ask for that first."""
    if goal_of(work, person_id=person_id) is None:
        return ask_goal(work, person_id=person_id)
    forget_skills(work, person_id=person_id)
    return ask(work, person_id, "have")


def ask_limit(work: Work, *, person_id: str, limit: str) -> Intake:
    """Ask for hours or one of `LIMITS`.

    Raises:
        StaleError: there is no such limit.
    """
    if limit not in {"hours", *LIMITS}:
        raise StaleError
    return ask(work, person_id, limit)


def resume_intake(work: Work, *, person_id: str) -> Intake | None:
    """The open question; None without one."""
    draft = find_draft(work.session, person_id, KIND)
    if draft is None or draft.asking is None:
        return None
    choices = tuple(OccupationHit(**hit) for hit in draft.fields.get("choices", []))
    profile = find_profile(work, person_id=person_id)
    likely = likely_skills(work, profile) if draft.asking == "likely" else ()
    return Intake(asking=draft.asking, profile=profile, choices=choices, likely=likely)


def choose_goal(work: Work, *, person_id: str, code: str, words: str = "") -> Intake:
    """Aim at an occupation that was offered; `words` beside the choice may name a workplace.

    Raises:
        NotFoundError: there is none with this code.
    """
    get_occupation(work, code=code)
    aim(work, person_id, code, words)
    return replace(next_question(work, person_id), is_new_goal=True)


def choose_hours(work: Work, *, person_id: str, hours: float) -> Intake:
    set_hours(work, person_id=person_id, hours=hours)
    pass_by_likely(work, person_id)
    return replace(next_question(work, person_id), told=("hours",))


def change_budget(work: Work, *, person_id: str, amount: float) -> Intake:
    """Another amount for the whole path, in the currency that was told before."""
    currency = find_profile(work, person_id=person_id).currency
    set_budget(work, person_id=person_id, budget=Budget(amount, currency))
    return replace(next_question(work, person_id), told=("budget",))


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
    return next_question(work, person_id)


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
    asked = ask(work, person_id, "have")
    return replace(asked, added=(key,))


def say_nothing_yet(work: Work, *, person_id: str) -> Intake:
    """They can do nothing of it yet, nothing more, or would rather not say."""
    note_told(work, person_id=person_id)
    return next_question(work, person_id)


def take_likely(work: Work, *, person_id: str) -> Intake:
    """All of what their work so far makes likely.

    Raises:
        StaleError: there is nothing of that kind to take.
    """
    profile = find_profile(work, person_id=person_id)
    keys = likely_skills(work, profile)
    if not keys:
        raise StaleError
    keep_likely(work, profile=profile, keys=keys)
    return replace(next_question(work, person_id), added=keys)


def take_some(work: Work, *, person_id: str) -> Intake:
    """Some of it: which, is asked with the rest of what they can do."""
    note_held_job_asked(work, person_id=person_id)
    return ask(work, person_id, "have")


def deny_likely(work: Work, *, person_id: str) -> Intake:
    """Nothing of it: their work so far doesn't tell what they know."""
    forget_held_job(work, person_id=person_id)
    return next_question(work, person_id)


def pass_by_likely(work: Work, person_id: str) -> None:
    """Ask no more what they can do, if it is asked just now what they know of their work."""
    open_ = resume_intake(work, person_id=person_id)
    if open_ is not None and open_.asking == "likely":
        note_held_job_asked(work, person_id=person_id)
        note_told(work, person_id=person_id)


def aim(work: Work, person_id: str, code: str, text: str) -> None:
    """Set the goal, and the kind of workplace that the text names; nothing is left to choose."""
    set_goal(work, person_id=person_id, code=code, setting=read_workplace(text))
    close_draft(work.session, person_id, KIND)


def next_question(work: Work, person_id: str, *, is_unclear: bool = False) -> Intake:
    """What isn't known yet; a choice that is open comes first."""
    open_ = resume_intake(work, person_id=person_id)
    if open_ and open_.asking == "choose":
        return replace(open_, is_unclear=is_unclear)
    profile = find_profile(work, person_id=person_id)
    if profile.occupation_code is None:
        return ask(work, person_id, "goal", is_unclear=is_unclear)
    if is_worth_asking(work, profile):
        return ask(work, person_id, "likely", is_unclear=is_unclear)
    if not profile.has_told:
        return ask(work, person_id, "have", is_unclear=is_unclear)
    if profile.hours_per_week is None:
        return ask(work, person_id, "hours", is_unclear=is_unclear)
    close_draft(work.session, person_id, KIND)
    return Intake(asking=None, profile=profile)


def ask(
    work: Work,
    person_id: str,
    asking: str,
    *,
    choices: tuple[OccupationHit, ...] = (),
    is_unclear: bool = False,
) -> Intake:
    """Open a question."""
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
    likely = likely_skills(work, profile) if asking == "likely" else ()
    return Intake(
        asking=asking, profile=profile, choices=choices, likely=likely, is_unclear=is_unclear
    )
