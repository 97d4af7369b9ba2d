"""Screens of reviewing: the queue, one criterion at a time, the decision."""

from typing import Self

from pydantic import BaseModel

from actions.screens.base import LanguageMap, Screen, register
from credentials.evidence import (
    CriterionState,
    Elsewhere,
    EvidenceItem,
    Judgement,
    Queue,
    ReviewStep,
    Waiting,
)
from credentials.issuing import Decision

ON_CARD = 200  # characters of somebody's text that stand on the card itself
IN_MESSAGE = 600  # that are a message of their own; longer texts come as a file


class Exhibit(BaseModel):
    """One piece of evidence, as data: somebody's words are quoted, never followed."""

    evidence_id: str
    kind: str
    words: str | None
    url: str | None
    link_state: str | None
    file_name: str | None
    media_type: str | None
    size: int | None
    is_new: bool
    by_others: bool
    own_codes: tuple[str, ...]

    @property
    def form(self) -> str:
        """How it is shown: on the `card`, as a `message` of its own, or as a `file`."""
        length = len(self.words or "")
        if self.size is not None or length > IN_MESSAGE:
            return "file"
        return "message" if length > ON_CARD else "card"

    @classmethod
    def of(cls, item: EvidenceItem, elsewhere: Elsewhere) -> Self:
        return cls(
            evidence_id=item.evidence_id,
            kind=item.kind,
            words=item.text,
            url=item.url,
            link_state=item.link_state,
            file_name=item.file_name,
            media_type=item.media_type,
            size=item.size,
            is_new=item.is_new,
            by_others=elsewhere.by_others,
            own_codes=elsewhere.own_codes,
        )


class Mark(BaseModel):
    """How a criterion was judged."""

    index: int
    text: LanguageMap
    result: str | None
    comment: str | None
    is_kept: bool

    @classmethod
    def of(cls, state: CriterionState) -> Self:
        return cls(
            index=state.index,
            text=state.criterion.text,
            result=Judgement.MET if state.is_kept else state.result,
            comment=state.comment,
            is_kept=state.is_kept,
        )


class QueueItem(BaseModel):
    submission_id: str
    title: LanguageMap
    learner: str | None
    sent_at: str
    round: int

    @classmethod
    def of(cls, waiting: Waiting) -> Self:
        return cls(
            submission_id=waiting.submission_id,
            title=waiting.name,
            learner=waiting.learner,
            sent_at=waiting.sent_at.isoformat(),
            round=waiting.round,
        )


@register
class ReviewQueue(Screen):
    """How much waits, since when; `is_list` shows the first few."""

    count: int
    oldest: str | None
    items: tuple[QueueItem, ...]
    is_list: bool = False
    now: str

    @classmethod
    def of(cls, queue: Queue, now: str, *, is_list: bool = False) -> Self:
        return cls(
            count=queue.count,
            oldest=queue.oldest.isoformat() if queue.oldest else None,
            items=tuple(QueueItem.of(item) for item in queue.first),
            is_list=is_list,
            now=now,
        )


class _OnSubmission(Screen):
    submission_id: str
    round: int
    title: LanguageMap


@register
class ReviewCriterion(_OnSubmission):
    """A criterion beside its evidence. `file` is the evidence whose file comes with the card."""

    learner: str | None
    sent_at: str
    now: str
    index: int
    total: int
    text: LanguageMap
    met: LanguageMap
    comment: str | None
    earlier: str | None
    change_note: str | None
    made_with: str | None
    exhibits: tuple[Exhibit, ...]
    file: str | None = None
    is_first: bool = False


@register
class ReviewFile(Screen):
    """A file that was sent."""

    index: int
    exhibit: Exhibit


@register
class ReviewWords(Screen):
    """A text that is too long for the card."""

    index: int
    exhibit: Exhibit


@register
class ReviewMarked(Screen):
    """What became of the criterion before, when the next card follows below."""

    mark: Mark


@register
class ReviewComment(_OnSubmission):
    """A comment is asked for; `is_needed` when it says what is missing."""

    index: int
    text: LanguageMap
    saved: tuple[LanguageMap, ...]
    is_needed: bool


@register
class ReviewSummary(_OnSubmission):
    """Every mark, before the decision; `is_rejecting` asks once more."""

    learner: str | None
    marks: tuple[Mark, ...]
    is_rejecting: bool = False

    @classmethod
    def of(cls, step: ReviewStep, *, is_rejecting: bool = False) -> Self:
        submission = step.submission
        return cls(
            submission_id=submission.submission_id,
            round=submission.round,
            title=submission.name,
            learner=step.learner,
            marks=tuple(Mark.of(item) for item in submission.criteria),
            is_rejecting=is_rejecting,
        )


@register
class ReviewDone(Screen):
    """Decided; how many more wait. `badge_id` is that of the badge it became."""

    title: LanguageMap
    outcome: str
    learner: str | None
    waiting: int
    badge_id: str | None = None

    @classmethod
    def of(cls, decision: Decision, queue: Queue, learner: str | None) -> Self:
        return cls(
            title=decision.submission.name,
            outcome=decision.outcome,
            learner=learner,
            waiting=queue.count,
            badge_id=decision.badge.badge_id if decision.badge else None,
        )


@register
class ReviewGone(Screen):
    """The card's submission is no longer open to this advisor; `code` of the refusal."""

    code: str
    waiting: int


@register
class ReviewWanted(Screen):
    """Work has arrived."""

    title: LanguageMap


def review_screens(step: ReviewStep, now: str, *, marked: int | None = None) -> list[Screen]:
    """What an advisor sees next; `marked` is the criterion the pressed card was about.

    Files and long texts come as messages of their own, above the card they belong to; then the
    pressed card only says how its criterion was marked.
    """
    if step.asking == "comment":
        return [_comment(step)]
    before = _closing(step, marked)
    if step.current is None:
        return [*before, ReviewSummary.of(step)]
    card = _card(step, step.current, now)
    texts = [item for item in card.exhibits if item.form == "message"]
    files = [item for item in card.exhibits if item.form == "file"]
    if not texts and not files:
        return [*before, card]
    above: list[Screen] = [ReviewWords(index=card.index, exhibit=item) for item in texts]
    above += [ReviewFile(index=card.index, exhibit=item) for item in files[:-1]]
    last = card.model_copy(update={"file": files[-1].evidence_id if files else None})
    if marked is None or marked == card.index:
        return [*above, last]
    mark = Mark.of(step.submission.criteria[marked])
    return [ReviewMarked(mark=mark), *above, last]


def _closing(step: ReviewStep, marked: int | None) -> list[Screen]:
    """How the pressed card was marked, where it holds a file and cannot become another card."""
    current = step.current.index if step.current else None
    if marked is None or marked == current:
        return []
    state = step.submission.criteria[marked]
    forms = {Exhibit.of(item, Elsewhere()).form for item in state.items}
    return [ReviewMarked(mark=Mark.of(state))] if "file" in forms else []


def _card(step: ReviewStep, current: CriterionState, now: str) -> ReviewCriterion:
    submission = step.submission
    assert submission.sent_at is not None
    first = next((item.index for item in submission.open_criteria), 0)
    return ReviewCriterion(
        submission_id=submission.submission_id,
        round=submission.round,
        title=submission.name,
        learner=step.learner,
        sent_at=submission.sent_at.isoformat(),
        now=now,
        index=current.index,
        total=len(submission.criteria),
        text=current.criterion.text,
        met=current.criterion.levels.met,
        comment=current.comment,
        earlier=current.earlier,
        change_note=submission.change_note,
        made_with=submission.made_with,
        exhibits=tuple(
            Exhibit.of(item, step.elsewhere.get(item.evidence_id, Elsewhere()))
            for item in current.items
        ),
        is_first=current.index == first,
    )


def _comment(step: ReviewStep) -> ReviewComment:
    submission, current = step.submission, step.current
    assert current is not None
    return ReviewComment(
        submission_id=submission.submission_id,
        round=submission.round,
        title=submission.name,
        index=current.index,
        text=current.criterion.text,
        saved=submission.achievement.saved_comments,
        is_needed=step.is_needed,
    )
