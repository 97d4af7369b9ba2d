"""The clock's ticks, all of them. APScheduler says when; what is due stands in tables.

Any number of processes may tick at once: rows are claimed, never jobs.
"""

import asyncio
import logging
import secrets
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import wraps

from apscheduler.events import EVENT_JOB_ERROR, EVENT_JOB_EXECUTED, JobExecutionEvent
from apscheduler.jobstores.memory import MemoryJobStore
from apscheduler.schedulers.asyncio import AsyncIOScheduler

from bot.metrics import Metrics
from bot.telegram.context import Services
from bot.telegram.handing_back import settle
from bot.threads import in_thread
from credentials.correlation import caused_by
from credentials.evidence import tell_of_delays
from credentials.fault_points import TICK_DONE, reach
from credentials.handoff import forget_old_handoffs
from credentials.inbox import forget_old_updates
from credentials.issuing import refresh_status_lists
from credentials.outbox import forget_old_messages
from credentials.reminders import (
    claim_due_reminders,
    claimers,
    follow_clocks,
    forget_spent_reminders,
    plan_reminders,
)
from credentials.rights import finish_erasures
from credentials.turns import forget_old_answers
from credentials.unit_of_work import Institution, Work

log = logging.getLogger(__name__)

REMINDERS_SECONDS = 5
PLANS_SECONDS = 5
DELAYS_SECONDS = 60
HANDOFFS_SECONDS = 30
STATUS_LISTS_SECONDS = 60
TRUST_SECONDS = 3_600
ERASURES_SECONDS = 15
RETENTION_SECONDS = 600
OUTBOX_SECONDS = 30


@dataclass
class Ticks:
    """What the ticks do. Each is one or more short transactions in a thread."""

    institution: Institution
    services: Services
    _awake_since: datetime | None = field(default=None, init=False)

    async def reminders(self) -> None:
        """Owe what is due, batch after batch."""
        started = self.institution.clock.now()
        loops = claimers(self.institution)
        await asyncio.gather(*(self._claim_batches() for _ in range(loops)))
        self._awake_since = started

    async def plans(self) -> None:
        """Plan the reminders that facts call for, such as a badge that runs out."""
        while await self._in_transaction(plan_reminders):
            pass

    async def clocks(self) -> None:
        """Move reminders along where the zone data has changed since the last start."""
        if moved := await self._in_transaction(follow_clocks):
            log.info("clocks changed", extra={"reminders": moved})

    async def delays(self) -> None:
        """Tell learners whose answer is late."""
        if await self._in_transaction(tell_of_delays):
            self.services.outbox_ready.set()

    async def handoffs(self) -> None:
        """End conversations that silence or absence has ended."""
        if await self._in_transaction(lambda work: settle(self.services, work)):
            self.services.outbox_ready.set()

    async def status_lists(self) -> None:
        """Sign status lists anew before they run out."""
        await self._in_transaction(refresh_status_lists)

    async def trust(self) -> None:
        """Ask for the list of known issuers."""
        await self._in_thread(self.services.desk.refresh_trust_now)

    async def erasures(self) -> None:
        """Forget the chats of people who asked for it and have been told."""
        await self._in_transaction(finish_erasures)

    async def retention(self) -> None:
        """Delete what has been kept long enough."""
        for forget in (
            _forget_updates,
            _forget_answers,
            _forget_messages,
            forget_spent_reminders,
            forget_old_handoffs,
        ):
            await self._in_transaction(forget)

    async def outbox(self) -> None:
        """Wake delivery, should a wake-up have been lost."""
        self.services.outbox_ready.set()

    async def _claim_batches(self) -> None:
        while await self._in_thread(self._claim_reminders):
            reach(TICK_DONE)
            self.services.outbox_ready.set()

    def _claim_reminders(self) -> int:
        with self.institution.begin() as work:
            return claim_due_reminders(work, awake_since=self._awake_since).looked_at

    async def _in_transaction(self, use_case: Callable[[Work], object]) -> object:
        def run() -> object:
            with self.institution.begin() as work:
                return use_case(work)

        return await self._in_thread(run)

    async def _in_thread(self, run: Callable[[], object]) -> object:
        return await in_thread(self.services.threads, run)


def create_scheduler(institution: Institution, services: Services) -> AsyncIOScheduler:
    """The scheduler with every tick; it starts with `.start()` inside a running loop."""
    ticks = Ticks(institution, services)
    scheduler = AsyncIOScheduler(
        jobstores={"default": MemoryJobStore()},
        job_defaults={"coalesce": True, "max_instances": 1, "misfire_grace_time": None},
        timezone="UTC",
    )
    scheduler.add_listener(_Lag(services.metrics).note, EVENT_JOB_EXECUTED | EVENT_JOB_ERROR)
    for tick, seconds in (
        (ticks.reminders, REMINDERS_SECONDS),
        (ticks.plans, PLANS_SECONDS),
        (ticks.delays, DELAYS_SECONDS),
        (ticks.handoffs, HANDOFFS_SECONDS),
        (ticks.status_lists, STATUS_LISTS_SECONDS),
        (ticks.trust, TRUST_SECONDS),
        (ticks.erasures, ERASURES_SECONDS),
        (ticks.retention, RETENTION_SECONDS),
        (ticks.outbox, OUTBOX_SECONDS),
    ):
        services.metrics.tick_lag.labels(tick.__name__).set(0)
        scheduler.add_job(_traced(tick), "interval", seconds=seconds, id=tick.__name__)
    scheduler.add_job(_traced(ticks.clocks), id="clocks")  # at the start, and once
    return scheduler


def _traced(tick: Callable[[], Awaitable[None]]) -> Callable[[], Awaitable[None]]:
    """What a tick sets off can be traced to it."""

    @wraps(tick)
    async def run() -> None:
        with caused_by(f"{tick.__name__}-{secrets.token_hex(4)}"):
            await tick()

    return run


@dataclass(frozen=True)
class _Lag:
    """Notes how late the ticks are, and which failed."""

    metrics: Metrics

    def note(self, event: JobExecutionEvent) -> None:
        late = datetime.now(UTC) - event.scheduled_run_time  # noqa: TID251  # APScheduler's own clock
        self.metrics.tick_lag.labels(event.job_id).set(late.total_seconds())
        if event.exception is not None:
            self.metrics.tick_failures.labels(event.job_id).inc()
            log.error("tick failed", exc_info=event.exception, extra={"tick": event.job_id})


def _forget_updates(work: Work) -> None:
    forget_old_updates(work.session, now=work.now)


def _forget_answers(work: Work) -> None:
    forget_old_answers(work.session, now=work.now)


def _forget_messages(work: Work) -> None:
    forget_old_messages(work.session, now=work.now)
