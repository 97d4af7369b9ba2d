"""The bot between a playground and a Rasa of the test's choosing, in one process, on free ports."""

import asyncio
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from bot.telegram.application import build_application
from bot.telegram.delivery import Courier
from bot.telegram.dispatching import Dispatcher
from bot.telegram.receiving import Inlet, Receiver
from tests.services import services_of
from tests.worlds import TOKEN

PACE = 30  # seconds that pass in one: nobody writes faster than Telegram lets us answer


@dataclass
class PassingClock:
    """A clock that begins at an instant and hurries."""

    start: datetime
    began: float = field(default_factory=time.monotonic)

    def now(self) -> datetime:
        return self.start + timedelta(seconds=(time.monotonic() - self.began) * PACE)

    def advance(self, duration: timedelta) -> None:
        self.start += duration


@asynccontextmanager
async def whole_bot(institution, server, rasa="http://127.0.0.1:9"):
    """Receiving, handling and delivering as in the product; yields its services."""
    with ThreadPoolExecutor(4) as threads:
        services = services_of(institution, threads, rasa=rasa)
        application = build_application(services, token=TOKEN, api=server)
        async with application:
            bot = application.bot
            parts = (Dispatcher(application, services), Courier(bot, services))
            dispatcher, services.delivery = parts
            inlet = Inlet(bot.id, services.writes, services.inbox_ready, dispatcher)
            working = [asyncio.create_task(Receiver(bot, inlet).run())]
            await inlet.is_open.wait()
            working += [asyncio.create_task(part.run()) for part in parts]
            try:
                yield services
            finally:
                for task in working:
                    task.cancel()
                await asyncio.gather(*working, return_exceptions=True)
                await services.dialogue.close()
