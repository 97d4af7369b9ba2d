"""Screens of what a person may prove now, criterion by criterion."""

from collections.abc import Sequence
from typing import Self

from pydantic import BaseModel

from actions.screens.base import LanguageMap, Screen, register
from credentials.catalogue import Achievement, Catalogue
from credentials.pathways import Abilities, Advice, Provable, SpokenFor, read_criteria

OTHERS = 3
SPEAKING = 2


class CriterionLine(BaseModel):
    """A criterion, whether what was told speaks for it, and which skills do.

    `basis` and `source` are of the first of these skills; see `SkillLine`.
    """

    text: LanguageMap
    evidence: LanguageMap
    is_likely: bool
    skills: tuple[LanguageMap, ...]
    basis: str
    source: str | None

    @classmethod
    def of(cls, catalogue: Catalogue, abilities: Abilities, one: SpokenFor) -> Self:
        first = abilities.ability(one.skills[0]) if one.skills else None
        return cls(
            text=one.criterion.text,
            evidence=one.criterion.evidence,
            is_likely=one.is_likely_met,
            skills=tuple(catalogue.skills[skill].label for skill in one.skills[:SPEAKING]),
            basis=first.basis if first else "none",
            source=first.source if first else None,
        )


class Named(BaseModel):
    """A credential by its code and name."""

    code: str
    title: LanguageMap

    @classmethod
    def of(cls, item: Achievement) -> Self:
        return cls(code=item.code, title=item.name)


@register
class ProveNow(Screen):
    """What speaks for each criterion of one credential; `others` may be provable, too."""

    code: str
    title: LanguageMap
    likely: int
    criteria: tuple[CriterionLine, ...]
    others: tuple[Named, ...]

    @property
    def codes(self) -> tuple[str, ...]:
        return (self.code, *(other.code for other in self.others))

    @classmethod
    def of(
        cls, catalogue: Catalogue, abilities: Abilities, one: Provable, others: Sequence[Provable]
    ) -> Self:
        return cls(
            code=one.achievement.code,
            title=one.achievement.name,
            likely=one.likely_met,
            criteria=tuple(CriterionLine.of(catalogue, abilities, c) for c in one.criteria),
            others=tuple(
                Named.of(other.achievement)
                for other in others
                if other.achievement.code != one.achievement.code
            )[:OTHERS],
        )


@register
class NothingToProve(Screen):
    """Nothing that was told speaks for half of a credential's criteria."""

    job: LanguageMap


def prove_now_screen(catalogue: Catalogue, advice: Advice, code: str = "") -> Screen:
    """The credential of this code, or the likeliest one, criterion by criterion."""
    item = catalogue.achievements.get(code)
    if item is not None and item.is_awarded_here:
        one = read_criteria(advice.profile, item)
    elif advice.provable:
        one = advice.provable[0]
    else:
        return NothingToProve(job=advice.occupation.plain_title)
    return ProveNow.of(catalogue, advice.profile, one, advice.provable)
