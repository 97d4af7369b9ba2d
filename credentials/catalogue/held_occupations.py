"""Which work somebody says they do or did: "25 years as an accountant", "ex teacher".

Only what a person tells of themselves counts: a wish, somebody else's job and work that is refused
name none. A title in the clause is taken as such; without one, what the clause comes near to.
"""

import re
from dataclasses import dataclass

from credentials.catalogue.matching.clauses import Clause, Role, read_clauses
from credentials.catalogue.matching.memory import MatchIndex, current_index
from credentials.catalogue.matching.ranking import hear, named_in, rank
from credentials.catalogue.matching.retrieval import open_retriever
from credentials.catalogue.matching.spelling import correct
from credentials.catalogue.phrases import normal_phrase
from credentials.unit_of_work import Work

MAX_TEXT = 1_000  # characters
MOST_CLAUSES = 3
NEAR = 0.75  # cosine between a clause and a title that it all but says
MOST_YEARS = 60
_NUMBERS = {
    "a": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8,
    "nine": 9, "ten": 10, "twelve": 12, "fifteen": 15, "twenty": 20, "thirty": 30, "forty": 40,
}  # fmt: skip
_YEARS = re.compile(
    rf"\b(\d{{1,2}}|{'|'.join(_NUMBERS)})\s*\+?\s*(?:years?|yrs?|y)\b(?!\s*old)", re.IGNORECASE
)
_TOLD = re.compile(
    r"\b(?:(?:work(?:ed|ing)?|employed|trained|retired|redundant|career) (?:\w+ ){0,2}?(?:as|in)|i was|i am|i'?m|"
    r"i'?ve been|i have been|been|was|used to be|former(?:ly)?|ex|currently|my job is|job as|as an?|do|did|doing)\b",
    re.IGNORECASE,
)
#: What is no work one held: a course, a dream, somebody's job.
_NO_WORK = re.compile(
    r"\b(?:stud(?:y|ies|ied|ying)|course|class|degree|student|school|looking|hoping|thinking|told|ask(?:ed|ing)?|"
    r"patient|customer|my (?:mum|mom|mother|dad|father|wife|husband|brother|sister|friend))\b",
    re.IGNORECASE,
)
_WHEN = re.compile(r"\s*\b(?:for|since|until|till|at|in|with|from|over|almost|nearly|about)\b.*")
_LEAD = re.compile(
    r"^.*\b(?:as|been|am|i'?m|was|be|former|ex|of|my|\d\d and|worked|working)\b[\s-]*(?:an?\b|the\b|in\b)?\s*"
)
_TAIL = re.compile(r"\s*\b(?:job|by (?:trade|profession|training|day))\b.*")
_ASIDE = re.compile(
    r"\bby (?:trade|profession|training|day)$|^(?:i )?(?:have )?worked (?:\w+ )?(?:as|in|at)\b|^i'?m \d\d and an? ",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class HeldOccupation:
    """An occupation by its code, and the years in it, None when they weren't told.

    `is_told`: as something they do or did; otherwise it may be what they want to do, as in
    "bookkeeper, 3 years".
    """

    code: str
    years: float | None
    is_told: bool = True


def held_occupation(work: Work, text: str) -> HeldOccupation | None:
    """The work that a text says its author does or did; the first that is clear."""
    index = current_index(work)
    said = correct(index, text[:MAX_TEXT])
    for clause in [one for one in read_clauses(said) if _may_tell(one)][:MOST_CLAUSES]:
        code = _named(work, index, clause.text)
        if code is not None:
            years = _years(clause.text) or _years(said)
            return HeldOccupation(code, years, is_told=clause.role is not Role.BARE)
    return None


def _may_tell(clause: Clause) -> bool:
    if _NO_WORK.search(clause.text):
        return False
    is_told = clause.role in {Role.CURRENT, Role.PAST} or (
        clause.role is Role.BARE and (_YEARS.search(clause.text) or _ASIDE.search(clause.text))
    )
    cues = (_TOLD, _YEARS, _ASIDE)
    return bool(is_told) and any(cue.search(clause.text) for cue in cues)


def _named(work: Work, index: MatchIndex, clause: str) -> str | None:
    """The code of the title in a clause, the longest that is work of one kind."""
    told = _LEAD.sub("", _TAIL.sub("", _YEARS.sub("", clause).lower()))
    title = _WHEN.sub("", told).strip(" ,.-") or told
    words = " ".join(title.split()[:6])
    if not words:
        return None
    exact = index.titles.get(normal_phrase(words), ())
    named = max(named_in(index, words), key=lambda one: len(one[0]), default=None)
    places = exact or (index.titles[named[0]] if named is not None else ())
    ranked = rank(index, open_retriever(work), [hear(index, [words])[words]], 3)
    likely = next((one for one in ranked if one.place in places), None)
    if likely is None and ranked and ranked[0].closeness >= NEAR:
        likely = ranked[0]
    return index.codes[likely.place] if likely is not None else None


def _years(said: str) -> float | None:
    found = _YEARS.search(said)
    if found is None:
        return None
    word = found[1].lower()
    years = float(_NUMBERS.get(word, 0) or word)
    return years if 0 < years <= MOST_YEARS else None
