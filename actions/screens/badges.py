"""Screens of badges: what one holds, one badge, ways to share it, what became of it."""

from typing import Self

from pydantic import BaseModel

from actions.screens.base import LanguageMap, Screen, register
from credentials.evidence import State, list_submissions
from credentials.issuing import IssuedBadge, list_badges
from credentials.unit_of_work import Work


class BadgeLine(BaseModel):
    """A badge in a list; `is_expired` at the time it was drawn."""

    badge_id: str
    title: LanguageMap
    issued_at: str
    valid_until: str | None
    state: str
    is_expired: bool

    @classmethod
    def of(cls, badge: IssuedBadge, *, is_expired: bool) -> Self:
        return cls(
            badge_id=badge.badge_id,
            title=badge.achievement.name,
            issued_at=badge.issued_at.isoformat(),
            valid_until=badge.valid_until.isoformat() if badge.valid_until else None,
            state=badge.state,
            is_expired=is_expired,
        )


@register
class BadgeList(Screen):
    """Every badge a person holds; `waiting` submissions have no answer yet."""

    badges: tuple[BadgeLine, ...]
    waiting: int

    @property
    def topic(self) -> tuple[str, str]:
        return "badge", self.badges[0].badge_id if len(self.badges) == 1 else ""

    @classmethod
    def held_by(cls, work: Work, person_id: str) -> Self:
        badges = list_badges(work, person_id=person_id)
        sent = list_submissions(work, person_id=person_id)
        return cls(
            badges=tuple(
                BadgeLine.of(item, is_expired=item.is_expired(work.now)) for item in badges
            ),
            waiting=sum(item.state is State.WAITING for item in sent),
        )


@register
class BadgeAwarded(Screen):
    """A badge was awarded or issued anew; its picture comes with the message."""

    badge_id: str
    title: LanguageMap
    comment: str | None
    valid_until: str | None
    is_anew: bool = False


@register
class BadgeCard(Screen):
    """One badge with its picture, as often as it is wished."""

    line: BadgeLine
    code: str

    @property
    def topic(self) -> tuple[str, str]:
        return "badge", self.line.badge_id


@register
class BadgeShare(Screen):
    """How to share a badge, and what others will see."""

    badge_id: str
    title: LanguageMap
    url: str
    code: str
    holder: str | None
    state: str

    @property
    def topic(self) -> tuple[str, str]:
        return "badge", self.badge_id

    @classmethod
    def of(cls, badge: IssuedBadge) -> Self:
        return cls(
            badge_id=badge.badge_id,
            title=badge.achievement.name,
            url=badge.url,
            code=badge.code,
            holder=badge.holder_name,
            state=badge.state,
        )


@register
class BadgeLinkedIn(Screen):
    """The fields of LinkedIn's form. `name` and `issuer` as they are signed."""

    badge_id: str
    title: str
    issuer: str
    issued_at: str
    valid_until: str | None
    url: str
    code: str

    @property
    def topic(self) -> tuple[str, str]:
        return "badge", self.badge_id

    @classmethod
    def of(cls, badge: IssuedBadge) -> Self:
        document = badge.document
        return cls(
            badge_id=badge.badge_id,
            title=document["name"],
            issuer=document["issuer"]["name"],
            issued_at=badge.issued_at.isoformat(),
            valid_until=badge.valid_until.isoformat() if badge.valid_until else None,
            url=badge.url,
            code=badge.code,
        )


@register
class BadgeFile(Screen):
    """The signed file (JSON)."""

    badge_id: str
    title: LanguageMap


@register
class BadgeStateChanged(Screen):
    """The institution withdrew a badge, put it on hold or let it stand again."""

    badge_id: str
    title: LanguageMap
    state: str
    reason: str
