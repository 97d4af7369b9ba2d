"""A whole world on this machine: playground, bot, Rasa, each as the process that people run.

Tests speak to it over HTTP only, as three people with phones would.
"""

import os
import re
import secrets
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import closing, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx

ROOT = Path(__file__).resolve().parents[1]
TOKEN = "4200000001:AAtest-only-not-a-real-bot-000000000"
PATIENCE = 90.0  # seconds; an answer takes less than one, unless the machine is busy
STARTING = 240.0  # seconds
PORTS = range(12_000, 32_000)


def free_port() -> int:
    """A port nobody listens on, below those the system gives to connections.

    Rasa takes half a minute to listen; a port of the system's own choice may be gone by then.
    """
    while True:
        port = secrets.choice(PORTS)
        with closing(socket.socket()) as probe, suppress(OSError):
            probe.bind(("127.0.0.1", port))
            return port


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

    def wait_for(self, url: str, seconds: float = STARTING) -> None:
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

    raw: dict[str, Any]

    @property
    def text(self) -> str:
        return str(self.raw["text"])

    @property
    def labels(self) -> list[str]:
        return [button["text"] for row in self.raw["buttons"] for button in row]

    @property
    def links(self) -> dict[str, str]:
        buttons = [button for row in self.raw["buttons"] for button in row]
        return {button["text"]: button["url"] for button in buttons if button.get("url")}

    @property
    def is_from_bot(self) -> bool:
        return self.raw["from"] == "bot"

    @property
    def id(self) -> int:
        return int(self.raw["message_id"])

    @property
    def files(self) -> list[dict[str, Any]]:
        return list(self.raw["files"])


class Phone:
    """One person's phone on the playground."""

    def __init__(self, server: str, user: int, name: str = "Ana") -> None:
        self.server, self.user, self.name = server, user, name
        self.http = httpx.Client(base_url=server, timeout=70)
        self.post("person", {"user_id": user, "first_name": name})

    def close(self) -> None:
        self.http.close()

    def reply(self, message: Message, text: str) -> None:
        """Answer a message with Telegram's reply; the bot may have nothing to say to it."""
        self.post("message", {"user": self.user, "text": text, "reply_to": message.id})

    def tell(self, text: str) -> int:
        """Write without waiting for the bot, as to somebody else; the message's number."""
        sent = self.post("message", {"user": self.user, "text": text}).json()
        return int(sent["message_id"])

    def say(self, text: str) -> Message:
        """Write; a slash begins a command, as in every chat. The bot's next word is the answer."""
        return self._act(lambda: self.post("message", {"user": self.user, "text": text}))

    def tap(self, label: str) -> Message:
        """Press the newest button whose label begins so."""
        body = {"user": self.user, "label": self.full_label(label)}
        return self._act(lambda: self.post("tap", body))

    def choose(self, title: str) -> Message:
        """Turn the pages of a list until the title is on it, and press it."""
        while title not in self.last().labels:
            self.tap("More")
        return self.tap(title)

    def press(self, data: str, message_id: int | None = None) -> Message:
        """Press raw callback data, shown or not."""
        body: dict[str, Any] = {"user": self.user, "data": data, "force": True}
        if message_id is not None:
            body["message_id"] = message_id
        return self._act(lambda: self.post("tap", body))

    def send(self, name: str, content: bytes, *, how: str = "document") -> Message:
        """Send a file as a document, photo or voice note."""
        return self._act(
            lambda: self.http.post(
                f"/sim/{how}", data={"user": str(self.user)}, files={"file": (name, content)}
            )
        )

    def post(self, what: str, body: dict[str, Any]) -> httpx.Response:
        answer = self.http.post(f"/sim/{what}", json=body)
        assert answer.status_code == 200, answer.text
        return answer

    def full_label(self, start: str) -> str:
        for message in reversed(self.messages()):
            for label in message.labels:
                if label.casefold().startswith(start.casefold()):
                    return label
        raise AssertionError(f"no button {start!r}; the phone shows:\n{self.screen()}")

    def messages(self) -> list[Message]:
        answer = self.http.get("/sim/chat", params={"user": self.user})
        return [Message(raw) for raw in answer.json()["messages"]]

    def last(self) -> Message:
        return [message for message in self.messages() if message.is_from_bot][-1]

    def content(self, file: dict[str, Any]) -> bytes:
        return self.http.get(f"/sim/file/{file['file_id']}").raise_for_status().content

    def screen(self, count: int = 4) -> str:
        return "\n---\n".join(f"{m.text}\n{m.labels}" for m in self.messages()[-count:])

    def wait(self, wanted: str | Callable[[Message], bool], seconds: float = PATIENCE) -> Message:
        """The newest message of the bot that holds the words (a regular expression) or fits."""
        until = time.monotonic() + seconds
        while True:
            sequence = self._sequence()
            for message in reversed(self.messages()):
                if message.is_from_bot and _fits(message, wanted):
                    return message
            left = until - time.monotonic()
            if left <= 0:
                shown = self.screen(8)
                raise AssertionError(f"nothing like {wanted!r} came; the phone shows:\n{shown}")
            self._news(sequence, left)

    def mark_all_met(self) -> Message:
        """As an advisor: mark the rest as met; the summary that can be approved."""
        while True:
            shown = self.wait(lambda m: bool({"Met", "Approve and sign"} & set(m.labels)))
            if "Approve and sign" in shown.labels:
                return shown
            self.tap("Met")

    def stays_silent(self, since: int, seconds: float) -> bool:
        """Whether the bot says nothing more for a while."""
        return not self._news(since, seconds)

    def _act(self, act: Callable[[], httpx.Response]) -> Message:
        sequence = self._sequence()
        answer = act()
        assert answer.status_code == 200, answer.text
        until = time.monotonic() + PATIENCE
        while time.monotonic() < until:
            events = self._news(sequence, until - time.monotonic())
            shown = [e["message"] for e in events if e["kind"] in {"message", "edit"}]
            if shown:
                return Message(shown[-1])
            sequence = max([sequence, *(event["seq"] for event in events)])
        raise AssertionError(f"the bot did not answer; the phone shows:\n{self.screen(8)}")

    def _sequence(self) -> int:
        return int(self.http.get("/sim/chat", params={"user": self.user}).json()["seq"])

    def _news(self, since: int, seconds: float) -> list[dict[str, Any]]:
        parameters = {"user": self.user, "since": since, "timeout": max(0.05, min(seconds, 30.0))}
        return list(self.http.get("/sim/wait", params=parameters).json()["events"])


def _fits(message: Message, wanted: str | Callable[[Message], bool]) -> bool:
    if callable(wanted):
        return wanted(message)
    return re.search(wanted, message.text, re.IGNORECASE | re.DOTALL) is not None
