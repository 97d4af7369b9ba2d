"""Reads a folder of YAML files: `skills/*.yaml`, `occupations/*.yaml`, `achievements/*.yaml`."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeVar

import yaml
from pydantic import ValidationError

from credentials.catalogue.entries import Achievement, Entry, Occupation, Skill
from credentials.errors import CredentialsError

E = TypeVar("E", bound=Entry)

STARTER = Path(__file__).parent / "starter"
MAX_FILE_BYTES = 1024 * 1024
LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # ten times as fast where it is built


class CatalogueError(CredentialsError):
    """The catalogue's files cannot be used; the detail names file and line."""

    code = "catalogue"


@dataclass
class Folder:
    """What a folder holds, and what could not be read."""

    skills: dict[str, Skill] = field(default_factory=dict)
    occupations: dict[str, Occupation] = field(default_factory=dict)
    achievements: dict[str, Achievement] = field(default_factory=dict)
    places: dict[str, str] = field(default_factory=dict)
    problems: list[str] = field(default_factory=list)


def read_folder(path: Path) -> Folder:
    """Everything in the folder; problems are collected, not raised."""
    found = Folder()
    for file, item in _documents(path / "skills", found):
        for part in item if isinstance(item, list) else [item]:
            skill = _entry(Skill, part, file, found)
            if skill is not None:
                found.skills[skill.key] = skill
    for file, item in _documents(path / "occupations", found):
        occupation = _entry(Occupation, item, file, found)
        if occupation is not None:
            found.occupations[occupation.code] = occupation
    for file, item in _documents(path / "achievements", found):
        achievement = _entry(Achievement, item, file, found)
        if achievement is not None:
            found.achievements[achievement.code] = achievement
            found.places[achievement.code] = file
    return found


def _documents(folder: Path, found: Folder) -> Iterator[tuple[str, Any]]:
    for file in sorted(folder.glob("*.yaml")):
        name = f"{folder.name}/{file.name}"
        if file.stat().st_size > MAX_FILE_BYTES:
            found.problems.append(f"{name}: larger than 1 MB")
            continue
        try:
            yield name, yaml.load(file.read_text(encoding="utf-8"), Loader=LOADER)  # noqa: S506  # a safe one
        except yaml.MarkedYAMLError as error:
            line = error.problem_mark.line + 1 if error.problem_mark else 1
            found.problems.append(f"{name}:{line}: {error.problem}")
        except (yaml.YAMLError, UnicodeDecodeError) as error:
            found.problems.append(f"{name}: {error}")


def _entry(kind: type[E], item: Any, file: str, found: Folder) -> E | None:
    try:
        return kind.model_validate(item)
    except ValidationError as error:
        for problem in error.errors():
            where = ".".join(str(part) for part in problem["loc"]) or "file"
            found.problems.append(f"{file}: {where}: {problem['msg']}")
        return None
