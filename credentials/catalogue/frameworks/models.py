"""Tables of the frameworks: O*NET and ESCO as they were published, every release apart.

A release is never changed. Removing its row in `framework_versions` removes all of it.
"""

from datetime import datetime
from typing import Annotated, Any, ClassVar

from sqlalchemy import ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from credentials.database import Base

VersionId = Annotated[
    int,
    mapped_column(
        ForeignKey("framework_versions.version_id", ondelete="CASCADE"),
        primary_key=True,
        sort_order=-1,
    ),
]
Key = Annotated[str, mapped_column(primary_key=True)]
ONE_TREE = {"sqlite_with_rowid": False}  # rows live in the primary key's tree: half the size


class FrameworkVersionRow(Base):
    """A release as it was imported. `state` is importing, current or kept."""

    __tablename__ = "framework_versions"
    __table_args__ = (
        Index(
            "uq_framework_versions_current",
            "framework",
            unique=True,
            sqlite_where=text("state = 'current'"),
            postgresql_where=text("state = 'current'"),
        ),
    )

    version_id: Mapped[int] = mapped_column(primary_key=True)
    framework: Mapped[str]  # O*NET | ESCO
    release: Mapped[str]
    language: Mapped[str]
    state: Mapped[str]
    digest: Mapped[str]  # SHA-256 over what was read, the same for folder and archive
    source: Mapped[str]  # name of the folder or archive
    imported_at: Mapped[datetime]
    touched_at: Mapped[datetime]  # last sign of life while importing
    counts: Mapped[dict[str, Any]]  # rows by table


class FrameworkRow(Base):
    """What every table of a release shares."""

    __abstract__ = True
    __table_args__: Any = ONE_TREE
    derived: ClassVar[frozenset[str]] = frozenset()  # columns that follow from others

    version_id: Mapped[VersionId]


class OccupationRow(FrameworkRow):
    __tablename__ = "framework_occupations"

    code: Mapped[Key]  # O*NET-SOC code or ESCO URI
    title: Mapped[str]
    description: Mapped[str]
    notation: Mapped[str | None]  # ESCO's own code, e.g. 2511.3
    unit_group: Mapped[str | None]  # ISCO-08 unit group, or the SOC code without its suffix
    job_zone: Mapped[int | None]
    regulated: Mapped[str | None]  # ESCO's note about regulated professions


class TitleRow(FrameworkRow):
    __tablename__ = "framework_titles"
    __table_args__ = (Index(None, "version_id", "normal"), ONE_TREE)
    derived = frozenset({"normal"})

    occupation: Mapped[Key]
    title: Mapped[Key]
    kind: Mapped[Key]  # official | alternate | short | reported | hidden
    normal: Mapped[str]
    sources: Mapped[str | None]  # O*NET's codes of where the title was found


class SkillRow(FrameworkRow):
    __tablename__ = "framework_skills"

    code: Mapped[Key]  # O*NET element id or ESCO URI
    label: Mapped[str]
    kind: Mapped[str]  # essential | transferable | software | skill | knowledge | group
    description: Mapped[str]
    reuse_level: Mapped[str | None]  # ESCO: transversal, cross-sector, sector-specific, …


class SkillLabelRow(FrameworkRow):
    __tablename__ = "framework_skill_labels"
    __table_args__ = (Index(None, "version_id", "normal"), ONE_TREE)
    derived = frozenset({"normal"})

    skill: Mapped[Key]
    label: Mapped[Key]
    kind: Mapped[Key]  # preferred | alternate | hidden
    normal: Mapped[str]


class RatingRow(FrameworkRow):
    __tablename__ = "framework_ratings"

    occupation: Mapped[Key]
    element: Mapped[Key]
    importance: Mapped[float | None]  # O*NET scale IM, 1 to 5
    importance_suppressed: Mapped[bool]  # O*NET recommends not to use the value
    level: Mapped[float | None]  # O*NET scale LV, 0 to 7
    level_suppressed: Mapped[bool]
    not_relevant: Mapped[bool]


class SoftwareRow(FrameworkRow):
    __tablename__ = "framework_software"

    occupation: Mapped[Key]
    example: Mapped[Key]
    category: Mapped[str]  # element id, or the commodity code of older releases
    hot: Mapped[bool]
    in_demand: Mapped[bool]


class TaskRow(FrameworkRow):
    __tablename__ = "framework_tasks"

    occupation: Mapped[Key]
    task_id: Mapped[Key]
    task: Mapped[str]
    is_core: Mapped[bool | None]


class EducationRow(FrameworkRow):
    __tablename__ = "framework_education"

    occupation: Mapped[Key]
    element: Mapped[Key]
    category: Mapped[int] = mapped_column(primary_key=True)  # scale RL, 1 to 12
    percent: Mapped[float]
    is_suppressed: Mapped[bool]


class RelatedRow(FrameworkRow):
    __tablename__ = "framework_related"

    occupation: Mapped[Key]
    related: Mapped[Key]
    tier: Mapped[str]
    rank: Mapped[int]


class RequirementRow(FrameworkRow):
    __tablename__ = "framework_requirements"

    occupation: Mapped[Key]
    skill: Mapped[Key]
    is_essential: Mapped[bool]


class LinkRow(FrameworkRow):
    """Broader concepts, and skills that belong to skills."""

    __tablename__ = "framework_links"

    code: Mapped[Key]
    other: Mapped[Key]
    relation: Mapped[Key]  # broader | essential | optional
