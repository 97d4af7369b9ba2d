"""What people say they can do → skills, with level and source.

Names are found by their stems; then the words around each tell whether it is claimed, denied,
wished for or somebody else's, how well it is mastered and where it was used. Only what a person
claims or denies of themselves is a skill here.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from credentials.catalogue.catalogue import Catalogue, current_catalogue
from credentials.catalogue.entries import SkillLevel
from credentials.catalogue.skill_names import LONGEST, SkillNames, current_skill_names
from credentials.catalogue.stems import FILLING, TOKEN, Stems, stem
from credentials.unit_of_work import Work

MAX_TEXT = 4_000  # characters
AFTER = 28  # characters after a name in which a level or a denial may follow
BETWEEN = 2  # words between those of a name of ours
SHORT = frozenset({"go", "js", "ts", "qa", "hr"})
Source = Literal["job", "internship", "course", "project", "self"]


def _words(listed: str) -> re.Pattern[str]:
    return re.compile(rf"(?<![\w-])(?:{listed})(?![\w-])", re.IGNORECASE)


NEGATION = _words(
    "not|no|never|don'?t|do not|didn'?t|cannot|can'?t|couldn'?t|without|except|nor|neither|zero|none"
)
INTENTION = _words(
    r"want(?:ed)? to|wanna|(?:would|i'd|id|we'd) (?:\w+ )?(?:like|love) to|i (?:like|love) to (?:learn|become)|dream(?:ing)? of|hop(?:e|ing) to|plan(?:ning)? to|going to|"
    "gonna|will|wish|interested in|need to (?:learn|know)|learn more|teach me|should i|next (?:year|month|term)|"
    "looking to learn|curious about"
)
OTHERS = _words(
    r"(?:my|our|his|her) (?:\w+ )?(?:brother|sister|mate|friend|wife|husband|partner|boyfriend|girlfriend|"
    r"dad|father|mum|mom|mother|son|daughter|cousin|uncle|aunt|boss|colleague|flatmate|roommate)s? "
    r"(?:is|are|was|does|did|knows|can|has|works|uses|teaches|speaks)|he|she|they|they're|somebody with|someone with|"
    r"looking for (?:somebody|someone|people|candidates)"
)
QUESTION = re.compile(
    r"^\s*(?:what|which|how|why|who|when|where|do|does|is|are|should|can|could|would)\b.*\?\s*$",
    re.IGNORECASE | re.DOTALL,
)
NO_SKILL = re.compile(
    r"\b(?<!use )(?:excel(?:led|s|ling)?|express(?:es|ed)?) (?:at(?! all\b)|in|myself)\b|\bslack(?:ed|ing)? off\b|\bgo to\b|\bgoing\b|"
    r"\ba tableau of\b|\b(?:get|in) unity with\b|\bspring clean\w*|\bin word\b|\bword of\b|\baccess to\b|\bteams? of\b|"
    r"\btill (?:\d|late|noon|midnight|the end|now|then|i\b|we\b|they\b)|\b(?:get|have|has|had|gain|getting|having) access\b|"
    r"\bpolish(?:ed|ing)? (?:up|the|my|off|\w+s)\b",
    re.IGNORECASE,
)
#: A name of everyday use counts only near one of these, or in a list with another name.
TOOL_CUE = _words(
    "in|with|using|use|used|know|knows|learned|learnt|code|coded|coding|program\\w*|software|developer|app|apps|"
    "projects?|advanced|basic|basics|beginner|intermediate|expert|fluent|speak|native|language|tool|tools|written"
)
LEVELS: tuple[tuple[SkillLevel, re.Pattern[str]], ...] = (
    (
        "strong",
        _words(
            "advanced|expert|strong|fluent(?:ly)?|excellent|very (?:good|strong|well)|really (?:good|well)|power user|native|"
            "mother tongues?|born with|perfect(?:ly)?|well|master(?:ed)?|brilliant"
        ),
    ),
    (
        "basic",
        _words(
            "basics?|some|bit|little|tiny|beginner|simple|familiar|so[ -]so|rusty|started|elementary|novice|"
            "wouldn'?t call myself good"
        ),
    ),
    (
        "working",
        _words(
            "good|solid|ok|okay|decent|alright|intermediate|comfortable|confident|conversational|competent"
        ),
    ),
)
SOURCES: tuple[tuple[Source, re.Pattern[str]], ...] = (
    (
        "internship",
        _words(
            "internships?|intern|interned|placements?|externship|apprentice\\w*|rotations?|co-op|practicum"
        ),
    ),
    (
        "job",
        _words(
            "jobs?|boss|employer|for a living|for money|clients?|agency|freelanc\\w+|role|shifts?|at work|"
            "current company|my company|in prod(?:uction)?|for an? (?:company|firm|dentists?|shop|bank|clinic|issuer)|"
            "worked (?:as|at|in|for)|waitress|barista|machinist|accountant"
        ),
    ),
    (
        "project",
        _words(
            "projects?|built|thesis|dissertation|hackathon|portfolio|github|side|own app|boxes|capstone|"
            "for fun|hobby|kaggle|own"
        ),
    ),
    (
        "course",
        _words(
            "course|courses|class|classes|bootcamp|coursera|udemy|edx|khan|degree|university|uni|college|"
            "school|certificate|cert|certified|certification|studied|mooc|tutorials?|diploma|module|semester"
        ),
    ),
    (
        "self",
        _words(
            "my (?:nan|gran|grandmother|grandma|mum|mom|dad|kids|auntie'?s?|friends?'?|family)|church|"
            "at home|volunt\\w+|self[- ]taught"
        ),
    ),
    (
        "job",
        _words("work|worked|working|office|company|bank|hospital|(?:yrs?|years?)|ward|icu|since"),
    ),
)
#: "Photoshop? Never." is one statement.
_ANSWERED = re.compile(
    r"([\w+#.][\w+#. ]{0,24})\?\s+(?=(?:never|no|nope|not|yes|yep|sure|every|a bit|some|ok)\b)",
    re.IGNORECASE,
)
_SENTENCE = re.compile(r"[.;!?\n]+(?=\s|$)")
_CLAUSE = re.compile(
    r",|\s[-–—]\s|\b(?:but|though|although|however)\b|\band (?=i\b)", re.IGNORECASE
)
_ALL = re.compile(r"\s*(?:all|both|everything)\b", re.IGNORECASE)
#: What makes a skill's name the name of a place to work or of a text: "a cardiology ward".
_PLACE = re.compile(
    r"\s+(?:wards?|units?|departments?|dept|company|companies|firms?|shops?|stores?|agency|agencies|"
    r"industry|sector|office|teams?|dissertation|thesis|students?|homes?)\b",
    re.IGNORECASE,
)
_PAUSE = re.compile(r"[,;:()]")
_JOIN = re.compile(r"\s*(?:and|or|nor|n|/|&|\+|plus|>)?\s*(?:an?|any|the)?\s*", re.IGNORECASE)


@dataclass(frozen=True)
class FoundSkill:
    """A skill somebody spoke of. `level` is None when nothing was said about it."""

    key: str
    framework: str
    id: str
    label: str
    level: SkillLevel | None
    source: Source
    negated: bool


@dataclass(frozen=True)
class Mention:
    """Where a text names a skill."""

    start: int
    stop: int
    key: str


@dataclass(frozen=True, slots=True)
class _Word:
    stem: str
    token: str
    start: int
    stop: int


@dataclass(frozen=True)
class _Told:
    key: str
    level: SkillLevel | None
    source: Source | None
    negated: bool


def match_skills(work: Work, text: str) -> tuple[FoundSkill, ...]:
    """The skills a text claims or denies, each once, in the order they stand."""
    return find_skills(current_catalogue(work), current_skill_names(work), text)


def find_skills(catalogue: Catalogue, names: SkillNames, text: str) -> tuple[FoundSkill, ...]:
    """The same with the names given; only the first 4,000 characters are read."""
    said = _ANSWERED.sub(r"\1 ", text[:MAX_TEXT].replace("’", "'"))
    told: dict[str, _Told] = {}
    for one in _told(names, said):
        known = told.get(one.key)
        if known is None or (known.negated and not one.negated):
            told[one.key] = one
    found = []
    for one in told.values():
        skill = catalogue.skills[one.key]
        found.append(
            FoundSkill(
                key=skill.key,
                framework=skill.framework,
                id=skill.id,
                label=skill.label["en"],
                level=None if one.negated else one.level,
                source="self" if one.negated else (one.source or "self"),
                negated=one.negated,
            )
        )
    return tuple(found)


def _told(names: SkillNames, said: str) -> Iterator[_Told]:
    """What is told of oneself; where a clause names no source, its sentence does, or the message."""
    sure = any(not is_plain for _, is_plain in _names_in(names, said)[0])
    sentences = [
        list(_own_clauses(names, sentence, sure=sure))
        for sentence, ending in _sentences(said)
        if not QUESTION.search(sentence + ending)
    ]
    whole = _source(", ".join(clause for own in sentences for clause, _ in own))
    for own in sentences:
        source = _source(", ".join(clause for clause, _ in own)) or whole
        for one in _with_common_level(own):
            yield replace(one, source=one.source or source)


def _own_clauses(
    names: SkillNames, sentence: str, *, sure: bool
) -> Iterator[tuple[str, list[_Told]]]:
    """Clauses that tell of oneself and now, not of others or of wishes, with the skills in each."""
    wished = False
    for clause in filter(None, _CLAUSE.split(sentence)):
        told = list(_in_clause(names, clause, sure=sure))
        begins_anew = re.match(r"\s*(?:i|i'm|i've)\b", clause.lower())
        wished = bool(INTENTION.search(clause)) or (wished and not begins_anew)
        if not OTHERS.search(clause) and (not wished or any(one.negated for one in told)):
            yield clause, told


def _with_common_level(own: Sequence[tuple[str, list[_Told]]]) -> list[_Told]:
    """The skills of a sentence; "all good" gives a level to those before it."""
    mine: list[_Told] = []
    for clause, told in own:
        level = _level(clause) if not told and _ALL.match(clause) else None
        if level is not None:
            mine = [replace(one, level=one.level or level) for one in mine]
        mine += told
    return mine


def _sentences(said: str) -> Iterator[tuple[str, str]]:
    place = 0
    for end in _SENTENCE.finditer(said):
        yield said[place : end.start()], end[0]
        place = end.end()
    if said[place:].strip():
        yield said[place:], ""


def _in_clause(names: SkillNames, clause: str, *, sure: bool) -> Iterator[_Told]:
    mentions = find_mentions(names, clause, sure=sure)
    source = _source(clause)
    levels: list[SkillLevel | None] = []
    denied: list[bool] = []
    joined: list[bool] = []
    end = 0
    for number, one in enumerate(mentions):
        left = clause[end : one.start]
        is_joined = number > 0 and bool(_JOIN.fullmatch(left))
        limit = mentions[number + 1].start if number + 1 < len(mentions) else len(clause)
        right = clause[one.stop : min(limit, one.stop + AFTER)]
        is_last = number + 1 == len(mentions)
        level = _level(left) or (_level(right) if is_last or "(" in right else None)
        no = bool(NEGATION.search(left)) or (
            (is_last or "(" in right) and bool(NEGATION.search(right))
        )
        levels.append(level or (levels[-1] if is_joined else None))
        denied.append(no or (is_joined and denied[-1]))
        joined.append(is_joined)
        end = one.stop
    for number in range(len(mentions) - 2, -1, -1):
        if joined[number + 1] and levels[number] is None:
            levels[number] = levels[number + 1]
    for one, level, no in zip(mentions, levels, denied, strict=True):
        yield _Told(one.key, level, source, no)


def find_mentions(names: SkillNames, clause: str, *, sure: bool = False) -> list[Mention]:
    """Where skills stand in a clause; everyday words only with a reason, such as a sure one."""
    found, tokens = _names_in(names, clause)
    has_cue = sure or bool(TOOL_CUE.search(clause)) or len(found) > 1 or tokens == 1
    return [one for one, is_plain in found if has_cue or not is_plain]


def _names_in(names: SkillNames, clause: str) -> tuple[list[tuple[Mention, bool]], int]:
    """Names that stand in a text, the longest first, with whether each is an everyday word.

    And how many words there are.
    """
    hidden = NO_SKILL.sub(lambda found: "_" * len(found[0]), clause)
    tokens = [
        (found[0], found.start(), found.end())
        for found in TOKEN.finditer(hidden)
        if found[0].lower() not in FILLING
    ]
    words = [_Word(stem(token), token, start, stop) for token, start, stop in tokens]
    found: list[tuple[Mention, bool]] = []
    place = 0
    while place < len(words):
        name, length = _longest(names, words, place, hidden)
        if name:
            last = words[place + length - 1]
            stop = last.start + len(last.token.rstrip(".'-"))
            mention = Mention(words[place].start, stop, names.keys[name])
            if len(name) > 1 or not _PLACE.match(hidden, stop):
                found.append((mention, name in names.plain))
        place += length
    return found, len(words)


def _longest(names: SkillNames, words: Sequence[_Word], place: int, said: str) -> tuple[Stems, int]:
    """The longest name that begins at a word, and over how many words it goes."""
    stems = tuple(word.stem for word in words[place : place + LONGEST])
    exact: tuple[Stems, int] = ((), 1)
    for length in range(len(stems), 0, -1):
        name, last = stems[:length], words[place + length - 1]
        if (
            name in names.keys
            and _is_meant(names, words[place].token, name)
            and not _PAUSE.search(said[words[place].start : last.start])
        ):
            exact = (name, length)
            break
    for name in names.loose.get(stems[0], ()):
        if len(name) <= len(exact[0]):
            break
        length = _loosely(name, words, place, said)
        if length:
            return name, length
    return exact


def _loosely(name: Stems, words: Sequence[_Word], place: int, said: str) -> int:
    """Over how many words a name goes when others may stand between its own; 0 if it does not."""
    at = place
    for wanted in name[1:]:
        ahead = range(at + 1, min(at + 2 + BETWEEN, len(words)))
        following = next((n for n in ahead if words[n].stem == wanted), None)
        if following is None or _PAUSE.search(said[words[at].stop : words[following].start]):
            return 0
        at = following
    return at - place + 1


def _is_meant(names: SkillNames, token: str, name: Stems) -> bool:
    """Names of one or two letters (R, C, Go) count as they are written; "bank" is no banking."""
    if len(name) > 1:
        return True
    if names.plain.get(name, token.lower()) != token.lower().rstrip(".'-"):
        return False
    if name in names.doings and not token.lower().endswith(("ing", "ings")):
        return False
    return len(token) > 2 or token[0].isupper() or token.lower() in SHORT or not token.isalpha()


def _level(text: str) -> SkillLevel | None:
    return next((level for level, pattern in LEVELS if pattern.search(text)), None)


def _source(text: str) -> Source | None:
    return next((source for source, pattern in SOURCES if pattern.search(text)), None)
