"""Collecting evidence: one criterion at a time, in the learner's own order.

What is being asked lies in the draft `evidence`; a step is what to show next.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select

from credentials.catalogue import get_achievement
from credentials.database import new_short_id
from credentials.drafts import Draft, close_draft, find_draft, save_draft
from credentials.errors import NotAllowedError, NotFoundError, StaleError
from credentials.evidence.keeping import clean_words, forget_file, keep_file, keep_words
from credentials.evidence.links import LinkState
from credentials.evidence.models import EvidenceRow, SubmissionRow
from credentials.evidence.submissions import EvidenceItem, State, Submission, view
from credentials.evidence.uploads import Upload
from credentials.unit_of_work import Work

DRAFT = "evidence"
CHECK = "check"
EDITABLE = frozenset({State.COLLECTING, State.RETURNED, State.WITHDRAWN})
OPEN = frozenset({*EDITABLE, State.WAITING})


class NotAwardedHereError(NotAllowedError):
    """The achievement is taught and judged elsewhere: there is no rubric to show it by."""

    code = "not_awarded_here"


class NothingAskedError(StaleError):
    """No evidence is being asked for now."""

    code = "nothing_asked"


@dataclass(frozen=True, kw_only=True)
class Step:
    """What is asked now.

    `asking` is `criterion` (with its `index`), `summary` of a voice note, `change_note`,
    `made_with`, or `check` before sending. `added` is what was just kept, `hidden` what was
    removed from it (`place`, `details`).
    """

    submission: Submission
    asking: str
    index: int | None = None
    added: EvidenceItem | None = None
    hidden: str | None = None


def start_submission(work: Work, *, person_id: str, achievement_code: str) -> Step:
    """Begin to show an achievement, or carry on with what was begun.

    Raises:
        NotFoundError: there is no such achievement.
        NotAwardedHereError: it is judged elsewhere.
    """
    row = _open_row(work, person_id, achievement_code)
    if row is None:
        row = _new_row(work, person_id, achievement_code)
    elif row.state == State.RETURNED:
        begin_round(row)
    elif row.state == State.WITHDRAWN:
        row.state = State.COLLECTING
    return ask_next(work, row) if row.state == State.COLLECTING else _resting(work, row)


def resume_step(work: Work, *, person_id: str) -> Step | None:
    """The open question; None when there is none."""
    try:
        row, draft = _asked(work, person_id)
    except NothingAskedError:
        return None
    return Step(submission=view(work, row), asking=_asking(draft), index=draft.fields.get("index"))


def ask_criterion(work: Work, *, person_id: str, submission_id: str, index: int) -> Step:
    """Ask for this criterion.

    Raises:
        StaleError: the submission can no longer be changed, or there is no such open criterion.
    """
    row = editable(work, person_id, submission_id)
    if index not in {item.index for item in view(work, row).open_criteria}:
        raise StaleError
    return ask(work, row, "criterion", {"index": index})


def skip_question(work: Work, *, person_id: str, submission_id: str) -> Step:
    """Leave the open question for later, or for good where it is optional."""
    row = editable(work, person_id, submission_id)
    draft = find_draft(work.session, person_id, DRAFT)
    fields = dict(draft.fields) if draft and draft.subject == submission_id else {}
    skipped = {*fields.get("skipped", []), fields.get("index")} - {None}
    return ask_next(work, row, {"skipped": sorted(skipped)})


def go_back(work: Work, *, person_id: str, submission_id: str) -> Step:
    """Ask for the criterion before the open question."""
    row = editable(work, person_id, submission_id)
    draft = find_draft(work.session, person_id, DRAFT)
    indexes = [item.index for item in view(work, row).open_criteria]
    now = draft.fields.get("index") if draft and draft.subject == submission_id else None
    before = [index for index in indexes if now is None or index < now]
    return ask(work, row, "criterion", {"index": before[-1] if before else indexes[0]})


def answer_in_words(
    work: Work, *, person_id: str, text: str, link_state: LinkState | None = None
) -> Step:
    """Take a text for the open question; before sending, one more for the last criterion.

    `link_state` is what came of opening the link in it.

    Raises:
        NothingAskedError: nothing is being asked.
        EvidenceEmptyError, EvidenceTooLongError, TooMuchEvidenceError: it cannot be kept.
    """
    row, draft = _asked(work, person_id)
    words = clean_words(text)
    asking = _asking(draft)
    if asking in {"criterion", CHECK}:
        index = _index_for(work, row, draft, None)
        added = keep_words(work, row, index, words, link_state)
        return ask_next(work, row, _carried(draft), added=added)
    if asking == "summary":
        kept = work.session.get(EvidenceRow, draft.fields.get("evidence_id"))
        if kept is not None:
            kept.text = words
    elif asking == "change_note":
        row.change_note = words
    elif asking == "made_with":
        row.made_with = words
    return ask_next(work, row, _carried(draft))


def add_file(
    work: Work,
    *,
    person_id: str,
    upload: Upload,
    original: bytes,
    words: str = "",
    album: str | None = None,
) -> Step:
    """Take a file for the open criterion, with the words beside it; an album stays together.

    `original` are the bytes as they came: they say whether the same file was sent before.

    Raises:
        NothingAskedError: nothing is being asked.
        TooMuchEvidenceError: enough was sent for this criterion.
    """
    row, draft = _asked(work, person_id)
    index = _index_for(work, row, draft, album)
    found = keep_file(work, row, index, upload, original=original, words=words, album=album)
    if upload.kind == "voice" and found.text is None:
        fields = {**_carried(draft), "evidence_id": found.evidence_id, "index": index}
        return ask(work, row, "summary", fields, added=found)
    return ask_next(work, row, _carried(draft), added=found, hidden=upload.hidden)


def remove_evidence(work: Work, *, person_id: str, evidence_id: str) -> Step:
    """Take something out again and ask for its criterion.

    Raises:
        StaleError: it is gone, judged before, or the submission can no longer be changed.
    """
    found = work.session.get(EvidenceRow, evidence_id)
    if found is None:
        raise StaleError
    row = editable(work, person_id, found.submission_id)
    if found.round != row.round:
        raise StaleError
    ids = [item.id for item in view(work, row).achievement.criteria]
    work.session.delete(found)
    work.session.flush()
    forget_file(work, found.sha256)
    return ask(work, row, "criterion", {"index": ids.index(found.criterion_id)})


def look_over(work: Work, *, person_id: str, submission_id: str) -> Step:
    """Go on to what is still open, or to the look before sending."""
    return ask_next(work, editable(work, person_id, submission_id))


def ask_made_with(work: Work, *, person_id: str, submission_id: str) -> Step:
    """Ask with whom it was made."""
    return ask(work, editable(work, person_id, submission_id), "made_with", {})


def ask_next(
    work: Work,
    row: SubmissionRow,
    fields: Mapping[str, Any] | None = None,
    *,
    added: EvidenceItem | None = None,
    hidden: str | None = None,
) -> Step:
    """The next open question: a criterion without evidence, what changed, or the check."""
    carried = dict(fields or {})
    skipped = set(carried.get("skipped", []))
    missing = [item.index for item in view(work, row).missing if item.index not in skipped]
    if missing:
        fields = {**carried, "index": missing[0]}
        return ask(work, row, "criterion", fields, added=added, hidden=hidden)
    if row.round > 1 and row.change_note is None and not carried.get("asked_change"):
        fields = {**carried, "asked_change": True}
        return ask(work, row, "change_note", fields, added=added, hidden=hidden)
    return ask(work, row, CHECK, carried, added=added, hidden=hidden)


def ask(
    work: Work,
    row: SubmissionRow,
    asking: str,
    fields: Mapping[str, Any],
    *,
    added: EvidenceItem | None = None,
    hidden: str | None = None,
) -> Step:
    """Keep the question as what the person is in the middle of."""
    save_draft(
        work.session,
        person_id=row.person_id,
        kind=DRAFT,
        subject=row.submission_id,
        fields={name: value for name, value in fields.items() if name != "index"}
        | ({"index": fields["index"]} if "index" in fields and asking != CHECK else {}),
        asking=asking,
        verbatim=asking != CHECK,
        now=work.now,
    )
    return Step(
        submission=view(work, row),
        asking=asking,
        index=fields.get("index") if asking in {"criterion", "summary"} else None,
        added=added,
        hidden=hidden,
    )


def editable(work: Work, person_id: str, submission_id: str) -> SubmissionRow:
    """The person's submission, which is still theirs to change.

    Raises:
        NotFoundError: there is none.
        StaleError: it was sent or decided.
    """
    row = work.session.get(SubmissionRow, submission_id)
    if row is None or row.person_id != person_id:
        raise NotFoundError("no such submission")
    if row.state not in EDITABLE:
        raise StaleError
    if row.state == State.RETURNED:
        begin_round(row)
    row.state = State.COLLECTING
    return row


def begin_round(row: SubmissionRow) -> None:
    """Open a returned submission again: what was met stays met."""
    row.state, row.round, row.change_note = State.COLLECTING, row.round + 1, None
    row.sent_at = row.promised_by = None


def _index_for(work: Work, row: SubmissionRow, draft: Draft, album: str | None) -> int:
    """Which criterion the thing is for: that of its album, the one asked, or the first missing."""
    submission = view(work, row)
    if album is not None:
        query = select(EvidenceRow.criterion_id).where(
            EvidenceRow.submission_id == row.submission_id, EvidenceRow.album == album
        )
        known = work.session.scalars(query).first()
        for item in submission.criteria:
            if item.criterion.id == known:
                return item.index
    index = draft.fields.get("index")
    if isinstance(index, int):
        return index
    places = submission.missing or submission.open_criteria
    return places[-1].index


def _asked(work: Work, person_id: str) -> tuple[SubmissionRow, Draft]:
    draft = find_draft(work.session, person_id, DRAFT)
    row = work.session.get(SubmissionRow, draft.subject) if draft else None
    if draft is None or row is None or row.person_id != person_id:
        raise NothingAskedError
    if row.state not in EDITABLE:
        close_draft(work.session, person_id, DRAFT)
        raise NothingAskedError
    return row, draft


def _asking(draft: Draft) -> str:
    return draft.asking or CHECK


def _carried(draft: Draft) -> dict[str, Any]:
    return {
        name: draft.fields[name] for name in ("skipped", "asked_change") if name in draft.fields
    }


def _open_row(work: Work, person_id: str, code: str) -> SubmissionRow | None:
    query = (
        select(SubmissionRow)
        .where(
            SubmissionRow.person_id == person_id,
            SubmissionRow.achievement_code == code,
            SubmissionRow.state.in_(OPEN),
        )
        .order_by(SubmissionRow.started_at.desc())
        .limit(1)
    )
    return work.session.scalar(query)


def _new_row(work: Work, person_id: str, code: str) -> SubmissionRow:
    achievement = get_achievement(work, code=code)
    if not achievement.is_awarded_here:
        raise NotAwardedHereError
    row = SubmissionRow(
        submission_id=new_short_id(),
        person_id=person_id,
        achievement_code=achievement.code,
        achievement_version=achievement.version,
        state=State.COLLECTING,
        round=1,
        started_at=work.now,
        told_of_delay=False,
        wants_name=True,
    )
    work.session.add(row)
    work.session.flush()
    return row


def _resting(work: Work, row: SubmissionRow) -> Step:
    """A submission that waits for a decision asks nothing."""
    return Step(submission=view(work, row), asking="waiting")
