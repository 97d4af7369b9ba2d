"""Who is who in the demo, and what lies ready for them."""

from dataclasses import dataclass
from datetime import datetime

ANA, BEN, CHLOE, TOM = 1001, 1002, 1003, 1004
SAMPLES = ("joins.sql", "waiting-times.csv", "what-i-told-the-team.txt")


@dataclass(frozen=True)
class Seeded:
    """When Ana's badge wants renewing and when it has run out; the files in the folder."""

    renewal_due: datetime
    run_out: datetime
    badges: tuple[str, ...]
