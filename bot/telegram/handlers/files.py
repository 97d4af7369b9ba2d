"""Files: evidence for the open draft, otherwise a badge to check."""

from collections.abc import Mapping

from actions.screens import Screen
from actions.screens.incoming import NotUnderstoodMedia
from bot.telegram.context import Context
from bot.telegram.handlers.employer import note_if_work, verify_file
from bot.telegram.handlers.handoff import line_of
from bot.telegram.routes import Handler
from credentials.drafts import Draft, current_draft
from credentials.people import Person
from credentials.unit_of_work import Work


class Files:
    """Sends each file where it belongs. `files`: draft kind → handler."""

    def __init__(self, files: Mapping[str, Handler]) -> None:
        self._files = files

    async def receive(self, context: Context) -> None:
        draft, line = await context.look(
            lambda work, person: (
                _open_draft(work, person),
                line_of(work, person, context.reply_to),
            )
        )
        if line is not None:
            await self._files[line](context)
        elif draft is not None and draft.kind in self._files:
            await self._files[draft.kind](context)
        elif context.incoming_file().kind in {"document", "photo"}:
            await verify_file(context)
        else:
            await context.show(lambda work, person: _keep_speech(context, work, person))


def _keep_speech(context: Context, work: Work, person: Person) -> Screen:
    note_if_work(context, work, person)
    return NotUnderstoodMedia(is_speech=True)


def _open_draft(work: Work, person: Person) -> Draft | None:
    return current_draft(work.session, person.person_id)
