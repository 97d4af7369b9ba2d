"""Who is known: issuers by their DID, never by their name."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from credentials.openbadges.reading import ReadingError, read_json
from credentials.verification.dates import parse_instant


class RegistryError(ValueError):
    """The registry's file cannot be used."""


@dataclass(frozen=True)
class TrustRegistry:
    """Known issuers: DID → the name they are known by; `as_of` says how old the list is.

    `withdrawn` holds the DIDs that were known and no longer are.
    """

    issuers: Mapping[str, str] = field(default_factory=dict)
    as_of: datetime | None = None
    withdrawn: frozenset[str] = frozenset()

    def knows(self, did: str) -> bool:
        return did in self.issuers and did not in self.withdrawn

    def age(self, now: datetime) -> timedelta | None:
        """How old the list is; None when it does not say."""
        return None if self.as_of is None else max(now - self.as_of, timedelta(0))

    def including(self, did: str, name: str) -> "TrustRegistry":
        """The registry with one more issuer, such as our own."""
        return replace(self, issuers={**self.issuers, did: name})


def read_registry(content: bytes) -> TrustRegistry:
    """A registry from `{"as_of": instant, "issuers": [{"did", "name", "withdrawn"?: bool}]}`.

    Raises:
        RegistryError: anything else.
    """
    try:
        known = read_json(content)
    except ReadingError as error:
        raise RegistryError(error.code) from error
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
    )
