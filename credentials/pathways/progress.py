"""Where a person stands, and the one next step."""

from dataclasses import dataclass

from credentials.evidence import State, Submission, list_submissions
from credentials.issuing import IssuedBadge, list_badges
from credentials.pathways.advice import Advice, advise
from credentials.pathways.profiles import goal_of
from credentials.pathways.steps import PathStep
from credentials.unit_of_work import Work

OPEN = (State.RETURNED, State.COLLECTING)


@dataclass(frozen=True, kw_only=True)
class Progress:
    """`next_step` is what to do now: a submission to go on with, or else a step of the way."""

    advice: Advice | None
    badges: tuple[IssuedBadge, ...]
    waiting: tuple[Submission, ...]
    begun: Submission | None
    next_step: PathStep | None


def find_progress(work: Work, *, person_id: str) -> Progress:
    """Badges, what waits for an advisor, and what comes next."""
    has_goal = goal_of(work, person_id=person_id) is not None
    advice = advise(work, person_id=person_id) if has_goal else None
    mine = list_submissions(work, person_id=person_id)
    waiting = tuple(one for one in mine if one.state is State.WAITING)
    begun = next((one for state in OPEN for one in mine if one.state is state), None)
    busy = {one.achievement.code for one in waiting}
    steps = [s for s in advice.steps if s.achievement.code not in busy] if advice else []
    return Progress(
        advice=advice,
        badges=tuple(list_badges(work, person_id=person_id)),
        waiting=waiting,
        begun=begun,
        next_step=steps[0] if steps and begun is None else None,
    )
