"""The product's catalogue as it is now reaches the extractor, and nothing broken does."""

from __future__ import annotations

import gzip
import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import Any

import pytest
from components.catalogue_feed import Feed

LOOKUP = {
    "kinds": ["skill"],
    "entries": [{"kind": "skill", "id": "sql", "value": "SQL", "phrases": ["SQL"]}],
}


class Actions(HTTPServer):
    """An action server; `body` is what it tells, `asked` the headers it was asked with."""

    body = gzip.compress(json.dumps(LOOKUP).encode())
    asked: list[tuple[str, Any]]


class Answer(BaseHTTPRequestHandler):
    server: Actions

    def do_GET(self) -> None:
        self.server.asked.append((self.path, self.headers))
        if self.headers["If-None-Match"] == '"1"':
            self.send_response(304)
            self.end_headers()
            return
        self.send_response(200)
        self.send_header("ETag", '"1"')
        self.send_header("Content-Encoding", "gzip")
        self.end_headers()
        self.wfile.write(self.server.body)

    def log_message(self, *args: Any) -> None:
        """Say nothing."""


@pytest.fixture
def actions() -> Iterator[Actions]:
    server = Actions(("127.0.0.1", 0), Answer)
    server.asked = []
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield server
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture
def feed(actions: Actions) -> Feed:
    made = Feed.from_environment(
        {
            "SKILLMARK_ACTIONS_URL": f"http://127.0.0.1:{actions.server_port}/webhook",
            "SKILLMARK_ACTIONS_TOKEN": "secret",
        }
    )
    assert made is not None
    return made


def test_it_is_read_once_and_again_when_it_changed(feed: Feed, actions: Actions) -> None:
    assert feed.newer() == LOOKUP
    assert feed.newer() is None
    paths = [path for path, _ in actions.asked]
    assert paths == ["/lookup", "/lookup"]
    assert {headers["Authorization"] for _, headers in actions.asked} == {"Bearer secret"}


@pytest.mark.parametrize(
    "body",
    [
        b"no gzip",
        gzip.compress(b"no json"),
        gzip.compress(b"[]"),
        gzip.compress(b'{"kinds": ["skill"], "entries": []}'),
        gzip.compress(b'{"kinds": ["skill"], "entries": [{"kind": "x", "phrases": []}]}'),
        gzip.compress(b'{"kinds": ["skill"], "entries": [{"kind": "skill", "phrases": 1}]}'),
    ],
)
def test_what_is_broken_is_refused(feed: Feed, actions: Actions, body: bytes) -> None:
    actions.body = body
    with pytest.raises((OSError, ValueError)):
        feed.newer()


def test_what_was_read_is_used_until_stopped_whatever_else_goes_wrong(feed: Feed) -> None:
    used, stop = [], threading.Event()

    def use(lookup: dict[str, Any]) -> None:
        used.append(lookup)
        stop.set()

    feed.follow(use, stop)
    assert used == [LOOKUP]


def test_without_an_action_server_nothing_is_asked() -> None:
    assert Feed.from_environment({}) is None
