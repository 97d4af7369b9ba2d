"""The bot is back: a learner whose conversation was ended by others hears of it."""

from actions.screens import before
from actions.screens.handoff import HandoffEnded
from bot.telegram.context import Services, open_question_of
from credentials.handoff import Ended, Ending, settle_handoffs
from credentials.outbox import MessageClass, enqueue
from credentials.people import find_person
from credentials.unit_of_work import Work


def tell_learner(services: Services, work: Work, ended: Ended) -> None:
    """Owe the learner the news, and the question they were at."""
    learner = find_person(work, ended.handoff.person_id)
    question = open_question_of(services, work, learner)
    for place, screen in enumerate(before(question, HandoffEnded.of(ended))):
        enqueue(
            work.session,
            person_id=learner.person_id,
            screen=screen.name,
            args=screen.args,
            message_class=MessageClass.RESULT,
            key=f"handoff:{ended.handoff.handoff_id}:ended:{place}",
            now=work.now,
        )


def settle(services: Services, work: Work) -> int:
    """End what silence or absence has ended; returns how many."""
    over = settle_handoffs(work)
    for ended in over:
        if ended.ending is not Ending.GONE:
            tell_learner(services, work, ended)
    return len(over)
