"""Whether a message is something to check rather than something to talk about."""

from credentials.issuing import read_code
from credentials.verification.extraction import (
    JWT,
    LINK,
    START,
    Candidate,
    ExtractionError,
    extract_text,
)

MAX_CODE = 40  # characters, with what people put between the groups


def looks_like_badge(text: str) -> bool:
    """Whether this message is a pasted credential, a link on its own or to a badge, or a code."""
    said = text.strip()
    if said.startswith("{") or START.search(said) or JWT.fullmatch(said):
        return True
    links = LINK.findall(said)
    if links:
        return LINK.fullmatch(said) is not None or any("/credentials/" in link for link in links)
    return _holds_code(said)


def read_text(text: str) -> Candidate:
    """What a text holds; a whole code of ours is one even without a digit or a hyphen.

    Raises:
        ExtractionError: nothing to judge.
    """
    code = read_code(text) if len(text) <= MAX_CODE else None
    return Candidate(code=code) if code else extract_text(text)


def _holds_code(said: str) -> bool:
    """Some hyphenated words look like a code: one of ours has its check, a mistyped one digits."""
    try:
        code = read_text(said).code
    except ExtractionError:
        return False
    if code is None:
        return False
    return read_code(code) is not None or any(character.isdigit() for character in code)
