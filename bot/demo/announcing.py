"""Says on the terminal what is ready, once each."""

import asyncio
import shutil
from collections.abc import Callable
from pathlib import Path

import typer

from bot.demo.readiness import ROOT, Part, bot_part, web_url, words_part
from bot.settings import Settings

INTERVAL_SECONDS = 1.0
PARTS = 2
FOLDERS = (".uv", ".venv", "nlu/.venv", "nlu/models", "var")


async def announce(settings: Settings, logs: Path | None) -> None:
    """Watch until everything is ready; say every change of what is and what keeps it."""
    typer.echo("Starting Skillmark. Ctrl-C ends it.")
    known: dict[str, Part] = {}
    while len(known) < PARTS or any(part.state != "ready" for part in known.values()):
        for part in (await bot_part(settings, logs), await words_part(settings, logs)):
            if part != known.get(part.name):
                typer.echo(f"{part.name}: {part.text}.")
            known[part.name] = part
        await asyncio.sleep(INTERVAL_SECONDS)
    typer.echo(f"Pages: {web_url(settings)}")
    typer.echo(disk_used())


async def until_ready(
    settings: Settings, logs: Path | None, tell: Callable[[Part], None] = lambda part: None
) -> None:
    """Wait until bot and pages answer; say once what keeps them from it, here and to `tell`."""
    last: Part | None = None
    while last is None or last.state != "ready":
        part = await bot_part(settings, logs)
        if part != last:
            tell(part)
            if part.state == "down":
                typer.echo(f"{part.name}: {part.text}.", err=True)
        last = part
        await asyncio.sleep(INTERVAL_SECONDS / 4)


def disk_used() -> str:
    """What the installation takes on disk, in words."""
    used = 0
    for name in FOLDERS:
        folder = ROOT / name
        used += sum(file.stat().st_blocks * 512 for file in folder.rglob("*") if file.is_file())
    free = shutil.disk_usage(ROOT).free
    return f"Disk: {used / 2**30:.1f} GB used by this checkout, {free / 2**30:.0f} GB free."
