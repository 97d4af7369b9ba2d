"""Keeping what was sent for a criterion: texts, links and files, each once."""

from sqlalchemy import func, select

from credentials.database import new_short_id
from credentials.errors import CredentialsError
from credentials.evidence.fingerprints import (
    fingerprint_file,
    fingerprint_link,
    fingerprint_text,
)
from credentials.evidence.links import MAX_URL, LinkState, find_link, words_beside
from credentials.evidence.models import EvidenceRow, SubmissionRow
from credentials.evidence.submissions import EvidenceItem, view
from credentials.evidence.uploads import Upload
from credentials.files import delete_unused_files, store_file
from credentials.unit_of_work import Work

MAX_TEXT = 4_000  # characters
MAX_ITEMS = 6  # for one criterion in one round


class EvidenceTooLongError(CredentialsError):
    """A text longer than what is kept."""

    code = "evidence_too_long"


class EvidenceEmptyError(CredentialsError):
    """There are no words in the text."""

    code = "evidence_empty"


class TooMuchEvidenceError(CredentialsError):
    """Enough was sent for this criterion."""

    code = "too_much_evidence"


def keep_words(
    work: Work, row: SubmissionRow, index: int, words: str, link_state: LinkState | None
) -> EvidenceItem:
    """A text, or the first link in it with the words beside it."""
    link = find_link(words)
    if link is None:
        found = EvidenceRow(kind="text", text=words, fingerprint=fingerprint_text(work, words))
    else:
        found = EvidenceRow(
            kind="link",
            url=link[:MAX_URL],
            text=words_beside(words),
            link_state=link_state,
            fingerprint=fingerprint_link(work, link),
        )
    return _keep(work, row, index, found)


def keep_file(
    work: Work,
    row: SubmissionRow,
    index: int,
    upload: Upload,
    *,
    original: bytes,
    words: str,
    album: str | None,
) -> EvidenceItem:
    """A file with the words beside it; `original` are its bytes as they came."""
    kept = store_file(work.session, upload.content, now=work.now)
    found = EvidenceRow(
        kind=upload.kind,
        text=words.strip()[:MAX_TEXT] or None,
        sha256=kept.sha256,
        size=kept.size,
        media_type=upload.media_type,
        file_name=upload.name,
        fingerprint=fingerprint_file(work, original),
        album=album,
    )
    return _keep(work, row, index, found)


def forget_file(work: Work, sha256: str | None) -> None:
    """Delete a file's bytes when nothing refers to them any more."""
    if sha256 is not None:
        delete_unused_files(work.session, [sha256])


def clean_words(text: str) -> str:
    """A text to keep.

    Raises:
        EvidenceEmptyError: there are no words in it.
        EvidenceTooLongError: more than 4,000 characters.
    """
    words = text.strip()
    if not any(mark.isalnum() for mark in words):
        raise EvidenceEmptyError
    if len(words) > MAX_TEXT:
        raise EvidenceTooLongError(limit=MAX_TEXT)
    return words


def _keep(work: Work, row: SubmissionRow, index: int, evidence: EvidenceRow) -> EvidenceItem:
    """Keep it for the criterion; the same thing twice is kept once."""
    state = view(work, row).criteria[index]
    query = select(EvidenceRow).where(
        EvidenceRow.submission_id == row.submission_id,
        EvidenceRow.criterion_id == state.criterion.id,
        EvidenceRow.round == row.round,
    )
    rows = list(work.session.scalars(query))
    twin = next((found for found in rows if found.fingerprint == evidence.fingerprint), None)
    if twin is None:
        if len(rows) >= MAX_ITEMS:
            raise TooMuchEvidenceError(limit=MAX_ITEMS)
        evidence.evidence_id, evidence.submission_id = new_short_id(), row.submission_id
        evidence.criterion_id, evidence.round = state.criterion.id, row.round
        evidence.position, evidence.added_at = _next_position(work, row), work.now
        work.session.add(evidence)
        work.session.flush()
        twin = evidence
    fresh = view(work, row).criteria[index]
    return next(item for item in fresh.items if item.evidence_id == twin.evidence_id)


def _next_position(work: Work, row: SubmissionRow) -> int:
    query = select(func.max(EvidenceRow.position)).where(
        EvidenceRow.submission_id == row.submission_id
    )
    return (work.session.scalar(query) or 0) + 1
