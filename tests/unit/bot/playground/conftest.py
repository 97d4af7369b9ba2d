"""A playground on a real port, a bot's raw calls and a person's acts."""

import io
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx
import pytest
from PIL import Image, PngImagePlugin

from bot.playground.server import running

TOKEN = "42:test"
ANA = 1001


@dataclass
class Driver:
    """Both sides of a playground: `call` is the bot's, `sim` and `see` are the people's."""

    base: str
    http: httpx.Client

    def call(self, method: str, **params: Any) -> Any:
        answer = self.refused(method, **params)
        assert answer["ok"], answer
        return answer["result"]

    def refused(self, method: str, **params: Any) -> dict[str, Any]:
        response = self.http.post(f"/bot{TOKEN}/{method}", json=params)
        answer = response.json()
        assert response.status_code == answer.get("error_code", 200)
        return answer

    def upload(self, method: str, field: str, name: str, content: bytes, **params: Any) -> Any:
        response = self.http.post(
            f"/bot{TOKEN}/{method}", data=params, files={field: (name, content)}
        )
        return response.json()

    def sim(self, act: str, **body: Any) -> dict[str, Any]:
        response = self.http.post(f"/sim/{act}", json=body)
        return {"status": response.status_code, **response.json()}

    def send(self, kind: str, name: str, content: bytes, user: int = ANA) -> dict[str, Any]:
        response = self.http.post(
            f"/sim/{kind}", data={"user": str(user)}, files={"file": (name, content)}
        )
        return {"status": response.status_code, **response.json()}

    def see(self, path: str, **query: Any) -> dict[str, Any]:
        return self.http.get(f"/sim/{path}", params=query).raise_for_status().json()

    def bytes_of(self, either_id: str) -> bytes:
        return self.http.get(f"/sim/file/{either_id}").raise_for_status().content

    def chat(self, user: int = ANA) -> list[dict[str, Any]]:
        return self.see("chat", user=user)["messages"]

    def updates(self, **params: Any) -> list[dict[str, Any]]:
        return self.call("getUpdates", **params)


@pytest.fixture
def story_folder() -> Path | None:
    return None


@pytest.fixture
def clock_file(tmp_path: Path) -> Path:
    return tmp_path / "clock"


@pytest.fixture
def driver(story_folder: Path | None, clock_file: Path) -> Iterator[Driver]:
    with running(story_folder, clock_file) as base, httpx.Client(base_url=base, timeout=30) as http:
        yield Driver(base, http)


@pytest.fixture
def started(driver: Driver) -> Driver:
    """A playground where Ana has started the bot and the bot has read it."""
    update = driver.sim("command", user=ANA, command="start")["update_id"]
    driver.updates(offset=update + 1)
    return driver


def baked_png(text: str, size: tuple[int, int] = (64, 64)) -> bytes:
    """A PNG with a text baked into an iTXt chunk."""
    info = PngImagePlugin.PngInfo()
    info.add_itxt("openbadgecredential", text)
    buffer = io.BytesIO()
    Image.effect_noise(size, 60).save(buffer, "PNG", pnginfo=info)
    return buffer.getvalue()


@pytest.fixture
def bake():
    return baked_png
