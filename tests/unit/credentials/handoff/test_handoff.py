"""Hand-offs: one wish a learner, one advisor a wish, every word owed once."""

import json
from datetime import timedelta
from threading import Barrier, Thread

import pytest
from sqlalchemy import func, select

from credentials.audit import AuditEvent
from credentials.errors import NotAllowedError
from credentials.evidence import Outcome
from credentials.handoff import (
    HandoffTakenError,
    OwnDecisionError,
    OwnHandoffError,
    Reason,
    TooManyFilesError,
    TooMuchKeptError,
    find_people,
    take_handoff,
    waiting_for,
)
from credentials.handoff.messages import MAX_FILES, MAX_KEPT, in_parts
from credentials.handoff.models import HandoffRow
from credentials.issuing import decide_submission
from credentials.people.models import RoleRow
from tests.handoffs import a_file, ask, owed, take, talk, texts, write
from tests.submissions import collect, judge_all, person, send

SECRET = "my private trouble"


def test_one_wish_a_person_however_often_they_ask(institution, trio):
    learner, first, second = trio
    assert ask(institution, learner) == ask(institution, learner)
    for advisor in (first, second):
        (wanted,) = owed(institution, advisor, "handoff_wanted")
        assert wanted.args["learner"] == "Ana Ruiz"
        assert learner not in str(wanted.args)


def test_nobody_is_their_own_advisor_and_learners_are_none(institution, trio):
    learner, first, second = trio
    handoff_id = ask(institution, first)
    assert owed(institution, first, "handoff_wanted") == []
    with institution.begin() as work:
        assert waiting_for(work, advisor_id=first) == []
        assert [one.handoff_id for one in waiting_for(work, advisor_id=second)] == [handoff_id]
    with institution.begin() as work, pytest.raises(OwnHandoffError):
        take_handoff(work, advisor_id=first, handoff_id=handoff_id)
    with institution.begin() as work, pytest.raises(NotAllowedError):
        take_handoff(work, advisor_id=learner, handoff_id=handoff_id)
    with institution.begin() as work, pytest.raises(NotAllowedError):
        find_people(work, advisor_id=learner)


def test_of_two_advisors_at_the_same_instant_one_has_them(institution, trio):
    learner, *advisors = trio
    handoff_id = ask(institution, learner)
    together, outcomes = Barrier(2), []

    def race(advisor):
        together.wait()
        try:
            take(institution, advisor, handoff_id)
            outcomes.append("taken")
        except HandoffTakenError:
            outcomes.append("too late")

    threads = [Thread(target=race, args=(advisor,)) for advisor in advisors]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(outcomes) == ["taken", "too late"]
    assert len(owed(institution, learner, "handoff_joined")) == 1


def test_words_are_kept_in_their_order_and_each_is_owed_once(institution, trio):
    learner, first, _ = trio
    handoff_id = ask(institution, learner)
    for text in ("one", "two", "three"):
        write(institution, learner, text)
    assert texts(institution, first) == []
    take(institution, first, handoff_id)
    take(institution, first, handoff_id)
    write(institution, learner, "four")
    assert texts(institution, first) == ["one", "two", "three", "four"]


def test_no_more_is_kept_than_anybody_reads(institution, trio):
    learner = trio[0]
    ask(institution, learner)
    for number in range(MAX_KEPT):
        write(institution, learner, str(number))
    with pytest.raises(TooMuchKeptError):
        write(institution, learner, "one more")


def test_a_conversation_has_an_end_of_files_but_not_of_words(institution, trio):
    learner, first, _ = trio
    talk(institution, learner, first)
    for number in range(MAX_FILES):
        write(institution, learner, upload=a_file(content=str(number).encode()))
    with pytest.raises(TooManyFilesError):
        write(institution, learner, upload=a_file(content=b"more"))
    write(institution, learner, "still here")
    assert texts(institution, first)[-1] == "still here"


@pytest.mark.parametrize("text", ["", "  \n ", "x" * 4_097])
def test_nothing_and_too_much_are_refused(institution, trio, text):
    learner, first, _ = trio
    talk(institution, learner, first)
    with pytest.raises(Exception, match="nothing in it"):
        write(institution, learner, text)


@pytest.mark.parametrize("text", ["word " * 900, "\N{GRINNING FACE}" * 2_048, "a" * 4_096, ""])
def test_parts_fit_a_message_and_hold_everything(text):
    parts = in_parts(text.strip())
    assert all(len(part.encode("utf-16-le")) // 2 <= 3_500 for part in parts)
    assert " ".join(parts).replace(" ", "") == text.replace(" ", "")


def test_an_appeal_goes_to_somebody_else_where_there_is_anybody(institution, trio):
    learner, first, second = trio
    with institution.begin() as work:
        submission_id = send(work, learner)
        judge_all(work, first, submission_id, ("met", "met", "not_yet"))
        decide_submission(
            work, advisor_id=first, submission_id=submission_id, outcome=Outcome.REJECTED
        )
    handoff_id = ask(institution, learner, reason=Reason.APPEAL, subject=submission_id)
    assert owed(institution, first, "handoff_wanted") == []
    assert owed(institution, second, "handoff_wanted")
    with institution.begin() as work, pytest.raises(OwnDecisionError):
        take_handoff(work, advisor_id=first, handoff_id=handoff_id)
    with institution.begin() as work:
        work.session.execute(RoleRow.__table__.delete().where(RoleRow.person_id == second))
    with institution.begin() as work:
        taken = take_handoff(work, advisor_id=first, handoff_id=handoff_id)
    assert taken.standing.title == {"en": "SQL Foundations"}


def test_the_advisor_hears_where_the_learner_stands(institution, trio):
    learner, first, _ = trio
    with institution.begin() as work:
        collect(work, learner)
    handoff_id = ask(institution, learner)
    with institution.begin() as work:
        standing = take_handoff(work, advisor_id=first, handoff_id=handoff_id).standing
    assert standing.title == {"en": "SQL Foundations"}
    assert standing.doing == "evidence"
    assert (standing.goal, standing.badges) == (None, 0)


def test_urgent_wishes_come_first_and_keep_no_words(institution, trio):
    learner, first, _ = trio
    with institution.begin() as work:
        other = person(work, 9, "Tia")
    ask(institution, other)
    ask(institution, learner, reason=Reason.URGENT, last_words=SECRET)
    with institution.begin() as work:
        assert [one.person_id for one in waiting_for(work, advisor_id=first)] == [learner, other]
        assert work.session.scalar(select(func.count(HandoffRow.last_words))) == 0
        events = work.session.scalars(select(AuditEvent).where(AuditEvent.subject.is_not(None)))
        assert all("urgent" not in json.dumps([e.event, e.detail]) for e in events)


def test_a_wish_that_becomes_urgent_is_told_again_and_only_once(institution, trio, clock):
    learner, first, _ = trio
    clock.advance(timedelta(hours=10))  # nobody is there
    for reason in (Reason.ASKED, Reason.URGENT, Reason.URGENT, Reason.ASKED):
        ask(institution, learner, reason=reason)
        clock.advance(timedelta(minutes=1))
    wanted = owed(institution, first, "handoff_wanted")
    assert [row.state for row in wanted] == ["dropped", "waiting"]
    assert wanted[1].not_before == wanted[1].created_at
