"""Screens that weigh: micro-credentials side by side, dates that bind."""

from collections.abc import Iterable
from typing import Self

from pydantic import BaseModel

from actions.screens.base import LanguageMap, Screen, register
from credentials.catalogue import Achievement, current_catalogue
from credentials.evidence import State, Submission, list_submissions
from credentials.issuing import BadgeState, IssuedBadge, list_badges
from credentials.pathways import advise, find_profile
from credentials.people import Person
from credentials.unit_of_work import Work

CRITERIA = 3


class Option(BaseModel):
    """One micro-credential to weigh; `months` how long its badge lasts."""

    code: str
    title: LanguageMap
    can: tuple[LanguageMap, ...]
    hours: float
    amount: float
    currency: str
    start: LanguageMap | None
    months: int | None

    @classmethod
    def of(cls, item: Achievement) -> Self:
        return cls(
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
    """Micro-credentials side by side, without a ranking."""

    options: tuple[Option, ...]

    @classmethod
    def of(cls, items: Iterable[Achievement]) -> Self:
        return cls(options=tuple(Option.of(item) for item in items))

    @property
    def codes(self) -> tuple[str, ...]:
        return tuple(option.code for option in self.options)


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


def step_codes(work: Work, person: Person) -> list[str]:
    """The codes of the person's way; none without a goal."""
    if not find_profile(work, person_id=person.person_id).has_goal:
        return []
    return [s.achievement.code for s in advise(work, person_id=person.person_id).steps]


def dates_screen(work: Work, person: Person, *, codes: Iterable[str] = ()) -> Dates:
    """The dates of this person; the start of the first of `codes` or else of the next step."""
    known = current_catalogue(work).achievements
    coming = next((known[c] for c in (*codes, *step_codes(work, person)) if c in known), None)
    return Dates.of(
        submissions=list_submissions(work, person_id=person.person_id),
        badges=list_badges(work, person_id=person.person_id),
        coming=coming,
    )
