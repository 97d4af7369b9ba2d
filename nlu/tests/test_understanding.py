"""How well the trained model understands phrases it has never seen; writes a report."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest
from measuring import Parse, Scores, held_out, measure, parser_of, two_wishes
from rasa.core.agent import Agent
from reporting import write_report
from wishes import FACTS, OPENINGS, wishes_in


@pytest.fixture(scope="module")
def parse(agent: Agent) -> Parse:
    return parser_of(agent)


@pytest.fixture(scope="module")
def scores(parse: Parse) -> Scores:
    found = measure(parse, held_out())
    write_report(found, beside=measure(parse, held_out("second")))
    return found


def test_intents_are_understood(scores: Scores) -> None:
    assert scores.accuracy >= 0.90
    assert scores.top >= 0.97


def test_entities_are_found(scores: Scores) -> None:
    assert scores.entity_f1() >= 0.85


def test_what_is_none_of_our_business_is_refused_and_nothing_else(scores: Scores) -> None:
    assert scores.out_of_scope_recall >= 0.85
    assert scores.in_scope_rejected <= 0.10


def wishes(parse: Parse, text: str) -> list[str]:
    async def parsed(part: str) -> dict[str, Any]:
        return await asyncio.to_thread(parse, part)

    return [wish.intent for wish in asyncio.run(wishes_in(text, parsed))]


def test_two_wishes_in_one_message_are_both_found(parse: Parse) -> None:
    """Facts, and an opening before a wish, are one: they are heard together."""
    messages = two_wishes()
    found = [wishes(parse, text) for text, _ in messages]
    done = [
        intents == meant
        or set(meant) <= FACTS | OPENINGS
        or (meant[0] in OPENINGS and intents == meant[1:])
        for intents, (_, meant) in zip(found, messages, strict=True)
    ]
    assert sum(done) / len(done) >= 0.8


def test_one_wish_is_hardly_ever_taken_for_two(parse: Parse) -> None:
    phrases = held_out()
    cut = [phrase.text for phrase in phrases if len(wishes(parse, phrase.text)) > 1]
    assert len(cut) / len(phrases) <= 0.05, cut


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
