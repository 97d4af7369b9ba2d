"""Two bots behind one address, as a load balancer puts them, against one PostgreSQL."""

import itertools
import threading
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import httpx

from tests.crash.worlds import CrashWorld
from tests.worlds import Process, free_port, python

SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"
LOSES_EVERY = 7  # answers


class Balancer(ThreadingHTTPServer):
    """Hands each update to the next replica.

    Now and then it loses the answer of one that took its update, so that Telegram sends it again,
    and it comes to the other.
    """

    daemon_threads = True

    def __init__(self, ports: list[int]) -> None:
        super().__init__(("127.0.0.1", 0), _Handed)
        self.turns = itertools.count()
        self.ports = ports
        threading.Thread(target=self.serve_forever, daemon=True).start()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}/telegram"


class _Handed(BaseHTTPRequestHandler):
    server: Balancer

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["content-length"]))
        turn = next(self.server.turns)
        port = self.server.ports[turn % len(self.server.ports)]
        headers = {SECRET_HEADER: self.headers[SECRET_HEADER]}
        try:
            url = f"http://127.0.0.1:{port}/telegram"
            status = httpx.post(url, content=body, headers=headers, timeout=30).status_code
        except httpx.HTTPError:
            status = 502
        self.send_response(502 if turn % LOSES_EVERY == 0 else status)
        self.send_header("content-length", "0")
        self.end_headers()

    def log_message(self, *args: object) -> None:
        """Nothing: pytest's output is for failures."""


@dataclass
class Replicas:
    """Bots that differ in their ports only."""

    world: CrashWorld
    balancer: Balancer
    bots: list[Process] = field(default_factory=list)

    def start(self) -> None:
        for number, port in enumerate(self.balancer.ports):
            environment = {
                **self.world.environment,
                "SKILLMARK_WEBHOOK_URL": self.balancer.url,
                "SKILLMARK_WEBHOOK_SECRET": "one-secret-for-both",
                "SKILLMARK_WEBHOOK_PORT": str(port),
                "SKILLMARK_WEB_PORT": str(free_port()),
                "SKILLMARK_ACTIONS_PORT": str(free_port()),
            }
            bot = Process(python("bot", "run"), environment, self.log_of(number))
            bot.start()
            self.bots.append(bot)
        for bot, port in zip(self.bots, self.balancer.ports, strict=True):
            bot.wait_for(f"http://127.0.0.1:{port}/", 120)

    def kill(self, number: int) -> None:
        """SIGKILL."""
        child = self.bots[number].child
        assert child is not None
        child.kill()
        child.wait()

    def stop(self) -> None:
        for bot in self.bots:
            bot.stop()

    def log_of(self, number: int) -> Path:
        return self.world.folder / f"bot-{number}.log"

    def has_worked(self, number: int) -> bool:
        """Whether this replica has handled updates and sent messages."""
        log = self.log_of(number).read_text()
        return '"handled"' in log and '"delivered"' in log
