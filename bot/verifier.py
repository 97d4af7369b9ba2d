"""One desk for chat, pages and command line: badges are judged here, off the event loop."""

import asyncio
import logging
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

from bot.metrics import Metrics
from credentials.enquiries.answers import Answer, refuse
from credentials.enquiries.judging import Desk, Records, Snapshots, judge_file, judge_text
from credentials.enquiries.registries import Registries
from credentials.unit_of_work import Institution
from credentials.verification.fetching import GuardedFetcher
from credentials.verification.resolution import CachingResolver, Resolver
from credentials.verification.trust import TrustRegistry

log = logging.getLogger(__name__)

THREADS = 8  # badges judged at once; the others wait their turn
TIMEOUT_SECONDS = 8.0


class BadgeDesk:
    """Judges what people send."""

    def __init__(
        self,
        institution: Institution,
        *,
        network: Resolver | None = None,
        records: Records | None = None,
        trust: Callable[[], TrustRegistry] | None = None,
        timeout_seconds: float = TIMEOUT_SECONDS,
        metrics: Metrics | None = None,
    ) -> None:
        self._network = network or GuardedFetcher()
        self._registries = Registries(institution.settings)
        self._metrics = metrics or Metrics()
        self._desk = Desk(
            records=records or Snapshots(institution),
            settings=institution.settings,
            network=CachingResolver(self._network),
            now=institution.clock.now,
            trust=trust or self._registries.current,
        )
        self._timeout = timeout_seconds
        self._threads = ThreadPoolExecutor(THREADS, thread_name_prefix="judge")

    def judge_text_now(self, text: str) -> Answer:
        """The answer, in this thread."""
        return judge_text(self._desk, text)

    def judge_file_now(self, content: bytes) -> Answer:
        """The answer, in this thread."""
        return judge_file(self._desk, content)

    def refresh_trust_now(self) -> None:
        """Ask for the list of known issuers, in this thread; failing leaves the last in force."""
        self._registries.refresh_quietly(self._network)

    async def judge_text(self, text: str) -> Answer:
        """The answer on a pasted credential, a link or a code, within the time limit."""
        return await self._in_time(lambda: judge_text(self._desk, text))

    async def judge_file(self, content: bytes) -> Answer:
        """The answer on a picture or a file, within the time limit."""
        return await self._in_time(lambda: judge_file(self._desk, content))

    def close(self) -> None:
        self._threads.shutdown(wait=False, cancel_futures=True)

    async def _in_time(self, judge: Callable[[], Answer]) -> Answer:
        judging = asyncio.get_running_loop().run_in_executor(self._threads, judge)
        try:
            answer = await asyncio.wait_for(judging, self._timeout)
        except TimeoutError:
            log.warning("judging took too long")
            answer = refuse("too_slow", self._desk.now())
        self._metrics.verdicts.labels(answer.verdict.verdict.value).inc()
        return answer
