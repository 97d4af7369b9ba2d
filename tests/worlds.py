"""A whole world on this machine: playground, bot, Rasa, each as the process that people run.

Tests speak to it over HTTP only, as three people with phones would.
"""

import os
import re
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path

import httpx

ROOT = Path(__file__).resolve().parents[1]
TOKEN = "4200000001:AAtest-only-not-a-real-bot-000000000"
PATIENCE_SECONDS = 20.0


def free_port() -> int:
    with closing(socket.socket()) as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@dataclass
class Process:
    """A child process with its output in a file."""

    command: list[str]
    environment: dict[str, str]
    log: Path
    child: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        self.log.parent.mkdir(parents=True, exist_ok=True)
        with self.log.open("ab") as out:
            self.child = subprocess.Popen(
                self.command,
                cwd=ROOT,
                env={**os.environ, **self.environment},
                stdout=out,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )

    def stop(self) -> None:
        if self.child is not None and self.child.poll() is None:
            self.child.terminate()
            try:
                self.child.wait(10)
            except subprocess.TimeoutExpired:
                self.child.kill()
                self.child.wait()

    def wait_for(self, url: str, seconds: float) -> None:
        """Wait until the process answers at a URL; its log's end is the message when it does not."""
        until = time.monotonic() + seconds
        while time.monotonic() < until:
            assert self.child is not None
            if self.child.poll() is not None:
                break
            try:
                if httpx.get(url, timeout=1).status_code < 500:
                    return
            except httpx.HTTPError:
                pass
            time.sleep(0.05)
        raise AssertionError(f"{self.command}: no answer at {url}\n{self.log.read_text()[-4000:]}")


def python(*arguments: str) -> list[str]:
    return [sys.executable, "-m", *arguments]


@dataclass
class Message:
    """A message as a phone shows it."""

    raw: dict

    @property
    def text(self) -> str:
        return self.raw.get("text") or self.raw.get("caption") or ""

    @property
    def labels(self) -> list[str]:
        return [button["text"] for row in self.raw.get("buttons") or [] for button in row]

    @property
    def is_from_bot(self) -> bool:
        return bool(self.raw.get("from_bot"))


@dataclass
class Phone:
    """One person's phone."""

    server: str
    user: int
    seen: int = 0
    http: httpx.Client = field(default_factory=lambda: httpx.Client(timeout=40))

    def say(self, text: str) -> "Message":
        return self._act("message", json={"user": self.user, "text": text})

    def command(self, text: str) -> "Message":
        return self._act("command", json={"user": self.user, "text": text})

    def tap(self, label: str) -> "Message":
        """Press the newest button whose label begins so."""
        return self._act("tap", json={"user": self.user, "label": self.full_label(label)})

    def press(self, data: str, message_id: int | None = None) -> "Message":
        """Press raw callback data, shown or not."""
        body = {"user": self.user, "data": data, "force": True}
        if message_id is not None:
            body["message_id"] = message_id
        return self._act("tap", json=body)

    def send(self, name: str, content: bytes, *, how: str = "document") -> "Message":
        return self._act(how, data={"user": str(self.user)}, files={"file": (name, content)})

    def full_label(self, start: str) -> str:
        for message in reversed(self.messages()):
            for label in message.labels:
                if label == start or label.startswith(start):
                    return label
        raise AssertionError(f"no button {start!r}; the last message is:\n{self.screen()}")

    def messages(self) -> list[Message]:
        answer = self.http.get(f"{self.server}/sim/chat", params={"user": self.user})
        return [Message(raw) for raw in answer.raise_for_status().json()["messages"]]

    def last(self) -> Message:
        return [message for message in self.messages() if message.is_from_bot][-1]

    def file(self, message: Message) -> bytes:
        found = message.raw["file"]
        return self.http.get(f"{self.server}/sim/file/{found['file_id']}").raise_for_status().content

    def screen(self, count: int = 4) -> str:
        return "\n---\n".join(f"{m.text}\n{m.labels}" for m in self.messages()[-count:])

    def wait(self, wanted: str | Callable[[Message], bool], seconds: float = PATIENCE_SECONDS) -> Message:
        """Wait for a message of the bot that holds the words (a regular expression) or fits."""
        fits = wanted if callable(wanted) else lambda m: re.search(wanted, m.text, re.I) is not None
        until = time.monotonic() + seconds
        while time.monotonic() < until:
            for message in reversed(self.messages()):
                if message.is_from_bot and fits(message):
                    return message
            self._wait_for_news(min(2.0, until - time.monotonic()))
        raise AssertionError(f"nothing like {wanted!r} came; the phone shows:\n{self.screen(8)}")

    def _act(self, what: str, **request: object) -> "Message":
        """Do something and wait for the bot's next word or edit."""
        mark = self._sequence()
        self.http.post(f"{self.server}/sim/{what}", **request).raise_for_status()
        until = time.monotonic() + PATIENCE_SECONDS
        while time.monotonic() < until:
            events = self._wait_for_news(until - time.monotonic(), since=mark)
            if any(event.get("from_bot") for event in events):
                return self.last()
        raise AssertionError(f"the bot did not answer; the phone shows:\n{self.screen(8)}")

    def _sequence(self) -> int:
        return int(
            self.http.get(f"{self.server}/sim/chat", params={"user": self.user}).json()["sequence"]
        )

    def _wait_for_news(self, seconds: float, since: int | None = None) -> list[dict]:
        parameters = {"user": self.user, "timeout": max(0.1, min(seconds, 20.0))}
        parameters["since"] = self._sequence() if since is None else since
        return self.http.get(f"{self.server}/sim/wait", params=parameters).json().get("events", [])
