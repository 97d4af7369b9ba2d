"""Reviewing, in words."""

from actions.base import DomainAction
from actions.said import Said
from actions.screens import Shown
from actions.screens.pathways import progress_screen
from actions.screens.review import ReviewQueue
from credentials.evidence import review_queue
from credentials.people import Person, Role
from credentials.unit_of_work import Work


class ActionReviewWork(DomainAction):
    """What waits for an advisor; everybody else means what waits for themselves."""

    def answer(self, work: Work, person: Person, said: Said) -> Shown:
        if Role.ADVISOR not in person.roles:
            return progress_screen(work, person)
        queue = review_queue(work, advisor_id=person.person_id)
        return ReviewQueue.of(queue, work.now.isoformat())
