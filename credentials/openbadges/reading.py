"""JSON read strictly: what two programs could read differently is refused."""

import json
import math
from typing import Any

MAX_BYTES = 256 * 1024
MAX_DEPTH = 32


class ReadingError(ValueError):
    """Not acceptable JSON; `code` says why."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


def read_json(content: bytes | str) -> dict[str, Any]:
    """An object of at most 256 KiB and 32 levels, without duplicate keys or odd numbers.

    Raises:
        ReadingError: anything else.
    """
    raw = content.encode("utf-8", "surrogatepass") if isinstance(content, str) else content
    if len(raw) > MAX_BYTES:
        raise ReadingError("too_large")
    try:
        text = raw.decode("utf-8")
    except UnicodeDecodeError as error:
        raise ReadingError("not_utf8") from error
    _refuse_depth(text)
    try:
        value = json.loads(
            text, object_pairs_hook=_unique, parse_constant=_refuse_constant, parse_float=_finite
        )
        json.dumps(value, ensure_ascii=False).encode()
    except ReadingError:
        raise
    except (ValueError, RecursionError) as error:
        raise ReadingError("malformed_json") from error
    if not isinstance(value, dict):
        raise ReadingError("not_an_object")
    return value


def _refuse_depth(text: str) -> None:
    depth, in_string, escaped = 0, False, False
    for character in text:
        if in_string:
            if escaped:
                escaped = False
            elif character == "\\":
                escaped = True
            elif character == '"':
                in_string = False
        elif character == '"':
            in_string = True
        elif character in "[{":
            depth += 1
            if depth > MAX_DEPTH:
                raise ReadingError("too_deep")
        elif character in "]}":
            depth -= 1


def _unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    known = dict(pairs)
    if len(known) != len(pairs):
        raise ReadingError("duplicate_key")
    return known


def _refuse_constant(name: str) -> Any:
    raise ReadingError("bad_number")


def _finite(text: str) -> float:
    number = float(text)
    if not math.isfinite(number):
        raise ReadingError("bad_number")
    return number
