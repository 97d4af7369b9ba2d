"""Screens that answer what is asked about the last card, or beside everything else."""

from typing import Self

from pydantic import BaseModel

from actions.screens.base import LanguageMap, Screen, register
from credentials.catalogue import Occupation, Pay
from credentials.issuing import IssuedBadge


@register
class DistressMore(Screen):
    """Staying with somebody who is not well; `is_later` when they want to go on another time."""

    is_later: bool = False

    @property
    def topic(self) -> tuple[str, str]:
        return "distress", ""


@register
class AllRight(Screen):
    """Nothing to do; what was said is kept."""


@register
class Congratulations(Screen):
    """They have found work. `badges` they hold."""

    badges: int


@register
class WhatIsKept(Screen):
    """What stays: the goal, badges, begun and sent work."""

    job: LanguageMap | None
    badges: tuple[LanguageMap, ...]
    begun: tuple[LanguageMap, ...]
    waiting: tuple[LanguageMap, ...]


@register
class NameNotNeeded(Screen):
    """Advice needs no name."""


@register
class PasteAdvert(Screen):
    """A job advert may be pasted."""


@register
class LanguageSpoken(Screen):
    """The language the bot speaks, said in several."""


@register
class CoursesInLanguage(Screen):
    """How many micro-credentials are taught in a language (ISO 639)."""

    language: str
    count: int
    total: int


@register
class PeopleNotSearchable(Screen):
    """Nobody can be looked up or listed, whether or not they study here."""

    @property
    def topic(self) -> tuple[str, str]:
        return "people", ""


@register
class StillTold(Screen):
    """What arrives although nothing is written unasked."""


@register
class ShareFacts(Screen):
    """What a shared badge tells, for how long, and how that ends; `until` is an ISO instant."""

    badge_id: str
    title: LanguageMap
    holder: str | None
    until: str | None

    @property
    def topic(self) -> tuple[str, str]:
        return "badge", self.badge_id

    @classmethod
    def of(cls, badge: IssuedBadge) -> Self:
        return cls(
            badge_id=badge.badge_id,
            title=badge.achievement.name,
            holder=badge.holder_name,
            until=badge.valid_until.isoformat() if badge.valid_until else None,
        )


@register
class BadgeMisspelt(Screen):
    """A name is signed and can't be changed; a person issues the badge anew."""

    badge_id: str
    title: LanguageMap

    @property
    def topic(self) -> tuple[str, str]:
        return "misspelt", self.badge_id


@register
class AskHolder(Screen):
    """Whose badge it is, only its holder can show."""

    @property
    def topic(self) -> tuple[str, str]:
        return "verdict", ""


@register
class CodeMeansNothing(Screen):
    """What an unknown code says: nothing about anybody."""

    @property
    def topic(self) -> tuple[str, str]:
        return "verdict", ""


@register
class EvidenceQuestion(Screen):
    """A question while work is asked for: not kept as work. `letter` is the open criterion's."""

    letter: str


@register
class NeedNotWrite(Screen):
    """Work may be shown without writing."""


@register
class GroupWork(Screen):
    """Work made with others counts, if one says which part is one's own."""


@register
class ReminderWhat(Screen):
    """What the bot may remind somebody of."""


class PayLine(BaseModel):
    """What an occupation typically pays; None where nobody knows."""

    job: LanguageMap
    pay: Pay | None

    @classmethod
    def of(cls, job: Occupation) -> Self:
        return cls(job=job.plain_title, pay=job.pay)


@register
class JobPay(Screen):
    """What occupations pay. `offered` is the one that may be chosen as the goal."""

    jobs: tuple[PayLine, ...]
    offered: str | None = None


@register
class NothingNeeded(Screen):
    """What one needs to begin: how many micro-credentials build on none before them."""

    free_standing: int
    total: int


@register
class AgeLimit(Screen):
    """From which age one may use the bot."""
