"""Talking to a person: asking for one, passing words on both ways, the end of it."""

import asyncio

from actions.screens import Screen, Shown, before
from actions.screens.account import Cancelled
from actions.screens.general import Problem
from actions.screens.handoff import (
    HandoffAddressed,
    HandoffCannotPass,
    HandoffClosed,
    HandoffEnded,
    HandoffHeld,
    HandoffKept,
    HandoffQueue,
    HandoffResting,
    HandoffTaken,
    HandoffWaiting,
    HandoffWhom,
    HandoffWithdrawn,
    request_screen,
    standing_screen,
)
from actions.screens.incoming import NotUnderstoodMedia
from bot.telegram.asking import is_question
from bot.telegram.context import Context
from bot.telegram.handing_back import tell_learner
from bot.telegram.routes import Routes
from credentials.drafts import current_draft
from credentials.errors import StaleError
from credentials.evidence import inspect_upload
from credentials.handoff import (
    ADVISING,
    REQUEST,
    Content,
    Ending,
    Reason,
    State,
    address,
    addressee,
    carry_on,
    change_message,
    drop_unaddressed,
    end_handoff,
    find_active,
    find_people,
    find_request,
    is_reply_to_advisor,
    is_talking,
    pass_on_kept,
    pass_on_last_words,
    take_handoff,
    withdraw_request,
    write_to_advisor,
    write_to_learner,
)
from credentials.handoff import cancel as cancel_current
from credentials.inbox import recent_words
from credentials.people import Person
from credentials.unit_of_work import Work


def line_of(work: Work, person: Person, reply_to: int | None) -> str | None:
    """Where somebody's words go while they talk to a person: the kind of draft that takes them."""
    if addressee(work, advisor_id=person.person_id, reply_to=reply_to) is not None:
        return ADVISING
    if is_talking(work, person_id=person.person_id) or is_reply_to_advisor(
        work, person_id=person.person_id, reply_to=reply_to
    ):
        return REQUEST
    draft = current_draft(work.session, person.person_id)
    return ADVISING if draft is not None and draft.kind == ADVISING else None


async def ask(context: Context) -> None:
    """Ask for a person; what was written just before is offered to be passed on."""
    reason = Reason.ASKED
    if context.has_press and context.press.id in set(Reason):
        reason = Reason(context.press.id)

    def use_case(work: Work, person: Person) -> Screen:
        talking = find_active(work, person_id=person.person_id)
        if talking is not None and talking.state is State.OPEN:
            return HandoffHeld.of(talking)
        words = recent_words(work.session, context.key, now=work.now)
        return request_screen(work, person, reason=reason, last_words=words)

    await context.show(use_case, in_place=False)


async def pass_words_on(context: Context) -> None:
    def use_case(work: Work, person: Person) -> Shown:
        handoff = pass_on_last_words(work, person_id=person.person_id, handoff_id=context.press.id)
        request = find_request(work, person_id=person.person_id)
        return HandoffKept.of(request) if request and handoff.state is State.WAITING else None

    await context.show(use_case, in_place=False)


async def rest(context: Context) -> None:
    """Go on with the bot; the wish waits."""

    def use_case(work: Work, person: Person) -> Shown:
        request = carry_on(work, person_id=person.person_id)
        if request.handoff.state is State.OPEN:
            return HandoffHeld.of(request.handoff)
        return before(context.open_question(work, person), HandoffResting())

    await context.show(use_case)


async def withdraw(context: Context) -> None:
    def use_case(work: Work, person: Person) -> Shown:
        talking = find_active(work, person_id=person.person_id)
        if talking is not None and talking.state is State.OPEN:
            return HandoffHeld.of(talking)
        withdraw_request(work, person_id=person.person_id)
        return before(context.open_question(work, person), HandoffWithdrawn())

    await context.show(use_case)


async def write_on(context: Context) -> None:
    """A learner's words or file for the advisor."""
    content = await _content(context)

    def use_case(work: Work, person: Person) -> Screen | None:
        handoff = write_to_advisor(work, person_id=person.person_id, content=content)
        request = find_request(work, person_id=person.person_id)
        return HandoffKept.of(request) if request and handoff.state is State.WAITING else None

    await context.show(use_case)


async def show_standing(context: Context) -> None:
    """When the advisor comes who is waited for; a question is kept for them all the same."""
    content = await _content(context)

    def use_case(work: Work, person: Person) -> Screen | None:
        if is_question(context.text):
            write_to_advisor(work, person_id=person.person_id, content=content)
        return standing_screen(work, person)

    await context.show(use_case)


async def answer(context: Context) -> None:
    """An advisor's words or file for the learner they talk to."""
    content = await _content(context)

    def use_case(work: Work, person: Person) -> Screen | None:
        choice = write_to_learner(
            work, advisor_id=person.person_id, content=content, reply_to=context.reply_to
        )
        return HandoffWhom.of(choice) if choice else None

    await context.show(use_case)


async def choose_addressee(context: Context) -> None:
    await context.show(
        lambda work, person: HandoffAddressed(
            learner=address(work, advisor_id=person.person_id, handoff_id=context.press.id).learner
        )
    )


async def address_nobody(context: Context) -> None:
    def use_case(work: Work, person: Person) -> Screen:
        drop_unaddressed(work, advisor_id=person.person_id)
        return HandoffAddressed(learner=None, is_dropped=True)

    await context.show(use_case)


async def change(context: Context) -> None:
    """Somebody edited a message: what was passed on changes with it."""
    message = context.incoming.effective_message
    number = message.message_id if message else 0

    def use_case(work: Work, person: Person) -> None:
        change_message(
            work, author_id=person.person_id, source_id=number, text=context.text.strip()
        )

    await context.show(use_case)


async def take(context: Context) -> None:
    """Talk to somebody who waits; the first advisor has them."""

    def use_case(work: Work, person: Person) -> Shown:
        try:
            taken = take_handoff(work, advisor_id=person.person_id, handoff_id=context.press.id)
        except StaleError as error:
            people = find_people(work, advisor_id=person.person_id)
            return [Problem.of(error), HandoffQueue.of(people)]
        context.put(work, person, HandoffTaken.of(taken))
        pass_on_kept(work, handoff_id=taken.handoff.handoff_id)
        return None

    await context.show(use_case)


async def show_people(context: Context) -> None:
    await context.show(
        lambda work, person: HandoffQueue.of(find_people(work, advisor_id=person.person_id))
    )


async def end(context: Context) -> None:
    await context.show(
        lambda work, person: _end(context, work, person, context.press.id or None), in_place=False
    )


async def cancel(context: Context) -> None:
    """End what the person is in the middle of, a conversation included."""

    def use_case(work: Work, person: Person) -> Shown:
        if is_talking(work, person_id=person.person_id):
            return _end(context, work, person, None)
        draft = current_draft(work.session, person.person_id)
        if draft is None or draft.kind != ADVISING:
            return Cancelled(kind=cancel_current(work, person_id=person.person_id))
        if context.has_press:  # a button of an older card
            return Cancelled(kind=None)
        people = find_people(work, advisor_id=person.person_id)
        if len(people.talking) > 1:
            return HandoffQueue.of(people)
        return _end(context, work, person, None)

    await context.show(use_case)


async def take_no_media(context: Context) -> None:
    """A sticker, a place, a contact: nothing we can use or pass on."""

    def use_case(work: Work, person: Person) -> Screen:
        line = line_of(work, person, context.reply_to)
        return HandoffCannotPass() if line else NotUnderstoodMedia()

    await context.show(use_case)


def _end(context: Context, work: Work, person: Person, handoff_id: str | None) -> Shown:
    ended = end_handoff(work, person_id=person.person_id, handoff_id=handoff_id)
    if ended.ending is Ending.ADVISOR:
        tell_learner(context.services, work, ended)
        return HandoffClosed.of(ended)
    return before(context.open_question(work, person), HandoffEnded.of(ended))


async def _content(context: Context) -> Content:
    message = context.incoming.effective_message
    number = message.message_id if message else None
    if message is None or message.text:
        return Content(text=context.text, source_id=number)
    incoming = context.incoming_file()
    content = await incoming.read()
    upload = await asyncio.to_thread(
        inspect_upload, content, name=incoming.name, is_voice=incoming.kind == "voice"
    )
    return Content(text=context.text, upload=upload, source_id=number)


def _resume(work: Work, person: Person) -> Screen | None:
    request = find_request(work, person_id=person.person_id)
    return HandoffWaiting.of(request) if request else None


ROUTES = Routes(
    commands={"ask": ask, "waiting": show_people, "cancel": cancel},
    presses={
        "ask_person": ask,
        "people": show_people,
        "cancel": cancel,
        "ho_words": pass_words_on,
        "ho_carry_on": rest,
        "ho_withdraw": withdraw,
        "ho_take": take,
        "ho_to": choose_addressee,
        "ho_nobody": address_nobody,
        "ho_end": end,
    },
    texts={REQUEST: write_on, ADVISING: answer},
    files={REQUEST: write_on, ADVISING: answer},
    resumes={REQUEST: _resume},
)
