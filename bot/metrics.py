"""What one process counts, for Prometheus. No personal data, no message, no name."""

from datetime import datetime

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram

from credentials.dead_letters import Queues

FAST = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0)  # seconds


class Metrics:
    """Every counter of the process, in a registry of its own."""

    def __init__(self) -> None:
        self.registry = CollectorRegistry()
        self.updates = Counter(
            "skillmark_updates",
            "Updates by what became of them: done, ignored, dropped, retried, dead.",
            ["outcome"],
            registry=self.registry,
        )
        self.update_seconds = Histogram(
            "skillmark_update_seconds",
            "From claiming an update to the end of its handler.",
            buckets=FAST,
            registry=self.registry,
        )
        self.sends = Counter(
            "skillmark_sends",
            "Messages by class and outcome: sent, later, lost, paused, parked, refused, …",
            ["message_class", "outcome"],
            registry=self.registry,
        )
        self.delivery_seconds = Histogram(
            "skillmark_delivery_seconds",
            "From claiming a message to Telegram's answer, drawing included.",
            buckets=FAST,
            registry=self.registry,
        )
        self.turns = Histogram(
            "skillmark_nlu_seconds",
            "Time the dialogue took to answer, by outcome: answered, slow, resting, …",
            ["outcome"],
            buckets=FAST,
            registry=self.registry,
        )
        self.dialogue_up = Gauge(
            "skillmark_nlu_up",
            "0 while free text goes unread after failures in a row.",
            registry=self.registry,
        )
        self.tick_lag = Gauge(
            "skillmark_tick_lag_seconds",
            "How much later than planned a tick began last.",
            ["tick"],
            registry=self.registry,
        )
        self.tick_failures = Counter(
            "skillmark_tick_failures", "Ticks that failed.", ["tick"], registry=self.registry
        )
        self.queue_depth = Gauge(
            "skillmark_queue_depth",
            "Rows by queue (updates, messages) and state.",
            ["queue", "state"],
            registry=self.registry,
        )
        self.queue_age = Gauge(
            "skillmark_queue_oldest_seconds",
            "How long the oldest open row has been due.",
            ["queue"],
            registry=self.registry,
        )
        self.sending_stopped = Gauge(
            "skillmark_sending_stopped",
            "1 while Telegram refuses the token.",
            registry=self.registry,
        )
        self.database_up = Gauge(
            "skillmark_database_up", "1 while the database answers.", registry=self.registry
        )
        self.requests = Counter(
            "skillmark_web_requests",
            "Answered requests.",
            ["page", "method", "status"],
            registry=self.registry,
        )
        self.request_seconds = Histogram(
            "skillmark_web_seconds",
            "Time to the first byte.",
            ["page"],
            registry=self.registry,
        )
        self.verdicts = Counter(
            "skillmark_verdicts", "Badges judged.", ["verdict"], registry=self.registry
        )

    def show_queues(self, queues: Queues, now: datetime) -> None:
        """Set the gauges of the queues, which are the same for every process."""
        self.database_up.set(1)
        self.sending_stopped.set(queues.sending_stopped is not None)
        for queue, state, count in (
            ("updates", "waiting", queues.updates_waiting),
            ("updates", "dead", queues.updates_dead),
            ("messages", "waiting", queues.messages_waiting),
            ("messages", "dead", queues.messages_dead),
            ("messages", "parked", queues.messages_parked),
            ("messages", "uncertain", queues.messages_uncertain),
        ):
            self.queue_depth.labels(queue, state).set(count)
        for queue, since in (
            ("updates", queues.updates_oldest),
            ("messages", queues.messages_oldest),
        ):
            self.queue_age.labels(queue).set((now - since).total_seconds() if since else 0)
