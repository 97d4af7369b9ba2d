"""What handlers and delivery share, for tests that run them without a process."""

import time
from concurrent.futures import ThreadPoolExecutor

from pydantic import SecretStr

from bot.metrics import Metrics
from bot.settings import Settings
from bot.telegram.context import Services
from bot.telegram.dialogue import Dialogue
from credentials.unit_of_work import Institution


def services_of(
    institution: Institution,
    threads: ThreadPoolExecutor,
    *,
    rasa: str = "http://127.0.0.1:9",
    **options: object,
) -> Services:
    """Services whose dialogue leads to `rasa`, by default nowhere."""
    metrics = Metrics()
    dialogue = Dialogue(
        url=rasa,
        token=SecretStr("test"),
        ticket_key=SecretStr("test"),
        timeout_seconds=1,
        now=institution.clock.now,
        monotonic=time.monotonic,
        metrics=metrics,
    )
    settings = Settings(**institution.settings.model_dump() | options)
    return Services(institution, settings, dialogue, threads, metrics=metrics)
