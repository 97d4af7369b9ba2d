"""Screens of advice: the way, a credential, where one stands."""

from typing import Self

from pydantic import BaseModel

from actions.screens.base import LanguageMap, Screen, register
from actions.screens.intake import ChangeAnswers, Heard, Welcome, held_title, question_screen
from actions.screens.words import Distress
from credentials.catalogue import (
    Catalogue,
    current_catalogue,
    get_occupation,
)
from credentials.pathways import (
    Advice,
    Intake,
    PathStep,
    Progress,
    Relaxation,
    advise,
    begin_intake,
    find_profile,
    find_progress,
    resume_intake,
)
from credentials.pathways.money import REFERENCE, converted
from credentials.people import Person
from credentials.unit_of_work import Work

STEPS = 3
NOTED = 4  # skills just kept that are named
GAPS = 3
WHOLE = 8
TITLES = 2
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


class LooserLimit(BaseModel):
    """What would fit if limits gave: so many more `weeks` or hours a week, so much more money.

    `titles` are the first of `adds` that then fit; `share` of all that is missing, in percent.
    """

    limits: tuple[str, ...]
    weeks: int
    weekly: float | None
    amount: float
    currency: str
    languages: tuple[str, ...]
    level: str | None
    titles: tuple[LanguageMap, ...]
    adds: int
    share: int

    @classmethod
    def of(cls, catalogue: Catalogue, advice: Advice, found: Relaxation) -> Self:
        currency = advice.profile.currency
        names = [catalogue.achievements[code].name for code in found.adds]
        return cls(
            limits=found.limits,
            weeks=found.weeks,
            weekly=found.weekly,
            amount=converted(found.money, REFERENCE, currency) or 0.0,
            currency=currency,
            languages=found.languages,
            level=found.level,
            titles=tuple(names[:TITLES]),
            adds=len(names),
            share=round(found.share * 100),
        )


@register
class PathwayCard(Screen):
    """The way to the goal. `asked` skills of which `has` are met and `partly` partly.

    `provable` achievements may be proven now. `looser` is what each limit keeps out. `lenders` are
    jobs whose needs stand in for this one's. `heard` are limits and hours just told, `noted` skills just kept.
    """

    job: LanguageMap
    setting: str | None
    asked: int
    has: int
    partly: int
    weekly_hours: float
    steps: tuple[StepLine, ...]
    more: int
    licensed: LanguageMap | None
    provable: int = 0
    looser: tuple[LooserLimit, ...] = ()
    lenders: tuple[LanguageMap, ...] = ()
    noted: tuple[LanguageMap, ...] = ()
    heard: Heard | None = None

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
            provable=len(advice.provable),
            looser=tuple(LooserLimit.of(catalogue, advice, one) for one in advice.relaxations),
            lenders=() if advice.occupation.is_rated else advice.lenders,
        )


class GapLine(BaseModel):
    """A skill that is missing; `have` and `need` in percent."""

    skill: LanguageMap
    have: int
    need: int


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


class StudyLine(BaseModel):
    """A course under way, since an ISO date."""

    code: str
    title: LanguageMap
    since: str
    is_awarded_here: bool


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
    studying: tuple[StudyLine, ...] = ()

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
            studying=tuple(
                StudyLine(
                    code=item.code,
                    title=item.name,
                    since=since.isoformat(),
                    is_awarded_here=item.is_awarded_here,
                )
                for item, since in progress.studying
            ),
        )


def intake_screen(work: Work, intake: Intake) -> Screen:
    """The open question or, when all is known, the way."""
    if intake.is_distress:
        return Distress(hotline=work.settings.hotline)
    if intake.asking is not None:
        return question_screen(work, intake)
    advice = advise(work, person_id=intake.profile.person_id)
    catalogue = current_catalogue(work)
    noted = tuple(catalogue.skills[key].label for key in intake.added[:NOTED])
    card = PathwayCard.of(catalogue, advice)
    return card.model_copy(update={"heard": Heard.of(intake), "noted": noted})


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
        currency=profile.currency,
        deadline=profile.deadline.isoformat() if profile.deadline else None,
        languages=tuple(sorted(profile.languages)),
        level=profile.highest_level,
        held=held_title(work, profile),
        years=profile.held_job.years if profile.held_job else None,
    )
