"""Where a person stands, and the one next step."""

from dataclasses import dataclass
from datetime import date

from credentials.catalogue import Achievement, current_catalogue
from credentials.evidence import State, Submission, list_submissions
from credentials.issuing import IssuedBadge, list_badges
from credentials.pathways.advice import Advice, advise
from credentials.pathways.profiles import find_profile, goal_of
from credentials.pathways.steps import PathStep
from credentials.unit_of_work import Work

OPEN = (State.RETURNED, State.COLLECTING)


@dataclass(frozen=True, kw_only=True)
class Progress:
    """`next_step` is what to do now: a submission to go on with, or else a step of the way.

    `studying` are courses under way, with the day they were begun.
    """

    advice: Advice | None
    badges: tuple[IssuedBadge, ...]
    waiting: tuple[Submission, ...]
    begun: Submission | None
    next_step: PathStep | None
    studying: tuple[tuple[Achievement, date], ...] = ()


def find_progress(work: Work, *, person_id: str) -> Progress:
    """Badges, what waits for an advisor, and what comes next."""
    has_goal = goal_of(work, person_id=person_id) is not None
    advice = advise(work, person_id=person_id) if has_goal else None
    mine = list_submissions(work, person_id=person_id)
    waiting = tuple(one for one in mine if one.state is State.WAITING)
    begun = next((one for state in OPEN for one in mine if one.state is state), None)
    profile = advice.profile if advice else find_profile(work, person_id=person_id)
    known = current_catalogue(work).achievements
    sent = {one.achievement.code for one in (*waiting, *([begun] if begun else ()))}
    over = profile.held | profile.finished | sent
    studying = {c: day for c, day in profile.studying.items() if c in known and c not in over}
    busy = {one.achievement.code for one in waiting} | studying.keys()
    steps = [s for s in advice.steps if s.achievement.code not in busy] if advice else []
    return Progress(
        advice=advice,
        badges=tuple(list_badges(work, person_id=person_id)),
        waiting=waiting,
        begun=begun,
        next_step=steps[0] if steps and begun is None else None,
        studying=tuple((known[code], since) for code, since in studying.items()),
    )
