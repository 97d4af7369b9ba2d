"""A world to judge in: an issuer's published documents, and badges it signed."""

import copy
import json
from datetime import UTC, datetime, timedelta

from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from credentials.enquiries.answers import refuse
from credentials.openbadges.composition import compose_credential
from credentials.openbadges.documents import compose_did_document
from credentials.openbadges.keys import P256Signer
from credentials.openbadges.proofs import sign_document
from credentials.openbadges.status_list import compose_status_list, new_bits
from credentials.verification.extraction import ExtractionError, extract_file
from credentials.verification.resolution import Fetched, LookupFailedError
from credentials.verification.trust import TrustRegistry
from credentials.verification.verifier import Verifier
from tests.unit.credentials.openbadges.samples import DID, ORIGIN, signer, values

NOW = datetime(2026, 3, 3, 12, 0, tzinfo=UTC)
CREATED = "2026-03-02T09:00:00Z"
LIST = f"{ORIGIN}/status/1"
DID_JSON = f"{ORIGIN}/.well-known/did.json"
INDEX = 94_567
ED25519 = Ed25519PrivateKey.from_private_bytes(bytes([7]) * 32)
P256 = ec.derive_private_key(7, ec.SECP256R1())
OTHER_P256 = ec.derive_private_key(9, ec.SECP256R1())
RSA = rsa.generate_private_key(65537, 2048)


def p256_signer(did=DID, key=P256):
    return P256Signer(did, key)


class World:
    """The issuer's published documents; everything that is asked for is written down."""

    def __init__(self):
        keys = [signer().public_key_multibase, p256_signer().public_key_multibase]
        self.did = compose_did_document(DID, keys)
        self.bits, self.list_signer, self.list_changes = new_bits(), signer(), {}
        self.list_from = NOW - timedelta(hours=1)
        self.failing, self.note, self.pages, self.asked = {}, None, {}, []

    def fetch(self, lookup):
        url = lookup.url
        self.asked.append(url)
        if url in self.failing:
            raise LookupFailedError(self.failing[url])
        documents = {DID_JSON: self.did, LIST: self.status_list(), **self.pages}
        if url not in documents:
            raise LookupFailedError("not_found")
        page = documents[url]
        content = page if isinstance(page, bytes) else json.dumps(page).encode()
        return Fetched(content, "application/json")

    def status_list(self):
        unsigned = compose_status_list(
            list_url=LIST,
            issuer_id=self.list_signer.controller,
            bits=self.bits,
            valid_from=self.list_from,
            valid_until=self.list_from + timedelta(days=1),
        )
        return sign_document({**unsigned, **self.list_changes}, self.list_signer, created=CREATED)

    def verifier(self, trust=(DID,), **parts):
        registry = parts.pop("registry", TrustRegistry(dict.fromkeys(trust, "Example College")))
        return Verifier(resolver=self, trust=registry, status_note=lambda _: self.note, **parts)

    def judge(self, document, now=NOW, trust=(DID,), **parts):
        """The verdict on JSON, a token, or the bytes of a file."""
        verifier = self.verifier(trust, **parts)
        if isinstance(document, dict):
            return verifier.judge(document, now=now)
        content = document.encode() if isinstance(document, str) else document
        try:
            return verifier.verify(extract_file(content), now=now)
        except ExtractionError as error:
            return refuse(error.code, now).verdict


def unsigned(**changes):
    return compose_credential(values(**changes))


def badge(**changes):
    return sign_document(unsigned(**changes), signer(), created=CREATED)


def signed(document, by=None, created=CREATED):
    """The document signed anew, whatever it says."""
    plain = {name: part for name, part in document.items() if name != "proof"}
    return sign_document(plain, by or signer(), created=created)


def changed(path, value, document=None):
    """A copy with one member changed; `path` is like `proof/0/created`."""
    known = copy.deepcopy(document if document is not None else badge())
    *above, last = [int(name) if name.isdigit() else name for name in path.split("/")]
    node = known
    for name in above:
        node = node[name]
    node[last] = value
    return known


def status_entry(**changes):
    """The status entry of a badge; a change to None leaves the member out."""
    known = {**unsigned()["credentialStatus"], **changes}
    return {name: part for name, part in known.items() if part is not None}


def with_status(*entries):
    return signed({**unsigned(), "credentialStatus": list(entries)})
