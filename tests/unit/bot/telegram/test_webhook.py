"""The webhook takes updates from whoever shows the secret, and answers 200 only after the commit."""

import asyncio
import json
from concurrent.futures import ThreadPoolExecutor

import httpx
import pytest
from sqlalchemy import select, text

from bot.telegram.receiving import Inlet, chat_of_update
from bot.telegram.webhook import BODY_LIMIT, Webhook
from credentials.inbox import InboxUpdate
from tests.services import services_of

SECRET = "s3cret-token"
HEADER = "X-Telegram-Bot-Api-Secret-Token"
UPDATE = {"update_id": 5, "message": {"chat": {"id": 10, "type": "private"}, "text": "hello"}}


@pytest.fixture
async def client(institution):
    with ThreadPoolExecutor(2) as threads:
        services = services_of(institution, threads)
        inlet = Inlet(7, services.writes, services.inbox_ready)
        webhook = Webhook(inlet, path="/telegram", secret=SECRET)
        transport = httpx.ASGITransport(webhook)
        async with httpx.AsyncClient(transport=transport, base_url="http://bot") as made:
            made.webhook = webhook
            yield made


def stored(institution):
    with institution.read() as work:
        rows = work.session.scalars(select(InboxUpdate).order_by(InboxUpdate.update_id))
        return [(row.update_id, row.chat_id, row.state) for row in rows]


def shown(secret=SECRET):
    return {HEADER: secret}


async def test_an_update_is_stored_before_it_is_acknowledged(client, institution):
    answer = await client.post("/telegram", json=UPDATE, headers=shown())
    assert (answer.status_code, answer.content) == (200, b"")
    assert stored(institution) == [(5, 10, "waiting")]


async def test_a_repeated_update_is_acknowledged_and_stored_once(client, institution):
    for _ in range(3):
        assert (await client.post("/telegram", json=UPDATE, headers=shown())).status_code == 200
    assert stored(institution) == [(5, 10, "waiting")]


@pytest.mark.parametrize(
    "headers", [{}, shown(""), shown("S3CRET-TOKEN"), shown(SECRET + "x"), shown("é")]
)
async def test_without_the_secret_nothing_is_read(client, institution, headers):
    async def body():
        raise AssertionError("the body was read")
        yield b""

    known = {name: value.encode() for name, value in headers.items()}
    answer = await client.post("/telegram", content=body(), headers=known)
    assert answer.status_code == 401
    assert stored(institution) == []


@pytest.mark.parametrize(
    ("body", "status"),
    [
        (b"", 400),
        (b"null", 400),
        (b"[]", 400),
        (b"{}", 400),
        (b'{"update_id": "5"}', 400),
        (b'{"update_id": true}', 400),
        (b'{"update_id": -1}', 400),
        (b'{"update_id": 9223372036854775808}', 400),
        (b"\xff\xfe", 400),
        (b"[" * 200_000, 400),
        (b" " * (BODY_LIMIT + 1), 413),
    ],
)
async def test_what_is_no_update_is_refused(client, institution, body, status):
    answer = await client.post("/telegram", content=body, headers=shown())
    assert answer.status_code == status
    assert stored(institution) == []


async def test_a_body_that_hides_its_length_is_cut_off(client):
    async def endless():
        while True:
            yield b" " * 65_536

    answer = await client.post("/telegram", content=endless(), headers=shown())
    assert answer.status_code == 413


async def test_other_paths_and_methods_are_refused(client):
    assert (await client.post("/", json=UPDATE, headers=shown())).status_code == 404
    assert (await client.get("/telegram", headers=shown())).status_code == 405


async def test_while_it_stops_telegram_is_asked_to_come_back(client, institution):
    client.webhook.is_closing = True
    assert (await client.post("/telegram", json=UPDATE, headers=shown())).status_code == 503
    assert stored(institution) == []


async def test_a_database_that_fails_loses_nothing(client, institution):
    with institution.engine.begin() as connection:
        connection.execute(text("ALTER TABLE inbox_updates RENAME TO away"))
    assert (await client.post("/telegram", json=UPDATE, headers=shown())).status_code == 503
    with institution.engine.begin() as connection:
        connection.execute(text("ALTER TABLE away RENAME TO inbox_updates"))
    assert (await client.post("/telegram", json=UPDATE, headers=shown())).status_code == 200
    assert stored(institution) == [(5, 10, "waiting")]


async def test_many_at_once_are_all_stored(client, institution):
    async def post(number):
        update = {**UPDATE, "update_id": number}
        return (await client.post("/telegram", json=update, headers=shown())).status_code

    assert set(await asyncio.gather(*(post(number) for number in range(60)))) == {200}
    assert len(stored(institution)) == 60


@pytest.mark.parametrize(
    ("update", "chat"),
    [
        (UPDATE, 10),
        ({"update_id": 1, "edited_message": {"chat": {"id": -5}}}, -5),
        (
            {"update_id": 1, "callback_query": {"from": {"id": 3}, "message": {"chat": {"id": 4}}}},
            4,
        ),
        ({"update_id": 1, "callback_query": {"from": {"id": 3}, "inline_message_id": "x"}}, 3),
        ({"update_id": 1, "my_chat_member": {"chat": {"id": 8}, "from": {"id": 3}}}, 8),
        ({"update_id": 1, "poll_answer": {"user": {"id": 3}}}, 3),
        ({"update_id": 1, "pre_checkout_query": {"from": {"id": 3}}}, 3),
        ({"update_id": 1, "poll": {"id": "9"}}, 0),
        ({"update_id": 1, "message": {"chat": {"id": "not a number"}}}, 0),
        ({"update_id": 1, "message": "not an object"}, 0),
        ({"update_id": 1}, 0),
    ],
)
def test_every_update_has_a_chat_whose_order_it_keeps(update, chat):
    assert chat_of_update(json.loads(json.dumps(update))) == chat
