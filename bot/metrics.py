"""What one process counts, for Prometheus. No personal data, no message, no name."""

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram

FAST = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0)  # seconds


class Metrics:
    """Every counter of the process, in a registry of its own."""

    def __init__(self) -> None:
        self.registry = CollectorRegistry()
        self.updates = Counter(
            "skillmark_updates",
            "Updates by what became of them: done, ignored, retried, dead.",
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
            "Time the dialogue took to answer, by outcome.",
            ["outcome"],
            buckets=FAST,
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
