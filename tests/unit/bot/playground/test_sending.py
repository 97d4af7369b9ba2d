"""Limits and refusals of the methods that send, edit and delete."""

import json

import pytest

ANA = 1001
BUTTON = {"text": "Go", "callback_data": "go"}


def keyboard(*buttons):
    return {"inline_keyboard": [list(buttons)]}


def text_of(length, mark="x"):
    return mark * length


@pytest.mark.parametrize("wrapper", ["{}", "<b>{}</b>"])
@pytest.mark.parametrize(("length", "is_sent"), [(4096, True), (4097, False)])
def test_a_text_has_at_most_4096_characters_after_parsing(started, wrapper, length, is_sent):
    text = wrapper.format(text_of(length))
    answer = started.refused("sendMessage", chat_id=ANA, text=text, parse_mode="HTML")
    assert answer["ok"] is is_sent
    assert is_sent or answer["description"] == "Bad Request: message is too long"


@pytest.mark.parametrize(("length", "is_sent"), [(1024, True), (1025, False)])
def test_a_caption_has_at_most_1024_characters(started, length, is_sent):
    answer = started.upload(
        "sendDocument", "document", "a.txt", b"a", chat_id=str(ANA), caption=text_of(length)
    )
    assert answer["ok"] is is_sent


@pytest.mark.parametrize(
    ("data", "is_sent"),
    [("", False), ("a", True), ("a" * 64, True), ("a" * 65, False), ("ü" * 33, False)],
)
def test_callback_data_has_1_to_64_bytes(started, data, is_sent):
    markup = keyboard({"text": "Go", "callback_data": data})
    answer = started.refused("sendMessage", chat_id=ANA, text="x", reply_markup=markup)
    assert answer["ok"] is is_sent
    if not is_sent:
        assert answer["description"] == "Bad Request: BUTTON_DATA_INVALID"


@pytest.mark.parametrize(
    ("button", "words"),
    [
        ({"text": "Nothing behind it"}, "Text buttons are unallowed"),
        ({"text": " ", "callback_data": "x"}, "must be non-empty"),
        ({"text": "x", "url": "http://localhost:8080"}, "Wrong HTTP URL"),
        ({"text": "x", "url": "javascript:alert(1)"}, "Wrong HTTP URL"),
        ("x", "can't parse inline keyboard button"),
    ],
)
def test_a_button_that_telegram_refuses(started, button, words):
    refused = started.refused("sendMessage", chat_id=ANA, text="x", reply_markup=keyboard(button))
    assert words in refused["description"]


@pytest.mark.parametrize("url", ["https://example.org/a?b=c", "http://127.0.0.1:8080/x", "tg://a"])
def test_a_url_button_is_shown_with_its_address(started, url):
    started.call(
        "sendMessage", chat_id=ANA, text="x", reply_markup=keyboard({"text": "Open", "url": url})
    )
    assert started.chat()[-1]["buttons"] == [[{"text": "Open", "url": url}]]


@pytest.mark.parametrize(
    "markup", [{"keyboard": [["A"]]}, {"remove_keyboard": True}, {"force_reply": True}, {}]
)
def test_other_reply_markup_is_accepted(started, markup):
    message = started.call("sendMessage", chat_id=ANA, text="x", reply_markup=markup)
    assert "reply_markup" not in message


@pytest.mark.parametrize(
    ("method", "params", "code", "description"),
    [
        ("sendMessage", {"chat_id": 5, "text": "x"}, 400, "Bad Request: chat not found"),
        ("sendMessage", {"chat_id": "@a", "text": "x"}, 400, "Bad Request: chat not found"),
        ("sendMessage", {"text": "x"}, 400, "Bad Request: chat_id is empty"),
        ("sendMessage", {"chat_id": ANA, "text": " "}, 400, "Bad Request: message text is empty"),
        (
            "sendMessage",
            {"chat_id": ANA, "text": "x", "parse_mode": "MarkdownV2"},
            400,
            "Bad Request: unsupported parse_mode",
        ),
        (
            "sendMessage",
            {"chat_id": ANA, "text": "x", "reply_parameters": {"message_id": 99}},
            400,
            "Bad Request: message to be replied not found",
        ),
        (
            "editMessageText",
            {"chat_id": ANA, "message_id": 1, "text": "x"},
            400,
            "Bad Request: message can't be edited",
        ),
        (
            "editMessageText",
            {"chat_id": ANA, "message_id": 99, "text": "x"},
            400,
            "Bad Request: message to edit not found",
        ),
        (
            "deleteMessage",
            {"chat_id": ANA, "message_id": 99},
            400,
            "Bad Request: message to delete not found",
        ),
        (
            "sendDocument",
            {"chat_id": ANA, "document": "https://example.org/a.pdf"},
            400,
            "Bad Request: failed to get HTTP URL content",
        ),
        (
            "sendDocument",
            {"chat_id": ANA, "document": "unknown"},
            400,
            "Bad Request: wrong file identifier/HTTP URL specified",
        ),
        (
            "sendChatAction",
            {"chat_id": ANA, "action": "dancing"},
            400,
            "Bad Request: wrong parameter action in request",
        ),
        ("sendSticker", {"chat_id": ANA}, 404, "Not Found: method not found"),
    ],
)
def test_refusals_are_shaped_and_worded_as_telegrams(started, method, params, code, description):
    refused = started.refused(method, **params)
    assert (refused["error_code"], refused["description"]) == (code, description)


def test_an_edit_that_changes_nothing_is_refused(started):
    message = started.call("sendMessage", chat_id=ANA, text="Same", reply_markup=keyboard(BUTTON))
    target = {"chat_id": ANA, "message_id": message["message_id"]}
    same = started.refused("editMessageText", **target, text="Same", reply_markup=keyboard(BUTTON))
    assert same["description"].startswith("Bad Request: message is not modified")
    assert "reply_markup" not in started.call("editMessageText", **target, text="Same")
    assert started.chat()[-1]["buttons"] == []
    assert started.call("editMessageReplyMarkup", **target, reply_markup=keyboard(BUTTON))


def test_a_query_is_answered_once(started):
    started.call("sendMessage", chat_id=ANA, text="x", reply_markup=keyboard(BUTTON))
    query_id = started.sim("tap", user=ANA, data="go")["query_id"]
    too_long = started.refused("answerCallbackQuery", callback_query_id=query_id, text=text_of(201))
    assert too_long["description"] == "Bad Request: MESSAGE_TOO_LONG"
    assert started.call("answerCallbackQuery", callback_query_id=query_id, text=text_of(200))
    again = started.refused("answerCallbackQuery", callback_query_id=query_id)
    assert "query is too old" in again["description"]


def test_a_message_older_than_two_days_stays(started):
    message_id = started.call("sendMessage", chat_id=ANA, text="x")["message_id"]
    started.sim("clock", advance=48 * 3600 + 60)
    refused = started.refused("deleteMessage", chat_id=ANA, message_id=message_id)
    assert refused["description"] == "Bad Request: message can't be deleted"
    young = started.call("sendMessage", chat_id=ANA, text="y")["message_id"]
    assert started.call("deleteMessage", chat_id=ANA, message_id=young)
    assert [message["text"] for message in started.chat()] == ["/start", "x"]


def test_an_empty_upload_is_refused(started):
    answer = started.upload("sendDocument", "document", "a.txt", b"", chat_id=str(ANA))
    assert answer["description"] == "Bad Request: file must be non-empty"


@pytest.mark.parametrize(("size", "code"), [(50 * 1024 * 1024, 200), (50 * 1024 * 1024 + 1, 413)])
def test_an_upload_has_at_most_50_megabytes(started, size, code):
    answer = started.upload("sendDocument", "document", "a.bin", bytes(size), chat_id=str(ANA))
    assert answer.get("error_code", 200) == code


@pytest.mark.parametrize(("size", "is_offered"), [(20 * 1024 * 1024, True), (20971521, False)])
def test_a_bot_downloads_at_most_20_megabytes(started, size, is_offered):
    file_id = started.send("document", "a.bin", bytes(size))["file"]["file_id"]
    answer = started.refused("getFile", file_id=file_id)
    assert answer["ok"] is is_offered
    if is_offered:
        path = answer["result"]["file_path"]
        assert len(started.http.get(f"/file/bot42:test/{path}").content) == size
    else:
        assert answer["description"] == "Bad Request: file is too big"


def test_what_is_no_picture_is_no_photo(started):
    answer = started.upload("sendPhoto", "photo", "a.png", b"not a picture", chat_id=str(ANA))
    assert answer["description"] == "Bad Request: IMAGE_PROCESS_FAILED"


def test_a_form_may_carry_everything_as_text(started):
    answer = started.http.post(
        "/bot42:test/SENDMESSAGE",
        data={"chat_id": str(ANA), "text": "x", "reply_markup": json.dumps(keyboard(BUTTON))},
    ).json()
    assert answer["result"]["reply_markup"] == keyboard(BUTTON)


def test_media_of_a_card_is_replaced_by_an_attached_file(started, bake):
    message_id = started.call("sendMessage", chat_id=ANA, text="Soon")["message_id"]
    media = {"type": "document", "media": "attach://one", "caption": "<b>Here</b>"}
    answer = started.upload(
        "editMessageMedia",
        "one",
        "badge.png",
        bake("x"),
        chat_id=str(ANA),
        message_id=str(message_id),
        media=json.dumps({**media, "parse_mode": "HTML"}),
    )
    assert answer["result"]["document"]["file_name"] == "badge.png"
    shown = started.chat()[-1]
    assert (shown["text"], shown["files"][0]["name"]) == ("Here", "badge.png")
