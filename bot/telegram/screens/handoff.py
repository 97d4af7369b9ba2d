"""Draws talking to a person: the wish for it, the conversation, its end."""

from datetime import datetime
from typing import Literal, cast

from markupsafe import escape

from actions.screens.handoff import (
    HandoffAddressed,
    HandoffCannotPass,
    HandoffClosed,
    HandoffEnded,
    HandoffGivenBack,
    HandoffHeld,
    HandoffJoined,
    HandoffKept,
    HandoffMessage,
    HandoffQueue,
    HandoffResting,
    HandoffStanding,
    HandoffTaken,
    HandoffWaiting,
    HandoffWanted,
    HandoffWhom,
    HandoffWithdrawn,
    InQueue,
)
from bot.telegram.screens.drawing import (
    Attachment,
    Button,
    Drawn,
    button,
    draws,
    lines,
    paragraphs,
)
from bot.telegram.screens.words import ask_person, menu_button
from bot.texts import Say

QUOTED = 200  # characters of what was written before
NAME = 40  # characters of a name on a button
FULL_LIST = 8


@draws(HandoffWaiting)
def draw_waiting(screen: HandoffWaiting, say: Say) -> Drawn:
    words = screen.last_words
    text = paragraphs(
        _appealed(screen, say) if screen.reason == "appeal" else None,
        _who_comes(screen, say),
        say("handoff-write"),
        lines(say("handoff-last-words"), say("handoff-quote", words=_cut(words, QUOTED)))
        if words
        else None,
    )
    pass_on = button(say.plain("button-pass-words-on"), "ho_words", screen.handoff_id)
    return Drawn(text, (((pass_on,),) if words else ()) + _waiting_rows(say))


@draws(HandoffStanding)
def draw_standing(screen: HandoffStanding, say: Say) -> Drawn:
    when = "unknown" if screen.opens_at is None else "later"
    text = paragraphs(
        *(say("evidence-earlier", words=words) for words in screen.comments),
        say(
            "handoff-standing",
            there="now" if screen.is_open else when,
            time=say.time(screen.opens_at) if screen.opens_at else "",
        ),
        say("handoff-standing-appeal") if screen.is_appeal else None,
    )
    return Drawn(text, _waiting_rows(say))


@draws(HandoffKept)
def draw_kept(screen: HandoffKept, say: Say) -> Drawn:
    kept = say("handoff-kept")
    if screen.opens_at is not None:
        kept = say("handoff-kept-until", time=say.time(screen.opens_at))
    appeal = say("handoff-kept-appeal") if screen.is_appeal else None
    return Drawn(paragraphs(kept, appeal), _waiting_rows(say))


@draws(HandoffGivenBack)
def draw_given_back(screen: HandoffGivenBack, say: Say) -> Drawn:
    until = say("handoff-kept-until", time=say.time(screen.opens_at)) if screen.opens_at else None
    text = paragraphs(say("handoff-given-back"), until or say("handoff-write"))
    return Drawn(text, _waiting_rows(say))


@draws(HandoffResting)
def draw_resting(screen: HandoffResting, say: Say) -> Drawn:
    back = button(say.plain("button-write-more"), "ask_person")
    return Drawn(say("handoff-resting"), ((back, menu_button(say)),))


@draws(HandoffWithdrawn)
def draw_withdrawn(screen: HandoffWithdrawn, say: Say) -> Drawn:
    return Drawn(say("handoff-withdrawn"), ((menu_button(say),),))


@draws(HandoffJoined)
def draw_joined(screen: HandoffJoined, say: Say) -> Drawn:
    return Drawn(say("handoff-joined"), ((_end_button(screen.handoff_id, say),),))


@draws(HandoffHeld)
def draw_held(screen: HandoffHeld, say: Say) -> Drawn:
    return Drawn(say("handoff-held"), ((_end_button(screen.handoff_id, say),),))


@draws(HandoffMessage)
def draw_message(screen: HandoffMessage, say: Say) -> Drawn:
    sender = _name(screen.learner, say) if screen.is_from_learner else say.plain("your-advisor")
    head = say("handoff-sender", name=sender, changed="yes" if screen.is_changed else "no")
    text = lines(head, escape(screen.text))
    if screen.form is None:
        return Drawn(text)
    form = cast(Literal["document", "photo", "voice"], screen.form)
    return Drawn(text, (), Attachment("handoff", {"message_id": screen.message_id}, form))


@draws(HandoffCannotPass)
def draw_cannot_pass(screen: HandoffCannotPass, say: Say) -> Drawn:
    return Drawn(say("handoff-cannot-pass"))


@draws(HandoffEnded)
def draw_ended(screen: HandoffEnded, say: Say) -> Drawn:
    return Drawn(say("handoff-ended", ending=screen.ending), ((ask_person(say), menu_button(say)),))


@draws(HandoffWanted)
def draw_wanted(screen: HandoffWanted, say: Say) -> Drawn:
    name = _name(screen.learner, say)
    text = paragraphs(
        say("handoff-wanted", learner=name), say("handoff-reason", reason=screen.reason)
    )
    return Drawn(text, ((_take_button(screen.handoff_id, say), _people_button(say)),))


@draws(HandoffTaken)
def draw_taken(screen: HandoffTaken, say: Say) -> Drawn:
    name = _name(screen.learner, say)
    standing = lines(
        say("handoff-reason", reason=screen.reason),
        say("handoff-goal", goal=screen.goal) if screen.goal else say("handoff-no-goal"),
        _doing(screen, say),
        say("handoff-work", waiting=screen.waiting, returned=screen.returned)
        if screen.waiting or screen.returned
        else None,
        say("handoff-badges", count=screen.badges) if screen.badges else None,
    )
    text = paragraphs(
        say("handoff-taken", learner=name, time=say.time(screen.asked_at)),
        standing,
        say("handoff-how", learner=name),
    )
    return Drawn(text, ((_end_button(screen.handoff_id, say), _people_button(say)),))


@draws(HandoffQueue)
def draw_queue(screen: HandoffQueue, say: Say) -> Drawn:
    if not (screen.waiting or screen.talking):
        return Drawn(say("people-none"), ((menu_button(say),),))
    text = lines(
        say("people-waiting", count=len(screen.waiting)) if screen.waiting else None,
        say("people-talking", count=len(screen.talking)) if screen.talking else None,
    )
    waiting = tuple(
        (button(_line(one, screen.now, say), "ho_take", one.handoff_id),)
        for one in screen.waiting[:FULL_LIST]
    )
    talking = tuple(
        (
            button(
                say.plain("people-line-talking", learner=_short(one, say)),
                "ho_take",
                one.handoff_id,
            ),
        )
        for one in screen.talking
    )
    return Drawn(text, (*waiting, *talking))


@draws(HandoffWhom)
def draw_whom(screen: HandoffWhom, say: Say) -> Drawn:
    people = tuple((button(_short(one, say), "ho_to", one.handoff_id),) for one in screen.talking)
    nobody = button(say.plain("button-nobody"), "ho_nobody")
    return Drawn(say("handoff-whom"), (*people, (nobody,)))


@draws(HandoffAddressed)
def draw_addressed(screen: HandoffAddressed, say: Say) -> Drawn:
    if screen.is_dropped:
        return Drawn(say("handoff-dropped"))
    return Drawn(say("handoff-addressed", learner=_name(screen.learner, say)))


@draws(HandoffClosed)
def draw_closed(screen: HandoffClosed, say: Say) -> Drawn:
    closed = say("handoff-closed", ending=screen.ending, learner=_name(screen.learner, say))
    text = lines(
        closed,
        say("people-talking", count=screen.talking) if screen.talking else None,
        say("people-waiting", count=screen.waiting) if screen.waiting else None,
    )
    people = (_people_button(say),) if screen.waiting or screen.talking else ()
    return Drawn(text, ((*people, menu_button(say)),))


def _who_comes(screen: HandoffWaiting, say: Say) -> str:
    if not screen.advisors:
        return say("handoff-no-advisor")
    if screen.is_open:
        return say("handoff-told", count=screen.advisors)
    if screen.opens_at is None:
        return say("handoff-no-hours")
    key = "handoff-away-urgent" if screen.reason == "urgent" else "handoff-away"
    return say(key, time=say.time(screen.opens_at))


def _appealed(screen: HandoffWaiting, say: Say) -> str:
    known = "yes" if screen.title else "no"
    return say("handoff-appeal", title=screen.title or "", known=known)


def _doing(screen: HandoffTaken, say: Say) -> str | None:
    if screen.title is not None:
        about = "appeal" if screen.reason == "appeal" else "evidence"
        return say("handoff-doing", doing=about, title=screen.title)
    return say("handoff-doing", doing=screen.doing, title="") if screen.doing else None


def _waiting_rows(say: Say) -> tuple[tuple[Button, ...], ...]:
    carry_on = button(say.plain("button-carry-on"), "ho_carry_on")
    return ((carry_on, button(say.plain("button-never-mind"), "ho_withdraw")),)


def _end_button(handoff_id: str, say: Say) -> Button:
    return button(say.plain("button-end-talk"), "ho_end", handoff_id)


def _take_button(handoff_id: str, say: Say) -> Button:
    return button(say.plain("button-take"), "ho_take", handoff_id)


def _people_button(say: Say) -> Button:
    return button(say.plain("button-people"), "people")


def _line(one: InQueue, now: str, say: Say) -> str:
    waited = datetime.fromisoformat(now) - datetime.fromisoformat(one.since)
    key = "people-line-urgent" if one.reason == "urgent" else "people-line"
    return say.plain(key, learner=_short(one, say), age=say.span(waited))


def _name(learner: str | None, say: Say) -> str:
    return learner or say.plain("a-learner")


def _short(one: InQueue, say: Say) -> str:
    return _cut(_name(one.learner, say), NAME)


def _cut(words: str, length: int) -> str:
    return words if len(words) <= length else words[: length - 1].rstrip() + "…"
