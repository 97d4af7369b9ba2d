"""What can be wrong with a badge: before it was signed, or done to it afterwards."""

import base64
import copy
import json
from collections.abc import Callable
from typing import Any

Document = dict[str, Any]
ELSEWHERE = "did:key:z6MkhaXgBZDvotDkL5257faiztiGiC2QtKLGpbnnEGta2doK"


def _subject(badge: Document) -> Document:
    subject: Document = badge["credentialSubject"]
    return subject


def change_subject(badge: Document) -> None:
    _subject(badge)["id"] = "did:example:somebody-else"


def drop_subject(badge: Document) -> None:
    del _subject(badge)["id"]
    _subject(badge)["identifier"] = [
        {
            "type": "IdentityObject",
            "hashed": False,
            "identityHash": "eve@example.org",
            "identityType": "emailAddress",
        }
    ]


def change_achievement(badge: Document) -> None:
    _subject(badge)["achievement"]["name"] = "Doctor of Medicine"


def change_criteria(badge: Document) -> None:
    _subject(badge)["achievement"]["criteria"]["narrative"] = "Paid the fee."


def add_alignment(badge: Document) -> None:
    _subject(badge)["achievement"]["alignment"] = [
        {"type": ["Alignment"], "targetName": "Surgery", "targetUrl": "https://example.org/s"}
    ]


def add_evidence(badge: Document) -> None:
    badge["evidence"] = [{"type": ["Evidence"], "name": "A diploma"}]


def change_issuer_name(badge: Document) -> None:
    badge["issuer"]["name"] = "Harvard University"


def change_issuer(badge: Document) -> None:
    badge["issuer"]["id"] = ELSEWHERE


def change_id(badge: Document) -> None:
    badge["id"] = "https://badges.example.edu/assertions/another"


def postpone_end(badge: Document) -> None:
    until = "validUntil" if "validFrom" in badge else "expirationDate"
    badge[until] = "2098-01-01T00:00:00Z"


def change_begin(badge: Document) -> None:
    begin = "validFrom" if "validFrom" in badge else "issuanceDate"
    badge[begin] = "2024-05-05T00:00:00Z"


def drop_status(badge: Document) -> None:
    badge.pop("credentialStatus")


def move_status(badge: Document) -> None:
    badge["credentialStatus"]["statusListIndex"] = "4242"


def add_unknown_member(badge: Document) -> None:
    badge["grade"] = "A+"


def add_null(badge: Document) -> None:
    _subject(badge)["achievement"]["image"] = None


#: Done to the document after it was signed.
CHANGES: dict[str, Callable[[Document], None]] = {
    change.__name__: change
    for change in (
        change_subject,
        drop_subject,
        change_achievement,
        change_criteria,
        add_alignment,
        add_evidence,
        change_issuer_name,
        change_issuer,
        change_id,
        postpone_end,
        change_begin,
        drop_status,
        move_status,
        add_unknown_member,
        add_null,
    )
}


def expire(badge: Document) -> None:
    until = "validUntil" if "validFrom" in badge else "expirationDate"
    badge[until] = "2025-01-01T00:00:00Z"


def revoke(badge: Document) -> None:
    badge["credentialStatus"]["statusListIndex"] = "7"
    badge["credentialStatus"]["id"] += "7"


#: Truly signed, and not to be relied on.
TRULY_SIGNED: dict[str, Callable[[Document], None]] = {"expired": expire, "revoked": revoke}


def changed(badge: Document, fault: str) -> Document:
    """A copy with one of `CHANGES`."""
    copied = copy.deepcopy(badge)
    CHANGES[fault](copied)
    return copied


def _proof(badge: Document) -> Document:
    proof: Any = badge["proof"]
    return dict(proof[0] if isinstance(proof, list) else proof)


def _other_character(text: str, place: int) -> str:
    return text[:place] + ("3" if text[place] != "3" else "4") + text[place + 1 :]


def _swapped_value(proof: Document) -> Document:
    member = "proofValue" if "proofValue" in proof else "jws"
    place = len(proof[member]) // 2
    return {**proof, member: _other_character(proof[member], place)}


#: Done to an embedded proof.
PROOF_CHANGES: dict[str, Callable[[Document], Any]] = {
    "changed_proof_value": _swapped_value,
    "cut_proof_value": lambda proof: {
        **proof,
        **{name: proof[name][:-9] for name in ("proofValue", "jws") if name in proof},
    },
    "no_proof_value": lambda proof: {
        name: part for name, part in proof.items() if name not in {"proofValue", "jws"}
    },
    "created_earlier": lambda proof: {**proof, "created": "2025-03-02T09:00:00Z"},
    "other_purpose": lambda proof: {**proof, "proofPurpose": "authentication"},
    "unknown_suite": lambda proof: {**proof, "type": "DataIntegrityProof", "cryptosuite": "rot13"},
    "somebody_elses_method": lambda proof: {
        **proof,
        "verificationMethod": f"{ELSEWHERE}#{ELSEWHERE.removeprefix('did:key:')}",
    },
    "method_not_there": lambda proof: {
        **proof,
        "verificationMethod": proof["verificationMethod"].partition("#")[0] + "#key-9",
    },
    "no_proof": lambda proof: [],
    "second_proof_bad": lambda proof: [proof, _swapped_value(proof)],
}


def with_changed_proof(badge: Document, fault: str) -> Document:
    """A copy with one of `PROOF_CHANGES`."""
    return {**copy.deepcopy(badge), "proof": PROOF_CHANGES[fault](_proof(badge))}


def decoded(part: str) -> Document:
    return dict(json.loads(base64.urlsafe_b64decode(part + "=" * (-len(part) % 4))))


def encoded(part: Document) -> str:
    raw = json.dumps(part, ensure_ascii=False).encode()
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()


def _with_payload(token: str, change: Callable[[Document], None]) -> str:
    header, payload, signature = token.split(".")
    claims = decoded(payload)
    change(claims.get("vc", claims))
    return f"{header}.{encoded(claims)}.{signature}"


def with_header(token: str, **members: Any) -> str:
    """The token with another header and its old signature."""
    header, payload, signature = token.split(".")
    return f"{encoded({**decoded(header), **members})}.{payload}.{signature}"


TOKEN_CHANGES: dict[str, Callable[[str], str]] = {
    "changed_signature": lambda token: _other_character(token, len(token) - 20),
    "no_signature": lambda token: token.rpartition(".")[0] + ".",
    "alg_none": lambda token: with_header(token, alg="none").rpartition(".")[0] + ".",
    "alg_hs256": lambda token: with_header(token, alg="HS256"),
    "other_kid": lambda token: with_header(token, kid=f"{ELSEWHERE}#1"),
    "critical": lambda token: with_header(token, crit=["exp"]),
    "two_parts": lambda token: token.rpartition(".")[0],
}


def changed_token(token: str, fault: str) -> str:
    """A token with one of `TOKEN_CHANGES`, or of `CHANGES` made in its payload."""
    if fault in TOKEN_CHANGES:
        return TOKEN_CHANGES[fault](token)
    return _with_payload(token, CHANGES[fault])


def cut(content: str) -> bytes:
    """The first part of a file that was sent only in part."""
    return content.encode()[: len(content) * 2 // 3]
