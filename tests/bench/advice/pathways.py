"""Pathways in generated catalogues: how near the best, and how fast.

The starter's occupations ask; the listings are made up: one to five skills each, half of them free,
a quarter with prerequisites. The bound is the relaxed programme over every listing that closes
anything, so that no plan whatever can exceed it.
"""

import random
from dataclasses import replace

from credentials.catalogue import LEVELS, Achievement, Catalogue
from credentials.catalogue.folders import STARTER, read_folder
from credentials.pathways.abilities import Abilities
from credentials.pathways.gaps import find_gaps
from credentials.pathways.offers import Offers
from credentials.pathways.planning import plan, plan_greedily, value
from credentials.pathways.question import Question
from credentials.pathways.solving import Model, load_solver
from tests.bench.advice.measuring import Row, percentile, worked

HOURS, BUDGET = 60.0, 150.0
SIZES = ((100, 12), (450, 12), (10_000, 6), (100_000, 4))  # listings, goals


def bench_pathways() -> list[Row]:
    """Rows for each size of catalogue."""
    found = read_folder(STARTER)
    starter = Catalogue(found.skills, found.occupations, found.achievements)
    load_solver()
    rows: list[Row] = []
    for size, goals in SIZES:
        rows += _bench(starter, size, goals)
    return rows


def _bench(starter: Catalogue, size: int, goals: int) -> list[Row]:
    offers = Offers(make_listings(starter, size))
    prepared: list[float] = []
    with worked(prepared):
        assert offers.teachers
        offers.mask("field", ["technology"])
    chosen = sorted(starter.occupations)[:: max(1, len(starter.occupations) // goals)][:goals]
    first: list[float] = []
    final: list[float] = []
    greedy: list[float] = []
    behind: list[float] = []
    same = 0
    for code in chosen:
        question = ask(starter, offers, code)
        with worked(first):
            begun = plan_greedily(question)
        with worked(final):
            found = plan(ask(starter, offers, code))
        again = plan(ask(starter, offers, code))
        same += found == again
        bound = Model(replace(question, whole=len(offers))).relaxed()
        greedy.append(1 - value(question, begun) / bound)
        behind.append(1 - found.value / bound)
    name = f"pathway, {size:,} listings"
    return [
        Row(f"{name}: behind the bound, mean", _part(sum(behind) / len(behind)), "share", 0.05, "goal", f"most {max(behind):.3f}"),
        Row(f"{name}: greedy behind the bound, mean", _part(sum(greedy) / len(greedy)), "share", note=f"most {max(greedy):.3f}"),
        Row(f"{name}: first answer, slowest", round(max(first)), "ms CPU", 150, "goal", f"median {percentile(first, 0.5):.0f}"),
        Row(f"{name}: final answer, slowest", round(max(final)), "ms CPU", 1500, "goal", f"median {percentile(final, 0.5):.0f}"),
        Row(f"{name}: same answer again", same / len(chosen), "share", 1, "goal"),
        Row(f"{name}: columns made once", round(prepared[0]), "ms CPU"),
    ]  # fmt: skip


def ask(starter: Catalogue, offers: Offers, code: str) -> Question:
    """For somebody who can do nothing of it yet."""
    return Question(
        gaps=find_gaps(starter, starter.occupations[code], Abilities()),
        offers=offers,
        occupation_code=code,
        hours=HOURS,
        budget=BUDGET,
    )


def make_listings(starter: Catalogue, size: int, seed: int = 7) -> dict[str, Achievement]:
    """Made-up listings; the same ones for the same seed."""
    chance = random.Random(seed)
    needed = [need.skill for job in starter.occupations.values() for need in job.needs]
    jobs = sorted(starter.occupations)
    found: dict[str, Achievement] = {}
    for number in range(size):
        code = f"listing-{number:06d}"
        skills = list(dict.fromkeys(chance.choices(needed, k=chance.randint(1, 5))))
        found[code] = Achievement.model_validate(
            {
                "code": code,
                "version": "1",
                "name": {"en": code},
                "description": {"en": code},
                "field": None,
                "level": chance.choice(LEVELS),
                "hours": round(min(200, 2 + chance.lognormvariate(2.3, 0.8)), 1),
                "cost": {"amount": chance.choice((0, 0, 0, 20, 49, 99, 199)), "currency": "USD"},
                "provider": {"name": "Provider", "url": "https://example.org"},
                "start": None,
                "assessment": None,
                "prerequisites": _clauses(chance, number),
                "skills": [
                    {"skill": skill, "level": chance.choice(("basic", "working", "strong"))}
                    for skill in skills
                ],
                "occupations": chance.sample(jobs, chance.randint(0, 2)),
            }
        )
    return found


def _clauses(chance: random.Random, number: int) -> list[list[str]]:
    if number < 4 or chance.random() > 0.25:
        return []
    return [
        [f"listing-{one:06d}" for one in chance.sample(range(number), chance.randint(1, 3))]
        for _ in range(chance.randint(1, 2))
    ]


def _part(share: float) -> float:
    return round(share, 4)
