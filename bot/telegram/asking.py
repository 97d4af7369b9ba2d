"""Whether a text asks something, closes a talk, or says who somebody is; English, by its form."""

import re

SHORT_QUESTION = 90  # characters; a longer one tells something, too
_LEAD = r"(?:(?:ugh|ok(?:ay)?|so|hmm+|um+|and|but|well|oh|wait|hey|hi|please|sorry|seriously|also|right|yes|no|cool|great)\W+)*"
# "What it means" and "how I did it" tell; "what does it mean" and "how did I" ask.
_OPENING = re.compile(
    rf"^\W*{_LEAD}(?:(?:what|who|whose|whom|where|when|why|how|which)"
    r"(?:'?(?:s|re|ll|d)\b|\b(?!\s+(?:it|i|we|he|she|they|you|our|my)\b))|"
    r"(?:is|are|am|was|were|do|does|did|can|could|may|will|would|should|shall|has|have|isn'?t|aren'?t|can'?t)\s+"
    r"(?:i|you|we|they|he|she|it|that|this|there|the|my|your|someone|somebody|anyone|anybody)\b)",
    re.IGNORECASE,
)
_TAG = re.compile(
    r"\b(?:isn'?t|aren'?t|wasn'?t|won'?t|doesn'?t|don'?t) (?:that|it|this|they|i|you)(?: enough| ok(?:ay)?)?\W*$",
    re.IGNORECASE,
)
_NAME = r"[^\W\d_][\w'’.-]*"
_OWN_NAME = re.compile(
    rf"^\W*(?:(?:my name is|name is|name:|it'?s|i'?m|call me|use)\s+)?"
    rf"(?P<name>{_NAME}(?:\s+{_NAME}){{1,3}}?)\s*"
    r"(?P<sure>,?\s*(?:that'?s|is|that is)?\s*(?:right|correct|my (?:full )?name|fine|please|thanks?))?\W*$",
    re.IGNORECASE,
)


def is_question(text: str) -> bool:
    """Whether a short text is a question, with or without its mark."""
    said = text.strip()
    if len(said) > SHORT_QUESTION or "\n" in said or "://" in said:
        return False
    return said.endswith("?") or bool(_OPENING.match(said)) or bool(_TAG.search(said))


def own_name(text: str) -> str | None:
    """The name of "Ana Ruiz, that's right": two to four words with capitals."""
    found = _OWN_NAME.match(text.strip())
    if found is None:
        return None
    words = found["name"].split()
    return found["name"] if all(word[:1].isupper() for word in words) else None
