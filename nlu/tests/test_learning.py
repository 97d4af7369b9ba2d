"""The parts that learn: the regression, and the vectors kept between trainings."""

from __future__ import annotations

from pathlib import Path

import numpy as np
from components.kept_vectors import encode_kept
from components.minilm import MiniLM
from components.softmax_regression import train_softmax
from scipy.sparse import csr_matrix, hstack
from sklearn.linear_model import LogisticRegression


def test_the_regression_is_scikit_learns() -> None:
    chance = np.random.default_rng(7)
    dense = chance.normal(size=(60, 4))
    sparse = csr_matrix((chance.random((60, 6)) > 0.7).astype(float))
    answers = [("a", "b", "c")[int(row[0] > 0) + int(row[1] > 0.5)] for row in dense]
    ours = train_softmax(sparse, dense, answers, strength=1.0, max_iter=500)
    both = hstack([sparse, csr_matrix(dense)], format="csr")
    theirs = LogisticRegression(C=1.0, max_iter=2000, tol=1e-8, class_weight="balanced")
    expected = theirs.fit(both, answers).predict_proba(both)
    assert ours.labels == list(theirs.classes_)
    np.testing.assert_allclose(ours.probabilities(sparse, dense), expected, atol=2e-3)


def test_only_new_texts_are_encoded_and_a_broken_file_is_made_anew(tmp_path: Path) -> None:
    path, encoded = tmp_path / "kept.npz", []

    def encode(texts: list[str]) -> np.ndarray:
        encoded.extend(texts)
        return np.array([[len(text), 1.0] for text in texts])

    first = encode_kept(encode, ["a", "bb", "a"], path)
    second = encode_kept(encode, ["bb", "ccc"], path)
    assert encoded == ["a", "bb", "ccc"]
    assert first.tolist() == [[1, 1], [2, 1], [1, 1]]
    assert second.tolist() == [[2, 1], [3, 1]]
    path.write_bytes(b"nonsense")
    assert encode_kept(encode, ["a"], path).tolist() == [[1, 1]]


def test_texts_encoded_together_have_the_vectors_of_texts_encoded_alone() -> None:
    model = MiniLM()
    texts = ["hello", "what does it cost?", "hello", "i want to become a nurse", "how long is it?"]
    alone = np.vstack([model.encode([text]) for text in texts])
    np.testing.assert_allclose(model.encode(texts), alone, atol=1e-5)
    np.testing.assert_allclose(np.linalg.norm(alone, axis=1), 1, atol=1e-5)
