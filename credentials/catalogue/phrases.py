"""Words made comparable: lower case, singular, without seniority and articles."""

import re

WORD = re.compile(r"[a-z0-9+#.&'/-]+")
SENIORITY = frozenset({"junior", "senior", "entry", "level", "entry-level", "trainee", "jr", "sr"})
FILLERS = frozenset({"a", "an", "the", "some", "kind", "of", "sort"})
SILENT = SENIORITY | FILLERS
_EVERYDAY = """
react unity sap epic zoom go access word teams spring swift rust slack outlook flask
express notion sketch premiere illustrator maya ruby julia scala shell scratch stripe chef puppet
ant hive pig spark vault cypress processing audition flash edge safari opera
segment oracle sage concur square toast clover blackboard gem lever buffer
drive pages numbers docs sheets relay mercury pioneer
"""
#: Labels that are everyday words too count only as they are written.
EVERYDAY = frozenset(_EVERYDAY.split())


def words_of(text: str) -> list[tuple[str, int]]:
    """The words of a text in lower case, with where each begins."""
    return [(found[0].strip(".'"), found.start()) for found in WORD.finditer(text.lower())]


def normal_words(words: list[str]) -> str:
    """The words as one comparable phrase."""
    return " ".join(_singular(word) for word in words if word and word not in SILENT)


def normal_phrase(text: str) -> str:
    return normal_words([word for word, _ in words_of(text)])


def _singular(word: str) -> str:
    if len(word) > 4 and word.endswith("ies"):
        return word[:-3] + "y"
    if len(word) > 3 and word.endswith("s") and not word.endswith(("ss", "us", "is")):
        return word[:-1]
    return word
