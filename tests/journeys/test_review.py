"""Returning and sending again, two advisors at once, an update that comes twice."""

import io

import httpx
import pytest
from PIL import Image

pytestmark = [pytest.mark.journey, pytest.mark.xdist_group("journeys")]


def photo():
    out = io.BytesIO()
    Image.new("RGB", (640, 480), "white").save(out, "JPEG")
    return out.getvalue()


def voice():
    """An Ogg page with an Opus header, as voice notes begin."""
    return b"OggS\x00\x02" + b"\x00" * 20 + b"\x01\x13OpusHead\x01\x01" + b"\x00" * 600


@pytest.fixture(scope="module")
def advisors(world):
    return world.advisor(2102, "Ben"), world.advisor(2103, "Grace")


def test_what_was_met_is_kept_when_work_is_returned(world, advisors):
    ben, grace = advisors
    tia = world.phone(2101, "Tia")
    tia.say("/start")
    tia.say("/evidence")
    tia.tap("Technology")
    tia.choose("Spreadsheet Analysis")
    tia.say("I removed double rows and wrote down each change on a sheet called log.")
    tia.send("chart.jpg", photo(), how="photo")
    check = tia.say("Ward 4 ordered a third more since March, so deliver there twice a month.")
    assert "3 of 3" in check.text
    tia.tap("No name")
    tia.tap("Yes, send it")
    ben.wait("New work to review: Spreadsheet Analysis")
    ben.say("/queue")
    ben.tap("Open oldest")
    assert "taken" in grace.say("/queue").text.casefold() or grace.last()
    ben.tap("Met")
    ben.wait(lambda message: "Not yet" in message.labels)
    asked = ben.tap("Not yet")
    assert "What is missing" in asked.text
    ben.say("Please add the formula you used.")
    ben.wait(lambda message: "Met" in message.labels and message.text.startswith("c)"))
    ben.tap("Met")
    ben.wait("2 of 3 met")
    assert "Returned" in ben.tap("Return for revision").text
    returned = tia.wait("not yet")
    assert "Please add the formula you used." in returned.text
    seen = ben.last().id
    tia.tap("Send again")
    again = tia.say("=SUMIFS(Orders!D:D,Orders!B:B,$A2,Orders!C:C,B$1) adds up each ward")
    if "What did you change" in again.text:
        again = tia.say("I added the formula.")
    tia.tap("Yes, send it")
    ben.wait(lambda m: "New work" in m.text and m.id > seen)
    ben.say("/queue")
    ben.tap("Open oldest")
    card = ben.wait("SUMIFS")
    assert card.text.count("SUMIFS") == 1
    ben.tap("Met")
    ben.wait("3 of 3 met")
    approve = ben.full_label("Approve and sign")
    data = next(
        button["data"]
        for message in reversed(ben.messages())
        for row in message.raw["buttons"]
        for button in row
        if button["text"] == approve
    )
    done = ben.tap("Approve and sign")
    assert "Done." in done.text, ben.screen(12) + tia.screen(8)
    late = grace.press(data)
    assert "Done." not in late.text
    tia.wait(lambda message: bool(message.files) and "Spreadsheet Analysis" in message.text)
    badges = [m for m in tia.messages() if m.files and m.is_from_bot]
    assert len(badges) == 1


def test_advisors_do_not_judge_their_own_work(world, advisors):
    ben, grace = advisors
    grace.say("/evidence")
    grace.tap("Finance")
    grace.tap(grace.last().labels[0])
    for words in ("I did this part of the work.", "I did that part too.", "And I explain it."):
        last = grace.say(words)
    while "Yes, send it" not in last.labels and "Change name" not in last.labels:
        last = grace.say("One more piece of evidence, in my own words.")
    grace.tap("No name")
    grace.tap("Yes, send it")
    ben.wait(lambda message: "New work to review" in message.text)
    assert "Open oldest" not in grace.say("/queue").labels
    grace.tap("Withdraw")


def test_an_update_that_comes_twice_is_handled_once(world):
    uma = world.phone(2104, "Uma")
    uma.say("/start")
    answer = uma.post("message", {"user": 2104, "text": "/help"})
    uma.wait("automated advisor. I help")
    before = len(uma.messages())
    uma.post("redeliver", {"update_id": answer.json()["update_id"]})
    uma.say("/privacy")
    assert len(uma.messages()) == before + 2


def test_voice_notes_are_kept_as_evidence(world):
    vic = world.phone(2105, "Vic")
    vic.say("/start")
    vic.say("/evidence")
    vic.tap("Technology")
    vic.choose("SQL Foundations")
    kept = vic.send("note.ogg", voice(), how="voice")
    assert "voice note" in kept.text.casefold() or "couldn't" in kept.text.casefold()


def test_hostile_files_are_refused_kindly(world):
    wes = world.phone(2106, "Wes")
    wes.say("/start")
    wes.say("/evidence")
    wes.tap("Technology")
    wes.choose("SQL Foundations")
    for name, content in (("run.exe", b"MZ" + b"\x00" * 300), ("note.png", b"\x89PNG\r\n\x1a\nxx")):
        answer = wes.send(name, content)
        assert answer.text
        assert "Something went wrong" not in answer.text
    assert "1 of 3" in wes.say("A query with a join over two tables, explained.").text


def test_the_pages_stand_beside_the_chat(world):
    for path in ("/.well-known/did.json", "/issuer", "/verify", "/healthz", "/readyz", "/docs"):
        assert httpx.get(f"{world.web}{path}").status_code == 200, path
