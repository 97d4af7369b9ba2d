"""Reviewing: the queue, a criterion at a time, the decision."""

from collections.abc import Callable

from actions.screens import Screen, Shown
from actions.screens.review import (
    ReviewDone,
    ReviewGone,
    ReviewQueue,
    ReviewSummary,
    review_screens,
)
from bot.telegram.context import Context
from bot.telegram.routes import Routes
from credentials.errors import StaleError
from credentials.evidence import (
    Judgement,
    Outcome,
    ReviewStep,
    choose_comment,
    judge_criterion,
    open_comment,
    open_oldest,
    open_submission,
    pass_on,
    resume_review,
    review_queue,
    show_criterion,
    stop_reviewing,
    write_comment,
)
from credentials.issuing import decide_submission
from credentials.people import Person, find_person
from credentials.unit_of_work import Work

Showing = Callable[[Work, Person], Shown]


async def show_queue(context: Context) -> None:
    await _show(context, _queue)


async def list_queue(context: Context) -> None:
    await _show(context, lambda work, person: _queue(work, person, is_list=True))


async def open_first(context: Context) -> None:
    """The submission in hand, or the oldest one."""

    def use_case(work: Work, person: Person) -> Shown:
        step = open_oldest(work, advisor_id=person.person_id)
        return _screens(work, step) if step else _queue(work, person)

    await _show(context, use_case)


async def open_one(context: Context) -> None:
    await _show(
        context,
        lambda work, person: _screens(
            work,
            open_submission(work, advisor_id=person.person_id, submission_id=context.press.id),
        ),
    )


async def show_one(context: Context) -> None:
    submission_id, index, _ = _place(context)
    await _show(
        context,
        lambda work, person: _screens(
            work,
            show_criterion(
                work, advisor_id=person.person_id, submission_id=submission_id, index=index
            ),
        ),
    )


async def mark_met(context: Context) -> None:
    await _mark(context, Judgement.MET)


async def mark_not_yet(context: Context) -> None:
    await _mark(context, Judgement.NOT_YET)


async def _mark(context: Context, result: Judgement) -> None:
    submission_id, index, round_ = _place(context)
    await _show(
        context,
        lambda work, person: _screens(
            work,
            judge_criterion(
                work,
                advisor_id=person.person_id,
                submission_id=submission_id,
                index=index,
                result=result,
                round_=round_,
            ),
            marked=index,
        ),
    )


async def ask_comment(context: Context) -> None:
    submission_id, index, _ = _place(context)
    await _show(
        context,
        lambda work, person: _screens(
            work,
            open_comment(
                work, advisor_id=person.person_id, submission_id=submission_id, index=index
            ),
        ),
    )


async def take_saved(context: Context) -> None:
    submission_id, number, _ = _place(context)
    await _show(
        context,
        lambda work, person: _screens(
            work,
            choose_comment(
                work, advisor_id=person.person_id, submission_id=submission_id, number=number
            ),
        ),
    )


async def read_comment(context: Context) -> None:
    await _show(
        context,
        lambda work, person: _screens(
            work, write_comment(work, advisor_id=person.person_id, text=context.text)
        ),
    )


async def approve(context: Context) -> None:
    await _decide(context, Outcome.ACCEPTED)


async def send_back(context: Context) -> None:
    await _decide(context, Outcome.RETURNED)


async def reject(context: Context) -> None:
    await _decide(context, Outcome.REJECTED)


async def confirm_rejection(context: Context) -> None:
    await _show(
        context,
        lambda work, person: ReviewSummary.of(
            open_submission(work, advisor_id=person.person_id, submission_id=context.press.id),
            is_rejecting=True,
        ),
    )


async def _decide(context: Context, outcome: Outcome) -> None:
    def use_case(work: Work, person: Person) -> Screen:
        decision = decide_submission(
            work,
            advisor_id=person.person_id,
            submission_id=context.press.id,
            outcome=outcome,
        )
        learner = find_person(work, decision.submission.person_id)
        queue = review_queue(work, advisor_id=person.person_id)
        return ReviewDone.of(decision, queue, learner.badge_name or learner.first_name)

    await _show(context, use_case)


async def leave_to_others(context: Context) -> None:
    await _show(
        context,
        lambda work, person: ReviewQueue.of(
            pass_on(work, advisor_id=person.person_id, submission_id=context.press.id),
            work.now.isoformat(),
        ),
    )


async def stop(context: Context) -> None:
    await _show(
        context,
        lambda work, person: ReviewQueue.of(
            stop_reviewing(work, advisor_id=person.person_id), work.now.isoformat()
        ),
    )


async def _show(context: Context, use_case: Showing) -> None:
    """Show the answer; a card that others have overtaken says so in its place."""

    def redrawn(work: Work, person: Person) -> Shown:
        try:
            return use_case(work, person)
        except StaleError as error:
            queue = review_queue(work, advisor_id=person.person_id)
            return ReviewGone(code=error.code, waiting=queue.count)

    await context.show(redrawn)


def _screens(work: Work, step: ReviewStep, *, marked: int | None = None) -> Shown:
    return review_screens(step, work.now.isoformat(), marked=marked)


def _queue(work: Work, person: Person, *, is_list: bool = False) -> Screen:
    queue = review_queue(work, advisor_id=person.person_id)
    return ReviewQueue.of(queue, work.now.isoformat(), is_list=is_list)


def _place(context: Context) -> tuple[str, int, int | None]:
    """Submission, criterion and round of a button."""
    submission_id, index, round_ = (*context.press.id.split("~"), "", "")[:3]
    place = int(index) if index.isdecimal() else 0
    return submission_id, place, int(round_) if round_.isdecimal() else None


def _resume(work: Work, person: Person) -> Shown:
    step = resume_review(work, advisor_id=person.person_id)
    return _screens(work, step) if step else None


ROUTES = Routes(
    commands={"queue": show_queue},
    presses={
        "rv_oldest": open_first,
        "rv_list": list_queue,
        "rv_open": open_one,
        "rv_show": show_one,
        "rv_met": mark_met,
        "rv_not_yet": mark_not_yet,
        "rv_comment": ask_comment,
        "rv_saved": take_saved,
        "rv_approve": approve,
        "rv_return": send_back,
        "rv_reject": confirm_rejection,
        "rv_reject_now": reject,
        "rv_pass": leave_to_others,
        "rv_stop": stop,
    },
    texts={"review": read_comment},
    resumes={"review": _resume},
)
