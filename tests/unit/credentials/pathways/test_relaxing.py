"""Which limit would have to give, and by how much: exactly so much, and no less."""

from dataclasses import replace

import pytest

from credentials.catalogue import Achievement
from credentials.pathways.gaps import Gap
from credentials.pathways.money import converted
from credentials.pathways.offers import Offers
from credentials.pathways.planning import plan
from credentials.pathways.question import Question
from credentials.pathways.relaxing import find_relaxations

SKILLS = ("sql", "python", "excel")


def achievement(code, skill, **changes):
    return Achievement.model_validate(
        {
            "code": code, "version": "1", "name": {"en": code}, "description": {"en": code},
            "field": None, "level": "foundation", "hours": 10,
            "cost": {"amount": 0, "currency": "USD"},
            "provider": {"name": "P", "url": "https://example.org"}, "start": None,
            "assessment": None, "skills": [{"skill": skill, "level": "working"}], **changes,
        }
    )  # fmt: skip


def question(*items, **limits):
    return Question(
        gaps=tuple(Gap(skill=skill, weight=1.0, need=0.65) for skill in SKILLS),
        offers=Offers({item.code: item for item in items}),
        occupation_code="x",
        **{"hours": 100, **limits},
    )


def relax(asked, weekly=2.0):
    return find_relaxations(asked, plan(asked).codes, weekly_hours=weekly)


def test_nothing_is_told_where_everything_fits():
    assert relax(question(achievement("a", "sql"))) == ()


def test_time_that_is_short_is_told_in_weeks_and_in_hours_a_week():
    asked = question(achievement("a", "sql", hours=16), hours=10)
    (found,) = relax(asked)
    assert (found.limits, found.adds) == (("hours",), ("a",))
    assert (found.hours, found.weeks, found.weekly) == (6, 3, 1.5)
    assert plan(replace(asked, hours=10 + found.weeks * 2)).codes == ("a",)
    assert plan(replace(asked, hours=10 + (found.weeks - 1) * 2)).codes == ()


def test_money_that_is_short_is_told_with_the_cent():
    dear = achievement("a", "sql", cost={"amount": 49.5, "currency": "EUR"})
    asked = question(dear, budget=20)
    (found,) = relax(asked)
    assert found.limits == ("budget",)
    assert found.money == pytest.approx(converted(49.5, "EUR", "USD") - 20, abs=0.011)
    assert plan(replace(asked, budget=20 + found.money)).codes == ("a",)
    assert plan(replace(asked, budget=20 + found.money - 0.02)).codes == ()


def test_language_and_level_are_told_by_name():
    asked = question(
        achievement("es", "sql", language="es"),
        achievement("hard", "python", level="advanced"),
        languages=frozenset({"en"}),
        level="foundation",
    )
    told = {one.limits: one for one in relax(asked)}
    assert told["languages",].languages == ("es",)
    assert told["level",].level == "advanced"


def test_where_no_limit_alone_would_do_all_are_told_together():
    both = achievement("a", "sql", hours=30, cost={"amount": 80, "currency": "USD"})
    (found,) = relax(question(both, hours=10, budget=0))
    assert found.limits == ("hours", "budget")
    assert (found.hours, found.money) == (20, 80)


def test_the_first_step_is_the_one_that_asks_least_with_what_opens_it():
    items = [
        achievement("long", "sql", hours=40),
        achievement("short", "python", hours=4, prerequisites=[["door"]]),
        achievement("door", "other", hours=20),
    ]
    (found,) = relax(question(*items, hours=6))
    assert found.adds == ("door", "short")
    assert found.hours == 18


def test_beside_a_plan_the_next_best_addition_is_told():
    items = [
        achievement("a", "sql"),
        achievement("b", "python", hours=9),
        achievement("c", "excel"),
    ]
    asked = question(*items, hours=20)
    (found,) = relax(asked)
    assert set(plan(asked).codes) | set(found.adds) == {"a", "b", "c"}
    assert found.hours == 9
    assert found.share == pytest.approx(1 / 3, abs=0.01)


def test_without_any_time_only_weeks_are_told():
    (found,) = relax(question(achievement("a", "sql"), hours=0))
    assert (found.weeks, found.weekly) == (5, None)


def test_nothing_can_be_promised_where_nobody_teaches_it():
    assert relax(question(achievement("a", "something-else"), hours=1)) == ()
