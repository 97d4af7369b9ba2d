"""What handlers and delivery share, for tests that run them without a process."""

import time
from concurrent.futures import ThreadPoolExecutor

from pydantic import SecretStr

from bot.settings import Settings
from bot.telegram.context import Services
from bot.telegram.dialogue import Dialogue
from credentials.unit_of_work import Institution


def services_of(
    institution: Institution, threads: ThreadPoolExecutor, **options: object
) -> Services:
    """Services whose dialogue leads nowhere."""
    dialogue = Dialogue(
        url="http://127.0.0.1:9",
        token=SecretStr("test"),
        ticket_key=SecretStr("test"),
        timeout_seconds=1,
        now=institution.clock.now,
        monotonic=time.monotonic,
    )
    settings = Settings(**institution.settings.model_dump() | options)
    return Services(institution, settings, dialogue, threads)
