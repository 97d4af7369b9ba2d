"""Writes what was measured as a page of Markdown."""

from __future__ import annotations

import json
from pathlib import Path

from measuring import Scores

VAR = Path(__file__).resolve().parents[2] / "var"
PEER = Path(__file__).parent / "peer" / "figures.json"  # Rasa's default pipeline, by compare.py
MOST_CONFUSED = 40


def figures(scores: Scores) -> dict[str, float]:
    """The figures that have bars, and the speed."""
    return {
        "intent accuracy": round(scores.accuracy, 4),
        "intent top 3": round(scores.top, 4),
        "entity F1, exact": round(scores.entity_f1(), 4),
        "entity F1, overlapping": round(scores.entity_f1(overlap=True), 4),
        "out-of-scope recall": round(scores.out_of_scope_recall, 4),
        "in-scope rejected": round(scores.in_scope_rejected, 4),
        "parse p50, ms": round(scores.percentile(0.5), 1),
        "parse p99, ms": round(scores.percentile(0.99), 1),
    }


def write_report(scores: Scores, beside: Scores, path: Path = VAR / "nlu-report.md") -> None:
    """The page, and next to it the figures as JSON; `beside`: totals of another set."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(
        "\n".join([*_totals(scores, beside), *_intents(scores), *_entities(scores), ""]), "utf-8"
    )
    told = {**figures(scores), "second set": figures(beside)}
    path.with_suffix(".json").write_text(json.dumps(told, indent=1) + "\n", "utf-8")


def _totals(scores: Scores, beside: Scores) -> list[str]:
    other = figures(beside)
    peer = json.loads(PEER.read_text(encoding="utf-8")) if PEER.exists() else {}
    return [
        "# What the model understands of phrases it was not trained on",
        "",
        (
            f"{scores.total} phrases, {sum(scores.annotated.values())} annotated spans;"
            f" the second set has {beside.total} phrases, {sum(beside.annotated.values())} spans."
        ),
        "",
        "| what | ours | Rasa's default pipeline | ours, second set |",
        "|---|---|---|---|",
        *(
            f"| {name} | {value} | {peer.get(name, '')} | {other[name]} |"
            for name, value in figures(scores).items()
        ),
        "",
    ]


def _intents(scores: Scores) -> list[str]:
    return [
        "| intent | right | of |",
        "|---|---|---|",
        *(f"| {name} | {scores.by_intent[name]} | {of} |" for name, of in scores.of_intent.items()),
        "",
        "| meant | taken for | times |",
        "|---|---|---|",
        *(
            f"| {meant} | {taken} | {times} |"
            for (meant, taken), times in scores.confused.most_common(MOST_CONFUSED)
        ),
        "",
    ]


def _entities(scores: Scores) -> list[str]:
    return [
        "| entity | annotated | found | F1, exact | F1, overlapping |",
        "|---|---|---|---|---|",
        *(
            f"| {name} | {scores.annotated[name]} | {scores.found[name]} "
            f"| {scores.entity_f1(name):.3f} | {scores.entity_f1(name, overlap=True):.3f} |"
            for name in sorted(scores.annotated | scores.found)
        ),
    ]
