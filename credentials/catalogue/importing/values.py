"""Values of CTDL and Open Badges made plain: language maps, durations, prices, conditions."""

import re
from collections.abc import Iterable, Iterator, Mapping
from itertools import product
from typing import Any

from credentials.catalogue.entries import Cost, LanguageMap

MAX_TEXT = 4_000  # characters
MAX_CLAUSES = 64
HOURS_A_DAY = 8
DURATION = re.compile(
    r"P(?:(\d+(?:\.\d+)?)Y)?(?:(\d+(?:\.\d+)?)M)?(?:(\d+(?:\.\d+)?)W)?(?:(\d+(?:\.\d+)?)D)?"
    r"(?:T(?:(\d+(?:\.\d+)?)H)?(?:(\d+(?:\.\d+)?)M)?(?:(\d+(?:\.\d+)?)S)?)?"
)
CURRENCIES = {
    "US DOLLAR": "USD",
    "US DOLLARS": "USD",
    "UNITED STATES DOLLAR": "USD",
    "$": "USD",
    "EURO": "EUR",
    "EUROS": "EUR",
    "€": "EUR",
    "POUND STERLING": "GBP",
    "BRITISH POUND": "GBP",
    "CANADIAN DOLLAR": "CAD",
    "AUSTRALIAN DOLLAR": "AUD",
}
#: Prices that are not paid for the credential itself.
LIVING = frozenset({"RoomOrResidency", "RoomAndBoard", "Transportation", "MealPlan"})

Clauses = tuple[tuple[str, ...], ...]


def many(value: Any) -> list[Any]:
    """A JSON-LD value as a list: one alone stands for a list of one."""
    if value is None:
        return []
    return list(value) if isinstance(value, list) else [value]


def language_map(value: Any) -> LanguageMap | None:
    """A text or a map of texts, by language without its region.

    `en` is always there: it is shown where there is nothing better, so it repeats the first
    language of a text that has no English.
    """
    if isinstance(value, str):
        value = {"en": value}
    if not isinstance(value, Mapping):
        return None
    found: LanguageMap = {}
    for language, text in value.items():
        words = " ".join(str(part) for part in many(text) if part)
        if words.strip():
            found.setdefault(language.split("-")[0].lower() or "en", _clean(words))
    if found and "en" not in found:
        found["en"] = next(iter(found.values()))
    return found or None


def in_english(value: Any) -> str | None:
    found = language_map(value)
    return found["en"] if found else None


def hours_of(profile: Any) -> float | None:
    """The effort a DurationProfile states, in hours; the most where it is a range.

    A duration in weeks, months or years is time that passes, not effort, and gives None. Days
    count as 8 hours.
    """
    if not isinstance(profile, Mapping):
        return duration_hours(profile) if isinstance(profile, str) else None
    names = ("exactDuration", "maximumDuration", "minimumDuration")
    found = (profile.get(f"ceterms:{name}") for name in names)
    return next((h for value in found if value and (h := duration_hours(str(value)))), None)


def duration_hours(text: str) -> float | None:
    """Hours of an ISO 8601 duration that is made of days, hours and minutes only."""
    match = DURATION.fullmatch(text.strip().upper())
    if not match:
        return None
    years, months, weeks, days, hours, minutes, _ = (float(part or 0) for part in match.groups())
    if years or months or weeks:
        return None
    return round(days * HOURS_A_DAY + hours + minutes / 60, 2) or None


def currency_of(value: Any) -> str | None:
    """The ISO 4217 code of a currency, also where its name was written."""
    text = str(value or "").strip().upper()
    return text if re.fullmatch(r"[A-Z]{3}", text) else CURRENCIES.get(text)


def cost_of(profiles: Iterable[Any]) -> Cost | None:
    """What a credential costs by its CostProfiles.

    The aggregate where one is given. Otherwise one price of each kind is paid, the highest where
    several are given (for residents and others, say); room and board do not count.
    """
    by_kind: dict[str, tuple[float, str, Any]] = {}
    for profile in profiles:
        if not isinstance(profile, Mapping):
            continue
        price, currency = _price(profile), currency_of(profile.get("ceterms:currency"))
        kind = _kind(profile)
        if price is None or currency is None or kind in LIVING:
            continue
        if kind not in by_kind or by_kind[kind][0] < price:
            by_kind[kind] = (price, currency, profile.get("ceterms:name"))
    if "AggregateCost" in by_kind:
        by_kind = {"AggregateCost": by_kind["AggregateCost"]}
    if not by_kind or len({currency for _, currency, _ in by_kind.values()}) > 1:
        return None
    notes = [name for _, _, named in by_kind.values() if (name := in_english(named))]
    return Cost(
        amount=round(sum(price for price, _, _ in by_kind.values()), 2),
        currency=next(iter(by_kind.values()))[1],
        note={"en": "; ".join(notes)[:200]} if notes else None,
    )


def all_of(parts: Iterable[Clauses]) -> Clauses:
    """AND of ANDs of ORs; the same clause once."""
    return tuple(dict.fromkeys(clause for part in parts for clause in part))


def any_of(parts: list[Clauses]) -> Clauses | None:
    """OR of ANDs of ORs, written as an AND of ORs; None when that would become too long.

    No part, or a part that asks for nothing, asks for nothing.
    """
    if not parts or not all(parts):
        return ()
    size = 1
    for part in parts:
        size *= len(part)
        if size > MAX_CLAUSES:
            return None
    return tuple(
        dict.fromkeys(
            tuple(dict.fromkeys(code for clause in choice for code in clause))
            for choice in product(*parts)
        )
    )


def targets(node: Mapping[str, Any], *names: str) -> Iterator[str]:
    """Ids of what a node points to, as text or as an object with an `@id`."""
    for name in names:
        for value in many(node.get(f"ceterms:{name}")):
            found = value.get("@id") if isinstance(value, Mapping) else value
            if isinstance(found, str) and found:
                yield found


def _price(profile: Mapping[str, Any]) -> float | None:
    try:
        price = float(profile.get("ceterms:price", ""))
    except (TypeError, ValueError):
        return None
    return price if 0 <= price < 10_000_000 else None


def _kind(profile: Mapping[str, Any]) -> str:
    kind = profile.get("ceterms:directCostType")
    node = kind.get("ceterms:targetNode") if isinstance(kind, Mapping) else None
    return str(node or "").removeprefix("costType:") or "price"


def _clean(text: str) -> str:
    return " ".join(text.split())[:MAX_TEXT]
