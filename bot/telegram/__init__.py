"""Telegram in, Telegram out. No business rule and no sentence lives here."""

import os

# PTB then gives waiting times as timedelta, as its next major version will.
os.environ.setdefault("PTB_TIMEDELTA", "1")  # noqa: TID251  # an option of the library, not ours
