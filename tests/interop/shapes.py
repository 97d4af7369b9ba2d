"""Badges as other issuers write them, in both versions of the data model."""

import copy
from typing import Any

from tests.bench.foreign import foreign_shapes
from tests.interop.college import DID, LIST
from tests.unit.credentials.openbadges.samples import full_document

Document = dict[str, Any]
BEGIN, END = "2024-01-15T00:00:00Z", "2099-01-15T00:00:00Z"
OPEN_BADGES = "https://purl.imsglobal.org/spec/ob/v3p0"


def _with_status(badge: Document) -> Document:
    return {
        **badge,
        "credentialStatus": {
            "id": f"{LIST}#",
            "type": "BitstringStatusListEntry",
            "statusPurpose": "revocation",
            "statusListIndex": "94567",
            "statusListCredential": LIST,
        },
    }


def _dated(badge: Document) -> Document:
    return _with_status({**copy.deepcopy(badge), "validFrom": BEGIN, "validUntil": END})


def _full() -> Document:
    badge = full_document()
    badge["issuer"]["id"] = DID
    # Its policy is of a type that no context defines, so that others would not sign it.
    del badge["termsOfUse"]
    return _dated(badge)


def _older(badge: Document, context: str) -> Document:
    """The same badge in the data model 1.1, which Open Badges 3.0 began with."""
    names = {"validFrom": "issuanceDate", "validUntil": "expirationDate"}
    renamed = {names.get(name, name): part for name, part in _dated(badge).items()}
    for node in (renamed["issuer"], renamed["credentialSubject"]["achievement"]):
        node.pop("image")  # which the first contexts spell in another way
    contexts = [
        "https://www.w3.org/2018/credentials/v1",
        f"{OPEN_BADGES}/{context}",
        "https://www.w3.org/ns/credentials/status/v1",
        "https://w3id.org/security/data-integrity/v2",
    ]
    return {
        **renamed,
        "@context": contexts,
        "type": ["VerifiableCredential", "OpenBadgeCredential"],
    }


PLAIN, WITH_EVIDENCE, WITH_RESULTS, ENDORSED = foreign_shapes(DID)
#: Name → (version of the data model, unsigned badge).
SHAPES: dict[str, tuple[int, Document]] = {
    "plain": (2, _dated(PLAIN)),
    "evidence": (2, _dated(WITH_EVIDENCE)),
    "results": (2, _dated(WITH_RESULTS)),
    "endorsed": (2, _dated(ENDORSED)),
    "full": (2, _full()),
    "plain 1.1": (1, _older(PLAIN, "context-3.0.1.json")),
    "results 1.1": (1, _older(WITH_RESULTS, "context.json")),
}
#: One shape of each version for the many faults.
REPRESENTATIVES = {2: "plain", 1: "plain 1.1"}
