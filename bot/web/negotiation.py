"""Which form of a document somebody asked for (RFC 9110 §12.5.1)."""

import re
from collections.abc import Mapping, Sequence

from starlette.requests import Request

HTML = "text/html"
PNG = "image/png"
JWT_TYPES = ("application/jwt", "application/vc+jwt", "text/plain")
JSON_TYPES = ("application/vc+ld+json", "application/vc", "application/ld+json", "application/json")
FORMATS: Mapping[str, str] = {"html": HTML, "json": JSON_TYPES[0], "jwt": JWT_TYPES[0], "png": PNG}
# Programs that make link previews say `*/*` but read a page's description.
PREVIEWERS = re.compile("bot|facebookexternalhit|whatsapp|preview|slack|embed", re.IGNORECASE)
VARY = "Accept, User-Agent"


def wanted_form(request: Request, offered: Sequence[str]) -> str | None:
    """The offered media type that fits best; None when none does.

    `?format=` wins over the header. Whoever takes anything gets the first that is offered, unless
    it makes link previews.
    """
    named = request.query_params.get("format")
    if named is not None:
        return FORMATS.get(named) if FORMATS.get(named) in offered else None
    accept = request.headers.get("accept", "*/*")
    if accept.strip() == "*/*" and PREVIEWERS.search(request.headers.get("user-agent", "")):
        return HTML if HTML in offered else offered[0]
    return preferred(accept, offered)


def preferred(accept: str, offered: Sequence[str]) -> str | None:
    """The offered media type with the highest weight; among equals, the first offered."""
    ranges = [_range(part) for part in accept.split(",")[:32] if part.strip()]
    weighed = [(_weight(media_type, ranges), media_type) for media_type in offered]
    best = max((weight for weight, _ in weighed), default=0.0)
    return next((found for weight, found in weighed if weight == best), None) if best else None


def _range(part: str) -> tuple[str, float]:
    name, *parameters = (piece.strip() for piece in part.split(";"))
    for parameter in parameters:
        key, _, value = parameter.partition("=")
        if key.strip() == "q":
            try:
                return name.lower(), min(max(float(value), 0.0), 1.0)
            except ValueError:
                return name.lower(), 0.0
    return name.lower(), 1.0


def _weight(media_type: str, ranges: Sequence[tuple[str, float]]) -> float:
    """The weight of the most specific range that covers a media type."""
    known = dict(ranges)
    kind = media_type.partition("/")[0]
    for pattern in (media_type, f"{kind}/*", "*/*"):
        if pattern in known:
            return known[pattern]
    return 0.0
