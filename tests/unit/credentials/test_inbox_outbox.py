"""Updates are handled once and in order; messages are owed once and claimed in order."""

from datetime import timedelta

import pytest

from credentials.errors import AlreadyHandledError
from credentials.inbox import (
    IncomingUpdate,
    UpdateKey,
    claim_updates,
    release_update,
    store_updates,
)
from credentials.outbox import MessageClass, claim_messages, enqueue, mark_sent, retry_later
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
    assert claim(institution) == [1]


def test_a_poison_update_does_not_block_its_chat_for_ever(institution):
    with institution.begin() as work:
        store(work, (1, 10), (2, 10))
    for _ in range(3):
        assert claim(institution) == [1]
        with institution.begin() as work:
            release_update(work.session, UpdateKey(7, 1), error="ValueError")
    assert claim(institution) == [2]


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
            for m in claim_messages(work.session, now=work.now)
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
        assert claim_messages(work.session, now=work.now)


def test_a_message_is_given_up_after_a_day(institution, clock):
    with institution.begin() as work:
        owe(work, "ana", "one")
    number = claimed(institution)[0][2]
    with institution.begin() as work:
        retry_later(work.session, number, at=work.now + timedelta(hours=25), error="NetworkError")
    clock.advance(timedelta(hours=26))
    assert claimed(institution) == []
