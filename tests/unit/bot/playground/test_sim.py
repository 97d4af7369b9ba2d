"""Scripted people: what they do and what they see."""

import io

import pytest
from PIL import Image

ANA, CHLOE = 1001, 1003
BUTTONS = {
    "inline_keyboard": [
        [{"text": "Accept", "callback_data": "a"}, {"text": "accept", "callback_data": "b"}],
        [{"text": "Open", "url": "https://example.org"}],
    ]
}


def last_update(driver):
    return driver.updates()[-1]


def test_a_long_text_becomes_several_messages(driver):
    sent = driver.sim("message", user=ANA, text="x" * 5000)
    assert len(sent["message_ids"]) == 2
    assert [len(update["message"]["text"]) for update in driver.updates()] == [4096, 904]


@pytest.mark.parametrize("text", ["", "   \n", None])
def test_nobody_sends_nothing(driver, text):
    assert driver.sim("message", user=ANA, text=text)["status"] == 400


def test_a_command_with_a_payload_is_marked_as_one(driver):
    driver.sim("command", user=ANA, command="start", args="invite-1")
    message = last_update(driver)["message"]
    assert message["text"] == "/start invite-1"
    assert message["entities"] == [{"type": "bot_command", "offset": 0, "length": 6}]


def test_a_tap_finds_the_newest_button_by_label_or_data(started):
    for text in ("old", "new"):
        started.call("sendMessage", chat_id=ANA, text=text, reply_markup=BUTTONS)
    started.sim("tap", user=ANA, label="accept")
    query = last_update(started)["callback_query"]
    assert (query["data"], query["message"]["text"]) == ("b", "new")
    started.sim("tap", user=ANA, label="ACCEPT", message_id=2)
    query = last_update(started)["callback_query"]
    assert (query["data"], query["message"]["text"]) == ("a", "old")
    assert started.sim("tap", user=ANA, label="Open")["url"] == "https://example.org"


def test_a_missing_button_is_refused_with_those_that_are_there(started):
    started.call("sendMessage", chat_id=ANA, text="x", reply_markup=BUTTONS)
    refused = started.sim("tap", user=ANA, label="Delete")
    assert refused["status"] == 404
    assert refused["buttons"][0][0] == {"text": "Accept", "data": "a"}
    assert started.sim("tap", user=ANA)["status"] == 400


def test_a_forged_press_arrives_even_for_a_message_that_is_gone(started):
    started.call("sendMessage", chat_id=ANA, text="x")
    started.sim("tap", user=ANA, data="v1:approve:1", force=True)
    assert last_update(started)["callback_query"]["data"] == "v1:approve:1"
    started.sim("tap", user=ANA, data="v1:approve:1", force=True, message_id=77)
    gone = last_update(started)["callback_query"]["message"]
    assert (gone["message_id"], gone["date"]) == (77, 0)


def test_a_photo_from_a_person_is_compressed_and_a_document_is_not(driver, bake):
    content = bake("signed")
    driver.send("photo", "badge.png", content)
    photo = last_update(driver)["message"]["photo"][-1]
    assert b"signed" not in driver.bytes_of(photo["file_id"])
    driver.send("document", "badge.png", content)
    document = last_update(driver)["message"]["document"]
    assert document["mime_type"] == "image/png"
    assert driver.bytes_of(document["file_unique_id"]) == content


def test_a_voice_note_has_the_length_of_its_last_page(driver):
    last_page = b"OggS\x00\x04" + (7 * 48_000).to_bytes(8, "little") + bytes(20)
    driver.send("voice", "note.ogg", b"OggS\x00\x02" + bytes(30) + last_page)
    assert last_update(driver)["message"]["voice"]["duration"] == 7


@pytest.mark.parametrize(
    ("kind", "content"), [("document", b""), ("photo", b"no picture"), ("photo", b"")]
)
def test_files_a_client_would_not_send(driver, kind, content):
    assert driver.send(kind, "x.png", content)["status"] == 400


def test_a_transparent_picture_lies_on_white(driver):
    buffer = io.BytesIO()
    Image.new("RGBA", (30, 30), (0, 0, 0, 0)).save(buffer, "PNG")
    file = driver.send("photo", "x.png", buffer.getvalue())["file"]
    image = Image.open(io.BytesIO(driver.bytes_of(file["file_id"])))
    assert image.getpixel((5, 5)) == (255, 255, 255)


def test_a_forward_names_its_author_and_keeps_the_file(started, bake):
    content = bake("signed")
    started.upload(
        "sendDocument", "document", "badge.png", content, chat_id=str(ANA), caption="Yours"
    )
    message_id = started.chat()[-1]["message_id"]
    started.sim("forward", user=CHLOE, from_user=ANA, message_id=message_id)
    message = last_update(started)["message"]
    assert message["forward_origin"]["sender_user"]["is_bot"] is True
    assert message["from"]["id"] == CHLOE
    assert message["caption"] == "Yours"
    assert started.bytes_of(message["document"]["file_id"]) == content


def test_a_forward_as_a_photo_is_a_new_compressed_photo(started, bake):
    message_id = started.send("document", "badge.png", bake("signed"))["message_id"]
    started.sim("forward", user=CHLOE, from_user=ANA, message_id=message_id, as_photo=True)
    message = last_update(started)["message"]
    assert "forward_origin" not in message
    assert b"signed" not in started.bytes_of(message["photo"][-1]["file_id"])


def test_a_person_who_blocked_the_bot_cannot_write(started):
    started.sim("block", user=ANA)
    assert started.sim("message", user=ANA, text="x")["status"] == 409
    refused = started.refused("sendMessage", chat_id=ANA, text="x")
    assert refused["error_code"] == 403


def test_waiting_counts_edits_and_ignores_ones_own_words(started):
    seq = started.sim("message", user=ANA, text="mine")["seq"]
    assert started.see("wait", user=ANA, since=seq - 1, timeout=0)["timed_out"] is True
    message_id = started.call("sendMessage", chat_id=ANA, text="one")["message_id"]
    first = started.see("wait", user=ANA, since=seq, timeout=5)
    started.call("editMessageText", chat_id=ANA, message_id=message_id, text="two")
    second = started.see("wait", user=ANA, since=first["seq"], timeout=5)
    assert [event["kind"] for event in first["events"] + second["events"]] == ["message", "edit"]
    assert second["events"][0]["message"]["text"] == "two"


def test_the_last_document_goes_out_again_with_one_letter_changed(driver):
    assert driver.sim("alter", user=ANA)["status"] == 409
    content = b'{"credentialSubject": {"name": "Excellent work"}, "proof": {"v": "zzzzzzz"}}'
    driver.send("document", "badge.json", content)
    done = driver.sim("alter", user=ANA)
    changed = driver.bytes_of(done["file"]["file_id"])
    assert (done["before"], done["after"]) == ("Excellent work", "Eycellent work")
    assert sum(a != b for a, b in zip(content, changed, strict=True)) == 1


@pytest.mark.parametrize(
    ("path", "body"),
    [
        ("message", {"text": "x"}),
        ("message", {"user": "Ana", "text": "x"}),
        ("redeliver", {"update_id": 1}),
        ("forward", {"user": CHLOE, "from_user": ANA, "message_id": 1}),
        ("story-file", {"user": ANA, "name": "nothing"}),
        ("fault", {"method": "*"}),
        ("fault", {"code": 200}),
        ("fault", {"code": "x"}),
        ("clock", {"to": "tomorrow"}),
        ("clock", {"advance": -1}),
        ("clock", {"advance": 10**15}),
        ("clock", {}),
    ],
)
def test_what_cannot_be_done_is_refused_in_words(driver, path, body):
    refused = driver.sim(path, **body)
    assert refused["status"] in {400, 404}
    assert refused["error"]


def test_a_body_that_is_no_json_object_is_refused(driver):
    for body in (b"{", b"[]"):
        assert driver.http.post("/sim/message", content=body).status_code == 400


def test_the_journal_is_streamed(driver):
    with driver.http.stream("GET", "/sim/events", params={"since": "0"}) as stream:
        driver.sim("message", user=ANA, text="over there")
        lines = (line for line in stream.iter_lines() if line.startswith("data:"))
        assert any("over there" in line for line in lines)
