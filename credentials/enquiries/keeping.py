"""What a person asked last, kept for a few days so that the card's buttons work.

It lies in a draft that is put aside: it goes with the person's data and never becomes what they
are in the middle of.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from credentials.database import new_short_id
from credentials.drafts import find_draft, rest_draft, save_draft
from credentials.errors import CredentialsError, StaleError
from credentials.unit_of_work import Work

KIND = "enquiry"
KEPT = 10
KEPT_FOR = timedelta(days=7)
MAX_SOURCE = 64 * 1024  # characters
PER_MINUTE = 30
MINUTE = timedelta(minutes=1)


class TooManyEnquiriesError(CredentialsError):
    """More badges a minute than an employer checks."""

    code = "too_many_enquiries"


@dataclass(frozen=True, kw_only=True)
class Enquiry:
    """One question and its answer. `source` is the text that asks it again, if that helps."""

    enquiry_id: str
    asked_at: datetime
    facts: Mapping[str, Any]
    source: str | None


def begin_enquiry(work: Work, *, person_id: str) -> None:
    """Count a question.

    Raises:
        TooManyEnquiriesError: more than 30 within a minute.
    """
    fields = _fields(work, person_id)
    recent = [at for at in fields["asked"] if datetime.fromisoformat(at) > work.now - MINUTE]
    if len(recent) >= PER_MINUTE:
        raise TooManyEnquiriesError
    _save(work, person_id, {**fields, "asked": [*recent, work.now.isoformat()]})


def keep_enquiry(
    work: Work,
    *,
    person_id: str,
    facts: Mapping[str, Any],
    source: str | None = None,
    enquiry_id: str | None = None,
) -> Enquiry:
    """Keep an answer; with `enquiry_id`, in place of the one that was asked again."""
    enquiry = Enquiry(
        enquiry_id=enquiry_id or new_short_id(),
        asked_at=work.now,
        facts=facts,
        source=source if source is not None and len(source) <= MAX_SOURCE else None,
    )
    fields = _fields(work, person_id)
    others = [
        item
        for item in fields["enquiries"]
        if item["enquiry_id"] != enquiry.enquiry_id
        and datetime.fromisoformat(item["asked_at"]) > work.now - KEPT_FOR
    ]
    mine = {
        "enquiry_id": enquiry.enquiry_id,
        "asked_at": enquiry.asked_at.isoformat(),
        "facts": dict(enquiry.facts),
        "source": enquiry.source,
    }
    _save(work, person_id, {**fields, "enquiries": [*others[-KEPT + 1 :], mine]})
    return enquiry


def find_enquiry(work: Work, *, person_id: str, enquiry_id: str) -> Enquiry:
    """One of the person's last enquiries.

    Raises:
        StaleError: it is no longer kept, or somebody else's.
    """
    for item in _fields(work, person_id)["enquiries"]:
        if item["enquiry_id"] == enquiry_id:
            return Enquiry(**{**item, "asked_at": datetime.fromisoformat(item["asked_at"])})
    raise StaleError


def _fields(work: Work, person_id: str) -> dict[str, Any]:
    draft = find_draft(work.session, person_id, KIND)
    return {"asked": [], "enquiries": [], **(draft.fields if draft else {})}


def _save(work: Work, person_id: str, fields: Mapping[str, Any]) -> None:
    save_draft(work.session, person_id=person_id, kind=KIND, fields=fields, now=work.now)
    rest_draft(work.session, person_id, KIND)
