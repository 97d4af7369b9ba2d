"""Extracts what our catalogue knows: occupations, skills and credentials, with their ids."""

from __future__ import annotations

import json
import re
import threading
import weakref
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

from components.catalogue_feed import Feed, Lookup
from components.catalogue_matcher import CREDENTIAL_AFTER, CatalogueMatcher, Match, words_of
from components.topics import TOPIC, with_topics

#: Intents that are about something one can take or hold rather than something one can do.
ABOUT_CREDENTIALS = frozenset(
    {"ask_credential_details", "enroll", "ask_cost", "ask_time", "ask_deadline", "compare_options"}
    | {"report_progress", "ask_progress", "submit_evidence", "ask_badges", "share_badge"}
    | {"appeal_decision", "verify_badge", "set_reminder", "ask_why", "ask_employer_value"}
)
#: Intents in which a skill's name is no ability of anybody ("GDPR").
ABOUT_NEITHER = frozenset({"ask_privacy"})
TELLING_SKILLS = "tell_skills"
SKILL = "skill"
_ABILITY_BEFORE = re.compile(
    r"\b(?:can|hate|know|knew|use|used|using|skills? in|good at|experience (?:with|in)|can do|learned|prove i can|do)\s+"
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
    """Matches the product's catalogue as the action server tells it, or else as the lookup file does.

    A new course or an imported framework is known within a minute, without a new training: what is
    trained are only the words people use without meaning the catalogue. The lookup file of the
    training stands in the model, for where there is neither.

    An entity has, besides Rasa's own fields, `ids`: the catalogue's ids of that phrase
    (O*NET-SOC codes, skill keys or achievement codes). A skill that is spoken of as something one
    can take or hold ("the SQL one", "my Excel badge") is a credential without ids; a topic, the
    telling part of a credential's name, is nothing else.
    """

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """`lookup`: file made by generate_lookup.py, relative to the Rasa project."""
        return {"lookup": "models/lookup.json"}

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> CatalogueEntityExtractor:
        return cls(config, model_storage, resource)

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
        extractor = cls(config, model_storage, resource, stored["everyday_words"])
        extractor.use(extractor._lookup_file() or stored["lookup"])
        extractor.follow(Feed.from_environment())
        return extractor

    def __init__(
        self,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        everyday_words: list[str] | None = None,
    ) -> None:
        self._config = {**self.get_default_config(), **config}
        self._model_storage = model_storage
        self._resource = resource
        self._everyday_words = everyday_words or []
        self._matcher: CatalogueMatcher | None = None

    def use(self, lookup: Lookup) -> None:
        """Match this catalogue from now on."""
        self._matcher = CatalogueMatcher(with_topics(lookup), self._everyday_words)

    def follow(self, feed: Feed | None) -> None:
        """Keep up with the product's catalogue for as long as this extractor is in use."""
        if feed is None:
            return
        stop, me = threading.Event(), weakref.ref(self)
        weakref.finalize(self, stop.set)

        def use(lookup: Lookup) -> None:
            extractor = me()
            if extractor is not None:
                extractor.use(lookup)

        threading.Thread(
            target=feed.follow, args=(use, stop), name="catalogue", daemon=True
        ).start()

    def train(self, training_data: TrainingData) -> Resource:
        lookup = self._lookup_file()
        if lookup is None:
            raise FileNotFoundError(f"{self._config['lookup']} is missing: make lookup")
        words = everyday_words([m for m in training_data.nlu_examples if m.get(TEXT)])
        stored = {"lookup": lookup, "everyday_words": sorted(words)}
        with self._model_storage.write_to(self._resource) as folder:
            text = json.dumps(stored, ensure_ascii=False)
            (folder / "catalogue.json").write_text(text, encoding="utf-8")
        return self._resource

    def _lookup_file(self) -> Lookup | None:
        path = Path(self._config["lookup"])
        if not path.exists():
            return None
        lookup: Lookup = json.loads(path.read_text(encoding="utf-8"))
        return lookup

    def process(self, messages: list[Message]) -> list[Message]:
        matcher = self._matcher
        assert matcher is not None
        for message in messages:
            text = message.get(TEXT) or ""
            intent = (message.get(INTENT) or {}).get(INTENT_NAME_KEY)
            prefer = SKILL if intent == TELLING_SKILLS else None
            meant = [_as_meant(match, text, intent) for match in matcher.find(text, prefer)]
            found = [_entity(match) for match in meant if match is not None]
            known = message.get(ENTITIES, [])
            message.set(ENTITIES, known + self.add_extractor_name(found), add_to_output=True)
        return messages


def _as_meant(match: Match, text: str, intent: str | None) -> Match | None:
    """A skill that is meant as a credential, by the words beside it or by what is wanted."""
    if match.kind not in {SKILL, TOPIC}:
        return match
    is_named = CREDENTIAL_AFTER.match(text, match.end)
    is_wanted = intent in ABOUT_CREDENTIALS and not _ABILITY_BEFORE.search(text[: match.start])
    if is_named or is_wanted:
        return replace(match, kind="credential", ids=() if match.kind == SKILL else match.ids)
    return match if match.kind == SKILL and intent not in ABOUT_NEITHER else None


def _entity(match: Match) -> dict[str, Any]:
    return {
        "entity": match.kind,
        "value": match.value,
        "ids": list(match.ids),
        "start": match.start,
        "end": match.end,
    }
