"""Vectors of training examples, kept from one training to the next: encoding them takes most of it."""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from pathlib import Path

import numpy as np


def encode_kept(
    encode: Callable[[list[str]], np.ndarray], texts: list[str], path: Path
) -> np.ndarray:
    """The vectors of the texts, one row a text; only those not kept at `path` are encoded.

    The file then holds exactly these texts. One that cannot be read is made anew.
    """
    known = _read(path)
    unique = list(dict.fromkeys(texts))
    missing = [text for text in unique if text not in known]
    if missing:
        known.update(zip(missing, encode(missing), strict=True))
    if missing or len(known) != len(unique):
        path.parent.mkdir(parents=True, exist_ok=True)
        vectors = np.vstack([known[text] for text in unique])
        np.savez_compressed(path, texts=np.array(unique), vectors=vectors)
    return np.vstack([known[text] for text in texts])


def _read(path: Path) -> dict[str, np.ndarray]:
    try:
        with np.load(path, allow_pickle=False) as kept:
            return dict(zip(kept["texts"].tolist(), kept["vectors"], strict=True))
    except (OSError, ValueError, KeyError, zipfile.BadZipFile):
        return {}
