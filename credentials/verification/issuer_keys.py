"""The key an issuer allows for assertions under a name, from the issuer's own document (CID 1.0)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import urlsplit

from credentials.openbadges.dids import DidError, did_web_url, key_of_did_key
from credentials.openbadges.keys import KeyFormatError, PublicKey, parse_jwk, parse_multikey
from credentials.openbadges.reading import ReadingError, read_json
from credentials.openbadges.vocabulary import ASSERTION
from credentials.verification.dates import parse_instant
from credentials.verification.refusal import RefusedError
from credentials.verification.resolution import LookupFailedError, Resolver
from credentials.verification.verdict import Outcome


@dataclass(frozen=True)
class IssuerKey:
    """A key with the instants from which it may no longer sign."""

    key: PublicKey
    expires: datetime | None = None
    revoked: datetime | None = None


@dataclass(frozen=True)
class IssuerKeys:
    resolver: Resolver

    def find(self, issuer: str, method: Any) -> IssuerKey:
        """The issuer's key with this name: a verificationMethod, or a `kid` that is an https URL.

        Raises:
            RefusedError: the name is not the issuer's, or the issuer does not allow the key.
            LookupFailedError: the issuer's document could not be had.
        """
        if not isinstance(method, str):
            raise RefusedError("issuer_key_mismatch")
        if issuer.startswith("https:"):
            return self._web_key(issuer, method)
        if not issuer.startswith("did:"):
            raise RefusedError("did_malformed")
        if method.partition("#")[0] != issuer:
            raise RefusedError("issuer_key_mismatch")
        if issuer.startswith("did:key:"):
            return _did_key(issuer, method)
        return _assertion_key(self._did_document(issuer), issuer, method)

    def is_listed(self, issuer: str, key: PublicKey) -> IssuerKey:
        """The issuer's assertion key that equals one given without a name.

        Raises:
            RefusedError: the issuer has no such key, or no document to look in.
            LookupFailedError: the issuer's document could not be had.
        """
        if not issuer.startswith("did:"):
            raise RefusedError("key_not_bound", Outcome.UNKNOWN)
        if issuer.startswith("did:key:"):
            known = [_did_key(issuer, f"{issuer}#{issuer.removeprefix('did:key:')}")]
        else:
            document = self._did_document(issuer)
            names = [name for name in _assertion_names(document, issuer) if name]
            known = [_assertion_key(document, issuer, name) for name in names]
        for found in known:
            if found.key == key:
                return found
        raise RefusedError("key_not_authorised")

    def _did_document(self, did: str) -> dict[str, Any]:
        if not did.startswith("did:web:"):
            raise RefusedError("did_method_not_supported", Outcome.UNKNOWN)
        try:
            url = did_web_url(did)
        except DidError as error:
            raise RefusedError("did_malformed") from error
        document = self._read(url, redirects=False)
        if document.get("id") != did:
            raise RefusedError("did_document_mismatch")
        return document

    def _web_key(self, issuer: str, url: str) -> IssuerKey:
        # OB 3.0 §8.2.3: a kid may be a URL that gives a JWK. Only the issuer's own host is asked.
        if not url.startswith("https:") or urlsplit(url).netloc != urlsplit(issuer).netloc:
            raise RefusedError("issuer_key_mismatch")
        found = self._read(url, redirects=False)
        entries = found.get("keys", [found])
        for entry in entries if isinstance(entries, list) else []:
            if isinstance(entry, Mapping) and entry.get("kid", url) == url:
                return IssuerKey(_public_key({"publicKeyJwk": entry}))
        raise RefusedError("key_not_found")

    def _read(self, url: str, *, redirects: bool) -> dict[str, Any]:
        try:
            return read_json(self.resolver.fetch(url, redirects=redirects).content)
        except ReadingError as error:
            raise LookupFailedError(error.code) from error


def _did_key(did: str, method: str) -> IssuerKey:
    if method != f"{did}#{did.removeprefix('did:key:')}":
        raise RefusedError("issuer_key_mismatch")
    try:
        return IssuerKey(key_of_did_key(did))
    except DidError as error:
        raise RefusedError("key_malformed") from error


def _assertion_key(document: Mapping[str, Any], did: str, name: str) -> IssuerKey:
    """The key, if `assertionMethod` names or holds it and its controller is the issuer."""
    if name not in _assertion_names(document, did):
        raise RefusedError("key_not_authorised")
    found = [entry for entry in _methods(document) if _absolute(entry.get("id"), did) == name]
    if len(found) != 1:
        raise RefusedError("key_not_found")
    method = found[0]
    if method.get("controller") != did:
        raise RefusedError("key_not_authorised")
    limits = {}
    for limit in ("expires", "revoked"):
        limits[limit] = parse_instant(method.get(limit))
        if limit in method and limits[limit] is None:
            raise RefusedError("key_malformed")
    return IssuerKey(_public_key(method), **limits)


def _assertion_names(document: Mapping[str, Any], did: str) -> list[str]:
    entries = document.get(ASSERTION)
    known = entries if isinstance(entries, list) else []
    return [
        _absolute(entry.get("id") if isinstance(entry, Mapping) else entry, did) for entry in known
    ]


def _methods(document: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    known: list[Mapping[str, Any]] = []
    for place in ("verificationMethod", ASSERTION):
        entries = document.get(place)
        known += [
            entry
            for entry in (entries if isinstance(entries, list) else [])
            if isinstance(entry, Mapping)
        ]
    return known


def _absolute(name: Any, did: str) -> str:
    if not isinstance(name, str):
        return ""
    return did + name if name.startswith("#") else name


def _public_key(method: Mapping[str, Any]) -> PublicKey:
    multibase, jwk = method.get("publicKeyMultibase"), method.get("publicKeyJwk")
    try:
        if isinstance(multibase, str):
            return parse_multikey(multibase)
        if isinstance(jwk, Mapping):
            return parse_jwk(jwk)
    except KeyFormatError as error:
        raise RefusedError("key_malformed", detail=str(error)) from error
    raise RefusedError("key_malformed")
