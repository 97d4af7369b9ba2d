"""Screens that weigh: micro-credentials side by side, dates that bind."""

from collections.abc import Iterable, Sequence
from datetime import timedelta
from math import ceil
from typing import Self

from pydantic import BaseModel

from actions.screens.base import LanguageMap, Screen, register
from actions.screens.reasons import percent
from credentials.catalogue import Achievement, Catalogue, current_catalogue
from credentials.evidence import State, Submission, list_submissions
from credentials.issuing import BadgeState, IssuedBadge, list_badges
from credentials.pathways import (
    Advice,
    Profile,
    Reach,
    advise,
    find_profile,
    shared_steps,
    weigh,
    what_if,
)
from credentials.pathways.offers import language_of
from credentials.people import Person
from credentials.unit_of_work import Work

COMPARED = 3  # at most, side by side
CRITERIA = 3
SKILLS = 3


class Option(BaseModel):
    """One micro-credential to weigh; `months` how long its badge lasts.

    With a goal: `closes` how much of what is missing, in percent, in `skills`; `weeks` at the
    person's pace; `first` what would have to come before; `is_on_path`.
    """

    code: str
    title: LanguageMap
    can: tuple[LanguageMap, ...]
    hours: float
    amount: float
    currency: str
    start: LanguageMap | None
    months: int | None
    level: str | None = None
    language: str = "en"
    is_awarded_here: bool = True
    closes: int | None = None
    skills: tuple[LanguageMap, ...] = ()
    weeks: int | None = None
    first: LanguageMap | None = None
    is_on_path: bool = False

    @classmethod
    def of(cls, item: Achievement, catalogue: Catalogue, advice: Advice | None = None) -> Self:
        beside = weigh(catalogue, advice, item) if advice else None
        first = catalogue.achievements.get(beside.first or "") if beside else None
        return cls(
            level=item.level,
            language=language_of(item),
            is_awarded_here=item.is_awarded_here,
            closes=percent(beside.of_all) if beside else None,
            skills=tuple(catalogue.skills[key].label for key in beside.skills[:SKILLS])
            if beside
            else (),
            weeks=beside.weeks if beside else None,
            first=first.name if first else None,
            is_on_path=beside.is_on_path if beside else False,
            code=item.code,
            title=item.name,
            can=tuple(one.can for one in item.criteria[:CRITERIA]),
            hours=item.hours,
            amount=item.cost.amount,
            currency=item.cost.currency,
            start=item.start,
            months=item.renewal.months if item.renewal else None,
        )


@register
class CompareOptions(Screen):
    """Micro-credentials side by side, without a ranking; for a `job`, where there is a goal."""

    options: tuple[Option, ...]
    job: LanguageMap | None = None

    @classmethod
    def of(
        cls, items: Iterable[Achievement], catalogue: Catalogue, advice: Advice | None = None
    ) -> Self:
        return cls(
            options=tuple(Option.of(item, catalogue, advice) for item in items),
            job=advice.occupation.plain_title if advice else None,
        )

    @property
    def codes(self) -> tuple[str, ...]:
        return tuple(option.code for option in self.options)


class GoalLine(BaseModel):
    """One occupation to weigh: what it asks, what one has now and after the way, its length and price.

    `closes` in percent of what is missing. `pay` as its source has it, of a wider group where it
    names one.
    """

    code: str
    title: LanguageMap
    is_goal: bool
    asked: int
    has: int
    has_after: int
    closes: int
    steps: int
    provable: int
    hours: float
    weeks: int
    amount: float
    currency: str
    licensed: bool
    degree: bool
    pay: float | None
    pay_currency: str | None
    pay_period: str | None
    pay_source: str | None
    pay_group: str | None
    pay_date: str | None
    lent: bool

    @classmethod
    def of(cls, one: Reach) -> Self:
        job = one.advice.occupation
        pay = job.pay
        return cls(
            code=job.code,
            title=job.plain_title,
            is_goal=one.is_goal,
            asked=len(one.advice.gaps),
            has=one.advice.has,
            has_after=one.advice.has_after,
            closes=percent(one.of_all),
            steps=len(one.advice.steps),
            provable=sum(1 for step in one.advice.steps if step.is_provable),
            hours=one.hours,
            weeks=one.weeks,
            amount=one.amount,
            currency=one.currency,
            licensed=job.licensed is not None,
            degree=job.degree_usual is not None,
            pay=pay.median if pay else None,
            pay_currency=pay.currency if pay else None,
            pay_period=pay.period if pay else None,
            pay_source=pay.source.partition(",")[0] if pay else None,
            pay_group=_group(pay.source) if pay else None,
            pay_date=pay.date if pay else None,
            lent=bool(one.advice.lenders),
        )


@register
class CompareGoals(Screen):
    """What if: several occupations with the same abilities and limits. `shared` steps help all."""

    goals: tuple[GoalLine, ...]
    shared: tuple[LanguageMap, ...]

    @classmethod
    def of(cls, catalogue: Catalogue, reached: Sequence[Reach]) -> Self:
        return cls(
            goals=tuple(GoalLine.of(one) for one in reached),
            shared=tuple(catalogue.achievements[code].name for code in shared_steps(reached))[:2],
        )


class DatedLine(BaseModel):
    """A title and its ISO instant; None where no date binds."""

    title: LanguageMap
    date: str | None


@register
class Dates(Screen):
    """When answers are promised, what came back, when badges end, when the next step starts."""

    promised: tuple[DatedLine, ...]
    returned: tuple[DatedLine, ...]
    ending: tuple[DatedLine, ...]
    start_title: LanguageMap | None
    start: LanguageMap | None

    @classmethod
    def of(
        cls,
        *,
        submissions: Iterable[Submission],
        badges: Iterable[IssuedBadge],
        coming: Achievement | None,
    ) -> Self:
        mine = list(submissions)
        return cls(
            promised=tuple(
                DatedLine(title=one.name, date=one.promised_by.isoformat())
                for one in mine
                if one.state is State.WAITING and one.promised_by is not None
            ),
            returned=tuple(
                DatedLine(title=one.name, date=None) for one in mine if one.state is State.RETURNED
            ),
            ending=tuple(
                DatedLine(title=one.achievement.name, date=one.valid_until.isoformat())
                for one in badges
                if one.valid_until is not None and one.state is BadgeState.VALID
            ),
            start_title=coming.name if coming else None,
            start=coming.start if coming else None,
        )


@register
class PathTime(Screen):
    """How long the way takes at `weekly` hours, until `done` (ISO date).

    `usual` are the hours they have said, where this is only a what-if; `deadline` the last day they
    have set.
    """

    job: LanguageMap
    steps: int
    hours: float
    weekly: float
    weeks: int
    done: str
    usual: float | None = None
    deadline: str | None = None

    @property
    def is_late(self) -> bool:
        return self.deadline is not None and self.done > self.deadline


@register
class NotOnPath(Screen):
    """Why a micro-credential isn't on the way: `declined`, `cost`, `time`, `language` or `less`."""

    job: LanguageMap
    title: LanguageMap
    reason: str
    closes: int
    hours: float


def path_time(work: Work, person: Person, *, weekly: float | None = None) -> PathTime:
    """How long the way takes; with `weekly`, what it would take at other hours."""
    profile = find_profile(work, person_id=person.person_id)
    advice = advise(work, person_id=person.person_id, weekly_hours=weekly)
    pace = advice.profile.weekly_hours
    hours = sum(step.achievement.hours for step in advice.steps if not step.is_provable)
    weeks = ceil(hours / pace)
    return PathTime(
        job=advice.occupation.plain_title,
        steps=len(advice.steps),
        hours=hours,
        weekly=pace,
        weeks=weeks,
        done=(work.now.date() + timedelta(weeks=weeks)).isoformat(),
        usual=profile.weekly_hours if weekly is not None else None,
        deadline=profile.deadline.isoformat() if profile.deadline else None,
    )


def not_on_path(work: Work, person: Person, code: str) -> NotOnPath | None:
    """Why this isn't on the person's way; None when it is."""
    catalogue = current_catalogue(work)
    advice = advise(work, person_id=person.person_id)
    item = catalogue.achievements.get(code)
    if item is None or advice.step(code) is not None:
        return None
    profile = advice.profile
    return NotOnPath(
        job=advice.occupation.plain_title,
        title=item.name,
        reason=_reason(profile, item, advice.weeks),
        closes=percent(weigh(catalogue, advice, item).of_all),
        hours=item.hours,
    )


def _reason(profile: Profile, item: Achievement, weeks: float) -> str:
    if item.code in profile.declined:
        return "declined"
    if profile.budget is not None and item.cost.amount > profile.budget:
        return "cost"
    if profile.languages and language_of(item) not in profile.languages:
        return "language"
    return "time" if item.hours > profile.weekly_hours * weeks else "less"


def _group(source: str) -> str | None:
    """The wider group of occupations that a pay is of."""
    return source.partition("for the wider group ")[2] or None


def step_codes(work: Work, person: Person) -> list[str]:
    """The codes of the person's way; none without a goal."""
    if not find_profile(work, person_id=person.person_id).has_goal:
        return []
    return [s.achievement.code for s in advise(work, person_id=person.person_id).steps]


def compare_screen(work: Work, person: Person, codes: Iterable[str]) -> CompareOptions:
    """Micro-credentials side by side, for the person's goal where they have one."""
    catalogue = current_catalogue(work)
    items = [catalogue.achievements[code] for code in codes]
    has_goal = find_profile(work, person_id=person.person_id).has_goal
    advice = advise(work, person_id=person.person_id) if has_goal else None
    return CompareOptions.of(items, catalogue, advice)


def what_if_screen(work: Work, person: Person, codes: Iterable[str] = ()) -> CompareGoals:
    """Occupations side by side: these, or else the goal and what is near it."""
    reached = what_if(work, person_id=person.person_id, codes=tuple(codes))
    return CompareGoals.of(current_catalogue(work), reached)


def dates_screen(work: Work, person: Person, *, codes: Iterable[str] = ()) -> Dates:
    """The dates of this person; the start of the first of `codes` or else of the next step."""
    known = current_catalogue(work).achievements
    coming = next((known[c] for c in (*codes, *step_codes(work, person)) if c in known), None)
    return Dates.of(
        submissions=list_submissions(work, person_id=person.person_id),
        badges=list_badges(work, person_id=person.person_id),
        coming=coming,
    )
