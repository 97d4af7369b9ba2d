"""What a catalogue offers, as columns: so that the few that matter are found among very many."""

from collections.abc import Iterable, Mapping
from functools import cached_property
from typing import NamedTuple
from weakref import WeakKeyDictionary

import numpy as np

from credentials.catalogue import LEVELS, Achievement, Catalogue
from credentials.catalogue.entries import LEVEL_VALUES
from credentials.pathways.money import REFERENCE, converted

UNKNOWN = -1


class Teachers(NamedTuple):
    """Who teaches a skill: their places, and to which level (0 to 1)."""

    places: np.ndarray
    levels: np.ndarray


class Offers:
    """The achievements of a catalogue by their place in the order of codes.

    `hours`, `prices` (in the reference currency, NaN where its rate is unknown) and `levels` (place
    in `LEVELS`, -1 where it is not told) hold one number each.
    """

    def __init__(self, achievements: Mapping[str, Achievement]) -> None:
        self.achievements = achievements
        self.codes = sorted(achievements)
        self.place = {code: place for place, code in enumerate(self.codes)}
        items = [achievements[code] for code in self.codes]
        self.hours = np.array([item.hours for item in items], dtype=float)
        self.prices = np.array([_price(item) for item in items], dtype=float)
        self.levels = np.array(
            [LEVELS.index(item.level) if item.level else UNKNOWN for item in items], dtype=int
        )

    def __len__(self) -> int:
        return len(self.codes)

    @cached_property
    def teachers(self) -> Mapping[str, Teachers]:
        """Skill → who teaches it."""
        found: dict[str, dict[int, float]] = {}
        for place, code in enumerate(self.codes):
            for part in self.achievements[code].skills:
                known = found.setdefault(part.skill, {})
                known[place] = max(known.get(place, 0.0), LEVEL_VALUES[part.level])
        return {
            skill: Teachers(
                np.fromiter(known, dtype=int, count=len(known)),
                np.fromiter(known.values(), dtype=float, count=len(known)),
            )
            for skill, known in found.items()
        }

    @cached_property
    def _groups(self) -> Mapping[tuple[str, str], np.ndarray]:
        found: dict[tuple[str, str], list[int]] = {}
        for place, code in enumerate(self.codes):
            item = self.achievements[code]
            found.setdefault(("language", language_of(item)), []).append(place)
            if item.field:
                found.setdefault(("field", item.field), []).append(place)
            if item.skills:
                found.setdefault(("main skill", item.skills[0].skill), []).append(place)
            if item.stacks_into:
                found.setdefault(("stack", item.stacks_into), []).append(place)
            for occupation in item.occupations:
                found.setdefault(("occupation", occupation), []).append(place)
        return {key: np.array(places, dtype=int) for key, places in found.items()}

    def mask(self, kind: str, names: Iterable[str]) -> np.ndarray:
        """Which ones belong to any of the names; kind is language, field or occupation."""
        chosen = np.zeros(len(self), dtype=bool)
        for name in names:
            chosen[self._groups.get((kind, name), [])] = True
        return chosen

    def led_by(self, skills: Iterable[str]) -> frozenset[str]:
        """Those whose main skill is one of these."""
        return frozenset(
            self.codes[place]
            for skill in skills
            for place in self._groups.get(("main skill", skill), ())
        )

    def stacked_into(self, code: str) -> frozenset[str]:
        """The parts that count towards a larger achievement."""
        return frozenset(self.codes[place] for place in self._groups.get(("stack", code), ()))


_OFFERS: "WeakKeyDictionary[Catalogue, Offers]" = WeakKeyDictionary()


def offers_of(catalogue: Catalogue) -> Offers:
    """The offers of a catalogue, made once."""
    known = _OFFERS.get(catalogue)
    if known is None:
        known = _OFFERS[catalogue] = Offers(catalogue.achievements)
    return known


def language_of(item: Achievement) -> str:
    """The language of instruction without region or script (BCP 47), such as `en`."""
    return item.language.lower().replace("_", "-").partition("-")[0]


def _price(item: Achievement) -> float:
    price = converted(item.cost.amount, item.cost.currency, REFERENCE)
    return np.nan if price is None else price
