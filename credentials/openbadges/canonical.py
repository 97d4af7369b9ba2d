"""Canonical form of a credential: RDFC-1.0 over the bundled contexts, and only where it is safe.

A signature covers the RDF graph, people and programs read the JSON. Where the two could differ the
document is refused: terms the contexts do not define, relative references, nulls, keywords and
IRIs in the place of terms (they would hide a member such as credentialStatus from a reader of
JSON), and a second object about the credential itself. Graphs built to make canonicalization
explode are refused before it starts (RDFC-1.0 §7.1).
"""

import hashlib
import json
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from typing import Any

import pyoxigraph as ox

from credentials.openbadges.bundled import UnknownContextError, context_of
from credentials.openbadges.reading import MAX_DEPTH

# Undefined terms and relative references would be dropped or guessed by a JSON-LD processor. With
# this vocabulary and base they become visible and are refused.
_UNDEFINED = "https://undefined.invalid/term#"
_RELATIVE = "https://relative.invalid/"
MAX_TWINS = 16  # blank nodes that only permutations can tell apart


class CanonicalError(ValueError):
    """The contexts do not fix what the document says; `code` says why."""

    def __init__(self, code: str, detail: str = "") -> None:
        super().__init__(detail or code)
        self.code = code


def canonical_form(document: Mapping[str, Any]) -> bytes:
    """Canonical N-Quads of a document, UTF-8, without its proof.

    Raises:
        CanonicalError: context_not_allowed, context_unknown, undefined_term, null_value, too_deep,
            hidden_member, malformed_document, too_complex.
    """
    contexts = document.get("@context")
    if not isinstance(contexts, list) or not all(isinstance(url, str) for url in contexts):
        raise CanonicalError("context_not_allowed")
    unsecured = {name: part for name, part in document.items() if name not in {"@context", "proof"}}
    _refuse_hidden(unsecured)
    _refuse_second_self(unsecured)
    dataset = _parse(unsecured, tuple(contexts))
    _refuse_explosive(dataset)
    dataset.canonicalize(ox.CanonicalizationAlgorithm.RDFC_1_0)
    text = "".join(sorted(f"{quad} .\n" for quad in dataset))
    if f"<{_UNDEFINED}" in text or f"<{_RELATIVE}" in text:
        raise CanonicalError("undefined_term")
    return text.encode()


@lru_cache(maxsize=32)
def _inline(contexts: tuple[str, ...]) -> str:
    known = [context_of(url) for url in contexts]
    return json.dumps([*known, {"@vocab": _UNDEFINED}])


def _parse(unsecured: Mapping[str, Any], contexts: tuple[str, ...]) -> ox.Dataset:
    try:
        inline = _inline(contexts)
    except UnknownContextError as error:
        raise CanonicalError("context_unknown", str(error)[:200]) from error
    text = f'{{"@context":{inline},{json.dumps(unsecured)[1:]}'
    try:
        return ox.Dataset(ox.parse(text, ox.RdfFormat.JSON_LD, base_iri=_RELATIVE))
    except (SyntaxError, ValueError) as error:
        raise CanonicalError("malformed_document", str(error)[:200]) from error


def _refuse_hidden(node: Any, depth: int = 1) -> None:
    """Refuse what a JSON-LD processor would drop or read under another name."""
    if depth > MAX_DEPTH + 1:
        raise CanonicalError("too_deep")
    if node is None:
        raise CanonicalError("null_value")
    if isinstance(node, Mapping):
        for name, part in node.items():
            if name == "@context":
                raise CanonicalError("context_not_allowed", "a context inside")
            if name.startswith("@") or ":" in name:
                raise CanonicalError("undefined_term", name[:80])
            _refuse_hidden(part, depth + 1)
    elif isinstance(node, list):
        for part in node:
            _refuse_hidden(part, depth + 1)
    elif isinstance(node, str) and node.startswith("_:"):
        raise CanonicalError("hidden_member", "a blank node with a label")


def _refuse_second_self(document: Mapping[str, Any]) -> None:
    # Members of the credential could stand in a second object with its id.
    own = document.get("id")
    if own is None:
        return
    for node in _objects(list(document.values())):
        if node.get("id") == own:
            raise CanonicalError("hidden_member", "a second object with the credential's id")


def _objects(parts: Sequence[Any]) -> Iterator[Mapping[str, Any]]:
    for part in parts:
        if isinstance(part, Mapping):
            yield part
            yield from _objects(list(part.values()))
        elif isinstance(part, list):
            yield from _objects(part)


def _refuse_explosive(dataset: ox.Dataset) -> None:
    """Refuse graphs whose blank nodes only a search through permutations can tell apart.

    Blank nodes with equal first-degree hashes (RDFC-1.0 §4.6) that touch one another cost a
    factorial of their number; a handful is harmless, and real credentials have none.
    """
    about: dict[str, list[tuple[str, str, str, str]]] = {}
    for quad in dataset:
        terms = (quad.subject, quad.predicate, quad.object, quad.graph_name)
        quad_terms = (str(terms[0]), str(terms[1]), str(terms[2]), str(terms[3]))
        for term in terms:
            if isinstance(term, ox.BlankNode):
                about.setdefault(str(term), []).append(quad_terms)
    looks = {node: _look(node, quads) for node, quads in about.items()}
    number = Counter(looks.values())
    twins = {node for node, look in looks.items() if number[look] > 1}
    touching = sum(
        1
        for node in twins
        if any(term in twins and term != node for quad in about[node] for term in quad)
    )
    if touching > MAX_TWINS:
        raise CanonicalError("too_complex")


def _look(node: str, quads: list[tuple[str, str, str, str]]) -> bytes:
    lines = sorted(
        " ".join("_:a" if term == node else "_:z" if term[:2] == "_:" else term for term in quad)
        for quad in quads
    )
    return hashlib.sha256("\n".join(lines).encode()).digest()
