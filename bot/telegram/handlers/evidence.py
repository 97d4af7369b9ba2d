"""Showing one's work: one criterion at a time, a look before sending, changing one's mind."""

import asyncio
from collections.abc import Callable

from actions.screens import Screen
from actions.screens.choosing import ChooseEvidence, ChooseInField
from actions.screens.evidence import (
    AskNameForBadge,
    EvidenceRubric,
    EvidenceSent,
    EvidenceStanding,
    evidence_screen,
)
from bot.telegram.context import Context
from bot.telegram.handlers.correcting import kept_screen
from bot.telegram.incoming import IncomingFile
from bot.telegram.routes import Routes
from credentials.catalogue import FIELDS, current_catalogue
from credentials.errors import StaleError
from credentials.evidence import (
    LinkState,
    Step,
    add_file,
    answer_in_words,
    ask_criterion,
    ask_for,
    ask_made_with,
    check_link,
    choose_name,
    edit_submission,
    find_link,
    find_stray,
    find_submission,
    forget_stray,
    go_back,
    inspect_upload,
    look_over,
    name_asked_for,
    note_origin,
    open_name,
    place_of,
    remove_evidence,
    resume_step,
    send_submission,
    skip_question,
    withdraw_submission,
)
from credentials.issuing import begin_submission
from credentials.people import Person
from credentials.unit_of_work import Work
from credentials.verification.fetching import GuardedFetcher

Stepping = Callable[[Work, Person], Step]
Showing = Callable[[Work, Person], Screen]


async def choose(context: Context) -> None:
    """What to show: work in progress, or a field to choose from."""
    await context.show(lambda work, person: ChooseEvidence.of(work, person.person_id))


async def choose_in_field(context: Context) -> None:
    field, _, page = context.press.id.partition("~")

    def use_case(work: Work, person: Person) -> Screen:
        if field not in FIELDS:
            raise StaleError
        return ChooseInField.of(
            current_catalogue(work), field, int(page) if page.isdecimal() else 0
        )

    await context.show(use_case)


async def prove(context: Context) -> None:
    """Begin, or go on, to show an achievement."""
    code = context.press.id
    await _step(
        context,
        lambda work, person: begin_submission(
            work, person_id=person.person_id, achievement_code=code
        ),
    )


async def receive_words(context: Context) -> None:
    """A text or a link for the open question, or for the one it names; a link is opened first."""
    placed = place_of(context.text)
    take = await _taking_words(placed.words if placed else context.text)

    def use_case(work: Work, person: Person) -> Screen:
        step = resume_step(work, person_id=person.person_id)
        if placed and step and step.asking in {"criterion", "check"}:
            ask_for(
                work,
                person_id=person.person_id,
                submission_id=step.submission.submission_id,
                index=placed.index,
            )
        return kept_screen(work, take(work, person))

    await _show(context, use_case)


async def receive_file(context: Context) -> None:
    """A file, a photo or a voice note for the open criterion."""
    message = context.incoming.effective_message
    album = message.media_group_id if message else None
    await _step(context, await _taking_file(context.incoming_file(), context.text, album))


async def place_stray(context: Context) -> None:
    """What was sent before it was asked for, for the criterion of the button."""
    submission_id, index = _place(context)
    stray = await context.look(lambda work, person: find_stray(work, person_id=person.person_id))
    if stray is None:
        await ask(context)
        return
    take = await (
        _taking_file(IncomingFile(**stray.file, bot=context.bot), stray.text)
        if stray.file
        else _taking_words(stray.text)
    )

    def use_case(work: Work, person: Person) -> Step:
        who = person.person_id
        ask_criterion(work, person_id=who, submission_id=submission_id, index=index)
        forget_stray(work, person_id=who)
        return take(work, person)

    await _step(context, use_case)


async def ask(context: Context) -> None:
    """The criterion of the button."""
    submission_id, index = _place(context)
    await _step(
        context,
        lambda work, person: ask_criterion(
            work, person_id=person.person_id, submission_id=submission_id, index=index
        ),
    )


async def show_rubric(context: Context) -> None:
    submission_id, index = _place(context)
    await context.show(
        lambda work, person: EvidenceRubric.of(
            find_submission(work, submission_id=submission_id, person_id=person.person_id), index
        )
    )


async def skip(context: Context) -> None:
    await _step(
        context,
        lambda work, person: skip_question(
            work, person_id=person.person_id, submission_id=context.press.id
        ),
    )


async def back(context: Context) -> None:
    await _step(
        context,
        lambda work, person: go_back(
            work, person_id=person.person_id, submission_id=context.press.id
        ),
    )


async def check(context: Context) -> None:
    await _step(
        context,
        lambda work, person: look_over(
            work, person_id=person.person_id, submission_id=context.press.id
        ),
    )


async def remove(context: Context) -> None:
    await _step(
        context,
        lambda work, person: remove_evidence(
            work, person_id=person.person_id, evidence_id=context.press.id
        ),
    )


async def share_work(context: Context) -> None:
    await _step(
        context,
        lambda work, person: ask_made_with(
            work, person_id=person.person_id, submission_id=context.press.id
        ),
    )


async def ask_name(context: Context) -> None:
    def use_case(work: Work, person: Person) -> Screen:
        found = open_name(work, person_id=person.person_id, submission_id=context.press.id)
        return AskNameForBadge(submission_id=found.submission_id, title=found.name)

    await _show(context, use_case)


async def read_name(context: Context) -> None:
    await _step(
        context,
        lambda work, person: choose_name(
            work,
            person_id=person.person_id,
            name=context.text,
            submission_id=name_asked_for(work, person_id=person.person_id),
        ),
    )


async def take_no_name(context: Context) -> None:
    await _step(
        context,
        lambda work, person: choose_name(
            work, person_id=person.person_id, name=None, submission_id=context.press.id
        ),
    )


async def send(context: Context) -> None:
    await _show(
        context,
        lambda work, person: EvidenceSent.of(
            send_submission(work, person_id=person.person_id, submission_id=context.press.id)
        ),
    )


async def take_origin(context: Context) -> None:
    submission_id, _, origin = context.press.id.partition("~")
    await _show(
        context,
        lambda work, person: EvidenceSent.of(
            note_origin(
                work, person_id=person.person_id, submission_id=submission_id, origin=origin
            )
        ),
    )


async def edit(context: Context) -> None:
    await _step(
        context,
        lambda work, person: edit_submission(
            work, person_id=person.person_id, submission_id=context.press.id
        ),
    )


async def withdraw(context: Context) -> None:
    await _show(
        context,
        lambda work, person: EvidenceStanding.of(
            withdraw_submission(work, person_id=person.person_id, submission_id=context.press.id)
        ),
    )


async def _step(context: Context, use_case: Stepping) -> None:
    await _show(context, lambda work, person: evidence_screen(work, use_case(work, person)))


async def _show(context: Context, use_case: Showing) -> None:
    """Show the answer; a stale button of a submission shows where that stands."""

    def redrawn(work: Work, person: Person) -> Screen:
        try:
            return use_case(work, person)
        except StaleError as error:
            if error.code != StaleError.code:
                raise
            submission_id = context.press.id.partition("~")[0]
            return EvidenceStanding.of(
                find_submission(work, submission_id=submission_id, person_id=person.person_id)
            )

    await context.show(redrawn)


async def _taking_words(text: str) -> Stepping:
    state = await _link_state(text)
    return lambda work, person: answer_in_words(
        work, person_id=person.person_id, text=text, link_state=state
    )


async def _taking_file(incoming: IncomingFile, words: str, album: str | None = None) -> Stepping:
    content = await incoming.read()
    upload = await asyncio.to_thread(
        inspect_upload, content, name=incoming.name, is_voice=incoming.kind == "voice"
    )
    return lambda work, person: add_file(
        work,
        person_id=person.person_id,
        upload=upload,
        original=content,
        words=words,
        album=album,
    )


async def _link_state(text: str) -> LinkState | None:
    link = find_link(text)
    return await asyncio.to_thread(check_link, GuardedFetcher(), link) if link else None


def _place(context: Context) -> tuple[str, int]:
    submission_id, _, index = context.press.id.partition("~")
    return submission_id, int(index) if index.isdecimal() else 0


def _resume(work: Work, person: Person) -> Screen | None:
    step = resume_step(work, person_id=person.person_id)
    return evidence_screen(work, step) if step else None


ROUTES = Routes(
    commands={"evidence": choose},
    presses={
        "evidence": choose,
        "prove": prove,
        "ev_field": choose_in_field,
        "ev_ask": ask,
        "ev_rubric": show_rubric,
        "ev_skip": skip,
        "ev_stray": place_stray,
        "ev_back": back,
        "ev_check": check,
        "ev_remove": remove,
        "ev_shared": share_work,
        "ev_name": ask_name,
        "ev_no_name": take_no_name,
        "ev_send": send,
        "ev_origin": take_origin,
        "ev_edit": edit,
        "ev_withdraw": withdraw,
    },
    texts={"evidence": receive_words, "badge_name": read_name},
    files={"evidence": receive_file},
    resumes={"evidence": _resume},
)
