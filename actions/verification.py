"""Checking a badge, in words."""

from actions.base import DomainAction
from actions.said import Said
from actions.screens import Screen
from actions.screens.verify import HowToVerify, VerdictCard, VerdictFacts
from credentials.enquiries.judging import judge_by_code
from credentials.enquiries.keeping import begin_enquiry, keep_enquiry
from credentials.people import Person
from credentials.unit_of_work import Work


class ActionVerifyBadge(DomainAction):
    """Judge the badge whose code was said; without one, say how to send a badge."""

    def answer(self, work: Work, person: Person, said: Said) -> Screen:
        code = said.entity("badge_id")
        if code is None:
            return HowToVerify()
        begin_enquiry(work, person_id=person.person_id)
        answer = judge_by_code(work, code=code)
        facts = VerdictFacts.of(answer).model_dump(mode="json")
        return VerdictCard.now(
            keep_enquiry(work, person_id=person.person_id, facts=facts, source=answer.source)
        )
