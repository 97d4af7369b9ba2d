"""Who is known: issuers by their DID, never by their name."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime


@dataclass(frozen=True)
class TrustRegistry:
    """Known issuers: DID → the name they are known by; `as_of` says how old the list is."""

    issuers: Mapping[str, str] = field(default_factory=dict)
    as_of: datetime | None = None

    def knows(self, did: str) -> bool:
        return did in self.issuers
