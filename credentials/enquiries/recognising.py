"""Whether a message is something to check rather than something to talk about."""

import re

from credentials.errors import CredentialsError
from credentials.issuing import read_code
from credentials.verification.extraction import (
    JWT,
    LINK,
    MAX_TEXT,
    START,
    Candidate,
    ExtractionError,
    extract_text,
)

CUT_AT = 3_900  # characters; clients cut at 4,096 and trim
MEMBERS_OF_A_REST = 3
_MEMBER = re.compile(r'"[^"\n]{1,80}"\s*:\s*["\[{\d]')
MAX_CODE = 40  # characters, with what people put between the groups
_GROUP = "[0-9A-Z]{4}"
_TYPED = re.compile(rf"{_GROUP}-{_GROUP}-{_GROUP}")
# Codes of somebody else's form, or of ours with a letter too many: nobody writes so about anything.
_OTHER_FORM = re.compile(r"(?<![\w-])[0-9A-Z]{2,5}(?:-[0-9A-Z]{3,5}){2,5}(?![\w-])")
_DOUBT = re.compile(
    r"\b(?:badge|credential|verif\w+|check\w*|confirm|real|genuine|valid|legit|fake|(?<!course )code)\b",
    re.IGNORECASE,
)
# Overlapping, because the words before a spaced code may look like its groups.
_IN_WORDS = re.compile(
    rf"(?<![0-9A-Z])(?=({_GROUP}[- ]{_GROUP}[- ]{_GROUP})(?![0-9A-Z]))", re.IGNORECASE
)


class CutOffError(CredentialsError):
    """The beginning of a credential too long for one message."""

    code = "cut_off"


def looks_like_badge(text: str) -> bool:
    """Whether this message is a pasted credential, a link on its own or to a badge, or a code."""
    said = text.strip()
    if said.startswith("{") or START.search(said) or JWT.fullmatch(said):
        return True
    links = LINK.findall(said)
    if links:
        return LINK.fullmatch(said) is not None or any("/credentials/" in link for link in links)
    return _holds_code(said)


def is_cut_off(text: str) -> bool:
    """Whether this is the beginning of a credential that a client cut into several messages."""
    said = text.strip()
    return said.startswith("{") and len(said) >= CUT_AT and not said.endswith("}")


def is_rest_of_json(text: str) -> bool:
    """Whether this is what follows such a beginning."""
    return len(_MEMBER.findall(text)) >= MEMBERS_OF_A_REST and not text.lstrip().startswith("{")


def read_text(text: str) -> Candidate:
    """What a text holds; letters alone are a code only in capitals or in groups with hyphens.

    Raises:
        ExtractionError: nothing to judge.
    """
    if len(text) > MAX_TEXT:
        raise ExtractionError("too_large")
    code = _whole_code(text.strip()) or _code_in_words(text) or _foreign_code(text)
    return Candidate(code=code) if code else extract_text(text)


def _whole_code(text: str) -> str | None:
    """One in 32 phrases of twelve letters ("nothing so far") passes the check by chance."""
    is_meant = _TYPED.fullmatch(text.upper()) or text.isupper() or re.search(r"\d", text)
    return read_code(text) if is_meant and len(text) <= MAX_CODE else None


def _code_in_words(text: str) -> str | None:
    """A code of ours in a sentence: its check fits and, as in nearly all, there is a digit."""
    if LINK.search(text) or text.lstrip().startswith("{"):
        return None
    found = (match[1] for match in _IN_WORDS.finditer(text))
    with_digit = (words for words in found if any(mark.isdigit() for mark in words))
    return next((code for words in with_digit if (code := read_code(words))), None)


def _foreign_code(text: str) -> str | None:
    """What looks like a code that isn't one of ours: alone, or with digits in a sentence."""
    if LINK.search(text) or text.lstrip().startswith("{"):
        return None
    if _OTHER_FORM.fullmatch(text.strip()):
        return text.strip()
    found = (match[0] for match in _OTHER_FORM.finditer(text))
    return next((code for code in found if re.search(r"\d", code)), None)


def _holds_code(said: str) -> bool:
    """Some hyphenated words look like a code: one of ours has its check, a mistyped one digits.

    Capitals in the printed form alone are meant as one.
    """
    if _TYPED.fullmatch(said):
        return True
    is_ours = _whole_code(said) or _code_in_words(said)
    if not is_ours and (foreign := _foreign_code(said)):
        return _is_asked_about(foreign, said)
    try:
        code = read_text(said).code
    except ExtractionError:
        return False
    if code is None:
        return False
    return read_code(code) is not None or any(character.isdigit() for character in code)


def _is_asked_about(foreign: str, said: str) -> bool:
    """Phone numbers, rooms and courses are written like codes; nobody asks whether they are real."""
    if not any(mark.isalpha() for mark in foreign):
        return False
    is_alone, has_digit = said == foreign, any(mark.isdigit() for mark in foreign)
    if _TYPED.search(foreign):
        return is_alone or has_digit
    return has_digit and (is_alone or bool(_DOUBT.search(said)))
