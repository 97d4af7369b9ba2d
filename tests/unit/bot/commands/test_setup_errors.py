"""What is not in order is said in one line that names what to change."""

import pytest
from typer.testing import CliRunner

from bot.__main__ import app
from bot.listening import listen
from credentials.errors import SetupError


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("SKILLMARK_WEB_PORT", "eighty"),
        ("SKILLMARK_PUBLIC_URL", "badges.example.org"),
        ("SKILLMARK_LOG_LEVEL", "LOUD"),
    ],
)
def test_a_setting_that_cannot_be_is_named(monkeypatch, name, value):
    monkeypatch.setenv(name, value)
    for verb in (["doctor"], ["verify", "7K3M-9QX2-ABCD"], ["run"]):
        said = CliRunner().invoke(app, verb)
        assert said.exit_code == 2
        assert said.stderr.startswith(f"skillmark: {name}: ")
        assert "Traceback" not in said.output


def test_a_taken_port_is_named_with_what_moves_it():
    with listen("127.0.0.1", 0, None) as taken:
        port = taken.getsockname()[1]
        with pytest.raises(SetupError, match=f"port {port} on 127.0.0.1 is taken.*SKILLMARK_X"):
            listen("127.0.0.1", port, "SKILLMARK_X")
        with pytest.raises(SetupError, match=r"stop what uses it$"):
            listen("127.0.0.1", port, None)


def test_without_a_token_the_bot_says_where_to_get_one(monkeypatch, tmp_path):
    monkeypatch.delenv("TELEGRAM_BOT_TOKEN", raising=False)
    monkeypatch.setenv("SKILLMARK_DATA_DIR", str(tmp_path))
    said = CliRunner().invoke(app, ["run"])
    assert said.exit_code == 2
    assert "BotFather" in said.stderr
