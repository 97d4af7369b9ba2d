"""Hours a week, as people put them: "5 hours a week", "an hour a day", "a couple of hours"."""

import re

MOST = 80.0
NUMBERS = {
    "an": 1, "a": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7,
    "eight": 8, "nine": 9, "ten": 10, "twelve": 12, "fifteen": 15, "twenty": 20, "thirty": 30,
    "forty": 40, "a couple of": 2, "couple of": 2, "a couple": 2, "couple": 2, "a few": 3, "few": 3, "several": 5, "half an": 0.5, "half a": 0.5,
}  # fmt: skip
_NUMBER = r"\d+(?:[.,]\d+)?|" + "|".join(sorted(NUMBERS, key=len, reverse=True))
_ISH = r"(?:\s?-?ish)?"
_HOURS = re.compile(
    rf"(?<![\w.-])({_NUMBER}){_ISH}(?:\s*(?:-|–|to|or)\s*({_NUMBER}))?\s*(hours?|hrs?|h)\b"
    r"(?:\s*(?:of\s+\w+\s+)?(?:(?:a|per|each|every|/|in\s+(?:a|the)|on)\s*)?"
    r"(week(?:days?|ends?)?|wk|day|evening|night|morning|month|saturdays?|sundays?))?",
    re.IGNORECASE,
)
# A clause that says nothing else: "web developer, I know HTML, 10 hours".
_CLAUSE = re.compile(
    rf"(?:^|[,;.\n]|\band\b)\s*(?:(?:i|i've|got|have|can\s+do|about|around|maybe|perhaps|roughly|like|say|only|just)\s+)*"
    rf"({_NUMBER}){_ISH}(?:\s*(?:-|–|to|or)\s*({_NUMBER}))?\s*(?:hours?|hrs?|h)\s*(?:[,;.!\n]|$)",
    re.IGNORECASE,
)
_SPENT = re.compile(
    r"\b(?:course|class|training|workshop|placement|internship|shift)\b[^,;.\n]*$", re.IGNORECASE
)
_PLAIN = re.compile(
    rf"^\W*(?:(?:ok|well|hmm|i think|i guess|just|only|about|around|maybe|say|roughly|like|~)\W*)*({_NUMBER}){_ISH}"
    r"(?:\s*(?:-|–|to|or)\s*(\d+|" + "|".join(sorted(NUMBERS, key=len, reverse=True)) + r"))?"
    r"(?:\W+(?:(?:in|on) the |(?:a|per|each) )?(?:evenings?|weekends?|mornings?|nights?|weekdays?|week|or so|maybe|i think|i guess|max|tops|at most))*\W*$",
    re.IGNORECASE,
)
# "2 evenings, like an hour and a half each"
_EACH = re.compile(
    rf"\b({_NUMBER})\s*(?:evenings?|mornings?|afternoons?|nights?|days?|times|sessions?)\b[^.;]{{0,24}}?\b"
    rf"(?:({_NUMBER})\s*(?:hours?|hrs?|h)\b(\s+and\s+a\s+half)?|(half an hour))",
    re.IGNORECASE,
)
# "10 hours a week. no sorry, 4": the later number is meant.
_CORRECTED = re.compile(
    r"^(.+?)\b(?:no,? sorry|no,? wait|sorry|i mean|i meant|actually|wait|or rather|make (?:it|that))\b[\s,:.]*(.+)$",
    re.IGNORECASE | re.DOTALL,
)
# "2 hours, 4 nights a week"
_EACH_AFTER = re.compile(
    rf"\b({_NUMBER})\s*(?:hours?|hrs?|h)\b\W+(?:on\W+|for\W+|x\W+)?(\d|two|three|four|five|six|seven)\s*"
    r"(?:evenings?|mornings?|afternoons?|nights?|days?|times)\b",
    re.IGNORECASE,
)
_SPELLINGS = tuple(
    (re.compile(pattern, re.IGNORECASE), plain)
    for pattern, plain in (
        (r"\b(?:hous|houres|huors|horus|hourss)\b", "hours"),
        (r"\b(?:daily|every ?day|each day)\b", "a day"),
        (r"\bp/?w\b", "a week"),
        (r"^(\W*)hour\b", r"\1an hour"),
    )
)
_WORKING_DAYS = re.compile(
    r"\bmon(?:day)?s? (?:to|till|until|through|-) fri(?:day)?s?\b", re.IGNORECASE
)
_MINUTES = re.compile(r"\b(\d{1,3})\s*(?:minutes?|mins?)\b", re.IGNORECASE)
HALF_DAY, EVENING = 4.0, 2.0  # hours
_HALF_DAYS = re.compile(rf"\b(?:({_NUMBER})\s+)?half(?:[ -]a)?[ -]days?\b", re.IGNORECASE)
# "two evenings", where hours were asked for
_EVENINGS = re.compile(
    rf"^\W*(?:(?:maybe|about|like|say|only|just|i have|i've got)\W+)*({_NUMBER})\s+(?:evenings?|nights?|mornings?|afternoons?)(?:\s+or\s+({_NUMBER}))?"
    r"(?:\s+(?:a|per|each|every)\s+week)?\W*$",
    re.IGNORECASE,
)
PER = {"day": 7, "evening": 5, "night": 5, "morning": 5, "weekday": 5, "month": 0.25}


def read_hours(text: str, *, is_asked: bool = False) -> float | None:
    """Hours a week, at most 80; None when the text says nothing about it.

    Hours without "a week" count, too, when hours were asked for or where they are a clause of
    their own; so does a bare number when asked.
    """
    text = _plain(text)
    if corrected := _CORRECTED.search(text):
        later = read_hours(corrected[2], is_asked=True)
        if later is not None and re.search(r"\d|hours?|hrs?", corrected[1]):
            return later
    sessions = _in_sessions(text, is_asked=is_asked)
    if sessions is not None:
        return _limited(sessions)
    for found in _HOURS.finditer(text):
        span = (found[4] or "").lower().rstrip("s")
        if span or is_asked or re.search(r"\b(free|spare|time|available)\b", text, re.IGNORECASE):
            low, high = read_number(found[1]), read_number(found[2] or found[1])
            return _limited((low + high) / 2 * PER.get(span, 1))
    clause = _CLAUSE.search(text)
    if clause and not _SPENT.search(text, 0, clause.start()):
        low, high = read_number(clause[1]), read_number(clause[2] or clause[1])
        return _limited((low + high) / 2)
    if is_asked and (plain := _PLAIN.match(text)):
        low, high = read_number(plain[1]), read_number(plain[2] or plain[1])
        return _limited((low + high) / 2)
    return None


def _plain(text: str) -> str:
    """One spelling for what people shorten, mistype or say in minutes."""
    for pattern, plain in _SPELLINGS:
        text = pattern.sub(plain, text)
    if _WORKING_DAYS.search(text):
        text = f"{_WORKING_DAYS.sub('', text).rstrip(' .!')} on weekdays"
    return _MINUTES.sub(lambda found: f"{int(found[1]) / 60:.2f} hours", text)


def _in_sessions(text: str, *, is_asked: bool) -> float | None:
    """Hours of so many evenings, days or times of some length."""
    if each := _EACH.search(text):
        length = 0.5 if each[4] else read_number(each[2]) + (0.5 if each[3] else 0)
        return read_number(each[1]) * length
    if after := _EACH_AFTER.search(text):
        return read_number(after[1]) * read_number(after[2])
    if half := _HALF_DAYS.search(text):
        return read_number(half[1] or "one") * HALF_DAY
    evenings = _EVENINGS.match(text) if is_asked else None
    if evenings is None:
        return None
    return (read_number(evenings[1]) + read_number(evenings[2] or evenings[1])) / 2 * EVENING


def read_number(text: str) -> float:
    """A number in figures or one of `NUMBERS`."""
    word = text.lower()
    return float(NUMBERS[word]) if word in NUMBERS else float(word.replace(",", "."))


def _limited(hours: float) -> float | None:
    return round(min(hours, MOST), 1) if hours > 0 else None
