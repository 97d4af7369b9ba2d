"""Multinomial logistic regression over a sparse and a dense view of the same examples.

The same model as scikit-learn's `LogisticRegression(class_weight="balanced")`: cross-entropy plus
‖W‖²/2C, the intercepts free, minimised by L-BFGS from zero (Bishop, Pattern Recognition and Machine
Learning, §4.3.4). Keeping the dense view a matrix of its own makes training several times faster than one
sparse matrix that holds both.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.optimize import minimize
from scipy.sparse import csr_matrix


@dataclass(frozen=True)
class Softmax:
    """Weights of the sparse view (features, labels), of the dense one, and intercepts (labels)."""

    labels: list[str]
    sparse: np.ndarray
    dense: np.ndarray
    intercepts: np.ndarray

    def probabilities(self, sparse: csr_matrix, dense: np.ndarray) -> np.ndarray:
        """Shape (examples, labels); each row sums to one."""
        scores = sparse @ self.sparse + dense @ self.dense + self.intercepts
        powers = np.exp(scores - scores.max(axis=1, keepdims=True))
        chances: np.ndarray = powers / powers.sum(axis=1, keepdims=True)
        return chances


def train_softmax(
    sparse: csr_matrix, dense: np.ndarray, answers: list[str], *, strength: float, max_iter: int
) -> Softmax:
    """The model that fits best. Every label weighs the same, however many examples it has.

    Args:
        sparse: shape (examples, words).
        dense: shape (examples, numbers).
        answers: the label of each example.
        strength: inverse strength of regularisation, scikit-learn's C.
        max_iter: steps of L-BFGS at most.
    """
    labels = sorted(set(answers))
    place = {label: index for index, label in enumerate(labels)}
    targets = np.zeros((len(answers), len(labels)))
    targets[np.arange(len(answers)), [place[answer] for answer in answers]] = 1
    weights = targets @ (len(answers) / (len(labels) * targets.sum(axis=0)))
    words, numbers, count = sparse.shape[1], dense.shape[1], len(labels)
    turned = sparse.T.tocsr()

    def parts(flat: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        table = flat.reshape(words + numbers + 1, count)
        return table[:words], table[words:-1], table[-1]

    def loss(flat: np.ndarray) -> tuple[float, np.ndarray]:
        of_words, of_numbers, intercepts = parts(flat)
        scores = sparse @ of_words + dense @ of_numbers + intercepts
        scores -= scores.max(axis=1, keepdims=True)
        powers = np.exp(scores)
        totals = powers.sum(axis=1)
        errors = (powers / totals[:, None] - targets) * (strength * weights)[:, None]
        slope = np.vstack([turned @ errors, dense.T @ errors, errors.sum(axis=0)])
        slope[:-1] += flat.reshape(slope.shape)[:-1]
        missed = strength * (weights * (np.log(totals) - (scores * targets).sum(axis=1))).sum()
        penalty = 0.5 * (np.square(of_words).sum() + np.square(of_numbers).sum())
        return missed + penalty, slope.ravel()

    start = np.zeros((words + numbers + 1) * count)
    found = minimize(
        loss,
        start,
        jac=True,
        method="L-BFGS-B",
        options={"maxiter": max_iter, "maxfun": 2 * max_iter},
    )
    of_words, of_numbers, intercepts = parts(found.x)
    return Softmax(labels, of_words, of_numbers, intercepts)
