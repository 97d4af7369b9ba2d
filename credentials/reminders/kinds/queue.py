"""An advisor's waiting work and people, once a working day at their hour; admins hear of what is late."""

from collections.abc import Iterator
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import exists, select

from credentials.evidence import find_backlog
from credentials.handoff import waiting_for
from credentials.people import Role
from credentials.people.models import PersonRow, RoleRow
from credentials.reminders.kinds.base import (
    BATCH,
    Arising,
    Due,
    Kind,
    ReminderKind,
    Silence,
    Telling,
    next_of_rule,
    rule_of,
)
from credentials.reminders.models import ReminderRow
from credentials.reminders.rules import next_instant
from credentials.unit_of_work import Work

WORKING_DAYS = "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR"
AT = time(9)


class Queue(ReminderKind):
    kind = Kind.QUEUE
    is_timed = True

    def arising(self, work: Work) -> Iterator[Arising]:
        is_planned = exists().where(
            ReminderRow.kind == Kind.QUEUE, ReminderRow.person_id == RoleRow.person_id
        )
        query = (
            select(RoleRow.person_id, PersonRow.zone)
            .distinct()
            .join(PersonRow, PersonRow.person_id == RoleRow.person_id)
            .where(RoleRow.role.in_([Role.ADVISOR, Role.ADMIN]), ~is_planned)
            .limit(BATCH)
        )
        for person_id, zone_name in work.session.execute(query):
            zone = ZoneInfo(zone_name or work.settings.zone)
            today = work.now.astimezone(zone).date()
            due = next_instant(rule_of(WORKING_DAYS, today, AT), zone, work.now)
            assert due is not None
            yield Arising(
                person_id=person_id, subject="queue", due=due, zone=zone, rule=WORKING_DAYS
            )

    def tell(self, work: Work, due: Due) -> Telling | Silence:
        roles = set(
            work.session.scalars(select(RoleRow.role).where(RoleRow.person_id == due.person_id))
        )
        if not roles:  # they may be given one again
            return Silence.NOW
        backlog = find_backlog(work, advisor_id=due.person_id)
        is_advisor = Role.ADVISOR in roles
        people = waiting_for(work, advisor_id=due.person_id) if is_advisor else []
        if not (backlog.count or people if is_advisor else backlog.late):
            return Silence.NOW
        waited = work.now - backlog.oldest if backlog.oldest else timedelta(0)
        return Telling(
            "queue_nudge",
            {
                "count": backlog.count,
                "days": waited // timedelta(days=1),
                "late": backlog.late,
                "may_judge": is_advisor,
                "people": len(people),
            },
        )

    def following(self, work: Work, due: Due) -> datetime | None:
        return next_of_rule(work, due)
