"""Looking around by field: every field has its button, everything in it can be reached."""

from importlib import import_module

import pytest

from actions.screens.choosing import ChooseEvidence, ChooseInField
from actions.screens.intake import AskGoal, JobsOfField
from bot.telegram.callback_data import unpack
from bot.telegram.screens.drawing import draw
from bot.texts import Say
from credentials.catalogue import FIELDS
from tests.starter import CATALOGUE

import_module("bot.telegram.screens")


def presses(drawn, action):
    found = [unpack(button.data) for row in drawn.rows for button in row if button.data]
    return [press.id for press in found if press.action == action]


@pytest.mark.parametrize(
    ("screen", "action"), [(AskGoal(), "field"), (ChooseEvidence(begun=()), "ev_field")]
)
def test_every_field_is_offered_in_short_rows(screen, action):
    drawn = draw(screen, Say())
    assert presses(drawn, action) == [f"{field}~0" for field in FIELDS]
    assert max(len(row) for row in drawn.rows) <= 3


@pytest.mark.parametrize("field", FIELDS)
@pytest.mark.parametrize(
    ("screen", "turn", "choose", "kept"),
    [
        (JobsOfField, "field", "job", CATALOGUE.occupations),
        (ChooseInField, "ev_field", "prove", CATALOGUE.achievements),
    ],
)
def test_turning_the_pages_shows_all_of_a_field_once(field, screen, turn, choose, kept):
    page, seen = 0, []
    while page is not None:
        drawn = draw(screen.of(CATALOGUE, field, page), Say())
        seen += presses(drawn, choose)
        later = [int(press.partition("~")[2]) for press in presses(drawn, turn)]
        page = next((number for number in later if number > page), None)
    assert sorted(seen) == sorted(code for code, item in kept.items() if item.field == field)


@pytest.mark.parametrize("screen", [JobsOfField, ChooseInField])
def test_every_field_has_its_own_words(screen):
    titles = {str(draw(screen.of(CATALOGUE, field, 0), Say()).text) for field in FIELDS}
    assert len(titles) == len(FIELDS)
