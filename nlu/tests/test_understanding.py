"""How well the trained model understands phrases it has never seen; writes a report."""

from __future__ import annotations

import asyncio
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
import yaml
from rasa.core.agent import Agent

PROJECT = Path(__file__).resolve().parents[1]
REPORT = PROJECT.parent / "var" / "nlu-report.md"
BAR = 0.90


@pytest.fixture(scope="module")
def understand() -> Any:
    agent = Agent.load(str(PROJECT / "models" / "skillmark.tar.gz"))

    def parse(text: str) -> dict[str, Any]:
        parsed: dict[str, Any] = asyncio.run(agent.parse_message(text))
        return parsed

    return parse


def test_phrases_nobody_trained_on(understand: Any) -> None:
    known = yaml.safe_load((PROJECT / "tests" / "held_out.yml").read_text(encoding="utf-8"))
    wrong: list[tuple[str, str, str, float]] = []
    right: Counter[str] = Counter()
    for intent, phrases in known.items():
        for phrase in phrases:
            parsed = understand(str(phrase))
            found, sure = parsed["intent"]["name"], parsed["intent"]["confidence"]
            if found == intent:
                right[intent] += 1
            else:
                wrong.append((str(phrase), intent, found, sure))
    total = sum(len(phrases) for phrases in known.values())
    share = sum(right.values()) / total
    _report(known, right, wrong, share)
    assert share >= BAR, f"{share:.3f}; see {REPORT}"


@pytest.mark.parametrize(
    ("text", "entity", "value"),
    [
        ("I want to become a pharmacy technician", "occupation", "pharmacy technician"),
        ("I know excel and a bit of sql", "skill", "Microsoft Excel"),
        ("tell me more about SQL Foundations", "credential", "SQL Foundations"),
        ("about 5 hours a week", "hours_per_week", "5 hours a week"),
    ],
)
def test_entities(understand: Any, text: str, entity: str, value: str) -> None:
    found = [item["value"] for item in understand(text)["entities"] if item["entity"] == entity]
    assert any(value.lower() in str(one).lower() for one in found), found


def _report(
    known: dict[str, list[str]],
    right: Counter[str],
    wrong: list[tuple[str, str, str, float]],
    share: float,
) -> None:
    lines = [
        "# What the model understands of phrases it was not trained on",
        "",
        f"{share:.1%} of {sum(map(len, known.values()))} phrases.",
        "",
        "| intent | right | of |",
        "|---|---|---|",
        *(f"| {intent} | {right[intent]} | {len(phrases)} |" for intent, phrases in known.items()),
        "",
        "| phrase | meant | taken for | confidence |",
        "|---|---|---|---|",
        *(f"| {text} | {meant} | {found} | {sure:.2f} |" for text, meant, found, sure in wrong),
        "",
    ]
    REPORT.parent.mkdir(parents=True, exist_ok=True)
    REPORT.write_text("\n".join(lines), encoding="utf-8")
