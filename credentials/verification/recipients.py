"""Whether a badge is for the person whose identifier somebody gives (OB 3.0 §B.1.14).

A hash without salt, or an MD5, can be guessed from a list of addresses; the answer says so.
"""

import hashlib
import hmac
from enum import StrEnum

from credentials.verification.summary import CredentialSummary, IdentitySummary

_HASHES = frozenset({"sha256", "md5"})
# What an e-mail address or account could be compared with; a name is shared by many.
_COMPARABLE = frozenset({"emailAddress", "userName", "accountId", "identifier", "sourcedId"})


class Match(StrEnum):
    """What comparing says."""

    SAME = "same"
    GUESSABLE = "guessable"  # the same, by a hash that anybody could have made
    OTHER = "other"
    UNSAID = "unsaid"  # the badge has nothing to compare with


def match_recipient(credential: CredentialSummary, given: str) -> Match:
    """Compare an identifier, such as the candidate's e-mail address, with the badge's."""
    known = [entry for entry in credential.identities if _is_comparable(entry.kind)]
    if not known:
        return Match.UNSAID
    found = [_compare(entry, given.strip()) for entry in known]
    return next((match for match in (Match.SAME, Match.GUESSABLE) if match in found), Match.OTHER)


def _is_comparable(kind: str) -> bool:
    return kind in _COMPARABLE or kind.startswith("ext:")


def _compare(entry: IdentitySummary, given: str) -> Match:
    if not entry.is_hashed:
        return Match.SAME if entry.value == given else Match.OTHER
    algorithm, _, digest = entry.value.partition("$")
    if algorithm not in _HASHES:
        return Match.OTHER
    ours = hashlib.new(algorithm, (given + entry.salt).encode(), usedforsecurity=False).hexdigest()
    if not hmac.compare_digest(ours, digest.lower().encode("ascii", "replace").decode()):
        return Match.OTHER
    return Match.SAME if entry.salt and algorithm == "sha256" else Match.GUESSABLE
