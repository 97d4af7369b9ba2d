"""Weighing what there is: two micro-credentials beside each other, and the dates that bind."""

from actions.base import DomainAction
from actions.details import AGE
from actions.naming import all_named, named_goals
from actions.pathways import asked_again
from actions.said import Said
from actions.screens import Screen, Shown
from actions.screens.asides import AgeLimit
from actions.screens.options import (
    COMPARED,
    compare_screen,
    dates_screen,
    step_codes,
    what_if_screen,
)
from credentials.catalogue import current_catalogue
from credentials.people import Person
from credentials.people.talk import find_talk
from credentials.unit_of_work import Work


class ActionCompareOptions(DomainAction):
    """Those that were named beside each other, or else those last shown, or the first of the way.

    Occupations that are named are weighed as goals.
    """

    def answer(self, work: Work, person: Person, said: Said) -> Shown:
        goals = named_goals(work, said)
        if len(goals) > 1:
            return what_if_screen(work, person, goals)
        codes = [*all_named(work, person, said)]
        if len(codes) < COMPARED - 1:
            codes += find_talk(work, person_id=person.person_id).shown
        if len(set(codes)) <= 1:
            codes += step_codes(work, person)
        known = current_catalogue(work).achievements
        found = [code for code in dict.fromkeys(codes) if code in known]
        if len(found) <= 1:
            return asked_again(work, person)
        return compare_screen(work, person, found[:COMPARED])


class ActionAskDeadline(DomainAction):
    """Every date that binds this person: answers promised, work that came back, badges that end."""

    def answer(self, work: Work, person: Person, said: Said) -> Screen:
        if AGE.search(said.text):
            return AgeLimit()
        return dates_screen(work, person, codes=all_named(work, person, said))
