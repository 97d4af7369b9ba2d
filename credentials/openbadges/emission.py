"""Writes a document as canonical N-Quads without a JSON-LD processor: RDFC-1.0 over term tables.

The walk follows JSON-LD 1.1 API §5.1 (expansion) and §7 (to RDF) with the tables of `terms`; the
labels follow RDFC-1.0 §4.4 for graphs whose blank nodes all have different first-degree hashes.
Everything else raises UnsupportedError: members that no table knows, nulls, relative references,
keywords, odd numbers, deep nesting. So nothing is ever left out in silence.

https://www.w3.org/TR/json-ld11-api/ · https://www.w3.org/TR/rdf-canon/
"""

import hashlib
import math
import re
from collections.abc import Mapping, Sequence
from typing import Any, Final

from credentials.openbadges.reading import MAX_DEPTH
from credentials.openbadges.terms import (
    PLAIN_IRI,
    XSD,
    Context,
    Member,
    Table,
    UnsupportedError,
    compiled,
)

RDF: Final = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
I18N: Final = "https://www.w3.org/ns/i18n#"
_TYPE: Final = f"<{RDF}type>"
_FIRST, _REST, _NIL = f"<{RDF}first>", f"<{RDF}rest>", f"<{RDF}nil>"
_BOOLEAN, _INTEGER, _DOUBLE = (f"^^<{XSD}{name}>" for name in ("boolean", "integer", "double"))
LANGUAGE_TAG: Final = re.compile(r"[A-Za-z]{1,8}(?:-[A-Za-z0-9]{1,8}){0,8}")
_DIRECTIONS: Final = frozenset({"ltr", "rtl"})
_NEEDS_ESCAPE: Final = re.compile(r'["\\\x00-\x1f\x7f]').search
# RDFC-1.0 §5: the canonical form of N-Quads escapes these and nothing else.
_ESCAPES: Final = {
    **{code: f"\\u{code:04X}" for code in (*range(0x20), 0x7F)},
    0x08: "\\b",
    0x09: "\\t",
    0x0A: "\\n",
    0x0C: "\\f",
    0x0D: "\\r",
    0x22: '\\"',
    0x5C: "\\\\",
}

Quad = tuple[str, str, str, str]  # terms of N-Quads; the default graph is empty


class TwinsError(Exception):
    """Blank nodes with equal first-degree hashes; `nquads` is the graph, not yet canonical."""

    def __init__(self, nquads: str) -> None:
        super().__init__("blank nodes look alike")
        self.nquads = nquads


def emit(unsecured: Mapping[str, Any], contexts: Sequence[Any], hash_name: str = "sha256") -> str:
    """Canonical N-Quads of a document given without its `@context` and proof.

    `hash_name` is the hash that orders blank nodes (RDFC-1.0 §4.2).

    Raises:
        UnsupportedError: the tables do not cover it.
        TwinsError: only a search through permutations can label it.
    """
    if not all(isinstance(url, str) for url in contexts):
        raise UnsupportedError("a context given inline")
    graph = _Graph(unsecured)
    graph.node(unsecured, compiled(tuple(contexts)), "", 1)
    return graph.canonical(hash_name)


class _Graph:
    """The statements of one document.

    `ground` are finished lines. Of each blank node, `_said` holds the rest of the lines that begin
    with it and mention no other, `_edges` the quads that mention another blank node or end with it.
    """

    def __init__(self, document: Mapping[str, Any]) -> None:
        self._guarded, self._met = _guarded_ids(document), set[str]()
        self._ground: list[str] = []
        self._said: dict[str, list[str]] = {}
        self._edges: list[Quad] = []

    def node(self, node: Mapping[str, Any], context: Context, graph: str, depth: int) -> str:
        """Write a node object; its subject."""
        if depth > MAX_DEPTH or not node:
            raise UnsupportedError("depth")
        if "@context" in node:
            kinds = node.get("type")
            if "VerifiableCredential" not in (kinds if type(kinds) is list else [kinds]):
                raise UnsupportedError("contexts of something that is no credential")
            context = context.named(node["@context"])
        table = context.table(node.get("type"))
        subject = self._subject(node, table)
        said = [f" {_TYPE} {kind} .\n" for kind in table.types]
        members = table.members
        for name, value in node.items():
            member = members.get(name)
            if member is None:
                if name == "@context":
                    continue
                raise UnsupportedError(name)
            if type(value) is str and member.is_text:
                said.append(f"{member.opening}{_escaped(value)}{member.closing}")
            elif member.predicate[0] != "@":
                self._values(subject, said, member, value, (table, graph, depth))
            elif value is None:
                raise UnsupportedError("null")
        self._say(subject, said, graph)
        return subject

    def canonical(self, hash_name: str) -> str:
        """The quads with their canonical labels, sorted (RDFC-1.0 §4.4)."""
        if not self._said:
            return "".join(sorted(set(self._ground)))
        hashes = self._hashes(hash_name)
        if len(set(hashes.values())) != len(hashes):
            raise TwinsError("".join(self._lines({label: label for label in hashes})))
        order = sorted(hashes, key=hashes.__getitem__)
        return "".join(sorted(self._lines({old: f"_:c14n{n}" for n, old in enumerate(order)})))

    def _hashes(self, hash_name: str) -> dict[str, str]:
        """Each blank node's hash by what is said with it (RDFC-1.0 §4.6)."""
        about = {label: [f"_:a{end}" for end in set(said)] for label, said in self._said.items()}
        # Different quads may give the same line, and RDFC-1.0 hashes both.
        for quad in set(self._edges):
            for label in {term for term in quad if term[:2] == "_:"}:
                own = ("_:a" if t == label else "_:z" if t[:2] == "_:" else t for t in quad)
                about[label].append(_line(*own))
        return {
            label: hashlib.new(hash_name, "".join(sorted(lines)).encode()).hexdigest()
            for label, lines in about.items()
        }

    def _lines(self, labels: Mapping[str, str]) -> set[str]:
        lines = set(self._ground)
        for old, said in self._said.items():
            label = labels[old]
            lines.update([label + end for end in said])
        of = labels.get
        lines.update([_line(of(s, s), p, of(o, o), of(g, g)) for s, p, o, g in self._edges])
        return lines

    def _say(self, subject: str, said: list[str], graph: str) -> None:
        if graph:
            # In a graph of its own every statement mentions the graph's blank node too.
            for end in said:
                predicate, _, rest = end[1:-3].partition(" ")
                self._edges.append((subject, predicate, rest, graph))
        elif subject[0] == "_":
            self._said[subject] += said
        else:
            self._ground += [subject + end for end in said]

    def _subject(self, node: Mapping[str, Any], table: Table) -> str:
        iri = node.get("id")
        if iri is None:
            if "id" in node:
                raise UnsupportedError("id")
            return self._blank()
        subject = _iri(iri, table)
        if iri in self._guarded:
            if iri in self._met:
                raise UnsupportedError("a second object with the same id")
            self._met.add(iri)
        return subject

    def _blank(self) -> str:
        label = f"_:b{len(self._said)}"
        self._said[label] = []
        return label

    def _values(
        self,
        subject: str,
        said: list[str],
        member: Member,
        value: Any,
        place: tuple[Table, str, int],
    ) -> None:
        if member.container == "@list":
            found = [self._list(member, value, place)]
        else:
            items = value if type(value) is list else (value,)
            found = [self._object(member, item, place) for item in items]
        for term in found:
            if term[0] == "_":
                self._edges.append((subject, member.predicate, term, place[1]))
            else:
                said.append(f" {member.predicate} {term} .\n")

    def _object(self, member: Member, value: Any, place: tuple[Table, str, int]) -> str:
        kind = type(value)
        if kind is str and member.container != "@graph":
            return _text(member, value, place[0])
        if kind is dict:
            return self._below(member, value, place)
        if member.kind is not None and member.kind[0] == "@":
            raise UnsupportedError("a number or boolean in the place of a reference")
        if kind is bool:
            return f'"{"true" if value else "false"}"{member.suffix or _BOOLEAN}'
        if kind is int or kind is float:
            return _number(value, member)
        raise UnsupportedError("null, or a list in a list")

    def _below(self, member: Member, value: dict[str, Any], place: tuple[Table, str, int]) -> str:
        _, graph, depth = place
        if member.kind == "@json" or ("@value" in value and member.container == "@graph"):
            raise UnsupportedError("@json")
        if "@value" in value:
            return _value_object(value)
        if member.container == "@graph":
            if not value.keys() - {"id", "@context"}:
                raise UnsupportedError("a graph in which nothing is said")
            name = self._blank()
            self.node(value, member.inner, name, depth + 1)
            return name
        return self.node(value, member.inner, graph, depth + 1)

    def _list(self, member: Member, value: Any, place: tuple[Table, str, int]) -> str:
        items = value if isinstance(value, list) else [value]
        objects = [self._object(member, item, place) for item in items]
        rest = _NIL
        for found in reversed(objects):
            cell = self._blank()
            self._edges += [(cell, _FIRST, found, place[1]), (cell, _REST, rest, place[1])]
            rest = cell
        return rest


def _guarded_ids(document: Mapping[str, Any]) -> frozenset[Any]:
    """What must stand in one place only: the document, its subjects and its statuses."""
    found: list[Any] = [document]
    for name in ("credentialSubject", "credentialStatus"):
        part = document.get(name)
        found += part if isinstance(part, list) else [part]
    ids = (node.get("id") for node in found if isinstance(node, Mapping))
    return frozenset(text for text in ids if isinstance(text, str))


def _line(s: str, p: str, o: str, g: str) -> str:
    return f"{s} {p} {o} {g} .\n" if g else f"{s} {p} {o} .\n"


def _text(member: Member, value: str, table: Table) -> str:
    kind = member.kind
    if kind == "@id":
        return _iri(value, table)
    if kind == "@vocab":
        if value not in member.names:
            raise UnsupportedError(value)
        return f"<{member.names[value]}>"
    if kind == "@json":
        raise UnsupportedError("@json")
    return f'"{_escaped(value)}"{member.suffix}'


def _value_object(value: Mapping[str, Any]) -> str:
    """A text with its language and direction (JSON-LD 1.1 API §7.2.2, rdfDirection i18n-datatype)."""
    text, language, direction = (value.get(n) for n in ("@value", "@language", "@direction"))
    if not isinstance(text, str) or not {"@value", "@language", "@direction"}.issuperset(value):
        raise UnsupportedError("a value object")
    if "@language" in value and not (
        isinstance(language, str) and LANGUAGE_TAG.fullmatch(language)
    ):
        raise UnsupportedError("@language")
    tag = language.lower() if isinstance(language, str) else ""
    if "@direction" in value:
        if direction not in _DIRECTIONS:
            raise UnsupportedError("@direction")
        return f'"{_escaped(text)}"^^<{I18N}{tag}_{direction}>'
    return f'"{_escaped(text)}"@{tag}' if tag else f'"{_escaped(text)}"'


def _iri(value: Any, table: Table) -> str:
    if type(value) is not str or not PLAIN_IRI.fullmatch(value):
        raise UnsupportedError("not an absolute IRI in plain spelling")
    prefix, _, rest = value.partition(":")
    if prefix in table.terms and not rest.startswith("//"):
        raise UnsupportedError("a compact IRI")
    return f"<{value}>"


def _number(value: float, member: Member) -> str:
    """Integers as they are, others as `1.5E0` (JSON-LD 1.1 API §7.2.2 steps 10 and 11)."""
    if member.suffix == _DOUBLE:
        raise UnsupportedError("xsd:double")
    if isinstance(value, float):
        if not math.isfinite(value) or (value == 0 and math.copysign(1, value) < 0):
            raise UnsupportedError("number")
        if not value.is_integer() or abs(value) >= 1e21:
            return f'"{double(value)}"{member.suffix or _DOUBLE}'
    if abs(value) >= 1e21:
        raise UnsupportedError("number")
    return f'"{int(value)}"{member.suffix or _INTEGER}'


def double(value: float) -> str:
    """The canonical form of xsd:double as JSON-LD writes it: at most 16 digits."""
    mantissa, exponent = f"{value:.15E}".split("E")
    mantissa = mantissa.rstrip("0")
    return f"{mantissa}{'0' if mantissa.endswith('.') else ''}E{int(exponent)}"


def _escaped(text: str) -> str:
    return text.translate(_ESCAPES) if _NEEDS_ESCAPE(text) else text
