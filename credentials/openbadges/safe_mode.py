"""Safe mode: refuses every document of which a JSON-LD processor would drop or guess a part.

A signature over RDF covers what survives expansion (JSON-LD 1.1 API §5). Names and IRIs that are no
IRIs vanish there without a word, terms that no context defines become visible only with a
vocabulary of ours, and an object can stand in a second place. What would not be covered by the
signature, or would be read elsewhere than a reader of JSON looks, is refused here.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from typing import Any

import pyoxigraph as ox

from credentials.openbadges.bundled import PINNED, context_of
from credentials.openbadges.reading import MAX_DEPTH
from credentials.openbadges.vocabulary import VERIFIABLE_CREDENTIAL

#: Undefined terms expand to this vocabulary, relative references to this base; both are refused.
UNDEFINED = "https://undefined.invalid/term#"
RELATIVE = "https://relative.invalid/"
# Others are no language tags and dropped (BCP 47); every processor writes them in lower case.
_LANGUAGE = re.compile(r"[A-Za-z]{1,8}(-[A-Za-z0-9]{1,8}){0,8}")
_VALUE = frozenset({"@value", "@language", "@direction"})
_NAME = re.compile("[A-Za-z0-9_]+")
_GRAPHS = frozenset({"proof", "verifiableCredential"})  # terms whose values are graphs
_OF_SUBJECT = frozenset({"achievement", "identifier", "result"})


class UnsafeError(ValueError):
    """A part of the document would not be signed, or not as it is read; `code` says why."""

    def __init__(self, code: str, detail: str = "") -> None:
        super().__init__(detail or code)
        self.code = code


def refuse_unsafe(document: Mapping[str, Any]) -> None:
    """Refuse an unsecured document (its own `@context` and `proof` taken away) that is not safe.

    Raises:
        UnsafeError: context_not_allowed, undefined_term, null_value, too_deep, hidden_member.
    """
    _refuse_node(document, 1)
    _refuse_second_places(document)


def nested_contexts(node: Mapping[str, Any]) -> list[str] | None:
    """The contexts of an embedded credential such as an endorsement; None when it has none.

    Raises:
        UnsafeError: another object has contexts, or they are no list of URLs.
    """
    if "@context" not in node:
        return None
    contexts, is_credential = node["@context"], VERIFIABLE_CREDENTIAL in _strings(node.get("type"))
    is_list = isinstance(contexts, list) and all(isinstance(url, str) for url in contexts)
    if not is_credential or not is_list:
        raise UnsafeError("context_not_allowed", "a context inside")
    return list(contexts)


def _refuse_node(node: Any, depth: int, name: str = "") -> None:
    if depth > MAX_DEPTH + 1:
        raise UnsafeError("too_deep")
    if node is None:
        raise UnsafeError("null_value", name)
    if isinstance(node, list):
        # Nothing is said with an empty list, so an undefined name would not become visible.
        if _is_hollow(node) and name not in _terms():
            raise UnsafeError("undefined_term", name[:80])
        for part in node:
            _refuse_node(part, depth + 1, name)
        return
    if isinstance(node, Mapping):
        _refuse_object(node, depth)
    elif isinstance(node, str):
        _refuse_text(name, node)
    if name in _GRAPHS:
        _refuse_empty_graph(name, node)


def _refuse_object(node: Mapping[str, Any], depth: int) -> None:
    if "@value" in node:
        _refuse_value_object(node)
        return
    nested_contexts(node)
    for member, part in node.items():
        if member != "@context":
            _refuse_name(member)
            _refuse_node(part, depth + 1, member)


def _refuse_name(name: str) -> None:
    # Keywords and IRIs would hide a member from a reader of JSON; other names must survive
    # expansion, or they would vanish instead of becoming visible as undefined.
    if not _NAME.fullmatch(name) and (
        name.startswith("@") or ":" in name or not is_iri(UNDEFINED + name)
    ):
        raise UnsafeError("undefined_term", name[:80])


def _refuse_value_object(node: Mapping[str, Any]) -> None:
    """A text with its language and direction, nothing else."""
    language, direction = node.get("@language", "en"), node.get("@direction", "ltr")
    is_tagged = isinstance(language, str) and _LANGUAGE.fullmatch(language) is not None
    is_known = isinstance(node["@value"], str) and _VALUE.issuperset(node)
    if not is_known or not is_tagged or direction not in ("ltr", "rtl"):
        raise UnsafeError("undefined_term", "a value object")


def _refuse_text(name: str, text: str) -> None:
    kind = _kind(name)
    if kind is not None and text.startswith("_:"):
        raise UnsafeError("hidden_member", "a blank node with a label")
    if kind == "iri" and not is_iri(text):
        raise UnsafeError("undefined_term", f"no absolute IRI in {name[:80]}")
    if kind == "term" and not (is_iri(UNDEFINED + text) or is_iri(text)):
        raise UnsafeError("undefined_term", f"no term in {name[:80]}")


def _refuse_empty_graph(name: str, node: Any) -> None:
    # Texts, and objects with nothing but an id, are free-floating in a graph and dropped.
    if not isinstance(node, Mapping) or not node.keys() - {"id", "@context"}:
        raise UnsafeError("hidden_member", f"nothing is said in {name}")


def is_iri(text: str) -> bool:
    """Whether a text is an absolute IRI (RFC 3987) to the processor that canonicalizes."""
    try:
        ox.NamedNode(text)
    except ValueError:
        return False
    return True


def _kind(name: str) -> str | None:
    """`iri` or `term` for members whose texts must be such in one of the bundled contexts."""
    if name == "id":
        return "iri"
    return "term" if name == "type" else _coercions().get(name)


@cache
def _coercions() -> dict[str, str]:
    kinds = {"@id": "iri", "@vocab": "term"}
    return {
        term: kinds[definition["@type"]]
        for url in PINNED
        for term, definition in _definitions(context_of(url))
        if definition.get("@type") in kinds
    }


def _is_hollow(node: Any) -> bool:
    return isinstance(node, list) and all(_is_hollow(part) for part in node)


@cache
def _terms() -> frozenset[str]:
    return frozenset(name for url in PINNED for name in _names(context_of(url)))


def _names(context: Any) -> Iterator[str]:
    for part in context if isinstance(context, list) else [context]:
        for term, definition in part.items() if isinstance(part, Mapping) else ():
            yield term
            if isinstance(definition, Mapping):
                yield from _names(definition.get("@context"))


def _definitions(context: Any) -> Iterator[tuple[str, Mapping[str, Any]]]:
    for part in context if isinstance(context, list) else [context]:
        for term, definition in part.items() if isinstance(part, Mapping) else ():
            if isinstance(definition, Mapping):
                yield term, definition
                yield from _definitions(definition.get("@context"))


def _refuse_second_places(document: Mapping[str, Any]) -> None:
    """Refuse members of the credential, its subject or its status that stand somewhere else."""
    statuses = list(_mappings(document.get("credentialStatus")))
    subjects = list(_mappings(document.get("credentialSubject")))
    guarded = {str(node["id"]): node for node in (*statuses, document) if "id" in node}
    holders = {str(node["id"]): node for node in subjects if "id" in node}
    for node in _objects(list(document.values())):
        own = node.get("id")
        if not isinstance(own, str):
            continue
        if own in guarded and node is not guarded[own] and not _is_reference(node):
            raise UnsafeError("hidden_member", "a second object with the same id")
        if own in holders and node is not holders[own] and _OF_SUBJECT & node.keys():
            raise UnsafeError("hidden_member", "a second object with the subject's id")


def _is_reference(node: Mapping[str, Any]) -> bool:
    """Whether an object only points to its id; an endorsement says that it endorses it."""
    if "EndorsementSubject" in _strings(node.get("type")):
        return node.keys() <= {"id", "type", "endorsementComment"}
    return node.keys() == {"id"}


def _strings(value: Any) -> list[str]:
    items = value if isinstance(value, list) else [value]
    return [item for item in items if isinstance(item, str)]


def _mappings(value: Any) -> list[Mapping[str, Any]]:
    items = value if isinstance(value, list) else [value]
    return [item for item in items if isinstance(item, Mapping)]


def _objects(parts: Sequence[Any]) -> Iterator[Mapping[str, Any]]:
    for part in parts:
        if isinstance(part, Mapping):
            yield part
            yield from _objects(list(part.values()))
        elif isinstance(part, list):
            yield from _objects(part)
