"""Limits as people put them: money, a last day, languages, a level."""

from datetime import date

import pytest

from credentials.pathways.limits import (
    Budget,
    Told,
    read_budget,
    read_deadline,
    read_language,
    read_level,
)

TODAY = date(2026, 11, 25)
NOTHING = None
NO_LIMIT = Told(None)


@pytest.mark.parametrize(
    ("text", "asked", "told"),
    [
        ("I can spend $200", False, Told(Budget(200, "USD"))),
        ("budget 50 euros", False, Told(Budget(50, "EUR"))),
        ("at most £1,500 for it", False, Told(Budget(1500, "GBP"))),
        ("up to 9.50 usd", False, Told(Budget(9.5, "USD"))),
        ("my budget is 2k dollars", False, Told(Budget(2000, "USD"))),
        ("free courses only please", False, Told(Budget(0))),
        ("i can't afford anything", False, Told(Budget(0))),
        ("I've no money", False, Told(Budget(0))),
        ("money is no problem", False, NO_LIMIT),
        ("I want to earn $50k", False, NOTHING),
        ("a salary of 60000 dollars a year, max", False, NOTHING),
        ("I paid 100 people once", False, NOTHING),
        ("I've 3 cats", True, NOTHING),
        ("100", True, Told(Budget(100))),
        ("80 eur", True, Told(Budget(80, "EUR"))),
        ("nothing", True, Told(Budget(0))),
        ("any", True, NO_LIMIT),
        ("5 hours a week", False, NOTHING),
        ("$99999999999 budget", False, Told(Budget(1_000_000))),
    ],
)
def test_money(text, asked, told):
    assert read_budget(text, is_asked=asked) == told


@pytest.mark.parametrize(
    ("text", "asked", "told"),
    [
        ("I need it by June", False, Told(date(2027, 6, 1))),
        ("by the end of March 2027", False, Told(date(2027, 3, 31))),
        ("before 15 February", False, Told(date(2027, 2, 15))),
        ("by December 10th", False, Told(date(2026, 12, 10))),
        ("deadline is 2027-01-31 by contract", False, Told(date(2027, 1, 31))),
        ("within 6 weeks", False, Told(date(2027, 1, 6))),
        ("I have three months", False, Told(date(2027, 2, 25))),
        ("want to be done in a year", False, Told(date(2027, 11, 25))),
        ("before christmas", False, Told(date(2026, 12, 24))),
        ("no rush", False, NO_LIMIT),
        ("I worked there for 6 months", False, NOTHING),
        ("I have 3 years of experience", False, NOTHING),
        ("by 31 February", False, NOTHING),
        ("by 2019-01-01", False, NOTHING),
        ("june", True, Told(date(2027, 6, 30))),
        ("8 weeks", True, Told(date(2027, 1, 20))),
        ("8 weeks", False, NOTHING),
        ("no", True, NO_LIMIT),
        ("by the way I like cats", False, NOTHING),
    ],
)
def test_last_days(text, asked, told):
    assert read_deadline(text, today=TODAY, is_asked=asked) == told


@pytest.mark.parametrize(
    ("text", "asked", "told"),
    [
        ("courses in Spanish please", False, Told(frozenset({"es"}))),
        ("I want to learn it in German or English", False, Told(frozenset({"de", "en"}))),
        ("only in french", False, Told(frozenset({"fr"}))),
        ("any language is fine", False, NO_LIMIT),
        ("I speak Spanish", False, NOTHING),
        ("I write code in Python", False, NOTHING),
        ("Portuguese", True, Told(frozenset({"pt"}))),
        ("any", True, NO_LIMIT),
    ],
)
def test_languages(text, asked, told):
    assert read_language(text, is_asked=asked) == told


@pytest.mark.parametrize(
    ("text", "asked", "told"),
    [
        ("only beginner courses", False, Told("foundation")),
        ("nothing too advanced", False, Told("intermediate")),
        ("any level", False, NO_LIMIT),
        ("I have basic Excel", False, NOTHING),
        ("I'm a beginner", False, NOTHING),
        ("beginner", True, Told("foundation")),
        ("advanced", True, NO_LIMIT),
    ],
)
def test_levels(text, asked, told):
    assert read_level(text, is_asked=asked) == told
