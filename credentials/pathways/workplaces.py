"""The field of the place where somebody wants to work: "in a hospital" is healthcare."""

import re

_SETTINGS = (
    ("healthcare", r"hospital|clinic|health ?care|health|medical|nursing home|pharmacy|care home"),
    ("finance", r"bank|banking|finance|financial services|fintech|insurance"),
    (
        "education",
        r"education|schools?|kindergarten|pre-?school|nursery|day ?care|child ?care|college|university|library|teaching",
    ),
    (
        "business",
        r"retail|logistics|e-?commerce|supply chain|business|marketing|sales|human resources|shop|supermarket|hotel",
    ),
    (
        "trades",
        r"construction|manufacturing|factory|energy|solar|wind|renewables?|building trade|trades|workshop|garage",
    ),
    ("technology", r"tech|technology|software company|start-?up|it company"),
)
_PLACE = re.compile(
    r"\b(?:in|at|for|within|inside)\s+(?:an?\s+|the\s+)?(?:\w+\s+){0,2}?(" + "|".join(
        words for _, words in _SETTINGS
    ) + r")\b",
    re.IGNORECASE,
)  # fmt: skip


def read_workplace(text: str) -> str | None:
    """The field of the workplace that a text names, such as `healthcare`; None when it names none."""
    place = _PLACE.search(text)
    if place is None:
        return None
    return next((f for f, known in _SETTINGS if re.fullmatch(known, place[1], re.IGNORECASE)), None)
