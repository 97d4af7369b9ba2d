"""What people ask for themselves: a rhythm of study, one time, a weekly summary."""

from datetime import datetime, timedelta

from sqlalchemy import func, select

from credentials.catalogue import current_catalogue
from credentials.evidence.models import SubmissionRow
from credentials.issuing.models import IssuedBadgeRow
from credentials.outbox import MessageClass
from credentials.pathways.models import ProfileRow
from credentials.reminders.kinds.base import (
    Due,
    Kind,
    ReminderKind,
    Silence,
    Telling,
    next_of_rule,
)
from credentials.unit_of_work import Work

WEEK = timedelta(days=7)


class Study(ReminderKind):
    kind = Kind.STUDY
    is_timed = True

    def tell(self, work: Work, due: Due) -> Telling:
        return Telling("study_nudge", {"kind": due.kind})

    def following(self, work: Work, due: Due) -> datetime | None:
        return next_of_rule(work, due)


class Once(ReminderKind):
    kind = Kind.ONCE
    is_asked = True
    is_timed = True
    message_class = MessageClass.DEADLINE  # it comes once: at least once, then

    def tell(self, work: Work, due: Due) -> Telling:
        return Telling("study_nudge", {"kind": due.kind})


class Digest(ReminderKind):
    """The week: badges won, work under review or come back, the goal. Nothing new, no message."""

    kind = Kind.DIGEST
    by_default = False
    is_timed = True

    def tell(self, work: Work, due: Due) -> Telling | Silence:
        badges = work.session.scalar(
            select(func.count()).where(
                IssuedBadgeRow.person_id == due.person_id,
                IssuedBadgeRow.issued_at > work.now - WEEK,
            )
        )
        states = work.session.execute(
            select(SubmissionRow.state, func.count())
            .where(SubmissionRow.person_id == due.person_id)
            .group_by(SubmissionRow.state)
        ).all()
        count: dict[str, int] = dict(states)
        open_work = {name: count.get(name, 0) for name in ("waiting", "returned", "collecting")}
        goal = work.session.get(ProfileRow, due.person_id)
        job = current_catalogue(work).occupations.get((goal and goal.occupation_code) or "")
        if not badges and not any(open_work.values()) and job is None:
            return Silence.NOW
        title = dict(job.plain_title) if job else None
        return Telling("weekly_digest", {"badges": badges or 0, **open_work, "goal": title})

    def following(self, work: Work, due: Due) -> datetime | None:
        return next_of_rule(work, due)
