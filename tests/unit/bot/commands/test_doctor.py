"""The doctor names what is not in order, and what to do about it."""

import json
from datetime import timedelta

import httpx
import pytest

from bot.commands.doctor import examine
from bot.playground.server import running
from bot.settings import Settings
from credentials.bootstrap import open_institution
from credentials.clock import SystemClock
from credentials.database import has_wal_reset_bug
from credentials.inbox import IncomingUpdate, UpdateKey, bury_update, claim_updates, store_updates
from credentials.issuing import ensure_keys
from credentials.sending_budget import stop_sending
from tests.institutions import put_database
from tests.worlds import TOKEN


@pytest.fixture
def server():
    with running() as url:
        yield url


@pytest.fixture
def settings(server, tmp_path):
    known = Settings(
        TELEGRAM_BOT_TOKEN=TOKEN,
        telegram_api=server,
        data_dir=tmp_path / "data",
        kek_file=tmp_path / "config" / "kek",
        rasa_url="http://127.0.0.1:9",
    )
    institution = open_institution(known)
    put_database(institution)
    with institution.begin() as work:
        ensure_keys(work)
    institution.engine.dispose()
    return known


@pytest.fixture
def findings(capsys):
    def look(settings):
        code = examine(settings, as_json=True)
        found = {item["what"]: item for item in json.loads(capsys.readouterr().out)}
        assert code == (0 if all(item["is_fine"] for item in found.values()) else 1)
        return found

    return look


def wrong(found):
    return {name for name, item in found.items() if not item["is_fine"]}


def change(settings, use_case):
    institution = open_institution(settings)
    with institution.begin() as work:
        use_case(work)
    institution.engine.dispose()


def test_a_house_in_order_lacks_only_rasa(settings, findings):
    found = findings(settings)
    assert wrong(found) == {"Rasa"}
    assert set(found) >= {
        "Telegram", "clock", "webhook", "database", "schema", "signing keys", "updates",
        "messages", "dead letters", "key file", "disk",
    }  # fmt: skip
    assert "SQLite" in found["database"]["says"]


def test_every_finding_says_what_to_do(settings, findings):
    assert all(item["advice"] for item in findings(settings).values() if not item["is_fine"])


def test_a_token_telegram_does_not_know(settings, server, findings):
    httpx.post(f"{server}/sim/fault", json={"method": "getMe", "code": 401, "times": 1})
    assert "Telegram" in wrong(findings(settings))


def test_a_webhook_somebody_else_has_set(settings, server, findings):
    httpx.post(f"{server}/bot{TOKEN}/setWebhook", json={"url": "https://evil.example/hook"})
    found = findings(settings)
    assert "webhook" in wrong(found)
    assert "evil.example" in found["webhook"]["says"]
    assert "token" in found["webhook"]["advice"]


def test_a_webhook_that_is_not_set_yet(settings, findings):
    meant = settings.model_copy(update={"webhook_url": "https://bot.example.org/telegram"})
    assert "webhook" in wrong(findings(meant))


def test_stuck_and_dead_rows_and_a_stopped_sender(settings, findings):
    def spoil(work):
        old = work.now - timedelta(minutes=10)
        updates = [IncomingUpdate(number, number, {"update_id": number}) for number in (1, 2)]
        store_updates(work.session, bot_id=7, updates=updates, now=old)
        claim_updates(work.session, bot_id=7, now=work.now, limit=1)
        work.session.flush()
        bury_update(work.session, UpdateKey(7, 1), error="ValueError", reference="A1")
        stop_sending(work.session, bot_id=7, because="bad token", now=work.now)

    change(settings, spoil)
    found = findings(settings)
    assert wrong(found) == {"Rasa", "updates", "dead letters", "sending"}
    assert "the oldest for 10 min" in found["updates"]["says"]


def test_a_key_file_that_is_gone(settings, findings):
    settings.kek_file.unlink()
    assert "signing keys" in wrong(findings(settings))


def test_a_database_without_tables(settings, tmp_path, findings):
    empty = settings.model_copy(update={"data_dir": tmp_path / "empty"})
    found = findings(empty)
    assert "skillmark migrate" in found["schema"]["advice"]


def test_a_clock_that_is_off(settings, server):
    from bot.commands.doctor import Answer, _clock

    now = SystemClock().now()
    assert not _clock(Answer(200, {}, now, now - timedelta(minutes=1))).is_fine
    assert _clock(Answer(200, {}, now, now - timedelta(seconds=3))).is_fine


@pytest.mark.parametrize(
    ("version", "is_bad"),
    [
        ("SQLite 3.40.1", True),
        ("SQLite 3.44.5", True),
        ("SQLite 3.44.6", False),
        ("SQLite 3.50.6", True),
        ("SQLite 3.50.7", False),
        ("SQLite 3.51.2", True),
        ("SQLite 3.51.3", False),
        ("SQLite 3.53.4", False),
        ("PostgreSQL 15.18", False),
    ],
)
def test_builds_that_lose_pages_are_known(version, is_bad):
    assert has_wal_reset_bug(version) is is_bad
