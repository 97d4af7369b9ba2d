"""Whether a copy of a badge that we issued says, word for word, what we issued.

A proof by RDFC-1.0 covers what a document means. Some changes of the JSON leave that as it is: a
context that defines nothing of what is used, a set in another order, a member of an object that
stands there twice (VC-DI §4.6 asks applications to know the contexts they accept). Strangers cannot
tell such a copy from the original; who has issued it can.
"""

from collections.abc import Callable, Mapping
from typing import Any

#: Our own credential with an id, as it was signed; None for others'.
AsIssued = Callable[[str], Mapping[str, Any] | None]


def is_as_issued(document: Mapping[str, Any], as_issued: AsIssued) -> bool:
    """False for a copy with the proof of one of our badges and other words.

    Lists of one may stand for their item, as in OB 3.0's schema for compacted JSON-LD. Older copies
    of a badge have proofs of their own; whether they still stand, the status list says.
    """
    record = as_issued(str(document.get("id")))
    if record is None or _seals(record) != _seals(document):
        return True
    return bool(_plain(record) == _plain(document))


def _seals(document: Mapping[str, Any]) -> list[Any]:
    proofs = document.get("proof", [])
    known = proofs if isinstance(proofs, list) else [proofs]
    return [proof.get("proofValue") for proof in known if isinstance(proof, Mapping)]


def _plain(node: Any) -> Any:
    if isinstance(node, list):
        items = [_plain(item) for item in node]
        return items[0] if len(items) == 1 else items
    if isinstance(node, Mapping):
        return {name: _plain(part) for name, part in node.items()}
    return node
