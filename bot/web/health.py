"""Whether the process lives, whether it can work, and what it counts. No personal data."""

import time

from prometheus_client import CONTENT_TYPE_LATEST
from prometheus_client import generate_latest as render_metrics
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from bot.metrics import Metrics
from credentials.dead_letters import look_at_queues
from credentials.migrations import require_current_schema
from credentials.unit_of_work import Institution


class Health:
    """`/healthz`, `/readyz`, `/metrics`."""

    def __init__(self, institution: Institution, metrics: Metrics) -> None:
        self._institution, self._metrics = institution, metrics

    def routes(self) -> list[Route]:
        return [
            Route("/healthz", self.alive, name="alive"),
            Route("/readyz", self.ready, name="ready"),
            Route("/metrics", self.metrics, name="metrics"),
        ]

    async def alive(self, request: Request) -> Response:
        return PlainTextResponse("ok")

    def ready(self, request: Request) -> Response:
        try:
            require_current_schema(self._institution.engine)
        except Exception:  # noqa: BLE001 - whatever it is, the process cannot work
            return PlainTextResponse("not ready", 503)
        return PlainTextResponse("ready")

    def metrics(self, request: Request) -> Response:
        """The process's counters, and the queues as they stand in the database."""
        try:
            with self._institution.read() as work:
                self._metrics.show_queues(look_at_queues(work.session, now=work.now), work.now)
        except Exception:  # noqa: BLE001 - whatever it is, that is what the gauge says
            self._metrics.database_up.set(0)
        return Response(render_metrics(self._metrics.registry), media_type=CONTENT_TYPE_LATEST)

    def measuring(self, app: ASGIApp) -> ASGIApp:
        """Middleware that counts answers by page, never by address."""

        async def measured(scope: Scope, receive: Receive, send: Send) -> None:
            began = time.monotonic()

            async def send_counted(message: Message) -> None:
                if message["type"] == "http.response.start":
                    page = getattr(scope.get("endpoint"), "__name__", "none")
                    self._metrics.requests.labels(
                        page, _method(scope), str(message["status"])
                    ).inc()
                    self._metrics.request_seconds.labels(page).observe(time.monotonic() - began)
                await send(message)

            await app(scope, receive, send_counted)

        return measured


def _method(scope: Scope) -> str:
    method = str(scope.get("method", ""))
    return method if method in {"GET", "HEAD", "POST"} else "other"
