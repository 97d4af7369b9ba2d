"""Anybody checks a badge: by code, link, file, picture or pasted text."""

from actions.screens import Screen
from actions.screens.verify import (
    HowToVerify,
    InterviewQuestions,
    VerdictCard,
    VerdictDetails,
    VerdictFacts,
)
from bot.telegram.context import Context
from bot.telegram.routes import Routes
from credentials.drafts import current_draft, rest_draft
from credentials.enquiries.answers import Answer
from credentials.enquiries.keeping import Enquiry, begin_enquiry, find_enquiry, keep_enquiry
from credentials.enquiries.recognising import CutOffError, is_cut_off, looks_like_badge
from credentials.evidence import find_link, note_stray
from credentials.issuing import badge_to_amend
from credentials.pathways import find_profile
from credentials.people import Person
from credentials.unit_of_work import Work

__all__ = [
    "ROUTES",
    "drop_rest",
    "looks_like_badge",
    "note_if_work",
    "verify_file",
    "verify_text",
]

START_PREFIX = "v_"


async def explain(context: Context) -> None:
    """`/verify`, with or without what is to be checked."""
    if context.argument:
        await _verify(context, context.argument)
    else:
        await context.show(lambda work, person: HowToVerify())


async def open_link(context: Context) -> None:
    """`/start v_CODE`, as the picture's QR code says it."""
    await _verify(context, context.argument.removeprefix(START_PREFIX))


async def verify_text(context: Context) -> None:
    """A code, a link, a pasted credential."""
    if is_cut_off(context.text):
        await context.refuse(CutOffError())
    else:
        await _verify(context, context.text)


async def drop_rest(context: Context) -> None:
    """The rest of a pasted credential, whose beginning was answered."""
    await context.show(lambda work, person: None)


async def verify_file(context: Context) -> None:
    """A picture or a file."""
    await context.look(_begin)
    content = await context.incoming_file().read()
    answer = await context.services.desk.judge_file(content)
    await _answer(context, answer)


async def verify_again(context: Context) -> None:
    """Ask once more what could not be checked."""
    enquiry_id = context.press.id
    enquiry = await context.look(lambda work, person: _find(work, person, enquiry_id))
    await context.look(_begin)
    answer = await context.services.desk.judge_text(enquiry.source or "")
    await _answer(context, answer, enquiry_id=enquiry_id)


async def show_card(context: Context) -> None:
    enquiry_id = context.press.id
    await context.show(
        lambda work, person: _for_reader(
            work, person, VerdictCard.of(_find(work, person, enquiry_id))
        )
    )


async def show_details(context: Context) -> None:
    enquiry_id = context.press.id
    await context.show(lambda work, person: VerdictDetails.of(_find(work, person, enquiry_id)))


async def show_questions(context: Context) -> None:
    enquiry_id = context.press.id
    await context.show(lambda work, person: InterviewQuestions.of(_find(work, person, enquiry_id)))


async def _verify(context: Context, text: str) -> None:
    await context.look(_begin)
    await _answer(context, await context.services.desk.judge_text(text))


async def _answer(context: Context, answer: Answer, enquiry_id: str | None = None) -> None:
    facts = VerdictFacts.of(answer)

    def keep(work: Work, person: Person) -> Screen:
        _put_first_question_aside(work, person)
        is_stray = facts.holds_no_badge and note_if_work(context, work, person)
        enquiry = keep_enquiry(
            work,
            person_id=person.person_id,
            facts=facts.model_dump(mode="json"),
            source=answer.source,
            enquiry_id=enquiry_id,
        )
        return _for_reader(work, person, VerdictCard.now(enquiry, may_be_work=is_stray))

    await context.show(keep)


def note_if_work(context: Context, work: Work, person: Person) -> bool:
    """Keep a file, or a learner's link, in mind for when it is asked for; False when it is neither."""
    incoming = context.find_file()
    if incoming is not None:
        fields = incoming.as_fields()
        note_stray(
            work, person_id=person.person_id, name=incoming.name, text=context.text, file=fields
        )
        return True
    link = find_link(context.text)
    if link is None or not find_profile(work, person_id=person.person_id).has_goal:
        return False
    note_stray(work, person_id=person.person_id, name=link, text=context.text)
    return True


def _for_reader(work: Work, person: Person, card: VerdictCard) -> VerdictCard:
    """An advisor can change a badge of ours from here."""
    page = card.facts.page
    badge_id = badge_to_amend(work, person_id=person.person_id, url=page) if page else None
    return card.model_copy(update={"badge_id": badge_id})


def _put_first_question_aside(work: Work, person: Person) -> None:
    """Who came to check a badge is not asked again which work they would like to do."""
    draft = current_draft(work.session, person.person_id)
    if draft is not None and (draft.kind, draft.asking) == ("intake", "goal"):
        rest_draft(work.session, person.person_id, draft.kind)


def _begin(work: Work, person: Person) -> None:
    begin_enquiry(work, person_id=person.person_id)


def _find(work: Work, person: Person, enquiry_id: str) -> Enquiry:
    return find_enquiry(work, person_id=person.person_id, enquiry_id=enquiry_id)


ROUTES = Routes(
    commands={"verify": explain},
    presses={
        "verify_how": explain,
        "verify_card": show_card,
        "verify_again": verify_again,
        "verify_details": show_details,
        "verify_questions": show_questions,
    },
    start_links={START_PREFIX: open_link},
)
