"""How well the trained model understands phrases it has never seen; writes a report."""

from __future__ import annotations

from pathlib import Path

import pytest
from measuring import Parse, Scores, held_out, loaded_parse, measure
from reporting import write_report

MODEL = Path(__file__).resolve().parents[1] / "models" / "skillmark.tar.gz"


@pytest.fixture(scope="module")
def parse() -> Parse:
    return loaded_parse(MODEL)


@pytest.fixture(scope="module")
def scores(parse: Parse) -> Scores:
    found = measure(parse, held_out())
    write_report(found)
    return found


def test_intents_are_understood(scores: Scores) -> None:
    assert scores.accuracy >= 0.88
    assert scores.top >= 0.96


def test_entities_are_found(scores: Scores) -> None:
    assert scores.entity_f1() >= 0.75


def test_what_is_none_of_our_business_is_refused_and_nothing_else(scores: Scores) -> None:
    assert scores.out_of_scope_recall >= 0.85
    assert scores.in_scope_rejected <= 0.10


@pytest.mark.parametrize(
    ("text", "entity", "value"),
    [
        ("I want to become a pharmacy technician", "occupation", "pharmacy technician"),
        ("I know excel and a bit of sql", "skill", "Microsoft Excel"),
        ("tell me more about SQL Foundations", "credential", "SQL Foundations"),
        ("tell me about the sql one", "credential", "sql"),
        ("about 5 hours a week", "hours_per_week", "5 hours"),
        ("remind me every other tuesday at half past six", "frequency", "every other tuesday"),
    ],
)
def test_entities(parse: Parse, text: str, entity: str, value: str) -> None:
    found = [item["value"] for item in parse(text)["entities"] if item["entity"] == entity]
    assert any(value.lower() in str(one).lower() for one in found), found
