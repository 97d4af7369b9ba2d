"""Screens of talking to a person: the wish for it, the conversation, its end."""

from typing import Self

from pydantic import BaseModel

from actions.screens.base import LanguageMap, Screen, register
from credentials.evidence import list_submissions
from credentials.handoff import (
    Ended,
    Handoff,
    People,
    Reason,
    Request,
    Taken,
    ask_for_person,
    find_request,
)
from credentials.people import Person
from credentials.unit_of_work import Work


@register
class HandoffWaiting(Screen):
    """A person is asked for. `opens_at` is the ISO instant advisors are there next, if known.

    `last_words` are offered to be passed on; `title` is whose decision is appealed.
    """

    handoff_id: str
    reason: str
    advisors: int
    is_open: bool
    opens_at: str | None
    last_words: str | None = None
    title: LanguageMap | None = None

    @classmethod
    def of(cls, request: Request, title: LanguageMap | None = None) -> Self:
        handoff = request.handoff
        return cls(
            handoff_id=handoff.handoff_id,
            reason=handoff.reason,
            advisors=request.advisors,
            is_open=request.is_open,
            opens_at=request.opens_at.isoformat() if request.opens_at else None,
            last_words=handoff.last_words,
            title=title,
        )


@register
class HandoffStanding(Screen):
    """An advisor is waited for: when they look in, and that one may go on here meanwhile.

    `comments` are the advisor's words about the decision that is appealed.
    """

    handoff_id: str
    is_open: bool
    opens_at: str | None
    is_appeal: bool
    comments: tuple[str, ...] = ()

    @classmethod
    def of(cls, request: Request, comments: tuple[str, ...] = ()) -> Self:
        return cls(
            comments=comments,
            handoff_id=request.handoff.handoff_id,
            is_open=request.is_open,
            opens_at=request.opens_at.isoformat() if request.opens_at else None,
            is_appeal=request.handoff.reason == "appeal",
        )


@register
class HandoffKept(Screen):
    """What was written waits for the advisor; `opens_at` as above while nobody is there."""

    opens_at: str | None
    is_appeal: bool = False

    @classmethod
    def of(cls, request: Request) -> Self:
        is_away = request.opens_at is not None and not request.is_open
        return cls(
            opens_at=request.opens_at.isoformat() if is_away and request.opens_at else None,
            is_appeal=request.handoff.reason == "appeal",
        )


@register
class HandoffGivenBack(Screen):
    """The advisor had to leave; another one is asked, who looks in from `opens_at`, if not now."""

    opens_at: str | None


@register
class HandoffResting(Screen):
    """The wish waits while the person goes on with the bot."""


@register
class HandoffWithdrawn(Screen):
    """The wish is taken back."""


@register
class HandoffJoined(Screen):
    """An advisor is there; the bot keeps quiet."""

    handoff_id: str


@register
class HandoffHeld(Screen):
    """Somebody who talks to an advisor pressed a button of the bot, or gave it a command."""

    handoff_id: str

    @classmethod
    def of(cls, handoff: Handoff) -> Self:
        return cls(handoff_id=handoff.handoff_id)


@register
class HandoffMessage(Screen):
    """A message of the other one: words, or a file shown as `form` with words beside it.

    `is_changed`: it stands for what was written before.
    """

    handoff_id: str
    message_id: str
    learner: str | None
    is_from_learner: bool
    text: str
    form: str | None
    is_changed: bool


@register
class HandoffCannotPass(Screen):
    """A kind of message that is not passed on."""


@register
class HandoffEnded(Screen):
    """For the learner: the conversation is over, by `ending`, and the bot is back."""

    ending: str

    @classmethod
    def of(cls, ended: Ended) -> Self:
        return cls(ending=ended.ending)


@register
class HandoffWanted(Screen):
    """For an advisor: somebody would like to talk to a person."""

    handoff_id: str
    learner: str | None
    reason: str


@register
class HandoffTaken(Screen):
    """For the advisor who took it: who it is and where they stand."""

    handoff_id: str
    learner: str | None
    reason: str
    asked_at: str
    goal: LanguageMap | None
    doing: str | None
    title: LanguageMap | None
    waiting: int
    returned: int
    badges: int

    @classmethod
    def of(cls, taken: Taken) -> Self:
        handoff, standing = taken.handoff, taken.standing
        return cls(
            handoff_id=handoff.handoff_id,
            learner=handoff.learner,
            reason=handoff.reason,
            asked_at=handoff.asked_at.isoformat(),
            goal=dict(standing.goal) if standing.goal else None,
            doing=standing.doing,
            title=dict(standing.title) if standing.title else None,
            waiting=standing.waiting,
            returned=standing.returned,
            badges=standing.badges,
        )


class InQueue(BaseModel):
    """Somebody who waits since, or talks since, an ISO instant."""

    handoff_id: str
    learner: str | None
    reason: str
    since: str

    @classmethod
    def of(cls, handoff: Handoff) -> Self:
        return cls(
            handoff_id=handoff.handoff_id,
            learner=handoff.learner,
            reason=handoff.reason,
            since=handoff.queued_at.isoformat(),
        )


@register
class HandoffQueue(Screen):
    """For an advisor: who waits, and whom they are talking to. `now` is an ISO instant."""

    waiting: tuple[InQueue, ...]
    talking: tuple[InQueue, ...]
    now: str

    @classmethod
    def of(cls, people: People) -> Self:
        return cls(
            waiting=tuple(InQueue.of(one) for one in people.waiting),
            talking=tuple(InQueue.of(one) for one in people.talking),
            now=people.now.isoformat(),
        )


@register
class HandoffWhom(Screen):
    """For an advisor who talks to several people: whom is the last message for?"""

    talking: tuple[InQueue, ...]

    @classmethod
    def of(cls, handoffs: list[Handoff]) -> Self:
        return cls(talking=tuple(InQueue.of(one) for one in handoffs))


@register
class HandoffAddressed(Screen):
    """For the advisor: it went to this person, or to nobody (`is_dropped`)."""

    learner: str | None
    is_dropped: bool = False


@register
class HandoffClosed(Screen):
    """For the advisor: the conversation is over, by `ending`; how many wait, or still talk."""

    ending: str
    learner: str | None
    waiting: int
    talking: int

    @classmethod
    def of(cls, ended: Ended) -> Self:
        return cls(
            ending=ended.ending,
            learner=ended.handoff.learner,
            waiting=ended.waiting,
            talking=ended.talking,
        )


def request_screen(
    work: Work, person: Person, *, reason: Reason = Reason.ASKED, last_words: str | None = None
) -> Screen:
    """Ask for a person, and say what comes now."""
    request = ask_for_person(work, person_id=person.person_id, reason=reason, last_words=last_words)
    return HandoffWaiting.of(request)


def standing_screen(work: Work, person: Person) -> Screen | None:
    """How things stand with the person who was asked for; None when nobody was."""
    request = find_request(work, person_id=person.person_id)
    if request is None:
        return None
    number = request.handoff.subject
    mine = list_submissions(work, person_id=person.person_id)
    decided = next((one for one in mine if one.submission_id == number), None)
    said = tuple(one.comment for one in decided.criteria if one.comment) if decided else ()
    return HandoffStanding.of(request, said)


def appeal_screen(work: Work, person: Person, *, code: str | None = None) -> Screen:
    """Ask for a person about a decision: the one about `code`, or the latest."""
    mine = list_submissions(work, person_id=person.person_id)
    decided = [item for item in mine if item.decided_at is not None]
    named = [item for item in decided if item.achievement.code == code] or decided
    latest = max(named, key=lambda item: item.decided_at or item.started_at, default=None)
    request = ask_for_person(
        work,
        person_id=person.person_id,
        reason=Reason.APPEAL,
        subject=latest.submission_id if latest else None,
    )
    return HandoffWaiting.of(request, latest.name if latest else None)
