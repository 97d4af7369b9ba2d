"""The planner among very many listings, with prices of many countries and ways that go in circles."""

from dataclasses import replace

import pytest

from credentials.catalogue import Achievement
from credentials.pathways.gaps import Gap
from credentials.pathways.money import converted, is_known
from credentials.pathways.offers import Offers
from credentials.pathways.planning import plan
from credentials.pathways.question import Question
from credentials.pathways.solving import Model
from tests.bench.advice.pathways import ask, make_listings
from tests.starter import CATALOGUE


def achievement(code, **changes):
    return Achievement.model_validate(
        {
            "code": code, "version": "1", "name": {"en": code}, "description": {"en": code},
            "field": None, "level": None, "hours": 10, "cost": {"amount": 0, "currency": "USD"},
            "provider": {"name": "P", "url": "https://example.org"}, "start": None,
            "assessment": None, "skills": [{"skill": "sql", "level": "working"}], **changes,
        }
    )  # fmt: skip


def question(*items, **limits):
    gaps = (Gap(skill="sql", weight=1.0, need=0.65),)
    offers = Offers({item.code: item for item in items})
    return Question(gaps=gaps, offers=offers, occupation_code="x", **{"hours": 100, **limits})


def test_few_are_looked_at_among_many_and_the_plan_stays_near_the_best():
    offers = Offers(make_listings(CATALOGUE, 6_000))
    for code in ("15-2051.00", "29-1141.00"):
        asked = ask(CATALOGUE, offers, code)
        everything = replace(asked, whole=len(offers))
        assert len(asked.candidates) < len(everything.candidates) / 2
        assert plan(asked).value > 0.95 * Model(everything).relaxed()


def test_a_budget_compares_prices_of_other_currencies_by_their_rates():
    dear = achievement("dear", cost={"amount": 100, "currency": "EUR"})
    in_dollars = converted(100, "EUR", "USD")
    assert in_dollars != 100
    assert plan(question(dear, budget=in_dollars + 1)).codes == ("dear",)
    assert plan(question(dear, budget=in_dollars - 1)).codes == ()


def test_a_price_nobody_can_convert_is_no_answer_to_a_budget():
    strange = achievement("strange", cost={"amount": 5, "currency": "XTS"})
    assert not is_known("XTS")
    assert plan(question(strange, budget=1_000)).codes == ()
    assert plan(question(strange)).codes == ("strange",)


@pytest.mark.parametrize(
    ("prerequisites", "codes"),
    [
        ({"b": [["gone"]]}, ()),
        ({"b": [["c"]], "c": [["b"]]}, ()),
        ({"b": [["b"]]}, ()),
        ({"b": [["c", "a"]], "c": [["b"]]}, ("a", "b")),
        ({"b": [["a"], ["c"]]}, ("a", "c", "b")),
    ],
)
def test_only_what_has_a_way_in_is_planned(prerequisites, codes):
    items = [
        achievement(code, prerequisites=prerequisites.get(code, []), skills=skills)
        for code, skills in (("a", []), ("b", [{"skill": "sql", "level": "working"}]), ("c", []))
    ]
    assert plan(question(*items)).codes == codes


def test_language_and_level_are_limits():
    spanish, hard = achievement("es", language="es"), achievement("hard", level="advanced")
    assert plan(question(spanish, languages=frozenset({"en"}))).codes == ()
    assert plan(question(spanish, languages=frozenset({"es"}))).codes == ("es",)
    assert plan(question(hard, level="intermediate")).codes == ()
    assert plan(question(hard, level="advanced")).codes == ("hard",)
    assert plan(question(achievement("untold"), level="foundation")).codes == ("untold",)


def test_an_empty_catalogue_has_an_empty_plan():
    found = plan(question())
    assert (found.codes, found.value, found.bound) == ((), 0.0, 0.0)
