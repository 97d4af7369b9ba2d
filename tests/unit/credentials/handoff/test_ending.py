"""How hand-offs end, and that nothing goes through afterwards."""

from datetime import timedelta

import pytest

from credentials.drafts import current_draft
from credentials.handoff import (
    SILENCE,
    Content,
    Ending,
    HandoffOverError,
    end_handoff,
    find_request,
    settle_handoffs,
    write_to_learner,
)
from credentials.people import mark_unreachable
from credentials.people.models import RoleRow
from credentials.rights import erase_person
from tests.handoffs import ask, owed, take, talk, texts, write

SECRET = "my private trouble"


def test_after_the_end_nothing_goes_through(institution, trio):
    learner, first, _ = trio
    handoff_id = talk(institution, learner, first)
    with institution.begin() as work:
        assert end_handoff(work, person_id=first).ending is Ending.ADVISOR
    with pytest.raises(HandoffOverError):
        write(institution, learner, "hello?")
    with institution.begin() as work, pytest.raises(HandoffOverError):
        write_to_learner(work, advisor_id=first, content=Content(text="hello?"))
    with institution.begin() as work, pytest.raises(HandoffOverError):
        end_handoff(work, person_id=learner, handoff_id=handoff_id)
    with institution.begin() as work:
        assert current_draft(work.session, first) is None
        assert current_draft(work.session, learner) is None


def test_nobody_ends_or_answers_a_conversation_of_others(institution, trio):
    learner, first, second = trio
    handoff_id = talk(institution, learner, first)
    with institution.begin() as work, pytest.raises(HandoffOverError):
        end_handoff(work, person_id=second, handoff_id=handoff_id)
    with institution.begin() as work, pytest.raises(HandoffOverError):
        write_to_learner(work, advisor_id=second, content=Content(text="hello"))


def test_silence_ends_it_and_words_put_that_off(institution, trio, clock):
    learner, first, _ = trio
    talk(institution, learner, first)
    clock.advance(SILENCE - timedelta(minutes=1))
    write(institution, learner, "just a moment")
    clock.advance(timedelta(minutes=2))
    with institution.begin() as work:
        assert settle_handoffs(work) == []
    clock.advance(SILENCE)
    with institution.begin() as work:
        assert [one.ending for one in settle_handoffs(work)] == [Ending.SILENCE]
    assert owed(institution, first, "handoff_closed")[0].args["ending"] == "silence"
    with institution.begin() as work:
        assert settle_handoffs(work) == []


def test_a_wish_nobody_answers_ends_after_two_weeks(institution, trio, clock):
    learner = trio[0]
    ask(institution, learner)
    clock.advance(timedelta(days=14, minutes=1))
    with institution.begin() as work:
        assert [one.ending for one in settle_handoffs(work)] == [Ending.NOBODY]
        assert find_request(work, person_id=learner) is None
        assert current_draft(work.session, learner) is None


@pytest.mark.parametrize("leaving", ["role", "blocked", "erased"])
def test_when_the_advisor_goes_the_learner_waits_for_another(institution, trio, leaving):
    learner, first, second = trio
    handoff_id = talk(institution, learner, first)
    with institution.begin() as work:
        if leaving == "role":
            work.session.execute(RoleRow.__table__.delete().where(RoleRow.person_id == first))
        elif leaving == "blocked":
            mark_unreachable(work, first)
        else:
            erase_person(work, person_id=first)
    with institution.begin() as work:
        settle_handoffs(work)
    assert owed(institution, learner, "handoff_given_back")
    write(institution, learner, "is anybody there?")
    assert texts(institution, first) == []
    take(institution, second, handoff_id)
    assert texts(institution, second) == ["is anybody there?"]


def test_the_first_word_after_an_advisor_lost_the_role_does_not_reach_them(institution, trio):
    learner, first, _ = trio
    talk(institution, learner, first)
    with institution.begin() as work:
        work.session.execute(RoleRow.__table__.delete().where(RoleRow.person_id == first))
    write(institution, learner, SECRET)
    assert texts(institution, first) == []
