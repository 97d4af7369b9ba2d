"""Showing one's work and one's badges, in words."""

import re

from actions.base import DomainAction
from actions.naming import by_place, meant_achievement, named_achievement
from actions.said import Said
from actions.screens import Screen, Shown
from actions.screens.badges import BadgeLinkedIn, BadgeList, BadgeShare
from actions.screens.choosing import ChooseEvidence
from actions.screens.evidence import EvidenceStanding, evidence_screen
from actions.screens.handoff import appeal_screen
from actions.screens.pathways import answers_screen
from actions.screens.words import NothingToUndo
from actions.topics import LINKEDIN
from credentials.drafts import current_draft
from credentials.evidence import (
    State,
    find_link,
    go_back,
    list_submissions,
    note_stray,
    take_back_latest,
)
from credentials.issuing import begin_submission, list_badges
from credentials.pathways import find_profile
from credentials.people import Person
from credentials.unit_of_work import Work

_CERTIFICATE = re.compile(r"\b(?:certificates?|diploma|proof|finished|completed)\b", re.IGNORECASE)


class ActionSubmitEvidence(DomainAction):
    """Collect work for the credential that was named, or for the one that was begun."""

    def answer(self, work: Work, person: Person, said: Said) -> Screen:
        return _collect(work, person, said)


class ActionShowBadges(DomainAction):
    """Every badge the person holds."""

    def answer(self, work: Work, person: Person, said: Said) -> Screen:
        return BadgeList.held_by(work, person.person_id)


class ActionShareBadge(DomainAction):
    """How to share the badge that was named, or the only one; otherwise which.

    Who holds none and has a certificate to send means evidence.
    """

    def answer(self, work: Work, person: Person, said: Said) -> Screen:
        badges = list_badges(work, person_id=person.person_id)
        if not badges and _CERTIFICATE.search(said.text):
            return _collect(work, person, said)
        placed = by_place(tuple(badge.badge_id for badge in badges), said.text)
        code = None if placed else named_achievement(work, person, said)
        meant = [
            badge
            for badge in badges
            if placed == badge.badge_id or (code is not None and code == badge.achievement.code)
        ] or badges
        if len(meant) != 1:
            return BadgeList.held_by(work, person.person_id)
        if LINKEDIN.search(said.text):
            return BadgeLinkedIn.of(meant[0])
        return BadgeShare.of(meant[0])


class ActionAppealDecision(DomainAction):
    """Ask for a person about a decision; the next words go to them."""

    def answer(self, work: Work, person: Person, said: Said) -> Screen:
        return appeal_screen(work, person, code=named_achievement(work, person, said))


class ActionUndo(DomainAction):
    """One step back in what is open; otherwise what was sent last, to be taken back."""

    def answer(self, work: Work, person: Person, said: Said) -> Shown:
        draft = current_draft(work.session, person.person_id)
        if draft is not None and draft.kind == "evidence":
            submission_id = draft.subject or ""
            who = person.person_id
            back = take_back_latest(work, person_id=who, submission_id=submission_id)
            step = back or go_back(work, person_id=who, submission_id=submission_id)
            return evidence_screen(work, step)
        waiting = [
            item
            for item in list_submissions(work, person_id=person.person_id)
            if item.state is State.WAITING
        ]
        if waiting:
            latest = max(waiting, key=lambda item: item.sent_at or item.started_at)
            return EvidenceStanding.of(latest)
        if find_profile(work, person_id=person.person_id).has_goal:
            return answers_screen(work, person)
        return NothingToUndo.of(person)


def _collect(work: Work, person: Person, said: Said) -> Screen:
    """Ask for work: for what was named, for what was begun, or for which."""
    if find_link(said.text):
        note_stray(work, person_id=person.person_id, name=said.text, text=said.text)
    mine = list_submissions(work, person_id=person.person_id)
    begun = {item.achievement.code for item in mine if item.state is State.COLLECTING}
    meant = meant_achievement(work, person, said)
    code = meant or (begun.pop() if len(begun) == 1 else None)
    if code is None:
        return ChooseEvidence.of(work, person.person_id)
    step = begin_submission(work, person_id=person.person_id, achievement_code=code)
    return evidence_screen(work, step)
