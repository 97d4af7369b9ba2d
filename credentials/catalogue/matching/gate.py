"""What a message is about: work, work but which?, something else, or a person in danger.

Multinomial logistic regression over words, pairs of words and, where there is an encoder, the
sentence's vector. `training` learned it from our examples into `gate.npz`.
"""

import re
import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

TOPICS = ("work", "vague", "other", "distress")
BUCKETS = 8_192  # hashed words and pairs of words
VECTOR_WEIGHT = 1.5
MOST_WORDS = 60
WEIGHTS = Path(__file__).parent / "gate.npz"
_WORD = re.compile(r"[a-z0-9']+|[?!]")
#: Words that are enough for the hotline, whatever else is said.
_DANGER = re.compile(
    r"\b(kill(?:ing)? my ?self|kms|end (?:my life|it all)|suicidal|self[- ]harm|want to die|"
    r"wanna die|hurt(?:ing)? my ?self|better off without me|(?:hits?|beats?|hurts?|rap(?:ed|es)) me|overdosed|"
    r"(?:took|taken|swallowed) (?:all|too many|the whole|a (?:whole|load))\b[^.!?]{0,30}\b(?:pills?|tablets?|meds|packet|bottle|paracetamol))\b"
)
#: Of these words, said of riddles and small talk.
_IDIOM = re.compile(
    r"^(?:(?:ok|so|just|go on)[, ]+)?(?:hit me (?:up|with)\b|beats me(?=$|[,.!?]))|"
    r"\b(?:it|that|course|exam|form|question|quiz|test) beats me\b"
)
_DANGER_AS_WORK = re.compile(r"\b(prevent\w*|counsell?or|hotline|helpline|crisis line)\b")

Floats = NDArray[np.float32]


@dataclass(frozen=True, eq=False)
class Gate:
    """Weights of the regression, features by topics: words, a constant, and the vector's numbers."""

    weights: Floats

    def topics(self, said: str, vector: Floats | None) -> dict[str, float]:
        """How likely each topic is; `vector` as the gate was learned, with or without."""
        found = buckets(said)
        logits = self.weights[found].sum(axis=0) * len(found) ** -0.5 + self.weights[BUCKETS]
        if vector is not None:
            logits = logits + VECTOR_WEIGHT * (vector @ self.weights[BUCKETS + 1 :])
        shares = np.exp(logits - logits.max())
        shares /= shares.sum()
        return dict(zip(TOPICS, (float(share) for share in shares), strict=True))


@cache
def read_gate(*, with_vectors: bool) -> Gate:
    """The gate that was learned with vectors of the sentences, or the one without."""
    with np.load(WEIGHTS, allow_pickle=False) as stored:
        return Gate(stored["vectors" if with_vectors else "words"].astype(np.float32))


def is_danger(said: str) -> bool:
    """Words that say so themselves."""
    lower = _IDIOM.sub("", said.strip().lower().replace("’", "'"))
    return bool(_DANGER.search(lower)) and not _DANGER_AS_WORK.search(lower)


def buckets(said: str) -> Sequence[int]:
    """The numbers of a text's words and pairs of words, never none."""
    words = ["^", *_WORD.findall(said.lower().replace("’", "'"))[:MOST_WORDS], "$"]
    grams = {*words, *(f"{one} {two}" for one, two in pairwise(words))}
    return sorted({zlib.crc32(gram.encode()) % BUCKETS for gram in grams})
