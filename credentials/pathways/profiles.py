"""What a person aims at, can do and can give: told once, kept, changed at any time."""

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field, replace
from datetime import date
from functools import cache
from typing import Any, cast

from sqlalchemy import bindparam, delete, select

from credentials.catalogue import Achievement
from credentials.catalogue.entries import LEVEL_VALUES, LevelOfStudy, SkillLevel
from credentials.catalogue.skill_match import FoundSkill
from credentials.evidence import State, list_submissions
from credentials.issuing import BadgeState, list_badges
from credentials.pathways.abilities import Abilities, Statement
from credentials.pathways.limits import Budget
from credentials.pathways.models import ProfileRow, StatementRow
from credentials.pathways.money import REFERENCE
from credentials.people.models import PersonRow
from credentials.unit_of_work import Work

DEFAULT_HOURS = 5.0  # a week


@dataclass(frozen=True, kw_only=True)
class HeldJob:
    """Work somebody does or did.

    Attributes:
        code: of the occupation.
        years: in it, where they told.
        asked_for: code of the goal for which it was asked what of it they know.
    """

    code: str
    years: float | None = None
    asked_for: str | None = None


@dataclass(frozen=True, kw_only=True)
class Profile(Abilities):
    """A person's wishes and abilities.

    Attributes:
        budget: the most a whole path may cost, in `currency`; None for no limit.
        deadline: the last day; None for no limit.
        languages: of instruction; empty for any.
        highest_level: that is wanted; None for any.
        held: codes of valid badges; `finished`: of what was finished where we award nothing;
            `studying`: of what is under way, with the day it was begun.
        held_job: the work they told of last.
    """

    person_id: str
    occupation_code: str | None = None
    setting: str | None = None
    has_told: bool = False
    hours_per_week: float | None = None
    budget: float | None = None
    currency: str = REFERENCE
    deadline: date | None = None
    languages: frozenset[str] = frozenset()
    highest_level: LevelOfStudy | None = None
    finished: frozenset[str] = frozenset()
    declined: frozenset[str] = frozenset()
    held: frozenset[str] = frozenset()
    studying: Mapping[str, date] = field(default_factory=dict)
    held_job: HeldJob | None = None

    @property
    def has_goal(self) -> bool:
        """Whether a way can be laid out."""
        return self.occupation_code is not None

    @property
    def weekly_hours(self) -> float:
        return self.hours_per_week or DEFAULT_HOURS


def find_profile(work: Work, *, person_id: str) -> Profile:
    """The person's profile; an empty one when nothing is known."""
    found = work.session.execute(_wishes(), {"person": person_id}).one_or_none()
    rows = work.session.scalars(_statements(), {"person": person_id})
    said = {r.skill: Statement(skill=r.skill, level=r.level, source=r.source) for r in rows}
    shown, held = _proven(work, person_id)
    reviewed = _reviewed(work, person_id)
    if found is None:
        return Profile(person_id=person_id, said=said, reviewed=reviewed, shown=shown, held=held)
    row, language = found
    return Profile(
        person_id=person_id,
        occupation_code=row.occupation_code,
        setting=row.setting,
        has_told=row.has_told,
        hours_per_week=row.hours_per_week,
        budget=row.budget,
        currency=row.currency or REFERENCE,
        deadline=row.deadline,
        # The language we talk in, until another one is wished for.
        languages=frozenset([language] if row.languages is None else row.languages),
        highest_level=cast("LevelOfStudy | None", row.level),
        finished=frozenset(row.finished or ()),
        declined=frozenset(row.declined),
        said=said,
        reviewed=reviewed,
        shown=shown,
        held=held,
        studying={code: date.fromisoformat(day) for code, day in (row.studying or {}).items()},
        held_job=HeldJob(**row.held_job) if row.held_job else None,
    )


def goal_of(work: Work, *, person_id: str) -> str | None:
    """The code of the occupation somebody aims at."""
    found: str | None = work.session.scalar(_goal(), {"person": person_id})
    return found


# Built once: they run for most updates.
@cache
def _goal() -> Any:
    return select(ProfileRow.occupation_code).where(ProfileRow.person_id == bindparam("person"))


@cache
def _wishes() -> Any:
    return (
        select(ProfileRow, PersonRow.language)
        .join(PersonRow, PersonRow.person_id == ProfileRow.person_id)
        .where(ProfileRow.person_id == bindparam("person"))
    )


@cache
def _statements() -> Any:
    return (
        select(StatementRow)
        .where(StatementRow.person_id == bindparam("person"))
        .order_by(StatementRow.said_at, StatementRow.skill)
    )


def set_goal(work: Work, *, person_id: str, code: str, setting: str | None = None) -> None:
    """Aim at an occupation; a setting that was not said again stays."""
    row = _row(work, person_id)
    row.occupation_code = code
    row.setting = setting or row.setting


def set_hours(work: Work, *, person_id: str, hours: float) -> None:
    _row(work, person_id).hours_per_week = hours


def set_budget(work: Work, *, person_id: str, budget: Budget | None) -> None:
    """The most a whole path may cost; None for no limit."""
    row = _row(work, person_id)
    row.budget, row.currency = (budget.amount, budget.currency) if budget else (None, None)


def set_deadline(work: Work, *, person_id: str, deadline: date | None) -> None:
    """The last day; None for no limit."""
    _row(work, person_id).deadline = deadline


def set_languages(work: Work, *, person_id: str, languages: Iterable[str]) -> None:
    """The languages of instruction; none for any."""
    _row(work, person_id).languages = sorted(languages)


def set_level(work: Work, *, person_id: str, level: LevelOfStudy | None) -> None:
    """The highest level that is wanted; None for any."""
    _row(work, person_id).level = level


def note_held_job(work: Work, *, person_id: str, code: str, years: float | None) -> None:
    """They do or did this work; the same work told again only adds the years."""
    row = _row(work, person_id)
    known = HeldJob(**row.held_job) if row.held_job else None
    if known is None or known.code != code:
        known = HeldJob(code=code, years=years)
    row.held_job = asdict(replace(known, years=years or known.years))


def note_held_job_asked(work: Work, *, person_id: str) -> None:
    """What they know of their work was asked, for the goal they have."""
    row = _row(work, person_id)
    if row.held_job:
        row.held_job = {**row.held_job, "asked_for": row.occupation_code}


def forget_held_job(work: Work, *, person_id: str) -> None:
    """It says nothing about what they know."""
    _row(work, person_id).held_job = None


def begin_studying(work: Work, *, person_id: str, code: str) -> None:
    """They have begun this course; one begun before keeps its day."""
    row = _row(work, person_id)
    row.studying = {code: work.now.date().isoformat(), **(row.studying or {})}


def stop_studying(work: Work, *, person_id: str, code: str) -> None:
    row = _row(work, person_id)
    row.studying = {one: day for one, day in (row.studying or {}).items() if one != code}


def finish_elsewhere(work: Work, *, person_id: str, item: Achievement) -> None:
    """They finished something that is judged elsewhere: it opens what builds on it, and counts as said."""
    row = _row(work, person_id)
    row.finished = sorted({*(row.finished or ()), item.code})
    stop_studying(work, person_id=person_id, code=item.code)
    for part in item.skills:
        _note(work, person_id, part.skill, level=part.level, source="course")
    work.session.flush()


def decline(work: Work, *, person_id: str, code: str) -> None:
    """Never offer this achievement again."""
    row = _row(work, person_id)
    row.declined = sorted({*row.declined, code})
    stop_studying(work, person_id=person_id, code=code)


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
        _note(work, person_id, skill.key, level=skill.level, source=skill.source)
    _row(work, person_id).has_told = True
    work.session.flush()


def note_skills_of_work(
    work: Work, *, person_id: str, keys: Iterable[str], level: SkillLevel | None
) -> None:
    """Keep skills they confirm to have from a job."""
    for key in keys:
        _note(work, person_id, key, level=level, source="job")
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


def _note(work: Work, person_id: str, skill: str, *, level: SkillLevel | None, source: str) -> None:
    row = work.session.get(StatementRow, (person_id, skill))
    if row is None:
        row = StatementRow(person_id=person_id, skill=skill, source="self")
        work.session.add(row)
    row.level = level or row.level
    row.source = source if source != "self" else row.source
    row.said_at = work.now


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


def _reviewed(work: Work, person_id: str) -> dict[str, float]:
    """What criteria show that an advisor found met while others of the work are still open."""
    reviewed: dict[str, float] = {}
    for sent in list_submissions(work, person_id=person_id):
        if sent.state is State.ACCEPTED:  # its badge tells, and whether it still stands
            continue
        met = {skill for one in sent.criteria if one.is_kept for skill in one.criterion.skills}
        for part in sent.achievement.skills:
            if part.skill in met:
                level = LEVEL_VALUES[part.level]
                reviewed[part.skill] = max(reviewed.get(part.skill, 0.0), level)
    return reviewed
