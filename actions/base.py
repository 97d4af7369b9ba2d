"""What every action shares: the ticket, one transaction, a repeat that answers the same."""

import asyncio
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, cast

from rasa_sdk.executor import CollectingDispatcher
from rasa_sdk.interfaces import Action, Tracker
from rasa_sdk.types import DomainDict

from actions.screens import Screen, Shown
from actions.screens.general import Problem
from actions.ticket import Ticket, check_ticket
from credentials.correlation import caused_by
from credentials.errors import CredentialsError
from credentials.fault_points import TURN_ACTED, TURN_ANSWERED, TURN_KEPT, reach
from credentials.people import Person, find_person
from credentials.people.talk import forget_misses
from credentials.turns import find_answer, keep_answer
from credentials.unit_of_work import Institution, Work

TEXT_LIMIT = 1_000  # characters
NOT_UNDERSTOOD = frozenset({None, "nlu_fallback"})


@dataclass(frozen=True)
class Said:
    """What the person said: the text, its intent and the entities found in it."""

    text: str
    intent: str | None
    entities: Mapping[str, tuple[str, ...]]
    ranking: tuple[tuple[str, float], ...]

    def entity(self, name: str) -> str | None:
        """The first value found for an entity."""
        values = self.entities.get(name, ())
        return values[0] if values else None


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
            if said.intent not in NOT_UNDERSTOOD:
                forget_misses(work, person_id=person.person_id)
            shown = self.answer(work, person, said)
            reach(TURN_ACTED)
            screens = [shown] if isinstance(shown, Screen) else shown or []
            wire = [_wire(screen) for screen in screens]
            keep_answer(work.session, ticket.update_id, self.name(), wire, now=work.now)
            reach(TURN_KEPT)
            return wire


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
