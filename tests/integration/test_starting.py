"""What is not in order is said in one line, and the bot does not start."""

import os
import subprocess
import sys

import pytest

from tests.worlds import ROOT, TOKEN


@pytest.fixture
def skillmark(tmp_path):
    environment = {
        **os.environ,
        "TELEGRAM_BOT_TOKEN": TOKEN,
        "SKILLMARK_DATA_DIR": str(tmp_path / "data"),
        "SKILLMARK_KEK_FILE": str(tmp_path / "config" / "kek"),
    }

    def run(*arguments, **changes):
        return subprocess.run(
            [sys.executable, "-m", "bot", *arguments],
            cwd=ROOT,
            env={**environment, **changes},
            capture_output=True,
            text=True,
            check=False,
            timeout=60,
        )

    return run


def test_without_a_token(skillmark):
    ended = skillmark("run", TELEGRAM_BOT_TOKEN="")
    assert ended.returncode == 2
    assert "TELEGRAM_BOT_TOKEN" in ended.stderr


def test_without_tables(skillmark):
    ended = skillmark("run")
    assert ended.returncode == 2
    assert "skillmark migrate" in ended.stderr
    assert "Traceback" not in ended.stderr


@pytest.mark.parametrize("change", ["missing", "wrong"])
def test_with_a_key_file_that_does_not_fit(skillmark, tmp_path, change):
    assert skillmark("migrate").returncode == 0
    assert skillmark("keys", "create").returncode == 0
    kek = tmp_path / "config" / "kek"
    if change == "missing":
        kek.unlink()
    else:
        kek.write_bytes(bytes(reversed(kek.read_bytes())))
    ended = skillmark("run")
    assert ended.returncode == 2
    assert "kek" in ended.stderr.casefold()
    assert "Traceback" not in ended.stderr
