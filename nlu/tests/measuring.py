"""Measures a model on phrases it was not trained on: intents, entities, what is refused, how fast."""

from __future__ import annotations

import asyncio
import re
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

import yaml
from rasa.core.agent import Agent

HELD_OUT = Path(__file__).parent / "held_out"
SETS = {"first": HELD_OUT, "second": HELD_OUT / "second"}
OUT_OF_SCOPE = "out_of_scope"
FALLBACK = "nlu_fallback"
UNANNOTATED = {"distress", OUT_OF_SCOPE}
TOP = 3

Parse = Callable[[str], dict[str, Any]]
_ENTITY = re.compile(r"\[([^\]]+)\]\((\w+)\)")


@dataclass(frozen=True)
class Phrase:
    """A phrase, what is meant, and the spans `(entity, start, end)` in it."""

    text: str
    intent: str
    spans: frozenset[tuple[str, int, int]]


@dataclass
class Scores:
    """What was counted. `exact` and `overlapping` count spans found as annotated or touching them."""

    total: int = 0
    right: int = 0
    in_top: int = 0
    refused: Counter[bool] = field(default_factory=Counter)  # by whether it was in scope
    asked: Counter[bool] = field(default_factory=Counter)
    by_intent: Counter[str] = field(default_factory=Counter)
    of_intent: Counter[str] = field(default_factory=Counter)
    confused: Counter[tuple[str, str]] = field(default_factory=Counter)
    exact: Counter[str] = field(default_factory=Counter)
    overlapping: Counter[str] = field(default_factory=Counter)
    annotated: Counter[str] = field(default_factory=Counter)
    found: Counter[str] = field(default_factory=Counter)
    milliseconds: list[float] = field(default_factory=list)

    @property
    def accuracy(self) -> float:
        return self.right / self.total

    @property
    def top(self) -> float:
        """The share of phrases whose meaning is among the first three."""
        return self.in_top / self.total

    @property
    def out_of_scope_recall(self) -> float:
        """The share of out-of-scope phrases that are refused or asked about."""
        return self.refused[False] / self.asked[False]

    @property
    def in_scope_rejected(self) -> float:
        return self.refused[True] / self.asked[True]

    def entity_f1(self, entity: str | None = None, *, overlap: bool = False) -> float:
        """F1 over spans, of one entity or of all."""
        hits = self.overlapping if overlap else self.exact
        if entity is None:
            counted = [sum(c.values()) for c in (hits, self.annotated, self.found)]
        else:
            counted = [hits[entity], self.annotated[entity], self.found[entity]]
        hit, annotated, found = counted
        return 2 * hit / (annotated + found) if annotated + found else 0.0

    def percentile(self, share: float) -> float:
        """Milliseconds of one phrase at this share of the slowest."""
        ordered = sorted(self.milliseconds)
        return ordered[min(int(share * len(ordered)), len(ordered) - 1)]


def held_out(name: str = "first") -> list[Phrase]:
    """The phrases of a set's utterances.yml."""
    content = yaml.safe_load((SETS[name] / "utterances.yml").read_text(encoding="utf-8"))
    return [
        phrase_of(line.strip()[2:].strip(), block["intent"])
        for block in content["nlu"]
        for line in block["examples"].splitlines()
        if line.strip().startswith("- ")
    ]


def two_wishes() -> list[tuple[str, list[str]]]:
    """The messages of two_wishes.yml, each with its two intents in the order said."""
    content = yaml.safe_load((HELD_OUT / "two_wishes.yml").read_text(encoding="utf-8"))
    return [(one["text"], [one["first"], one["second"]]) for one in content]


def phrase_of(annotated: str, intent: str) -> Phrase:
    """A line of training data, its annotations taken out."""
    text, spans, last = "", [], 0
    for found in _ENTITY.finditer(annotated):
        text += annotated[last : found.start()]
        spans.append((found[2], len(text), len(text) + len(found[1])))
        text, last = text + found[1], found.end()
    return Phrase(text + annotated[last:], intent, frozenset(spans))


def parser_of(agent: Agent) -> Parse:
    """What a trained model makes of a text; it parses each text once."""

    @cache
    def parse(text: str) -> dict[str, Any]:
        parsed: dict[str, Any] = asyncio.run(agent.parse_message(text))
        return parsed

    return parse


def measure(parse: Parse, phrases: list[Phrase]) -> Scores:
    """Parse every phrase once and count."""
    scores = Scores()
    for phrase in phrases:
        began = time.perf_counter()
        parsed = parse(phrase.text)
        scores.milliseconds.append((time.perf_counter() - began) * 1000)
        _count_intent(scores, phrase, parsed)
        if phrase.intent not in UNANNOTATED:
            _count_spans(scores, phrase, parsed)
    return scores


def _count_intent(scores: Scores, phrase: Phrase, parsed: dict[str, Any]) -> None:
    ranking = [i["name"] for i in parsed["intent_ranking"] if i["name"] != FALLBACK]
    likeliest, is_in_scope = ranking[0], phrase.intent != OUT_OF_SCOPE
    scores.total += 1
    scores.of_intent[phrase.intent] += 1
    scores.asked[is_in_scope] += 1
    scores.refused[is_in_scope] += parsed["intent"]["name"] in {OUT_OF_SCOPE, FALLBACK}
    scores.in_top += phrase.intent in ranking[:TOP]
    if likeliest == phrase.intent:
        scores.right += 1
        scores.by_intent[phrase.intent] += 1
    else:
        scores.confused[phrase.intent, likeliest] += 1


def _count_spans(scores: Scores, phrase: Phrase, parsed: dict[str, Any]) -> None:
    found = {(e["entity"], e["start"], e["end"]) for e in parsed["entities"]}
    scores.annotated.update(entity for entity, _, _ in phrase.spans)
    scores.found.update(entity for entity, _, _ in found)
    scores.exact.update(entity for entity, _, _ in phrase.spans & found)
    free = set(found)
    for entity, start, end in sorted(phrase.spans, key=lambda span: span[1]):
        touching = next((f for f in free if f[0] == entity and f[1] < end and start < f[2]), None)
        if touching is not None:
            free.discard(touching)
            scores.overlapping[entity] += 1
