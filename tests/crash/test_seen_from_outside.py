"""What operators see of a running bot: health, numbers, a log that tells everything but secrets."""

import json

import httpx
import pytest

from tests.crash.worlds import LEARNERS, TALKER, crash_world, prepare
from tests.worlds import TOKEN

pytestmark = [pytest.mark.crash, pytest.mark.xdist_group("crash")]

CANARY = "xyzzy-canary"
FIRST_NAME = "Canaryfirst"


@pytest.fixture(scope="module")
def lived(tmp_path_factory):
    """A bot that heard a canary in every place where people put words, then stopped."""
    prepared = prepare(tmp_path_factory.mktemp("prepared"))
    with crash_world(prepared, tmp_path_factory.mktemp("lived")) as world:
        world.start()
        phone = world.phone(TALKER)
        phone.post("person", {"user_id": TALKER, "first_name": FIRST_NAME, "started": True})
        for text in ("/start", f"I am {CANARY}", f"/{CANARY}", f"/start {CANARY}", "/settings"):
            phone.post("message", {"user": TALKER, "text": text})
        body = {"user": str(TALKER), "caption": CANARY}
        files = {"file": (f"{CANARY}.json", json.dumps({"name": CANARY}).encode())}
        phone.http.post("/sim/document", data=body, files=files).raise_for_status()
        press = {"user": TALKER, "data": f"v1:{CANARY}:x", "message_id": 1, "force": True}
        phone.post("tap", press)
        world.settle(world.is_quiet)
        phone.post("fault", {"method": "sendMessage", "code": 403, "times": 1})
        phone.post("message", {"user": TALKER, "text": f"once more {CANARY}"})
        world.settle(world.is_quiet)
        web = f"http://127.0.0.1:{world.environment['SKILLMARK_WEB_PORT']}"
        world.settle(lambda: _answers(f"{web}/healthz"))
        pages = {path: httpx.get(web + path) for path in ("/healthz", "/readyz", "/metrics")}
        pages["/verify"] = httpx.get(f"{web}/credentials/{CANARY}?q={CANARY}")
        world.bot.stop()
        yield pages, (world.folder / "bot.log").read_text()


def _answers(url):
    try:
        return httpx.get(url).status_code == 200
    except httpx.HTTPError:
        return False


def lines(log):
    return [json.loads(line) for line in log.splitlines() if line.startswith("{")]


def test_it_is_alive_and_ready(lived):
    assert [lived[0][path].status_code for path in ("/healthz", "/readyz")] == [200, 200]


@pytest.mark.parametrize(
    "series",
    [
        'skillmark_queue_depth{queue="updates",state="waiting"} 0.0',
        'skillmark_queue_depth{queue="messages",state="parked"}',
        'skillmark_queue_oldest_seconds{queue="messages"} 0.0',
        'skillmark_updates_total{outcome="done"}',
        'skillmark_sends_total{message_class="reply",outcome="sent"}',
        'skillmark_sends_total{message_class="reply",outcome="parked"} 1.0',
        'skillmark_nlu_seconds_count{outcome="answered"}',
        'skillmark_tick_lag_seconds{tick="reminders"}',
        "skillmark_update_seconds_bucket",
        "skillmark_delivery_seconds_bucket",
        "skillmark_database_up 1.0",
        "skillmark_sending_stopped 0.0",
    ],
)
def test_its_numbers_can_be_scraped(lived, series):
    assert series in lived[0]["/metrics"].text


def test_every_line_is_json_with_an_event(lived):
    assert all(line.startswith("{") for line in lived[1].splitlines())
    assert all({"at", "level", "event", "logger"} <= set(line) for line in lines(lived[1]))


def test_a_message_can_be_traced_to_the_update_that_caused_it(lived):
    known = lines(lived[1])
    handled = {line["cause"] for line in known if line["event"] == "handled"}
    delivered = {line["cause"] for line in known if line["event"] == "delivered"}
    assert delivered
    assert delivered <= handled


@pytest.mark.parametrize(
    "secret",
    [CANARY, FIRST_NAME, TOKEN, TOKEN.partition(":")[2], str(TALKER), str(LEARNERS[0]),
     "actions-token"],
)  # fmt: skip
def test_no_word_name_file_token_or_telegram_id_is_logged(lived, secret):
    assert secret not in lived[1]


def test_no_word_or_id_is_in_the_numbers(lived):
    numbers = lived[0]["/metrics"].text
    assert all(word not in numbers for word in (CANARY, FIRST_NAME, str(TALKER)))
