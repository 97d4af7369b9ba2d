"""What a person said, as Rasa understood it."""

from collections.abc import Mapping
from dataclasses import dataclass

UNREAD = frozenset({None, "nlu_fallback", "out_of_scope"})
# What means little by itself.
VAGUE = UNREAD | {"affirm", "deny", "inform", "change_answer", "undo", "skip", "back", "goodbye"}


@dataclass(frozen=True)
class Said:
    """What the person said: the text, its intent and the entities found in it."""

    text: str
    intent: str | None
    entities: Mapping[str, tuple[str, ...]]
    ranking: tuple[tuple[str, float], ...]

    @property
    def confidence(self) -> float:
        """How sure the likeliest meaning is."""
        return self.ranking[0][1] if self.ranking else 0.0

    def entity(self, name: str) -> str | None:
        """The first value found for an entity."""
        values = self.entities.get(name, ())
        return values[0] if values else None
