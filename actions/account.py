"""A person instead of the bot, in words."""

from actions.base import DomainAction
from actions.said import Said
from actions.screens import Screen
from actions.screens.account import Cancelled
from actions.screens.handoff import HandoffQueue, request_screen
from credentials.handoff import cancel, find_people
from credentials.people import Person, Role
from credentials.unit_of_work import Work

TELLING = 8  # words; shorter wishes say nothing an advisor would need


class ActionTalkToAdvisor(DomainAction):
    """Ask for a person; words that say what it is about are offered to be passed on.

    An advisor for whom somebody waits means that one.
    """

    def answer(self, work: Work, person: Person, said: Said) -> Screen:
        if Role.ADVISOR in person.roles:
            people = find_people(work, advisor_id=person.person_id)
            if people.waiting or people.talking:
                return HandoffQueue.of(people)
        is_telling = len(said.text.split()) > TELLING
        return request_screen(work, person, last_words=said.text if is_telling else None)


class ActionCancel(DomainAction):
    """End what the person is in the middle of."""

    def answer(self, work: Work, person: Person, said: Said) -> Screen:
        return Cancelled(kind=cancel(work, person_id=person.person_id))
