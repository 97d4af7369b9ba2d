"""Days off by buttons: from the reminders, from the queue, and back."""

from importlib import import_module

import pytest

from actions.screens import Screen
from bot.telegram.callback_data import unpack
from bot.telegram.handlers import account, reminders
from bot.telegram.screens.drawing import draw
from bot.texts import Say
from credentials.errors import InvalidInputError, StaleError
from credentials.people import find_person, find_preferences
from tests.submissions import people

import_module("bot.telegram.screens.account")
import_module("bot.telegram.screens.reminders")
PRESSES = {**reminders.ROUTES.presses, **account.ROUTES.presses}


class Phone:
    """One person who presses buttons."""

    def __init__(self, institution, person_id):
        self.institution, self.person_id = institution, person_id
        self.press, self.screen = None, None

    async def show(self, use_case, *, in_place=True):
        with self.institution.begin() as work:
            shown = use_case(work, find_person(work, self.person_id))
        self.screen = shown if isinstance(shown, Screen) else shown[0]

    async def send(self, data):
        self.press = unpack(data)
        await PRESSES[self.press.action](self)
        return str(draw(self.screen, Say()).text)

    async def tap(self, label):
        buttons = [one for row in draw(self.screen, Say()).rows for one in row]
        return await self.send(next(one.data for one in buttons if one.label == label))

    def off(self):
        with self.institution.read() as work:
            return find_preferences(work, person_id=self.person_id).off


@pytest.fixture
def phones(institution):
    ana, ben, _ = people(institution)
    return Phone(institution, ana), Phone(institution, ben)


async def test_a_learner_takes_a_break_and_ends_it(phones):
    ana, _ = phones
    await ana.send("v1:days_off:")
    shown = await ana.tap("Two weeks")
    assert "16 March 2026" in shown
    assert "reminders go on" in shown
    assert (ana.off().back - ana.off().first).days == 14
    await ana.tap("Turn them on again")
    assert ana.off() is None


async def test_an_advisor_hears_that_others_get_the_work(phones):
    _, ben = phones
    await ben.send("v1:days_off:")
    assert "other advisors" in await ben.tap("A week")


@pytest.mark.parametrize("id_", ["0", "x", "999999"])
async def test_a_forged_number_of_days_takes_none(phones, id_):
    ana, _ = phones
    with pytest.raises((StaleError, InvalidInputError)):
        await ana.send(f"v1:days_off:{id_}")
    assert ana.off() is None
