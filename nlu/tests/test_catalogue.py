"""What the catalogue knows is found in people's words: mistyped, shortened, meant as a course or as an ability."""

from __future__ import annotations

from typing import Any

import pytest
from components.catalogue_matcher import CatalogueMatcher
from components.spelling import Spelling, distance
from components.topics import topics_of, with_topics

LOOKUP = {
    "kinds": ["credential", "occupation", "skill"],
    "entries": [
        {"kind": "credential", "id": "kyc-and-aml-basics", "value": "Know Your Customer",
         "phrases": ["Know Your Customer (KYC)"]},
        {"kind": "occupation", "id": "43-3031.00", "value": None,
         "phrases": ["bookkeeper", "bookkeeping", "full charge bookkeeper"]},
        {"kind": "skill", "id": "books", "value": "Bookkeeping", "phrases": ["bookkeeping"]},
        {"kind": "skill", "id": "sql", "value": "SQL", "phrases": ["SQL"]},
        {"kind": "skill", "id": "go", "value": "Go", "phrases": ["go"]},
        {"kind": "skill", "id": "cloud", "value": "Cloud", "phrases": ["the cloud"]},
    ],
}  # fmt: skip


def found(text: str, prefer: str | None = None) -> list[tuple[str, str]]:
    matcher = CatalogueMatcher(with_topics(LOOKUP), ["go", "the", "cloud", "i", "know"])
    return [(m.kind, text[m.start : m.end]) for m in matcher.find(text, prefer)]


@pytest.mark.parametrize(
    ("text", "spans"),
    [
        ("I was a bookeeper", [("occupation", "bookeeper")]),
        ("two full charge bookkeepers", [("occupation", "full charge bookkeepers")]),
        ("know your customer", [("credential", "know your customer")]),
        ("the kyc and aml basics course", [("credential", "kyc and aml basics")]),
        ("the kyc one", [("topic", "kyc")]),
        ("i go home", []),
        ("SQL, Go", [("skill", "SQL"), ("skill", "Go")]),
        ("the go course", [("skill", "go")]),
        ("see https://example.org/sql", []),
        ("in the cloud", []),
    ],
)
def test_what_is_found(text: str, spans: list[tuple[str, str]]) -> None:
    assert found(text) == spans


def test_a_phrase_of_two_kinds_is_what_is_preferred() -> None:
    assert found("bookkeeping") == [("occupation", "bookkeeping")]
    assert found("bookkeeping", prefer="skill") == [("skill", "bookkeeping")]


def test_a_topic_is_the_telling_part_of_a_name() -> None:
    assert topics_of(["Payroll Basics"]) == ["Payroll"]
    assert topics_of(["Basics of Work"]) == []


@pytest.mark.parametrize(
    ("word", "meant"),
    [
        ("pyhton", "python"),
        ("acountant", "accountant"),
        ("accoutent", None),  # two errors in a word too short for them
        ("coded", None),  # another word than coder
        ("sale", None),  # too short to tell
        ("banana", None),
    ],
)
def test_mistyped_words(word: str, meant: str | None) -> None:
    assert Spelling(["python", "accountant", "coder", "sales"]).meant(word) == meant


def test_between_two_equally_near_words_nobody_can_tell() -> None:
    assert Spelling(["winter", "winder"]).meant("winker") is None


@pytest.mark.parametrize(
    ("one", "other", "errors"),
    [("same", "same", 0), ("form", "from", 1), ("word", "world", 1), ("nurse", "nrse", 1), ("abc", "xyz", 2)],
)  # fmt: skip
def test_distance(one: str, other: str, errors: int) -> None:
    assert distance(one, other, 1) == errors


def test_as_many_words_as_frameworks_have_are_matched_in_little_memory() -> None:
    entries: list[dict[str, Any]] = [
        {"kind": "skill", "id": str(n), "value": None, "phrases": [f"skill{n} of group{n % 500}"]}
        for n in range(100_000)
    ]
    matcher = CatalogueMatcher({"kinds": ["skill"], "entries": entries})
    assert [m.ids for m in matcher.find("I can do skill77777 of group277 well")] == [("77777",)]
