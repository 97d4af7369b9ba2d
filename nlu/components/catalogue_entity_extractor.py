"""Extracts what our catalogue knows: occupations, skills and credentials, with their ids."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.extractors.extractor import EntityExtractorMixin
from rasa.shared.nlu.constants import ENTITIES, TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from components.catalogue_matcher import CatalogueMatcher, Match, words_of


def everyday_words(examples: list[Message]) -> set[str]:
    """The words of the training examples that stand outside every annotated entity."""
    return {form for message in examples for form in _words_outside_entities(message)}


def _words_outside_entities(message: Message) -> Iterator[str]:
    spans = [(entity["start"], entity["end"]) for entity in message.get(ENTITIES, [])]
    for word in words_of(message.get(TEXT)):
        if not any(start <= word.start and word.end <= end for start, end in spans):
            yield word.form


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.ENTITY_EXTRACTOR, is_trainable=True)
class CatalogueEntityExtractor(GraphComponent, EntityExtractorMixin):
    """Keeps the lookup file it was trained with inside the model.

    An entity has, besides Rasa's own fields, `ids`: the catalogue's ids of that phrase
    (O*NET-SOC codes, skill keys or achievement codes).
    """

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """`lookup`: file made by generate_lookup.py, relative to the Rasa project."""
        return {"lookup": "models/lookup.json"}

    @classmethod
    def fingerprint_addon(cls, config: dict[str, Any]) -> str:
        """A changed catalogue is a changed component: Rasa's cache must not bring back the old."""
        path = Path({**cls.get_default_config(), **config}["lookup"])
        return hashlib.sha256(path.read_bytes()).hexdigest()

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> CatalogueEntityExtractor:
        return cls(config, model_storage, resource, None)

    @classmethod
    def load(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
        **kwargs: Any,
    ) -> CatalogueEntityExtractor:
        with model_storage.read_from(resource) as folder:
            stored = json.loads((folder / "catalogue.json").read_text(encoding="utf-8"))
        matcher = CatalogueMatcher(stored["lookup"], stored["everyday_words"])
        return cls(config, model_storage, resource, matcher)

    def __init__(
        self,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        matcher: CatalogueMatcher | None,
    ) -> None:
        self._config = {**self.get_default_config(), **config}
        self._model_storage = model_storage
        self._resource = resource
        self._matcher = matcher

    def train(self, training_data: TrainingData) -> Resource:
        lookup = json.loads(Path(self._config["lookup"]).read_text(encoding="utf-8"))
        words = everyday_words([m for m in training_data.nlu_examples if m.get(TEXT)])
        stored = {"lookup": lookup, "everyday_words": sorted(words)}
        with self._model_storage.write_to(self._resource) as folder:
            text = json.dumps(stored, ensure_ascii=False)
            (folder / "catalogue.json").write_text(text, encoding="utf-8")
        return self._resource

    def process(self, messages: list[Message]) -> list[Message]:
        assert self._matcher is not None
        for message in messages:
            found = [_entity(match) for match in self._matcher.find(message.get(TEXT) or "")]
            known = message.get(ENTITIES, [])
            message.set(ENTITIES, known + self.add_extractor_name(found), add_to_output=True)
        return messages


def _entity(match: Match) -> dict[str, Any]:
    return {
        "entity": match.kind,
        "value": match.value,
        "ids": list(match.ids),
        "start": match.start,
        "end": match.end,
    }
