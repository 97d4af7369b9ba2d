"""Canonical form of a credential: RDFC-1.0 over the bundled contexts, and only where it is safe.

A signature covers the RDF graph, people and programs read the JSON. Where the two could differ the
document is refused (`safe_mode`). Graphs built to make canonicalization explode are refused before
it starts (RDFC-1.0 §7.1).

Documents that `emission` understands are written directly; it knows no half-understood document.
The rest goes through safe mode and a JSON-LD processor.
"""

import hashlib
import json
import math
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pyoxigraph as ox

from credentials.openbadges.bundled import UnknownContextError, context_of
from credentials.openbadges.emission import I18N, TwinsError, double, emit
from credentials.openbadges.safe_mode import (
    RELATIVE,
    UNDEFINED,
    UnsafeError,
    is_iri,
    nested_contexts,
    refuse_unsafe,
)
from credentials.openbadges.terms import UnsupportedError

MAX_TWINS = 16  # blank nodes that only permutations can tell apart
MAX_ALIKE = 6  # of them beside one another, all orders of which are tried: 720
MAX_CONTEXTS = 64  # of a document, with those of the credentials in it
_ALGORITHMS = {
    "sha256": ox.CanonicalizationAlgorithm.RDFC_1_0,
    "sha384": ox.CanonicalizationAlgorithm.RDFC_1_0_SHA_384,
}


@dataclass(frozen=True)
class Leeway:
    """What counts besides the bundled contexts, for credentials that are no badges.

    `contexts` are `@context` values by URL; contexts given inline are taken too. Terms that no
    context defines belong to `vocabulary`, or are refused.
    """

    contexts: Mapping[str, Any]
    vocabulary: str = UNDEFINED


class CanonicalError(ValueError):
    """The contexts do not fix what the document says; `code` says why."""

    def __init__(self, code: str, detail: str = "") -> None:
        super().__init__(detail or code)
        self.code = code


def canonical_form(
    document: Mapping[str, Any],
    *,
    with_proof: bool = False,
    leeway: Leeway | None = None,
    hash_name: str = "sha256",
) -> bytes:
    """Canonical N-Quads of a document, UTF-8; its proof is left out unless it is asked for.

    `hash_name` is `sha256` or `sha384`, the hash that orders blank nodes (RDFC-1.0 §4.2).

    Raises:
        CanonicalError: context_not_allowed, context_unknown, undefined_term, null_value, too_deep,
            hidden_member, malformed_document, too_complex.
    """
    contexts = document.get("@context")
    if not isinstance(contexts, list) or not all(_is_context(part, leeway) for part in contexts):
        raise CanonicalError("context_not_allowed")
    if len(contexts) > MAX_CONTEXTS:
        raise CanonicalError("too_complex", "many contexts")
    left_out = {"@context"} if with_proof else {"@context", "proof"}
    unsecured = {name: part for name, part in document.items() if name not in left_out}
    try:
        text = emit(unsecured, contexts, hash_name)
    except TwinsError as twins:
        text = _labelled(ox.Dataset(ox.parse(twins.nquads, ox.RdfFormat.N_QUADS)), hash_name)
    except UnsupportedError:
        text = processed_form(unsecured, contexts, leeway, hash_name)
    try:
        return text.encode()
    except UnicodeEncodeError as error:
        raise CanonicalError("malformed_document", "half of a surrogate pair") from error


def _is_context(part: Any, leeway: Leeway | None) -> bool:
    return isinstance(part, str) or (leeway is not None and isinstance(part, Mapping))


def processed_form(
    unsecured: Mapping[str, Any],
    contexts: Sequence[Any],
    leeway: Leeway | None = None,
    hash_name: str = "sha256",
) -> str:
    """The canonical form by way of safe mode and a JSON-LD processor, whatever the document.

    Raises:
        CanonicalError: as `canonical_form`.
    """
    # Contexts of unknown terms could make references of labels, and graphs of any shape with them.
    if leeway is not None and _is_labelled(unsecured):
        raise CanonicalError("hidden_member", "a blank node with a label")
    try:
        refuse_unsafe(unsecured if leeway is None else _without_contexts(unsecured))
    except UnsafeError as error:
        raise CanonicalError(error.code, str(error)) from error
    # The processor is given every context anew, some 20 KB each time that one is named.
    if len(contexts) + _number_of_contexts(unsecured) > MAX_CONTEXTS:
        raise CanonicalError("too_complex", "many contexts")
    dataset = _parse(unsecured, contexts, leeway)
    _refuse_odd_numbers(unsecured, dataset)
    text = _labelled(dataset, hash_name)
    if f"<{UNDEFINED}" in text or f"<{RELATIVE}" in text:
        raise CanonicalError("undefined_term")
    return text


def _labelled(dataset: ox.Dataset, hash_name: str) -> str:
    _refuse_explosive(dataset)
    dataset.canonicalize(_ALGORITHMS[hash_name])
    return "".join(sorted(f"{quad} .\n" for quad in dataset))


def _parse(
    unsecured: Mapping[str, Any], contexts: Sequence[Any], leeway: Leeway | None
) -> ox.Dataset:
    plain = {"@context": _inline(contexts, leeway), **_plain(unsecured, leeway)}
    try:
        return ox.Dataset(ox.parse(json.dumps(plain), ox.RdfFormat.JSON_LD, base_iri=RELATIVE))
    except (SyntaxError, ValueError) as error:
        raise CanonicalError("malformed_document", str(error)[:200]) from error


def _inline(contexts: Sequence[Any], leeway: Leeway | None) -> list[Any]:
    more = {} if leeway is None else leeway.contexts
    try:
        known = [
            _given(part)
            if isinstance(part, Mapping)
            else more[part]
            if part in more
            else context_of(part)
            for part in contexts
        ]
    except UnknownContextError as error:
        raise CanonicalError("context_unknown", str(error)[:200]) from error
    if any(isinstance(part, Mapping) and "@vocab" in part for part in known):
        return known
    return [*known, {"@vocab": UNDEFINED if leeway is None else leeway.vocabulary}]


def _given(context: Mapping[str, Any]) -> Any:
    """A context given inline, whose terms must mean IRIs or they would be dropped."""
    definitions = context.get("@context", context)
    for name, entry in definitions.items() if isinstance(definitions, Mapping) else ():
        meaning = entry.get("@id", name) if isinstance(entry, Mapping) else entry
        if isinstance(meaning, str) and not _may_mean(meaning):
            raise CanonicalError("undefined_term", f"{name}: means no IRI")
    return definitions


def _may_mean(text: str) -> bool:
    return text.startswith("@") or is_iri(text) or (":" not in text and is_iri(UNDEFINED + text))


def _inner_contexts(node: Mapping[str, Any], leeway: Leeway | None) -> list[Any] | None:
    if leeway is None:
        return nested_contexts(node)
    inner = node.get("@context")
    known = inner if isinstance(inner, list) else [inner]
    if "@context" in node and not all(_is_context(part, leeway) for part in known):
        raise CanonicalError("context_not_allowed")
    return known if "@context" in node else None


def _without_contexts(node: Any) -> Any:
    if isinstance(node, list):
        return [_without_contexts(part) for part in node]
    if not isinstance(node, Mapping):
        return node
    return {name: _without_contexts(part) for name, part in node.items() if name != "@context"}


def _is_labelled(node: Any) -> bool:
    if isinstance(node, str):
        return node.startswith("_:")
    parts = node.values() if isinstance(node, Mapping) else node if isinstance(node, list) else ()
    return any(_is_labelled(part) for part in parts)


def _number_of_contexts(node: Any) -> int:
    if isinstance(node, list):
        return sum(_number_of_contexts(part) for part in node)
    if not isinstance(node, Mapping):
        return 0
    own = node.get("@context", [])
    inside = sum(_number_of_contexts(part) for name, part in node.items() if name != "@context")
    return inside + (len(own) if isinstance(own, list) else 1)


def _plain(node: Any, leeway: Leeway | None) -> Any:
    """The document as the processor must be given it to say what every other processor says.

    Contexts stand inline. Numbers have the digits that JSON-LD keeps (`%1.15E`). A direction
    becomes a datatype (JSON-LD 1.1 API §7.2.2, rdfDirection `i18n-datatype`).
    """
    if isinstance(node, list):
        return [_plain(part, leeway) for part in node]
    if isinstance(node, float):
        return _plain_number(node)
    if not isinstance(node, Mapping):
        return node
    if "@direction" in node:
        kind = f"{I18N}{node.get('@language', '').lower()}_{node['@direction']}"
        return {"@value": node["@value"], "@type": kind}
    inner = _inner_contexts(node, leeway)
    parts = {name: _plain(part, leeway) for name, part in node.items() if name != "@context"}
    return parts if inner is None else {"@context": _inline(inner, leeway), **parts}


def _plain_number(number: float) -> int | float:
    is_whole = math.isfinite(number) and number.is_integer() and abs(number) < 1e21
    kept = int(number) if is_whole else float(double(number))
    if not math.isfinite(kept) or (is_whole and abs(kept) >= 2**63):
        raise CanonicalError("malformed_document", "a number that the processor would change")
    return kept


def _refuse_odd_numbers(document: Mapping[str, Any], dataset: ox.Dataset) -> None:
    """Refuse numbers that the processor writes in another way than JSON-LD says."""
    texts = {quad.object.value for quad in dataset if isinstance(quad.object, ox.Literal)}
    if not all(double(number) in texts for number in _fractions(document)):
        raise CanonicalError("malformed_document", "a number that the processor would change")


def _fractions(node: Any) -> Iterator[float]:
    if isinstance(node, float) and not (node.is_integer() and abs(node) < 1e21):
        yield node
    elif isinstance(node, Mapping | list):
        for part in node.values() if isinstance(node, Mapping) else node:
            yield from _fractions(part)


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
    touching = 0
    for node in twins:
        beside = {term for quad in about[node] for term in quad if term in twins} - {node}
        touching += bool(beside)
        alike = Counter(looks[term] for term in beside)
        if touching > MAX_TWINS or max(alike.values(), default=0) > MAX_ALIKE:
            raise CanonicalError("too_complex")


def _look(node: str, quads: list[tuple[str, str, str, str]]) -> bytes:
    lines = sorted(
        " ".join("_:a" if term == node else "_:z" if term[:2] == "_:" else term for term in quad)
        for quad in quads
    )
    return hashlib.sha256("\n".join(lines).encode()).digest()
