"""The channel takes what the bot sends and nothing else."""

from __future__ import annotations

import json

import pytest
from channel import MAX_TEXT_CHARACTERS, Turn, escaped
from wishes import Wish

GOOD = {"person_id": "a-1", "text": "hello", "ticket": "v1.x.y", "language": "en"}


def test_a_turn_is_read() -> None:
    turn = Turn.from_body(json.dumps(GOOD).encode())
    assert (turn.person_id, turn.text, turn.language) == ("a-1", "hello", "en")


def test_the_bot_says_how_long_it_waits() -> None:
    assert Turn.from_body(json.dumps(GOOD).encode()).wait_seconds == 3
    patient = Turn.from_body(json.dumps({**GOOD, "wait_seconds": 30}).encode())
    assert patient.wait_seconds == 30


@pytest.mark.parametrize("text", ["/restart", "  //restart", "/greet{}"])
def test_a_payload_is_not_obeyed(text: str) -> None:
    assert not escaped(text).startswith("/")


def test_long_texts_are_cut() -> None:
    assert len(escaped("x" * 5_000)) <= MAX_TEXT_CHARACTERS


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"[]",
        b"nonsense",
        b"[" * 5_000,
        json.dumps({**GOOD, "text": "   "}).encode(),
        json.dumps({**GOOD, "text": 5}).encode(),
        json.dumps({**GOOD, "person_id": "../x"}).encode(),
        json.dumps({**GOOD, "language": "??"}).encode(),
        json.dumps({**GOOD, "ticket": "x" * 5_000}).encode(),
        json.dumps({**GOOD, "only": "help"}).encode(),
        json.dumps({**GOOD, "only": ["help"] * 1_000}).encode(),
        json.dumps({**GOOD, "at_least": 2}).encode(),
        json.dumps({**GOOD, "at_least": "sure"}).encode(),
        json.dumps({**GOOD, "wait_seconds": "long"}).encode(),
        json.dumps({**GOOD, "wait_seconds": 1e9}).encode(),
    ],
)
def test_anything_else_is_refused(body: bytes) -> None:
    with pytest.raises(ValueError):  # noqa: PT011 - any reason will do
        Turn.from_body(body)


@pytest.mark.parametrize(
    ("intent", "confidence", "accepted"),
    [("help", 0.9, True), ("help", 0.7, False), ("inform", 0.9, False)],
)
def test_only_what_is_named_is_acted_upon(
    intent: str, confidence: float, *, accepted: bool
) -> None:
    turn = Turn.from_body(json.dumps({**GOOD, "only": ["help"], "at_least": 0.8}).encode())
    wish = Wish("?", {"intent": {"name": intent, "confidence": confidence}})
    assert turn.accepts(wish) is accepted
    assert Turn.from_body(json.dumps(GOOD).encode()).accepts(wish)
