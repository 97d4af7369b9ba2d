"""Before a badge runs out: 90, 30 and 7 days ahead, with the way to renew it."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import exists, func, select
from sqlalchemy.orm import aliased

from credentials.errors import NotFoundError
from credentials.issuing import BadgeState, find_badge
from credentials.issuing.models import IssuedBadgeRow
from credentials.outbox import MessageClass
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
from credentials.reminders.models import ReminderRow
from credentials.unit_of_work import Work

DAYS_AHEAD = (90, 30, 7)
SETTLED = timedelta(days=1)  # nobody is told on the day they get a badge that it will end


class Renewal(ReminderKind):
    kind = Kind.RENEWAL
    message_class = MessageClass.DEADLINE

    def arising(self, work: Work) -> Iterator[Arising]:
        is_planned = exists().where(
            ReminderRow.kind == Kind.RENEWAL, ReminderRow.subject == IssuedBadgeRow.badge_id
        )
        soon = work.now + timedelta(days=DAYS_AHEAD[0] + 1)
        query = (
            select(
                IssuedBadgeRow.badge_id,
                IssuedBadgeRow.issued_at,
                IssuedBadgeRow.valid_until,
                PersonRow.person_id,
                PersonRow.zone,
            )
            .join(PersonRow, PersonRow.person_id == IssuedBadgeRow.person_id)
            .where(
                IssuedBadgeRow.state != BadgeState.REVOKED,
                IssuedBadgeRow.valid_until > work.now,
                IssuedBadgeRow.valid_until <= soon,
                ~is_planned,
            )
            .limit(BATCH)
        )
        for badge_id, issued_at, valid_until, person_id, zone_name in work.session.execute(query):
            assert valid_until is not None
            zone = ZoneInfo(zone_name or work.settings.zone)
            due = _next_stage(valid_until, zone, after=issued_at + SETTLED)
            yield Arising(
                person_id=person_id,
                subject=badge_id,
                due=due or work.now,
                zone=zone,
                deadline=valid_until,
            )

    def tell(self, work: Work, due: Due) -> Telling | Silence:
        try:
            badge = find_badge(work, badge_id=due.subject)
        except NotFoundError:
            return Silence.FOR_GOOD
        if badge.state is BadgeState.REVOKED or _is_renewed(work, due):
            return Silence.FOR_GOOD
        if badge.state is BadgeState.SUSPENDED:
            return Silence.NOW
        item, ends = badge.achievement, badge.valid_until
        assert ends is not None
        return Telling(
            "renewal_nudge",
            {
                "badge_id": badge.badge_id,
                "code": item.code,
                "ends": ends.isoformat(),
                "title": dict(item.name),
                "path": dict(item.renewal.path) if item.renewal else None,
            },
        )

    def following(self, work: Work, due: Due) -> datetime | None:
        assert due.deadline is not None
        return _next_stage(due.deadline, due.zone, after=work.now)


def _next_stage(valid_until: datetime, zone: ZoneInfo, *, after: datetime) -> datetime | None:
    stages = (morning_after(valid_until, zone, days=-days) for days in DAYS_AHEAD)
    return next((stage for stage in stages if stage > after), None)


def _is_renewed(work: Work, due: Due) -> bool:
    """Whether the person holds the same achievement for longer."""
    this, other = IssuedBadgeRow, aliased(IssuedBadgeRow)
    query = (
        select(func.count())
        .select_from(this)
        .join(other, other.achievement_code == this.achievement_code)
        .where(
            this.badge_id == due.subject,
            other.person_id == due.person_id,
            other.badge_id != this.badge_id,
            other.state == BadgeState.VALID,
            (other.valid_until > this.valid_until) | other.valid_until.is_(None),
        )
    )
    return bool(work.session.scalar(query))
