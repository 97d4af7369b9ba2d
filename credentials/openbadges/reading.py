"""JSON read strictly and written in one way: what two programs could read differently is refused.

RFC 8259 leaves duplicate keys, sizes and depth open; I-JSON (RFC 7493) closes most of it.
"""

import json
import math
from collections.abc import Mapping
from typing import Any

from pydantic_core import to_json

MAX_BYTES = 256 * 1024
MAX_DEPTH = 32  # levels of objects and arrays
MAX_INTEGER = 2**53 - 1  # what a double holds exactly


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
        value = json.loads(
            raw.decode("utf-8"),
            object_pairs_hook=_unique,
            parse_constant=_refuse_constant,
            parse_float=_finite,
            parse_int=_safe_integer,
        )
        if b"\\u" in raw:
            json.dumps(value, ensure_ascii=False).encode()  # refuses halves of surrogate pairs
    except ReadingError:
        raise
    except UnicodeDecodeError as error:
        raise ReadingError("not_utf8") from error
    except RecursionError as error:
        raise ReadingError("too_deep") from error
    except ValueError as error:
        raise ReadingError("malformed_json") from error
    if not isinstance(value, dict):
        raise ReadingError("not_an_object")
    if raw.count(b"{") + raw.count(b"[") > MAX_DEPTH and _is_deeper(value, MAX_DEPTH):
        raise ReadingError("too_deep")
    return value


def write_json(document: Mapping[str, Any]) -> str:
    """Compact JSON; the same document gives the same text.

    Raises:
        ValueError: a number that JSON does not have, half of a surrogate pair.
    """
    raw = to_json(document, inf_nan_mode="constants")
    if b"NaN" in raw or b"Infinity" in raw:  # a text may say so, a number may not
        return json.dumps(document, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    return raw.decode()


def _is_deeper(value: Any, limit: int) -> bool:
    level = [value]
    for _ in range(limit):
        level = [part for node in level for part in _children(node)]
        if not level:
            return False
    return any(isinstance(node, dict | list) for node in level)


def _children(node: Any) -> list[Any]:
    if isinstance(node, dict):
        return list(node.values())
    return node if isinstance(node, list) else []


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


def _safe_integer(text: str) -> int:
    if len(text) > 17 or abs(int(text)) > MAX_INTEGER:
        raise ReadingError("bad_number")
    return int(text)
