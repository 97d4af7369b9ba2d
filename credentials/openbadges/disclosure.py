"""What a holder shows of a credential: derived proofs of `ecdsa-sd-2023`, verified.

https://www.w3.org/TR/vc-di-ecdsa/#ecdsa-sd-2023

The issuer signs the statements that must always be shown together, and every other one by itself
with a key of that credential alone; the holder passes on what they like. What is not shown is not
known: neither an end nor a status that was left out can be told from one that never was.
"""

import re
from collections import Counter
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from cryptography.hazmat.primitives.asymmetric import ec

from credentials.openbadges.keys import (
    KeyFormatError,
    base58_encode,
    base64url_decode,
    base64url_encode,
    parse_multikey,
)
from credentials.openbadges.suites import signature_holds

HEADER = bytes.fromhex("d95d01")  # CBOR tag 0x5d01: a derived proof
MAX_PROOF_VALUE = 128 * 1024  # characters
MAX_STATEMENTS = 1_000
SIGNATURE_BYTES, KEY_BYTES, LABEL_BYTES = 64, 35, 32
_LINE = re.compile(
    r'(_:\S+|<[^>]*>) (<[^>]*>) (_:\S+|<[^>]*>|".*"(?:@\S+|\^\^<[^>]*>)?)( _:\S+| <[^>]*>)? \.'
)


class DisclosureError(ValueError):
    """Not a derived proof, or one that does not hold; `code` says which."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True)
class Disclosure:
    """A derived proof, taken apart."""

    signature: bytes
    key: bytes  # the credential's own, as Multikey bytes
    statements: tuple[bytes, ...]  # a signature for each
    labels: Mapping[int, bytes]
    mandatory: tuple[int, ...]


def read_disclosure(value: Any) -> Disclosure:
    """A derived proof's value (§3.5.7, parseDerivedProofValue).

    Raises:
        DisclosureError: malformed_proof; a base proof, which is for the holder alone, too.
    """
    if not isinstance(value, str) or not value.startswith("u") or len(value) > MAX_PROOF_VALUE:
        raise DisclosureError("malformed_proof")
    try:
        raw = base64url_decode(value[1:])
        if not raw.startswith(HEADER):
            raise DisclosureError("malformed_proof")
        parts = _Cbor(raw[len(HEADER) :]).whole()
        signature, key, statements, labels, mandatory = parts
    except (KeyFormatError, ValueError, TypeError) as error:
        raise DisclosureError("malformed_proof") from error
    found = Disclosure(signature, key, tuple(statements), labels, tuple(mandatory))
    _check(found)
    return found


def mandatory_lines(canonical: bytes, found: Disclosure) -> bytes:
    """The statements the issuer signed together; every other one is verified here.

    `canonical` is the shown document in canonical N-Quads.

    Raises:
        DisclosureError: malformed_proof, invalid_signature.
    """
    lines = sorted(_relabelled(line, found) for line in canonical.decode().splitlines())
    if len(lines) > MAX_STATEMENTS or any(place >= len(lines) for place in found.mandatory):
        raise DisclosureError("invalid_signature")
    together = set(found.mandatory)
    others = [line for place, line in enumerate(lines) if place not in together]
    if len(others) != len(found.statements):
        raise DisclosureError("invalid_signature")
    key = parse_multikey("z" + base58_encode(found.key))
    for line, signature in zip(others, found.statements, strict=True):
        if not signature_holds(key, signature, f"{line}\n".encode()):
            raise DisclosureError("invalid_signature")
    return "".join(f"{lines[place]}\n" for place in found.mandatory).encode()


def without_labels(document: Mapping[str, Any]) -> dict[str, Any]:
    """The document without ids that only label a blank node, which some derive proofs with.

    A label that stands in two places says that two objects are one; it stays and is refused later.
    """
    times = Counter(_labels(document))
    return dict(_without(document, {label for label, number in times.items() if number == 1}))


def _labels(node: Any) -> Iterator[str]:
    if isinstance(node, str) and node.startswith("_:"):
        yield node
    elif isinstance(node, Mapping | list):
        for part in node.values() if isinstance(node, Mapping) else node:
            yield from _labels(part)


def _without(node: Any, labels: Collection[str]) -> Any:
    if isinstance(node, list):
        return [_without(part, labels) for part in node]
    if not isinstance(node, Mapping):
        return node
    return {
        name: _without(part, labels)
        for name, part in node.items()
        if not (name == "id" and isinstance(part, str) and part in labels)
    }


def _check(found: Disclosure) -> None:
    sizes = {len(part) for part in (found.signature, *found.statements) if type(part) is bytes}
    kinds = {type(part) for part in (found.signature, found.key, *found.statements)}
    places, labels = found.mandatory, found.labels
    is_sound = (
        kinds == {bytes}
        and sizes == {SIGNATURE_BYTES}
        and len(found.key) == KEY_BYTES
        and len(found.statements) <= MAX_STATEMENTS
        and all(type(place) is int for place in places)
        and list(places) == sorted(set(places))
        and isinstance(labels, dict)
        and all(type(n) is int and type(label) is bytes for n, label in labels.items())
        and all(len(label) == LABEL_BYTES for label in labels.values())
        # Two nodes of one label would be one to the signature and two to the reader.
        and len(set(labels.values())) == len(labels)
    )
    if not is_sound:
        raise DisclosureError("malformed_proof")
    try:
        key = parse_multikey("z" + base58_encode(found.key))
    except KeyFormatError as error:
        raise DisclosureError("malformed_proof") from error
    if not isinstance(key, ec.EllipticCurvePublicKey):
        raise DisclosureError("malformed_proof")


def _relabelled(line: str, found: Disclosure) -> str:
    match = _LINE.fullmatch(line)
    assert match is not None
    terms = [_label(term.strip(), found) for term in match.groups() if term]
    return " ".join([*terms, "."])


def _label(term: str, found: Disclosure) -> str:
    if not term.startswith("_:"):
        return term
    label = found.labels.get(int(term.removeprefix("_:c14n")))
    if label is None:
        raise DisclosureError("invalid_signature")
    return f"_:u{base64url_encode(label)}"


class _Cbor:
    """RFC 8949 as far as these proofs need it: unsigned integers, bytes, arrays, maps, texts.

    Definite lengths in their shortest form only, three levels deep; anything else is a ValueError.
    """

    def __init__(self, raw: bytes) -> None:
        self._raw, self._place = raw, 0

    def whole(self) -> Any:
        value = self._value(3)
        if self._place != len(self._raw):
            raise ValueError("more than one value")
        return value

    def _value(self, levels: int) -> Any:
        kind, argument = self._head()
        if kind == 0:
            return argument
        if kind in {2, 3}:
            return self._take(argument)
        if kind not in {4, 5} or levels == 0 or argument > len(self._raw):
            raise ValueError("another kind of value")
        if kind == 4:
            return [self._value(levels - 1) for _ in range(argument)]
        pairs = [(self._value(0), self._value(levels - 1)) for _ in range(argument)]
        if len(dict(pairs)) != len(pairs):
            raise ValueError("a key twice")
        return dict(pairs)

    def _head(self) -> tuple[int, int]:
        first = self._take(1)[0]
        kind, short = first >> 5, first & 31
        if short < 24:
            return kind, short
        if short > 26:
            raise ValueError("a length that is none here")
        size = 1 << (short - 24)
        argument = int.from_bytes(self._take(size), "big")
        if argument < (24, 1 << 8, 1 << 16)[short - 24]:
            raise ValueError("not the shortest form")
        return kind, argument

    def _take(self, size: int) -> bytes:
        part = self._raw[self._place : self._place + size]
        if len(part) != size:
            raise ValueError("cut off")
        self._place += size
        return part
