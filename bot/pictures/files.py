"""Files made at delivery: a badge's picture with the credential inside, its JSON, evidence."""

import base64
import re
from collections.abc import Mapping
from functools import lru_cache
from typing import Any
from xml.sax.saxutils import escape

from bot.pictures.badge import SIZE, draw_badge
from credentials.evidence import read_evidence
from credentials.issuing import find_badge
from credentials.openbadges.baking import SVG_NAMESPACE, bake_png, bake_svg
from credentials.openbadges.reading import read_json
from credentials.unit_of_work import Institution

KEPT = 128  # pictures in memory, about 20 MB
_NOT_PLAIN = re.compile(r"[^a-z0-9]+")


def badge_file(institution: Institution, args: Mapping[str, Any]) -> tuple[bytes, str]:
    """The baked PNG of `args["badge_id"]` and its file name.

    Raises:
        NotFoundError: there is no such badge.
    """
    with institution.read() as work:
        badge = find_badge(work, badge_id=str(args["badge_id"]))
    return bake_badge(badge.credential, badge.code), f"{_stem(badge.achievement.code)}.png"


def credential_file(institution: Institution, args: Mapping[str, Any]) -> tuple[bytes, str]:
    """The signed JSON of `args["badge_id"]` and its file name.

    Raises:
        NotFoundError: there is no such badge.
    """
    with institution.read() as work:
        badge = find_badge(work, badge_id=str(args["badge_id"]))
    return badge.credential.encode(), f"{_stem(badge.achievement.code)}.json"


def evidence_file(institution: Institution, args: Mapping[str, Any]) -> tuple[bytes, str]:
    """The file of `args["evidence_id"]` and its name.

    Raises:
        NotFoundError: there is no such file.
    """
    with institution.read() as work:
        return read_evidence(work, evidence_id=str(args["evidence_id"]))


@lru_cache(maxsize=KEPT)
def bake_badge(credential: str, code: str) -> bytes:
    """The picture of a signed credential with the credential inside; drawn once a process."""
    picture = draw_badge(read_json(credential.encode()), code=code)
    return bake_png(picture, credential)


@lru_cache(maxsize=KEPT)
def bake_badge_svg(credential: str, code: str) -> bytes:
    """The same picture as SVG with the credential inside."""
    document = read_json(credential.encode())
    picture = draw_badge(document, code=code)
    side, data = SIZE, base64.b64encode(picture).decode()
    svg = (
        f'<svg xmlns="{SVG_NAMESPACE}" width="{side}" height="{side}" viewBox="0 0 {side} {side}">'
        f"<title>{escape(str(document['name']))}</title>"
        f'<image width="{side}" height="{side}" href="data:image/png;base64,{data}"/></svg>'
    )
    return bake_svg(svg.encode(), credential)


def _stem(text: str) -> str:
    return "badge-" + _NOT_PLAIN.sub("-", text.lower()).strip("-")
