"""Names the intent of a message from its words, its letters and its meaning, all three weighed at once."""

from __future__ import annotations

import json
import re
from typing import Any

import numpy as np
from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.classifiers.classifier import IntentClassifier
from rasa.nlu.featurizers.featurizer import Featurizer
from rasa.shared.nlu.constants import INTENT, INTENT_NAME_KEY, INTENT_RANKING_KEY, TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData
from scipy.sparse import csr_matrix, hstack
from sklearn.feature_extraction.text import TfidfVectorizer

from components.softmax_regression import Softmax, train_softmax

_NUMBER = re.compile(r"\d+")
_REPEATED_LETTER = re.compile(r"([^\W\d_])\1{2,}")


def normalise(text: str) -> str:
    """Lower case, every number as `0`, a letter held down (`heyyy`) as one."""
    return _REPEATED_LETTER.sub(r"\1", _NUMBER.sub("0", text.lower().replace("’", "'")))


def vectorizers() -> dict[str, TfidfVectorizer]:
    """The two views on the surface of a text: words in pairs, and pieces of words for typing errors."""
    return {
        "words": TfidfVectorizer(
            preprocessor=normalise, token_pattern=r"[\w']+", ngram_range=(1, 2), sublinear_tf=True
        ),
        "letters": TfidfVectorizer(
            preprocessor=normalise,
            analyzer="char_wb",
            ngram_range=(2, 4),
            sublinear_tf=True,
            min_df=2,
        ),
    }


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=True)
class HybridIntentClassifier(IntentClassifier, GraphComponent):
    """Multinomial logistic regression over TF-IDF and the sentence encoders' features.

    Stored as `model.json` (labels, vocabularies) and `weights.npz`; nothing is pickled.
    """

    @classmethod
    def required_components(cls) -> list[type]:
        return [Featurizer]

    @staticmethod
    def required_packages() -> list[str]:
        return ["scipy"]

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """`C`: inverse regularisation; `dense_weight`: weight of meaning against words."""
        return {"C": 10.0, "dense_weight": 2.0, "max_iter": 80, "ranking_length": 10}

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> HybridIntentClassifier:
        return cls(config, model_storage, resource)

    @classmethod
    def load(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
        **kwargs: Any,
    ) -> HybridIntentClassifier:
        classifier = cls(config, model_storage, resource)
        with model_storage.read_from(resource) as folder:
            stored = json.loads((folder / "model.json").read_text(encoding="utf-8"))
            with np.load(folder / "weights.npz", allow_pickle=False) as weights:
                classifier._restore(stored, dict(weights))
        return classifier

    def __init__(
        self, config: dict[str, Any], model_storage: ModelStorage, resource: Resource
    ) -> None:
        self._config = {**self.get_default_config(), **config}
        self._model_storage = model_storage
        self._resource = resource
        self._vectorizers = vectorizers()
        self._model = Softmax([], np.empty((0, 0)), np.empty((0, 0)), np.empty(0))

    def train(self, training_data: TrainingData) -> Resource:
        examples = [m for m in training_data.intent_examples if m.get(TEXT) and m.get(INTENT)]
        texts = [m.get(TEXT) for m in examples]
        for vectorizer in self._vectorizers.values():
            vectorizer.fit(texts)
        self._model = train_softmax(
            *self._features(examples),
            [str(m.get(INTENT)) for m in examples],
            strength=self._config["C"],
            max_iter=self._config["max_iter"],
        )
        self._persist()
        return self._resource

    def process(self, messages: list[Message]) -> list[Message]:
        told = [message for message in messages if message.get(TEXT)]
        if told:
            for message, chances in zip(told, self._chances(told), strict=True):
                order = np.argsort(-chances, kind="stable")[: self._config["ranking_length"]]
                ranking = [
                    {INTENT_NAME_KEY: self._model.labels[i], "confidence": float(chances[i])}
                    for i in order
                ]
                message.set(INTENT, ranking[0], add_to_output=True)
                message.set(INTENT_RANKING_KEY, ranking, add_to_output=True)
        return messages

    def process_training_data(self, training_data: TrainingData) -> TrainingData:
        """Later components train on what people wrote, not on what we would have guessed."""
        return training_data

    def _chances(self, messages: list[Message]) -> np.ndarray:
        return self._model.probabilities(*self._features(messages))

    def _features(self, messages: list[Message]) -> tuple[csr_matrix, np.ndarray]:
        texts = [message.get(TEXT) for message in messages]
        surfaces = [vectorizer.transform(texts) for vectorizer in self._vectorizers.values()]
        meanings = np.vstack([self._meaning(message) for message in messages])
        return csr_matrix(hstack(surfaces, format="csr")), meanings

    def _meaning(self, message: Message) -> np.ndarray:
        _, sentence = message.get_dense_features(TEXT, [])
        if sentence is None:
            raise ValueError("HybridIntentClassifier needs a dense featurizer before it.")
        vector: np.ndarray = sentence.features[0] * self._config["dense_weight"]
        return vector

    def _persist(self) -> None:
        stored = {
            "labels": self._model.labels,
            "vocabularies": {
                name: {term: int(index) for term, index in vectorizer.vocabulary_.items()}
                for name, vectorizer in self._vectorizers.items()
            },
        }
        weights = {name: vectorizer.idf_ for name, vectorizer in self._vectorizers.items()}
        with self._model_storage.write_to(self._resource) as folder:
            text = json.dumps(stored, ensure_ascii=False, sort_keys=True)
            (folder / "model.json").write_text(text, encoding="utf-8")
            np.savez_compressed(
                folder / "weights.npz",
                sparse=self._model.sparse.astype(np.float32),
                dense=self._model.dense.astype(np.float32),
                intercepts=self._model.intercepts.astype(np.float32),
                **weights,
            )

    def _restore(self, stored: dict[str, Any], weights: dict[str, np.ndarray]) -> None:
        for name, vectorizer in self._vectorizers.items():
            vectorizer.vocabulary = stored["vocabularies"][name]
            vectorizer.idf_ = weights[name]
        self._model = Softmax(
            stored["labels"], weights["sparse"], weights["dense"], weights["intercepts"]
        )
