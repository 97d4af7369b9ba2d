"""Showing one's work and one's badges, in words."""

from collections.abc import Iterable

from rapidfuzz import fuzz, process, utils

from actions.base import DomainAction, Said
from actions.screens import Screen
from actions.screens.badges import BadgeList, BadgeShare
from actions.screens.evidence import ChooseEvidence, evidence_screen
from credentials.catalogue import current_catalogue
from credentials.evidence import State, list_submissions
from credentials.issuing import begin_submission, list_badges
from credentials.people import Person
from credentials.unit_of_work import Work

LIKELY = 85  # of 100
# Words of codes that people use about anything.
_EVERYDAY = """
accounts adults analysis and applied at awareness basics branch business care career change
charge classroom clear client close communication content copy credit data delivery design desk
development directory draw e early end entry event evidence executive fair feedback file finance
first floor for foundations front full fundamentals hand handling health home improvement in
instruction instrument key law lead learners learning lesson machine making management map media
needs numbers object observation of office online operations oriented page patient personal
planning play portfolio power practice practitioner press pressure print process processing
production programs project protection public quality r reading records reference relations
reporting reports response responsible results return risk sample search service short signs
site social software specialist structured support supporting talks team testing tools training
under use user video visual vital with worker working workplace workshop writing years
"""
EVERYWHERE = frozenset(_EVERYDAY.split())


class ActionSubmitEvidence(DomainAction):
    """Collect work for the credential that was named, or for the one that was begun."""

    def answer(self, work: Work, person: Person, said: Said) -> Screen:
        mine = list_submissions(work, person_id=person.person_id)
        begun = {item.achievement.code for item in mine if item.state is State.COLLECTING}
        code = named_achievement(work, said) or (begun.pop() if len(begun) == 1 else None)
        if code is None:
            return ChooseEvidence.of(mine)
        step = begin_submission(work, person_id=person.person_id, achievement_code=code)
        return evidence_screen(work, step)


class ActionShowBadges(DomainAction):
    """Every badge the person holds."""

    def answer(self, work: Work, person: Person, said: Said) -> Screen:
        return BadgeList.held_by(work, person.person_id)


class ActionShareBadge(DomainAction):
    """How to share the badge that was named, or the only one; otherwise which."""

    def answer(self, work: Work, person: Person, said: Said) -> Screen:
        badges = list_badges(work, person_id=person.person_id)
        code = named_achievement(work, said)
        meant = [badge for badge in badges if badge.achievement.code == code] or badges
        if len(meant) == 1:
            return BadgeShare.of(meant[0])
        return BadgeList.held_by(work, person.person_id)


def named_achievement(work: Work, said: Said) -> str | None:
    """The code of the credential somebody names, as an entity or in the text."""
    known = current_catalogue(work).achievements
    entity = said.entity("credential")
    if entity in known:
        return entity
    names = {code: " ".join(item.name.values()) for code, item in known.items()}
    found = process.extractOne(
        entity or said.text,
        names,
        scorer=fuzz.token_set_ratio if entity else fuzz.partial_ratio,
        processor=utils.default_process,
        score_cutoff=LIKELY,
    )
    return found[2] if found else _by_word(known, entity or said.text)


def _by_word(codes: Iterable[str], text: str) -> str | None:
    """The only code that holds a telling word of the text, such as `kyc`."""
    words = set(utils.default_process(text).split()) - EVERYWHERE
    found = [code for code in codes if words & (set(code.split("-")) - EVERYWHERE)]
    return found[0] if len(found) == 1 else None
