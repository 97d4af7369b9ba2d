"""Whether a message is something to check rather than something to talk about."""

from credentials.verification.extraction import (
    JWT,
    LINK,
    START,
    ExtractionError,
    extract_text,
)


def looks_like_badge(text: str) -> bool:
    """Whether this message is a pasted credential, a link on its own or to a badge, or a code."""
    said = text.strip()
    if said.startswith("{") or START.search(said) or JWT.fullmatch(said):
        return True
    links = LINK.findall(said)
    if links:
        return LINK.fullmatch(said) is not None or any("/credentials/" in link for link in links)
    return _holds_code(said)


def _holds_code(said: str) -> bool:
    """A code among words has a digit, as nearly all have; some hyphenated words look like one."""
    try:
        code = extract_text(said).code
    except ExtractionError:
        return False
    return code is not None and any(character.isdigit() for character in code)
