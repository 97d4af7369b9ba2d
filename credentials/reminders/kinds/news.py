"""News of the catalogue: something new for a goal, and a badge's list that has changed."""

from collections.abc import Iterator
from datetime import datetime

from sqlalchemy import exists, func, literal, select
from sqlalchemy.orm import aliased

from credentials.catalogue import Achievement, Criterion, current_catalogue, get_achievement
from credentials.catalogue.models import CatalogueEntryRow
from credentials.errors import NotFoundError
from credentials.issuing import BadgeState, find_badge
from credentials.issuing.models import IssuedBadgeRow
from credentials.pathways.models import ProfileRow
from credentials.people.models import PersonRow
from credentials.reminders.kinds.base import Arising, Due, Kind, ReminderKind, Silence, Telling
from credentials.reminders.kinds.occasions import (
    is_news,
    is_planned,
    may_be_written_to,
    new_versions,
    tomorrow_morning,
)
from credentials.unit_of_work import Work


class NewCredential(ReminderKind):
    """Something new whose authors count it for the goal."""

    kind = Kind.NEW_CREDENTIAL

    def arising(self, work: Work) -> Iterator[Arising]:
        aims = _aims(work)
        for item, added_at in _added(work, after=min(aims.values(), default=work.now)):
            if not any(aims.get(job, added_at) < added_at for job in item.occupations):
                continue
            query = (
                select(literal(item.code), ProfileRow.person_id, PersonRow.zone)
                .join(PersonRow, PersonRow.person_id == ProfileRow.person_id)
                .where(
                    ProfileRow.occupation_code.in_(item.occupations),
                    ProfileRow.updated_at < added_at,
                    may_be_written_to(),
                    ~is_planned(self.kind, ProfileRow.person_id, item.code),
                )
            )
            yield from tomorrow_morning(work, query)

    def tell(self, work: Work, due: Due) -> Telling | Silence:
        catalogue = current_catalogue(work)
        item = catalogue.achievements.get(due.subject or "")
        profile = work.session.get(ProfileRow, due.person_id)
        job = catalogue.occupations.get((profile and profile.occupation_code) or "")
        if item is None or job is None or job.code not in item.occupations:
            return Silence.FOR_GOOD
        args = {"code": item.code, "title": dict(item.name), "goal": dict(job.plain_title)}
        return Telling("new_credential_nudge", {**args, "hours": item.hours})


class CriteriaChanged(ReminderKind):
    """A badge's list of criteria has a new version: the badge stays, here is what to add."""

    kind = Kind.CRITERIA_CHANGED

    def arising(self, work: Work) -> Iterator[Arising]:
        changed = new_versions(
            work,
            self.kind,
            "achievement",
            held=IssuedBadgeRow,
            code=IssuedBadgeRow.achievement_code,
            about=IssuedBadgeRow.badge_id,
            since=IssuedBadgeRow.issued_at,
        )
        query = changed.where(
            CatalogueEntryRow.version != IssuedBadgeRow.achievement_version,
            IssuedBadgeRow.state == BadgeState.VALID,
            IssuedBadgeRow.valid_until.is_(None) | (IssuedBadgeRow.valid_until > work.now),
        )
        return tomorrow_morning(work, query)

    def tell(self, work: Work, due: Due) -> Telling | Silence:
        badge_id, _, version = (due.subject or "").rpartition(":")
        try:
            badge = find_badge(work, badge_id=badge_id)
            now = get_achievement(work, code=badge.achievement.code)
        except NotFoundError:
            return Silence.FOR_GOOD
        added = _new_criteria(badge.achievement, now)
        if badge.state is not BadgeState.VALID or now.version != version or not added:
            return Silence.FOR_GOOD
        return Telling(
            "criteria_changed_nudge",
            {
                "badge_id": badge_id,
                "code": now.code,
                "title": dict(now.name),
                "count": len(added),
                "first": dict(added[0].text),
                "ends": badge.valid_until.isoformat() if badge.valid_until else None,
            },
        )


def _aims(work: Work) -> dict[str, datetime]:
    """Occupations people aim at → since when the first of them does."""
    query = (
        select(ProfileRow.occupation_code, func.min(ProfileRow.updated_at))
        .where(ProfileRow.occupation_code.is_not(None))
        .group_by(ProfileRow.occupation_code)
    )
    return {code: since for code, since in work.session.execute(query) if code}


def _added(work: Work, *, after: datetime) -> Iterator[tuple[Achievement, datetime]]:
    """Achievements that the catalogue did not have in any version until lately."""
    other = aliased(CatalogueEntryRow)
    is_older = exists().where(
        other.kind == "achievement",
        other.code == CatalogueEntryRow.code,
        other.version != CatalogueEntryRow.version,
    )
    query = select(CatalogueEntryRow.code, CatalogueEntryRow.added_at).where(
        is_news(work, "achievement"),
        CatalogueEntryRow.added_at > after,
        ~is_older,
    )
    known = current_catalogue(work).achievements
    for code, added_at in work.session.execute(query).all():
        if code in known and added_at is not None:
            yield known[code], added_at


def _new_criteria(before: Achievement, now: Achievement) -> list[Criterion]:
    """Criteria whose words the earlier version did not have."""
    known = {tuple(sorted(one.can.items())) for one in before.criteria}
    return [one for one in now.criteria if tuple(sorted(one.can.items())) not in known]
