"""Every card of the advice is short, whatever the job."""

import re
from importlib import import_module

import pytest

from actions.screens.credential import CredentialCard
from actions.screens.options import CompareOptions, what_if_screen
from actions.screens.pathways import PathwayCard, WholePathway
from actions.screens.proving import prove_now_screen
from actions.screens.reasons import (
    GapCard,
    GapSources,
    JobSources,
    PathwayReasons,
    StepReasons,
    StepSources,
)
from bot.telegram.screens.drawing import draw
from bot.texts import Say
from credentials.catalogue.frameworks import attributions
from credentials.pathways import Profile, Statement, advice_for, choose_goal
from credentials.people import register_person
from tests.starter import CATALOGUE

import_module("bot.telegram.screens")
LIMIT = 700  # characters


def length(drawn):
    return len(re.sub(r"<[^>]+>", "", str(drawn.text)))


@pytest.mark.parametrize("code", sorted(CATALOGUE.occupations))
def test_cards_of_a_way_are_short(code):
    said = {key: Statement(skill=key, level=None, source="job") for key in ("excel", "sql")}
    profile = Profile(
        person_id="p", occupation_code=code, setting="healthcare", has_told=True,
        hours_per_week=5.0, said=said, shown={},
    )  # fmt: skip
    advice = advice_for(CATALOGUE, profile, CATALOGUE.occupations[code])
    cards = [
        screen.of(CATALOGUE, advice)
        for screen in (PathwayCard, PathwayReasons, WholePathway, GapCard, GapSources)
    ]
    for step in advice.steps:
        cards += [screen.of(CATALOGUE, advice, step) for screen in (StepReasons, StepSources)]
        if step.rival:
            items = (step.achievement, step.rival.achievement)
            cards.append(CompareOptions.of(items, CATALOGUE, advice))
    cards += [prove_now_screen(CATALOGUE, advice, one.achievement.code) for one in advice.provable]
    for card in (*cards, prove_now_screen(CATALOGUE, advice), JobSources.of(advice, ())):
        drawn = draw(card, Say())
        assert 0 < length(drawn) <= LIMIT, (card.name, length(drawn))


@pytest.mark.parametrize("code", sorted(CATALOGUE.occupations)[::12])
def test_a_card_of_goals_is_short_and_says_whose_pay_it_is(code, stocked):
    with stocked.begin() as work:
        person = register_person(
            work, telegram_user_id=1, chat_id=1, first_name="Ana", language_code="en"
        )
        choose_goal(work, person_id=person.person_id, code=code)
        drawn = draw(what_if_screen(work, person), Say())
    assert length(drawn) <= LIMIT, length(drawn)
    assert ("Pay: $" in str(drawn.text)) == ("U.S. Bureau of Labor Statistics, 2025" in drawn.text)


@pytest.mark.parametrize("code", sorted(CATALOGUE.achievements))
def test_cards_of_credentials_are_short(code):
    drawn = draw(CredentialCard.of(CATALOGUE.achievements[code]), Say())
    assert length(drawn) <= LIMIT, length(drawn)


def test_the_sources_carry_the_words_their_licences_ask_for(institution):
    profile = Profile(
        person_id="p", occupation_code="15-1252.00", setting=None, has_told=True,
        hours_per_week=5.0, said={}, shown={},
    )  # fmt: skip
    advice = advice_for(CATALOGUE, profile, CATALOGUE.occupations["15-1252.00"])
    with institution.read() as work:
        shown = str(draw(JobSources.of(advice, attributions(work)), Say()).text)
    assert "information from the O*NET 30.3 Database by the U.S. Department of Labor" in shown
    assert "This service uses the ESCO classification of the European Commission." in shown
