"""Finds what people say about how much and when, in words or figures, as spans with a kind.

English. Pure Python without Rasa; what a span means is worked out where it is used. A span leaves
out articles, prepositions and "a week": `on [Sunday]`, `[5 hours] a week`; parts of the day keep
theirs: `[in the evening]`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

#: Intents whose messages answer or correct an answer: a bare number there is a quantity.
ANSWERS = frozenset({"inform", "change_answer", "set_career_goal", "tell_skills", "nlu_fallback"})
#: Intents in which a kind of workplace says something about the wish or the person.
WITH_WORKPLACE = frozenset(
    {"set_career_goal", "change_goal", "inform", "tell_skills", "change_answer", "verify_badge"}
    | {"share_badge", "ask_employer_value", "ask_recommendation", "greet", "talk_to_advisor"}
    | {"ask_privacy", "report_progress", "submit_evidence", "nlu_fallback"}
)
MOST_HOURS = 60

HOURS, DURATION, MONEY = "hours_per_week", "duration", "money"
DATE, TIME, FREQUENCY = "date", "time", "frequency"


@dataclass(frozen=True)
class Span:
    """One quantity: its kind (an entity's name) and where it stands."""

    kind: str
    start: int
    end: int


_ONES = (
    "one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|"
    "sixteen|seventeen|eighteen|nineteen|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety"
)
_WORDED = rf"(?:{_ONES})(?:[ -](?:{_ONES}|hundred|thousand))*"
_VAGUE = r"an?|half an?|a half|a couple(?: of)?|couple(?: of)?|a few|few|several|a dozen|zero"
_FIGURE = r"\d{1,3}(?:[ .,]\d{3})+|\d+(?:[.,]\d+)?"
_N = rf"(?:{_FIGURE}|{_WORDED}|{_VAGUE})"
_NUMBER = rf"{_N}(?:\s*(?:-|–|to|or(?: maybe)?|maybe|and|bis)\s*{_N})?"
_HOUR = r"(?:hours?|hrs?|hour's|huors?|horus?|hors|h)\b"
_LONGER = r"(?:minutes?|mins?|days?|nights?|weeks?|wks?|weekends?|months?|mths?|years?|yrs?|fortnights?)\b"
_WEEK = r"(?:mon|tue?s|wedn?e?s|thu?rs?|fri|satur|sun)day|wensday|wendsday|thursay|saterday|tusday|sonday"
_SHORT_DAY = r"mon|tues?|weds?|thu(?:rs?)?|fri|sat|sun"
_MONTH = (
    "january|february|march|april|june|july|august|september|october|november|december|"
    "jan|feb|apr|jun|jul|aug|sept?|oct|nov|dec"
)
_FEAST = r"christmas|xmas|easter|new year|ramadan|eid|summer|autumn|spring|winter"
_PART = r"morning|afternoon|evening|night|lunch ?time|noon"
_DAY_PART = rf"(?:\s+(?:{_PART}))?"
_CURRENCY = r"dollars?|bucks|euros?|pounds?|quid|usd|eur|gbp|pesos|rupees|naira|zloty|[$€£]"
_OTHER = r"(?:other|second|2nd|single|third)\s+"

_MONEY = (
    rf"[$€£]\s?(?:{_FIGURE})k?",
    r"\b\d+(?:\.\d)?k\b",
    rf"\b(?:{_FIGURE}|{_WORDED}|a few|a couple(?: of)?|an?|(?:an? )?hundred|a thousand)k?\s?(?:{_CURRENCY})(?!\w)",
    rf"(?:(?<=budget is )|(?<=budget of )|(?<=budget )|(?<=budget is around )|(?<=budget is about )|(?<=budget around ))(?:{_FIGURE}|{_WORDED})\b",
    r"(?<=budget )\d+\b|(?<=budget is )\d+\b|(?<=budget: )\d+\b|(?<=budget of )\d+\b|(?<=budget to )\d+\b",
    (r"(?:(?<=spend )|(?<=pay )|(?<=pay up to )|(?<=spend up to ))(?:max(?:imum)? |about |around |maybe |at most )?"
    r"(\d{2,5})\b(?!\s*(?:h|hours?|%))"),
)  # fmt: skip
_BADGE = (
    r"\bhttps?://\S+?/(?:credentials|badges?|b|c|v)/[\w%:.-]+",
    r"\b(?=[0-9A-Z-]*\d)(?=[0-9A-Z-]*[A-Z])[0-9A-Z]{2,8}(?:-[0-9A-Z]{1,8}){1,6}\b",
    r"\b(?=[0-9a-z-]*\d)(?=[0-9a-z-]*[a-z])[0-9a-z]{2,8}(?:-[0-9a-z]{1,8}){2,6}\b",
    r"\b(?=[0-9A-Za-z]*\d[0-9A-Za-z]*\d)(?=[0-9A-Za-z]*[A-Za-z][0-9A-Za-z]*[A-Za-z])[0-9A-Za-z]{8,20}\b",
    r"\b(?=[0-9A-Z ]*\d)(?=[0-9A-Z ]*[A-Z])[0-9A-Z]{2,5} (?:[0-9A-Z]{3,5} ){1,4}[0-9A-Z]{1,5}\b",
)
_FREQUENCY = (
    (
        rf"\b(?:every|each|evry|evrey)\s+(?:{_OTHER})?(?:couple of |few |{_FIGURE} |(?:{_ONES}) )?"
        rf"(?:days?|months?|weekends?|weekdays?|fortnight|(?:{_WEEK})s?|(?:{_SHORT_DAY})\b|(?:{_PART})s?)"
        rf"(?:\s+(?:{_PART})s?)?(?:\s*(?:,|and|&)\s*(?:{_WEEK})s?)*"
    ),
    rf"\b(?:every|each|evry)\s+(?:{_OTHER}|(?:{_FIGURE}|{_ONES}|couple of|few)\s+)?weeks?\b",
    rf"\b(?:first|second|third|last|1st|2nd|3rd)\s+(?:{_WEEK})\s+(?:of|in)\s+(?:the|each|every|a)\s+month\b",
    rf"\b(?:{_WEEK})\s+(?:mornings|afternoons|evenings|nights)\b",
    (
        rf"\b(?:(?:{_WEEK})s|weekends|week ends|weekdays|work ?days|weeknights)\b"
        rf"(?:\s*(?:,|and|&|\+)\s*(?:(?:{_WEEK})s?|weekends)\b)*"
    ),
    rf"\b(?:mon|tue|wed|thu|fri|sat|sun)(?:s|\.)?(?:\s*(?:,|/|&|\+|\band\b|\s)\s*(?:{_SHORT_DAY})s?\b)+",
    r"\b(?:daily|weekly|monthly|fortnightly|bi-?weekly|everyday|nightly|yearly)\b",
    (
        r"\b(?:once|twice|thrice|(?:\d+|two|three|four|five|six)\s*(?:x|times))\s+(?:a|per|each|every|in a)\s+"
        r"(?:day|week|fortnight|month|year)\b"
    ),
    r"(?<!the )\b(?:mornings|afternoons|evenings|nights)\b",
    r"\b(?:on|at) the weekend\b",
)
_DATE = (
    rf"\b(?:the\s+)?(?:end|start|beginning|middle)\s+of\s+(?:the\s+)?(?:(?:next|this)\s+)?(?:{_MONTH}|month|year|week)\b",
    rf"\b\d{{1,2}}(?:st|nd|rd|th)?\s+(?:of\s+)?(?:{_MONTH}|may)\b(?:\s+\d{{4}})?",
    rf"\b(?:{_MONTH}|may)\s+(?:the\s+)?\d{{1,2}}(?:st|nd|rd|th)?\b",
    r"\b\d{1,2}[./]\d{1,2}[./]\d{2,4}\b|\b\d{4}-\d{2}-\d{2}\b",
    r"\b\d{1,2}(?:st|nd|rd|th)\b(?!\s+(?:one|course|option|step|badge|time|question|try))",
    rf"\b(?:(?:next|this|last|coming)\s+)?(?:{_WEEK})\b(?!s){_DAY_PART}",
    rf"(?:(?<=\bon )|(?<=\bnext )|(?<=\bthis )|(?<=\bby )|(?<=until )|(?<=till )|(?<=til )|(?<=for ))(?:{_SHORT_DAY})\b",
    rf"\b(?:the\s+)?day after tomorrow\b|\b(?:tomm?orr?ow|tmrw|tmr|tmw|2morr?ow?|tomoz|tommorrow|today|yesterday){_DAY_PART}\b",
    rf"\b(?:tonight|tonite|2nite)\b|\bthis\s+(?:{_PART})\b|\blast night\b",
    r"\b(?:next|last|this|coming)\s+(?:week|month|year|weekend|term|semester|summer|autumn|spring|winter)\b",
    rf"\b(?:{_MONTH}(?<!jan)(?<!mar)(?<!sep))\b(?!\s+(?:pharmacy))",
    r"(?:(?<=\bin )|(?<=\bby )|(?<=until )|(?<=till )|(?<=of )|(?<=since ))may\b",
    rf"(?:(?<=before )|(?<=by )|(?<=until )|(?<=till )|(?<=after )|(?<=in )|(?<=the )|(?<=this )|(?<=for ))(?:{_FEAST})\b",
    r"(?<!nice )(?<!good )(?<!great )(?<!lovely )\b(?:the\s+)?weekend\b",
)  # fmt: skip
_OF_CLOCK = "one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve"
_TIME = (
    rf"(?:(?<=\bafter )|(?<=\bbefore )|(?<=\buntil )|(?<=\btill ))(?:{_OF_CLOCK})\b(?=\s*(?:[,.;!?]|$|please|pls|tonight|tomorrow))",
    r"\b\d{1,2}(?:[:.]\d{2})?\s?(?:am|pm|a\.m\.?|p\.m\.?|o'?clock)(?!\w)",
    r"\b(?:half|quarter|a quarter|ten|five|twenty|\d{1,2})\s+(?:past|to|after)\s+(?:\d{1,2}|"
    + _ONES
    + r")\b(?:\s+in the (?:morning|afternoon|evening))?",
    rf"\b(?:{_ONES})\s+(?:thirty|fifteen|o'?clock|am|pm|in the (?:morning|evening|afternoon))\b",
    r"\b(?:[01]?\d|2[0-3])[:.h][0-5]\d\b(?!\s*(?:€|euro|%))",
    (
        rf"(?:(?<=\bat )|(?<=around )|(?<=\babout ))(?:half\s+)?(?:\d{{1,2}}|{_OF_CLOCK})\b(?!-)"
        r"(?!\s*(?:hours?|hrs?|h\b|percent|%|weeks?|days?|min|months?|years?|euros?|dollars?|pounds?|quid|bucks|[.,:/-]\d|of\b|times|€|\$|£))"
    ),
    r"\bhalf\s+(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)\b",
    r"\b(?:in the|in|during the)\s+(?:early |late )?(?:mornings?|afternoons?|evenings?|night)\b",
    r"\b(?:noon|midday|midnight|lunch ?time|dinner ?time|at night|bed ?time)\b",
    r"\b(?:before|after|during)\s+(?:work|school|lunch|dinner|breakfast|my shift|the shift|church|class)\b",
    r"(?<!good )\b(?:morning|afternoon|evening)\b(?=\s*(?:please|pls|$))",
)
_LANGUAGE = (
    (r"\b(?:english|spanish|french|german|italian|portuguese|arabic|hindi|urdu|mandarin|chinese|cantonese|polish|"
    r"ukrainian|russian|turkish|dutch|vietnamese|tagalog|korean|japanese|swahili|bengali|punjabi|persian|farsi|dari|"
    r"pashto|romanian|hungarian|czech|greek|hebrew|swedish|norwegian|danish|finnish|somali|amharic|tigrinya|yoruba|"
    r"igbo|hausa|catalan|español|espanol|deutsch|français|francais|castellano|kurdish|albanian|serbian|croatian|"
    r"bulgarian|lithuanian|latvian|welsh|gaelic|thai|indonesian|malay|tamil|telugu|gujarati)\b"),
)  # fmt: skip
_PLACE = r"compan(?:y|ies)|firms?|industry|sector|business(?:es)?|agenc(?:y|ies)|trade|department"
_INDUSTRY = (
    (r"\b(?:accounting|automotive|building|cleaning|construction|delivery|energy|engineering|entertainment|events?|"
    r"fashion|film|food|gaming|games?|haulage|health|hospitality|legal|logistics|manufacturing|marketing|media|mining|"
    r"music|oil|pharma|property|publishing|removals?|renewables|retail|shipping|sports?|staffing|temp|transport|travel|textile|"
    rf"tourism|trucking|utility|utilities|water|web) (?:{_PLACE})\b"),
    (r"\b(?:hospitals?|clinics?|health ?care|health sector|public health|medicine|medical field|nursing homes?|"
    r"care homes?|care sector|social care|(?:gp|doctor'?s|dental|dentist'?s|vet'?s)\s+(?:surgery|practices?|office)|"
    r"pharmac(?:y|ies)|chemist's|hospice|nhs|pharma|biotech|"
    r"banks?|banking|fintech|finance|financial (?:services|sector)|insurance(?: (?:company|companies|firm|office))?|insurers?|"
    r"accountancy firm|accounting firm|law firms?|legal sector|real estate|"
    r"technology|tech(?: (?:company|companies|firm|industry|sector|startup))?|it (?:company|firm|sector)|"
    r"software (?:company|house|firm)|start-?ups?|telecoms?|"
    r"retail|e-?commerce|logistics|transport|shipping|manufacturing|supply chain|marketing agency|"
    r"renewables?|solar|wind farms?|building (?:trade|site)s?|trades|child ?care|day ?care|pre-?schools?|"
    r"elementary schools?|high schools?|colleges?|social services|community health|emergency services|"
    r"human resources|event agency|design (?:studio|agency)|game studio|security (?:company|firm)|"
    r"automotive|construction|energy|oil and gas|agriculture|farming|hospitality|tourism|catering|travel agency|"
    r"education|public sector|public service|civil service|non-?profits?|charity|charities|ngos?|advertising|publishing|"
    r"call cent(?:re|er)s?)\b"),
    (r"(?:(?<=\bin )|(?<=\bin a )|(?<=\bin the )|(?<=\bat a )|(?<=\bat the )|(?<=\bfor a )|(?<=\bfor the )|(?<=\bof a )|(?<=\bat an )|(?<=\bmy )|(?<=\ba small )|(?<='s )|(?<=\bour )|(?<=\bthis ))"
    r"(?:hotels?|restaurants?|schools?|universit(?:y|ies)|kindergarten|workshop|building firm|power plant|museum|nursery|shops?|factory|factories|warehouses?|supermarkets?|"
    r"council|city hall|town hall|government|army|military|police|media|health|garage|kitchen|lab|laboratory|office of a lawyer|"
    r"business|family business|small business|farm|library|church|practice|surgery|pharmacy|"
    r"bakery|butcher'?s|caf[eé]s?|coffee shop|bar|pub|gym|(?:beauty |hair ?|nail )?salon|barber'?s?(?: shop)?|dairy|brewery|"
    r"airport|airline|port|railway|theatre|cinema|studio|call ?shop|hostel|day centre|prison|court|embassy|post office|"
    r"petrol station|gas station|(?:department|grocery|hardware|corner) (?:store|shop)|flower shop|shipyard|mine|vineyard)\b"),
    r"(?<=\b[Ii]n )(?-i:IT)\b",
)  # fmt: skip
_GROUPS = (
    ("badge_id", _BADGE, 0),
    (MONEY, _MONEY, re.IGNORECASE),
    (FREQUENCY, _FREQUENCY, re.IGNORECASE),
    (DATE, _DATE, re.IGNORECASE),
    (TIME, _TIME, re.IGNORECASE),
)
_LAST_GROUPS = (("language", _LANGUAGE, re.IGNORECASE), ("industry", _INDUSTRY, re.IGNORECASE))

_COMPILED = tuple(
    (kind, re.compile("|".join(f"(?:{one})" for one in patterns), flags))
    for kind, patterns, flags in _GROUPS
)
_COMPILED_LAST = tuple(
    (kind, re.compile("|".join(patterns), flags)) for kind, patterns, flags in _LAST_GROUPS
)
_HOUR_OF_DAY = re.compile(
    r"(?:(?<=day )|(?<=days )|(?<=tomorrow )|(?<=at ))\d{1,2}h\b", re.IGNORECASE
)
_EACH_WEEK = re.compile(r"\s*(?:weekly|(?:each|every) (?:week|wk))\b", re.IGNORECASE)
_HOURS_SPAN = re.compile(rf"(?<![\w:.,])(?!ah\b)({_NUMBER})\s*{_HOUR}", re.IGNORECASE)
_LONGER_SPAN = re.compile(
    rf"(?<![\w:.,])({_NUMBER})(?:\s+(?:more|full|whole|extra))?\s*{_LONGER}", re.IGNORECASE
)
_PER_WEEK = re.compile(
    r"\s*(?:of \w+ )?(?:(?:a|per|each|every|in the|in a|/|p)\s*(?:week|wk|w|day|evening|night|morning|weekend)\b|"
    r"weekly|daily|free|spare)",
    re.IGNORECASE,
)
# Hours somebody spent, waits or counts from now are no hours a week.
_ONCE_BEFORE = re.compile(
    r"\b(?:in|for|(?:give|takes?|took|cost) (?:me|it)|another|after|did|studied|spent|took|takes?|lasts?|within|wait|log|worked|"
    r"learned|watched|read|practi[cs]ed|put in|last|next|past|by|snooze|delay|back)\s+(?:about |around |like |only |just |maybe )?$",
    re.IGNORECASE,
)
_MONTHLY = re.compile(r"\s*(?:a|per|each|every)\s+month\b", re.IGNORECASE)
_A_PERIOD = re.compile(r"(?:a|an)\s+(?:week|day|month|year|night|fortnight)", re.IGNORECASE)
_RATED = re.compile(
    rf"(?:\d|\b(?:{_ONES})|hours?|hrs?|h|times|once|twice|{_CURRENCY}|hundred|much|many|not)\s+$",
    re.IGNORECASE,
)
_REPEATED = re.compile(r"\b(?:every|each|evry)\s*$", re.IGNORECASE)
_AGE = re.compile(r"\s*old\b", re.IGNORECASE)
_ONCE_AFTER = re.compile(
    r"\s*(?:later|ago|from now|more|before|today|yesterday|long|course|in total|last)\b",
    re.IGNORECASE,
)
_BARE = re.compile(
    rf"^\W*(?:(?:about|around|maybe|say|roughly|like|probably|perhaps|max|maximum|up to|at most|at least|just|only|i think|"
    rf"i guess|hm+|um+|ok(?:ay)?|well|~)\W+)*({_NUMBER})\W*(?:i think|maybe|max|a week|per week|i guess|or so|please|pls|tops)?\W*$",
    re.IGNORECASE,
)
_NO_ANSWER = re.compile(r"^(?:19|20)\d\d$|^(?:an?|few|couple|several|\d{5,})$", re.IGNORECASE)
_FREE_NUMBER = (
    rf"({_N})\b(?!\s*(?:percent|%|years?|yrs?|days?|weeks?|months?|min|am|pm|o'clock|st\b|nd\b|rd\b|th\b|times|x\b|"
    r"[./:-]\d|of\b|courses?|badges?|kids|children|people|criteria|options?|course\b|small|little|wheeler))"
)
_STATED = re.compile(
    r"(?:\b(?:i(?:'d| would)? say|i could (?:do|manage|spare|spend)|i can (?:do|manage|spare)|i have|i've got|manage|otherwise|"
    rf"maybe|at most|not more than|more like|up to|save[d]? up|roughly|around))\s+(?:about |around |maybe |like |max )?{_FREE_NUMBER}",
    re.IGNORECASE,
)
_CORRECTED = re.compile(
    r"(?:^\W*|\b(?:make (?:it|that)|but|to|is|are|it's|its|put|say|says?|said|meant|wrote|like|only|just|rather|actually|sorry|not|instead of|"
    rf"of|be|than|now|do|got|have|say|correction|wait|no)\b[,:]?|,)\s+(?:only |just |about |more like |like |actually )?{_FREE_NUMBER}",
    re.IGNORECASE,
)
_ARTICLE = re.compile(r"^(?:the|on the|on|at)\s+(?=\w)", re.IGNORECASE)


def find_quantities(text: str, *, intent: str | None = None) -> list[Span]:
    """All spans in the order of the text; none overlaps another, the more telling kind wins.

    `intent`, where it is known, says how a bare number is meant and whether a workplace matters.
    """
    taken: list[Span] = []
    for span in _candidates(text, intent):
        if not any(_overlap(span, other) or _is_rate_of(span, other, text) for other in taken):
            taken.append(span)
    return sorted(taken, key=lambda span: span.start)


def _candidates(text: str, intent: str | None) -> Iterator[Span]:
    for kind, pattern in _COMPILED[:1]:
        yield from _matches(text, kind, pattern)
    yield from _matches(text, TIME, _HOUR_OF_DAY)
    yield from _lengths(text)
    if intent == "inform" and (bare := _BARE.match(text)) and not _NO_ANSWER.match(bare[1]):
        yield from _bare_numbers(text, is_correction=False)
    for kind, pattern in _COMPILED[1:]:
        yield from _matches(text, kind, pattern)
    if intent is None or intent in ANSWERS:
        yield from _bare_numbers(text, is_correction=intent == "change_answer")
    for kind, pattern in _COMPILED_LAST:
        if kind != "industry" or intent is None or intent in WITH_WORKPLACE:
            yield from _matches(text, kind, pattern)


def _bare_numbers(text: str, *, is_correction: bool) -> Iterator[Span]:
    """A number on its own answers for hours; one too large for a week is money."""
    bare = _BARE.match(text)
    found = [bare] if bare is not None else []
    found += list((_CORRECTED if is_correction else _STATED).finditer(text))
    for one in found:
        if not _NO_ANSWER.match(one[1]):
            is_large = one[1].isdecimal() and int(one[1]) > MOST_HOURS
            is_money = is_large or one[1] in {"0", "zero"} or _MONTHLY.match(text, one.end(1))
            yield Span(MONEY if is_money else HOURS, *one.span(1))


def _lengths(text: str) -> Iterator[Span]:
    """Hours a week, or a length of time."""
    for found in _HOURS_SPAN.finditer(text):
        weekly = _PER_WEEK.match(text, found.end())
        once = _ONCE_BEFORE.search(text[: found.start()]) or _ONCE_AFTER.match(text, found.end())
        yield Span(HOURS if weekly or not once else DURATION, *found.span())
    for found in _LONGER_SPAN.finditer(text):
        before = text[: found.start()]
        is_rate = _A_PERIOD.match(found[0]) and _RATED.search(before)
        is_someday = found[0].casefold() == "one day" and not _ONCE_BEFORE.search(before)
        if not (is_rate or is_someday or _REPEATED.search(before) or _AGE.match(text, found.end())):
            yield Span(DURATION, *found.span())


def _matches(text: str, kind: str, pattern: re.Pattern[str]) -> Iterator[Span]:
    for found in pattern.finditer(text):
        start, end = found.span()
        if kind in {DATE, FREQUENCY}:
            article = _ARTICLE.match(text[start:end])
            start += article.end() if article else 0
        yield Span(kind, start, end)


def _is_rate_of(span: Span, hours: Span, text: str) -> bool:
    """Whether the span is the "every week" that belongs to hours just before it."""
    found = _EACH_WEEK.match(text, hours.end) if hours.kind == HOURS else None
    return found is not None and span.kind == FREQUENCY and span.end <= found.end() > span.start


def _overlap(one: Span, other: Span) -> bool:
    return one.start < other.end and other.start < one.end
