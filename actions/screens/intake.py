"""Screens of the intake: what is wished for, what one can do, what one can give."""

from typing import Self

from pydantic import BaseModel

from actions.screens.base import LanguageMap, Screen, register
from credentials.catalogue import current_catalogue, get_occupation
from credentials.catalogue.catalogue import Catalogue
from credentials.catalogue.occupation_match import OccupationHit
from credentials.errors import NotFoundError
from credentials.pathways import LIMITS, Intake, Profile, offered_languages
from credentials.pathways.held_work import likely_skills
from credentials.unit_of_work import Work

SHOWN_IN_FIELD = 8
OFFERED = 6
LANGUAGES = 5


class Job(BaseModel):
    """An occupation to choose; `because` is the title that was meant."""

    code: str
    title: LanguageMap
    because: str | None = None


@register
class Welcome(Screen):
    """Who is talking, and the first question."""

    institution: str
    first_name: str | None


class Heard(BaseModel):
    """Limits and hours just told, as they are now; `told` names which. `deadline` is an ISO date."""

    told: tuple[str, ...]
    hours: float | None
    budget: float | None
    currency: str
    deadline: str | None
    languages: tuple[str, ...]
    level: str | None

    @classmethod
    def of(cls, intake: Intake) -> Self | None:
        """None when nothing of that kind was told."""
        profile = intake.profile
        if not intake.told:
            return None
        return cls(
            told=intake.told,
            hours=profile.hours_per_week,
            budget=profile.budget,
            currency=profile.currency,
            deadline=profile.deadline.isoformat() if profile.deadline else None,
            languages=tuple(sorted(profile.languages)),
            level=profile.highest_level,
        )


@register
class AskGoal(Screen):
    """Which work; `is_unclear` after words that named none, `is_unsure` for those who don't know.

    `noted` are skills just kept, `heard` limits; `held` is the work they do or did.
    """

    is_unclear: bool = False
    is_unsure: bool = False
    held: LanguageMap | None = None
    noted: tuple[LanguageMap, ...] = ()
    heard: Heard | None = None


@register
class ChooseJob(Screen):
    """Which of these occupations is meant; `noted` are skills just kept, `heard` limits.

    `is_far`: none is likely the work that was named.
    """

    jobs: tuple[Job, ...]
    is_far: bool = False
    is_unclear: bool = False
    noted: tuple[LanguageMap, ...] = ()
    heard: Heard | None = None


@register
class JobsOfField(Screen):
    """Occupations of one field, a page at a time."""

    field: str
    page: int
    pages: int
    jobs: tuple[Job, ...]

    @classmethod
    def of(cls, catalogue: Catalogue, field: str, page: int) -> Self:
        known = sorted(
            (job for job in catalogue.occupations.values() if job.field == field),
            key=lambda job: job.plain_title["en"],
        )
        pages = max(1, -(-len(known) // SHOWN_IN_FIELD))
        page = min(max(page, 0), pages - 1)
        shown = known[page * SHOWN_IN_FIELD : (page + 1) * SHOWN_IN_FIELD]
        jobs = tuple(Job(code=job.code, title=job.plain_title) for job in shown)
        return cls(field=field, page=page, pages=pages, jobs=jobs)


class Offer(BaseModel):
    """A skill the job asks for, to tap when one has it."""

    key: str
    label: LanguageMap


@register
class AskLikely(Screen):
    """Whether the work they `held`, for so many `years`, taught them `skills` the job asks for."""

    job: LanguageMap
    held: LanguageMap
    years: float | None
    skills: tuple[LanguageMap, ...]
    noted: tuple[LanguageMap, ...] = ()
    is_unclear: bool = False
    heard: Heard | None = None


@register
class AskHave(Screen):
    """What they have done and can do; the goal has just been understood.

    `noted` are skills just tapped: then more is asked for.
    """

    job: LanguageMap
    setting: str | None
    examples: tuple[LanguageMap, ...]
    offered: tuple[Offer, ...] = ()
    noted: tuple[LanguageMap, ...] = ()
    is_unclear: bool = False
    heard: Heard | None = None


@register
class AskHours(Screen):
    """How many hours a week; `noted` are skills just kept, `job` the goal to be named with it."""

    noted: tuple[LanguageMap, ...]
    job: LanguageMap | None = None
    is_unclear: bool = False
    heard: Heard | None = None


@register
class ChangeAnswers(Screen):
    """What was answered so far, to be changed. `deadline` is an ISO date; None for no limit."""

    job: LanguageMap | None
    skills: tuple[LanguageMap, ...]
    hours: float | None
    budget: float | None
    currency: str = "USD"
    deadline: str | None = None
    languages: tuple[str, ...] = ()
    level: str | None = None
    held: LanguageMap | None = None
    years: float | None = None


@register
class AskLimit(Screen):
    """A limit of the path: budget, deadline, language or level; `languages` there are courses in."""

    limit: str
    languages: tuple[str, ...] = ()
    is_unclear: bool = False


def question_screen(work: Work, intake: Intake) -> Screen:
    """The screen of the open question."""
    catalogue = current_catalogue(work)
    profile = intake.profile
    noted = tuple(catalogue.skills[key].label for key in intake.added)
    heard = Heard.of(intake)
    if intake.asking == "choose":
        return ChooseJob(
            jobs=tuple(_job(catalogue, hit) for hit in intake.choices),
            is_far=intake.is_far,
            is_unclear=intake.is_unclear,
            noted=noted,
            heard=heard,
        )
    if intake.asking == "likely" and profile.held_job is not None:
        return AskLikely(
            job=get_occupation(work, code=profile.occupation_code or "").plain_title,
            held=get_occupation(work, code=profile.held_job.code).plain_title,
            years=profile.held_job.years,
            skills=tuple(catalogue.skills[key].label for key in intake.likely),
            noted=noted,
            is_unclear=intake.is_unclear,
            heard=heard,
        )
    if intake.asking == "have":
        job = get_occupation(work, code=profile.occupation_code or "")
        needed = [need.skill for need in job.needs]
        first = likely_skills(work, profile)
        keys = [key for key in dict.fromkeys([*first, *needed]) if key not in profile.said]
        return AskHave(
            job=job.plain_title,
            setting=profile.setting,
            examples=tuple(catalogue.skills[key].label for key in needed[:3]),
            offered=tuple(
                Offer(key=key, label=catalogue.skills[key].label) for key in keys[:OFFERED]
            ),
            noted=noted,
            is_unclear=intake.is_unclear,
            heard=heard,
        )
    if intake.asking in LIMITS:
        offered = offered_languages(catalogue)[:LANGUAGES] if intake.asking == "language" else ()
        return AskLimit(limit=intake.asking, languages=offered, is_unclear=intake.is_unclear)
    if intake.asking == "hours":
        job = get_occupation(work, code=profile.occupation_code or "")
        return AskHours(
            noted=noted,
            job=job.plain_title if intake.is_new_goal or not noted else None,
            is_unclear=intake.is_unclear,
            heard=heard,
        )
    return AskGoal(
        is_unclear=intake.is_unclear,
        is_unsure=intake.is_unsure,
        noted=noted,
        heard=heard,
        held=held_title(work, profile),
    )


def held_title(work: Work, profile: Profile) -> LanguageMap | None:
    """The work they told they do or did; None when they told none that still is in the catalogue."""
    if profile.held_job is None:
        return None
    try:
        return get_occupation(work, code=profile.held_job.code).plain_title
    except NotFoundError:
        return None


def _job(catalogue: Catalogue, hit: OccupationHit) -> Job:
    known = catalogue.occupations.get(hit.code)
    return Job(
        code=hit.code,
        title=known.plain_title if known else {"en": hit.title},
        because=hit.because,
    )
