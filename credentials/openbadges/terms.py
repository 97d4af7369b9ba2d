"""Term tables: what each member of a node means, compiled once from the bundled contexts.

This is the part of JSON-LD 1.1's context processing (JSON-LD 1.1 API §4) that the bundled contexts
use: terms, type coercion, sets, lists, graphs, scoped contexts and protection. Whatever goes beyond
raises UnsupportedError, and the JSON-LD processor decides instead.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Final

from credentials.openbadges.bundled import UnknownContextError, context_of

XSD: Final = "http://www.w3.org/2001/XMLSchema#"
MAX_TABLES = 256  # of one context; beyond that somebody is trying combinations of types
# Absolute IRIs (RFC 3987) as every processor writes them; others are left to the processor. Nothing
# is tried twice, or a long one would cost hundreds of bytes for each character.
PLAIN_IRI: Final = re.compile(
    r"[A-Za-z][A-Za-z0-9+.-]*+:(?:[A-Za-z0-9._~!$&'()*+,;=:@/?#"
    "\u00a0-\ud7ff\uf900-\ufdcf\ufdf0-\uffef\U00010000-\U0001fffd-]++|%[0-9A-Fa-f]{2})++"
)
MAX_URLS = 24  # of contexts within one another
_DEFINED = frozenset({"@id", "@type", "@container", "@context", "@protected"})
_ABSENT: Final = object()


class UnsupportedError(Exception):
    """Something these tables do not know; nothing is said about whether it is right."""


@dataclass(frozen=True, slots=True)
class Term:
    """A term's definition. `kind` is `@id`, `@vocab`, `@json`, a datatype's IRI, or None."""

    iri: str
    kind: str | None
    container: str
    scoped: Any
    is_protected: bool

    def is_like(self, other: "Term") -> bool:
        """Whether both define the same, protection apart (JSON-LD 1.1 API §4.2.2 step 26)."""
        return (self.iri, self.kind, self.container, self.scoped) == (
            other.iri,
            other.kind,
            other.container,
            other.scoped,
        )


@dataclass(frozen=True, slots=True)
class Member:
    """How a member is written: its predicate, and what its values are.

    `suffix` follows a literal's closing quote; `opening` and `closing` are what stands around a
    text, when `is_text`; `names` are the words of a `@vocab` member; `inner` is the context in which
    node objects below it are read.
    """

    predicate: str
    kind: str | None
    suffix: str
    is_text: bool
    opening: str
    closing: str
    container: str
    names: Mapping[str, str]
    inner: "Context"


@dataclass(frozen=True, slots=True)
class Table:
    """A node's members by name, and its types as terms of N-Quads."""

    members: Mapping[str, Member]
    types: tuple[str, ...]
    terms: Mapping[str, Term]


class Context:
    """An active context, with the tables of the nodes that were read in it.

    `urls` are the bundled contexts it consists of; None when it holds a scoped one.
    """

    def __init__(self, terms: Mapping[str, Term], urls: tuple[str, ...] | None = None) -> None:
        self.terms, self.urls = terms, urls
        self._tables: dict[tuple[str, ...], Table] = {}

    def table(self, types: Any) -> Table:
        """The table of a node with the given `type` member (None when it has none).

        Raises:
            UnsupportedError: a type that is no term or IRI, or types that contradict one another.
        """
        names = tuple(types) if isinstance(types, list) else () if types is None else (types,)
        try:
            return self._tables[names]
        except KeyError:
            pass
        except TypeError as error:
            raise UnsupportedError("type") from error
        table = self._compile(names)
        if len(self._tables) >= MAX_TABLES:
            self._tables.clear()
        self._tables[names] = table
        return table

    def named(self, urls: Any) -> "Context":
        """This context with bundled ones added, as a credential inside another names them.

        Raises:
            UnsupportedError: not a URL or a list of URLs, or one is not bundled.
        """
        more = urls if isinstance(urls, list) else [urls]
        if self.urls is None or not all(isinstance(url, str) for url in more):
            raise UnsupportedError("context")
        if len(self.urls) + len(more) > MAX_URLS:
            raise UnsupportedError("context")
        return compiled((*self.urls, *more))

    def scoped(self, local: Any, *, may_override: bool = False) -> "Context":
        """This context with a term's own added; None is the empty one.

        Raises:
            UnsupportedError: it uses what these tables do not know, or redefines protected terms.
        """
        if local is None and may_override:
            return EMPTY
        if not isinstance(local, Mapping):
            raise UnsupportedError("context")
        return Context(_defined(self.terms, local, may_override=may_override))

    def _compile(self, names: tuple[str, ...]) -> Table:
        if not all(isinstance(name, str) for name in names):
            raise UnsupportedError("type")
        # JSON-LD 1.1 API §5.1.2 step 11: type-scoped contexts, in the order of the types' names.
        scoped = self
        for name in sorted(set(names)):
            term = self.terms.get(name)
            if term is not None and term.scoped is not _ABSENT:
                scoped = scoped.scoped(term.scoped)
        members = {name: self._member(scoped, term) for name, term in scoped.terms.items()}
        types = tuple(dict.fromkeys(f"<{expanded(name, self.terms)}>" for name in names))
        return Table(members, types, scoped.terms)

    def _member(self, active: "Context", term: Term) -> Member:
        inner, names = self, active
        if term.scoped is not _ABSENT:
            # A type-scoped context ends at the next node object, a property-scoped one begins.
            inner = self.scoped(term.scoped, may_override=True)
            names = active.scoped(term.scoped, may_override=True)
        is_keyword, is_plain = term.iri.startswith("@"), term.kind in {None, f"{XSD}string"}
        suffix = "" if is_plain else f"^^<{term.kind}>"
        is_coerced = term.kind is not None and term.kind.startswith("@")
        return Member(
            predicate=term.iri if is_keyword else f"<{term.iri}>",
            kind=term.kind,
            suffix=suffix,
            is_text=not is_keyword and not is_coerced and term.container != "@list",
            opening=f' <{term.iri}> "',
            closing=f'"{suffix} .\n',
            container=term.container,
            names={name: known.iri for name, known in names.terms.items()}
            if term.kind == "@vocab"
            else {},
            inner=inner,
        )


EMPTY: Final = Context({}, ())


@lru_cache(maxsize=64)
def compiled(urls: tuple[str, ...]) -> Context:
    """The context that a document with these `@context` URLs begins in.

    Raises:
        UnsupportedError: one is not bundled, or uses what these tables do not know.
    """
    terms: Mapping[str, Term] = {}
    for url in urls:
        try:
            local = context_of(url)
        except UnknownContextError as error:
            raise UnsupportedError(url) from error
        for part in local if isinstance(local, list) else [local]:
            if not isinstance(part, Mapping):
                raise UnsupportedError(url)
            terms = _defined(terms, part, may_override=False)
    return Context(terms, urls)


def expanded(name: str, terms: Mapping[str, Term]) -> str:
    """A term or an absolute IRI as an IRI; names with a prefix that is a term are not ours.

    Raises:
        UnsupportedError: it is neither.
    """
    if name in terms:
        return terms[name].iri
    prefix, colon, rest = name.partition(":")
    is_compact = prefix in terms and not rest.startswith("//")
    if not colon or is_compact or not PLAIN_IRI.fullmatch(name):
        raise UnsupportedError(name)
    return name


def _defined(
    active: Mapping[str, Term], local: Mapping[str, Any], *, may_override: bool
) -> dict[str, Term]:
    entries = {name: value for name, value in local.items() if not name.startswith("@")}
    if not {name for name in local if name.startswith("@")} <= {"@protected", "@version"}:
        raise UnsupportedError("context")
    protects = local.get("@protected", False) is True
    terms = dict(active)
    for name, value in entries.items():
        found = _term(name, value, entries, active, protects=protects)
        known = active.get(name)
        if known is not None and known.is_protected and not may_override:
            if not found.is_like(known):
                raise UnsupportedError(f"protected: {name}")
            found = known
        terms[name] = found
    return terms


def _term(
    name: str,
    value: Any,
    local: Mapping[str, Any],
    active: Mapping[str, Term],
    *,
    protects: bool,
) -> Term:
    entry = {"@id": value} if isinstance(value, str) else value
    if not isinstance(entry, Mapping) or "@id" not in entry or not _DEFINED.issuperset(entry):
        raise UnsupportedError(name)
    if ":" in name:
        raise UnsupportedError(name)
    iri = _iri(entry["@id"], local, active, avoid=name)
    if iri.startswith("@") and (name, iri) not in {("id", "@id"), ("type", "@type")}:
        raise UnsupportedError(name)
    kind = entry.get("@type")
    if isinstance(kind, str) and kind not in {"@id", "@vocab", "@json"}:
        kind = _iri(kind, local, active, avoid=name)
    container = entry.get("@container", "")
    if container not in {"", "@set", "@list", "@graph"} or not isinstance(kind, str | None):
        raise UnsupportedError(name)
    if kind is not None and kind.startswith("@") and kind not in {"@id", "@vocab", "@json"}:
        raise UnsupportedError(name)
    scoped = entry.get("@context", _ABSENT)
    return Term(iri, kind, container, scoped, entry.get("@protected", protects) is True)


def _iri(text: Any, local: Mapping[str, Any], active: Mapping[str, Term], *, avoid: str) -> str:
    if not isinstance(text, str) or text == avoid:
        raise UnsupportedError(avoid)
    if text in {"@id", "@type"}:
        return text
    if text in local:
        entry = local[text]
        return _iri(
            entry.get("@id") if isinstance(entry, Mapping) else entry, local, active, avoid=text
        )
    prefix, _, rest = text.partition(":")
    if prefix in local and not rest.startswith("//"):
        raise UnsupportedError(text)
    return expanded(text, active)
