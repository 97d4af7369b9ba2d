"""A bot that begins takes up what was left behind, and what it takes in hand itself only once."""

import pytest

from actions.screens.words import Help
from credentials.outbox import MessageClass, enqueue
from credentials.people import register_person
from tests.crash.worlds import TALKER, crash_world, prepare

pytestmark = [pytest.mark.crash, pytest.mark.xdist_group("crash")]


def test_what_waited_while_it_was_away_is_said_once(tmp_path):
    prepared = prepare(tmp_path / "prepared")
    with crash_world(prepared, tmp_path / "world") as world:
        phone = world.phone(TALKER)
        with world.institution.begin() as work:
            known = register_person(
                work, telegram_user_id=TALKER, chat_id=TALKER, first_name="P", language_code="en"
            )
            enqueue(
                work.session, person_id=known.person_id, screen=Help.name, args=Help().args,
                message_class=MessageClass.RESULT, now=work.now,
            )  # fmt: skip
        # Polling begins while the message is on its way, should the bot send before it polls.
        phone.post("fault", {"method": "deleteWebhook", "delay": 2})
        phone.post("fault", {"method": "sendMessage", "delay": 4, "times": 0})
        world.start()
        world.settle(lambda: len(world.said_to(TALKER)) > 0 and world.is_quiet())
        assert world.bot is not None
        world.bot.stop()  # what is on its way is finished
        assert len(world.said_to(TALKER)) == 1
