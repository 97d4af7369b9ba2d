"""What people call a micro-credential when they don't say its whole name: "the KYC one", "my cloud badge"."""

from __future__ import annotations

import re
from typing import Any

TOPIC = "topic"
#: Words of a name that tell nothing about what it is about.
GENERAL = frozenset(
    [
        "advice",
        "and",
        "awareness",
        "basic",
        "basics",
        "building",
        "clear",
        "content",
        "coordination",
        "data",
        "delivery",
        "english",
        "essentials",
        "first",
        "for",
        "foundations",
        "fundamentals",
        "generalist",
        "hand",
        "health",
        "in",
        "information",
        "job",
        "key",
        "lab",
        "mental",
        "of",
        "on",
        "online",
        "practice",
        "practitioner",
        "project",
        "projects",
        "results",
        "service",
        "short",
        "software",
        "specialist",
        "support",
        "the",
        "to",
        "tools",
        "training",
        "under",
        "use",
        "with",
        "work",
        "working",
        "workplace",
    ]
)
_WORD = re.compile(r"[\w+#]+")
_IN_BRACKETS = re.compile(r"\s*\([^()]*\)")
_CODE = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)+")
_SHORTEST = 3  # letters


def with_topics(lookup: dict[str, Any]) -> dict[str, Any]:
    """The lookup with what its credentials are called besides, and `topic` as its last kind."""
    entries = []
    for entry in lookup["entries"]:
        if entry["kind"] != "credential":
            entries.append(entry)
            continue
        names = _names(entry)
        entries.append({**entry, "phrases": names})
        entries.append({**entry, "kind": TOPIC, "phrases": topics_of(names)})
    return {"kinds": [*lookup["kinds"], TOPIC], "entries": entries}


def topics_of(names: list[str]) -> list[str]:
    """The telling part of each name ("SQL Foundations": SQL), and each telling word."""
    found = []
    for name in names:
        words = _WORD.findall(name)
        telling = [w for w in words if w.casefold() not in GENERAL and len(w) >= _SHORTEST]
        while words and words[-1].casefold() in GENERAL:
            words.pop()
        found += [" ".join(words), *telling]
    return [topic for topic in dict.fromkeys(found) if topic]


def _names(entry: dict[str, Any]) -> list[str]:
    """Its names, these without what stands in brackets, and its code as words."""
    names = [*entry["phrases"], *(_IN_BRACKETS.sub("", name) for name in entry["phrases"])]
    if _CODE.fullmatch(entry["id"]):
        names.append(entry["id"].replace("-", " "))
    return [name for name in dict.fromkeys(names) if name]
