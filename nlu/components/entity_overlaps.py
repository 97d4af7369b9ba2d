"""Settles what two extractors say about the same words, so that actions see each word once."""

from __future__ import annotations

from typing import Any

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.nlu.constants import ENTITIES
from rasa.shared.nlu.training_data.message import Message

Entity = dict[str, Any]
CREDENTIAL = "credential"


def without_overlaps(entities: list[Entity], trusted_first: list[str]) -> list[Entity]:
    """The entities to keep, in the order of the text.

    Of one type, the extractor named earlier wins; of different types, the longer span does, then
    the extractor named earlier. People name credentials freely: there the longer span wins also
    within the type ("the [food safety] course", though the catalogue knows but "safety"), and the
    same words are rather a credential than the occupation a catalogue has them for ("[bookkeeping]").
    """

    def trust(entity: Entity) -> int:
        name = str(entity.get("extractor"))
        return trusted_first.index(name) if name in trusted_first else len(trusted_first)

    def beats(one: Entity, other: Entity) -> bool:
        kinds = {one["entity"], other["entity"]}
        if len(kinds) == 1 and kinds != {CREDENTIAL} and trust(one) != trust(other):
            return trust(one) < trust(other)
        if kinds == {CREDENTIAL, "occupation"} and _length(one) == _length(other):
            return bool(one["entity"] == CREDENTIAL)
        return (_length(one), -trust(one)) > (_length(other), -trust(other))

    kept: list[Entity] = []
    for entity in sorted(entities, key=lambda e: (trust(e), -_length(e), e["start"])):
        rivals = [other for other in kept if _overlap(entity, other)]
        if all(beats(entity, rival) for rival in rivals):
            kept = [other for other in kept if other not in rivals] + [entity]
    return sorted(kept, key=lambda e: (e["start"], e["end"]))


def _length(entity: Entity) -> int:
    return int(entity["end"]) - int(entity["start"])


def _overlap(one: Entity, other: Entity) -> bool:
    return bool(one["start"] < other["end"] and other["start"] < one["end"])


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.ENTITY_EXTRACTOR, is_trainable=False)
class EntityOverlapResolver(GraphComponent):
    """Stands after the extractors.

    `trusted_first` names them from the most trusted on; `kinds` says which entities alone are
    taken from an extractor that could find others, too.
    """

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        return {
            "trusted_first": [
                "QuantityExtractor",
                "CatalogueEntityExtractor",
                "CRFEntityExtractor",
            ],
            "kinds": {"CRFEntityExtractor": ["occupation", "skill", "credential"]},
        }

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> EntityOverlapResolver:
        return cls({**cls.get_default_config(), **config})

    def __init__(self, config: dict[str, Any]) -> None:
        self._trusted_first = list(config["trusted_first"])
        self._kinds: dict[str, list[str]] = config["kinds"]

    def process(self, messages: list[Message]) -> list[Message]:
        for message in messages:
            found = [e for e in message.get(ENTITIES, []) if self._is_taken(e)]
            entities = without_overlaps(found, self._trusted_first)
            message.set(ENTITIES, entities, add_to_output=True)
        return messages

    def _is_taken(self, entity: Entity) -> bool:
        kinds = self._kinds.get(str(entity.get("extractor")))
        return kinds is None or entity["entity"] in kinds
