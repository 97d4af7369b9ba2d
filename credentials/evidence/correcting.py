"""Correcting what was just sent, in words: "that belongs to b", "for a: …", "undo", "no names"."""

import re
from dataclasses import dataclass

from sqlalchemy import select

from credentials.evidence.collecting import Step, ask, ask_next, editable, remove_evidence
from credentials.evidence.models import EvidenceRow, SubmissionRow
from credentials.evidence.strays import note_stray
from credentials.evidence.submissions import view
from credentials.unit_of_work import Work

_LETTER = r"\(?(?P<letter>[a-h])\)?"
_FOR = re.compile(rf"^\W*(?:this is |that's )?for {_LETTER}\s*[:,\-–]\s*(?P<words>\S.*)$|"
                  r"^\W*\(?(?P<letter2>[a-h])\)\s*:?\s*(?P<words2>\S.*)$", re.IGNORECASE | re.DOTALL)  # fmt: skip
# A letter alone is an article as often as a criterion, so nothing may follow it.
_ALONE = r"(?=\s*(?:[.,;:!?)]|$|please\b|sorry\b|instead\b|not\b))"
_BELONGS = re.compile(
    rf"\b(?:belongs?|goes|should (?:go|be)|meant|was|is) (?:to|in|into|for|under) {_LETTER}{_ALONE}|"
    rf"\b(?:move|put) (?:it|that|this) (?:to|in|into|under) \(?(?P<letter2>[a-h])\)?{_ALONE}",
    re.IGNORECASE,
)
_TAKE_BACK = re.compile(
    r"^\W*(?:(?:oh|god|no|oops|right|please|sorry|ok|wait|shit|damn)\W+)*"
    r"(?:undo|delete|remove|erase|take|scrap|drop) ?(?:that|it|this|the last(?: one)?|(?:it|that) back|my last \w+)?"
    r"(?: out| away| again| please)?\W*$",
    re.IGNORECASE,
)
_NO_NAMES = re.compile(
    r"\b(?:don'?t|do not|without|no|leave|remove|take|not)\b.{0,20}\bnames?\b", re.IGNORECASE
)
# A title with a name, an address, a telephone number, a birth date.
_PERSON = re.compile(
    r"\b(?:Mrs?|Ms|Miss|Dr|Prof)\.? [A-Z][\w'’-]+|[\w.+-]+@[\w-]+\.\w{2,}|"
    r"(?<!\w)\+?\d[\d ()/-]{8,}\d(?!\w)|\b(?:born|DOB|dob|date of birth)\W+(?:on |in )?\d"
)


@dataclass(frozen=True)
class Placed:
    """Words and the criterion they name; None where they name none."""

    index: int
    words: str


def place_of(text: str) -> Placed | None:
    """The criterion of "for a: …"."""
    found = _FOR.match(text)
    if found is None:
        return None
    letter = found["letter"] or found["letter2"]
    return Placed(ord(letter.casefold()) - ord("a"), found["words"] or found["words2"])


def belongs_to(text: str) -> int | None:
    """The criterion that "no, that belongs to b" names."""
    found = _BELONGS.search(text)
    letter = (found["letter"] or found["letter2"]) if found else None
    return ord(letter.casefold()) - ord("a") if letter else None


def is_taken_back(text: str) -> bool:
    """Whether the text takes back what was sent last."""
    return bool(_TAKE_BACK.match(text))


def is_about_names(text: str) -> bool:
    """Whether the text asks for names to be left out."""
    return bool(_NO_NAMES.search(text))


def names_somebody(text: str) -> bool:
    """Whether the text seems to hold somebody's name, birth date, number or address."""
    return bool(_PERSON.search(text))


def move_latest(work: Work, *, person_id: str, submission_id: str, index: int) -> Step:
    """Put what was sent last under another criterion, and ask for what is missing."""
    row = editable(work, person_id, submission_id)
    latest = _latest(work, row)
    criteria = view(work, row).achievement.criteria
    if latest is not None and index < len(criteria):
        latest.criterion_id = criteria[index].id
        work.session.flush()
    return ask_next(work, row)


def take_back_latest(work: Work, *, person_id: str, submission_id: str) -> Step | None:
    """Take out what was sent last and ask for its criterion; words can be put back with a tap."""
    row = editable(work, person_id, submission_id)
    latest = _latest(work, row)
    if latest is None:
        return None
    words, is_text = latest.text or "", latest.kind == "text"
    step = remove_evidence(work, person_id=person_id, evidence_id=latest.evidence_id)
    if is_text and words and not names_somebody(words):
        note_stray(work, person_id=person_id, name=words, text=words)
    return step


def leave_names_out(work: Work, *, person_id: str, submission_id: str) -> Step:
    """The names of those it was made with give way to "a colleague"."""
    row = editable(work, person_id, submission_id)
    row.made_with = without_names(row.made_with or "") or None
    return ask_next(work, row)


def without_names(text: str) -> str:
    """Capitalised words inside a sentence replaced, but for what is written in capitals alone."""
    return re.sub(r"(?<=[\w,;] )(?:[A-Z][a-zà-ÿ]+)(?: [A-Z][a-zà-ÿ]+)*", "a colleague", text)


def ask_for(work: Work, *, person_id: str, submission_id: str, index: int) -> bool:
    """Ask for this criterion, where it is open; whether it is."""
    row = editable(work, person_id, submission_id)
    if index not in {item.index for item in view(work, row).open_criteria}:
        return False
    ask(work, row, "criterion", {"index": index})
    return True


def _latest(work: Work, row: SubmissionRow) -> EvidenceRow | None:
    return work.session.scalar(
        select(EvidenceRow)
        .where(EvidenceRow.submission_id == row.submission_id, EvidenceRow.round == row.round)
        .order_by(EvidenceRow.added_at.desc(), EvidenceRow.position.desc())
        .limit(1)
    )
