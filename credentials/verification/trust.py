"""Who is known: issuers by their DID or address, never by their name."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from typing import Any

from credentials.openbadges.keys import KeyFormatError, PublicKey, parse_jwk, parse_multikey
from credentials.openbadges.reading import ReadingError, read_json
from credentials.verification.dates import parse_instant

OLD = timedelta(days=30)  # a list that nobody has looked after


class RegistryError(ValueError):
    """The registry's file cannot be used."""


@dataclass(frozen=True)
class TrustRegistry:
    """Known issuers: id → the name they are known by; `as_of` says how old the list is.

    `withdrawn` holds the ids that were known and no longer are, `keys` those of issuers whose
    documents do not publish any.
    """

    issuers: Mapping[str, str] = field(default_factory=dict)
    as_of: datetime | None = None
    withdrawn: frozenset[str] = frozenset()
    keys: Mapping[str, tuple[PublicKey, ...]] = field(default_factory=dict)

    def knows(self, did: str) -> bool:
        return did in self.issuers and did not in self.withdrawn

    def vouches_for(self, did: str, key: PublicKey | None) -> bool:
        """Whether the list itself has this key of the issuer."""
        return key is not None and key in self.keys.get(did, ())

    def age(self, now: datetime) -> timedelta | None:
        """How old the list is; None when it does not say."""
        return None if self.as_of is None else max(now - self.as_of, timedelta(0))

    def including(self, did: str, name: str) -> "TrustRegistry":
        """The registry with one more issuer, such as our own."""
        return replace(self, issuers={**self.issuers, did: name})

    def joined(self, other: "TrustRegistry") -> "TrustRegistry":
        """Both lists; who was withdrawn from one is not known, and the older one says the age."""
        ages = [one.as_of for one in (self, other) if one.as_of is not None]
        return TrustRegistry(
            issuers={**self.issuers, **other.issuers},
            as_of=min(ages, default=None),
            withdrawn=self.withdrawn | other.withdrawn,
            keys={**self.keys, **other.keys},
        )


def read_registry(content: bytes) -> TrustRegistry:
    """A registry from JSON, in our form or in that of the DCC's registries.

    Ours is `{"as_of": instant, "issuers": [{"did", "name", "withdrawn"?: bool, "keys"?: [multikey
    or JWK]}]}`; the DCC's is `{"meta": {"updated"}, "registry": {did: {"name"}}}`.

    Raises:
        RegistryError: anything else.
    """
    try:
        known = read_json(content)
    except ReadingError as error:
        raise RegistryError(error.code) from error
    if "registry" in known:
        return _read_dcc(known)
    as_of, entries = parse_instant(known.get("as_of")), known.get("issuers")
    if as_of is None or not isinstance(entries, list):
        raise RegistryError("as_of or issuers is missing")
    for entry in entries:
        names = (entry.get("did"), entry.get("name")) if isinstance(entry, dict) else ()
        if not names or not all(isinstance(name, str) and name for name in names):
            raise RegistryError("an issuer without did or name")
    return TrustRegistry(
        issuers={entry["did"]: entry["name"] for entry in entries},
        as_of=as_of,
        withdrawn=frozenset(entry["did"] for entry in entries if entry.get("withdrawn") is True),
        keys={entry["did"]: _keys(entry["keys"]) for entry in entries if "keys" in entry},
    )


def _read_dcc(known: Mapping[str, Any]) -> TrustRegistry:
    entries, meta = known["registry"], known.get("meta")
    updated = meta.get("updated") if isinstance(meta, Mapping) else None
    if not isinstance(entries, Mapping):
        raise RegistryError("the registry is no object")
    issuers = {
        did: entry["name"]
        for did, entry in entries.items()
        if isinstance(entry, Mapping) and isinstance(entry.get("name"), str)
    }
    if len(issuers) != len(entries):
        raise RegistryError("an issuer without a name")
    return TrustRegistry(issuers=issuers, as_of=_date(updated))


def _date(value: Any) -> datetime | None:
    moment = parse_instant(value)
    if moment is None and isinstance(value, str):
        try:
            return datetime.fromisoformat(value).replace(tzinfo=UTC)
        except ValueError:
            return None
    return moment


def _keys(values: Any) -> tuple[PublicKey, ...]:
    try:
        return tuple(
            parse_multikey(value) if isinstance(value, str) else parse_jwk(value)
            for value in values
        )
    except (KeyFormatError, TypeError, AttributeError) as error:
        raise RegistryError("a key that cannot be read") from error
