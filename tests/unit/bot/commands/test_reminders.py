"""`skillmark reminders preview` prints what a rule means."""

import json
from datetime import datetime

import pytest
from typer.testing import CliRunner

from bot.commands.reminders import app


def preview(*arguments):
    return CliRunner().invoke(app, ["preview", *arguments])


def test_the_next_twenty_instants_keep_the_wall_clock():
    answer = preview("--rule", "every day at 02:30", "--zone", "Europe/Paris", "--json")
    found = [datetime.fromisoformat(text) for text in json.loads(answer.stdout)]
    assert len(found) == 20
    assert len({moment.date() for moment in found}) == 20
    assert all(moment.utcoffset() is not None for moment in found)


def test_a_single_time_has_one_instant():
    answer = preview("--rule", "tomorrow at 9", "--zone", "Asia/Tokyo", "--json")
    assert len(json.loads(answer.stdout)) == 1


@pytest.mark.parametrize(
    ("rule", "zone"), [("every day", "Mars/Phobos"), ("purple", "UTC"), ("every day", "../etc")]
)
def test_what_makes_no_sense_is_one_clear_line(rule, zone):
    answer = preview("--rule", rule, "--zone", zone)
    assert answer.exit_code == 2
    assert answer.stderr.startswith("skillmark: ")
    assert "Traceback" not in answer.output
