"""A message is cut in two where both halves surely mean different things, and only there."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest
from wishes import wishes_in

MEANT = {
    "show my badges": ("ask_badges", 0.9),
    "remind me on sunday": ("set_reminder", 0.9),
    "maybe remind me": ("set_reminder", 0.5),
    "no": ("deny", 1.0),
    "go back": ("back", 0.9),
    "i meant nurse": ("change_goal", 0.9),
    "why do you ask": ("ask_why", 0.9),
    "five hours": ("inform", 0.9),
    "i know excel": ("tell_skills", 0.9),
    "i know excel, remind me on sunday": ("tell_skills", 0.95),
    "hello there": ("greet", 0.9),
    "i want to die": ("distress", 0.9),
    "i was a nurse for years": ("tell_skills", 0.9),
    "want out": ("cancel", 0.95),
}


def told(text: str) -> list[tuple[str, str]]:
    async def parse(part: str) -> dict[str, Any]:
        name, confidence = MEANT.get(part, ("inform", 0.6))
        return {"intent": {"name": name, "confidence": confidence}}

    return [(wish.text, wish.intent) for wish in asyncio.run(wishes_in(text, parse))]


@pytest.mark.parametrize(
    "text",
    [
        "show my badges and remind me on sunday",
        "show my badges, also remind me on sunday",
        "show my badges. remind me on sunday",
        "show my badges n remind me on sunday",
    ],
)
def test_two_wishes_are_done_in_the_order_said(text: str) -> None:
    assert told(text) == [("show my badges", "ask_badges"), ("remind me on sunday", "set_reminder")]


@pytest.mark.parametrize(
    "text",
    [
        "show my badges and maybe remind me",  # unsure
        "five hours and i know excel",  # facts are heard together
        "show my badges, five hours",  # a detail
        "show my badges",
        "i was a nurse for years and want out",  # of that work
        "i know excel, remind me on sunday",  # surely facts, and only a comma
    ],
)
def test_anything_else_is_one(text: str) -> None:
    assert [part for part, _ in told(text)] == [text]


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("hello there, show my badges", "show my badges"),
        ("no, i meant nurse", "i meant nurse"),
        ("no, please go back", "no, please go back"),
        ("no but go back", "go back"),
    ],
)
def test_what_only_leads_over_to_a_wish_is_not_done(text: str, left: str) -> None:
    assert [part for part, _ in told(text)] == [left]


def test_an_answer_and_a_question_are_two() -> None:
    assert told("no, but why do you ask") == [("no", "deny"), ("why do you ask", "ask_why")]


def test_nothing_else_is_done_with_distress() -> None:
    for whole in ("show my badges. i want to die", "i want to die and show my badges"):
        assert told(whole) == [(whole, "distress")]
