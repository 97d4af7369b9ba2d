"""How much and when, as people put it."""

from __future__ import annotations

import pytest
from components.quantities import find_quantities


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("about 5 hours a week", [("hours_per_week", "5 hours")]),
        ("3-4 hrs each week", [("hours_per_week", "3-4 hrs")]),
        ("a couple of hours on weekends", [("hours_per_week", "a couple of hours"), ("frequency", "weekends")]),
        ("six maybe", [("hours_per_week", "six")]),
        ("did 3 hours yesterday", [("duration", "3 hours"), ("date", "yesterday")]),
        ("snooze for half an hour", [("duration", "half an hour")]),
        ("every other Tuesday at half past six", [("frequency", "every other Tuesday"), ("time", "half past six")]),
        ("in the evening", [("time", "in the evening")]),
        ("on Sunday at 10 am", [("date", "Sunday"), ("time", "10 am")]),
        ("max 50 euros", [("money", "50 euros")]),
        ("my budget is 50 euros", [("money", "50 euros")]),
        ("watched two hours of it", [("duration", "two hours")]),
        ("for a fashion company", [("industry", "fashion company")]),
        ("at my uncle's bakery", [("industry", "bakery")]),
        ("before the 14th of march", [("date", "14th of march")]),
        ("check AB12-CD34-EF56", [("badge_id", "AB12-CD34-EF56")]),
        ("i am 24 years old", []),
        ("i want to be rich one day", []),
    ],
)  # fmt: skip
def test_a_quantity_is_found_without_article_and_week(
    text: str, found: list[tuple[str, str]]
) -> None:
    spans = find_quantities(text)
    assert [(span.kind, text[span.start : span.end]) for span in spans] == found


def test_a_bare_number_is_a_quantity_only_in_an_answer() -> None:
    assert [s.kind for s in find_quantities("make it 8", intent="change_answer")] == [
        "hours_per_week"
    ]
    assert find_quantities("make it 8", intent="greet") == []
    assert [s.kind for s in find_quantities("about eight", intent="inform")] == ["hours_per_week"]
    assert [s.kind for s in find_quantities("at 8 tomorrow", intent="inform")] == ["time", "date"]


def test_a_number_too_large_for_a_week_is_money() -> None:
    assert [s.kind for s in find_quantities("sorry 200", intent="change_answer")] == ["money"]
