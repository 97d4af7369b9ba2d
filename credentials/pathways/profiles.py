"""What a person aims at, can do and can give: told once, kept, changed at any time."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from sqlalchemy import delete, select

from credentials.catalogue.entries import LEVEL_VALUES
from credentials.catalogue.skill_match import FoundSkill
from credentials.issuing import BadgeState, list_badges
from credentials.pathways.models import ProfileRow, StatementRow
from credentials.unit_of_work import Work

DEFAULT_HOURS = 5.0  # a week
UNSAID_LEVEL = 0.5


@dataclass(frozen=True, kw_only=True)
class Statement:
    """A skill somebody says they have; `level` as they put it, None when they did not."""

    skill: str
    level: str | None
    source: str

    @property
    def value(self) -> float:
        """From 0 to 1."""
        return LEVEL_VALUES[self.level] if self.level else UNSAID_LEVEL


@dataclass(frozen=True, kw_only=True)
class Profile:
    """A person's wishes and abilities. `shown` are levels that badges prove, by skill."""

    person_id: str
    occupation_code: str | None = None
    setting: str | None = None
    has_told: bool = False
    hours_per_week: float | None = None
    budget: float | None = None
    declined: frozenset[str] = frozenset()
    said: Mapping[str, Statement]
    shown: Mapping[str, float]
    held: frozenset[str] = frozenset()

    @property
    def has_goal(self) -> bool:
        """Whether a way can be laid out."""
        return self.occupation_code is not None

    @property
    def weekly_hours(self) -> float:
        return self.hours_per_week or DEFAULT_HOURS

    def level(self, skill: str) -> float:
        """What we may believe, from 0 to 1: a badge counts more than words."""
        said = self.said.get(skill)
        return max(self.shown.get(skill, 0.0), said.value if said else 0.0)


def find_profile(work: Work, *, person_id: str) -> Profile:
    """The person's profile; an empty one when nothing is known."""
    row = work.session.get(ProfileRow, person_id)
    rows = work.session.scalars(
        select(StatementRow)
        .where(StatementRow.person_id == person_id)
        .order_by(StatementRow.said_at, StatementRow.skill)
    )
    said = {r.skill: Statement(skill=r.skill, level=r.level, source=r.source) for r in rows}
    shown, held = _proven(work, person_id)
    if row is None:
        return Profile(person_id=person_id, said=said, shown=shown, held=held)
    return Profile(
        person_id=person_id,
        occupation_code=row.occupation_code,
        setting=row.setting,
        has_told=row.has_told,
        hours_per_week=row.hours_per_week,
        budget=row.budget,
        declined=frozenset(row.declined),
        said=said,
        shown=shown,
        held=held,
    )


def set_goal(work: Work, *, person_id: str, code: str, setting: str | None = None) -> None:
    """Aim at an occupation; a setting that was not said again stays."""
    row = _row(work, person_id)
    row.occupation_code = code
    row.setting = setting or row.setting


def set_hours(work: Work, *, person_id: str, hours: float) -> None:
    _row(work, person_id).hours_per_week = hours


def set_budget(work: Work, *, person_id: str, budget: float | None) -> None:
    """The most a whole path may cost in USD; None for no limit."""
    _row(work, person_id).budget = budget


def decline(work: Work, *, person_id: str, code: str) -> None:
    """Never offer this achievement again."""
    row = _row(work, person_id)
    row.declined = sorted({*row.declined, code})


def note_told(work: Work, *, person_id: str) -> None:
    """They have said what they can do, be it nothing."""
    _row(work, person_id).has_told = True


def note_skills(work: Work, *, person_id: str, found: Iterable[FoundSkill]) -> None:
    """Keep what they say they can do; what they deny is forgotten."""
    for skill in found:
        row = work.session.get(StatementRow, (person_id, skill.key))
        if skill.negated:
            if row is not None:
                work.session.delete(row)
            continue
        if row is None:
            row = StatementRow(person_id=person_id, skill=skill.key, source="self")
            work.session.add(row)
        row.level = skill.level or row.level
        row.source = skill.source if skill.source != "self" else row.source
        row.said_at = work.now
    _row(work, person_id).has_told = True
    work.session.flush()


def note_skill(work: Work, *, person_id: str, key: str) -> None:
    """Keep one skill they say they have; what else they can do is still open."""
    if work.session.get(StatementRow, (person_id, key)) is None:
        row = StatementRow(person_id=person_id, skill=key, source="self", said_at=work.now)
        work.session.add(row)
        work.session.flush()


def forget_profile(work: Work, *, person_id: str) -> None:
    """Start over: the wishes and the statements go, badges and evidence stay."""
    for model in (StatementRow, ProfileRow):
        work.session.execute(delete(model).where(model.person_id == person_id))


def forget_skills(work: Work, *, person_id: str) -> None:
    """Ask again what they can do."""
    work.session.execute(delete(StatementRow).where(StatementRow.person_id == person_id))
    _row(work, person_id).has_told = False


def _row(work: Work, person_id: str) -> ProfileRow:
    row = work.session.get(ProfileRow, person_id)
    if row is None:
        row = ProfileRow(person_id=person_id, has_told=False, declined=[])
        work.session.add(row)
    row.updated_at = work.now
    work.session.flush()
    return row


def _proven(work: Work, person_id: str) -> tuple[dict[str, float], frozenset[str]]:
    shown: dict[str, float] = {}
    held: set[str] = set()
    for badge in list_badges(work, person_id=person_id):
        if badge.state is not BadgeState.VALID or badge.is_expired(work.now):
            continue
        held.add(badge.achievement.code)
        for part in badge.achievement.skills:
            shown[part.skill] = max(shown.get(part.skill, 0.0), LEVEL_VALUES[part.level])
    return shown, frozenset(held)
