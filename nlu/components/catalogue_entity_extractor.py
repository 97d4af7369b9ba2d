"""Extracts what our catalogue knows: occupations, skills and credentials, with their ids."""

from __future__ import annotations

import hashlib
import json
import re
from collections import Counter
from dataclasses import replace
from pathlib import Path
from typing import Any

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.extractors.extractor import EntityExtractorMixin
from rasa.shared.nlu.constants import ENTITIES, INTENT, INTENT_NAME_KEY, TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from components.catalogue_matcher import CatalogueMatcher, Match, words_of

#: Intents that are about something one can take or hold rather than something one can do.
ABOUT_CREDENTIALS = frozenset(
    {"ask_credential_details", "enroll", "ask_cost", "ask_time", "ask_deadline", "compare_options"}
    | {"report_progress", "ask_progress", "submit_evidence", "ask_badges", "share_badge"}
    | {"appeal_decision", "verify_badge", "set_reminder"}
)
_CREDENTIAL_AFTER = re.compile(
    r"\s+(?:course|class|badge|certificate|credential|micro-?credential|one\b|thing|module|exam|test|training)",
    re.IGNORECASE,
)
_ABILITY_BEFORE = re.compile(
    r"\b(?:know|knew|use|used|using|skills? in|good at|experience (?:with|in)|can do|learned|prove i can|do)\s+"
    r"(?:some |a bit of |basic )?$",
    re.IGNORECASE,
)


def everyday_words(examples: list[Message]) -> set[str]:
    """The words that stand outside annotated entities at least as often as inside them."""
    outside: Counter[str] = Counter()
    inside: Counter[str] = Counter()
    for message in examples:
        spans = [(entity["start"], entity["end"]) for entity in message.get(ENTITIES, [])]
        for word in words_of(message.get(TEXT)):
            is_inside = any(start <= word.start and word.end <= end for start, end in spans)
            (inside if is_inside else outside)[word.form] += 1
    return {form for form, times in outside.items() if times >= inside[form]}


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.ENTITY_EXTRACTOR, is_trainable=True)
class CatalogueEntityExtractor(GraphComponent, EntityExtractorMixin):
    """Keeps the lookup file it was trained with inside the model.

    An entity has, besides Rasa's own fields, `ids`: the catalogue's ids of that phrase
    (O*NET-SOC codes, skill keys or achievement codes). A skill that is spoken of as something one
    can take or hold ("the SQL one", "my Excel badge") is a credential without ids.
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
            text = message.get(TEXT) or ""
            intent = (message.get(INTENT) or {}).get(INTENT_NAME_KEY)
            found = [_entity(_as_meant(m, text, intent)) for m in self._matcher.find(text)]
            known = message.get(ENTITIES, [])
            message.set(ENTITIES, known + self.add_extractor_name(found), add_to_output=True)
        return messages


def _as_meant(match: Match, text: str, intent: str | None) -> Match:
    """A skill that is meant as a credential, by the words beside it or by what is wanted."""
    if match.kind != "skill":
        return match
    is_named = _CREDENTIAL_AFTER.match(text, match.end)
    is_wanted = intent in ABOUT_CREDENTIALS and not _ABILITY_BEFORE.search(text[: match.start])
    return replace(match, kind="credential", ids=()) if is_named or is_wanted else match


def _entity(match: Match) -> dict[str, Any]:
    return {
        "entity": match.kind,
        "value": match.value,
        "ids": list(match.ids),
        "start": match.start,
        "end": match.end,
    }
