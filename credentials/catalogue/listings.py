"""What others publish about their credentials and courses, kept as far as they say it."""

from typing import Literal

from pydantic import Field

from credentials.catalogue.entries import (
    Achievement,
    Code,
    Cost,
    Entry,
    FieldOfWork,
    FrameworkAlignment,
    LanguageMap,
    Participation,
    Provenance,
    Provider,
    Renewal,
    SkillAlignment,
)


class Listing(Entry):
    """An imported credential or course. What its publisher leaves out stays empty, never guessed.

    `version` is a digest of the content. One that says effort, price and provider becomes an
    achievement that can be advised; without a rubric of ours none can be awarded.
    """

    code: Code
    version: str
    type: str = Field(pattern=r"^[A-Z][A-Za-z]{2,60}$")
    name: LanguageMap
    description: LanguageMap | None = None
    provider: Provider | None = None
    language: str = "en"
    field: FieldOfWork | None = None
    level: Literal["foundation", "intermediate", "advanced"] | None = None
    eqf: int | None = Field(default=None, ge=1, le=8)
    hours: float | None = Field(default=None, gt=0, le=20_000)
    cost: Cost | None = None
    start: LanguageMap | None = None
    assessment: str | None = None
    participation: Participation | None = None
    renewal: Renewal | None = None
    prerequisites: tuple[tuple[str, ...], ...] = ()
    conditions: tuple[LanguageMap, ...] = ()
    skills: tuple[SkillAlignment, ...] = ()
    occupations: tuple[str, ...] = ()
    alignments: tuple[FrameworkAlignment, ...] = ()
    stacks_into: str | None = None
    provenance: Provenance

    @property
    def missing(self) -> tuple[str, ...]:
        """What would be needed to award it here, by name; what advice needs comes first."""
        return (*self.missing_for_advice, "rubric")

    @property
    def missing_for_advice(self) -> tuple[str, ...]:
        wanted = {
            "description": self.description,
            "provider": self.provider,
            "effort": self.hours,
            "cost": self.cost,
            "skills": self.skills,
        }
        return tuple(name for name, value in wanted.items() if not value)

    def as_achievement(self) -> Achievement | None:
        """What advice can work with; None when too little is known."""
        if self.missing_for_advice:
            return None
        return Achievement.model_validate(self.model_dump())
