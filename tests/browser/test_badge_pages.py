"""The badge page and the page for checking, in a real browser, narrow and wide, light and dark."""

import os
import threading
from contextlib import contextmanager

import pytest
import uvicorn
from playwright.sync_api import Error, expect, sync_playwright

from bot.settings import Settings
from bot.web import create_web
from credentials.issuing import revoke_badge
from credentials.verification.resolution import NoNetwork
from tests.institutions import open_fresh
from tests.issued import altered, issue
from tests.requirements import browser as system_browser
from tests.worlds import free_port

pytestmark = pytest.mark.browser

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
HOSTILE = '<img src=x onerror="window.hacked=1">'


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
def college(tmp_path, clock):
    """An institution whose pages are served."""
    port = free_port()
    institution = open_fresh(tmp_path, clock, public_url=f"http://127.0.0.1:{port}")
    settings = Settings(**institution.settings.model_dump())
    with serving(create_web(institution, settings, network=NoNetwork()), port):
        yield institution
    institution.engine.dispose()


@contextmanager
def serving(app, port):
    config = uvicorn.Config(app, port=port, log_config=None, lifespan="off", ws="none")
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run)
    thread.start()
    yield
    server.should_exit = True
    thread.join()


@pytest.fixture
def open_page(chromium):
    """Open an address; afterwards, nothing may have gone wrong on any page."""
    contexts, problems = [], []

    def open_one(url, *, width=1280, **options):
        context = chromium.new_context(viewport={"width": width, "height": 900}, **options)
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(60_000)
        page.on("pageerror", lambda error: problems.append(str(error)))
        page.on("console", lambda said: said.type == "error" and problems.append(said.text))
        page.goto(url)
        return page

    yield open_one
    for context in contexts:
        context.close()
    assert problems == []


def fits(page):
    return page.evaluate("document.documentElement.scrollWidth <= innerWidth")


@pytest.mark.parametrize("width", [390, 1280])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_badge_page_says_verdict_name_and_skills_at_a_glance(college, open_page, width, scheme):
    badge = issue(college)
    page = open_page(badge.url, width=width, color_scheme=scheme)
    expect(page.get_by_role("heading", level=1)).to_have_text("Genuine and current.")
    assert page.get_by_role("heading", level=1).bounding_box()["y"] < 450
    expect(page.get_by_role("heading", name="SQL Foundations")).to_be_visible()
    expect(page.get_by_text("Awarded to Ana Ruiz on Mon 2 March 2026")).to_be_visible()
    expect(page.get_by_text("join several tables", exact=True)).to_be_visible()
    picture = page.get_by_role("img", name="Picture of the badge SQL Foundations")
    expect(picture).to_be_visible()
    assert picture.evaluate("image => image.decode().then(() => image.naturalWidth)") > 300
    assert fits(page)


def test_details_open_with_the_keyboard_and_name_every_check(college, open_page):
    page = open_page(issue(college).url)
    seal = page.get_by_role("row", name="Seal passed: made by the issuer's key")
    expect(seal).to_be_hidden()
    page.get_by_text("Details: every check by its name").focus()
    page.keyboard.press("Enter")
    expect(seal).to_be_visible()
    expect(page.get_by_role("link", name="SQL", exact=True)).to_be_visible()


def test_the_first_tab_leads_to_the_content(college, open_page):
    page = open_page(issue(college).url)
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Skip to the content")).to_be_focused()


def test_a_withdrawn_badge_says_so_first(college, open_page):
    badge = issue(college)
    with college.begin() as work:
        revoke_badge(work, credential_id=badge.credential_id, reason="a mistake")
    page = open_page(badge.url, width=390)
    expect(page.get_by_role("heading", level=1)).to_contain_text("withdrawn by its issuer")
    expect(page.get_by_text("join several tables")).to_have_count(0)


def test_markup_in_a_name_stays_text(college, open_page):
    page = open_page(issue(college, holder_name=HOSTILE).url, width=390)
    expect(page.get_by_text(HOSTILE).first).to_be_visible()
    assert page.evaluate("window.hacked") is None
    assert fits(page)


def test_a_code_is_checked_without_any_script(college, open_page):
    badge = issue(college)
    url = f"{college.settings.public_url}/verify"
    page = open_page(url, width=390, java_script_enabled=False)
    page.get_by_label("The code printed on the badge, a link to it, or its text").fill(badge.code)
    page.get_by_role("button", name="Check it").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Genuine and current.")
    expect(page.get_by_role("link", name="Open the badge's page")).to_be_visible()


def test_a_file_is_checked_by_choosing_and_by_dropping_it(college, open_page, tmp_path):
    badge = issue(college)
    good, bad = tmp_path / "badge.json", tmp_path / "changed.json"
    good.write_text(badge.credential)
    bad.write_text(altered(badge))
    page = open_page(f"{college.settings.public_url}/verify")
    assert fits(page)
    page.get_by_label("The badge's picture (PNG or JPEG) or its file (JSON)").set_input_files(good)
    page.get_by_role("button", name="Check this file").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Genuine and current.")
    page.wait_for_load_state("load")  # the script that takes what is dropped
    page.evaluate(
        """text => {
            const transfer = new DataTransfer();
            transfer.items.add(new File([text], "changed.json"));
            const event = new DragEvent("drop", {dataTransfer: transfer, bubbles: true});
            document.getElementById("drop").dispatchEvent(event);
        }""",
        bad.read_text(),
    )
    headline = "Not genuine: the seal doesn't match."
    expect(page.get_by_role("heading", level=1)).to_have_text(headline)
    expect(page.get_by_text("Surgery")).to_have_count(0)


@pytest.mark.parametrize(
    "place", ["/", "/verify", "/issuer", "/docs", "/achievements/sql-foundations"]
)
def test_every_page_fits_a_phone(college, open_page, place):
    issue(college)
    page = open_page(f"{college.settings.public_url}{place}", width=390)
    assert fits(page)
    assert page.get_by_role("heading", level=1).count() == 1
