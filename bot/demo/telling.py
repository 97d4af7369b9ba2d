"""Tells the demo's story: seeds it once, then keeps the page's lines about what is ready true."""

import asyncio
import json
from datetime import datetime
from pathlib import Path
from typing import Any

import typer

from bot.demo.announcing import INTERVAL_SECONDS, disk_used, until_ready
from bot.demo.readiness import Part, bot_part, web_url, words_part
from bot.demo.story import ANA, BEN, CHLOE, SAMPLES, Seeded
from bot.settings import Settings
from bot.texts import Say

SEEDED = "seeded.json"
CHIPS = {
    ANA: ("goal", "nurse", "why", "reminder", "what"),
    BEN: ("queue", "help"),
    CHLOE: ("verify", "trust"),
}
FILES = {
    "valid.png": "valid",
    "altered.png": "altered",
    "revoked.png": "revoked",
    "expired.png": "expired",
}


async def tell(settings: Settings, folder: Path, logs: Path | None) -> None:
    """Write the story, seed it when the bot answers, and report until stopped."""
    seeded = _kept(folder)
    typer.echo("Starting Skillmark's demo. Ctrl-C ends it.")
    typer.echo(f"Three phones: {settings.telegram_api}/")
    await until_ready(settings, logs, lambda part: _write(settings, folder, seeded, [part]))
    if seeded is None:
        from bot.demo.seeding import seed  # noqa: PLC0415  # the bot comes first

        seeded = await seed(settings, folder)
        kept = {
            "renewal_due": seeded.renewal_due.isoformat(),
            "run_out": seeded.run_out.isoformat(),
            "badges": seeded.badges,
        }
        (folder / SEEDED).write_text(json.dumps(kept), encoding="utf-8")
    typer.echo(f"Ready. Open {settings.telegram_api}/ and press Start. Pages: {web_url(settings)}")
    await _report(settings, folder, seeded, logs)


async def _report(settings: Settings, folder: Path, seeded: Seeded, logs: Path | None) -> None:
    last: list[Part] = []
    was_ready = False
    while True:
        parts = [await bot_part(settings, logs), await words_part(settings, logs)]
        if parts != last:
            _write(settings, folder, seeded, parts)
            if not last or parts[1] != last[1]:
                typer.echo(f"{parts[1].text}.")
        if parts[1].state == "ready" and not was_ready:
            was_ready = True
            typer.echo(await asyncio.to_thread(disk_used))
        last = parts
        await asyncio.sleep(INTERVAL_SECONDS)


def _kept(folder: Path) -> Seeded | None:
    folder.mkdir(parents=True, exist_ok=True)
    try:
        kept = json.loads((folder / SEEDED).read_text(encoding="utf-8"))
    except FileNotFoundError:
        return None
    return Seeded(
        datetime.fromisoformat(kept["renewal_due"]),
        datetime.fromisoformat(kept["run_out"]),
        tuple(kept["badges"]),
    )


def _write(settings: Settings, folder: Path, seeded: Seeded | None, parts: list[Part]) -> None:
    story = _story(settings, seeded, parts)
    draft = folder / "story.json.new"
    draft.write_text(json.dumps(story, ensure_ascii=False, indent=1), encoding="utf-8")
    draft.replace(folder / "story.json")


def _story(settings: Settings, seeded: Seeded | None, parts: list[Part]) -> dict[str, Any]:
    say = Say()
    assert settings.telegram_bot_token is not None
    samples = [_file(say, name, name.partition(".")[0]) for name in SAMPLES] if seeded else []
    badges = [_file(say, n, FILES[n]) for n in seeded.badges] if seeded else []
    web = web_url(settings)
    moments = []
    if seeded is not None:
        moments = [
            {"label": say.plain("demo-moment-renewal"), "at": seeded.renewal_due.isoformat()},
            {"label": say.plain("demo-moment-run-out"), "at": seeded.run_out.isoformat()},
        ]
    return {
        "bot": {
            "token": settings.telegram_bot_token.get_secret_value(),
            "username": "SkillmarkDemoBot",
            "name": settings.institution_name,
        },
        "people": [
            _person(say, "learner", ANA, "Ana", "Ruiz", samples),
            _person(say, "advisor", BEN, "Ben", "Okafor", []),
            _person(say, "employer", CHLOE, "Chloe", "Martin", badges),
        ],
        "moments": moments,
        "links": [
            {"label": say.plain("demo-link-verify"), "url": f"{web}/verify"},
            {"label": say.plain("demo-link-issuer"), "url": f"{web}/issuer"},
        ],
        "status": [{"name": part.name, "state": part.state, "text": part.text} for part in parts],
    }


def _person(
    say: Say, key: str, user_id: int, first: str, last: str, files: list[dict[str, str]]
) -> dict[str, Any]:
    return {
        "key": key,
        "user_id": user_id,
        "first_name": first,
        "last_name": last,
        "language_code": "en",
        "title": say.plain(f"demo-{key}"),
        "intro": say.plain(f"demo-{key}-intro"),
        "own_words": say.plain("demo-own-words") if key == "learner" else "",
        "chips": [
            {"label": say.plain(f"demo-chip-{chip}"), "text": say.plain(f"demo-chip-{chip}.text")}
            for chip in CHIPS[user_id]
        ],
        "files": files,
    }


def _file(say: Say, name: str, key: str) -> dict[str, str]:
    return {"name": name, "path": name, "caption": "", "about": say.plain(f"demo-file-{key}")}
