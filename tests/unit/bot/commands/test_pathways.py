"""`skillmark pathways plan`: the way, what could be proven, and which limit would have to give."""

import json

import pytest
from typer.testing import CliRunner

from bot.commands.pathways import app
from credentials.errors import InvalidInputError

HAVE = {
    "skills": [
        {
            "framework": "ESCO",
            "id": "http://data.europa.eu/esco/skill/598de5b0-5b58-4ea7-8058-a4bc4d18c742",
            "level": "working",
            "source": "course",
        },
        {"framework": "O*NET", "id": "Microsoft Excel", "level": "strong", "negated": True},
        {"framework": "ESCO", "id": "nobody knows this", "level": None},
    ]
}


@pytest.fixture
def plan(stocked, monkeypatch, tmp_path):
    """Run `skillmark pathways plan` for a data analyst who knows SQL; JSON read back."""
    for name in ("data_dir", "kek_file", "public_url", "institution_name"):
        value = str(getattr(stocked.settings, name))
        monkeypatch.setenv(f"SKILLMARK_{name.upper()}", value)
    have = tmp_path / "have.json"
    have.write_text(json.dumps(HAVE))

    def run(*words):
        given = ["plan", "--goal", "15-2051.01", "--have", str(have), "--json", *map(str, words)]
        return CliRunner().invoke(app, given)

    return run


def read(result):
    assert result.exit_code == 0, result.output
    return json.loads(result.stdout)


def test_a_plan_says_what_to_prove_what_to_take_and_why(plan):
    told = read(plan("--weekly-hours", 5, "--weeks", 40, "--budget", 0))
    first, *later = told["steps"]
    assert (first["code"], first["prove_now"]) == ("sql-foundations", True)
    assert told["prove_now"][0]["code"] == "sql-foundations"
    assert {c["likely_met"] for c in told["prove_now"][0]["criteria"]} == {True, False}
    assert later
    assert sum(step["hours"] for step in later) <= 200
    assert all(step["cost"] == 0 for step in later)
    assert told["value"] <= told["bound"]
    assert all(step["because"]["of_all"] > 0 or step["because"]["opens"] for step in told["steps"])


def test_limits_that_leave_nothing_say_which_to_loosen_and_by_how_much(plan):
    def taken(hours, weeks):
        told = read(plan("--weekly-hours", hours, "--weeks", weeks, "--language", "en"))
        return told, [step["code"] for step in told["steps"] if not step["prove_now"]]

    told, steps = taken(2, 1)
    assert steps == []
    (found,) = [one for one in told["relax"] if one["limits"] == ["hours"]]
    assert found["adds"]
    assert taken(2, 1 + found["by"]["weeks"])[1]
    assert taken(2, found["by"]["weeks"])[1] == []
    assert taken(2 + found["by"]["weekly_hours"], 1)[1]


def test_a_budget_may_be_in_another_currency(plan):
    told = read(plan("--budget", 60, "--currency", "eur"))
    assert told["steps"]


@pytest.mark.parametrize("words", [("--currency", "XTS"), ("--level", "impossible")])
def test_what_nobody_knows_is_refused_with_words(plan, words):
    result = plan(*words)
    assert result.exit_code != 0
    assert isinstance(result.exception, InvalidInputError | SystemExit)
