"""Updates are handled once and in order; messages are owed once and claimed in order."""

from datetime import timedelta

import pytest

from credentials.errors import AlreadyHandledError
from credentials.inbox import (
    IncomingUpdate,
    UpdateKey,
    bury_update,
    claim_updates,
    rescue_updates,
    retry_update,
    store_updates,
)
from credentials.outbox import (
    MessageClass,
    begin_sending,
    claim_messages,
    enqueue,
    mark_sent,
    rescue_messages,
    retry_later,
)
from credentials.people import register_person


def store(work, *updates):
    incoming = [IncomingUpdate(number, chat, {"update_id": number}) for number, chat in updates]
    store_updates(work.session, bot_id=7, updates=incoming, now=work.now)


def claim(institution):
    with institution.begin() as work:
        return [c.key.update_id for c in claim_updates(work.session, bot_id=7, now=work.now)]


def finish(institution, number):
    with institution.begin(handling=UpdateKey(7, number)):
        pass


def test_one_update_of_a_chat_at_a_time_and_chats_side_by_side(institution):
    with institution.begin() as work:
        store(work, (1, 10), (2, 10), (3, 20))
    assert claim(institution) == [1, 3]
    assert claim(institution) == []
    finish(institution, 1)
    assert claim(institution) == [2]


def test_a_redelivered_update_is_not_handled_again(institution):
    with institution.begin() as work:
        store(work, (1, 10))
    assert claim(institution) == [1]
    finish(institution, 1)
    with institution.begin() as work:
        store(work, (1, 10))
    assert claim(institution) == []
    with pytest.raises(AlreadyHandledError):
        finish(institution, 1)


def test_what_a_refused_repeat_wrote_is_not_kept(institution):
    with institution.begin() as work:
        store(work, (1, 10))
    finish(institution, 1)
    with pytest.raises(AlreadyHandledError), institution.begin(handling=UpdateKey(7, 1)) as work:
        register_person(work, telegram_user_id=1, chat_id=1, first_name="Ana", language_code=None)


def test_an_update_left_behind_is_taken_up_again(institution, clock):
    with institution.begin() as work:
        store(work, (1, 10))
    assert claim(institution) == [1]
    clock.advance(timedelta(minutes=2))
    with institution.begin() as work:
        assert rescue_updates(work.session, bot_id=7, now=work.now) == 1
    assert claim(institution) == [1]


def test_a_poison_update_does_not_block_its_chat_for_ever(institution, clock):
    with institution.begin() as work:
        store(work, (1, 10), (2, 10))
    for _ in range(2):
        assert claim(institution) == [1]
        with institution.begin() as work:
            retry_update(work.session, UpdateKey(7, 1), error="ValueError", now=work.now)
        assert claim(institution) == []
        clock.advance(timedelta(seconds=2))
    assert claim(institution) == [1]
    with institution.begin() as work:
        bury_update(work.session, UpdateKey(7, 1), error="ValueError", reference="A1")
    assert claim(institution) == [2]


def test_a_clock_set_back_does_not_make_a_failed_update_wait(institution, clock):
    with institution.begin() as work:
        store(work, (1, 10))
    assert claim(institution) == [1]
    with institution.begin() as work:
        retry_update(work.session, UpdateKey(7, 1), error="ValueError", now=work.now)
    clock.advance(-timedelta(days=1))
    assert claim(institution) == []
    with institution.begin() as work:
        rescue_updates(work.session, bot_id=7, now=work.now)
    assert claim(institution) == [1]


def owe(work, person_id, screen, **more):
    return enqueue(
        work.session,
        person_id=person_id,
        screen=screen,
        args={},
        message_class=MessageClass.REPLY,
        now=work.now,
        **more,
    )


def claimed(institution):
    with institution.begin() as work:
        return [
            (m.person_id, m.screen, m.message_id)
            for m in claim_messages(work.session, bot_id=7, now=work.now)
        ]


def test_messages_go_out_in_order_per_person(institution):
    with institution.begin() as work:
        for person, screen in [("ana", "one"), ("ana", "two"), ("ben", "three")]:
            owe(work, person, screen)
    first = claimed(institution)
    assert [(person, screen) for person, screen, _ in first] == [("ana", "one"), ("ben", "three")]
    with institution.begin() as work:
        mark_sent(work.session, first[0][2], now=work.now)
    assert [screen for _, screen, _ in claimed(institution)] == ["two"]


def test_a_message_with_the_same_key_is_owed_once(institution):
    with institution.begin() as work:
        assert owe(work, "ana", "nudge", key="reminder-1")
        assert not owe(work, "ana", "nudge", key="reminder-1")
    assert len(claimed(institution)) == 1


def test_a_message_for_later_does_not_hold_up_the_next_one(institution, clock):
    with institution.begin() as work:
        owe(work, "ana", "later", not_before=work.now + timedelta(hours=1))
        owe(work, "ana", "now")
    assert [screen for _, screen, _ in claimed(institution)] == ["now"]
    clock.advance(timedelta(hours=2))
    with institution.begin() as work:
        rescue_messages(work.session, now=work.now)
        assert claim_messages(work.session, bot_id=7, now=work.now)


def test_a_clock_set_back_holds_up_nothing_but_what_is_for_a_later_hour(institution, clock):
    with institution.begin() as work:
        owe(work, "a", "now")
        owe(work, "b", "later", not_before=work.now + timedelta(hours=1))
    clock.advance(-timedelta(days=1))
    assert claimed(institution) == []
    with institution.begin() as work:
        rescue_messages(work.session, now=work.now)
    assert [screen for _, screen, _ in claimed(institution)] == ["now"]


def test_a_clock_set_back_does_not_turn_the_order_round(institution, clock):
    with institution.begin() as work:
        owe(work, "ana", "first")
    clock.advance(-timedelta(minutes=10))
    with institution.begin() as work:
        owe(work, "ana", "second")
    assert claimed(institution) == []
    with institution.begin() as work:
        rescue_messages(work.session, now=work.now)
    assert [screen for _, screen, _ in claimed(institution)] == ["first"]


def test_a_message_is_given_up_after_a_day(institution, clock):
    with institution.begin() as work:
        owe(work, "ana", "one")
    number = claimed(institution)[0][2]
    with institution.begin() as work:
        retry_later(work.session, number, at=work.now + timedelta(hours=25), error="NetworkError")
    clock.advance(timedelta(hours=26))
    assert claimed(institution) == []


def classes(institution, limit=32):
    with institution.begin() as work:
        found = claim_messages(work.session, bot_id=7, now=work.now, limit=limit)
        return [message.screen for message in found]


def owe_nudge(work, person_id, screen, message_class=MessageClass.NUDGE):
    enqueue(
        work.session,
        person_id=person_id,
        screen=screen,
        args={},
        message_class=message_class,
        now=work.now,
    )


def test_no_second_sees_more_than_thirty_messages(institution, clock):
    with institution.begin() as work:
        for number in range(200):
            owe(work, f"p{number}", "reply")
    sent = []
    for _ in range(300):
        sent += [clock.now()] * len(classes(institution))
        clock.advance(timedelta(milliseconds=10))
    windows = [sum(0 <= (at - start).total_seconds() < 1 for at in sent) for start in sent]
    assert max(windows) <= 30
    assert len(sent) >= 75  # and the budget is used


def test_answers_go_before_what_nobody_asked_for(institution, clock):
    with institution.begin() as work:
        for number in range(40):
            owe_nudge(work, f"p{number}", "nudge")
        owe(work, "ana", "reply")
    assert classes(institution)[0] == "reply"


def test_what_nobody_asked_for_leaves_room_for_answers(institution, clock):
    with institution.begin() as work:
        for number in range(40):
            owe_nudge(work, f"p{number}", "nudge")
    classes(institution)
    with institution.begin() as work:
        owe(work, "ana", "reply")
    assert classes(institution) == ["reply"]


def test_an_answer_passes_a_nudge_of_the_same_person(institution):
    with institution.begin() as work:
        owe_nudge(work, "ana", "nudge")
        owe(work, "ana", "reply")
    assert classes(institution) == ["reply"]


def test_unasked_messages_of_a_person_are_a_second_apart(institution, clock):
    with institution.begin() as work:
        for screen in ("one", "two"):
            owe_nudge(work, "ana", screen)
    assert classes(institution) == ["one"]
    with institution.begin() as work:
        mark_sent(work.session, 1, now=work.now)
    clock.advance(timedelta(seconds=0.9))
    assert classes(institution) == []
    clock.advance(timedelta(seconds=0.2))
    assert classes(institution) == ["two"]


def test_a_burst_of_answers_comes_down_to_one_a_second(institution, clock):
    with institution.begin() as work:
        for _ in range(60):
            owe(work, "ana", "reply")
    began, count = clock.now(), 0
    while (clock.now() - began).total_seconds() < 30:
        for _ in classes(institution):
            count += 1
            with institution.begin() as work:
                mark_sent(work.session, count, now=work.now)
        clock.advance(timedelta(milliseconds=200))
    assert 49 <= count <= 50  # twenty ahead of their pace, one a second after that


def test_a_failed_message_is_not_overtaken_by_the_next(institution, clock):
    with institution.begin() as work:
        owe(work, "ana", "one")
        owe(work, "ana", "two")
    number = claimed(institution)[0][2]
    with institution.begin() as work:
        retry_later(work.session, number, at=work.now + timedelta(seconds=9), error="NetworkError")
    assert claimed(institution) == []
    clock.advance(timedelta(seconds=10))
    assert [screen for _, screen, _ in claimed(institution)] == ["one"]


def test_a_nudge_that_was_leaving_when_its_process_died_is_not_said_again(institution, clock):
    with institution.begin() as work:
        owe_nudge(work, "ana", "nudge")
        owe(work, "ben", "reply")
    for _, screen, number in claimed(institution):
        if screen == "nudge":
            with institution.begin() as work:
                begin_sending(work.session, number)
    with institution.begin() as work:
        assert rescue_messages(work.session, now=work.now) == 0
        assert rescue_messages(work.session, now=work.now, alone=True) == 1
    assert [screen for _, screen, _ in claimed(institution)] == ["reply"]


@pytest.mark.parametrize("jump", [timedelta(days=-400), timedelta(days=400)])
def test_a_clock_that_jumps_holds_nothing_up_for_long(institution, clock, jump):
    with institution.begin() as work:
        store(work, (1, 10))
        owe(work, "ana", "one")
        owe(work, "ana", "two")
    assert claim(institution) == [1]
    number = claimed(institution)[0][2]
    with institution.begin() as work:
        retry_later(work.session, number, at=work.now + timedelta(seconds=5), error="NetworkError")
    clock.advance(jump)
    with institution.begin() as work:
        rescue_updates(work.session, bot_id=7, now=work.now)
        rescue_messages(work.session, now=work.now)
    assert claim(institution) == [1]
    assert [screen for _, screen, _ in claimed(institution)] == ["one"]
