"""Setting a reminder step by step: words and buttons fill the same draft.

What is open is asked for in this order: the days, the time, the zone.
"""

import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from datetime import date, datetime, time
from typing import Any, Literal

from credentials.drafts import close_draft, find_draft, save_draft
from credentials.errors import InvalidInputError, StaleError
from credentials.people import find_person, find_zone
from credentials.reminders.phrases import Phrase, read_phrase
from credentials.reminders.quiet import after_quiet
from credentials.reminders.reminders import (
    Reminder,
    local_now,
    set_reminder,
)
from credentials.reminders.rules import WEEKDAYS, Frequency, resolve
from credentials.reminders.zones import change_zone
from credentials.unit_of_work import Work

DRAFT = "reminder"
LATER_AT = time(10)  # "tomorrow" without a time
NOON = 12
_HALVED = re.compile(r"\b(?:am|mornings?)\b|\ba\.m", re.IGNORECASE)
Open = Literal["when", "days", "time", "zone"]


@dataclass(frozen=True, kw_only=True)
class Step:
    """What is asked next or, once all is known, the reminder.

    `days` are the BYDAY values chosen so far. `is_unclear` says that the last words said nothing
    that was asked for. `other_time` is the other half of the day, where the hour was a guess.
    """

    asking: Open | None = None
    days: tuple[str, ...] = ()
    is_unclear: bool = False
    reminder: Reminder | None = None
    other_time: time | None = None


def open_reminder(work: Work, *, person_id: str) -> Step:
    """Begin anew: ask when."""
    return _next(work, person_id, Phrase())


def says_when(work: Work, *, person_id: str, text: str) -> bool:
    """Whether the words say a day, a rhythm or a time."""
    phrase = _read(work, person_id, text)
    return phrase.frequency is not None or phrase.at is not None


def read_later(work: Work, *, person_id: str, text: str) -> datetime | None:
    """The one instant the words mean; None when they mean a rhythm, or nothing."""
    phrase = _read(work, person_id, text)
    if phrase.at is not None and phrase.frequency is None:
        phrase = replace(phrase, frequency=Frequency.ONCE)
    if phrase.frequency is not Frequency.ONCE:
        return None
    rule = phrase.rule(today=local_now(work, person_id).date(), at=LATER_AT)
    zone = find_person(work, person_id).zone_info
    instant = resolve(rule.starts_on, rule.at, zone)
    is_vague = phrase.at is not None and phrase.at.hour < NOON and not _HALVED.search(text)
    if is_vague and instant <= work.now:  # "eight", in the afternoon
        instant = resolve(rule.starts_on, rule.at.replace(hour=rule.at.hour + NOON), zone)
    return instant if phrase.at is not None else after_quiet(instant, zone)


def say_when(work: Work, *, person_id: str, text: str) -> Step:
    """Take words about when, or about where while the zone is asked for."""
    draft = find_draft(work.session, person_id, DRAFT)
    if draft is not None and draft.asking == "zone":
        zone = find_zone(text)
        if zone is not None:
            return choose_zone(work, person_id=person_id, zone=zone)
    before = _phrase(draft.fields) if draft else Phrase()
    said = _read(work, person_id, text)
    if said.frequency is None and said.at is None:
        return replace(_next(work, person_id, before), is_unclear=True)
    return _next(work, person_id, _merged(before, said))


def choose_rule(work: Work, *, person_id: str, day: str, at: time) -> Step:
    """Take a weekday and a time at once."""
    phrase = Phrase(frequency=Frequency.WEEKLY, days=_checked((day,)), at=at)
    return _next(work, person_id, phrase)


def open_days(work: Work, *, person_id: str) -> Step:
    """Ask for the days, whatever was asked before."""
    phrase = _current(work, person_id)
    return _ask(work, person_id, replace(phrase, at=None), "days")


def toggle_day(work: Work, *, person_id: str, day: str) -> Step:
    """Choose a weekday, or take it back."""
    phrase = _current(work, person_id)
    chosen = set(phrase.days) ^ set(_checked((day,)))
    days = tuple(name for name in WEEKDAYS if name in chosen)
    return _ask(work, person_id, replace(phrase, frequency=Frequency.WEEKLY, days=days), "days")


def finish_days(work: Work, *, person_id: str) -> Step:
    """Go on to the time; without a day, every day."""
    phrase = _current(work, person_id)
    if not phrase.days:
        phrase = replace(phrase, frequency=Frequency.DAILY)
    return _next(work, person_id, phrase)


def choose_time(work: Work, *, person_id: str, at: time) -> Step:
    """Take a time of day."""
    return _next(work, person_id, replace(_current(work, person_id), at=at, time_is_guess=False))


def choose_zone(work: Work, *, person_id: str, zone: str) -> Step:
    """Keep the person's zone and go on.

    Raises:
        InvalidInputError: there is no such zone.
    """
    change_zone(work, person_id=person_id, zone=zone)
    return _next(work, person_id, _current(work, person_id))


def resume_step(work: Work, *, person_id: str) -> Step | None:
    """The open question, asked again; None when nothing is open."""
    draft = find_draft(work.session, person_id, DRAFT)
    if draft is None:
        return None
    return Step(asking=draft.asking, days=_phrase(draft.fields).days)  # type: ignore[arg-type]  # we wrote it


def _read(work: Work, person_id: str, text: str) -> Phrase:
    try:
        return read_phrase(text, now=local_now(work, person_id))
    except InvalidInputError:
        return Phrase()


def _next(work: Work, person_id: str, phrase: Phrase) -> Step:
    asking = _open(phrase, zone_is_known=find_person(work, person_id).zone_is_known)
    if asking is not None:
        return _ask(work, person_id, phrase, asking)
    rule = phrase.rule(today=local_now(work, person_id).date())
    close_draft(work.session, person_id, DRAFT)
    reminder = set_reminder(work, person_id=person_id, rule=rule)
    return Step(reminder=reminder, days=phrase.days, other_time=_other_half(phrase))


def _open(phrase: Phrase, *, zone_is_known: bool) -> Open | None:
    if phrase.frequency is None:
        return "when" if phrase.at is None else "days"
    if not phrase.says_days:
        return "days"
    if phrase.at is None:
        return "time"
    return None if zone_is_known or phrase.is_span else "zone"


def _ask(work: Work, person_id: str, phrase: Phrase, asking: Open) -> Step:
    save_draft(
        work.session,
        person_id=person_id,
        kind=DRAFT,
        now=work.now,
        fields=_fields(phrase),
        asking=asking,
        verbatim=True,
    )
    return Step(asking=asking, days=phrase.days)


def _merged(before: Phrase, said: Phrase) -> Phrase:
    if said.frequency is not None:
        at = said.at or before.at
        guess = said.time_is_guess if said.at else before.time_is_guess
        days = said.days or (before.days if said.frequency is before.frequency else ())
        return replace(said, at=at, days=days, time_is_guess=guess)
    return replace(before, at=said.at, time_is_guess=said.time_is_guess)


def _current(work: Work, person_id: str) -> Phrase:
    draft = find_draft(work.session, person_id, DRAFT)
    if draft is None:
        raise StaleError
    return _phrase(draft.fields)


def _checked(days: tuple[str, ...]) -> tuple[str, ...]:
    if not set(days) <= set(WEEKDAYS):
        raise InvalidInputError(f"no weekdays: {days}")
    return days


def _other_half(phrase: Phrase) -> time | None:
    if not phrase.time_is_guess or phrase.at is None:
        return None
    return phrase.at.replace(hour=(phrase.at.hour + 12) % 24)


def _fields(phrase: Phrase) -> dict[str, Any]:
    return {
        **asdict(phrase),
        "days": list(phrase.days),
        "on": phrase.on and phrase.on.isoformat(),
        "at": phrase.at and phrase.at.isoformat(),
    }


def _phrase(fields: Mapping[str, Any]) -> Phrase:
    known = dict(fields)
    frequency, on, at = known.pop("frequency"), known.pop("on"), known.pop("at")
    return Phrase(
        **{**known, "days": tuple(known["days"])},
        frequency=Frequency(frequency) if frequency else None,
        on=date.fromisoformat(on) if on else None,
        at=time.fromisoformat(at) if at else None,
    )
