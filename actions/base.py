"""What every action shares: the ticket, one transaction, a repeat that answers the same."""

import asyncio
import re
from typing import Any, cast

from rasa_sdk.executor import CollectingDispatcher
from rasa_sdk.interfaces import Action, Tracker
from rasa_sdk.types import DomainDict

from actions.said import Said
from actions.screens import Screen, Shown
from actions.screens.general import Problem
from actions.screens.words import Clarify, NotUnderstood, OutOfScope
from actions.ticket import Ticket, check_ticket
from actions.topics import topical_answer
from credentials.correlation import caused_by
from credentials.errors import CredentialsError
from credentials.fault_points import TURN_ACTED, TURN_ANSWERED, TURN_KEPT, reach
from credentials.people import Person, find_person
from credentials.people.talk import find_talk, forget_misses, note_miss
from credentials.turns import find_answer, keep_answer
from credentials.unit_of_work import Institution, Work

TEXT_LIMIT = 1_000  # characters
MISSES = frozenset({Clarify.name, NotUnderstood.name, OutOfScope.name})  # counted where they arise


class DomainAction(Action):
    """An action that answers with screens. Subclasses override `answer`."""

    def __init__(self, institution: Institution, ticket_key: bytes) -> None:
        self.institution, self.ticket_key = institution, ticket_key

    def name(self) -> str:
        """`ActionShowProgress` is `action_show_progress`."""
        return re.sub(r"(?<!^)(?=[A-Z])", "_", type(self).__name__).lower()

    def answer(self, work: Work, person: Person, said: Said) -> Shown:
        """The screens that answer; runs inside the one transaction."""
        raise NotImplementedError

    async def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict
    ) -> list[dict[str, Any]]:
        metadata = tracker.latest_message.get("metadata") or {}
        ticket = check_ticket(
            self.ticket_key, metadata.get("ticket"), now=self.institution.clock.now()
        )
        said = _said(tracker)
        screens = await asyncio.to_thread(self._answer_once, ticket, said)
        reach(TURN_ANSWERED)
        for screen in screens:
            dispatcher.utter_message(json_message=screen)
        return []

    def _answer_once(self, ticket: Ticket, said: Said) -> list[dict[str, Any]]:
        try:
            return self._in_transaction(ticket, said)
        except CredentialsError as error:
            return [_wire(Problem.of(error))]

    def _in_transaction(self, ticket: Ticket, said: Said) -> list[dict[str, Any]]:
        with caused_by(f"u{ticket.update_id.partition(':')[2]}"), self.institution.begin() as work:
            kept = find_answer(work.session, ticket.update_id, self.name())
            if kept is not None:
                return cast("list[dict[str, Any]]", kept)
            person = find_person(work, ticket.person_id)
            shown = topical_answer(work, person, said) or self.answer(work, person, said)
            reach(TURN_ACTED)
            screens = [shown] if isinstance(shown, Screen) else shown or []
            screens = _never_twice(work, person, screens)
            wire = [_wire(screen) for screen in screens]
            keep_answer(work.session, ticket.update_id, self.name(), wire, now=work.now)
            reach(TURN_KEPT)
            return wire


def _never_twice(work: Work, person: Person, screens: list[Screen]) -> list[Screen]:
    """Count what was not understood; a question unclear twice in a row gives way to a person."""
    if any(screen.name in MISSES for screen in screens):
        return screens
    if not any(getattr(screen, "is_unclear", False) for screen in screens):
        forget_misses(work, person_id=person.person_id)
        return screens
    misses = find_talk(work, person_id=person.person_id).misses
    note_miss(work, person_id=person.person_id)
    return [NotUnderstood.of(person, times=misses)] if misses else screens


def _wire(screen: Screen) -> dict[str, Any]:
    return {"screen": screen.name, "args": screen.args}


def _said(tracker: Tracker) -> Said:
    message = tracker.latest_message
    entities: dict[str, tuple[str, ...]] = {}
    for found in message.get("entities") or []:
        name, value = str(found.get("entity")), str(found.get("value"))
        entities[name] = (*entities.get(name, ()), value)
    ranking = (message.get("metadata") or {}).get("intent_ranking") or message.get("intent_ranking")
    return Said(
        text=str(message.get("text") or "")[:TEXT_LIMIT],
        intent=(message.get("intent") or {}).get("name"),
        entities=entities,
        ranking=tuple((str(item["name"]), float(item["confidence"])) for item in ranking or []),
    )
