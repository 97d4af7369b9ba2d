"""What stands behind a step and a gap: sources, places, second best, stacks, proof."""

import pytest

from credentials.catalogue import Catalogue, Occupation
from credentials.pathways import Abilities, Profile, Statement, advice_for, read_criteria, weigh
from credentials.pathways.gaps import find_gaps
from tests.starter import CATALOGUE

ANALYST, NURSE = "15-2051.01", "29-1141.00"


def said(skill, level=None, source="self"):
    return Statement(skill=skill, level=level, source=source)


def profile(code=ANALYST, **changes):
    return Profile(
        person_id="p", occupation_code=code, has_told=True, **{"hours_per_week": 5.0, **changes}
    )


def advice(code=ANALYST, **changes):
    return advice_for(CATALOGUE, profile(code, **changes), CATALOGUE.occupations[code])


def gap_of(skill, **abilities):
    found = find_gaps(CATALOGUE, CATALOGUE.occupations[ANALYST], Abilities(**abilities))
    return next(gap for gap in found if gap.skill == skill)


def test_a_badge_counts_more_than_reviewed_work_and_that_more_than_words():
    words = gap_of("sql", said={"sql": said("sql", "working")})
    course = gap_of("sql", said={"sql": said("sql", "working", "course")})
    reviewed = gap_of("sql", reviewed={"sql": 0.65})
    badge = gap_of("sql", shown={"sql": 0.65})
    assert 0 < words.have < course.have < reviewed.have < badge.have == 0.65
    assert [g.ability.basis for g in (words, course, reviewed, badge)] == [
        "said", "said", "reviewed", "badge",
    ]  # fmt: skip
    assert words.size > course.size > reviewed.size > badge.size == 0


def test_of_what_is_known_the_strongest_counts():
    found = gap_of("sql", said={"sql": said("sql", "strong", "job")}, shown={"sql": 0.35})
    assert (found.ability.basis, found.ability.source) == ("said", "job")


def test_what_every_job_asks_for_counts_less():
    gaps = find_gaps(CATALOGUE, CATALOGUE.occupations[NURSE], Abilities())
    rare = min(gaps, key=lambda gap: gap.share)
    common = max(gaps, key=lambda gap: gap.share)
    assert common.share > rare.share
    demand = {True: 1.2, False: 1.0}
    assert common.weight / (common.importance * demand[common.in_demand]) < rare.weight / (
        rare.importance * demand[rare.in_demand]
    )


def test_shares_of_all_steps_and_what_is_left_make_a_whole():
    found = advice(said={"sql": said("sql", "basic", "course")})
    assert 0.3 < sum(step.of_all for step in found.steps) <= 1.0


def test_what_is_proven_first_is_not_taught_again():
    found = advice(said={"sql": said("sql", "working"), "data-analysis": said("data-analysis")})
    first, *later = found.steps
    assert first.is_provable
    assert "sql" in {one.skill for one in first.closes}
    assert "sql" not in {one.skill for step in later for one in step.closes}
    assert "sql" not in {gap.skill for gap in found.uncovered}


def test_every_second_best_lost_for_a_reason_that_holds():
    seen = set()
    for code in (ANALYST, NURSE, "15-1252.00", "13-2011.00", "49-9041.00"):
        for limits in ({}, {"budget": 0.0, "hours_per_week": 1.0}):
            found = advice(code, **limits)
            for step in found.steps:
                rival = step.rival
                if rival is None:
                    continue
                seen.add(rival.reason)
                assert rival.achievement.code not in {s.achievement.code for s in found.steps}
                assert rival.reason != "less" or rival.of_all < rival.of_all_of_step
                assert rival.reason != "longer" or rival.hours > 0
                assert rival.reason != "dearer" or rival.money > 0
                assert (rival.reason == "first") <= (rival.first is not None)
    assert "less" in seen


def test_a_step_tells_what_opens_it_and_what_it_opens():
    found = advice(NURSE)
    codes = [step.achievement.code for step in found.steps]
    for step in found.steps:
        assert step.before is None or codes.index(step.before) < codes.index(step.achievement.code)
        for later in step.opens:
            assert codes.index(later) > codes.index(step.achievement.code)


def test_a_part_of_a_larger_credential_counts_those_that_are_held():
    item = CATALOGUE.achievements["lesson-planning-basics"]
    held = frozenset({"classroom-management-basics"})
    found = advice_for(
        CATALOGUE,
        profile("25-2021.00", held=held, said={}),
        CATALOGUE.occupations["25-2021.00"],
    )
    step = found.step(item.code)
    assert step is not None
    assert (step.stack.into.code, step.stack.of) == ("teaching-practice-portfolio", 7)
    assert step.stack.have >= 2


def test_criteria_are_read_one_by_one():
    found = read_criteria(
        profile(said={"sql": said("sql", "working", "course")}),
        CATALOGUE.achievements["sql-foundations"],
    )
    likely = {one.criterion.id: one.is_likely_met for one in found.criteria}
    assert found.likely_met == sum(likely.values()) < len(likely)
    assert all(("sql" in one.skills) == one.is_likely_met for one in found.criteria)


def test_what_was_denied_or_never_said_speaks_for_nothing():
    found = read_criteria(profile(), CATALOGUE.achievements["sql-foundations"])
    assert found.likely_met == 0
    assert not any(one.skills for one in found.criteria)


def test_one_is_weighed_by_itself_with_what_has_to_come_first():
    found = advice(said={})
    first = found.steps[0].achievement
    beside = weigh(CATALOGUE, found, first)
    assert beside.is_on_path
    assert beside.of_all == pytest.approx(found.steps[0].of_all, abs=0.01)
    closed = CATALOGUE.achievements["project-delivery"]
    assert weigh(CATALOGUE, found, closed).first in {
        code for clause in closed.prerequisites for code in clause
    }


def test_refusing_and_finishing_lay_the_way_out_again():
    first = advice(said={}).plan.codes[0]
    without = advice(said={}, declined=frozenset({first}))
    after = advice(said={}, finished=frozenset({first}))
    assert first not in without.plan.codes
    assert first not in after.plan.codes


def test_a_job_nobody_described_has_no_gap_and_no_way():
    job = Occupation.model_validate(
        {
            "code": "99-9999.00", "title": {"en": "X"}, "plain_title": {"en": "x"},
            "field": "business", "summary": {"en": "x"}, "needs": [],
        }
    )  # fmt: skip
    found = advice_for(CATALOGUE, profile("99-9999.00"), job)
    assert (found.gaps, found.steps, found.relaxations) == ((), (), ())


def test_an_empty_catalogue_still_tells_the_gap():
    empty = Catalogue(CATALOGUE.skills, CATALOGUE.occupations, {})
    found = advice_for(empty, profile(), CATALOGUE.occupations[ANALYST])
    assert found.gaps
    assert (found.steps, found.relaxations) == ((), ())
    assert len(found.uncovered) == len(found.gaps)
