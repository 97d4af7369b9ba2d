"""A credential in the form it was secured in: JSON with embedded proofs, or a VC-JWT."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from credentials.openbadges.jwt import VcJwt, read_jwt
from credentials.openbadges.reading import ReadingError, read_json
from credentials.verification.signatures import Signatures
from credentials.verification.verdict import Check


@dataclass(frozen=True)
class Secured:
    document: Mapping[str, Any]
    jwt: VcJwt | None = None

    def check_signature(self, signatures: Signatures, now: datetime) -> Check:
        if self.jwt is not None:
            return signatures.check_token(self.jwt, now)
        return signatures.check_proofs(self.document, now)


def open_secured(content: bytes | str) -> Secured:
    """A secured credential from its bytes.

    Raises:
        ReadingError: no strict JSON.
        JwtError: no VC-JWT to rely on.
    """
    try:
        text = content if isinstance(content, str) else content.decode()
    except UnicodeDecodeError as error:
        raise ReadingError("not_utf8") from error
    said = text.strip()
    if said.startswith("{") or said.count(".") != 2:
        return Secured(read_json(said))
    jwt = read_jwt(said)
    return Secured(jwt.document, jwt)
