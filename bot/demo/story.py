"""Who is who in the demo, and what lies ready for them."""

from dataclasses import dataclass
from datetime import datetime

ANA, BEN, CHLOE, TOM = 1001, 1002, 1003, 1004
SAMPLES = ("joins.sql", "waiting-times.csv", "what-i-told-the-team.txt")


@dataclass(frozen=True)
class Seeded:
    """What the story needs to know: when Ana's badge wants renewing; the files in the folder."""

    renewal_due: datetime
    badges: tuple[str, ...]
