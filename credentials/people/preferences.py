"""What a person wants to be written to about unasked, and at which hours not."""

from dataclasses import dataclass, field
from datetime import date, time

from credentials.people.models import PreferencesRow
from credentials.people.persons import find_person
from credentials.unit_of_work import Work

QUIET_FROM, QUIET_UNTIL = time(21), time(8)


@dataclass(frozen=True)
class QuietHours:
    """Local hours without unasked messages, from `starts` until `ends`, over midnight or not.

    `is_chosen` says that the person asked for them; then they hold for every message.
    """

    starts: time = QUIET_FROM
    ends: time = QUIET_UNTIL
    is_chosen: bool = False

    def holds(self, at: time) -> bool:
        """Whether a local time lies in them."""
        if self.starts <= self.ends:
            return self.starts <= at < self.ends
        return at >= self.starts or at < self.ends


@dataclass(frozen=True)
class DaysOff:
    """Local days without unasked messages, from `first` until they are `back`, which is none of them."""

    first: date
    back: date

    def holds(self, day: date) -> bool:
        """Whether a local day is one of them."""
        return self.first <= day < self.back


@dataclass(frozen=True)
class Preferences:
    """`switches` holds what differs from the defaults: kind of message → whether it is wanted."""

    switches: dict[str, bool] = field(default_factory=dict)
    quiet: QuietHours = QuietHours()
    off: DaysOff | None = None

    def is_off(self, day: date) -> bool:
        """Whether a local day is one of their days off."""
        return self.off is not None and self.off.holds(day)

    def wants(self, kind: str, *, by_default: bool = True) -> bool:
        return self.switches.get(kind, by_default)


DEFAULTS = Preferences()


def find_preferences(work: Work, *, person_id: str) -> Preferences:
    """The person's preferences, or the defaults."""
    row = work.session.get(PreferencesRow, person_id)
    if row is None:
        return DEFAULTS
    days = (row.off_from, row.off_until)
    return preferences_from(row.switches, row.quiet_from, row.quiet_until, days)


def preferences_from(
    switches: dict[str, bool] | None,
    quiet_from: time | None,
    quiet_until: time | None,
    days: tuple[date | None, date | None] = (None, None),
) -> Preferences:
    """Preferences as a row keeps them."""
    if switches is None and quiet_from is None:
        return DEFAULTS
    first, back = days
    off = DaysOff(first, back) if first is not None and back is not None else None
    quiet = QuietHours()
    if quiet_from is not None and quiet_until is not None:
        quiet = QuietHours(quiet_from, quiet_until, is_chosen=True)
    return Preferences(dict(switches or {}), quiet, off)


def may_be_written_to(work: Work, person_id: str) -> bool:
    """Whether they take unasked messages today."""
    person = find_person(work, person_id)
    today = work.now.astimezone(person.zone_info).date()
    return person.proactive and not find_preferences(work, person_id=person_id).is_off(today)


def switch(work: Work, *, person_id: str, kind: str, is_on: bool) -> None:
    """Turn a kind of unasked message on or off."""
    row = _row(work, person_id)
    row.switches = {**row.switches, kind: is_on}


def set_quiet_hours(work: Work, *, person_id: str, starts: time, ends: time) -> None:
    """Keep the hours in which nothing is written unasked; equal times mean none."""
    row = _row(work, person_id)
    row.quiet_from, row.quiet_until = starts, ends


def set_days_off(work: Work, *, person_id: str, days: DaysOff | None) -> None:
    """Keep the days off; None ends them."""
    row = _row(work, person_id)
    row.off_from, row.off_until = (days.first, days.back) if days else (None, None)


def _row(work: Work, person_id: str) -> PreferencesRow:
    row = work.session.get(PreferencesRow, person_id)
    if row is None:
        row = PreferencesRow(person_id=person_id, switches={})
        work.session.add(row)
    return row
