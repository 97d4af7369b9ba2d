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
    """What a folder holds, where it stands, and what could not be read."""

    skills: dict[str, Skill] = field(default_factory=dict)
    occupations: dict[str, Occupation] = field(default_factory=dict)
    achievements: dict[str, Achievement] = field(default_factory=dict)
    places: dict[str, str] = field(default_factory=dict)  # file by code
    texts: dict[str, str] = field(default_factory=dict, repr=False)  # by file
    repeated: dict[str, list[str]] = field(default_factory=dict)  # more places of a code
    problems: list[str] = field(default_factory=list)

    def place(self, code: str, member: str = "code") -> str:
        """File and line of a member of an entry; the entry's own where it has no such member."""
        file = self.places.get(code, code)
        return f"{file}:{line_of(self.texts.get(file, ''), tuple(member.split('.')))}"


def read_folder(path: Path) -> Folder:
    """Everything in the folder; problems are collected, not raised."""
    found = Folder()
    for file, item in _documents(path / "skills", found):
        for part in item if isinstance(item, list) else [item]:
            skill = _entry(Skill, part, file, found)
            if skill is not None:
                _put(found, found.skills, skill.key, skill, file)
    for file, item in _documents(path / "occupations", found):
        occupation = _entry(Occupation, item, file, found)
        if occupation is not None:
            _put(found, found.occupations, occupation.code, occupation, file)
    for file, item in _documents(path / "achievements", found):
        achievement = _entry(Achievement, item, file, found)
        if achievement is not None:
            _put(found, found.achievements, achievement.code, achievement, file)
    return found


def _put(found: Folder, entries: dict[str, E], code: str, entry: E, file: str) -> None:
    """Keep an entry; the first of several with the same code."""
    if code in entries:
        found.repeated.setdefault(code, []).append(
            f"{file}:{line_of(found.texts[file], ('code',))}"
        )
    else:
        entries[code] = entry
        found.places[code] = file


def _documents(folder: Path, found: Folder) -> Iterator[tuple[str, Any]]:
    for file in sorted(folder.glob("*.yaml")):
        name = f"{folder.name}/{file.name}"
        if file.stat().st_size > MAX_FILE_BYTES:
            found.problems.append(f"{name}: larger than 1 MB")
            continue
        try:
            text = file.read_text(encoding="utf-8")
            found.texts[name] = text
            yield name, yaml.load(text, Loader=LOADER)  # noqa: S506  # a safe one
        except yaml.MarkedYAMLError as error:
            line = error.problem_mark.line + 1 if error.problem_mark else 1
            found.problems.append(f"{name}:{line}: {error.problem}")
        except (yaml.YAMLError, UnicodeDecodeError) as error:
            found.problems.append(f"{name}: {error}")


def line_of(text: str, where: tuple[str | int, ...]) -> int:
    """The line of a member of a YAML document, or of the nearest around it that is written."""
    node, line = yaml.compose(text, Loader=LOADER) if text else None, 1
    for part in where:
        if isinstance(node, yaml.MappingNode):
            inside = {str(key.value): (key, value) for key, value in node.value}
        elif isinstance(node, yaml.SequenceNode):
            inside = {str(place): (value, value) for place, value in enumerate(node.value)}
        else:
            break
        if str(part) not in inside:
            break
        mark, node = inside[str(part)]
        line = mark.start_mark.line + 1
    return line


def _entry(kind: type[E], item: Any, file: str, found: Folder) -> E | None:
    try:
        return kind.model_validate(item)
    except ValidationError as error:
        for problem in error.errors():
            where = ".".join(str(part) for part in problem["loc"]) or "file"
            line = line_of(found.texts[file], problem["loc"])
            found.problems.append(f"{file}:{line}: {where}: {problem['msg']}")
        return None
