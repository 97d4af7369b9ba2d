"""The VC-API, for conformance runs only (SKILLMARK_VC_API): issues and verifies any credential.

Its issuer is a did:key of its own, derived from the key-encryption key, and its status lists live
as long as the process: nothing of it counts as a badge of the institution.

https://w3c-ccg.github.io/vc-api/
"""

import json
import secrets
import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from http import HTTPStatus
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from bot.web.limits import limited
from credentials.openbadges.composition import instant
from credentials.openbadges.data_model import DataModelError, check_credential
from credentials.openbadges.dids import did_key
from credentials.openbadges.keys import Ed25519Signer, multikey
from credentials.openbadges.proofs import ProofError, sign_document
from credentials.openbadges.reading import MAX_BYTES, ReadingError, read_json
from credentials.openbadges.status_list import LENGTH, compose_status_list, new_bits, with_bit
from credentials.openbadges.vocabulary import ASSERTION, STATUS_ENTRY
from credentials.sealing import load_kek
from credentials.unit_of_work import Institution
from credentials.verification.any_credential import (
    LEEWAY,
    AnyVerifier,
    NotVerifiedError,
    Wanted,
)
from credentials.verification.resolution import (
    Fetched,
    Lookup,
    LookupFailedError,
    Resolver,
)

LISTS = "/vc-api/status"
PURPOSE = "VC-API issuer key"
FULL_AT = LENGTH // 2
VALID_FOR = timedelta(hours=24)
MALFORMED = "https://www.w3.org/TR/vc-data-model#MALFORMED_VALUE_ERROR"
AUTHENTICATION = "authentication"


@dataclass
class Register:
    """Status lists and which credential has which entry; safe among threads."""

    origin: str
    _lists: dict[str, bytes] = field(default_factory=dict)
    _given: dict[str, set[int]] = field(default_factory=dict)
    _entries: dict[str, tuple[str, int]] = field(default_factory=dict)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def add(self, credential_id: str | None) -> dict[str, Any]:
        """A status entry at a random place that nobody has."""
        with self._lock:
            name = next((n for n, given in self._given.items() if len(given) < FULL_AT), None)
            if name is None:
                name = secrets.token_urlsafe(9)
                self._lists[name], self._given[name] = new_bits(), set()
            index = secrets.randbelow(LENGTH)
            while index in self._given[name]:
                index = secrets.randbelow(LENGTH)
            self._given[name].add(index)
            if credential_id is not None:
                self._entries[credential_id] = (name, index)
        url = self.url(name)
        return {
            "id": f"{url}#{index}",
            "type": STATUS_ENTRY,
            "statusPurpose": "revocation",
            "statusListIndex": str(index),
            "statusListCredential": url,
        }

    def set_status(self, credential_id: str, *, is_set: bool) -> bool:
        """Set or clear a credential's bit; False when it is not known."""
        with self._lock:
            if credential_id not in self._entries:
                return False
            name, index = self._entries[credential_id]
            self._lists[name] = with_bit(self._lists[name], index, is_set=is_set)
            return True

    def bits(self, name: str) -> bytes | None:
        return self._lists.get(name)

    def url(self, name: str) -> str:
        return f"{self.origin}{LISTS}/{name}"


class VcApi:
    """`/credentials/issue`, `/credentials/verify`, `/presentations/verify` and what they need."""

    def __init__(self, institution: Institution, network: Resolver) -> None:
        self._institution = institution
        self._network = network
        self._register = Register(institution.settings.public_url)
        seed = load_kek(institution.settings, may_create=True).derive(PURPOSE)
        private = Ed25519PrivateKey.from_private_bytes(seed)
        self._signer = Ed25519Signer(did_key(multikey(private.public_key())), private)
        self._verifier = AnyVerifier(self)

    def routes(self) -> list[Route]:
        return [
            Route("/vc-api", self.describe),
            Route("/credentials/issue", self.issue, methods=["POST"]),
            Route("/credentials/verify", self.verify, methods=["POST"]),
            Route("/credentials/status", self.change_status, methods=["POST"]),
            Route("/presentations/verify", self.verify_presentation, methods=["POST"]),
            Route(f"{LISTS}/{{name}}", self.status_list),
            Route(f"{LISTS}/{{name}}/publish", self.publish, methods=["POST"]),
        ]

    async def describe(self, request: Request) -> Response:
        """The issuer that conformance runs are told of."""
        return JSONResponse({"issuer": self._signer.controller})

    async def issue(self, request: Request) -> Response:
        return await _answer(request, self._issue)

    async def verify(self, request: Request) -> Response:
        return await _answer(request, self._verify)

    async def verify_presentation(self, request: Request) -> Response:
        return await _answer(request, self._verify_presentation)

    async def change_status(self, request: Request) -> Response:
        return await _answer(request, self._change_status)

    async def status_list(self, request: Request) -> Response:
        found = await run_in_threadpool(self._status_list, request.path_params["name"])
        if found is None:
            return _refused("not_found", "statusListCredential", HTTPStatus.NOT_FOUND)
        return JSONResponse(found, headers={"Access-Control-Allow-Origin": "*"})

    async def publish(self, request: Request) -> Response:
        """Lists are always current."""
        return Response(status_code=HTTPStatus.NO_CONTENT)

    def fetch(self, lookup: Lookup) -> Fetched:
        """A Resolver: our own status lists from here, everything else from the network."""
        start = self._register.url("")
        if not lookup.url.startswith(start):
            return self._network.fetch(lookup)
        found = self._status_list(lookup.url.removeprefix(start))
        if found is None:
            raise LookupFailedError("not_found")
        return Fetched(json.dumps(found).encode(), "application/json")

    def _issue(self, body: Mapping[str, Any]) -> Response:
        document = body.get("credential")
        if not isinstance(document, dict):
            raise DataModelError("credential: must be an object")
        document.setdefault("issuer", self._signer.controller)
        check_credential(document)
        document = self._as_issuer(document)
        if "credentialStatus" not in document:
            document = {**document, "credentialStatus": self._register.add(document.get("id"))}
        return JSONResponse({"verifiableCredential": self._signed(document)}, HTTPStatus.CREATED)

    def _as_issuer(self, document: dict[str, Any]) -> dict[str, Any]:
        """The credential with our DID as its issuer; nothing is signed in another's name."""
        own, issuer = self._signer.controller, document["issuer"]
        return {**document, "issuer": {**issuer, "id": own} if isinstance(issuer, dict) else own}

    def _verify(self, body: Mapping[str, Any]) -> Response:
        now, wanted = self._institution.clock.now(), _wanted(body, ASSERTION)
        self._verifier.verify_credential(body.get("verifiableCredential"), wanted, now=now)
        return JSONResponse({"verified": True, "checks": list(wanted.checks), "errors": []})

    def _verify_presentation(self, body: Mapping[str, Any]) -> Response:
        now, wanted = self._institution.clock.now(), _wanted(body, AUTHENTICATION)
        document = body.get("verifiablePresentation", body.get("presentation"))
        self._verifier.verify_presentation(document, wanted, now=now)
        return JSONResponse({"verified": True, "checks": list(wanted.checks), "errors": []})

    def _change_status(self, body: Mapping[str, Any]) -> Response:
        wanted = body.get("credentialStatus")
        is_set = bool(body.get("status", True))
        if not isinstance(wanted, Mapping) or wanted.get("statusPurpose", "") != "revocation":
            raise DataModelError("credentialStatus: only the purpose revocation is kept here")
        if not self._register.set_status(str(body.get("credentialId")), is_set=is_set):
            return _refused(MALFORMED, "credentialId", HTTPStatus.NOT_FOUND)
        return JSONResponse({})

    def _status_list(self, name: str) -> dict[str, Any] | None:
        bits = self._register.bits(name)
        if bits is None:
            return None
        now = self._institution.clock.now()
        return self._signed(
            compose_status_list(
                list_url=self._register.url(name),
                issuer_id=self._signer.controller,
                bits=bits,
                valid_from=now,
                valid_until=now + VALID_FOR,
            )
        )

    def _signed(self, document: dict[str, Any]) -> dict[str, Any]:
        """With one proof as an object; only Open Badges ask for a list."""
        created = instant(self._institution.clock.now())
        signed = sign_document(document, self._signer, created=created, leeway=LEEWAY)
        return {**signed, "proof": signed["proof"][0]}


async def _answer(request: Request, use: Callable[[Mapping[str, Any]], Response]) -> Response:
    try:
        content = await limited(request, MAX_BYTES).body()
        return await run_in_threadpool(lambda: use(read_json(content)))
    except ReadingError as error:
        return _refused(MALFORMED, error.code)
    except DataModelError as error:
        return _refused(MALFORMED, str(error))
    except ProofError as error:
        return _refused(MALFORMED, f"{error.code} {error}")
    except NotVerifiedError as error:
        return _refused(error.kind, str(error))


def _refused(kind: str, detail: str, status: HTTPStatus = HTTPStatus.BAD_REQUEST) -> Response:
    title = kind.rpartition("#")[2]
    problem = {"type": kind, "title": title, "detail": detail}
    return JSONResponse({"verified": False, "errors": [problem]}, status)


def _wanted(body: Mapping[str, Any], purpose: str) -> Wanted:
    options = body.get("options")
    given = options if isinstance(options, Mapping) else {}
    checks = given.get("checks")
    return Wanted(
        purpose=str(given.get("expectedProofPurpose", purpose)),
        domain=given.get("domain"),
        challenge=given.get("challenge"),
        checks=checks if isinstance(checks, list) and checks else ["proof", "credentialStatus"],
    )
