"""Fills the demo through the product's own doors: an advisor, waiting work, badges of every fate."""

import asyncio
import json
import sys
from dataclasses import replace
from datetime import datetime, timedelta
from importlib.resources import files
from pathlib import Path
from typing import Any

import aiohttp
from dateutil.relativedelta import relativedelta

from bot.demo.story import ANA, BEN, SAMPLES, TOM, Seeded
from bot.pictures.files import bake_badge
from bot.settings import Settings
from bot.texts import Say
from credentials.bootstrap import open_institution
from credentials.clock import FixedClock
from credentials.evidence import answer_in_words, send_submission, start_submission
from credentials.issuing import Basis, IssuedBadge, award_badge, revoke_badge
from credentials.openbadges.values import Evidence
from credentials.people import chat_of, register_person, set_badge_name
from credentials.unit_of_work import Institution, Work

WAITING_FOR = "spreadsheet-analysis"
ANAS_BADGE, ANAS_MONTHS = "infection-prevention", 24
SHOWN, MONTHS = "sql-foundations", 36
# Nudges come in the mornings 90, 30 and 7 days before; the second is due whatever became of the
# first.
NUDGED_BEFORE = timedelta(days=29)
PATIENCE = aiohttp.ClientTimeout(total=40)


async def seed(settings: Settings, folder: Path) -> Seeded:
    """Everything, once a demo; the files lie in the story's folder."""
    institution = open_institution(settings)
    try:
        ends = await asyncio.to_thread(_seed_badges, institution, folder)
        await asyncio.to_thread(_seed_submission, institution)
    finally:
        institution.engine.dispose()
    await _join_as_advisor(settings)
    for name in SAMPLES:
        sample = files("bot.demo").joinpath("files", name)
        (folder / name).write_bytes(sample.read_bytes())
    return Seeded(
        ends - NUDGED_BEFORE,
        ends + timedelta(hours=1),
        ("valid.png", "altered.png", "revoked.png", "expired.png"),
    )


def _seed_badges(institution: Institution, folder: Path) -> datetime:
    now = institution.clock.now()
    soon = now - relativedelta(months=ANAS_MONTHS) + timedelta(days=91, hours=-1)
    long_ago = now - relativedelta(months=MONTHS + 3)
    with _at(institution, long_ago).begin() as work:
        expired = award_badge(work, achievement_code=SHOWN, holder_name="Jonas Weber")
    with _at(institution, soon).begin() as work:
        ana = _person(work, ANA, "Ana")
        set_badge_name(work, ana, "Ana Ruiz")
        anas = award_badge(work, achievement_code=ANAS_BADGE, holder_name="Ana Ruiz", person_id=ana)
    with _at(institution, now - timedelta(days=60)).begin() as work:
        valid = award_badge(
            work, achievement_code=SHOWN, holder_name="Mei Chen", basis=_judged_work()
        )
        revoked = award_badge(work, achievement_code=SHOWN, holder_name="Sam Hill")
    with institution.begin() as work:
        revoke_badge(work, credential_id=revoked.credential_id, reason="Issued by mistake.")
    for name, badge in (("valid", valid), ("revoked", revoked), ("expired", expired)):
        _bake(folder, name, badge.credential, badge.code)
    _bake(folder, "altered", _altered(valid), valid.code)
    assert anas.valid_until is not None
    return anas.valid_until


def _seed_submission(institution: Institution) -> None:
    """Tom's work, sent as he would: it waits for an advisor."""
    say = Say()
    with institution.begin() as work:
        tom = _person(work, TOM, "Tom")
        set_badge_name(work, tom, "Tom Lindqvist")
        step = start_submission(work, person_id=tom, achievement_code=WAITING_FOR)
        for number in range(len(step.submission.criteria)):
            text = say.plain(f"demo-toms-work-{number + 1}")
            answer_in_words(work, person_id=tom, text=text)
        send_submission(work, person_id=tom, submission_id=step.submission.submission_id)


async def _join_as_advisor(settings: Settings) -> None:
    """Ben follows the link of `skillmark staff invite` and accepts, on his phone."""
    command = [sys.executable, "-m", "bot", "staff", "invite", "--role", "advisor", "--json"]
    process = await asyncio.create_subprocess_exec(*command, stdout=asyncio.subprocess.PIPE)
    said, _ = await process.communicate()
    link = json.loads(said)["link"]
    async with aiohttp.ClientSession(settings.telegram_api, timeout=PATIENCE) as playground:
        for user_id, name in ((BEN, "Ben"), (TOM, "Tom")):
            await _act(playground, "person", user_id=user_id, first_name=name)
        await _act(playground, "command", user=TOM, command="start")
        payload = link.partition("start=")[2]
        await _act(playground, "command", user=BEN, command="start", args=payload)
        label = Say().plain("button-join")
        while True:
            chat = await _look(playground, BEN)
            shown = [b["text"] for m in chat["messages"] for row in m["buttons"] for b in row]
            if label in shown:
                break
            await playground.get(
                "/sim/wait", params={"user": BEN, "since": chat["seq"], "timeout": 20}
            )
        await _act(playground, "tap", user=BEN, label=label)


async def _act(playground: aiohttp.ClientSession, what: str, **given: Any) -> None:
    async with playground.post(f"/sim/{what}", json=given) as answer:
        answer.raise_for_status()


async def _look(playground: aiohttp.ClientSession, user: int) -> dict[str, Any]:
    async with playground.get("/sim/chat", params={"user": user}) as answer:
        return dict(await answer.json())


def _person(work: Work, user_id: int, name: str) -> str:
    person = register_person(
        work, telegram_user_id=user_id, chat_id=user_id, first_name=name, language_code="en"
    )
    assert chat_of(work, person.person_id) == user_id
    return person.person_id


def _at(institution: Institution, instant: datetime) -> Institution:
    """The institution as it was: badges of the past are issued in the past."""
    return replace(institution, clock=FixedClock(instant))


def _judged_work() -> Basis:
    """What stands on a badge about how it was judged."""
    say = Say()
    evidence = Evidence(
        name=say.plain("demo-evidence"),
        genre=say.plain("demo-evidence-genre"),
        description=say.plain("demo-evidence-origin"),
    )
    return Basis(evidence=[evidence], judged_by=say.plain("demo-judge"))


def _altered(badge: IssuedBadge) -> str:
    document = badge.document
    document["credentialSubject"]["achievement"]["name"] = "Advanced SQL"
    return json.dumps(document, ensure_ascii=False)


def _bake(folder: Path, name: str, credential: str, code: str) -> None:
    (folder / f"{name}.png").write_bytes(bake_badge(credential, code))
