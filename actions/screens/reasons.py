"""Screens of reasons: why these steps, what is missing, and where every number comes from."""

from typing import Self

from pydantic import BaseModel

from actions.screens.base import LanguageMap, Screen, register
from credentials.catalogue import Achievement, Catalogue, Pay
from credentials.pathways import Advice, Gap, PathStep, Rival, Stack
from credentials.pathways.money import REFERENCE, rates_of
from credentials.pathways.steps import Closed

STEPS = 3
LARGEST = 5
OPEN = 3
SKILLS_A_STEP = 2
SKILLS_IN_DETAIL = 4


class Reason(BaseModel):
    """Why a step stands where it stands. `share` is of all that is missing, in percent."""

    code: str
    title: LanguageMap
    skills: tuple[LanguageMap, ...]
    share: int
    is_declared: bool
    is_provable: bool
    after: LanguageMap | None

    @classmethod
    def of(cls, catalogue: Catalogue, step: PathStep) -> Self:
        after = catalogue.achievements.get(step.before or "")
        return cls(
            code=step.achievement.code,
            title=step.achievement.name,
            skills=tuple(catalogue.skills[one.skill].label for one in step.closes[:SKILLS_A_STEP]),
            share=percent(step.of_all),
            is_declared=all(one.alignment == "declared" for one in step.closes),
            is_provable=step.is_provable,
            after=after.name if after else None,
        )


@register
class PathwayReasons(Screen):
    """Why these steps, what stays open, whole or for the most `part`, what a badge cannot do."""

    job: LanguageMap
    reasons: tuple[Reason, ...]
    uncovered: tuple[LanguageMap, ...]
    part: tuple[LanguageMap, ...]
    licensed: LanguageMap | None
    degree: LanguageMap | None

    @property
    def codes(self) -> tuple[str, ...]:
        return tuple(reason.code for reason in self.reasons)

    @classmethod
    def of(cls, catalogue: Catalogue, advice: Advice) -> Self:
        job = advice.occupation
        touched = {one.skill for step in advice.steps for one in step.closes}
        whole = [gap.skill for gap in advice.uncovered if gap.skill not in touched]
        part = [gap.skill for gap in advice.uncovered if gap.skill in touched]
        return cls(
            job=job.plain_title,
            reasons=tuple(Reason.of(catalogue, step) for step in advice.steps[:STEPS]),
            uncovered=tuple(catalogue.skills[key].label for key in whole[:OPEN]),
            part=tuple(catalogue.skills[key].label for key in part[: OPEN - len(whole[:OPEN])]),
            licensed=job.licensed,
            degree=job.degree_usual,
        )


class ClosedLine(BaseModel):
    """A skill that a step closes, in percent of its own gap and of all gaps."""

    skill: LanguageMap
    share: int
    of_all: int
    is_declared: bool

    @classmethod
    def of(cls, catalogue: Catalogue, one: Closed) -> Self:
        return cls(
            skill=catalogue.skills[one.skill].label,
            share=percent(one.share),
            of_all=percent(one.of_all),
            is_declared=one.alignment == "declared",
        )


class RivalLine(BaseModel):
    """Who came second. Shares in percent; `hours` and `amount` more than the step takes."""

    title: LanguageMap
    reason: str
    of_all: int
    of_all_of_step: int
    hours: float
    amount: float
    first: LanguageMap | None

    @classmethod
    def of(cls, catalogue: Catalogue, rival: Rival) -> Self:
        first = catalogue.achievements.get(rival.first or "")
        return cls(
            title=rival.achievement.name,
            reason=rival.reason,
            of_all=percent(rival.of_all),
            of_all_of_step=percent(rival.of_all_of_step),
            hours=rival.hours,
            amount=rival.money,
            first=first.name if first else None,
        )


class StackLine(BaseModel):
    """The larger credential a step counts towards."""

    into: LanguageMap
    have: int
    parts: int

    @classmethod
    def of(cls, stack: Stack) -> Self:
        return cls(into=stack.into.name, have=stack.have, parts=stack.of)


@register
class StepReasons(Screen):
    """Everything about one step: what it closes, why there, its length and price, who came second.

    `place` counts from 1; `after` opens it, `opens` come later because of it.
    """

    code: str
    title: LanguageMap
    place: int
    share: int
    closes: tuple[ClosedLine, ...]
    more: int
    hours: float
    weeks: int
    weekly_hours: float
    amount: float
    currency: str
    is_provable: bool
    after: LanguageMap | None
    opens: tuple[LanguageMap, ...]
    rival: RivalLine | None
    stack: StackLine | None

    @property
    def codes(self) -> tuple[str, ...]:
        return (self.code,)

    @classmethod
    def of(cls, catalogue: Catalogue, advice: Advice, step: PathStep) -> Self:
        item = step.achievement
        after = catalogue.achievements.get(step.before or "")
        return cls(
            code=item.code,
            title=item.name,
            place=advice.steps.index(step) + 1,
            share=percent(step.of_all),
            closes=tuple(ClosedLine.of(catalogue, one) for one in step.closes[:SKILLS_IN_DETAIL]),
            more=len(step.closes[SKILLS_IN_DETAIL:]),
            hours=item.hours,
            weeks=step.weeks,
            weekly_hours=advice.profile.weekly_hours,
            amount=item.cost.amount,
            currency=item.cost.currency,
            is_provable=step.is_provable,
            after=after.name if after else None,
            opens=tuple(catalogue.achievements[code].name for code in step.opens[:2]),
            rival=RivalLine.of(catalogue, step.rival) if step.rival else None,
            stack=StackLine.of(step.stack) if step.stack else None,
        )


class SkillLine(BaseModel):
    """A need and what is believed of it. Levels are basic, working or strong; numbers in percent.

    `basis` is badge, reviewed, said or none; `source` where they say it comes from.
    """

    skill: LanguageMap
    need: int
    need_level: str
    have: int
    basis: str
    source: str | None
    importance: int
    in_demand: bool
    common: int

    @classmethod
    def of(cls, catalogue: Catalogue, gap: Gap) -> Self:
        return cls(
            skill=catalogue.skills[gap.skill].label,
            need=percent(gap.need),
            need_level=gap.need_level,
            have=percent(gap.have),
            basis=gap.ability.basis,
            source=gap.ability.source,
            importance=percent(gap.importance),
            in_demand=gap.in_demand,
            common=percent(gap.share),
        )


@register
class GapCard(Screen):
    """The largest gaps in plain words; `more` are left."""

    job: LanguageMap
    gaps: tuple[SkillLine, ...]
    more: int
    lenders: tuple[LanguageMap, ...] = ()

    @classmethod
    def of(cls, catalogue: Catalogue, advice: Advice) -> Self:
        missing = [gap for gap in advice.gaps if not gap.is_met]
        return cls(
            job=advice.occupation.plain_title,
            gaps=tuple(SkillLine.of(catalogue, gap) for gap in missing[:LARGEST]),
            more=len(missing[LARGEST:]),
            lenders=() if advice.occupation.is_rated else advice.lenders,
        )


@register
class GapSources(Screen):
    """Where the numbers of the gap come from. `release` of O*NET, None for the starter's own."""

    job: LanguageMap
    job_code: str
    gaps: tuple[SkillLine, ...]
    release: str | None
    lenders: tuple[LanguageMap, ...] = ()

    @classmethod
    def of(cls, catalogue: Catalogue, advice: Advice) -> Self:
        missing = [gap for gap in advice.gaps if not gap.is_met]
        return cls(
            job=advice.occupation.plain_title,
            job_code=advice.occupation.code,
            gaps=tuple(SkillLine.of(catalogue, gap) for gap in missing[:LARGEST]),
            release=advice.occupation.release,
            lenders=advice.lenders,
        )


@register
class StepSources(Screen):
    """Where the numbers of a step come from.

    `entry` and `version` name it in the catalogue; `origin` is CTDL, Open Badges or CSV for what
    was imported from `file`. `rates` is the ISO date of the exchange rate, where one was used.
    """

    code: str
    title: LanguageMap
    version: str
    provider: str
    url: str
    hours: float
    amount: float
    currency: str
    cost_note: LanguageMap | None
    origin: str | None
    file: str | None
    example: bool
    rates: str | None
    gaps: tuple[SkillLine, ...]
    job_code: str
    release: str | None
    revision: int

    @classmethod
    def of(cls, catalogue: Catalogue, advice: Advice, step: PathStep) -> Self:
        item = step.achievement
        by_skill = {gap.skill: gap for gap in advice.gaps}
        return cls(
            code=item.code,
            title=item.name,
            version=item.version,
            provider=item.provider.name,
            url=item.provider.url,
            hours=item.hours,
            amount=item.cost.amount,
            currency=item.cost.currency,
            cost_note=item.cost.note,
            origin=item.provenance.source if item.provenance else None,
            file=item.provenance.file if item.provenance else None,
            example=item.example,
            rates=_rates(advice, item),
            gaps=tuple(SkillLine.of(catalogue, by_skill[one.skill]) for one in step.closes[:STEPS]),
            job_code=advice.occupation.code,
            release=advice.occupation.release,
            revision=advice.revision,
        )


@register
class JobSources(Screen):
    """What the job pays, and where facts about it come from."""

    job: LanguageMap
    code: str
    summary: LanguageMap
    pay: Pay | None
    attributions: tuple[str, ...] = ()

    @classmethod
    def of(cls, advice: Advice, attributions: tuple[str, ...]) -> Self:
        job = advice.occupation
        return cls(
            attributions=attributions,
            job=job.plain_title,
            code=job.code,
            summary=job.summary,
            pay=job.pay,
        )


def percent(share: float) -> int:
    return round(share * 100)


def _rates(advice: Advice, item: Achievement) -> str | None:
    """The day of the exchange rate, where a price was compared with a budget in another currency."""
    currencies = {item.cost.currency, REFERENCE}
    if advice.profile.budget is not None:
        currencies.add(advice.profile.currency)
    is_used = item.cost.amount > 0 and len(currencies) > 1
    return rates_of().isoformat() if is_used else None
