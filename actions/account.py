"""A person instead of the bot, in words."""

from actions.base import DomainAction, Said
from actions.screens import Screen
from actions.screens.account import AskQuestion, Cancelled
from credentials.drafts import cancel_current
from credentials.people import Person, open_question
from credentials.unit_of_work import Work


class ActionTalkToAdvisor(DomainAction):
    """Take the next words as a question to a person."""

    def answer(self, work: Work, person: Person, said: Said) -> Screen:
        open_question(work, person_id=person.person_id)
        return AskQuestion()


class ActionCancel(DomainAction):
    """End what the person is in the middle of."""

    def answer(self, work: Work, person: Person, said: Said) -> Screen:
        return Cancelled(kind=cancel_current(work.session, person.person_id))
