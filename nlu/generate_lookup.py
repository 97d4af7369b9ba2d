"""Turns the product's catalogue into the lookup file of the catalogue entity extractor.

Usage: python generate_lookup.py CATALOGUE_FOLDER LOOKUP_FILE
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml

# The product reads the same files with it; PyYAML's own refuses some that are good YAML 1.2.
LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
KINDS = ["credential", "occupation", "skill"]  # where a phrase is of two kinds the first wins


def lookup_of(catalogue: Path) -> dict[str, Any]:
    """`{"kinds": […], "entries": [{"kind","id","value","phrases"}]}`, sorted and so comparable.

    Raises:
        FileNotFoundError: the folder holds no occupations, skills or achievements.
    """
    entries = [*_occupations(catalogue), *_skills(catalogue), *_achievements(catalogue)]
    missing = set(KINDS) - {entry["kind"] for entry in entries}
    if missing:
        raise FileNotFoundError(f"{catalogue} holds no {' and no '.join(sorted(missing))}")
    return {"kinds": KINDS, "entries": sorted(entries, key=lambda e: (e["kind"], e["id"]))}


def _documents(folder: Path) -> Iterator[dict[str, Any]]:
    for path in sorted(folder.glob("**/*.y*ml")):
        content = yaml.load(path.read_text(encoding="utf-8"), Loader=LOADER)  # noqa: S506 - a safe one
        yield from content if isinstance(content, list) else [content]


def _occupations(catalogue: Path) -> Iterator[dict[str, Any]]:
    for document in _documents(catalogue / "occupations"):
        titles = [*_texts(document["title"]), *_texts(document.get("plain_title", {}))]
        phrases = [*titles, *document.get("alternate_titles", [])]
        yield _entry("occupation", document["code"], None, phrases)


def _skills(catalogue: Path) -> Iterator[dict[str, Any]]:
    for document in _documents(catalogue / "skills"):
        phrases = [*_texts(document["label"]), *document.get("aliases", [])]
        yield _entry("skill", document["key"], phrases[0], phrases)


def _achievements(catalogue: Path) -> Iterator[dict[str, Any]]:
    for document in _documents(catalogue / "achievements"):
        phrases = _texts(document["name"])
        yield _entry("credential", document["code"], phrases[0], phrases)


def _texts(value: Any) -> list[str]:
    """The texts of a language map, or the one text."""
    return list(value.values()) if isinstance(value, dict) else [value]


def _entry(kind: str, id_: str, value: str | None, phrases: list[str]) -> dict[str, Any]:
    unique = list(dict.fromkeys(str(phrase) for phrase in phrases))
    return {"kind": kind, "id": str(id_), "value": value, "phrases": unique}


def main() -> None:
    """Write the file only when its content changes, so that its time says when that was."""
    catalogue, target = Path(sys.argv[1]), Path(sys.argv[2])
    text = json.dumps(lookup_of(catalogue), ensure_ascii=False, indent=1) + "\n"
    target.parent.mkdir(parents=True, exist_ok=True)
    if not target.exists() or target.read_text(encoding="utf-8") != text:
        target.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
