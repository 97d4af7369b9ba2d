"""What keeps a process from starting is said where people look."""

import pytest

from bot.demo.troubles import trouble


@pytest.mark.parametrize(
    ("log", "said"),
    [
        ("schema at head\nskillmark: set TELEGRAM_BOT_TOKEN to the token\n", "set TELEGRAM_BOT_"),
        (
            "Installing…\nmake: *** [Makefile:36: .venv/.installed] Error 2\n",
            "could not be started",
        ),
        ('skillmark: it was so before\n{"event": "ready"}\n', None),
        ("", None),
    ],
    ids=["ours", "make", "tries again", "nothing yet"],
)
def test_the_last_words_of_a_log_say_why(tmp_path, log, said):
    (tmp_path / "bot.log").write_text(log)
    found = trouble(tmp_path, "bot")
    assert (found is None) == (said is None)
    assert (said or "") in (found or "")


def test_without_a_log_there_is_no_trouble(tmp_path):
    assert trouble(tmp_path, "words") is None
    assert trouble(None, "words") is None
