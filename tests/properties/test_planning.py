"""The planner: within the limits, in an order that can be walked, the best there is, and always the same."""

from itertools import chain, combinations

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from credentials.catalogue import Achievement
from credentials.pathways.abilities import Ability
from credentials.pathways.gaps import Gap
from credentials.pathways.offers import Offers
from credentials.pathways.planning import ordered, plan, plan_greedily, value
from credentials.pathways.question import Question

CODES = ("a", "b", "c", "d", "e", "f")
SKILLS = ("s1", "s2", "s3")
GOAL = "15-2051.00"
USUAL = settings(deadline=None, max_examples=80, suppress_health_check=[HealthCheck.too_slow])

clauses = st.lists(
    st.lists(st.sampled_from((*CODES, "gone")), min_size=1, max_size=2, unique=True).map(tuple),
    max_size=2,
).map(tuple)
taught = st.lists(
    st.tuples(st.sampled_from(SKILLS), st.sampled_from(("basic", "working", "strong"))),
    max_size=2,
    unique_by=lambda pair: pair[0],
)


@st.composite
def achievements(draw):
    found = {}
    for code in CODES[: draw(st.integers(1, len(CODES)))]:
        found[code] = Achievement.model_validate(
            {
                "code": code,
                "version": "1",
                "name": {"en": code},
                "description": {"en": code},
                "field": "technology",
                "level": draw(st.sampled_from(("foundation", "intermediate", None))),
                "language": draw(st.sampled_from(("en", "es"))),
                "hours": draw(st.integers(1, 40)),
                "cost": {"amount": draw(st.sampled_from((0, 20, 90))), "currency": "USD"},
                "provider": {"name": "P", "url": "https://example.org"},
                "start": None,
                "assessment": None,
                "prerequisites": draw(clauses),
                "skills": [{"skill": skill, "level": level} for skill, level in draw(taught)],
                "occupations": draw(st.sampled_from(([], [GOAL]))),
            }
        )
    return found


@st.composite
def questions(draw):
    gaps = tuple(
        Gap(
            skill=skill,
            weight=draw(st.sampled_from((0.2, 0.6, 1.0))),
            need=draw(st.sampled_from((0.35, 0.65, 1.0))),
            ability=Ability(level=draw(st.sampled_from((0.0, 0.3, 0.5))), basis="said"),
        )
        for skill in SKILLS
    )
    return Question(
        gaps=gaps,
        offers=Offers(draw(achievements())),
        occupation_code=GOAL,
        hours=draw(st.sampled_from((5, 30, 60, 500))),
        budget=draw(st.sampled_from((None, 0, 50, 110))),
        setting=draw(st.sampled_from((None, "technology"))),
        languages=draw(st.sampled_from((frozenset(), frozenset({"en"})))),
        level=draw(st.sampled_from((None, "foundation"))),
        believed=draw(st.frozensets(st.sampled_from(CODES), max_size=1)),
        excluded=draw(st.frozensets(st.sampled_from(CODES), max_size=1)),
    )


def can_be_walked(question, codes):
    """Whether some order meets every prerequisite; tried without the planner's own means."""
    done, left = set(question.opened), set(codes)
    while left:
        ready = {
            code
            for code in left
            if all(done & set(clause) for clause in question.achievements[code].prerequisites)
        }
        if not ready:
            return False
        done, left = done | ready, left - ready
    return True


def is_within(question, codes):
    items = [question.achievements[code] for code in codes]
    return (
        sum(item.hours for item in items) <= question.hours
        and (question.budget is None or sum(i.cost.amount for i in items) <= question.budget)
        and (not question.languages or {item.language for item in items} <= question.languages)
        and (question.level is None or all(i.level in {question.level, None} for i in items))
        and not set(codes) & question.excluded
    )


def every_plan(question):
    codes = sorted(question.achievements)
    sets = chain.from_iterable(combinations(codes, size) for size in range(len(codes) + 1))
    return [c for c in sets if is_within(question, c) and can_be_walked(question, c)]


@USUAL
@given(questions())
def test_a_plan_is_within_the_limits_and_can_be_walked_in_its_order(question):
    for codes in (plan(question).codes, ordered(question, plan_greedily(question))):
        assert is_within(question, codes)
        for place, code in enumerate(codes):
            done = question.opened | set(codes[:place])
            for clause in question.achievements[code].prerequisites:
                assert done & set(clause), (code, clause)


@USUAL
@given(questions())
def test_no_plan_is_better_than_the_one_found_nor_above_the_bound(question):
    found = plan(question)
    among = [c for c in every_plan(question) if set(c) <= set(question.candidates)]
    best = max(value(question, codes) for codes in among)
    first = value(question, plan_greedily(question))
    assert first <= best + 1e-6
    assert abs(found.value - best) < 1e-3
    assert found.value <= found.bound


@USUAL
@given(questions())
def test_whatever_is_left_out_of_the_candidates_cannot_be_walked_to_or_closes_nothing(question):
    for codes in every_plan(question):
        useful = {code for code in codes if question.closes(question.achievements[code])}
        assert useful <= set(question.candidates)


@USUAL
@given(questions())
def test_the_same_question_has_the_same_plan(question):
    again = Question(**{name: getattr(question, name) for name in question.__dataclass_fields__})
    shuffled = Offers(dict(reversed(question.achievements.items())))
    other = Question(
        **{**{n: getattr(question, n) for n in question.__dataclass_fields__}, "offers": shuffled}
    )
    assert plan(question) == plan(again) == plan(other)


@USUAL
@given(questions(), st.sampled_from(("hours", "budget", "languages", "level")))
def test_a_limit_that_is_lifted_never_makes_a_plan_worse(question, limit):
    assert plan(question.without(limit)).value >= plan(question).value - 1e-3
