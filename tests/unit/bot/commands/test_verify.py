"""`skillmark verify` judges files, standard input, links and codes; its exit code is the verdict."""

import io
import json
import sys
from types import SimpleNamespace

import pytest
import typer

from bot.commands.verify import verify
from tests.issued import altered, baked, issue


@pytest.fixture
def badge(institution, monkeypatch):
    for name in ("data_dir", "kek_file", "public_url", "institution_name"):
        value = str(getattr(institution.settings, name))
        monkeypatch.setenv(f"SKILLMARK_{name.upper()}", value)
    return issue(institution)


def test_a_fresh_badge_is_valid_by_file_picture_and_code(badge, tmp_path, capsys):
    file, image = tmp_path / "badge.json", tmp_path / "badge.png"
    file.write_text(badge.credential)
    image.write_bytes(baked(badge.credential))
    # The command's clock is the machine's, so the badge may have run out by now.
    expected = verify(badge.code, json_=True)
    first = json.loads(capsys.readouterr().out)
    assert first["credential"]["holder_name"] == "Ana Ruiz"
    assert {"verdict", "checks", "credential"} <= set(first)
    for source in (file, image, badge.url):
        assert verify(str(source), json_=True) == expected
        assert json.loads(capsys.readouterr().out)["checks"] == first["checks"]


def test_standard_input_and_words_for_people(badge, monkeypatch, capsys):
    content = io.BytesIO(altered(badge).encode())
    monkeypatch.setattr(sys, "stdin", SimpleNamespace(buffer=content))
    assert verify("-", json_=False) == 1
    said = capsys.readouterr().out
    assert said.startswith("Not genuine: the seal doesn't match.")
    assert "Seal: failed" in said


def test_what_cannot_be_found_is_its_own_exit_code(badge, capsys):
    assert verify("7K3M-9QX2-ABCD", json_=True) == 3
    assert json.loads(capsys.readouterr().out)["credential"] is None


def test_what_is_no_badge_at_all_is_a_wrong_use(badge, capsys):
    with pytest.raises(typer.Exit) as ended:
        verify("no-such-file.json", json_=True)
    assert ended.value.exit_code == 2
    assert "no file, link or code" in capsys.readouterr().err
