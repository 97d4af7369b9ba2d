"""Where somebody stands, in words: finished, begun, still to come."""

import re

from actions.base import DomainAction
from actions.naming import meant_achievement, named_achievement
from actions.pathways import told_skills
from actions.said import Said
from actions.screens import Shown
from actions.screens.credential import chosen_screen
from actions.screens.evidence import EvidenceCheck, EvidenceStanding, evidence_screen
from actions.screens.pathways import progress_screen
from actions.screens.review import ReviewQueue
from credentials.drafts import current_draft
from credentials.evidence import State, list_submissions, pre_check, review_queue
from credentials.issuing import begin_submission
from credentials.pathways import find_profile, resume_intake
from credentials.people import Person, Role
from credentials.unit_of_work import Work

_FINISHED = re.compile(
    r"\b(?:finish\w*|finshed|complet\w*|done|did it|passed|through with)\b",
    re.IGNORECASE,
)
_UNDER_WAY = re.compile(
    r"\b(?:half\w*|almost|nearly|not (?:yet|quite)|n'?t|dont|didnt|start\w*|began|begun|still|only|module|chapters?|lesson|"
    r"week|percent|behind|fail\w*|before)\b|%",
    re.IGNORECASE,
)
_BEGUN = re.compile(
    r"\b(?:start\w*|began|begun|half\w*|sign(?:ed|ing)? up|enrol\w*|joined|doing|taking|on (?:module|week|lesson|chapter)|"
    r"(?:module|week|lesson|chapter) (?:\d+|one|two|three))\b",
    re.IGNORECASE,
)
_NEWS = re.compile(
    r"\b(?:nothing|no (?:news|answer|reply)|answer\w*|reply|repl(?:y|ied)|decid\w*|decision|heard|advisor|teacher|waiting)\b",
    re.IGNORECASE,
)


class ActionReportProgress(DomainAction):
    """Something was finished or begun, that is named or was just shown; else the progress.

    Finished: its work is asked for. Begun: it is under way from now on.
    What one has done before is a skill, where it is asked for.
    """

    def answer(self, work: Work, person: Person, said: Said) -> Shown:
        open_ = resume_intake(work, person_id=person.person_id)
        if open_ is not None and open_.asking == "have" and said.entity("credential") is None:
            return told_skills(work, person, said)
        is_finished = _FINISHED.search(said.text) and not _UNDER_WAY.search(said.text)
        find = meant_achievement if is_finished else named_achievement
        code = find(work, person, said)
        if code is None:
            return progress_screen(work, person)
        if not is_finished and _BEGUN.search(said.text):
            return chosen_screen(work, person, code)
        step = begin_submission(work, person_id=person.person_id, achievement_code=code)
        return evidence_screen(work, step)


class ActionShowProgress(DomainAction):
    """Where they stand, and the one next step; an advisor without a goal means the queue.

    While evidence is open: what of it is still missing. Asked for news: when they will hear.
    """

    def answer(self, work: Work, person: Person, said: Said) -> Shown:
        profile = find_profile(work, person_id=person.person_id)
        draft = current_draft(work.session, person.person_id)
        if draft is not None and draft.kind == "evidence" and draft.subject:
            return EvidenceCheck.of(
                pre_check(work, person_id=person.person_id, submission_id=draft.subject)
            )
        waiting = [
            one
            for one in list_submissions(work, person_id=person.person_id)
            if one.state is State.WAITING
        ]
        if waiting and _NEWS.search(said.text):
            return EvidenceStanding.of(waiting[-1])
        if Role.ADVISOR in person.roles and not profile.has_goal:
            queue = review_queue(work, advisor_id=person.person_id)
            return ReviewQueue.of(queue, work.now.isoformat())
        return progress_screen(work, person)
