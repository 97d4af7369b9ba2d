"""The gate in the package was learned from the messages beside it."""

import numpy as np

from credentials.catalogue.matching.gate import WEIGHTS, read_gate
from credentials.catalogue.matching.training import digest_of_examples


def test_the_gate_was_learned_from_the_messages_as_they_are():
    with np.load(WEIGHTS, allow_pickle=False) as stored:
        assert str(stored["learned_from"]) == digest_of_examples(), "make gate"


def test_topics_add_up_to_one():
    topics = read_gate(with_vectors=False).topics("hello there", None)
    assert abs(sum(topics.values()) - 1) < 1e-5
    assert max(topics, key=topics.get) == "other"
