"""The gate in the package was learned from the messages beside it."""

import numpy as np
import pytest

from credentials.catalogue.matching.gate import WEIGHTS, is_danger, read_gate
from credentials.catalogue.matching.training import digest_of_examples


def test_the_gate_was_learned_from_the_messages_as_they_are():
    with np.load(WEIGHTS, allow_pickle=False) as stored:
        assert str(stored["learned_from"]) == digest_of_examples(), "make gate"


def test_topics_add_up_to_one():
    topics = read_gate(with_vectors=False).topics("hello there", None)
    assert abs(sum(topics.values()) - 1) < 1e-5
    assert max(topics, key=topics.get) == "other"


@pytest.mark.parametrize(
    "said",
    ["beats me", "That beats me, next question", "hit me with the next one", "ok, hit me up later"],
)
def test_an_idiom_is_no_danger(said):
    assert not is_danger(said)


@pytest.mark.parametrize(
    "said",
    [
        "he beats me",
        "beats me every night, my husband",
        "he hit me with a belt",
        "Beats me. And my dad hits me when I ask",
        "hit me with it, I want to die",
    ],
)
def test_a_beating_is_danger_beside_an_idiom_too(said):
    assert is_danger(said)
