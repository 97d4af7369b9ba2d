"""What somebody says about how they want to be called and written to, whatever is asked."""

import re

from actions.said import VAGUE, Said
from actions.screens import Shown
from actions.screens.account import Resumed, Settings
from actions.screens.reminders import DaysOffTaken, QuietHoursSet
from credentials.errors import InvalidInputError
from credentials.people import (
    Person,
    choose_badge_name,
    find_person,
    find_preferences,
    find_zone,
)
from credentials.reminders import (
    change_zone,
    hear_quiet_hours,
    local_today,
    read_days_off,
    resume_writing,
    take_days_off,
)
from credentials.unit_of_work import Work

_ABOUT_TIMES = VAGUE | {"ask_privacy", "ask_deadline", "ask_time"}
_ABOUT_DAYS = _ABOUT_TIMES | {"snooze", "stop_reminders", "set_reminder", "help", "review_work"}
_NAME = re.compile(
    r"\b(?:(?:my|the) (?:badge )?name (?:is|to|should be|into)|(?:change|set|put|correct|update) (?:my|the) (?:badge )?name (?:on (?:my |the )?badges? )?(?:to|as)|"
    r"i(?:'m| am) called)\s+(?P<name>[^\W\d_][\w.' -]{1,60}?)\s*(?:please|pls|thanks)?\s*[.!]*$",
    re.IGNORECASE,
)
LONGEST_NAME = 5  # words
# What is said about a name, and stands in none.
_NO_NAME = frozenset(
    {
        *(
            "the",
            "my",
            "your",
            "on",
            "in",
            "for",
            "to",
            "of",
            "not",
            "no",
            "it",
            "this",
            "that",
            "too",
            "also",
        ),
        *("badge", "badges", "wrong", "incorrect", "correct", "right", "missing", "here", "there"),
        *("misspelt", "misspelled", "spelt", "spelled", "different", "private", "public", "shown"),
        *("visible", "needed", "hidden"),
    }
)
_LIVING = re.compile(
    r"^\W*(?:(?:hi|ok|well|oh|and|by the way|btw|actually)\W+)*(?:i(?:'m| am|m)?(?: now| currently)? (?:live|living|in|based|staying|moved to|moving to)(?: now)?(?: in)?|"
    r"my (?:time ?zone|city) is)\s+(?P<place>[^\W\d_][\w/ -]{2,40}?)(?: (?:now|time|btw))?\W*$",
    re.IGNORECASE,
)
_BACK = re.compile(r"\bi(?:'?m| am) back\b|\bback (?:again|now|from)\b", re.IGNORECASE)


def preference_told(work: Work, person: Person, said: Said) -> Shown:
    """What was kept of a name, a place, quiet hours or days off; None where none is told."""
    return (
        _days_off(work, person, said)
        or _back(work, person, said)
        or _quiet_hours(work, person, said)
        or _named(work, person, said)
        or _moved(work, person, said)
    )


def _days_off(work: Work, person: Person, said: Said) -> Shown:
    """Days without messages, for "pause till 20 December" and "I'm on leave from Friday for two weeks"."""
    if said.intent not in _ABOUT_DAYS:
        return None
    today = local_today(work, person.person_id)
    days = read_days_off(said.text, today=today)
    if days is None:
        return None
    try:
        take_days_off(work, person_id=person.person_id, days=days)
    except InvalidInputError:
        return None
    return DaysOffTaken.of(days, person, today)


def _back(work: Work, person: Person, said: Said) -> Shown:
    """Somebody on their days off is back before they end."""
    if not _BACK.search(said.text):
        return None
    preferences = find_preferences(work, person_id=person.person_id)
    if not preferences.is_off(local_today(work, person.person_id)):
        return None
    return Resumed(coming=len(resume_writing(work, person_id=person.person_id)))


def _quiet_hours(work: Work, person: Person, said: Said) -> Shown:
    """Hours in which nothing is written, for "don't message me after 8 pm"."""
    if said.intent not in _ABOUT_TIMES:
        return None
    quiet = hear_quiet_hours(work, person_id=person.person_id, text=said.text)
    return QuietHoursSet.of(quiet) if quiet else None


def _named(work: Work, person: Person, said: Said) -> Shown:
    """The name that badges carry, for "change my name to Anna Lee"."""
    told = _NAME.search(said.text)
    words = set(re.findall(r"[a-z]+", told["name"].lower())) if told else set()
    if told is None or "?" in said.text or len(words) > LONGEST_NAME or words & _NO_NAME:
        return None
    try:
        changed = choose_badge_name(work, person_id=person.person_id, name=told["name"])
    except InvalidInputError:
        return None
    return Settings.of(changed)


def _moved(work: Work, person: Person, said: Said) -> Shown:
    """Where somebody lives, for "I'm in Vancouver": what is sent keeps to the hours there."""
    told = _LIVING.match(said.text)
    zone = find_zone(told["place"], is_exact=True) if told else None
    if zone is None:
        return None
    change_zone(work, person_id=person.person_id, zone=zone)
    return Settings.of(find_person(work, person.person_id))
