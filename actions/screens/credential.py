"""Screens of one micro-credential: what it is, that it was chosen, left out or finished elsewhere."""

from datetime import date
from typing import Self

from actions.screens.base import LanguageMap, Screen, register
from credentials.catalogue import Achievement, get_achievement
from credentials.pathways import begin_studying, find_profile
from credentials.people import Person
from credentials.unit_of_work import Work


@register
class CredentialCard(Screen):
    """An achievement: what it shows, who teaches it, what it costs. Enrolling is the learner's.

    `since` is the ISO date on which they began it, `is_chosen` right after they said so.
    """

    code: str
    title: LanguageMap
    description: LanguageMap
    can: tuple[LanguageMap, ...]
    provider: str
    url: str
    hours: float
    amount: float
    currency: str
    cost_note: LanguageMap | None
    start: LanguageMap | None
    months: int | None
    example: bool
    since: str | None = None
    is_chosen: bool = False

    @property
    def codes(self) -> tuple[str, ...]:
        return (self.code,)

    @classmethod
    def of(cls, item: Achievement, *, since: date | None = None, is_chosen: bool = False) -> Self:
        return cls(
            code=item.code,
            title=item.name,
            description=item.description,
            can=tuple(one.can for one in item.criteria),
            provider=item.provider.name,
            url=item.provider.url,
            hours=item.hours,
            amount=item.cost.amount,
            currency=item.cost.currency,
            cost_note=item.cost.note,
            start=item.start,
            months=item.renewal.months if item.renewal else None,
            example=item.example,
            since=since.isoformat() if since else None,
            is_chosen=is_chosen,
        )


@register
class CredentialDeclined(Screen):
    """It is left out from now on."""

    title: LanguageMap


@register
class CredentialFinished(Screen):
    """Something judged elsewhere is finished; it counts as said from now on."""

    title: LanguageMap


def credential_screen(work: Work, person: Person, code: str) -> Screen:
    """A credential, and since when they have been taking it.

    Raises:
        NotFoundError: there is none with this code.
    """
    since = find_profile(work, person_id=person.person_id).studying.get(code)
    return CredentialCard.of(get_achievement(work, code=code), since=since)


def chosen_screen(work: Work, person: Person, code: str) -> Screen:
    """They take this one from now on.

    Raises:
        NotFoundError: there is none with this code.
    """
    item = get_achievement(work, code=code)
    begin_studying(work, person_id=person.person_id, code=code)
    since = find_profile(work, person_id=person.person_id).studying[code]
    return CredentialCard.of(item, since=since, is_chosen=True)
