"""The key an issuer allows for assertions under a name, from the issuer's own document (CID 1.0).

Issuers are DIDs, or https addresses whose documents are controlled-identifier documents, JWKs or
sets of them (OB 3.0 §8.2.3). Only the issuer's own host is ever asked.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import urlsplit

from credentials.openbadges.dids import DidError, did_web_url, key_of_did
from credentials.openbadges.keys import (
    KeyFormatError,
    OtherKeyTypeError,
    PublicKey,
    parse_base58_ed25519,
    parse_jwk,
    parse_multikey,
)
from credentials.openbadges.reading import ReadingError, read_json
from credentials.openbadges.vocabulary import ASSERTION
from credentials.verification.dates import parse_instant
from credentials.verification.refusal import RefusedError
from credentials.verification.resolution import Lookup, LookupFailedError, Resolver
from credentials.verification.verdict import Outcome

_SELF_CERTIFYING = ("did:key:", "did:jwk:")


@dataclass(frozen=True)
class IssuerKey:
    """A key with the instants from which it may no longer sign.

    `algorithm` is the one its JWK names; `is_bound` says whether the issuer's own document has it.
    """

    key: PublicKey
    expires: datetime | None = None
    revoked: datetime | None = None
    algorithm: str | None = None
    is_bound: bool = True


@dataclass(frozen=True)
class IssuerKeys:
    resolver: Resolver

    def find(self, issuer: str, method: Any) -> IssuerKey:
        """The issuer's key with this name: a verificationMethod, or a `kid` that is an https URL.

        Raises:
            RefusedError: the name is not the issuer's, or the issuer does not allow the key.
            LookupFailedError: the issuer's document could not be had.
        """
        if not isinstance(method, str) or not method:
            raise RefusedError("issuer_key_mismatch")
        if issuer.startswith("https:"):
            return self._web_key(issuer, method)
        if not issuer.startswith("did:"):
            raise RefusedError("did_malformed")
        name = method if method.startswith("did:") else f"{issuer}#{method.removeprefix('#')}"
        if name.partition("#")[0] != issuer or method.startswith("https:"):
            raise RefusedError("issuer_key_mismatch")
        if issuer.startswith(_SELF_CERTIFYING):
            return _self_certified(issuer, name)
        return _assertion_key(self._did_document(issuer), issuer, name)

    def is_listed(self, issuer: str, key: PublicKey) -> IssuerKey:
        """The issuer's assertion key that equals one given without a name.

        Raises:
            RefusedError: the issuer has no such key.
            LookupFailedError: the issuer's document could not be had.
        """
        if issuer.startswith("https:"):
            # OB 3.0 §8.2.3 takes such a key as it stands; who made it is for the registry to say.
            return IssuerKey(key, is_bound=False)
        if not issuer.startswith("did:"):
            raise RefusedError("did_malformed")
        if issuer.startswith(_SELF_CERTIFYING):
            known = [_self_certified(issuer, issuer)]
        else:
            document = self._did_document(issuer)
            names = dict.fromkeys(name for name in _assertion_names(document, issuer) if name)
            known = [_assertion_key(document, issuer, name) for name in names]
        for found in known:
            if found.key == key:
                return found
        raise RefusedError("key_not_authorised")

    def _did_document(self, did: str) -> Mapping[str, Any]:
        if not did.startswith("did:web:"):
            raise RefusedError("did_method_not_supported", Outcome.UNKNOWN)
        try:
            url = did_web_url(did)
        except DidError as error:
            raise RefusedError("did_malformed") from error
        document = self._read(url)
        if document.get("id") != did:
            raise RefusedError("did_document_mismatch")
        return document

    def _web_key(self, issuer: str, url: str) -> IssuerKey:
        if not _is_same_host(issuer, url):
            raise RefusedError("issuer_key_mismatch")
        found = self._read(url.partition("#")[0])
        if "keys" in found or "kty" in found:
            return _jwk_named(found, url)
        if found.get("id") == url:
            # The method's own document; the issuer's has to allow it.
            found = self._read(issuer.partition("#")[0])
        if found.get("id") != issuer:
            raise RefusedError("did_document_mismatch")
        return _assertion_key(found, issuer, url)

    def _read(self, url: str) -> Mapping[str, Any]:
        try:
            return read_json(self.resolver.fetch(Lookup(url, redirects=False)).content)
        except ReadingError as error:
            raise LookupFailedError(error.code) from error


def key_in_name(method: Any) -> PublicKey | None:
    """The key that a name is, as in `did:web:HOST#z6Mk…`.

    It proves nothing about the issuer, but what does not hold under it was changed.
    """
    fragment = method.partition("#")[2] if isinstance(method, str) else ""
    try:
        return parse_multikey(fragment) if fragment.startswith("z") else None
    except KeyFormatError:
        return None


def _is_same_host(issuer: str, url: str) -> bool:
    try:
        ours, theirs = urlsplit(issuer), urlsplit(url)
    except ValueError:
        return False
    return theirs.scheme == "https" and ours.netloc == theirs.netloc


def _jwk_named(found: Mapping[str, Any], url: str) -> IssuerKey:
    """The JWK at a URL, or the one of a set that the URL's fragment or the URL itself names."""
    keys = found.get("keys", [found])
    entries = [key for key in (keys if isinstance(keys, list) else []) if isinstance(key, Mapping)]
    names = {url, url.partition("#")[2]} - {""}
    named = [entry for entry in entries if entry.get("kid") in names]
    chosen = named or (entries if len(entries) == 1 and "kid" not in entries[0] else [])
    if len(chosen) != 1:
        raise RefusedError("key_not_found")
    return IssuerKey(_public_key({"publicKeyJwk": chosen[0]}), algorithm=_algorithm(chosen[0]))


def _self_certified(did: str, name: str) -> IssuerKey:
    try:
        key, method = key_of_did(did)
    except DidError as error:
        raise _refused_key(error, is_other=error.is_other_kind) from error
    # A VC-JWT's kid may be the DID alone, which has one key.
    if name not in {method, did, f"{did}#"}:
        raise RefusedError("issuer_key_mismatch")
    return IssuerKey(key)


def _assertion_key(document: Mapping[str, Any], did: str, name: str) -> IssuerKey:
    """The key, if `assertionMethod` names or holds it and its controller is the issuer."""
    found: list[Mapping[str, Any]] = []
    for entry in _methods(document):
        if _absolute(entry.get("id"), did) == name and entry not in found:
            found.append(entry)
    if name not in _assertion_names(document, did):
        # A burnt key is no assertion method any more, but the document still says what became of it.
        is_revoked = len(found) == 1 and "revoked" in found[0]
        raise RefusedError("key_revoked" if is_revoked else "key_not_authorised")
    if len(found) != 1:
        raise RefusedError("key_not_found")
    method = found[0]
    if method.get("controller") != did:
        raise RefusedError("key_not_authorised")
    return IssuerKey(
        _public_key(method),
        expires=_limit(method, "expires"),
        revoked=_limit(method, "revoked"),
        algorithm=_algorithm(method.get("publicKeyJwk")),
    )


def _limit(method: Mapping[str, Any], name: str) -> datetime | None:
    moment = parse_instant(method.get(name))
    if name in method and moment is None:
        raise RefusedError("key_malformed", detail=name)
    return moment


def _assertion_names(document: Mapping[str, Any], did: str) -> list[str]:
    entries = document.get(ASSERTION)
    known = entries if isinstance(entries, list) else [entries]
    return [
        _absolute(entry.get("id") if isinstance(entry, Mapping) else entry, did) for entry in known
    ]


def _methods(document: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    known: list[Mapping[str, Any]] = []
    for place in ("verificationMethod", ASSERTION):
        entries = document.get(place)
        known += [
            entry
            for entry in (entries if isinstance(entries, list) else [entries])
            if isinstance(entry, Mapping)
        ]
    return known


def _absolute(name: Any, did: str) -> str:
    if not isinstance(name, str):
        return ""
    return did + name if name.startswith("#") else name


def _public_key(method: Mapping[str, Any]) -> PublicKey:
    multibase, jwk = method.get("publicKeyMultibase"), method.get("publicKeyJwk")
    base58 = method.get("publicKeyBase58")
    try:
        if isinstance(multibase, str):
            return parse_multikey(multibase)
        if isinstance(jwk, Mapping):
            return parse_jwk(jwk)
        if isinstance(base58, str) and method.get("type") == "Ed25519VerificationKey2018":
            return parse_base58_ed25519(base58)
    except KeyFormatError as error:
        raise _refused_key(error, is_other=isinstance(error, OtherKeyTypeError)) from error
    raise RefusedError("key_malformed")


def _refused_key(error: ValueError, *, is_other: bool) -> RefusedError:
    if is_other:
        return RefusedError("key_type_not_supported", Outcome.UNKNOWN, str(error))
    return RefusedError("key_malformed", detail=str(error))


def _algorithm(jwk: Any) -> str | None:
    """The algorithm that a JWK is for (RFC 7517 §4.4); one for encryption signs nothing."""
    if not isinstance(jwk, Mapping):
        return None
    if jwk.get("use", "sig") != "sig":
        raise RefusedError("key_not_authorised", detail="a key for encryption")
    algorithm = jwk.get("alg")
    return algorithm if isinstance(algorithm, str) else None
