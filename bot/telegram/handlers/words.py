"""Free text: a typed button, content of a draft, a badge to check, or words for the dialogue."""

from collections.abc import Mapping

from actions.screens import Screen
from actions.screens.words import WordsUnavailable
from bot.telegram.context import Context
from bot.telegram.dialogue import DialogueError, Turn
from bot.telegram.handlers.employer import looks_like_badge, verify_text
from bot.telegram.routes import Handler, Resume
from bot.telegram.typed import control_word, typed_button
from bot.texts import Say
from credentials.drafts import Draft, current_draft
from credentials.people import Person
from credentials.people.persons import recall_buttons
from credentials.unit_of_work import Work

DIGRESSIONS = frozenset(
    {
        "ask_what_is_microcredential",
        "ask_employer_value",
        "ask_cost",
        "ask_time",
        "ask_privacy",
        "out_of_scope",
        "help",
    }
)

SHORT_ANSWERS = frozenset({"zone", "reminder"})

Situation = tuple[Person, Draft | None, dict[str, str]]


class Words:
    """Sends each text where it belongs. The tables are those of `Routes`."""

    def __init__(
        self,
        *,
        commands: Mapping[str, Handler],
        presses: Mapping[str, Handler],
        texts: Mapping[str, Handler],
        resumes: Mapping[str, Resume],
    ) -> None:
        self._commands, self._presses = commands, presses
        self._texts, self._resumes = texts, resumes
        self._told_of_outage: set[str] = set()

    async def receive(self, context: Context) -> None:
        person, draft, buttons = await context.look(_situation)
        is_content = draft is not None and draft.verbatim and not _asks_back(draft, context.text)
        control = control_word(context.text, Say(person.language))
        press = typed_button(context.text, buttons, control=control, numbers=not is_content)
        if press is not None and press.action in self._presses:
            context.press_instead(press)
            await self._presses[press.action](context)
        elif control is not None and control in self._commands:
            await self._commands[control](context)
        elif draft is not None and is_content and draft.kind in self._texts:
            await self._texts[draft.kind](context)
        elif looks_like_badge(context.text):
            await verify_text(context)
        else:
            await self._converse(context, person)

    async def _converse(self, context: Context, person: Person) -> None:
        try:
            turn = await context.services.dialogue.turn(
                person_id=person.person_id,
                update_id=f"{context.key.bot_id}:{context.key.update_id}",
                text=context.text,
                language=person.language,
            )
        except DialogueError:
            await self._offer_buttons(context, person.person_id)
        else:
            self._told_of_outage.discard(person.person_id)
            await context.show(lambda work, person: self._with_question(work, person, turn))

    def _with_question(self, work: Work, person: Person, turn: Turn) -> list[Screen]:
        """The answer and, after a digression, the question that is still open."""
        if turn.intent not in DIGRESSIONS:
            return turn.screens
        return [*turn.screens, *self._open_question(work, person)]

    async def _offer_buttons(self, context: Context, person_id: str) -> None:
        """Without the dialogue, buttons carry on; it is said once an outage."""
        is_news = person_id not in self._told_of_outage
        self._told_of_outage.add(person_id)

        def screens(work: Work, person: Person) -> list[Screen]:
            known = self._open_question(work, person)
            return [WordsUnavailable.of(person, news=is_news), *known]

        await context.show(screens)

    def _open_question(self, work: Work, person: Person) -> list[Screen]:
        draft = current_draft(work.session, person.person_id)
        resume = self._resumes.get(draft.kind) if draft else None
        shown = resume(work, person) if resume else None
        return [shown] if isinstance(shown, Screen) else shown or []


def _asks_back(draft: Draft, text: str) -> bool:
    """A question where a place or a time was asked for is no answer."""
    return draft.kind in SHORT_ANSWERS and text.rstrip().endswith("?")


def _situation(work: Work, person: Person) -> Situation:
    return (
        person,
        current_draft(work.session, person.person_id),
        recall_buttons(work, person.person_id),
    )
