"""Buttons alone, when Rasa is away. The last of the journeys by name, because it stops Rasa."""

import pytest

pytestmark = [pytest.mark.journey, pytest.mark.xdist_group("journeys")]


def test_without_words_the_buttons_carry_on(world):
    world.words.stop()
    nia = world.phone(2009, "Nia")
    nia.say("/start")
    nia.say("what would you do in my place?")
    nia.wait("can't read free text")
    nia.wait(lambda message: message.text.startswith("What work would you like to do?"))
    jobs = nia.tap("Healthcare")
    assert "More" in jobs.labels
    nia.tap(jobs.labels[0])
    nia.tap("Nothing yet")
    assert "Start here" in nia.tap("5 h").text
    noa = world.phone(2010, "Noa")
    noa.say("/start")
    noa.say("web developer, I know html, 5 hours a week")
    noa.wait("Start here")
