"""Advice: what a goal asks for, what to prove now, which way leads there and why."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from credentials.catalogue import (
    Catalogue,
    LanguageMap,
    Occupation,
    current_catalogue,
    get_occupation,
)
from credentials.errors import NotFoundError
from credentials.pathways.gaps import Gap, find_gaps, once_proven
from credentials.pathways.money import REFERENCE, converted
from credentials.pathways.offers import offers_of
from credentials.pathways.planning import Plan, plan
from credentials.pathways.profiles import Profile, find_profile
from credentials.pathways.proving import KNOWN_LEVEL, Provable, find_provable
from credentials.pathways.question import Question
from credentials.pathways.relaxing import Relaxation, find_relaxations
from credentials.pathways.remembering import Memory, question_of
from credentials.pathways.steps import PathStep, make_steps
from credentials.unit_of_work import Work

WEEKS = 52.0
HALF = 0.5
_ADVICE: "Memory[Advice]" = Memory()


@dataclass(frozen=True, kw_only=True)
class Advice:
    """Everything a card or a report says, from one catalogue revision.

    Attributes:
        weeks: that were planned for.
        uncovered: what stays open by more than half of its gap.
        relaxations: what would fit if a limit gave.
        lenders: titles of the occupations whose needs stand in for this one's.
    """

    occupation: Occupation
    profile: Profile
    gaps: tuple[Gap, ...]
    steps: tuple[PathStep, ...]
    provable: tuple[Provable, ...]
    uncovered: tuple[Gap, ...]
    plan: Plan
    relaxations: tuple[Relaxation, ...]
    weeks: float
    revision: int
    lenders: tuple[LanguageMap, ...] = ()

    @property
    def has(self) -> int:
        return sum(1 for gap in self.gaps if gap.is_met)

    @property
    def partly(self) -> int:
        return sum(1 for gap in self.gaps if gap.is_partly_met)

    @property
    def has_after(self) -> int:
        """How many needs are met once the way is gone."""
        return sum(
            1 for gap in self.gaps if gap.is_met or self.plan.closed.get(gap.skill, 0) >= HALF
        )

    def step(self, code: str) -> PathStep | None:
        return next((step for step in self.steps if step.achievement.code == code), None)


def advise(
    work: Work, *, person_id: str, code: str | None = None, weekly_hours: float | None = None
) -> Advice:
    """Advice for a person's goal, or what it would be for another occupation or other hours a week.

    Raises:
        NotFoundError: they have no goal, or the catalogue no longer knows it.
    """
    profile = find_profile(work, person_id=person_id)
    if code is not None:
        profile = replace(profile, occupation_code=code)
    if weekly_hours is not None:
        profile = replace(profile, hours_per_week=weekly_hours)
    occupation = get_occupation(work, code=profile.occupation_code or "")
    catalogue, weeks = current_catalogue(work), weeks_left(profile, work.now.date())
    found = _ADVICE.recall(
        catalogue,
        (question_of(profile), weeks),
        lambda: advice_for(catalogue, profile, occupation, weeks),
    )
    return replace(found, profile=profile, lenders=_titles(work, occupation.lent_by))


def advice_for(
    catalogue: Catalogue, profile: Profile, occupation: Occupation, weeks: float = WEEKS
) -> Advice:
    """What to prove now, then the best plan for what stays open."""
    gaps = find_gaps(catalogue, occupation, profile)
    provable = find_provable(catalogue, profile, {gap.skill: gap for gap in gaps})
    first = provable[0] if provable else None
    question = ask(catalogue, profile, occupation, gaps, weeks=weeks)
    if first is not None:
        question = replace(
            question,
            gaps=tuple(once_proven(gap, first.achievement) for gap in gaps),
            done=question.done | {first.achievement.code},
        )
    way = plan(question)
    left = [gap for gap in question.gaps if not gap.is_met and way.closed.get(gap.skill, 0) < HALF]
    return Advice(
        occupation=occupation,
        profile=profile,
        gaps=gaps,
        steps=make_steps(question, way.codes, profile.weekly_hours, first, gaps),
        provable=provable,
        uncovered=tuple(left),
        plan=way,
        relaxations=find_relaxations(question, way.codes, weekly_hours=profile.weekly_hours),
        weeks=weeks,
        revision=catalogue.revision,
    )


def ask(
    catalogue: Catalogue,
    profile: Profile,
    occupation: Occupation,
    gaps: tuple[Gap, ...],
    *,
    weeks: float = WEEKS,
) -> Question:
    """The planner's question for a profile. What a person says they can do may be built upon."""
    offers = offers_of(catalogue)
    known = [
        skill
        for skill in {*profile.said, *profile.reviewed, *profile.shown}
        if profile.ability(skill).level >= KNOWN_LEVEL
    ]
    budget = profile.budget
    if budget is not None:
        budget = converted(budget, profile.currency, REFERENCE)
    return Question(
        gaps=gaps,
        offers=offers,
        occupation_code=occupation.code,
        hours=profile.weekly_hours * weeks,
        budget=budget,
        setting=profile.setting,
        languages=profile.languages,
        level=profile.highest_level,
        done=profile.held | profile.finished,
        believed=offers.led_by(known),
        excluded=profile.declined,
    )


def weeks_left(profile: Profile, today: date) -> float:
    """Weeks to plan for: up to the last day, or a year."""
    if profile.deadline is None:
        return WEEKS
    return max(0, (profile.deadline - today).days) / 7


def _titles(work: Work, codes: Iterable[str]) -> tuple[LanguageMap, ...]:
    found = []
    for code in codes:
        try:
            found.append(get_occupation(work, code=code).plain_title)
        except NotFoundError:
            continue
    return tuple(found)
