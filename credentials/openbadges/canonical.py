"""Canonical form of a credential: RDFC-1.0 over the bundled contexts, and only where it is safe.

A signature covers the RDF graph, people and programs read the JSON. Where the two could differ the
document is refused (`safe_mode`). Graphs built to make canonicalization explode are refused before
it starts (RDFC-1.0 §7.1).
"""

import hashlib
import json
from collections import Counter
from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import Any

import pyoxigraph as ox

from credentials.openbadges.bundled import UnknownContextError, context_of
from credentials.openbadges.safe_mode import (
    RELATIVE,
    UNDEFINED,
    UnsafeError,
    nested_contexts,
    refuse_unsafe,
)

MAX_TWINS = 16  # blank nodes that only permutations can tell apart


class CanonicalError(ValueError):
    """The contexts do not fix what the document says; `code` says why."""

    def __init__(self, code: str, detail: str = "") -> None:
        super().__init__(detail or code)
        self.code = code


def canonical_form(document: Mapping[str, Any], *, with_proof: bool = False) -> bytes:
    """Canonical N-Quads of a document, UTF-8; its proof is left out unless it is asked for.

    Raises:
        CanonicalError: context_not_allowed, context_unknown, undefined_term, null_value, too_deep,
            hidden_member, malformed_document, too_complex.
    """
    contexts = document.get("@context")
    if not isinstance(contexts, list) or not all(isinstance(url, str) for url in contexts):
        raise CanonicalError("context_not_allowed")
    left_out = {"@context"} if with_proof else {"@context", "proof"}
    unsecured = {name: part for name, part in document.items() if name not in left_out}
    try:
        refuse_unsafe(unsecured)
    except UnsafeError as error:
        raise CanonicalError(error.code, str(error)) from error
    dataset = _parse(unsecured, tuple(contexts))
    _refuse_explosive(dataset)
    dataset.canonicalize(ox.CanonicalizationAlgorithm.RDFC_1_0)
    text = "".join(sorted(f"{quad} .\n" for quad in dataset))
    if f"<{UNDEFINED}" in text or f"<{RELATIVE}" in text:
        raise CanonicalError("undefined_term")
    return text.encode()


@lru_cache(maxsize=32)
def _inline(contexts: tuple[str, ...]) -> str:
    return json.dumps([*_known(contexts), {"@vocab": UNDEFINED}])


def _known(contexts: Iterable[str]) -> list[Any]:
    try:
        return [context_of(url) for url in contexts]
    except UnknownContextError as error:
        raise CanonicalError("context_unknown", str(error)[:200]) from error


def _with_inner_contexts(node: Any) -> Any:
    """The node with the contexts of embedded credentials in place of their URLs."""
    if isinstance(node, Mapping):
        inner = nested_contexts(node)
        parts = {name: _with_inner_contexts(part) for name, part in node.items()}
        return parts if inner is None else {**parts, "@context": _known(inner)}
    return [_with_inner_contexts(part) for part in node] if isinstance(node, list) else node


def _parse(unsecured: Mapping[str, Any], contexts: tuple[str, ...]) -> ox.Dataset:
    text = f'{{"@context":{_inline(contexts)},{_dumps(unsecured)[1:]}'
    try:
        return ox.Dataset(ox.parse(text, ox.RdfFormat.JSON_LD, base_iri=RELATIVE))
    except (SyntaxError, ValueError) as error:
        raise CanonicalError("malformed_document", str(error)[:200]) from error


def _dumps(unsecured: Mapping[str, Any]) -> str:
    text = json.dumps(unsecured)
    return json.dumps(_with_inner_contexts(unsecured)) if '"@context"' in text else text


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
