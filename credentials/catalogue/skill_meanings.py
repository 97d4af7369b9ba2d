"""Skills that a message tells of without naming one: "took blood" is nearly "take blood samples".

Pieces of a message that hold no name are compared, as vectors, with everything skills are called.
Only what all but says the same counts.
"""

import re
import threading
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from weakref import WeakKeyDictionary

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import select
from sqlalchemy.engine import Engine

from credentials.catalogue.catalogue import current_catalogue
from credentials.catalogue.foreign import Releases
from credentials.catalogue.matching.anchors import skill_anchors
from credentials.catalogue.matching.encoder import Encoder, find_encoder
from credentials.catalogue.matching.models import MatchIndexRow
from credentials.catalogue.matching.vectors import read_vectors
from credentials.unit_of_work import Work

#: Cosine from which a piece of several words, or of one, says the same.
NEAR, NEAR_ALONE = 0.72, 0.9
MOST_PIECES = 6
LONGEST_PIECE = 12  # words
_LEAD = re.compile(
    r"^(?:(?:i|i've|ive|i'm|im|am|have|has|had|been|being|was|were|can|could|know|how to|did|do|does|"
    r"also|then|and|so|just|really|mostly|mainly|some|a|an|the|bit|little|of|lot|lots|good|great|used|"
    r"trained|in|at|as|on|with|my|own|experience|experienced|skilled|years?|yrs|\d+|worked|working|"
    r"basic|advanced|doing|level|very|well|enjoy)\b[\s:,.'-]*)+",
    re.IGNORECASE,
)
_TAIL = re.compile(
    r"\s(?:at|when|since|for|during|while|as|because|where|every|twice|once|from|all through|"
    r"(?:in|on) (?:my|the|an?))\s.*$",
    re.IGNORECASE,
)
#: Where somebody works, and no skill.
_PLACE = re.compile(
    r"\b(?:homes?|wards?|jobs?|hospitals?|company|companies|firms?|shops?|stores?|agency|office|school|"
    r"college|department|clinic|warehouse|factory|industry|sector|degree|club)$",
    re.IGNORECASE,
)


@dataclass(frozen=True, eq=False)
class SkillMeanings:
    """Unit vectors of what skills are called, one row each, and the key of each row."""

    revision: tuple[int, int, Releases]
    encoder: Encoder
    matrix: NDArray[np.float32]
    keys: tuple[str, ...]

    def nearest(self, pieces: Iterable[str]) -> Mapping[str, str]:
        """Piece of a message → the skill that it all but names; the others are left out."""
        views = {piece: _views(piece) for piece in dict.fromkeys(pieces)}
        kept = [piece for piece, said in views.items() if said][:MOST_PIECES]
        texts = list(dict.fromkeys(said for piece in kept for said in views[piece]))
        if not texts:
            return {}
        close = self.encoder.encode(texts) @ self.matrix.T
        best = {
            said: (float(row.max()), int(row.argmax()))
            for said, row in zip(texts, close, strict=True)
        }
        found = {}
        for piece in kept:
            said = max(views[piece], key=lambda one: best[one][0])
            near = NEAR if " " in said else NEAR_ALONE
            if best[said][0] >= near:
                found[piece] = self.keys[best[said][1]]
        return found


_IN_MEMORY: "WeakKeyDictionary[Engine, SkillMeanings]" = WeakKeyDictionary()
_READING = threading.Lock()


def current_meanings(work: Work) -> SkillMeanings | None:
    """The meanings as they are now; None without an encoder, or before vectors were made."""
    encoder = find_encoder() if work.settings.semantic_matching else None
    if encoder is None:
        return None
    catalogue, engine = current_catalogue(work), work.session.get_bind().engine
    made = work.session.scalar(select(MatchIndexRow.revision)) or 0
    revision = (made, catalogue.revision, catalogue.releases)
    with _READING:
        known = _IN_MEMORY.get(engine)
        if known is None or known.revision != revision:
            anchors = skill_anchors(work, catalogue)
            vectors = read_vectors(work, list(anchors))
            keys = tuple(anchors.values()) if vectors is not None else ()
            matrix = vectors if vectors is not None else np.zeros((0, 1), np.float32)
            known = SkillMeanings(revision, encoder, matrix, keys)
            _IN_MEMORY[engine] = known
    return known if known.keys else None


def _views(piece: str) -> list[str]:
    """A piece without what leads in, and without what follows; none of a long or short one."""
    bare = _LEAD.sub("", piece.strip()).strip(" .,:'-()")
    if len(bare) <= 3 or len(bare.split()) > LONGEST_PIECE or _PLACE.search(bare):
        return []
    return list(dict.fromkeys(said for said in (bare, _TAIL.sub("", bare)) if len(said) > 3))
