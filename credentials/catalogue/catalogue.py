"""The catalogue in the database, and one copy of it in memory per revision."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache, cached_property
from typing import Any, TypeVar
from weakref import WeakKeyDictionary

from sqlalchemy import Text, cast, func, select
from sqlalchemy.engine import Engine

from credentials.catalogue.entries import Achievement, Entry, Occupation, Skill
from credentials.catalogue.foreign import (
    Releases,
    SkillBook,
    current_releases,
    describe_occupation,
    read_foreign_skills,
    release_columns,
    releases_from,
)
from credentials.catalogue.listings import Listing
from credentials.catalogue.models import CatalogueEntryRow
from credentials.catalogue.phrases import EVERYDAY, normal_phrase
from credentials.errors import NotFoundError
from credentials.unit_of_work import Work


@dataclass(frozen=True, eq=False)
class Catalogue:
    """What is current: skills by key, occupations and achievements by code.

    `listings` are what was imported; those that say enough are among the achievements too.
    """

    skills: Mapping[str, Skill]
    occupations: Mapping[str, Occupation]
    achievements: Mapping[str, Achievement]
    revision: int = 0
    listings: Mapping[str, Listing] = field(default_factory=dict)
    releases: Releases = field(default_factory=Releases)
    foreign_shares: Mapping[str, float] = field(default_factory=dict)

    def share(self, skill: str) -> float:
        """Which part of all occupations asks for a skill, from 0 to 1."""
        own = self.skill_spread.get(skill)
        if own is not None:
            return own / max(len(self.occupations), 1)
        return self.foreign_shares.get(skill, 0.0)

    @cached_property
    def awarded_here(self) -> tuple[Achievement, ...]:
        """The achievements with criteria of ours, by code."""
        return tuple(
            self.achievements[code]
            for code in sorted(self.achievements)
            if self.achievements[code].is_awarded_here
        )

    @cached_property
    def skill_spread(self) -> Mapping[str, int]:
        """In how many occupations each skill is needed."""
        spread: dict[str, int] = {}
        for occupation in self.occupations.values():
            for need in occupation.needs:
                spread[need.skill] = spread.get(need.skill, 0) + 1
        return spread

    @cached_property
    def own_skills(self) -> tuple[Skill, ...]:
        """The skills that the catalogue itself describes."""
        own = self.skills.own if isinstance(self.skills, SkillBook) else self.skills
        return tuple(own.values())

    @cached_property
    def skill_names(self) -> tuple[tuple[str, Skill], ...]:
        """Every name of every skill, longest first."""
        names = {
            (name, skill.key): skill
            for skill in self.own_skills
            for name in (*skill.label.values(), *skill.aliases)
        }
        ordered = sorted(names, key=lambda item: (-len(item[0]), item))
        return tuple((name, names[name, key]) for name, key in ordered)

    @cached_property
    def skill_patterns(self) -> tuple[tuple[re.Pattern[str], Skill], ...]:
        """Every name of every skill as a whole word, longest first; everyday words as written."""
        return tuple(
            (
                re.compile(
                    rf"(?<![\w+#-]){re.escape(name)}(?:s(?=\W|$))?(?![\w+#]|-\w)",
                    0 if len(name) <= 2 or name.lower() in EVERYDAY else re.IGNORECASE,
                ),
                skill,
            )
            for name, skill in self.skill_names
        )

    def warm_up(self) -> None:
        """Make what is otherwise made when first asked for."""
        assert self.skill_patterns is not None

    @cached_property
    def titles(self) -> Mapping[str, tuple[str, ...]]:
        """Every title, normalised → the codes it may mean."""
        found: dict[str, list[str]] = {}
        for job in self.occupations.values():
            for name in {*job.plain_title.values(), *job.alternate_titles, *job.title.values()}:
                known = found.setdefault(normal_phrase(name), [])
                if job.code not in known:
                    known.append(job.code)
        return {phrase: tuple(codes) for phrase, codes in found.items() if phrase}


E = TypeVar("E", bound=Entry)

FIRST_EDITION = "1"  # of an occupation
_IN_MEMORY: "WeakKeyDictionary[Engine, Catalogue]" = WeakKeyDictionary()


def is_empty(work: Work) -> bool:
    return not work.session.scalar(select(func.count()).select_from(CatalogueEntryRow))


def current_catalogue(work: Work) -> Catalogue:
    """The catalogue as it is now; read from the database once per revision and process."""
    revision, *columns = work.session.execute(_state()).one()
    revision, releases = revision or 0, releases_from(columns)
    engine = work.session.get_bind().engine
    known = _IN_MEMORY.get(engine)
    if known is None or (known.revision, known.releases) != (revision, releases):
        known = read_catalogue(work)
        _IN_MEMORY[engine] = known
    return known


@cache
def _state() -> Any:
    """The revision and the releases in one statement, built once: it runs for most updates."""
    revision = select(func.max(CatalogueEntryRow.revision)).scalar_subquery()
    return select(revision, *release_columns())


def get_achievement(work: Work, *, code: str, version: str | None = None) -> Achievement:
    """An achievement, current or of a version.

    Raises:
        NotFoundError: there is none.
    """
    catalogue = current_catalogue(work)
    found = catalogue.achievements.get(code)
    is_known = found is not None and found.version == version and code not in catalogue.listings
    if version is not None and not is_known:
        row = work.session.get(CatalogueEntryRow, ("achievement", code, version))
        listed = work.session.get(CatalogueEntryRow, ("listing", code, version))
        found = Achievement.model_validate(row.body) if row else None
        if listed is not None:
            found = Listing.model_validate(listed.body).as_achievement()
    if found is None:
        raise NotFoundError(f"no achievement {code}")
    return found


def get_occupation(work: Work, *, code: str) -> Occupation:
    """An occupation of the catalogue, or else of O*NET.

    Raises:
        NotFoundError: there is none.
    """
    catalogue = current_catalogue(work)
    found = catalogue.occupations.get(code)
    found = found or describe_occupation(
        work, catalogue.releases, code, catalogue.occupations, catalogue.foreign_shares
    )
    if found is None:
        raise NotFoundError(f"no occupation {code}")
    return found


def get_edition(work: Work, *, code: str, edition: str) -> Occupation | None:
    """What an occupation asked for in an edition; None when there is no such one."""
    row = work.session.get(CatalogueEntryRow, ("occupation", code, edition))
    return Occupation.model_validate(row.body) if row else None


def next_revision(work: Work) -> int:
    """The revision that what is written now will belong to."""
    return latest_revision(work) + 1


def latest_revision(work: Work) -> int:
    return work.session.scalar(select(func.max(CatalogueEntryRow.revision))) or 0


def read_catalogue(work: Work) -> Catalogue:
    """The catalogue as this transaction sees it."""
    listings = _current(work, "listing", Listing)
    offers = {code: listing.as_achievement() for code, listing in listings.items()}
    own = _current(work, "skill", Skill)
    releases = current_releases(work)
    foreign, shares = read_foreign_skills(work, releases, own)
    return Catalogue(
        skills=SkillBook(own, foreign),
        releases=releases,
        foreign_shares=shares,
        occupations=_current(work, "occupation", Occupation),
        achievements={
            **{code: offer for code, offer in offers.items() if offer is not None},
            **_current(work, "achievement", Achievement),
        },
        revision=latest_revision(work),
        listings=listings,
    )


def _current(work: Work, kind: str, model: type[E]) -> dict[str, E]:
    """The entries of a kind by code. They are read as text: that is twice as fast as by way of dicts."""
    rows = work.session.execute(
        select(CatalogueEntryRow.code, cast(CatalogueEntryRow.body, Text))
        .where(CatalogueEntryRow.is_current, CatalogueEntryRow.kind == kind)
        .order_by(CatalogueEntryRow.code)
    )
    return {code: model.model_validate_json(body) for code, body in rows}
