"""Before and after sending: the pre-check, the name, sending, changing one's mind."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import select

from credentials.audit import record
from credentials.catalogue import LanguageMap, get_achievement
from credentials.drafts import close_draft, find_draft, save_draft
from credentials.errors import CredentialsError, InvalidInputError, NotFoundError, StaleError
from credentials.evidence.collecting import CHECK, DRAFT, Step, ask, ask_next, editable
from credentials.evidence.fingerprints import find_elsewhere
from credentials.evidence.links import LinkState
from credentials.evidence.models import QueueNoticeRow, SubmissionRow
from credentials.evidence.submissions import (
    EvidenceItem,
    State,
    Submission,
    evidence_rows,
    view,
)
from credentials.openbadges.vocabulary import UNSAFE_CHARACTERS
from credentials.outbox import MessageClass, enqueue
from credentials.people import (
    Role,
    find_person,
    may_be_written_to,
    set_badge_name,
    staff_with_role,
)
from credentials.unit_of_work import Work

ANSWER_WITHIN = timedelta(days=7)
MAX_NAME = 100  # characters
ORIGINS = frozenset({"project", "course", "work"})
NAME_DRAFT = "badge_name"


class EvidenceMissingError(CredentialsError):
    """A criterion has nothing to judge yet."""

    code = "evidence_missing"


class UnderReviewError(StaleError):
    """An advisor is looking at it just now."""

    code = "under_review"


class BadgeNameError(InvalidInputError):
    """Not a name a badge can carry."""

    code = "badge_name"


@dataclass(frozen=True, kw_only=True)
class PreCheck:
    """What a learner should know before sending.

    `links` are those that may not open for an advisor. `used_for` names the learner's own other
    credentials that the same thing was sent for; what others sent is never told. `name` is what
    the badge would carry, None for none; `is_shared` when others were named.
    """

    submission: Submission
    links: tuple[EvidenceItem, ...]
    used_for: tuple[LanguageMap, ...]
    name: str | None
    is_shared: bool

    @property
    def is_ready(self) -> bool:
        return not self.submission.missing


def pre_check(
    work: Work,
    *,
    person_id: str,
    submission_id: str,
    link_results: Mapping[str, LinkState] | None = None,
) -> PreCheck:
    """Look over a submission. `link_results`: evidence id → what came of opening its link now.

    Raises:
        NotFoundError: the person has no such submission.
    """
    row = _own(work, person_id, submission_id)
    rows = evidence_rows(work, submission_id)
    for found in rows:
        if link_results and found.evidence_id in link_results:
            found.link_state = link_results[found.evidence_id]
    submission = view(work, row)
    items = [item for criterion in submission.open_criteria for item in criterion.items]
    elsewhere = find_elsewhere(work, rows)
    codes = {code for where in elsewhere.values() for code in where.own_codes}
    return PreCheck(
        submission=submission,
        links=tuple(i for i in items if i.is_new and i.link_state not in {None, LinkState.OPEN}),
        used_for=tuple(get_achievement(work, code=code).name for code in sorted(codes)),
        name=_proposed_name(work, row),
        is_shared=row.made_with is not None,
    )


def open_name(work: Work, *, person_id: str, submission_id: str) -> Submission:
    """Take the person's next words as the name for the badge."""
    row = editable(work, person_id, submission_id)
    save_draft(
        work.session,
        person_id=person_id,
        kind=NAME_DRAFT,
        subject=submission_id,
        fields={},
        asking="name",
        verbatim=True,
        now=work.now,
    )
    return view(work, row)


def name_asked_for(work: Work, *, person_id: str) -> str:
    """The submission whose badge's name is being asked for.

    Raises:
        StaleError: none is.
    """
    draft = find_draft(work.session, person_id, NAME_DRAFT)
    if draft is None or draft.subject is None:
        raise StaleError
    return draft.subject


def choose_name(work: Work, *, person_id: str, name: str | None, submission_id: str) -> Step:
    """Carry this name on the badge, or none; then look over the submission again.

    Raises:
        BadgeNameError: it has no letters or is too long.
        StaleError: the submission can no longer be changed.
    """
    row = editable(work, person_id, submission_id)
    set_badge_name(work, person_id, clean_name(name) if name is not None else None)
    row.wants_name = name is not None
    close_draft(work.session, person_id, NAME_DRAFT)
    return ask_next(work, row)


def clean_name(name: str) -> str:
    """The name without characters that readers cannot see.

    Raises:
        BadgeNameError: it has no letters or is too long.
    """
    clean = " ".join(UNSAFE_CHARACTERS.sub(" ", name).split())
    if not any(mark.isalpha() for mark in clean) or len(clean) > MAX_NAME:
        raise BadgeNameError(limit=MAX_NAME)
    return clean


def send_submission(work: Work, *, person_id: str, submission_id: str) -> Submission:
    """Hand the submission to the advisors. The name shown in the pre-check counts as confirmed.

    Raises:
        EvidenceMissingError: a criterion has nothing to judge.
        StaleError: it was sent or decided before.
    """
    row = editable(work, person_id, submission_id)
    if view(work, row).missing:
        raise EvidenceMissingError
    name = _proposed_name(work, row)
    set_badge_name(work, person_id, name)
    row.state, row.sent_at, row.promised_by = State.WAITING, work.now, work.now + ANSWER_WITHIN
    row.claimed_by = row.claimed_until = None
    row.told_of_delay = False
    close_draft(work.session, person_id, DRAFT)
    record(
        work.session,
        now=work.now,
        actor=person_id,
        event="submission_sent",
        subject=submission_id,
        detail={"round": row.round, "named": name is not None},
    )
    _tell_advisors(work, row)
    work.session.flush()
    return view(work, row)


def note_origin(work: Work, *, person_id: str, submission_id: str, origin: str) -> Submission:
    """Where the work comes from, for the badge: `project`, `course` or `work`.

    Raises:
        StaleError: it was decided before.
    """
    row = _own(work, person_id, submission_id)
    if row.state not in {State.COLLECTING, State.WAITING} or origin not in ORIGINS:
        raise StaleError
    row.origin = origin
    return view(work, row)


def edit_submission(work: Work, *, person_id: str, submission_id: str) -> Step:
    """Take the submission back to change it.

    Raises:
        UnderReviewError: an advisor is looking at it just now.
        StaleError: it was decided before.
    """
    row = _take_back(work, person_id, submission_id, State.COLLECTING)
    return ask(work, row, CHECK, {})


def withdraw_submission(work: Work, *, person_id: str, submission_id: str) -> Submission:
    """Take the submission back; it is kept until the learner goes on or deletes it.

    Raises:
        UnderReviewError: an advisor is looking at it just now.
        StaleError: it was decided before.
    """
    row = _take_back(work, person_id, submission_id, State.WITHDRAWN)
    close_draft(work.session, person_id, DRAFT)
    record(
        work.session,
        now=work.now,
        actor=person_id,
        event="submission_withdrawn",
        subject=submission_id,
    )
    return view(work, row)


def tell_of_delays(work: Work, *, limit: int = 100) -> int:
    """Tell learners whose answer is late, once each, with a new date; returns how many."""
    query = (
        select(SubmissionRow)
        .where(
            SubmissionRow.state == State.WAITING,
            SubmissionRow.promised_by < work.now,
            SubmissionRow.told_of_delay.is_(False),
        )
        .limit(limit)
        .with_for_update(skip_locked=True)
    )
    late = list(work.session.scalars(query))
    for row in late:
        row.told_of_delay, row.promised_by = True, work.now + ANSWER_WITHIN
        enqueue(
            work.session,
            person_id=row.person_id,
            screen="review_delayed",
            args={
                "submission_id": row.submission_id,
                "title": view(work, row).name,
                "promised_by": row.promised_by.isoformat(),
            },
            message_class=MessageClass.RESULT,
            key=f"delay:{row.submission_id}:{row.round}",
            now=work.now,
        )
        _tell_advisors(work, row)
    return len(late)


def _take_back(work: Work, person_id: str, submission_id: str, state: State) -> SubmissionRow:
    row = _own(work, person_id, submission_id, lock=True)
    if row.state != State.WAITING:
        raise StaleError
    if row.claimed_until is not None and row.claimed_until > work.now:
        raise UnderReviewError
    row.state, row.sent_at, row.promised_by = state, None, None
    work.session.flush()
    return row


def _own(work: Work, person_id: str, submission_id: str, *, lock: bool = False) -> SubmissionRow:
    row = work.session.get(SubmissionRow, submission_id, with_for_update=True if lock else None)
    if row is None or row.person_id != person_id:
        raise NotFoundError("no such submission")
    return row


def _proposed_name(work: Work, row: SubmissionRow) -> str | None:
    """The confirmed name, or the one Telegram tells until the learner chooses."""
    if not row.wants_name:
        return None
    person = find_person(work, row.person_id)
    try:
        return clean_name(person.badge_name or person.first_name or "")
    except BadgeNameError:
        return None


def _tell_advisors(work: Work, row: SubmissionRow) -> None:
    """One message to each advisor, until they have opened the queue."""
    for advisor_id in staff_with_role(work, Role.ADVISOR):
        is_told = work.session.get(QueueNoticeRow, advisor_id) is not None
        if advisor_id == row.person_id or is_told or not may_be_written_to(work, advisor_id):
            continue
        work.session.add(QueueNoticeRow(advisor_id=advisor_id, told_at=work.now))
        enqueue(
            work.session,
            person_id=advisor_id,
            screen="review_wanted",
            args={"title": view(work, row).name},
            message_class=MessageClass.RESULT,
            now=work.now,
        )
