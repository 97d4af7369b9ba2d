"""The page with three phones, in a real browser, with the bot's side played by hand."""

import io
import json
import os
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx
import pytest
from PIL import Image, PngImagePlugin
from playwright.sync_api import Browser, Error, Page, expect, sync_playwright

from bot.playground.server import running
from tests.requirements import browser as system_browser

pytestmark = pytest.mark.browser

TOKEN = "42:page"
ANA, BEN, CHLOE = 1001, 1002, 1003
HOSTILE = '<img src=x onerror="window.hacked=1">'
FLAGS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
STORY = {
    "bot": {"token": TOKEN, "username": "DemoBot", "name": "Demo"},
    "people": [
        {
            "key": "learner",
            "user_id": ANA,
            "first_name": "Ana",
            "last_name": HOSTILE,
            "title": "Learner",
            "intro": "You want a new job.",
            "chips": [{"label": "Say hello", "text": "hello there"}],
            "own_words": "Type your own dream job",
            "files": [{"name": "joins.sql", "path": "joins.sql", "about": "Twelve queries"}],
        },
        {"key": "advisor", "user_id": BEN, "first_name": "Ben", "title": "Advisor"},
        {"key": "employer", "user_id": CHLOE, "first_name": "Chloe", "title": "Employer"},
    ],
    "moments": [{"label": "to the nudge", "at": "2090-01-01T09:00:00Z"}],
    "status": [{"name": "Bot", "state": "starting", "text": "waking up"}],
}


@dataclass
class Demo:
    """The served page, its story folder and the bot's raw calls."""

    base: str
    folder: Path
    http: httpx.Client

    def call(self, method: str, **params: Any) -> Any:
        answer = self.http.post(f"/bot{TOKEN}/{method}", json=params).json()
        assert answer["ok"], answer
        return answer["result"]

    def chat(self, user: int) -> list[dict[str, Any]]:
        return self.http.get("/sim/chat", params={"user": user}).json()["messages"]

    def award(self, user: int) -> bytes:
        """Send a badge as a document and return its bytes."""
        content = badge()
        self.http.post(
            f"/bot{TOKEN}/sendDocument",
            data={"chat_id": str(user), "caption": "Your badge"},
            files={"document": ("badge.png", content)},
        ).raise_for_status()
        return content


def badge() -> bytes:
    info = PngImagePlugin.PngInfo()
    info.add_itxt("openbadgecredential", json.dumps({"name": "Excellent work"}))
    buffer = io.BytesIO()
    Image.new("RGB", (400, 400), "teal").save(buffer, "PNG", pnginfo=info)
    return buffer.getvalue()


@pytest.fixture(scope="module")
def chromium():
    with sync_playwright() as playwright:
        try:
            launched = playwright.chromium.launch(executable_path=system_browser(), args=FLAGS)
        except Error as error:
            if os.environ.get("CI") == "true":
                raise
            pytest.skip(f"no Chromium here: {error.message.splitlines()[0]}")
        yield launched
        launched.close()


@pytest.fixture
def demo(tmp_path):
    (tmp_path / "joins.sql").write_text("SELECT 1;")
    (tmp_path / "story.json").write_text(json.dumps(STORY))
    with running(tmp_path) as base, httpx.Client(base_url=base, timeout=20) as http:
        for user in (ANA, BEN, CHLOE):
            http.post("/sim/command", json={"user": user, "command": "start"})
        yield Demo(base, tmp_path, http)


def open_page(browser: Browser, demo: Demo, width: int = 1440, height: int = 900) -> Page:
    page = browser.new_page(viewport={"width": width, "height": height})
    page.set_default_timeout(60_000)
    page.goto(demo.base)
    page.wait_for_selector("body[data-ready]")
    return page


@pytest.fixture
def page(chromium, demo):
    problems: list[str] = []
    page = open_page(chromium, demo)
    page.on("pageerror", lambda error: problems.append(str(error)))
    page.on("console", lambda said: said.type == "error" and problems.append(said.text))
    yield page
    page.close()
    assert problems == []


def phone(page: Page, user: int):
    return page.locator(f"#phone-{user}")


def test_it_says_what_it_is_and_shows_three_phones(page):
    expect(page.get_by_text("this is not Telegram; nothing leaves this computer")).to_be_visible()
    for user in (ANA, BEN, CHLOE):
        expect(phone(page, user).get_by_role("log")).to_be_visible()
    expect(page).to_have_title("Demo playground")


def test_people_write_and_the_bot_answers_and_edits_in_place(page, demo):
    ana = phone(page, ANA)
    ana.get_by_label("Message", exact=True).fill("I want a job")
    ana.get_by_label("Message", exact=True).press("Enter")
    expect(ana.locator(".msg.person").last).to_contain_text("I want a job")
    demo.call("sendChatAction", chat_id=ANA, action="typing")
    expect(ana.locator(".state")).to_have_text("typing…")
    message = demo.call(
        "sendMessage",
        chat_id=ANA,
        text="<b>Which</b> &lt;one&gt; 👋 <i>now</i>?",
        parse_mode="HTML",
        reply_markup={
            "inline_keyboard": [
                [{"text": "Nurse", "callback_data": "n"}],
                [{"text": "Site", "url": "https://example.org/"}],
            ]
        },
    )
    bubble = ana.locator(".msg.bot").last
    expect(bubble.locator("strong")).to_have_text("Which")
    expect(bubble.locator("em")).to_have_text("now")
    expect(bubble).to_contain_text("<one> 👋")
    expect(bubble.get_by_role("link", name="Site")).to_have_attribute(
        "href", "https://example.org/"
    )

    bubble.get_by_role("button", name="Nurse").click()
    expect(bubble.locator(".key.waiting")).to_have_count(1)
    query = demo.call("getUpdates")[-1]["callback_query"]
    demo.call("answerCallbackQuery", callback_query_id=query["id"], text="Noted")
    demo.call("editMessageText", chat_id=ANA, message_id=message["message_id"], text="Nurse it is")
    expect(ana.locator(".toast")).to_have_text("Noted")
    expect(ana.locator(".msg.bot")).to_have_count(1)
    expect(bubble).to_contain_text("Nurse it is")
    expect(bubble.locator(".meta")).to_contain_text("edited")


def test_an_alert_waits_for_ok(page, demo):
    demo.call(
        "sendMessage",
        chat_id=ANA,
        text="x",
        reply_markup={"inline_keyboard": [[{"text": "Go", "callback_data": "g"}]]},
    )
    phone(page, ANA).get_by_role("button", name="Go", exact=True).click()
    expect(phone(page, ANA).locator(".key.waiting")).to_have_count(1)
    query = demo.call("getUpdates")[-1]["callback_query"]
    demo.call("answerCallbackQuery", callback_query_id=query["id"], text="Sure?", show_alert=True)
    alert = phone(page, ANA).get_by_role("alertdialog")
    expect(alert).to_contain_text("Sure?")
    page.keyboard.press("Enter")
    expect(alert).to_have_count(0)


def test_hostile_names_and_words_are_text(page, demo):
    demo.http.post("/sim/message", json={"user": ANA, "text": HOSTILE})
    demo.call("sendMessage", chat_id=ANA, text=HOSTILE)
    expect(phone(page, ANA).locator(".msg.bot")).to_contain_text(HOSTILE)
    expect(phone(page, ANA).locator(".persona")).to_contain_text(HOSTILE)
    assert page.evaluate("window.hacked") is None
    assert phone(page, ANA).locator("img").count() == 0


def test_chips_own_words_and_sample_files(page, demo):
    ana = phone(page, ANA)
    ana.get_by_role("button", name="Say hello").click()
    expect(ana.locator(".msg.person").last).to_contain_text("hello there")
    ana.get_by_role("button", name="Type your own dream job").click()
    expect(ana.get_by_placeholder("Type your own dream job")).to_be_focused()
    ana.locator(".card").drag_to(phone(page, BEN).get_by_role("log"))
    expect(phone(page, BEN).locator(".msg.person .file")).to_contain_text("joins.sql")
    ana.locator(".card").click()
    expect(ana.locator(".msg.person .file")).to_contain_text("joins.sql")
    assert [
        update["message"].get("document", {}).get("file_name")
        for update in demo.call("getUpdates")[-2:]
    ] == ["joins.sql", "joins.sql"]


def test_a_badge_is_dragged_to_another_phone_whole_or_as_a_photo(page, demo):
    content = demo.award(ANA)
    badge_shown = phone(page, ANA).locator(".msg.bot")
    expect(badge_shown.locator("img")).to_be_visible()
    target = phone(page, CHLOE).get_by_role("log")
    badge_shown.locator(".file").drag_to(target, target_position={"x": 150, "y": 40})
    expect(phone(page, CHLOE).locator(".msg.person .from")).to_have_text("Forwarded from Demo")
    forwarded = demo.chat(CHLOE)[-1]["files"][0]
    assert demo.http.get(forwarded["url"]).content == content

    box = target.bounding_box()
    badge_shown.locator(".file").drag_to(
        target, target_position={"x": 150, "y": box["height"] - 40}
    )
    expect(phone(page, CHLOE).locator(".msg.person img")).to_have_count(2)
    assert demo.chat(CHLOE)[-1]["files"][0]["kind"] == "photo"


def test_forwarding_works_with_the_keyboard_alone(page, demo):
    demo.award(ANA)
    expect(phone(page, ANA).locator(".msg.bot .file")).to_be_visible()
    forward = phone(page, ANA).get_by_role("button", name="Forward to…").last
    forward.focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("menuitem")).to_have_count(4)
    page.keyboard.press("ArrowUp")
    page.keyboard.press("ArrowUp")
    expect(page.get_by_role("menuitem", name="Forward to Employer")).to_be_focused()
    page.keyboard.press("Enter")
    expect(phone(page, CHLOE).locator(".msg.person .file")).to_contain_text("badge.png")
    forward.focus()
    page.keyboard.press("Enter")
    page.keyboard.press("Escape")
    expect(page.get_by_role("menu")).to_have_count(0)
    expect(forward).to_be_focused()


def test_files_of_this_computer_are_attached(page, demo, tmp_path):
    (tmp_path / "note.txt").write_text("hello")
    phone(page, BEN).get_by_role("button", name="Attach").click()
    with page.expect_file_chooser() as chooser:
        page.get_by_role("menuitem", name=re.compile("^File")).click()
    chooser.value.set_files(tmp_path / "note.txt")
    card = phone(page, BEN).locator(".msg.person .file")
    expect(card).to_contain_text("note.txt")
    with page.expect_download() as download:
        card.click()
    assert Path(download.value.path()).read_text() == "hello"


def test_the_employer_changes_one_byte(page, demo):
    button = phone(page, CHLOE).get_by_role("button", name="Change one byte and ask again")
    expect(button).to_be_disabled()
    demo.http.post("/sim/document", data={"user": CHLOE}, files={"file": ("b.png", badge())})
    expect(button).to_be_enabled()
    button.click()
    expect(phone(page, CHLOE).locator(".note")).to_have_text(
        "One letter changed: “Excellent work” → “Eycellent work”"
    )
    first, second = (
        demo.http.get(message["files"][0]["url"]).content for message in demo.chat(CHLOE)[-2:]
    )
    assert first != second
    assert b"Eycellent work" in second


def test_the_clock_moves_in_every_phone(page, demo):
    page.get_by_role("button", name="+1 week").click()
    expect(page.locator("#ahead")).to_have_text("7 days ahead")
    expect(phone(page, BEN).locator(".note")).to_contain_text("The clock moved to")
    page.get_by_role("button", name="to the nudge").click()
    expect(page.locator("#now")).to_contain_text("Jan 2090")
    expect(page.get_by_role("button", name="to the nudge")).to_have_count(0)


def test_commands_are_offered(page, demo):
    demo.call("setMyCommands", commands=[{"command": "help", "description": "What I can do"}])
    phone(page, ANA).get_by_role("button", name="Commands").click()
    page.get_by_role("menuitem", name=re.compile("help")).click()
    expect(phone(page, ANA).locator(".msg.person").last).to_contain_text("/help")


def test_deep_links_start_the_bot_in_the_same_chat(page, demo):
    demo.call("sendMessage", chat_id=CHLOE, text="https://t.me/DemoBot?start=badge-7")
    phone(page, CHLOE).locator(".msg.bot a").click()
    expect(phone(page, CHLOE).locator(".msg.person").last).to_contain_text("/start badge-7")


def test_the_log_shows_calls_and_makes_them_fail(page, demo):
    page.get_by_role("button", name="Bot log").click()
    drawer = page.locator("#drawer")
    drawer.get_by_role("button", name="429").click()
    expect(drawer.locator("output")).to_have_text("sendMessage: 429")
    refused = demo.http.post(f"/bot{TOKEN}/sendMessage", json={"chat_id": ANA, "text": "x"})
    assert refused.status_code == 429
    expect(drawer.locator(".calls .failed")).to_have_text("429")
    expect(drawer.locator("output")).to_have_text("")


def test_a_reload_keeps_the_chats_and_a_changed_story_shows_at_once(page, demo):
    demo.call("sendMessage", chat_id=ANA, text="Remember me")
    expect(phone(page, ANA).locator(".msg.bot")).to_contain_text("Remember me")
    page.reload()
    expect(phone(page, ANA).locator(".msg.bot")).to_contain_text("Remember me")
    ready = [{"name": "Words", "state": "ready", "text": "write in your own words"}]
    (demo.folder / "story.json").write_text(json.dumps({**STORY, "status": ready}))
    expect(page.locator("#status")).to_contain_text("write in your own words")


def test_blocking_and_unblocking(page, demo):
    phone(page, BEN).get_by_role("button", name="More").click()
    page.get_by_role("menuitem", name="Block the bot").click()
    phone(page, BEN).get_by_role("button", name="Unblock").click()
    expect(phone(page, BEN).get_by_label("Message", exact=True)).to_be_visible()


def test_a_narrow_screen_has_tabs_and_no_sideways_scrolling(chromium, demo):
    page = open_page(chromium, demo, 390, 844)
    expect(phone(page, ANA)).to_be_visible()
    expect(phone(page, BEN)).to_be_hidden()
    demo.call("sendMessage", chat_id=BEN, text="x " * 300)
    tab = page.get_by_role("tab", name="Advisor")
    expect(tab.locator(".unread")).to_have_text("1")
    tab.click()
    expect(phone(page, BEN).get_by_label("Message", exact=True)).to_be_in_viewport()
    expect(tab.locator(".unread")).to_be_hidden()
    page.keyboard.press("ArrowRight")
    expect(page.get_by_role("tab", name="Employer")).to_have_attribute("aria-selected", "true")
    assert page.evaluate("document.documentElement.scrollWidth") == 390
    page.close()
