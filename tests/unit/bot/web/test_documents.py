"""The public documents: which form, which headers, and nothing beyond what was signed."""

import html
import json
import re

import pytest

from credentials.issuing import revoke_badge, suspend_badge
from credentials.openbadges.baking import unbake_png
from tests.issued import issue


def path(badge):
    return f"/credentials/{badge.credential_id}"


def words_of(page):
    return html.unescape(re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page)))


async def test_programs_get_the_signed_credential_and_people_the_page(web, browser, badge):
    document = await web.get(path(badge))
    assert document.headers["content-type"] == "application/vc+ld+json"
    assert document.json() == badge.document
    page = await browser.get(path(badge))
    assert page.headers["content-type"].startswith("text/html")
    for answer in (document, page):
        assert "Accept" in answer.headers["vary"]


@pytest.mark.parametrize(
    ("accept", "media_type"),
    [
        ("application/json", "application/json"),
        ("application/ld+json", "application/ld+json"),
        ("application/vc+ld+json", "application/vc+ld+json"),
        ("application/vc", "application/vc"),
        ("text/plain", "text/plain; charset=utf-8"),
        ("application/jwt", "application/jwt"),
        ("image/png", "image/png"),
    ],
)
async def test_each_form_can_be_asked_for(web, badge, accept, media_type):
    answer = await web.get(path(badge), headers={"accept": accept})
    assert (answer.status_code, answer.headers["content-type"]) == (200, media_type)


async def test_the_query_is_stronger_than_the_header(browser, web, badge):
    assert (await browser.get(f"{path(badge)}?format=json")).json() == badge.document
    assert "<html" in (await web.get(f"{path(badge)}?format=html")).text
    assert (await web.get(f"{path(badge)}?format=jwt")).text.count(".") == 2
    assert (await web.get(f"{path(badge)}?format=pdf")).status_code == 406


async def test_the_page_says_the_verdict_first_and_what_the_holder_can_do(browser, badge):
    page = (await browser.get(path(badge))).text
    assert re.search(r"<h1[^>]*>Genuine and current\.</h1>", page)
    words = words_of(page)
    for told in (
        "Awarded to Ana Ruiz on Mon 2 March 2026",
        "by Example College",
        "join several tables",
        "Judged from work sample (own project) by one advisor.",
        "About 30 h.",
        "Identity not checked.",
        badge.achievement.criteria[0].ask["en"],
        "made by the issuer's key over exactly these words",
        "did:web:badges.example.org",
    ):
        assert told in words, told
    assert page.index("Genuine and current") < page.index("Ana Ruiz</")


async def test_sharing_shows_name_verdict_and_picture(browser, badge):
    page = (await browser.get(path(badge))).text
    meta = dict(re.findall(r'<meta property="(og:[a-z:_]+)" content="([^"]*)"', page))
    assert meta["og:title"] == "SQL Foundations: Genuine and current."
    assert meta["og:image"] == f"{badge.url}/image.png"
    assert meta["og:url"] == badge.url


async def test_a_badge_that_no_longer_stands_says_so_everywhere(institution, browser, web, badge):
    with institution.begin() as work:
        suspend_badge(work, credential_id=badge.credential_id, reason="a question about it")
    page = (await browser.get(path(badge))).text
    assert "Currently on hold." in page
    assert "join several tables" not in page
    with institution.begin() as work:
        revoke_badge(work, credential_id=badge.credential_id, reason="a question about it")
    page = (await browser.get(path(badge))).text
    assert "Not valid: withdrawn by its issuer on Mon 2 March 2026." in page
    assert "question" not in page
    assert (await web.get(path(badge))).json() == badge.document


async def test_names_are_only_text(institution, browser):
    hostile = issue(institution, holder_name='<script>alert("x")</script> & "Ana"')
    page = (await browser.get(path(hostile))).text
    assert "<script>alert" not in page
    assert "&lt;script&gt;" in page


async def test_what_never_was_is_like_what_is_not_public(browser, web, badge):
    unknown = await browser.get("/credentials/00000000-0000-4000-8000-000000000000")
    odd = await browser.get("/credentials/..%2f..%2fetc%2fpasswd")
    other = await browser.get("/no/such/page")
    assert {unknown.status_code, odd.status_code, other.status_code} == {404}
    shapes = {re.sub(r"\s", "", answer.text) for answer in (unknown, odd, other)}
    assert len(shapes) == 1
    for place in ("/credentials/x", "/achievements/x", "/status/x", "/credentials/x/image.png"):
        answer = await web.get(place)
        assert (answer.status_code, answer.json()) == (404, {"error": "not_found"})


async def test_the_picture_is_baked_and_can_be_saved(web, badge):
    shown = await web.get(f"{path(badge)}/image.png")
    assert json.loads(unbake_png(shown.content)) == badge.document
    assert shown.headers["content-disposition"].startswith("inline")
    saved = await web.get(f"{path(badge)}/image.png?download=1")
    assert saved.headers["content-disposition"] == 'attachment; filename="badge.png"'


async def test_status_list_did_issuer_and_achievement(web, browser, badge):
    entry = badge.document["credentialStatus"]["statusListCredential"]
    listed = await web.get(entry)
    assert listed.json()["id"] == entry
    assert listed.json()["proof"]
    did = await web.get("/.well-known/did.json")
    assert did.json()["id"] == "did:web:badges.example.org"
    assert did.headers["content-type"] == "application/json"
    assert (await web.get("/issuer")).json()["id"] == "did:web:badges.example.org"
    achievement = badge.document["credentialSubject"]["achievement"]["id"]
    assert (await web.get(achievement)).json()["id"] == achievement
    page = words_of((await browser.get(achievement)).text)
    assert "What has to be shown" in page
    assert badge.achievement.criteria[0].text["en"] in page
    assert "did:web:badges.example.org" in (await browser.get("/issuer")).text


async def test_a_known_version_is_not_sent_again(web, badge):
    entry = badge.document["credentialStatus"]["statusListCredential"]
    first = await web.get(entry)
    assert "max-age" in first.headers["cache-control"]
    again = await web.get(entry, headers={"if-none-match": first.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")


async def test_verifiers_in_browsers_may_read_documents_but_not_pages(web, browser, badge):
    assert (await web.get(path(badge))).headers["access-control-allow-origin"] == "*"
    assert "access-control-allow-origin" not in (await browser.get(path(badge))).headers


@pytest.mark.parametrize("place", ["/", "/verify", "/issuer", "/docs", "/nowhere", "/openapi.json"])
async def test_every_answer_is_guarded(browser, badge, place):
    headers = (await browser.get(place)).headers
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "no-referrer"
    assert "noindex" in headers["x-robots-tag"]
    assert "default-src 'none'" in headers["content-security-policy"]
    assert "unsafe-inline" not in headers["content-security-policy"]
    assert "strict-transport-security" in headers
    assert "set-cookie" not in headers


async def test_documents_cannot_run_anything(web, badge):
    policy = (await web.get(path(badge))).headers["content-security-policy"]
    assert "sandbox" in policy


async def test_what_broke_says_a_reference_and_nothing_else(institution, web, browser, badge):
    with institution.engine.begin() as connection:
        connection.exec_driver_sql("DROP TABLE issued_badges")
    page = await browser.get(path(badge))
    assert page.status_code == 500
    assert page.headers["x-content-type-options"] == "nosniff"
    assert re.search(r"reference: [0-9A-F]{8}", page.text)
    assert "issued_badges" not in page.text
    assert set((await web.get(path(badge))).json()) == {"error", "reference"}


async def test_health_readiness_and_counts(web, badge):
    assert (await web.get("/healthz")).text == "ok"
    assert (await web.get("/readyz")).status_code in {200, 503}
    await web.get(path(badge))
    counted = (await web.get("/metrics")).text
    assert (
        'skillmark_web_requests_total{method="GET",page="credential",status="200"} 1.0' in counted
    )
    assert badge.credential_id not in counted


async def test_the_interface_is_described_for_programs_and_people(web, browser):
    document = (await web.get("/openapi.json")).json()
    assert document["servers"] == [{"url": "https://badges.example.org"}]
    page = (await browser.get("/docs")).text
    for place in document["paths"]:
        assert place in page


async def test_pages_with_skills_say_whose_the_data_are(browser, badge):
    page = html.unescape((await browser.get(path(badge))).text)
    assert "information from the O*NET 30.3 Database by the U.S. Department of Labor" in page
    assert "This service uses the ESCO classification of the European Commission." in page
