"""Whether the same thing was sent before: keyed hashes of files, addresses and texts.

Advisors are told; learners are told of their own other submissions only, so that nobody can find
out what others have sent.
"""

import hashlib
import hmac
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select

from credentials.evidence.links import normal_url
from credentials.evidence.models import EvidenceRow, SubmissionRow
from credentials.sealed_secrets import FINGERPRINTS, find_secret
from credentials.unit_of_work import Work


@dataclass(frozen=True, kw_only=True)
class Elsewhere:
    """Where else the same thing was sent: by other people, by the person for these codes."""

    by_others: bool = False
    own_codes: tuple[str, ...] = ()


def fingerprint_file(work: Work, content: bytes) -> str:
    return _keyed(work, b"file:" + hashlib.sha256(content).digest())


def fingerprint_link(work: Work, url: str) -> str:
    return _keyed(work, b"link:" + normal_url(url).encode())


def fingerprint_text(work: Work, text: str) -> str:
    return _keyed(work, b"text:" + " ".join(text.casefold().split()).encode())


def find_elsewhere(work: Work, rows: Sequence[EvidenceRow]) -> dict[str, Elsewhere]:
    """Evidence id → where else it was sent. Withdrawn and unsent work does not count."""
    if not rows:
        return {}
    mine = work.session.get_one(SubmissionRow, rows[0].submission_id)
    query = (
        select(EvidenceRow.fingerprint, SubmissionRow.person_id, SubmissionRow.achievement_code)
        .join(SubmissionRow, SubmissionRow.submission_id == EvidenceRow.submission_id)
        .where(
            EvidenceRow.fingerprint.in_([row.fingerprint for row in rows]),
            EvidenceRow.submission_id != mine.submission_id,
            SubmissionRow.state.not_in(("collecting", "withdrawn")),
        )
    )
    found: dict[str, list[tuple[str, str]]] = {}
    for fingerprint, person_id, code in work.session.execute(query):
        found.setdefault(fingerprint, []).append((person_id, code))
    return {
        row.evidence_id: _elsewhere(found[row.fingerprint], mine.person_id)
        for row in rows
        if row.fingerprint in found
    }


def _elsewhere(found: list[tuple[str, str]], person_id: str) -> Elsewhere:
    own = [code for owner, code in found if owner == person_id]
    return Elsewhere(by_others=len(own) < len(found), own_codes=tuple(dict.fromkeys(own)))


def _keyed(work: Work, message: bytes) -> str:
    return hmac.new(find_secret(work, FINGERPRINTS), message, hashlib.sha256).hexdigest()
