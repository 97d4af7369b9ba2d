"""Screens of a pasted job advert: the gap it names, the next badge, and where that was read."""

from typing import Self

from pydantic import BaseModel

from actions.screens.base import LanguageMap, Screen, register
from actions.screens.pathways import StepLine
from actions.screens.reasons import LARGEST, SkillLine, percent
from credentials.catalogue import Catalogue, current_catalogue
from credentials.pathways import AdvertAdvice, goal_of, weigh_advert
from credentials.people import Person
from credentials.unit_of_work import Work

QUOTED = 5


class AskedLine(BaseModel):
    """A skill the advert asks for that is missing; a must, or a wish."""

    line: SkillLine
    is_required: bool


@register
class AdvertCard(Screen):
    """What an advert asks for, what of it one has, and the next badge.

    `asked` skills of which `has` are met and `partly` partly. `closes` in percent of what is
    missing. `years`, `degree` and `licence` are what no badge gives, as the advert puts them.
    """

    job: LanguageMap | None
    job_code: str | None
    is_sure: bool
    is_goal: bool
    has_told: bool
    asked: int
    has: int
    partly: int
    gaps: tuple[AskedLine, ...]
    more: int
    step: StepLine | None
    closes: int
    years: int | None
    degree: str | None
    licence: str | None

    @property
    def codes(self) -> tuple[str, ...]:
        return (self.step.code,) if self.step else ()

    @classmethod
    def of(cls, catalogue: Catalogue, found: AdvertAdvice, *, goal: str | None) -> Self:
        advert, step = found.advert, next(iter(found.advice.steps), None)
        wording = {one.key: one.is_required for one in advert.skills}
        return cls(
            job=found.named.plain_title if found.named else None,
            job_code=found.named.code if found.named else None,
            is_sure=advert.is_sure,
            is_goal=found.named is not None and found.named.code == goal,
            has_told=found.advice.profile.has_told,
            asked=len(found.asked),
            has=found.has,
            partly=found.partly,
            gaps=tuple(
                AskedLine(line=SkillLine.of(catalogue, gap), is_required=wording[gap.skill])
                for gap in found.missing[:LARGEST]
            ),
            more=len(found.missing[LARGEST:]),
            step=StepLine.of(catalogue, step) if step else None,
            closes=percent(step.of_all) if step else 0,
            years=advert.years,
            degree=advert.degree,
            licence=advert.licence,
        )


class Quoted(BaseModel):
    """A skill and the advert's words it was read from."""

    skill: LanguageMap
    level: str
    is_required: bool
    quote: str


@register
class AdvertSources(Screen):
    """Where in the advert each skill was read; `usual` more come from what the job usually asks."""

    job: LanguageMap | None
    title: str | None
    because: str | None
    quotes: tuple[Quoted, ...]
    more: int
    usual: int
    release: str | None

    @classmethod
    def of(cls, catalogue: Catalogue, found: AdvertAdvice) -> Self:
        skills = found.advert.skills
        hit = next(iter(found.advert.occupations), None)
        return cls(
            job=found.named.plain_title if found.named else None,
            title=found.advert.title,
            because=hit.because if hit else None,
            quotes=tuple(
                Quoted(
                    skill=catalogue.skills[one.key].label,
                    level=one.level,
                    is_required=one.is_required,
                    quote=one.quote,
                )
                for one in skills[:QUOTED]
            ),
            more=len(skills[QUOTED:]),
            usual=len(found.advice.gaps) - len(found.asked),
            release=found.named.release if found.named else None,
        )


@register
class AdvertUnread(Screen):
    """No job and no skill could be read in it."""


def advert_screen(work: Work, person: Person, text: str) -> Screen:
    """What a pasted advert means for this person."""
    found = weigh_advert(work, person_id=person.person_id, text=text)
    if found is None:
        return AdvertUnread()
    goal = goal_of(work, person_id=person.person_id)
    return AdvertCard.of(current_catalogue(work), found, goal=goal)
