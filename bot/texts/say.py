"""Draws text keys and values as words of one language, for one time zone."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from babel import Locale
from babel.dates import format_date, format_time
from babel.lists import format_list
from babel.numbers import format_currency, format_decimal
from fluent.runtime import FluentBundle, FluentResource
from markupsafe import Markup, escape

FOLDER = Path(__file__).parent
FALLBACK = "en"

Value = str | int | float | Mapping[str, str] | Markup | None


class Say:
    """`say(key, **values)` gives Telegram HTML; `say.plain(…)` gives text for buttons and pages."""

    def __init__(self, language: str = FALLBACK, zone: str = "UTC") -> None:
        self.language = language if language in languages() else FALLBACK
        self.zone = ZoneInfo(zone)

    def __call__(self, key: str, **values: Value) -> Markup:
        """The text of a key with its values escaped; `Markup` values stand as they are.

        Raises:
            KeyError: the key or a value it needs is missing.
        """
        escaped = {name: self._html(value) for name, value in values.items()}
        return Markup(self._format(key, escaped))  # noqa: S704  # every value is escaped

    def plain(self, key: str, **values: Value) -> str:
        """The text of a key without any markup, for button labels and file names."""
        return self._format(key, {name: self._text(value) for name, value in values.items()})

    def words(self, value: Mapping[str, str] | str | None) -> str:
        """A language map in the reader's language, or in the one it has."""
        return str(self._text(value))

    def date(self, instant: str | datetime) -> str:
        """`Thu 12 June 2026` in the reader's zone."""
        return format_date(self._local(instant), "EEE d MMMM y", locale=self.language)

    def day(self, day: str) -> str:
        """`1 June 2027` for an ISO date without a time."""
        return format_date(date.fromisoformat(day), "d MMMM y", locale=self.language)

    def language_name(self, code: str) -> str:
        """`Spanish` for `es`; the code itself where it has no name."""
        return str(Locale(self.language).languages.get(code, code))

    def time(self, instant: str | datetime) -> str:
        """`Thu 12 June 2026, 19:00` in the reader's zone."""
        local = self._local(instant)
        clock = format_time(local, "HH:mm", locale=self.language)
        return f"{self.date(instant)}, {clock}"

    def money(self, amount: float, currency: str) -> str:
        """`$49`; whole amounts without cents."""
        pattern = "¤#,##0" if amount == int(amount) else "¤#,##0.00"
        return format_currency(amount, currency, pattern, self.language, currency_digits=False)

    def number(self, value: float) -> str:
        return format_decimal(value, locale=self.language)

    def listed(self, items: list[str], *, style: str = "standard") -> str:
        """`a, b and c`; style `or` gives `a, b or c`."""
        return format_list(items, style=style, locale=self.language)  # type: ignore[arg-type]

    def span(self, duration: timedelta) -> str:
        """`3 days`, `2 hours`: the largest unit that fits."""
        hours = int(duration.total_seconds() // 3600)
        if hours >= 24:
            return self.plain("span-days", count=hours // 24)
        return self.plain("span-hours", count=hours) if hours else self.plain("span-short")

    def _local(self, instant: str | datetime) -> datetime:
        moment = datetime.fromisoformat(instant) if isinstance(instant, str) else instant
        return moment.astimezone(self.zone)

    def _text(self, value: Value) -> str | int | float:
        if isinstance(value, Mapping):
            return value.get(self.language) or value.get(FALLBACK) or next(iter(value.values()), "")
        return "" if value is None else value

    def _html(self, value: Value) -> str | int | float:
        text = self._text(value)
        return str(escape(text)) if isinstance(text, str) else text

    def _format(self, key: str, values: Mapping[str, Any]) -> str:
        name, _, attribute = key.partition(".")
        for language in (self.language, FALLBACK):
            bundle = _bundle(language)
            if not bundle.has_message(name):
                continue
            message = bundle.get_message(name)
            pattern = message.attributes.get(attribute) if attribute else message.value
            if pattern is None:
                continue
            text, errors = bundle.format_pattern(pattern, dict(values))
            if errors:
                raise KeyError(f"{key}: {errors[0]}")
            return str(text)
        raise KeyError(key)


@cache
def languages() -> frozenset[str]:
    """The languages there are texts for."""
    return frozenset(folder.name for folder in FOLDER.iterdir() if any(folder.glob("*.ftl")))


def text_keys(language: str = FALLBACK) -> frozenset[str]:
    """Every key of a language."""
    return frozenset(_bundle(language)._messages)  # noqa: SLF001  # the library has no listing


@cache
def _bundle(language: str) -> FluentBundle:
    bundle = FluentBundle([language], use_isolating=False)
    for file in sorted((FOLDER / language).glob("*.ftl")):
        bundle.add_resource(FluentResource(file.read_text(encoding="utf-8")))
    return bundle
