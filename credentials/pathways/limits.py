"""Limits as people put them: what a path may cost, when it has to be done, in which language, how hard.

Each reader gives what was told, or None when the text says nothing about it. With `is_asked` short
answers count too, such as "100" or "June".
"""

import re
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from typing import Generic, TypeVar

from babel import Locale
from dateutil.relativedelta import relativedelta

from credentials.catalogue.entries import LevelOfStudy
from credentials.pathways.hours import read_number
from credentials.pathways.money import REFERENCE, is_known

T = TypeVar("T")
FURTHEST = timedelta(days=10 * 365)
MOST_MONEY = 1_000_000
CURRENCIES = {
    "$": "USD", "us$": "USD", "dollar": "USD", "buck": "USD", "€": "EUR", "euro": "EUR",
    "£": "GBP", "pound": "GBP", "quid": "GBP", "₹": "INR", "rupee": "INR", "r$": "BRL",
    "real": "BRL", "reais": "BRL", "yen": "JPY", "¥": "JPY", "zloty": "PLN", "zł": "PLN",
    "c$": "CAD", "a$": "AUD", "franc": "CHF", "krona": "SEK", "lira": "TRY", "rand": "ZAR",
}  # fmt: skip
_FIGURE = r"\d{1,3}(?:[ ,.]\d{3})+|\d+(?:[.,]\d{1,2})?"
_SIGN = r"us\$|r\$|c\$|a\$|[$€£₹¥]"
_NAMED = (
    r"dollars?|bucks|euros?|pounds?|quid|rupees?|reais|reals?|yen|zlot(?:y|ych)|zł|francs?|"
    r"kronas?|liras?|rands?|[a-z]{3}"
)
_MONEY = re.compile(
    rf"(?P<sign>{_SIGN})\s?(?P<after>{_FIGURE})\s?(?P<k>k\b)?|"
    rf"\b(?P<before>{_FIGURE})\s?(?P<kk>k\b)?\s?(?P<name>(?:{_NAMED})\b|[€£₹])",
    re.IGNORECASE,
)
_COST = re.compile(
    r"\b(budget|spend|pay|afford|costs?|at most|up to|max(?:imum)?|no more than|less than|under|"
    r"cheaper|for (?:it|courses|this)|in total|altogether|set aside|saved)\b",
    re.IGNORECASE,
)
_WAGE = re.compile(
    r"\b(earn\w*|salary|wages?|make|makes|making|an hour|per hour|a year|per year)\b|/h",
    re.IGNORECASE,
)
_FREE = re.compile(
    r"\b(?:free (?:only|courses?|ones?|stuff|of charge)|only free|for free|zero budget|"
    r"(?:must|has to|should|needs? to) be free|no (?:money|budget)|nothing to spend|costs? nothing|"
    r"(?:can'?t|cannot|can not|couldn'?t|don'?t want to|won'?t) (?:afford|pay|spend)"
    r"(?: (?:\w+ )?(?:anything|money|a (?:cent|penny|dime))| (?:for )?(?:it|this|that|courses?))?(?=\s*(?:[.,;!?)]|and\b|but\b|so\b|$))|"
    r"without (?:paying|spending))\b",
    re.IGNORECASE,
)
_ANY_PRICE = re.compile(
    r"\b(?:any (?:price|cost)|(?:money|cost|price)s? (?:is no|isn'?t an?|is not an?|doesn'?t|does not|don'?t) "
    r"(?:object|problem|issue|matter)|no limit)\b",
    re.IGNORECASE,
)
_PLAIN = re.compile(rf"^\W*(?:about|around|maybe|up to|max)?\s*({_FIGURE})\W*$", re.IGNORECASE)

_MONTHS = (
    "january|february|march|april|may|june|july|august|september|october|november|december|"
    "jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec"
)
_UNITS = {"day": "days", "week": "weeks", "wk": "weeks", "month": "months", "year": "years"}
_SPAN = r"(?P<count>\d+|an?|one|two|three|four|five|six|seven|eight|nine|ten|twelve|a couple of|a few|half a)\s+(?P<unit>days?|weeks?|wks?|months?|years?)"
_WITHIN = re.compile(
    rf"\b(?:within|in the next|in under|in less than|i(?:'ve| have)(?: got)?(?: only)?|i only have|only have|there are|"
    rf"(?:done|finished|finish|ready|job|work|learn(?:ed)?|become|there|be \w+) in)\s+(?:about |around )?{_SPAN}\b"
    r"(?!\s+(?:of\s+)?(?:experience|work|behind|in\b))",
    re.IGNORECASE,
)
_AT_MOST = re.compile(
    rf"\b(?:(?:nothing|not|no|never) (?:longer|more|over)(?: than)?|at most|max(?:imum)?(?: of)?|up to|under|less than|shorter than) {_SPAN}\b"
    r"(?!\s+(?:of\s+)?(?:experience|work|ago|old)\b)",
    re.IGNORECASE,
)
_BARE_SPAN = re.compile(rf"^\W*(?:in |within |about |around )*{_SPAN}\W*$", re.IGNORECASE)
_BY = r"\b(?:by|before|until|till|no later than|deadline(?: is)?)\s+(?:the\s+)?(?:(?P<part>end|start|beginning|middle) of\s+)?(?:the\s+)?"
_MONTH = rf"(?:(?P<day>\d{{1,2}})(?:st|nd|rd|th)?\s+(?:of\s+)?)?(?P<month>{_MONTHS})\.?(?:\s+(?P<day2>\d{{1,2}})(?:st|nd|rd|th)?\b(?!\d))?(?:,?\s+(?P<year>20\d\d))?\b"
_BY_MONTH = re.compile(_BY + _MONTH, re.IGNORECASE)
_BARE_MONTH = re.compile(r"^\W*" + _MONTH + r"\W*$", re.IGNORECASE)
_ISO = re.compile(r"\b(20\d\d)-(\d{1,2})-(\d{1,2})\b")
_FEAST = re.compile(_BY + r"(?P<feast>christmas|xmas|new year|summer|next year)\b", re.IGNORECASE)
_FEASTS = {"christmas": (12, 24), "xmas": (12, 24), "new year": (12, 31), "summer": (6, 21)}
_NO_HURRY = re.compile(
    r"\b(?:no (?:rush|hurry|deadline)|no date|any ?time|whenever|doesn'?t matter when|not in a hurry|"
    r"take my time)\b",
    re.IGNORECASE,
)

_TEACHING = (
    r"courses?|class(?:es)?|lessons?|material|taught|teach\w*|everything|learn\w*|study\w*|"
    r"stuff|it|them|those|ones?|prefer\w*|only|badges?|certificates?"
)
_LEVELS: tuple[tuple[LevelOfStudy | None, re.Pattern[str]], ...] = (
    (None, re.compile(r"\b(?:any|every|all) levels?\b", re.IGNORECASE)),
    (
        "intermediate",
        re.compile(
            r"\b(?:nothing|not?|don'?t want)\s+(?:too\s+|very\s+|so\s+|anything\s+)*(?:advanced|hard|difficult)\b|"
            r"\bup to intermediate\b",
            re.IGNORECASE,
        ),
    ),
    (
        "foundation",
        re.compile(
            r"\b(?:only|just|nothing but)\s+(?:the\s+)?(?:beginners?'?|basic|easy|entry[- ]level|introductory)\b|"
            r"\b(?:beginners?'?|easy|entry[- ]level|introductory)\s+(?:courses?|ones|level|stuff|classes)\b",
            re.IGNORECASE,
        ),
    ),
)  # fmt: skip
_BARE_LEVELS: dict[str, LevelOfStudy | None] = {
    "beginner": "foundation", "beginners": "foundation", "basic": "foundation",
    "easy": "foundation", "foundation": "foundation", "intermediate": "intermediate",
    "medium": "intermediate", "advanced": None, "any": None, "all": None,
}  # fmt: skip


@dataclass(frozen=True)
class Told(Generic[T]):
    """What was told; a value of None is "no limit"."""

    value: T | None


@dataclass(frozen=True)
class Budget:
    """The most a whole path may cost; `currency` by ISO 4217."""

    amount: float
    currency: str = REFERENCE


def read_budget(text: str, *, is_asked: bool = False) -> Told[Budget] | None:
    """What a path may cost; what somebody earns or wants to earn is no budget."""
    if _ANY_PRICE.search(text) or (is_asked and _says(text, "any|anything|whatever")):
        return Told(None)
    if _FREE.search(text) or (is_asked and _says(text, "free|nothing|none|zero|0")):
        return Told(Budget(0.0))
    for found in _MONEY.finditer(text):
        near = text[max(0, found.start() - 40) : found.end() + 20]
        if not _WAGE.search(near) and (is_asked or _COST.search(near)):
            currency = _currency(found["sign"] or found["name"])
            if currency is not None:
                figure = _figure(found["after"] or found["before"])
                thousand = 1000 if found["k"] or found["kk"] else 1
                return Told(Budget(min(figure * thousand, MOST_MONEY), currency))
    plain = _PLAIN.match(text) if is_asked else None
    return Told(Budget(min(_figure(plain[1]), MOST_MONEY))) if plain else None


def read_deadline(text: str, *, today: date, is_asked: bool = False) -> Told[date] | None:
    """The last day; one that lies behind us in this year is meant for the next."""
    if _NO_HURRY.search(text) or (is_asked and _says(text, "no|none|never|any")):
        return Told(None)
    span = (
        _WITHIN.search(text)
        or _AT_MOST.search(text)
        or (_BARE_SPAN.match(text) if is_asked else None)
    )
    found: date | None = None
    if (iso := _ISO.search(text)) and (is_asked or re.search(r"\b(by|before|until|till)\b", text)):
        found = _day(int(iso[1]), int(iso[2]), int(iso[3]))
    elif month := _BY_MONTH.search(text) or (_BARE_MONTH.match(text) if is_asked else None):
        found = _in_month(month, today)
    elif feast := _FEAST.search(text):
        found = _feast(feast["feast"].lower(), today)
    elif span:
        found = _after(today, span["count"].lower(), span["unit"].lower().rstrip("s"))
    if found is None or not today <= found <= today + FURTHEST:
        return None
    return Told(found)


def read_language(text: str, *, is_asked: bool = False) -> Told[frozenset[str]] | None:
    """Languages of instruction by ISO 639; "I speak Spanish" is a skill, not a wish."""
    if re.search(r"\bany language\b", text, re.IGNORECASE) or (is_asked and _says(text, "any|all")):
        return Told(None)
    said = _taught_in(is_asked=is_asked).finditer(text)
    codes = {_languages()[name.lower()] for found in said for name in found.groups() if name}
    return Told(frozenset(codes)) if codes else None


def without_language(text: str) -> str:
    """A text without the wish for a language: "in Spanish" claims no Spanish."""
    return _taught_in(is_asked=False).sub(" ", text)


def named_language(text: str) -> str | None:
    """The first language a text names, by ISO 639."""
    found = _taught_in(is_asked=True).search(text)
    return _languages()[found[1].lower()] if found else None


def read_level(text: str, *, is_asked: bool = False) -> Told[LevelOfStudy] | None:
    """The highest level that is wanted."""
    for level, pattern in _LEVELS:
        if pattern.search(text):
            return Told(level)
    if is_asked:
        for word in re.findall(r"[a-z]+", text.lower()):
            if word in _BARE_LEVELS:
                return Told(_BARE_LEVELS[word])
    return None


def _says(text: str, words: str) -> bool:
    return bool(re.fullmatch(rf"\W*(?:{words})\W*", text, re.IGNORECASE))


def _currency(word: str) -> str | None:
    name = word.lower()
    known = CURRENCIES.get(name) or CURRENCIES.get(name.rstrip("s")) or name.upper()
    return known if re.fullmatch("[A-Z]{3}", known) and is_known(known) else None


def _figure(text: str) -> float:
    """`1.500` and `1,500` are thousands, `9.50` is not."""
    if re.fullmatch(r"\d{1,3}(?:[ ,.]\d{3})+", text):
        return float(re.sub(r"[ ,.]", "", text))
    return float(text.replace(",", "."))


def _in_month(found: re.Match[str], today: date) -> date | None:
    months = _MONTHS.split("|")
    name = found["month"].lower()
    number = next(n % 12 + 1 for n, known in enumerate(months[:12]) if known[:3] == name[:3])
    year = int(found["year"]) if found["year"] else today.year
    said = found["day"] or found["day2"]
    part = found.groupdict().get("part")
    if said:
        chosen = _day(year, number, int(said))
    elif part == "middle":
        chosen = date(year, number, 15)
    elif part in {"start", "beginning"} or (part is None and _is_before(found)):
        chosen = date(year, number, 1)
    else:
        chosen = date(year, number, 1) + relativedelta(months=1, days=-1)
    if chosen is not None and chosen < today and not found["year"]:
        return chosen + relativedelta(years=1)
    return chosen


def _is_before(found: re.Match[str]) -> bool:
    """Whether the month is over before it begins: "by June", but not "until June"."""
    return bool(re.match(r"(?:by|before)\b", found[0], re.IGNORECASE))


def _feast(name: str, today: date) -> date:
    if name == "next year":
        return date(today.year, 12, 31)
    month, day = _FEASTS[name]
    found = date(today.year, month, day)
    return found if found >= today else found + relativedelta(years=1)


def _after(today: date, count: str, unit: str) -> date:
    number = read_number(count)
    if number < 1:
        return today + timedelta(days=round(number * {"month": 30, "year": 365}.get(unit, 7)))
    whole = min(int(number), 520)
    return today + relativedelta(**{_UNITS[unit]: whole})  # type: ignore[arg-type]


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


@cache
def _languages() -> dict[str, str]:
    """English names of languages → their codes of two letters."""
    names = Locale("en").languages
    return {name.lower(): code for code, name in names.items() if re.fullmatch("[a-z]{2}", code)}


@cache
def _taught_in(*, is_asked: bool) -> re.Pattern[str]:
    names = "|".join(re.escape(name) for name in sorted(_languages(), key=len, reverse=True))
    several = rf"({names})(?:\s*(?:,|and|or|&|/)\s*({names}))?(?:\s*(?:,|and|or|&|/)\s*({names}))?"
    if is_asked:
        return re.compile(rf"\b{several}\b", re.IGNORECASE)
    return re.compile(
        rf"\b(?:{_TEACHING})\b[^.!?\n]{{0,24}}?\bin\s+{several}\b|\bin\s+{several}\s+(?:only|please)\b|"
        rf"\bonly\s+(?:in\s+)?{several}\s+(?:courses?|classes|ones)\b|\b{several}\s+(?:courses?|classes|ones)\s+only\b",
        re.IGNORECASE,
    )
