"""Screens of showing one's work: asking, looking over, sending, what came of it."""

from typing import Self

from pydantic import BaseModel

from actions.screens.base import LanguageMap, Screen, register
from credentials.evidence import (
    CriterionState,
    EvidenceItem,
    PreCheck,
    Step,
    Submission,
    find_stray,
    pre_check,
)
from credentials.unit_of_work import Work

EXCERPT = 80  # characters


class Item(BaseModel):
    """One thing that was sent, short; `words` are people's own."""

    evidence_id: str
    kind: str
    words: str
    link_state: str | None
    is_new: bool

    @classmethod
    def of(cls, item: EvidenceItem) -> Self:
        said = item.url or item.file_name if item.kind != "text" else item.text
        return cls(
            evidence_id=item.evidence_id,
            kind=item.kind,
            words=excerpt(said or ""),
            link_state=item.link_state,
            is_new=item.is_new,
        )


class Point(BaseModel):
    """A criterion: its place, its words, what counts, what was sent for it."""

    index: int
    text: LanguageMap
    hint: LanguageMap
    items: tuple[Item, ...]
    is_kept: bool
    has_enough: bool
    earlier: str | None

    @classmethod
    def of(cls, state: CriterionState) -> Self:
        return cls(
            index=state.index,
            text=state.criterion.text,
            hint=state.criterion.evidence,
            items=tuple(Item.of(item) for item in state.items),
            is_kept=state.is_kept,
            has_enough=state.has_enough,
            earlier=state.earlier,
        )


class _About(Screen):
    """A screen about one submission."""

    submission_id: str
    title: LanguageMap


@register
class EvidenceIntro(_About):
    """The advisor's list and a word of warning, before anything is sent."""

    points: tuple[Point, ...]
    privacy: LanguageMap | None
    asked: int
    is_again: bool
    stray: str | None = None  # what was sent before, by name


@register
class AskEvidence(_About):
    """One criterion; after something was kept, what it was."""

    point: Point
    done: int
    total: int
    added: Item | None = None
    hidden: str | None = None
    last: int | None = None  # the criterion that was just added to
    stray: str | None = None


@register
class AskSummary(_About):
    """In a sentence, what a voice note shows."""

    done: int
    total: int


@register
class AskChangeNote(_About):
    """What changed since the last review."""


@register
class AskMadeWith(_About):
    """Who else made it, and which part is whose."""


@register
class AskNameForBadge(_About):
    """Which name the badge should carry."""


@register
class EvidenceRubric(_About):
    """What an advisor looks for in one criterion."""

    index: int
    text: LanguageMap
    hint: LanguageMap
    met: LanguageMap
    not_yet: LanguageMap

    @classmethod
    def of(cls, submission: Submission, index: int) -> Self:
        criterion = submission.criteria[index].criterion
        return cls(
            submission_id=submission.submission_id,
            title=submission.name,
            index=index,
            text=criterion.text,
            hint=criterion.evidence,
            met=criterion.levels.met,
            not_yet=criterion.levels.not_yet,
        )


@register
class EvidenceCheck(_About):
    """The look before sending; after something was kept, what it was."""

    points: tuple[Point, ...]
    links: tuple[Item, ...]
    used_for: tuple[LanguageMap, ...]
    name_on_badge: str | None
    made_with: str | None
    added: Item | None = None
    hidden: str | None = None

    @classmethod
    def of(cls, check: PreCheck, step: Step | None = None) -> Self:
        submission = check.submission
        return cls(
            submission_id=submission.submission_id,
            title=submission.name,
            points=tuple(Point.of(item) for item in submission.criteria),
            links=tuple(Item.of(item) for item in check.links),
            used_for=check.used_for,
            name_on_badge=check.name,
            made_with=submission.made_with,
            added=Item.of(step.added) if step and step.added else None,
            hidden=step.hidden if step else None,
        )


@register
class EvidencePersonal(_About):
    """What was just kept seems to hold somebody's name, birth date, number or address."""

    evidence_id: str

    @classmethod
    def of(cls, step: Step) -> Self:
        assert step.added is not None
        submission = step.submission
        return cls(
            submission_id=submission.submission_id,
            title=submission.name,
            evidence_id=step.added.evidence_id,
        )


@register
class EvidenceSent(_About):
    """Handed to the advisors."""

    promised_by: str
    origin: str | None

    @property
    def topic(self) -> tuple[str, str]:
        return "sent", self.submission_id

    @classmethod
    def of(cls, submission: Submission) -> Self:
        assert submission.promised_by is not None
        return cls(
            submission_id=submission.submission_id,
            title=submission.name,
            promised_by=submission.promised_by.isoformat(),
            origin=submission.origin,
        )


@register
class EvidenceStanding(_About):
    """Where a submission stands that cannot be changed now."""

    code: str
    state: str
    promised_by: str | None

    @property
    def topic(self) -> tuple[str, str]:
        return "sent", self.submission_id

    @classmethod
    def of(cls, submission: Submission) -> Self:
        promised = submission.promised_by
        return cls(
            submission_id=submission.submission_id,
            title=submission.name,
            code=submission.achievement.code,
            state=submission.state,
            promised_by=promised.isoformat() if promised else None,
        )


class Missing(BaseModel):
    """A criterion that is not met yet, and the advisor's own words."""

    criterion: LanguageMap
    comment: str | None


class _Judged(_About):
    code: str
    met: int
    total: int
    missing: tuple[Missing, ...]
    comment: str | None
    round: int


@register
class SubmissionReturned(_Judged):
    """Something is missing; what was met stays met."""


@register
class SubmissionRejected(_Judged):
    """The advisor does not accept it."""


@register
class ReviewDelayed(_About):
    """The answer is late; a new date."""

    promised_by: str


def evidence_screen(work: Work, step: Step) -> Screen:
    """The screen of a step."""
    submission = step.submission
    about = {"submission_id": submission.submission_id, "title": submission.name}
    done = len(submission.criteria) - len(submission.missing)
    if step.asking == "criterion" and step.index is not None:
        stray = find_stray(work, person_id=submission.person_id)
        return _ask_criterion(step, done, stray.name if stray else None)
    if step.asking == "summary":
        return AskSummary(**about, done=done, total=len(submission.criteria))
    if step.asking == "change_note":
        return AskChangeNote(**about)
    if step.asking == "made_with":
        return AskMadeWith(**about)
    if step.asking == "check":
        check = pre_check(
            work, person_id=submission.person_id, submission_id=submission.submission_id
        )
        return EvidenceCheck.of(check, step)
    return EvidenceStanding.of(submission)


def excerpt(text: str) -> str:
    """The beginning of somebody's words, on one line."""
    line = " ".join(text.split())
    return line if len(line) <= EXCERPT else line[: EXCERPT - 1].rstrip() + "…"


def _ask_criterion(step: Step, done: int, stray: str | None) -> Screen:
    submission, index = step.submission, step.index
    assert index is not None
    is_untouched = not any(item.is_new for state in submission.criteria for item in state.items)
    if is_untouched and step.added is None and index == submission.open_criteria[0].index:
        return EvidenceIntro(
            submission_id=submission.submission_id,
            title=submission.name,
            points=tuple(Point.of(item) for item in submission.criteria),
            privacy=submission.achievement.privacy,
            asked=index,
            is_again=submission.round > 1,
            stray=stray,
        )
    return AskEvidence(
        submission_id=submission.submission_id,
        title=submission.name,
        point=Point.of(submission.criteria[index]),
        done=done,
        total=len(submission.criteria),
        added=Item.of(step.added) if step.added else None,
        hidden=step.hidden,
        last=_place(submission, step.added) if step.added else None,
        stray=stray,
    )


def _place(submission: Submission, added: EvidenceItem) -> int | None:
    for state in submission.criteria:
        if added.evidence_id in {item.evidence_id for item in state.items}:
            return state.index
    return None
