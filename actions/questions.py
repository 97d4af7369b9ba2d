"""Questions people often ask, answered for this person where that is possible."""

import re

from actions.base import DomainAction
from actions.naming import named_goals
from actions.said import Said
from actions.screens import Screen, Shown
from actions.screens.asides import (
    Congratulations,
    CoursesInLanguage,
    JobPay,
    LanguageSpoken,
    NameNotNeeded,
    PasteAdvert,
    PayLine,
    PeopleNotSearchable,
)
from actions.screens.options import path_time
from actions.screens.words import EmployerValue, Goodbye, Privacy, TimeNeeded
from credentials.catalogue import current_catalogue, get_occupation
from credentials.issuing import list_badges
from credentials.pathways import find_profile, resume_intake
from credentials.pathways.limits import named_language
from credentials.pathways.offers import language_of
from credentials.people import Person
from credentials.unit_of_work import Work

_NAME = re.compile(r"\b(?:need|want|know|have|ask|say|tell|see)\b.{0,20}\bname\b", re.IGNORECASE)
_HIRED = re.compile(
    r"\b(?:found|got|landed|have|start(?:ed|ing)?)\b.{0,12}\b(?:job|work|position)\b|\bhired\b",
    re.IGNORECASE,
)
_TAUGHT = re.compile(
    r"\b(?:course|courses|class|classes|lessons?|taught|training|badges?|material)\b", re.IGNORECASE
)


class ActionAskTime(DomainAction):
    """How long the person's own way takes, or most of them."""

    def answer(self, work: Work, person: Person, said: Said) -> Screen:
        profile = find_profile(work, person_id=person.person_id)
        if not profile.has_goal or profile.hours_per_week is None:
            return TimeNeeded()
        return path_time(work, person)


class ActionAskPrivacy(DomainAction):
    """What is kept and who sees it."""

    def answer(self, work: Work, person: Person, said: Said) -> Screen:
        return NameNotNeeded() if _NAME.search(said.text) else Privacy()


class ActionEmployerValue(DomainAction):
    """How employers see a badge."""

    def answer(self, work: Work, person: Person, said: Said) -> Screen:
        return EmployerValue()


class ActionAskPay(DomainAction):
    """What the work that is named pays, or what is offered, or the goal; asking makes no goal."""

    def answer(self, work: Work, person: Person, said: Said) -> Screen:
        named = named_goals(work, said)
        mine = find_profile(work, person_id=person.person_id).occupation_code
        open_ = resume_intake(work, person_id=person.person_id)
        offered = tuple(hit.code for hit in open_.choices) if open_ else ()
        codes = named or offered or ((mine,) if mine else ())
        lines = tuple(PayLine.of(get_occupation(work, code=code)) for code in codes)
        is_new = len(named) == 1 and named[0] != mine
        return JobPay(jobs=lines, offered=named[0] if is_new else None)


class ActionGoodbye(DomainAction):
    """Until next time; whoever has found work is congratulated."""

    def answer(self, work: Work, person: Person, said: Said) -> Shown:
        if not _HIRED.search(said.text):
            return Goodbye()
        return Congratulations(badges=len(list_badges(work, person_id=person.person_id)))


class ActionFindPeople(DomainAction):
    """Whether somebody studies here, or who does, is nobody's business."""

    def answer(self, work: Work, person: Person, said: Said) -> Screen:
        return PeopleNotSearchable()


class ActionOfferAdvert(DomainAction):
    """A job advert may be pasted."""

    def answer(self, work: Work, person: Person, said: Said) -> Screen:
        return PasteAdvert()


class ActionAskLanguage(DomainAction):
    """In which language courses are taught; otherwise the one the bot speaks."""

    def answer(self, work: Work, person: Person, said: Said) -> Screen:
        language = named_language(said.text)
        if language is None or not _TAUGHT.search(said.text):
            return LanguageSpoken()
        known = current_catalogue(work).achievements.values()
        count = sum(language_of(item) == language for item in known)
        return CoursesInLanguage(language=language, count=count, total=len(known))
