"""A job advert → the occupation, the skills it asks for and what no badge can give.

Unlike what people say of themselves, an advert claims nothing: every skill it names is asked for,
as a must or as a wish, unless it says that it is not needed.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from credentials.catalogue.entries import LEVEL_VALUES, SkillLevel
from credentials.catalogue.occupation_match import OccupationHit, match_occupations
from credentials.catalogue.skill_match import find_mentions
from credentials.catalogue.skill_names import SkillNames, current_skill_names
from credentials.unit_of_work import Work

MAX_TEXT = 8_192  # characters: two messages of Telegram's
SHORTEST, SHORTEST_FORWARDED = 200, 120  # characters of an advert
CUES, CUES_FORWARDED = 3, 2  # of its signs that have to be there
MOST_OF_ONESELF = 0.02  # of the words; who says "I" more often speaks of themselves
SURE = 0.8
TITLES = 4
QUOTE = 140  # characters
HEAD, HEAD_WORDS = 40, 5  # characters and words of a heading
HEADLINE = 90  # characters; a longer first line is cut at its first comma
_CLAUSE = re.compile(r"[,.;:|–]\s")


def _any(words: str) -> re.Pattern[str]:
    return re.compile(rf"(?<![\w-])(?:{words})(?![\w-])", re.IGNORECASE)


#: What adverts say, one sign a line.
_SIGNS = tuple(
    _any(line)
    for line in r"""
we(?:'re| are)? (?:currently )?(?:looking for|hiring|seeking|recruiting)|is (?:hiring|looking for|seeking)|join (?:us|our)
vacanc(?:y|ies)|now hiring|(?:job|role|position) (?:title|description|summary|overview)|about the (?:job|role|position)|the role
responsibilities|duties|your tasks|day[- ]to[- ]day|you(?:'ll| will) [a-z]+
require(?:ments?|d)|qualifications?|what you(?:'ll)? (?:bring|need)|must[- ]haves?|who you are|your profile|essential|minimum|you have
nice[- ]to[- ]have|preferred|desirable|a plus|bonus points|advantage(?:ous)?
apply|applications?|send (?:us )?your (?:cv|resume|résumé)|cover letter|closing date|equal opportunit\w+|interview
salary|per annum|benefits|full[- ]time|part[- ]time|hybrid|remote|on[- ]?site|permanent|fixed[- ]term|contract|pension|holidays?
the (?:ideal|successful|right) (?:candidate|person)|candidates?|applicants?|m/f/d|m/w/d|f/m/x
\d+\s*\+?\s*(?:-\s*\d+\s*)?years?|experience (?:with|in|of|using)|proven|proficien\w+|degree
we offer|our (?:team|company|clients?|customers?|mission|books)|about us|who we are|company
""".strip().split("\n")
)
_ONESELF = re.compile(r"\b(?:i|i'm|i've|i'd|my|me|myself)\b", re.IGNORECASE)
_WORD = re.compile(r"[\w']+")

_WISHED = _any(
    r"nice[- ]to[- ]haves?|preferred|preferabl[ey]|desirable|desired|bonus(?: points)?|a plus|is an? (?:advantage|asset)|"
    r"advantageous|ideally|would be great|optional|good to have"
)
_MUST_HEAD = _any(
    r"requirements?|required|must[- ]haves?|essential|minimum|qualifications?|what you(?:'ll)? (?:bring|need)|your profile|"
    r"who you are|responsibilities|duties|tasks|about you|skills"
)
_ASIDE_HEAD = _any(
    r"benefits|perks|we offer|what we offer|why (?:join )?us|why join|how to apply|equal opportunity"
)
_NOT_NEEDED = _any(
    r"(?:no|not|without)\b[^.;\n]{0,40}\b(?:required|needed|necessary|expected)|no (?:prior |previous )?(?:experience|knowledge)|"
    r"(?:isn'?t|is not|aren'?t|are not) (?:required|needed|necessary)"
)
_LEVELS: tuple[tuple[SkillLevel, re.Pattern[str]], ...] = (
    (
        "strong",
        _any(
            r"advanced|expert\w*|strong|excellent|proficien\w+|deep|in-depth|extensive|outstanding|master\w*|fluent|solid"
        ),
    ),
    (
        "basic",
        _any(
            r"basics?|familiar\w*|exposure|awareness|some|understanding of|entry[- ]level|beginner|willing\w* to learn|interest in"
        ),
    ),
)
_DEGREE = re.compile(
    r"\b(?:bachelor'?s?|master'?s?|ph\.?d|doctorate|b\.?sc|m\.?sc|degree|diploma|ged|high[- ]school)\b",
    re.IGNORECASE,
)
_LICENCE = re.compile(
    r"\b(?:licen[cs]e[ds]?|licensure|nclex|bar admission|board[- ]certified|registration with|registered with|"
    r"(?:security )?clearance|certification (?:is )?required|must be certified|CPA|NMC|GMC)\b",
    re.IGNORECASE,
)
_YEARS = re.compile(
    r"(\d{1,2})\s*\+?\s*(?:(?:-|–|to)\s*\d{1,2}\s*)?\+?\s*years?\b[^.\n]{0,60}?\bexperience",
    re.IGNORECASE,
)
_YEARS_AFTER = re.compile(r"experience\b[^.\n]{0,30}?(\d{1,2})\s*\+?\s*years?", re.IGNORECASE)

_LABELLED = re.compile(
    r"(?:job title|position|role|title|vacancy|job)\s*[:–-]\s*(?P<title>[^\n]{3,80})", re.IGNORECASE
)
_HIRED = re.compile(
    r"\b(?:looking for|hiring|seeking|recruiting|need|position (?:of|as)|work as|role of)\s+(?:an?|our|the|two|three|several|new|\d)?\s*"
    r"(?P<title>[A-Za-z][^.,;:!?\n()]{2,60}?)(?=\s+(?:to|who|for|at|in|with|that|on|and join)\b|[.,;:!?\n(]|$)",
    re.IGNORECASE,
)
_AS_A = re.compile(
    r"\bas (?:an?|our|the) (?P<title>[A-Za-z][^.,;:!?\n()]{2,50}?)(?=,|\s+you\b)", re.IGNORECASE
)
_NOISE = re.compile(
    r"\((?:[mfwdx]/)+[mfwdx]\)|\b(?:full|part)[- ]time\b|\b(?:remote|hybrid|onsite|urgent(?:ly)?|new|experienced|motivated|talented|"
    r"passionate|skilled|dedicated|reliable|enthusiastic|junior|senior|entry[- ]level|wanted|hiring|we are|we're|immediate start)\b|[^\w\s&/+#.'-]",
    re.IGNORECASE,
)
_TAIL = re.compile(r"\s+(?:at|@|in|for|with)\s+.*$|\s*[|–—].*$|\s+-\s+.*$", re.IGNORECASE)
_SENTENCE = re.compile(r"(?<=[.;!?])\s+|\n+")


@dataclass(frozen=True)
class AdvertSkill:
    """A skill an advert asks for; `quote` is where it says so."""

    key: str
    level: SkillLevel
    is_required: bool
    quote: str


@dataclass(frozen=True)
class Advert:
    """What an advert says.

    `occupations` are candidates, best first. `years` of experience, `degree` and `licence` (as it
    puts them) are what a badge cannot give; None where it asks for none.
    """

    occupations: tuple[OccupationHit, ...] = ()
    skills: tuple[AdvertSkill, ...] = ()
    years: int | None = None
    degree: str | None = None
    licence: str | None = None
    title: str | None = field(default=None)

    @property
    def is_sure(self) -> bool:
        """Whether the occupation was named."""
        return bool(self.occupations) and self.occupations[0].score >= SURE


def looks_like_advert(text: str, *, is_forwarded: bool = False) -> bool:
    """Whether a text is a job advert and not what somebody says of themselves."""
    if len(text) < (SHORTEST_FORWARDED if is_forwarded else SHORTEST):
        return False
    words = _WORD.findall(text)
    if len(_ONESELF.findall(text)) > MOST_OF_ONESELF * len(words) + 1:
        return False
    signs = sum(1 for sign in _SIGNS if sign.search(text))
    return signs >= (CUES_FORWARDED if is_forwarded else CUES)


def read_advert(work: Work, text: str) -> Advert:
    """What a job advert asks for; only its first 8,192 characters are read."""
    said = text[:MAX_TEXT].replace("’", "'").replace("\r", "")
    title, occupations = _occupation(work, said)
    years = _YEARS.search(said) or _YEARS_AFTER.search(said)
    return Advert(
        occupations=occupations,
        skills=find_asked(current_skill_names(work), said),
        years=int(years[1]) if years and int(years[1]) else None,
        degree=_quote_of(said, _DEGREE),
        licence=_quote_of(said, _LICENCE),
        title=title,
    )


def find_asked(names: SkillNames, said: str) -> tuple[AdvertSkill, ...]:
    """The skills that are asked for, each once, musts first, then in the order they stand."""
    found: dict[str, AdvertSkill] = {}
    for sentence, is_required in _asking(said):
        if _NOT_NEEDED.search(sentence):
            continue
        is_must = is_required and not _WISHED.search(sentence)
        for clause in re.split(r",|\s[-–—]\s|\bbut\b", sentence):
            level = _level(clause) or _level(sentence)
            for mention in find_mentions(names, clause):
                asked = AdvertSkill(mention.key, level or "working", is_must, _short(sentence))
                known = found.get(mention.key)
                if known is None or _weight(asked) > _weight(known):
                    found[mention.key] = asked
    return tuple(sorted(found.values(), key=lambda one: not one.is_required))


def _weight(asked: AdvertSkill) -> tuple[bool, float]:
    return asked.is_required, LEVEL_VALUES[asked.level]


def _asking(said: str) -> Iterator[tuple[str, bool]]:
    """Its sentences that ask for something, and whether their section holds musts or wishes."""
    is_required, is_aside = True, False
    for line in said.split("\n"):
        text = line.strip(" \t-*•·–—")
        if not text:
            continue
        head = _head(text)
        if _ASIDE_HEAD.search(head):
            is_aside = True
        elif _WISHED.search(head):
            is_required, is_aside = False, False
        elif _MUST_HEAD.search(head):
            is_required, is_aside = True, False
        if not is_aside:
            for sentence in _SENTENCE.split(text):
                yield sentence, is_required


def _head(line: str) -> str:
    """The heading that a line is or begins with; empty for none."""
    before, colon, _ = line.partition(":")
    if colon and len(before) <= HEAD:
        return before
    return line if len(line) <= HEAD and len(line.split()) <= HEAD_WORDS else ""


def _occupation(work: Work, said: str) -> tuple[str | None, tuple[OccupationHit, ...]]:
    """The title it hires for and what that may be; the surest of several readings."""
    best: tuple[str | None, tuple[OccupationHit, ...]] = (None, ())
    for title in _titles(said):
        match = match_occupations(work, title)
        hits = match.targets[0] if match.targets else ()
        if hits and (not best[1] or hits[0].score > best[1][0].score):
            best = (title, hits)
        if best[1] and best[1][0].score >= SURE:
            break
    return best


def _titles(said: str) -> list[str]:
    """What may be the title: labelled, hired for, or the first line; the likeliest first."""
    labelled = [found["title"] for found in _LABELLED.finditer(said)]
    hired = [found["title"] for pattern in (_HIRED, _AS_A) for found in pattern.finditer(said)]
    first = next((line for line in said.split("\n") if line.strip()), "")
    head = first if len(first) <= HEADLINE else _CLAUSE.split(first)[0]
    cleaned = [_clean(title) for title in (*labelled[:2], head[:HEADLINE], *hired[:2])]
    return [title for title in dict.fromkeys(cleaned) if len(title) >= 3][:TITLES]


def _clean(title: str) -> str:
    bare = _NOISE.sub(" ", _TAIL.sub("", title))
    return " ".join(bare.split()).strip(" .-/")


def _level(text: str) -> SkillLevel | None:
    return next((level for level, pattern in _LEVELS if pattern.search(text)), None)


def _quote_of(said: str, pattern: re.Pattern[str]) -> str | None:
    for sentence in _SENTENCE.split(said):
        if pattern.search(sentence) and not _NOT_NEEDED.search(sentence):
            return _short(sentence)
    return None


def _short(sentence: str) -> str:
    text = " ".join(sentence.strip(" \t-*•·–—").split())
    return text if len(text) <= QUOTE else text[: QUOTE - 1].rstrip() + "…"
