"""Advice that was just worked out: who presses several buttons about one way waits for one reckoning.

Advice follows from the catalogue and from what is asked of it, so that the same question has the
same answer until the catalogue changes.
"""

from collections import OrderedDict
from collections.abc import Callable, Hashable, Mapping
from dataclasses import fields
from threading import Lock
from typing import Generic, TypeVar
from weakref import WeakKeyDictionary

from credentials.catalogue import Catalogue
from credentials.pathways.profiles import Profile

KEPT = 1_000  # answers of one catalogue, a few kilobytes each

V = TypeVar("V")


class Memory(Generic[V]):
    """The answers asked for last, for each catalogue that is in use."""

    def __init__(self) -> None:
        self._known: WeakKeyDictionary[Catalogue, OrderedDict[Hashable, V]] = WeakKeyDictionary()
        self._lock = Lock()

    def recall(self, catalogue: Catalogue, question: Hashable, work_out: Callable[[], V]) -> V:
        """The answer that is known, or else what `work_out` finds; it must not hold the catalogue."""
        with self._lock:
            answers = self._known.setdefault(catalogue, OrderedDict())
            if question in answers:
                answers.move_to_end(question)
                return answers[question]
        found = work_out()  # two at once may work out the same
        with self._lock:
            answers[question] = found
            while len(answers) > KEPT:
                answers.popitem(last=False)
        return found


def question_of(profile: Profile) -> Hashable:
    """Everything of a profile that advice depends on: all but whose it is."""
    values = (
        getattr(profile, field.name) for field in fields(profile) if field.name != "person_id"
    )
    return tuple(tuple(v.items()) if isinstance(v, Mapping) else v for v in values)
