"""A goal that asks for more than it did: which skills are new, for those who do not have them."""

from collections.abc import Iterator

from credentials.catalogue import Occupation, current_catalogue, get_edition
from credentials.catalogue.catalogue import FIRST_EDITION
from credentials.catalogue.models import CatalogueEntryRow
from credentials.pathways import find_profile
from credentials.pathways.models import ProfileRow
from credentials.reminders.kinds.base import Arising, Due, Kind, ReminderKind, Silence, Telling
from credentials.reminders.kinds.occasions import (
    may_be_written_to,
    new_versions,
    tomorrow_morning,
)
from credentials.unit_of_work import Work


class GoalChanged(ReminderKind):
    """The occupation somebody aims at has a new edition that asks for more."""

    kind = Kind.GOAL_CHANGED

    def arising(self, work: Work) -> Iterator[Arising]:
        changed = new_versions(
            work,
            self.kind,
            "occupation",
            held=ProfileRow,
            code=ProfileRow.occupation_code,
            about=ProfileRow.occupation_code,
            since=ProfileRow.updated_at,
        )
        query = changed.where(CatalogueEntryRow.version != FIRST_EDITION, may_be_written_to())
        return tomorrow_morning(work, query)

    def tell(self, work: Work, due: Due) -> Telling | Silence:
        code, _, edition = (due.subject or "").rpartition(":")
        catalogue, profile = current_catalogue(work), find_profile(work, person_id=due.person_id)
        job = catalogue.occupations.get(code)
        before = get_edition(work, code=code, edition=str(int(edition) - 1))
        if job is None or before is None or profile.occupation_code != code:
            return Silence.FOR_GOOD
        skills = catalogue.skills
        new = [k for k in _new_needs(before, job) if k in skills and not profile.ability(k).level]
        if not new:
            return Silence.FOR_GOOD
        return Telling(
            "goal_changed_nudge",
            {
                "goal": dict(job.plain_title),
                "count": len(new),
                "first": dict(skills[new[0]].label),
            },
        )


def _new_needs(before: Occupation, now: Occupation) -> list[str]:
    """Skills the earlier edition did not ask for, the most important first."""
    known = {need.skill for need in before.needs}
    new = [need for need in now.needs if need.skill not in known]
    return [need.skill for need in sorted(new, key=lambda need: -need.importance)]
