"""The catalogue in the database, and one copy of it in memory per revision."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from weakref import WeakKeyDictionary

from pydantic import ValidationError
from sqlalchemy import func, insert, select, update
from sqlalchemy.engine import Engine

from credentials.catalogue.entries import Achievement, Entry, Occupation, Skill
from credentials.catalogue.folders import STARTER, CatalogueError, read_folder
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

    @cached_property
    def skill_spread(self) -> Mapping[str, int]:
        """In how many occupations each skill is needed."""
        spread: dict[str, int] = {}
        for occupation in self.occupations.values():
            for need in occupation.needs:
                spread[need.skill] = spread.get(need.skill, 0) + 1
        return spread

    @cached_property
    def skill_names(self) -> tuple[tuple[str, Skill], ...]:
        """Every name of every skill, longest first."""
        names = {
            (name, skill.key): skill
            for skill in self.skills.values()
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
        assert self.titles is not None
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


@dataclass(frozen=True)
class LoadReport:
    """What loading changed."""

    added: int = 0
    changed: int = 0
    unchanged: int = 0
    names: tuple[str, ...] = field(default=())

    def __str__(self) -> str:
        return f"{self.added} added, {self.changed} changed, {self.unchanged} unchanged"


_IN_MEMORY: "WeakKeyDictionary[Engine, Catalogue]" = WeakKeyDictionary()


def is_empty(work: Work) -> bool:
    return not work.session.scalar(select(func.count()).select_from(CatalogueEntryRow))


def load_starter(work: Work) -> LoadReport:
    """Load the starter catalogue."""
    return load_folder(work, STARTER)


def load_folder(work: Work, path: Path) -> LoadReport:
    """Load every entry of a folder; nothing is kept when one cannot be read.

    Raises:
        CatalogueError: a file cannot be read, or an achievement changed without a new version.
    """
    found = read_folder(path)
    if found.problems:
        raise CatalogueError("; ".join(found.problems[:10]))
    revision = next_revision(work)
    counts = {"added": 0, "changed": 0, "unchanged": 0}
    entries: list[tuple[str, str, str, Entry]] = [
        *(("skill", skill.key, "1", skill) for skill in found.skills.values()),
        *(("occupation", job.code, "1", job) for job in found.occupations.values()),
        *(("achievement", item.code, item.version, item) for item in found.achievements.values()),
    ]
    if is_empty(work):
        counts["added"] = _store_first(work, entries, revision)
        entries = []
    for kind, code, version, entry in entries:
        counts[_store(work, kind, code, version, entry, revision)] += 1
    work.session.flush()
    return LoadReport(**counts, names=tuple(found.achievements))


def current_catalogue(work: Work) -> Catalogue:
    """The catalogue as it is now; read from the database once per revision and process."""
    revision, engine = _revision(work), work.session.get_bind().engine
    known = _IN_MEMORY.get(engine)
    if known is None or known.revision != revision:
        known = _read(work, revision)
        _IN_MEMORY[engine] = known
    return known


def get_achievement(work: Work, *, code: str, version: str | None = None) -> Achievement:
    """An achievement, current or of a version.

    Raises:
        NotFoundError: there is none.
    """
    if version is None:
        found = current_catalogue(work).achievements.get(code)
    else:
        row = work.session.get(CatalogueEntryRow, ("achievement", code, version))
        listed = work.session.get(CatalogueEntryRow, ("listing", code, version))
        found = Achievement.model_validate(row.body) if row else None
        if listed is not None:
            found = Listing.model_validate(listed.body).as_achievement()
    if found is None:
        raise NotFoundError(f"no achievement {code}")
    return found


def get_occupation(work: Work, *, code: str) -> Occupation:
    """An occupation.

    Raises:
        NotFoundError: there is none.
    """
    found = current_catalogue(work).occupations.get(code)
    if found is None:
        raise NotFoundError(f"no occupation {code}")
    return found


def _store_first(work: Work, entries: Sequence[tuple[str, str, str, Entry]], revision: int) -> int:
    """Write entries into an empty catalogue, all at once."""
    rows = [
        {
            "kind": kind,
            "code": code,
            "version": version,
            "body": entry.model_dump(mode="json"),
            "is_current": True,
            "revision": revision,
            "added_at": work.now,
        }
        for kind, code, version, entry in entries
    ]
    if rows:
        work.session.execute(insert(CatalogueEntryRow), rows)
    return len(rows)


def _store(work: Work, kind: str, code: str, version: str, entry: Entry, revision: int) -> str:
    body = entry.model_dump(mode="json")
    row = work.session.get(CatalogueEntryRow, (kind, code, version))
    is_same = row is not None and _is_same(row, entry)
    if row is not None and is_same and row.is_current:
        return "unchanged"
    if row is not None and kind == "achievement" and not is_same:
        raise CatalogueError(f"{code} changed: give it a new version, badges keep the old one")
    work.session.execute(
        update(CatalogueEntryRow)
        .where(CatalogueEntryRow.kind == kind, CatalogueEntryRow.code == code)
        .values(is_current=False)
    )
    if row is None:
        row = CatalogueEntryRow(kind=kind, code=code, version=version, added_at=work.now)
        work.session.add(row)
        outcome = "added"
    else:
        outcome = "changed"
    row.body, row.is_current, row.revision = body, True, revision
    return outcome


def _is_same(row: CatalogueEntryRow, entry: Entry) -> bool:
    """Whether a row says the same; members that did not exist when it was written may be absent."""
    try:
        return type(entry).model_validate(row.body) == entry
    except ValidationError:
        return False


def next_revision(work: Work) -> int:
    """The revision that what is written now will belong to."""
    return _revision(work) + 1


def _revision(work: Work) -> int:
    return work.session.scalar(select(func.max(CatalogueEntryRow.revision))) or 0


def _read(work: Work, revision: int) -> Catalogue:
    rows = work.session.execute(
        select(CatalogueEntryRow.kind, CatalogueEntryRow.code, CatalogueEntryRow.body)
        .where(CatalogueEntryRow.is_current)
        .order_by(CatalogueEntryRow.kind, CatalogueEntryRow.code)
    ).all()
    listings = {c: Listing.model_validate(b) for k, c, b in rows if k == "listing"}
    offers = {code: listing.as_achievement() for code, listing in listings.items()}
    return Catalogue(
        skills={code: Skill.model_validate(body) for kind, code, body in rows if kind == "skill"},
        occupations={c: Occupation.model_validate(b) for k, c, b in rows if k == "occupation"},
        achievements={
            **{code: offer for code, offer in offers.items() if offer is not None},
            **{c: Achievement.model_validate(b) for k, c, b in rows if k == "achievement"},
        },
        revision=revision,
        listings=listings,
    )
