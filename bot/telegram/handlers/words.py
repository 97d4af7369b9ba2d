"""Free text: a typed button, content of a draft, a badge, a job advert, or words for the dialogue."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from actions.screens import Screen, before, screen_from
from actions.screens.account import DeleteConfirm
from actions.screens.asides import EvidenceQuestion, GroupWork
from actions.screens.incoming import NotUnderstoodMedia
from actions.screens.pathways import intake_screen
from actions.screens.words import Menu, NotUnderstood, WordsUnavailable
from bot.telegram.asking import is_question
from bot.telegram.context import Context
from bot.telegram.dialogue import DialogueError, Only, Turn
from bot.telegram.handlers.correcting import correct
from bot.telegram.handlers.employer import drop_rest, looks_like_badge, verify_text
from bot.telegram.handlers.handoff import line_of, show_standing
from bot.telegram.handlers.pathways import read_pasted_advert
from bot.telegram.routes import Handler
from bot.telegram.typed import control_word, filler_words, opening_words, typed_button
from bot.texts import Say
from credentials.catalogue.advert_match import looks_like_advert
from credentials.drafts import Draft, current_draft
from credentials.enquiries.recognising import is_rest_of_json
from credentials.evidence import find_link
from credentials.handoff import ADVISING, REQUEST, open_with
from credentials.pathways import continues_advert, hear
from credentials.people import Person, Role, find_zone
from credentials.people.persons import recall_buttons
from credentials.people.talk import find_talk, note_miss
from credentials.reminders import says_when
from credentials.turns import find_answers
from credentials.unit_of_work import Work

EVIDENCE, INTAKE = "evidence", "intake"
FAQS = frozenset(
    {
        "ask_what_is_microcredential",
        "ask_employer_value",
        "ask_cost",
        "ask_time",
        "ask_privacy",
        "ask_deadline",
        "ask_credential_details",
        "compare_options",
        "help",
        "ask_pay",
    }
)
DIGRESSIONS = FAQS | {"out_of_scope", "ask_badges", "ask_why"}
# What a short text may be other than evidence while evidence is asked for.
ASIDES = (
    FAQS
    | {"ask_why", "back", "cancel", "distress", "skip", "talk_to_advisor", "undo"}
    | {"goodbye", "greet", "snooze", "find_people", "ask_language"}
)
# What a question may be while evidence is asked for.
QUESTIONS = ASIDES | {"ask_badges", "ask_progress", "appeal_decision", "verify_badge"}
ANSWERED = DIGRESSIONS | QUESTIONS - {"back", "cancel", "distress", "skip", "undo", "snooze"}
# What may be meant while evidence waits to be sent: no fact for a pathway.
BEFORE_SENDING = (
    ASIDES
    | DIGRESSIONS
    | {"affirm", "deny", "goodbye", "greet", "submit_evidence", "ask_progress", "start_over"}
    | {"set_reminder", "snooze", "stop_reminders", "share_badge", "verify_badge", "nlu_fallback"}
    | {"appeal_decision", "ask_recommendation", "enroll", "change_goal", "set_career_goal"}
)
# What is meant by words that name no place where one is asked for, and no time.
BESIDE = (BEFORE_SENDING | QUESTIONS | {"tell_skills", "report_progress"}) - {
    "nlu_fallback",
    "out_of_scope",
    "set_reminder",
}
UNREAD = frozenset({None, "out_of_scope", "nlu_fallback"})
LOST = 2  # misses in a row; then a person is offered, and nothing else asked
LIKELY = 0.4
FAIRLY_SURE = 0.6
SURE = 0.8
VERY_SURE = 0.9
ASIDE = 80  # characters; a longer text is somebody's work
FEW = 4  # words; so few are rather about the work than part of it
BRIEF = 10  # words of a question to an advisor who isn't there yet
REST = 60  # characters; a shorter text is no rest of an advert
WORK = 40  # characters; before sending, a shorter text is about something else

_GOING_ON = re.compile(
    r"^\W*(?:(?:actually|no|ok|oh|well)\W+)*(?:never ?mind|forget it|(?:let'?s |we )?(?:carry|go) on)\b",
    re.IGNORECASE,
)
SIGNS = frozenset("👍👎👌✅❌")  # say yes or no; other pictures say nothing we could act upon
SHORT_ANSWERS = frozenset({"zone", "reminder"})


@dataclass(frozen=True)
class Situation:
    """Who writes, what they are in the middle of, what they may press, whom they talk to.

    `line` is where their words go while they talk to a person; `is_advising` says that they talk
    to learners, beside whatever else they are in the middle of.
    """

    person: Person
    draft: Draft | None
    buttons: dict[str, str]
    line: str | None
    is_advising: bool


class Words:
    """Sends each text where it belongs. The tables are those of `Routes`."""

    def __init__(
        self,
        *,
        commands: Mapping[str, Handler],
        presses: Mapping[str, Handler],
        texts: Mapping[str, Handler],
    ) -> None:
        self._commands, self._presses, self._texts = commands, presses, texts
        self._told_of_outage: set[str] = set()

    async def receive(self, context: Context) -> None:
        found = await context.look(lambda w, p: _situation(w, p, context.reply_to))
        if found.line is not None:
            await self._texts[found.line](context)
            return
        person, draft, buttons = found.person, found.draft, found.buttons
        is_content = draft is not None and _is_content(draft, context.text)
        say = Say(person.language)
        control = control_word(context.text, say)
        press = typed_button(
            context.text,
            buttons,
            control=control,
            numbers=not is_content,
            fillers=filler_words(say),
            openers=opening_words(say),
        )
        if press is not None and press.action in self._presses:
            context.press_instead(press)
            await self._presses[press.action](context)
        elif control is not None and control in self._commands:
            await self._commands[control](context)
        elif not any(mark.isalnum() or mark in SIGNS for mark in context.text):
            await context.show(lambda w, p: _unreadable(context, w, p))
        elif draft is not None and draft.kind == REQUEST and _is_badge_alone(context.text):
            await verify_text(context)
        elif draft is not None and draft.kind == REQUEST and _is_for_us(context.text, say):
            await show_standing(context)
        elif draft is not None and is_content and draft.kind in self._texts:
            await self._take_content(context, person, draft, is_greeting=control == "greeting")
        else:
            await self._read(context, found)

    async def _read(self, context: Context, found: Situation) -> None:
        """A text that neither presses a button nor answers an open question as it stands."""
        may_be_badge = _is_badge_alone if found.is_advising else looks_like_badge
        if may_be_badge(context.text):
            await verify_text(context)
        elif is_rest_of_json(context.text):
            await drop_rest(context)
        elif found.is_advising:
            await self._texts[ADVISING](context)
        elif await _is_advert(context, found.person):
            await read_pasted_advert(context)
        else:
            await self._converse(context, found.person, found.draft)

    async def _converse(self, context: Context, person: Person, draft: Draft | None) -> None:
        is_evidence = draft is not None and draft.kind == EVIDENCE
        if is_evidence and draft is not None and await correct(context, draft):
            return
        only = Only(BEFORE_SENDING, 0.0) if is_evidence else None
        try:
            turn = await self._ask(context, person, only)
        except DialogueError:
            turn = None
        is_unread = turn is None or turn.intent in UNREAD
        if is_unread and draft is not None and _may_be_work(draft, context.text):
            await self._texts[EVIDENCE](context)
        elif turn is None:
            await self._do_without(context, person.person_id)
        else:
            self._told_of_outage.clear()
            await context.show(lambda work, person: _with_question(context, work, person, turn))

    async def _take_content(
        self, context: Context, person: Person, draft: Draft, *, is_greeting: bool
    ) -> None:
        kind = draft.kind
        if kind == EVIDENCE and is_greeting:
            await context.show(context.open_question)
        elif kind == EVIDENCE and await correct(context, draft):
            return
        elif kind == EVIDENCE and is_question(context.text):
            await self._answer_question(context, person, draft)
        elif kind == EVIDENCE and _may_be_aside(context.text):
            is_brief = len(context.text.split()) <= FEW
            only = Only(ASIDES, SURE if is_brief else VERY_SURE)
            await self._answer_or_keep(context, person, kind, only)
        elif kind in SHORT_ANSWERS and not await context.look(
            lambda work, person: _says_it(work, person, draft, context.text)
        ):
            await self._answer_or_keep(context, person, kind, Only(BESIDE, FAIRLY_SURE))
        else:
            await self._texts[kind](context)

    async def _answer_or_keep(
        self, context: Context, person: Person, kind: str, only: Only
    ) -> None:
        """A short text that may be none of what is asked for: acted upon if it is surely not."""
        try:
            turn = await self._ask(context, person, only)
        except DialogueError:
            turn = None
        if turn is not None and turn.screens:
            await context.show(lambda work, person: _with_question(context, work, person, turn))
        else:
            await self._texts[kind](context)

    async def _answer_question(self, context: Context, person: Person, draft: Draft) -> None:
        """A question while evidence is asked for is answered as well as can be, and never kept."""
        try:
            known = QUESTIONS - {"help"} if draft.asking == "made_with" else QUESTIONS
            turn = await self._ask(context, person, Only(known, LIKELY))
        except DialogueError:
            turn = None

        def answer(work: Work, person: Person) -> list[Screen]:
            if turn is not None and turn.screens:
                question = context.open_question(work, person)
                is_aside = turn.intent in ANSWERED
                return before(question, *turn.screens) if is_aside else turn.screens
            return before(context.open_question(work, person), _unanswered(draft))

        await context.show(answer)

    async def _ask(self, context: Context, person: Person, only: Only | None = None) -> Turn:
        return await context.services.dialogue.turn(
            person_id=person.person_id,
            update_id=_turn_of(context),
            text=context.text,
            language=person.language,
            only=only,
        )

    async def _do_without(self, context: Context, person_id: str) -> None:
        """What an action has done and could not report; else buttons, explained once an outage."""
        is_news = person_id not in self._told_of_outage

        def screens(work: Work, person: Person) -> list[Screen]:
            done = find_answers(work.session, _turn_of(context))
            if done:
                return [screen_from(said["screen"], said["args"]) for said in done]
            self._told_of_outage.add(person_id)
            heard = _heard_alone(work, person, context.text)
            question = [heard] if heard else context.open_question(work, person)
            if is_news:
                return before(question, WordsUnavailable.of(person))
            return question or [Menu.of(person)]

        await context.show(screens)


def _heard_alone(work: Work, person: Person, text: str) -> Screen | None:
    """What a text answers of the way's open question: that needs no dialogue."""
    draft = current_draft(work.session, person.person_id)
    if draft is None or draft.kind != INTAKE:
        return None
    heard = hear(work, person_id=person.person_id, text=text, may_be_goal=False)
    return None if heard.is_unclear and not heard.is_distress else intake_screen(work, heard)


def _turn_of(context: Context) -> str:
    """What the actions know this update by."""
    return f"{context.key.bot_id}:{context.key.update_id}"


async def _is_advert(context: Context, person: Person) -> bool:
    """Whether a text is a job advert, or the rest of one that was too long for a message."""
    text = context.text
    if looks_like_advert(text, is_forwarded=context.is_forwarded):
        return True
    return len(text) >= REST and await context.look(
        lambda work, _: continues_advert(work, person_id=person.person_id, text=text)
    )


def _unreadable(context: Context, work: Work, person: Person) -> list[Screen]:
    """Pictures in a text: how else to say it; after misses, the menu and a person."""
    misses = find_talk(work, person_id=person.person_id).misses
    if misses < LOST:
        return before(context.open_question(work, person), NotUnderstoodMedia())
    note_miss(work, person_id=person.person_id)
    return [NotUnderstood.of(person, times=misses)]


def _with_question(context: Context, work: Work, person: Person, turn: Turn) -> list[Screen]:
    """The answer and, after a digression, the question that is still open."""
    question = context.open_question(work, person)
    if all(isinstance(screen, Menu) for screen in turn.screens):
        return question or turn.screens or [Menu.of(person)]
    is_lost = any(getattr(screen, "times", 0) >= LOST for screen in turn.screens)
    is_asking = any(isinstance(screen, DeleteConfirm) for screen in turn.screens)
    if turn.intent not in DIGRESSIONS or is_lost or is_asking:
        return turn.screens
    asked = {screen.name for screen in question}
    return before(question, *(screen for screen in turn.screens if screen.name not in asked))


def _is_content(draft: Draft, text: str) -> bool:
    """Whether a text answers the open question as it stands; before sending, a link does."""
    if draft.verbatim:
        return not _asks_back(draft, text)
    return draft.kind == EVIDENCE and find_link(text) is not None and "/credentials/" not in text


def _may_be_work(draft: Draft, text: str) -> bool:
    return draft.kind == EVIDENCE and len(text) >= WORK and not text.rstrip().endswith("?")


def _asks_back(draft: Draft, text: str) -> bool:
    """A question where a place or a time was asked for is no answer."""
    return draft.kind in SHORT_ANSWERS and text.rstrip().endswith("?")


def _says_it(work: Work, person: Person, draft: Draft, text: str) -> bool:
    """Whether a text says the place or the time that is asked for."""
    if draft.asking == "zone":
        return find_zone(text) is not None
    return says_when(work, person_id=person.person_id, text=text)


def _unanswered(draft: Draft) -> Screen:
    """What is said to a question nobody has an answer to."""
    if draft.asking == "made_with":
        return GroupWork()
    index = draft.fields.get("index")
    letter = chr(ord("a") + index) if isinstance(index, int) else "a"
    return EvidenceQuestion(letter=letter)


def _is_for_us(text: str, say: Say) -> bool:
    """While an advisor is waited for: a short question, or the end of a talk."""
    words = re.findall(r"[\w']+", text.casefold())
    closing = {word.strip() for word in say.plain("typed-closing").split(",")}
    is_over = _GOING_ON.match(text) is not None and len(words) <= BRIEF
    is_closing = bool(words) and set(words) <= closing
    return is_over or is_closing or (is_question(text) and len(words) <= BRIEF)


def _is_badge_alone(text: str) -> bool:
    """A badge's code, link or whole text, with hardly a word beside it."""
    is_brief = text.lstrip().startswith("{") or len(text.split()) <= FEW
    return is_brief and looks_like_badge(text)


def _may_be_aside(text: str) -> bool:
    return len(text) <= ASIDE and "\n" not in text


def _situation(work: Work, person: Person, reply_to: int | None) -> Situation:
    is_advisor = Role.ADVISOR in person.roles
    return Situation(
        person=person,
        draft=current_draft(work.session, person.person_id),
        buttons=recall_buttons(work, person.person_id),
        line=line_of(work, person, reply_to),
        is_advising=is_advisor and bool(open_with(work, advisor_id=person.person_id)),
    )
