"""Which skills of the catalogue an imported entry speaks of: by id, by name, or out of its prose."""

import re
from collections.abc import Iterable, Mapping
from typing import Literal

from credentials.catalogue import Catalogue
from credentials.catalogue.entries import FrameworkAlignment, SkillAlignment
from credentials.catalogue.phrases import normal_phrase
from credentials.catalogue.skill_match import find_skills
from credentials.catalogue.skill_names import gather_names

MAX_SKILLS = 12


class SkillTies:
    """Ties names and ids of frameworks to skills of the catalogue."""

    def __init__(self, catalogue: Catalogue) -> None:
        self._catalogue = catalogue
        self._names = gather_names(catalogue)
        own = {skill.key: skill for skill in catalogue.own_skills}
        self._by_id = {skill.id: key for key, skill in own.items()}
        self._by_name: Mapping[str, str] = {
            normal_phrase(name): skill.key
            for skill in reversed(catalogue.own_skills)
            for name in (skill.key.replace("-", " "), *skill.aliases, *skill.label.values())
        }

    def find(self, *names: str | None) -> str | None:
        """The skill with this framework id, key or name."""
        for name in names:
            if not name:
                continue
            if name in self._catalogue.skills:
                return name
            key = self._by_id.get(name) or self._by_name.get(normal_phrase(name))
            if key is not None:
                return key
        return None

    def tie(
        self, alignments: Iterable[FrameworkAlignment], *prose: str | None
    ) -> tuple[SkillAlignment, ...]:
        """Declared where the publisher's alignment is one of our skills; inferred from the prose.

        Nobody says on which level, so the lowest is assumed for what is only read out of prose.
        """
        found: dict[str, SkillAlignment] = {}
        for alignment in alignments:
            key = self.find(alignment.url, alignment.code, alignment.name)
            if key is not None:
                found.setdefault(key, _tie(key, "working", alignment.alignment))
        for text in prose:
            for spoken in find_skills(
                self._catalogue, self._names, re.sub(r"[,;]", ".", text or "")
            ):
                if not spoken.negated:
                    found.setdefault(spoken.key, _tie(spoken.key, "basic", "inferred"))
        return tuple(found.values())[:MAX_SKILLS]


def _tie(
    key: str, level: Literal["basic", "working"], alignment: Literal["declared", "inferred"]
) -> SkillAlignment:
    return SkillAlignment(skill=key, level=level, alignment=alignment)
