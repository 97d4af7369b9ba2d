"""Updates, commands, profile and files: the methods about the bot itself."""

from datetime import UTC, datetime

import pytest

ANA = 1001


def test_unconfirmed_updates_come_again_and_confirmed_ones_do_not(driver):
    first = driver.sim("message", user=ANA, text="one")["update_id"]
    driver.sim("message", user=ANA, text="two")
    assert [update["update_id"] for update in driver.updates(limit=1)] == [first]
    assert [u["message"]["text"] for u in driver.updates()] == ["one", "two"]
    assert [u["message"]["text"] for u in driver.updates(offset=first + 1)] == ["two"]
    assert driver.updates(offset=first + 2) == []


def test_a_negative_offset_forgets_all_but_the_last(driver):
    for text in ("one", "two", "three"):
        driver.sim("message", user=ANA, text=text)
    assert [u["message"]["text"] for u in driver.updates(offset=-1)] == ["three"]
    assert driver.call("getWebhookInfo")["pending_update_count"] == 1


def test_allowed_updates_are_remembered(driver):
    driver.updates(allowed_updates=["message"])
    driver.sim("command", user=ANA, command="start")
    driver.sim("block", user=ANA)
    driver.sim("unblock", user=ANA)
    assert [set(update) for update in driver.updates()] == [{"update_id", "message"}]


def test_update_ids_grow_over_a_reset(driver):
    before = driver.sim("message", user=ANA, text="one")["update_id"]
    driver.sim("reset")
    assert driver.see("chat", user=ANA)["messages"] == []
    assert driver.refused("sendMessage", chat_id=ANA, text="x")["error_code"] == 400
    assert driver.sim("message", user=ANA, text="two")["update_id"] > before


def test_a_message_is_dated_in_seconds_of_the_worlds_clock(driver):
    driver.sim("clock", to="2031-05-06T07:08:09Z")
    driver.sim("message", user=ANA, text="later")
    moment = datetime(2031, 5, 6, 7, 8, 9, tzinfo=UTC)
    late = driver.updates()[0]["message"]["date"] - moment.timestamp()
    assert 0 <= late < 60


def test_the_narrowest_commands_in_the_persons_language_are_shown(driver):
    driver.sim("person", user_id=ANA, first_name="Ana", language_code="es-MX")

    def shown():
        return [command["command"] for command in driver.see("chat", user=ANA)["commands"]]

    def offer(name, scope, language=""):
        commands = [{"command": name, "description": "x"}]
        driver.call("setMyCommands", commands=commands, scope=scope, language_code=language)

    assert shown() == []
    offer("everyone", {"type": "default"})
    assert shown() == ["everyone"]
    offer("private", {"type": "all_private_chats"})
    offer("privado", {"type": "all_private_chats"}, "es")
    assert shown() == ["privado"]
    offer("review", {"type": "chat", "chat_id": ANA})
    assert shown() == ["review"]
    assert driver.call("deleteMyCommands", scope={"type": "chat", "chat_id": ANA})
    assert driver.call("getMyCommands", scope={"type": "default"})[0]["command"] == "everyone"
    assert shown() == ["privado"]


@pytest.mark.parametrize(
    ("command", "words"),
    [
        ({"command": "Start", "description": "x"}, "BOT_COMMAND_INVALID"),
        ({"command": "a" * 33, "description": "x"}, "BOT_COMMAND_INVALID"),
        ({"command": "start", "description": ""}, "BOT_COMMAND_DESCRIPTION_INVALID"),
        ({"command": "start", "description": "x" * 257}, "BOT_COMMAND_DESCRIPTION_INVALID"),
    ],
)
def test_commands_telegram_refuses(driver, command, words):
    assert words in driver.refused("setMyCommands", commands=[command])["description"]


def test_the_profile_is_kept_by_language(driver):
    assert driver.call("setMyDescription", description="I help.")
    assert driver.call("setMyDescription", description="Ayudo.", language_code="es")
    assert driver.call("setMyName", name="Helper")
    assert driver.call("setMyShortDescription", short_description="Help")
    assert driver.call("getMyDescription", language_code="es") == {"description": "Ayudo."}
    assert driver.call("getMyDescription", language_code="de") == {"description": "I help."}
    assert driver.see("chat", user=ANA)["about"] == "I help."
    assert "too long" in driver.refused("setMyName", name="x" * 65)["description"]


def test_the_menu_button_and_the_chat(started):
    assert started.call("setChatMenuButton", menu_button={"type": "commands"})
    assert started.call("getChatMenuButton", chat_id=ANA) == {"type": "commands"}
    assert started.call("getChat", chat_id=ANA)["type"] == "private"
    assert started.call("getMe")["is_bot"] is True


def test_a_file_of_nobody_is_not_found(driver):
    assert "wrong file_id" in driver.refused("getFile", file_id="x")["description"]
    missing = driver.http.get("/file/bot42:test/documents/none.bin")
    assert (missing.status_code, missing.json()["error_code"]) == (404, 404)


def test_calls_are_listed_with_their_outcome(started):
    started.call("sendMessage", chat_id=ANA, text="hello")
    started.refused("sendMessage", chat_id=5, text="nobody")
    calls = started.see("calls")["calls"]
    assert [(call["method"], call["code"]) for call in calls] == [
        ("sendMessage", 200),
        ("sendMessage", 400),
    ]
