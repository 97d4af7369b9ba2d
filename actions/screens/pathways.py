"""Screens of advice: the way, its reasons, a credential, where one stands."""

from typing import Self

from pydantic import BaseModel

from actions.screens.base import LanguageMap, Screen, register
from actions.screens.intake import ChangeAnswers, Welcome, question_screen
from actions.screens.words import Distress
from credentials.catalogue import Achievement, Catalogue, current_catalogue, get_occupation
from credentials.pathways import (
    Advice,
    Intake,
    PathStep,
    Progress,
    advise,
    begin_intake,
    find_profile,
    find_progress,
    resume_intake,
)
from credentials.people import Person
from credentials.unit_of_work import Work

STEPS = 3
GAPS = 3
WHOLE = 8
SKILLS_A_STEP = 2


class StepLine(BaseModel):
    """One step of the way."""

    code: str
    title: LanguageMap
    adds: tuple[LanguageMap, ...]
    hours: float
    weeks: int
    amount: float
    currency: str
    is_provable: bool

    @classmethod
    def of(cls, catalogue: Catalogue, step: PathStep) -> Self:
        item = step.achievement
        adds = [catalogue.skills[one.skill].label for one in step.closes[:SKILLS_A_STEP]]
        return cls(
            code=item.code,
            title=item.name,
            adds=tuple(adds),
            hours=item.hours,
            weeks=step.weeks,
            amount=item.cost.amount,
            currency=item.cost.currency,
            is_provable=step.is_provable,
        )


@register
class PathwayCard(Screen):
    """The way to the goal. `asked` skills of which `has` are met and `partly` partly."""

    job: LanguageMap
    setting: str | None
    asked: int
    has: int
    partly: int
    weekly_hours: float
    steps: tuple[StepLine, ...]
    more: int
    licensed: LanguageMap | None

    @property
    def codes(self) -> tuple[str, ...]:
        return tuple(step.code for step in self.steps)

    @classmethod
    def of(cls, catalogue: Catalogue, advice: Advice) -> Self:
        steps = tuple(StepLine.of(catalogue, step) for step in advice.steps)
        return cls(
            job=advice.occupation.plain_title,
            setting=advice.profile.setting,
            asked=len(advice.gaps),
            has=advice.has,
            partly=advice.partly,
            weekly_hours=advice.profile.weekly_hours,
            steps=steps[:STEPS],
            more=len(steps) - len(steps[:STEPS]),
            licensed=advice.occupation.licensed,
        )


class GapLine(BaseModel):
    """A skill that is missing; `have` and `need` in percent."""

    skill: LanguageMap
    have: int
    need: int


class Reason(BaseModel):
    """Why a step stands where it stands. `share` is of all that is missing, in percent."""

    title: LanguageMap
    skills: tuple[LanguageMap, ...]
    share: int
    is_declared: bool
    after: LanguageMap | None
    rival: LanguageMap | None
    rival_reason: str | None


@register
class PathwayReasons(Screen):
    """Why these steps, what stays open, what a badge cannot do."""

    job: LanguageMap
    reasons: tuple[Reason, ...]
    uncovered: tuple[LanguageMap, ...]
    licensed: LanguageMap | None
    degree: LanguageMap | None

    @classmethod
    def of(cls, catalogue: Catalogue, advice: Advice) -> Self:
        job = advice.occupation
        return cls(
            job=job.plain_title,
            reasons=tuple(_reason(catalogue, step) for step in advice.steps[:STEPS]),
            uncovered=tuple(catalogue.skills[g.skill].label for g in advice.uncovered[:3]),
            licensed=job.licensed,
            degree=job.degree_usual,
        )


@register
class JobSources(Screen):
    """What the job pays, and where facts about it come from."""

    job: LanguageMap
    code: str
    summary: LanguageMap
    pay: float | None
    currency: str | None
    pay_source: str | None
    pay_date: str | None
    attributions: tuple[str, ...] = ()

    @classmethod
    def of(cls, advice: Advice, attributions: tuple[str, ...]) -> Self:
        job = advice.occupation
        return cls(
            attributions=attributions,
            job=job.plain_title,
            code=job.code,
            summary=job.summary,
            pay=job.pay.median if job.pay else None,
            currency=job.pay.currency if job.pay else None,
            pay_source=job.pay.source if job.pay else None,
            pay_date=job.pay.date if job.pay else None,
        )


@register
class WholePathway(Screen):
    """Every step, and the largest gaps."""

    job: LanguageMap
    steps: tuple[StepLine, ...]
    gaps: tuple[GapLine, ...]
    hours: float
    amount: float
    currency: str

    @property
    def codes(self) -> tuple[str, ...]:
        return tuple(step.code for step in self.steps)

    @classmethod
    def of(cls, catalogue: Catalogue, advice: Advice) -> Self:
        open_gaps = [gap for gap in advice.gaps if not gap.is_met][:GAPS]
        taken = [step.achievement for step in advice.steps if not step.is_provable]
        return cls(
            job=advice.occupation.plain_title,
            steps=tuple(StepLine.of(catalogue, step) for step in advice.steps[:WHOLE]),
            gaps=tuple(
                GapLine(
                    skill=catalogue.skills[gap.skill].label,
                    have=round(gap.have * 100),
                    need=round(gap.need * 100),
                )
                for gap in open_gaps
            ),
            hours=sum(item.hours for item in taken),
            amount=sum(item.cost.amount for item in taken),
            currency=taken[0].cost.currency if taken else "USD",
        )


@register
class CredentialCard(Screen):
    """An achievement: what it shows, who teaches it, what it costs. Enrolling is the learner's."""

    code: str
    title: LanguageMap
    description: LanguageMap
    can: tuple[LanguageMap, ...]
    provider: str
    url: str
    hours: float
    amount: float
    currency: str
    cost_note: LanguageMap | None
    start: LanguageMap | None
    months: int | None
    example: bool

    @property
    def codes(self) -> tuple[str, ...]:
        return (self.code,)

    @classmethod
    def of(cls, item: Achievement) -> Self:
        return cls(
            code=item.code,
            title=item.name,
            description=item.description,
            can=tuple(one.can for one in item.criteria),
            provider=item.provider.name,
            url=item.provider.url,
            hours=item.hours,
            amount=item.cost.amount,
            currency=item.cost.currency,
            cost_note=item.cost.note,
            start=item.start,
            months=item.renewal.months if item.renewal else None,
            example=item.example,
        )


@register
class CredentialDeclined(Screen):
    """It is left out from now on."""

    title: LanguageMap


@register
class CostAnswer(Screen):
    """What it costs: the steps of the way, or what most cost."""

    steps: tuple[StepLine, ...]
    free: int
    total: int

    @property
    def codes(self) -> tuple[str, ...]:
        return tuple(step.code for step in self.steps)


class BadgeName(BaseModel):
    badge_id: str
    title: LanguageMap


@register
class ProgressCard(Screen):
    """Where one stands, and the one next step."""

    job: LanguageMap | None
    asked: int
    has: int
    shown: int
    badges: tuple[BadgeName, ...]
    waiting: tuple[LanguageMap, ...]
    begun: LanguageMap | None
    begun_code: str | None
    is_returned: bool
    next_step: StepLine | None
    left: int

    @classmethod
    def of(cls, catalogue: Catalogue, progress: Progress) -> Self:
        advice, begun = progress.advice, progress.begun
        step = progress.next_step
        gaps = advice.gaps if advice else ()
        proven = advice.profile.shown if advice else {}
        return cls(
            job=advice.occupation.plain_title if advice else None,
            asked=len(gaps),
            has=advice.has if advice else 0,
            shown=sum(1 for gap in gaps if proven.get(gap.skill)),
            badges=tuple(
                BadgeName(badge_id=one.badge_id, title=one.achievement.name)
                for one in progress.badges
            ),
            waiting=tuple(one.name for one in progress.waiting),
            begun=begun.name if begun else None,
            begun_code=begun.achievement.code if begun else None,
            is_returned=begun is not None and begun.round > 1,
            next_step=StepLine.of(catalogue, step) if step else None,
            left=len(advice.steps) if advice else 0,
        )


def intake_screen(work: Work, intake: Intake) -> Screen:
    """The open question or, when all is known, the way."""
    if intake.is_distress:
        return Distress()
    if intake.asking is not None:
        return question_screen(work, intake)
    advice = advise(work, person_id=intake.profile.person_id)
    return PathwayCard.of(current_catalogue(work), advice)


def welcome(work: Work, person: Person) -> Screen:
    """The first question with who is asking, the open one, or the way."""
    profile = find_profile(work, person_id=person.person_id)
    if profile.occupation_code is None and resume_intake(work, person_id=person.person_id) is None:
        begin_intake(work, person_id=person.person_id)
        return Welcome(institution=work.settings.institution_name, first_name=person.first_name)
    return intake_screen(work, begin_intake(work, person_id=person.person_id))


def progress_screen(work: Work, person: Person) -> Screen:
    return ProgressCard.of(current_catalogue(work), find_progress(work, person_id=person.person_id))


def cost_screen(work: Work, person: Person) -> Screen:
    """What the steps of the way cost; without a goal, how many cost nothing."""
    catalogue = current_catalogue(work)
    profile = find_profile(work, person_id=person.person_id)
    steps: tuple[StepLine, ...] = ()
    if profile.has_goal:
        steps = PathwayCard.of(catalogue, advise(work, person_id=person.person_id)).steps
    free = sum(1 for item in catalogue.achievements.values() if item.cost.amount == 0)
    return CostAnswer(steps=steps, free=free, total=len(catalogue.achievements))


def answers_screen(work: Work, person: Person) -> Screen:
    """Everything answered so far."""
    catalogue = current_catalogue(work)
    profile = find_profile(work, person_id=person.person_id)
    code = profile.occupation_code
    job = get_occupation(work, code=code) if code else None
    return ChangeAnswers(
        job=job.plain_title if job else None,
        skills=tuple(
            catalogue.skills[key].label for key in list(profile.said)[:8] if key in catalogue.skills
        ),
        hours=profile.hours_per_week,
        budget=profile.budget,
    )


def _reason(catalogue: Catalogue, step: PathStep) -> Reason:
    after = catalogue.achievements.get(step.before or "")
    return Reason(
        title=step.achievement.name,
        skills=tuple(catalogue.skills[one.skill].label for one in step.closes[:SKILLS_A_STEP]),
        share=round(sum(one.of_all for one in step.closes) * 100),
        is_declared=all(one.alignment == "declared" for one in step.closes),
        after=after.name if after else None,
        rival=step.rival.achievement.name if step.rival else None,
        rival_reason=step.rival.reason if step.rival else None,
    )
