"""The playground delivers by webhook as Telegram does: in order per chat, until it is taken."""

import asyncio
from contextlib import asynccontextmanager

import pytest
from aiohttp import web
from telegram import Bot

HEADER = "X-Telegram-Bot-Api-Secret-Token"


@pytest.fixture
async def bot(driver):
    async with Bot("42:test", f"{driver.base}/bot") as made:
        yield made


@asynccontextmanager
async def listening(refusals=0):
    """A bot that writes down what it is sent and refuses the first few."""
    taken, refused = Taken(), []

    async def take(request):
        update = await request.json()
        if len(refused) < refusals:
            refused.append(update["update_id"])
            return web.Response(status=500)
        taken.append((update["update_id"], request.headers.get(HEADER)))
        taken.changed.set()
        return web.Response()

    app = web.Application()
    app.router.add_post("/hook", take)
    runner = web.AppRunner(app)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    port = runner.addresses[0][1]
    try:
        yield f"http://127.0.0.1:{port}/hook", taken
    finally:
        await runner.cleanup()


class Taken(list):
    """What arrived; `wait` waits until it is so many."""

    def __init__(self):
        super().__init__()
        self.changed = asyncio.Event()

    async def wait(self, count):
        async with asyncio.timeout(10):
            while len(self) < count:
                self.changed.clear()
                await self.changed.wait()


async def test_updates_arrive_with_the_secret_and_in_order(bot, driver):
    async with listening() as (url, taken):
        await bot.set_webhook(url, secret_token="s3cret")
        for number in range(5):
            driver.sim("message", user=1001, text=f"word {number}")
        await taken.wait(5)
        assert [number for number, _ in taken] == sorted(number for number, _ in taken)
        assert {secret for _, secret in taken} == {"s3cret"}
        assert (await bot.get_webhook_info()).pending_update_count == 0
        await bot.delete_webhook()


async def test_what_is_refused_comes_again_and_the_error_is_told(bot, driver):
    async with listening(refusals=2) as (url, taken):
        await bot.set_webhook(url)
        driver.sim("message", user=1001, text="again")
        await taken.wait(1)
        info = await bot.get_webhook_info()
        assert "500" in info.last_error_message
        await bot.delete_webhook()


async def test_mischief_repeats_and_shuffles(bot, driver):
    driver.sim("mischief", repeat=2, shuffle=True)
    for number in range(4):
        driver.sim("message", user=1001, text=f"word {number}")
    async with listening() as (url, taken):
        await bot.set_webhook(url)
        await taken.wait(12)
        counts = {number: [n for n, _ in taken].count(number) for number, _ in taken}
        assert set(counts.values()) == {3}
        await bot.delete_webhook()
