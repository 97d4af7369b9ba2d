"""What people say they can do → skills, with level and source.

Names are found by their stems; then the words around each tell whether it is claimed, denied,
wished for or somebody else's, how well it is mastered and where it was used. Only what a person
claims or denies of themselves is a skill here.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from credentials.catalogue.catalogue import Catalogue, current_catalogue
from credentials.catalogue.entries import SkillLevel
from credentials.catalogue.skill_cues import (
    CLAIM,
    INTENTION,
    NEGATION,
    NEGATION_AFTER,
    NO_SKILL,
    OTHERS,
    QUESTION,
    TAKEN_BACK,
    TOOL_CUE,
    Source,
    level_in,
    likely_source,
    source_in,
)
from credentials.catalogue.skill_meanings import SkillMeanings, current_meanings
from credentials.catalogue.skill_names import ENDINGS, LONGEST, SkillNames, current_skill_names
from credentials.catalogue.stems import FILLING, TOKEN, Stems, stem
from credentials.unit_of_work import Work

MAX_TEXT = 4_000  # characters
AFTER = 28  # characters after a name in which a level or a denial may follow
BETWEEN = 2  # words between those of a name of ours
SHORT = frozenset({"go", "js", "ts", "qa", "hr"})


#: "Photoshop? Never." is one statement.
_ANSWERED = re.compile(
    r"([\w+#.][\w+#. ]{0,24})\?\s+(?=(?:never|no|nope|not|yes|yep|sure|every|a bit|some|ok|good|i'd say|advanced|basics?)\b)",
    re.IGNORECASE,
)
_SENTENCE = re.compile(r"[.;!?\n]+(?=\s|$)")
_CLAUSE = re.compile(
    r",|\s[-–—]\s|\b(?:but|though|although|however)\b|\band (?=i\b)", re.IGNORECASE
)
_PIECE = re.compile(r"\s(?:and|&|plus|then|also|but)\s|/|\+\s", re.IGNORECASE)
_ALL = re.compile(r"\s*(?:all|both|everything)\b", re.IGNORECASE)
#: What makes a skill's name the name of a place to work or of a text: "a cardiology ward".
_PLACE = re.compile(
    r"\s+(?:wards?|units?|departments?|dept|company|companies|firms?|shops?|stores?|agency|agencies|"
    r"industry|sector|office|teams?|dissertation|thesis|students?|homes?)\b",
    re.IGNORECASE,
)
_AND = re.compile(r"\band\b|&|\+")
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
    return find_skills(
        current_catalogue(work), current_skill_names(work), text, current_meanings(work)
    )


def find_skills(
    catalogue: Catalogue, names: SkillNames, text: str, meanings: SkillMeanings | None = None
) -> tuple[FoundSkill, ...]:
    """The same with the names given; only the first 4,000 characters are read."""
    said = _ANSWERED.sub(r"\1 ", text[:MAX_TEXT].replace("’", "'"))
    told: dict[str, _Told] = {}
    for one in _told(names, said, meanings):
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


def _told(names: SkillNames, said: str, meanings: SkillMeanings | None) -> Iterator[_Told]:
    """What is told of oneself; where a clause names no source, its sentence does, or the message."""
    sure = any(not is_plain for _, is_plain in _names_in(names, said)[0])
    read = [
        list(_own_clauses(names, sentence, sure=sure))
        for sentence, ending in _sentences(said)
        if not QUESTION.search(sentence + ending)
    ]
    near = meanings.nearest(_unnamed(names, read)) if meanings is not None else {}
    sentences = [[(clause, told + _meant(clause, near)) for clause, told in own] for own in read]
    whole = likely_source(", ".join(clause for own in sentences for clause, _ in own))
    for own in sentences:
        source = source_in(", ".join(clause for clause, _ in own)) or whole
        for one in _with_commonlevel_in(own):
            yield replace(one, source=one.source or source)


def _unnamed(names: SkillNames, read: Sequence[list[tuple[str, list[_Told]]]]) -> Iterator[str]:
    """Pieces of clauses that hold no skill's name."""
    for own in read:
        for clause, _ in own:
            for piece in _PIECE.split(clause):
                if piece.strip() and not _names_in(names, piece)[0]:
                    yield piece


def _meant(clause: str, near: Mapping[str, str]) -> list[_Told]:
    """What the pieces of a clause all but name."""
    return [
        _Told(near[piece], level_in(piece), source_in(clause), bool(NEGATION.search(clause)))
        for piece in _PIECE.split(clause)
        if piece in near
    ]


def _own_clauses(
    names: SkillNames, sentence: str, *, sure: bool
) -> Iterator[tuple[str, list[_Told]]]:
    """Clauses that tell of oneself and now, not of others or of wishes, with the skills in each."""
    wished = False
    for clause in filter(None, _CLAUSE.split(sentence)):
        told = list(_in_clause(names, clause, sure=sure))
        wished = bool(INTENTION.search(clause)) or (wished and not CLAIM.match(clause))
        if not OTHERS.search(clause) and (not wished or any(one.negated for one in told)):
            yield clause, told


def _with_commonlevel_in(own: Sequence[tuple[str, list[_Told]]]) -> list[_Told]:
    """The skills of a sentence; "all good" gives a level to those before it, "never used it" denies."""
    mine: list[_Told] = []
    for clause, told in own:
        level = level_in(clause) if not told and _ALL.match(clause) else None
        if level is not None:
            mine = [replace(one, level=one.level or level) for one in mine]
        if mine and not told and TAKEN_BACK.match(clause):
            mine[-1] = replace(mine[-1], negated=True)
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
    source = source_in(clause)
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
        own, between = _AND.split(left, 1)[-1] if number else left, _AND.split(right, 1)
        behind = right if is_last or "(" in right else between[0] if len(between) > 1 else ""
        level = level_in(own) or level_in(behind)
        no = bool(NEGATION.search(left)) or (
            (is_last or "(" in right) and bool(NEGATION_AFTER.search(right))
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
    is_list = len(found) == tokens or any(not is_plain for _, is_plain in found)
    has_cue = sure or is_list or bool(TOOL_CUE.search(clause))
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
        length = _loosely(names, name, words, place, said)
        if length:
            return name, length
    return exact


def _loosely(names: SkillNames, name: Stems, words: Sequence[_Word], place: int, said: str) -> int:
    """Over how many words a name goes when others may stand between its own; 0 if it does not.

    No other skill's name may stand there: "write Python scripts" tells of Python.
    """
    at = place
    for wanted in name[1:]:
        ahead = range(at + 1, min(at + 2 + BETWEEN, len(words)))
        following = next((n for n in ahead if words[n].stem == wanted), None)
        if following is None or _PAUSE.search(said[words[at].stop : words[following].start]):
            return 0
        if any(
            ((words[n].stem,) in names.keys and _is_meant(names, words[n].token, (words[n].stem,)))
            or (words[n].stem, words[n + 1].stem) in names.keys
            for n in range(at + 1, following)
        ):
            return 0
        at = following
    return at - place + 1


def _is_meant(names: SkillNames, token: str, name: Stems) -> bool:
    """Names of one or two letters (R, C, Go) count as they are written; "bank" is no banking."""
    if len(name) > 1:
        return True
    token = token.rstrip(".'-")
    if names.plain.get(name, token.lower()) != token.lower():
        return False
    if name in names.doings and not token.lower().endswith(ENDINGS):
        return False
    return len(token) > 2 or token[0].isupper() or token.lower() in SHORT or not token.isalpha()
