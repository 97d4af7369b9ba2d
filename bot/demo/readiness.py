"""What is ready: the pages and the bot, and the words (Rasa)."""

from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

import aiohttp

from bot.demo.troubles import trouble
from bot.settings import Settings

ROOT = Path(__file__).resolve().parents[2]
MODEL = ROOT / "nlu" / "models" / "skillmark.tar.gz"
TIMEOUT = aiohttp.ClientTimeout(total=2)


@dataclass(frozen=True)
class Part:
    """A part of the product and its state: starting, ready or down."""

    name: str
    state: str
    text: str


async def answers(url: str) -> bool:
    """Whether something answers there without an error of its own."""
    try:
        async with aiohttp.ClientSession(timeout=TIMEOUT) as session, session.get(url) as response:
            return response.status < 500
    except (aiohttp.ClientError, TimeoutError):
        return False


def web_url(settings: Settings) -> str:
    host = "127.0.0.1" if settings.web_host in {"", "0.0.0.0"} else settings.web_host  # noqa: S104
    return f"http://{host}:{settings.web_port}"


async def bot_part(settings: Settings, logs: Path | None = None) -> Part:
    """The bot with its pages; `logs` tell what keeps it from coming up."""
    if await answers(f"{web_url(settings)}/readyz"):
        return Part("Bot", "ready", "Bot and pages are ready")
    problem = trouble(logs, "bot")
    if problem is not None:
        return Part("Bot", "down", problem)
    return Part("Bot", "starting", "Bot and pages are starting")


async def words_part(settings: Settings, logs: Path | None = None) -> Part:
    """Rasa, which joins when its model is there; `logs` tell what keeps it from coming up."""
    if await answers(f"{settings.rasa_url}/webhooks/skillmark/"):
        return Part("Words", "ready", "You can now write in your own words")
    problem = trouble(logs, "words")
    if problem is not None:
        return Part("Words", "down", f"{problem}; buttons work")
    if urlsplit(settings.rasa_url).hostname in {"127.0.0.1", "localhost"} and not MODEL.exists():
        return Part("Words", "starting", "Learning to read (a few minutes, once); buttons work now")
    return Part("Words", "starting", "Free text joins in a moment; buttons work now")
