"""Anybody checks a badge on the page or through the interface; the limits hold."""

import io
import json
import re

import pytest
from PIL import Image

from bot.web.limits import MAX_UPLOAD_BYTES
from credentials.verification.summary import CredentialSummary
from tests.issued import altered, baked, picture


def headline(page):
    found = re.search(r'class="headline">([^<]*)<', page)
    return found[1].replace("&#39;", "'") if found else None


async def test_the_form_works_by_code_link_and_file_without_a_script(browser, badge):
    for given in (badge.code, badge.url, badge.credential):
        page = await browser.post("/verify", data={"text": given})
        assert headline(page.text) == "Genuine and current."
    for content in (baked(badge.credential), picture(badge.url), badge.credential.encode()):
        page = await browser.post("/verify", files={"file": ("badge.png", content)})
        assert headline(page.text) == "Genuine and current."
        assert "join several tables" in page.text


async def test_a_link_with_a_code_opens_the_verdict(browser, badge):
    page = (await browser.get("/verify", params={"code": badge.code})).text
    assert headline(page) == "Genuine and current."
    assert badge.url in page


async def test_the_form_alone_and_a_form_without_anything(browser):
    assert headline((await browser.get("/verify")).text) is None
    empty = await browser.post("/verify", data={"text": "  "})
    assert (empty.status_code, headline(empty.text)) == (400, None)
    assert 'role="alert"' in empty.text


async def test_the_page_shows_nothing_of_an_altered_badge(browser, badge):
    page = (await browser.post("/verify", files={"file": ("b.json", altered(badge))})).text
    assert headline(page) == "Not genuine: the seal doesn't match."
    assert "Ana Ruiz" not in page
    assert "Surgery" not in page


async def test_what_was_typed_comes_back_as_text_only(browser):
    page = (await browser.post("/verify", data={"text": '"><script>x</script>'})).text
    assert "<script>x" not in page
    assert headline(page) == "I couldn't find a badge in that."


@pytest.mark.parametrize("how", ["json", "question", "text", "png", "file", "form"])
async def test_the_interface_takes_every_form(web, badge, how):
    request = {
        "json": {"json": badge.document},
        "question": {"json": {"text": badge.code}},
        "text": {"content": badge.url, "headers": {"content-type": "text/plain"}},
        "png": {"content": baked(badge.credential), "headers": {"content-type": "image/png"}},
        "file": {"files": {"file": ("x", badge.credential)}},
        "form": {"data": {"text": badge.code}},
    }[how]
    answer = await web.post("/api/verify", **request)
    assert answer.status_code == 200
    assert answer.json()["verdict"] == "valid"
    assert [check["outcome"] for check in answer.json()["checks"]] == ["passed"] * 5


async def test_the_answer_holds_what_was_signed_and_nothing_about_the_person(web, badge):
    answer = (await web.post("/api/verify", json=badge.document)).json()
    assert {"verdict", "checks", "credential"} <= set(answer)
    assert set(answer["credential"]) == set(CredentialSummary.__dataclass_fields__)
    told = json.dumps(answer)
    assert badge.code not in told
    assert badge.badge_id not in told


@pytest.mark.parametrize(
    ("content", "verdict"),
    [
        (b'{"a":1,"a":2}', "invalid"),
        (b"[" * 50_000, "invalid"),
        (b"<svg onload='alert(1)'></svg>", "invalid"),
        (b"\x89PNG\r\n\x1a\n<html><script>alert(1)</script>", "could_not_check"),
        (b"PK\x03\x04" + b"\x00" * 64, "could_not_check"),
        (b"\xff\xfe{\x00", "invalid"),
    ],
)
async def test_hostile_uploads_get_a_verdict(web, content, verdict):
    answer = await web.post("/api/verify", files={"file": ("badge.html", content, "text/html")})
    assert (answer.status_code, answer.json()["verdict"]) == (200, verdict)
    assert answer.json()["credential"] is None
    assert answer.headers["content-type"] == "application/json"


async def test_the_largest_upload_is_taken_and_one_byte_more_is_not(web):
    plain = {"content-type": "application/octet-stream"}
    most = await web.post("/api/verify", content=b"\x00" * MAX_UPLOAD_BYTES, headers=plain)
    assert most.status_code == 200
    more = await web.post("/api/verify", content=b"\x00" * (MAX_UPLOAD_BYTES + 1), headers=plain)
    assert more.status_code == 413
    file = {"file": ("x", b"\x00" * (MAX_UPLOAD_BYTES + 1))}
    assert (await web.post("/verify", files=file)).status_code == 413


@pytest.mark.parametrize("length", [262_144, 262_145, 4 * 262_144 + 1])
async def test_a_text_may_be_so_long_and_no_longer(web, badge, length):
    headers = {"content-type": "text/plain"}
    said = f"{badge.url} ".ljust(length, "\u2026")
    answer = (await web.post("/api/verify", content=said.encode(), headers=headers)).json()
    assert answer["code"] == ("valid" if length == 262_144 else "too_large")


async def test_a_body_without_a_length_is_counted(web):
    async def endless():
        for _ in range(200):
            yield b"\x00" * 65_536

    answer = await web.post("/api/verify", content=endless())
    assert answer.status_code == 413


async def test_nothing_sent_is_a_bad_request(web):
    assert (await web.post("/api/verify")).status_code == 400
    assert (await web.get("/api/verify")).status_code == 405


async def test_thirty_a_minute_then_a_friendly_refusal(web, browser, badge, time):
    for _ in range(30):
        assert (await web.post("/api/verify", json={"text": badge.code})).status_code == 200
    refused = await web.post("/api/verify", json={"text": badge.code})
    assert (refused.status_code, refused.headers["retry-after"]) == (429, "60")
    page = await browser.post("/verify", data={"text": badge.code})
    assert (page.status_code, "A little too fast" in page.text) == (429, True)
    time[0] += 60
    assert (await web.post("/api/verify", json={"text": badge.code})).status_code == 200


async def test_verdicts_are_counted(web, badge):
    await web.post("/api/verify", json={"text": badge.code})
    assert 'skillmark_verdicts_total{verdict="valid"} 1.0' in (await web.get("/metrics")).text


async def test_links_elsewhere_are_never_opened_for_private_addresses(web):
    answer = await web.post("/api/verify", json={"text": "http://169.254.169.254/latest"})
    assert answer.json()["verdict"] == "could_not_check"


async def test_the_delivered_picture_survives_a_chat(web, badge):
    """A photo is made small and re-encoded on its way; the code printed in it still reads."""
    artwork = await web.get(f"/credentials/{badge.credential_id}/image.png")
    with Image.open(io.BytesIO(artwork.content)) as drawn:
        small = drawn.convert("RGB").resize((320, 320))
    photo = io.BytesIO()
    small.save(photo, "JPEG", quality=50)
    answer = await web.post("/api/verify", files={"file": ("photo.jpg", photo.getvalue())})
    assert answer.json()["verdict"] == "valid"
