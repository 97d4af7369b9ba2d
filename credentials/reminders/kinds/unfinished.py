"""What a learner left open: work that came back, and a way not followed for a while."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, SQLColumnExpression, exists, func, select, type_coerce
from sqlalchemy import String as Text

from credentials.catalogue import current_catalogue
from credentials.errors import NotFoundError
from credentials.evidence import Judgement, State, find_submission
from credentials.evidence.models import SubmissionRow
from credentials.pathways.models import ProfileRow
from credentials.people.models import PersonRow
from credentials.reminders.kinds.base import (
    BATCH,
    Arising,
    Due,
    Kind,
    ReminderKind,
    Silence,
    Telling,
    morning_after,
)
from credentials.reminders.kinds.occasions import is_planned, may_be_written_to
from credentials.reminders.models import ReminderRow
from credentials.unit_of_work import Work

RETURNED_AFTER = (3, 7, 14)  # days, each counted from the one before
SILENT_AFTER = (7, 14, 30)
LOST_TOUCH = timedelta(days=90)  # who has been away longer is not called back


class Returned(ReminderKind):
    """Work came back with a comment, and nothing has happened since."""

    kind = Kind.RETURNED

    def arising(self, work: Work) -> Iterator[Arising]:
        subject = _round(SubmissionRow.submission_id, SubmissionRow.round)
        query = (
            select(subject, SubmissionRow.decided_at, PersonRow.person_id, PersonRow.zone)
            .join(PersonRow, PersonRow.person_id == SubmissionRow.person_id)
            .where(
                SubmissionRow.state == State.RETURNED,
                SubmissionRow.decided_at > work.now - LOST_TOUCH,
                ~is_planned(self.kind, PersonRow.person_id, subject),
            )
            .limit(BATCH)
        )
        for subject_, decided_at, person_id, zone_name in work.session.execute(query):
            assert decided_at is not None
            zone = ZoneInfo(zone_name or work.settings.zone)
            due = morning_after(decided_at, zone, days=RETURNED_AFTER[0])
            yield Arising(person_id=person_id, subject=subject_, due=due, zone=zone)

    def tell(self, work: Work, due: Due) -> Telling | Silence:
        submission_id, _, number = (due.subject or "").rpartition(":")
        try:
            submission = find_submission(work, submission_id=submission_id)
        except NotFoundError:
            return Silence.FOR_GOOD
        if submission.state is not State.RETURNED or str(submission.round) != number:
            return Silence.FOR_GOOD
        missing = [one for one in submission.open_criteria if one.result is not Judgement.MET]
        return Telling(
            "returned_nudge",
            {
                "submission_id": submission_id,
                "code": submission.achievement.code,
                "title": dict(submission.name),
                "missing": len(missing),
            },
        )

    def following(self, work: Work, due: Due) -> datetime | None:
        return _later(work, due, RETURNED_AFTER)


class NextStep(ReminderKind):
    """A learner with a goal has been silent; three times, then they are left alone."""

    kind = Kind.NEXT_STEP

    def arising(self, work: Work) -> Iterator[Arising]:
        is_called = exists().where(
            ReminderRow.kind == Kind.NEXT_STEP,
            ReminderRow.person_id == PersonRow.person_id,
            ReminderRow.created_at > PersonRow.seen_at,
        )
        keeps_a_rhythm = exists().where(
            ReminderRow.kind == Kind.STUDY,
            ReminderRow.person_id == PersonRow.person_id,
            ReminderRow.next_due.is_not(None),
        )
        query = (
            select(PersonRow.person_id, PersonRow.seen_at, PersonRow.zone)
            .join(ProfileRow, ProfileRow.person_id == PersonRow.person_id)
            .where(
                ProfileRow.occupation_code.is_not(None),
                may_be_written_to(),
                PersonRow.seen_at < work.now - timedelta(days=1),
                PersonRow.seen_at > work.now - LOST_TOUCH,
                ~is_called,
                ~keeps_a_rhythm,
            )
            .limit(BATCH)
        )
        for person_id, seen_at, zone_name in work.session.execute(query):
            zone = ZoneInfo(zone_name or work.settings.zone)
            due = morning_after(seen_at, zone, days=SILENT_AFTER[0])
            subject = seen_at.date().isoformat()
            yield Arising(person_id=person_id, subject=subject, due=due, zone=zone)

    def tell(self, work: Work, due: Due) -> Telling | Silence:
        if due.seen_at > due.created_at:
            return Silence.FOR_GOOD
        profile = work.session.get(ProfileRow, due.person_id)
        job = current_catalogue(work).occupations.get((profile and profile.occupation_code) or "")
        if job is None:
            return Silence.FOR_GOOD
        begun = work.session.scalar(
            select(SubmissionRow.submission_id)
            .where(
                SubmissionRow.person_id == due.person_id,
                SubmissionRow.state == State.COLLECTING,
            )
            .order_by(SubmissionRow.started_at.desc())
            .limit(1)
        )
        title = dict(find_submission(work, submission_id=begun).name) if begun else None
        return Telling("next_step_nudge", {"goal": dict(job.plain_title), "begun": title})

    def following(self, work: Work, due: Due) -> datetime | None:
        return _later(work, due, SILENT_AFTER)


def _later(work: Work, due: Due, after: tuple[int, ...]) -> datetime | None:
    place = due.told + 1
    return morning_after(work.now, due.zone, days=after[place]) if place < len(after) else None


def _round(
    submission_id: SQLColumnExpression[str], number: SQLColumnExpression[int]
) -> ColumnElement[str]:
    return func.concat(submission_id, ":", type_coerce(number, Text))
