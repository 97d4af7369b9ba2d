"""Learns the gate from `messages.txt` and `everyday.txt`: `make gate` writes `gate.npz`."""

import hashlib
from collections import Counter
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize
from scipy.sparse import csr_array, hstack

from credentials.catalogue.matching.encoder import find_encoder
from credentials.catalogue.matching.gate import (
    BUCKETS,
    TOPICS,
    VECTOR_WEIGHT,
    WEIGHTS,
    Floats,
    buckets,
)
from credentials.catalogue.matching.sections import EVERYDAY, MESSAGES, read_sections

PENALTY = 1e-4
NAME_WEIGHT = 0.1  # of an everyday name, against 1 of a message about work
BALANCE = 0.5  # 0 counts every message alike, 1 every topic
STEPS = 150


def write_gate() -> None:
    """Learn both gates, with vectors and without.

    Raises:
        RuntimeError: the encoder's packages are not installed.
    """
    encoder = find_encoder()
    if encoder is None:
        raise RuntimeError("install requirements-semantic.lock first")
    texts, _, _ = _examples()
    np.savez_compressed(
        WEIGHTS,
        words=_learn(None).astype(np.float16),
        vectors=_learn(encoder.encode(texts)).astype(np.float16),
        learned_from=np.array(digest_of_examples()),
    )


def digest_of_examples() -> str:
    return hashlib.sha256(MESSAGES.read_bytes() + EVERYDAY.read_bytes()).hexdigest()


def _examples() -> tuple[list[str], list[int], list[float]]:
    """Texts, the number of the topic of each, and what each counts."""
    messages = list(read_sections(MESSAGES))
    names = [line for _, line in read_sections(EVERYDAY)]
    texts = [line for _, line in messages] + names
    topics = [TOPICS.index(topic) for topic, _ in messages] + [0] * len(names)
    sizes = Counter(topic for topic, _ in messages)
    scarce = [(sizes["work"] / sizes[topic]) ** BALANCE for topic, _ in messages]
    return texts, topics, scarce + [NAME_WEIGHT] * len(names)


def _learn(vectors: Floats | None) -> NDArray[np.float64]:
    """Weights that fit the examples; `vectors` are theirs, in the same order."""
    texts, topics, counts = _examples()
    features = _features(texts, vectors)
    truth = np.eye(len(TOPICS))[topics]
    weight = np.array(counts)[:, None] / sum(counts)

    def loss(flat: NDArray[np.float64]) -> tuple[float, NDArray[np.float64]]:
        matrix = flat.reshape(features.shape[1], -1)
        logits = features @ matrix
        logits -= logits.max(axis=1, keepdims=True)
        shares = np.exp(logits)
        shares /= shares.sum(axis=1, keepdims=True)
        value = -(weight * truth * np.log(shares + 1e-12)).sum() + PENALTY * (matrix**2).sum() / 2
        slope = features.T @ ((shares - truth) * weight) + PENALTY * matrix
        return float(value), slope.ravel()

    start = np.zeros(features.shape[1] * len(TOPICS))
    found = minimize(loss, start, jac=True, method="L-BFGS-B", options={"maxiter": STEPS})
    return np.asarray(found.x.reshape(features.shape[1], -1))


def _features(texts: Sequence[str], vectors: Floats | None) -> csr_array:
    """One row a text: hashed words of unit length, a constant, the vector."""
    rows, columns, values = [], [], []
    for row, said in enumerate(texts):
        found = buckets(said)
        rows += [row] * (len(found) + 1)
        columns += [*found, BUCKETS]
        values += [len(found) ** -0.5] * len(found) + [1.0]
    words = csr_array((values, (rows, columns)), shape=(len(texts), BUCKETS + 1))
    if vectors is None:
        return words
    return csr_array(hstack([words, csr_array(VECTOR_WEIGHT * vectors)]))


if __name__ == "__main__":
    write_gate()
