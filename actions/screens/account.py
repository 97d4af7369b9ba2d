"""Screens of one's account: settings, data, roles."""

from typing import Self

from actions.screens.base import Screen, register
from credentials.people import Person
from credentials.rights import ErasureNotice


@register
class Settings(Screen):
    """What is kept about how to talk to somebody. `reminders_on` is false after `/stop`."""

    language: str
    zone: str
    zone_is_known: bool
    reminders_on: bool
    badge_name: str | None

    @classmethod
    def of(cls, person: Person) -> Self:
        return cls(
            language=person.language,
            zone=person.zone,
            zone_is_known=person.zone_is_known,
            reminders_on=person.proactive,
            badge_name=person.badge_name,
        )


@register
class AskSettingsZone(Screen):
    """Which zone the person lives in, from the settings."""

    is_unclear: bool = False


@register
class AskBadgeName(Screen):
    """The name badges may carry."""

    badge_name: str | None


@register
class Stopped(Screen):
    """Nothing is written unasked any more; `resting` reminders are kept."""

    resting: int

    @property
    def topic(self) -> tuple[str, str]:
        return "stopped", ""


@register
class Resumed(Screen):
    """Writing unasked is allowed again; `coming` reminders."""

    coming: int


@register
class DataExport(Screen):
    """Everything kept about the person, as a file."""

    person_id: str


@register
class DeleteConfirm(Screen):
    """What deleting does: how many badges stay on record, which roles end."""

    badges: int
    submissions: int
    roles: tuple[str, ...]

    @property
    def topic(self) -> tuple[str, str]:
        return "delete", ""

    @classmethod
    def of(cls, notice: ErasureNotice) -> Self:
        return cls(badges=notice.badges, submissions=notice.submissions, roles=notice.roles)


@register
class Deleted(Screen):
    """It is done; `badges` stay on record without a name."""

    badges: int


@register
class DeleteKept(Screen):
    """Nothing was deleted."""


@register
class Cancelled(Screen):
    """What was begun has ended; `kind` is the draft's, None when nothing was begun."""

    kind: str | None


@register
class InvitationOffer(Screen):
    """An invitation to a role, to be confirmed."""

    role: str
    token: str
    institution: str


@register
class StaffWelcome(Screen):
    """The role is theirs. `people` wait to talk to an advisor."""

    role: str
    people: int


@register
class InvitationDeclined(Screen):
    """The invitation stays unused."""
