"""What the catalogue holds: skills, occupations, achievements. One YAML file each for the latter two."""

from datetime import date
from typing import Annotated, Literal, get_args

from pydantic import BaseModel, ConfigDict, Field, field_validator, model_validator

LanguageMap = dict[str, str]
FieldOfWork = Literal["technology", "healthcare", "finance", "education", "business", "trades"]
LevelOfStudy = Literal["foundation", "intermediate", "advanced"]
Participation = Literal["online", "onsite", "blended"]
SkillLevel = Literal["basic", "working", "strong"]

#: As they are offered.
FIELDS: tuple[FieldOfWork, ...] = get_args(FieldOfWork)
#: What asks least comes first.
LEVELS: tuple[LevelOfStudy, ...] = get_args(LevelOfStudy)
LEVEL_VALUES: dict[str, float] = {"basic": 0.35, "working": 0.65, "strong": 1.0}


class Entry(BaseModel):
    """Frozen; unknown members are refused, so that a typing mistake is found."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Skill(Entry):
    """A skill of a framework. `key` is ours; `id` is the framework's."""

    key: str
    framework: Literal["ESCO", "O*NET"]
    id: str
    label: LanguageMap
    aliases: tuple[str, ...] = ()
    kind: Literal["technical", "software", "knowledge", "transversal"]


class Pay(Entry):
    """A typical pay with where and when it was found."""

    median: float
    currency: str
    period: Literal["year", "hour"]
    region: str
    source: str
    date: str


class Need(Entry):
    """How much an occupation asks for a skill; importance from 0 to 1."""

    skill: str
    importance: float = Field(ge=0, le=1)
    level: SkillLevel
    in_demand: bool = False


class Occupation(Entry):
    """A kind of work, by its O*NET-SOC 2019 code."""

    code: str
    title: LanguageMap
    plain_title: LanguageMap
    field: FieldOfWork
    alternate_titles: tuple[str, ...] = ()
    summary: LanguageMap
    job_zone: int | None = None
    licensed: LanguageMap | None = None
    degree_usual: LanguageMap | None = None
    pay: Pay | None = None
    needs: tuple[Need, ...]
    related: tuple[str, ...] = ()
    lent_by: tuple[str, ...] = ()  # occupations whose needs complete its own
    is_rated: bool = True  # its framework rates what it asks for; else lent needs stand alone
    release: str | None = None  # the framework release it was made from


class RubricLevels(Entry):
    """What an advisor looks for."""

    met: LanguageMap
    not_yet: LanguageMap


class Criterion(Entry):
    """One thing to show. `can` completes "Can: …"; `ask` is a question for an interview."""

    id: str
    text: LanguageMap
    can: LanguageMap
    evidence: LanguageMap
    levels: RubricLevels
    ask: LanguageMap
    skills: tuple[str, ...] = ()


class SkillAlignment(Entry):
    """A skill that an achievement shows, and whether its issuer says so or we infer it."""

    skill: str
    level: SkillLevel
    alignment: Literal["declared", "inferred"] = "declared"


class Cost(Entry):
    amount: float = Field(ge=0)
    currency: str
    note: LanguageMap | None = None


class Provider(Entry):
    name: str
    url: str


class Renewal(Entry):
    """How long a badge lasts and how it is renewed."""

    months: int = Field(gt=0, le=240)
    path: LanguageMap


class FrameworkAlignment(Entry):
    """A tie to any framework as its publisher states it, or as we read it out of an old code."""

    framework: str
    name: str
    code: str | None = None
    url: str | None = None
    alignment: Literal["declared", "inferred"] = "declared"


class Provenance(Entry):
    """Where an imported entry comes from."""

    source: Literal["CTDL", "Open Badges", "CSV"]
    id: str
    file: str
    url: str | None = None


Code = Annotated[str, Field(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=40)]


class Achievement(Entry):
    """A micro-credential. `prerequisites` are ANDs of ORs of codes.

    One without criteria is taught and judged elsewhere: it can be advised, not awarded here.
    """

    code: Code
    version: str
    example: bool = False
    type: str = Field(default="MicroCredential", pattern=r"^[A-Z][A-Za-z]{2,60}$")
    name: LanguageMap
    description: LanguageMap
    field: FieldOfWork | None
    level: LevelOfStudy | None
    eqf: int | None = None
    language: str = "en"
    hours: float = Field(gt=0, le=20_000)
    cost: Cost
    provider: Provider
    start: LanguageMap | None
    assessment: str | None
    participation: Participation | None = None
    renewal: Renewal | None = None
    prerequisites: tuple[tuple[str, ...], ...] = ()
    criteria: tuple[Criterion, ...] = Field(default=(), max_length=8)
    skills: tuple[SkillAlignment, ...] = ()
    occupations: tuple[str, ...] = ()
    stacks_into: str | None = None
    privacy: LanguageMap | None = None
    saved_comments: tuple[LanguageMap, ...] = ()
    conditions: tuple[LanguageMap, ...] = ()  # prose, to be read and never judged
    alignments: tuple[FrameworkAlignment, ...] = ()
    provenance: Provenance | None = None

    @field_validator("version", mode="before")
    @classmethod
    def _as_text(cls, value: object) -> object:
        return str(value) if isinstance(value, int | date) else value

    @model_validator(mode="after")
    def _unique_criteria(self) -> "Achievement":
        ids = [criterion.id for criterion in self.criteria]
        if len(set(ids)) != len(ids):
            raise ValueError("two criteria have the same id")
        return self

    @property
    def is_awarded_here(self) -> bool:
        return bool(self.criteria)

    def criterion(self, criterion_id: str) -> Criterion | None:
        return next((item for item in self.criteria if item.id == criterion_id), None)
