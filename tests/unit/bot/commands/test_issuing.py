"""Badges and keys from the command line: lists with mistakes, stops in between, stolen keys."""

import json

import pytest
from typer.testing import CliRunner

from bot.__main__ import app
from bot.commands.bulk import AT_ONCE, Order, issue_all
from bot.commands.recipients import MAX_RECIPIENTS, read_recipients
from credentials.errors import SetupError
from credentials.issuing import list_keys
from tests.issued import issue


@pytest.fixture
def run(institution, monkeypatch):
    """Runs a verb on the test's institution; gives its exit code, output and errors."""
    issue(institution)  # loads the small catalogue
    settings = institution.settings
    monkeypatch.setenv("SKILLMARK_DATA_DIR", str(settings.data_dir))
    monkeypatch.setenv("SKILLMARK_KEK_FILE", str(settings.kek_file))
    monkeypatch.setenv("SKILLMARK_PUBLIC_URL", settings.public_url)

    def invoke(*arguments, given=None):
        return CliRunner().invoke(app, [str(part) for part in arguments], input=given)

    return invoke


def listed(folder, text, name="people.csv"):
    file = folder / name
    file.write_text(text, encoding="utf-8")
    return file


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("name,email\nAna,a@b.example\n,b@b.example\n", "line 3: there is no name"),
        ("name,email\nAna,a@b.example,more\n", "line 2: there are more fields than columns"),
        ("name,email\n12345,a@b.example\n", "line 2: not a name"),
        (f"name,email\n{'A' * 300},a@b.example\n", "line 2: not a name"),
        ("name,email\nAna,nowhere\n", "line 2: not an e-mail address"),
        ('name,email\nAna,a@b.example\n"Bo\n', "line 3: unexpected end of data"),
        ("first,email\nAna,a@b.example\n", "a column called name"),
        ("", "a column called name"),
        ("name,email\n", "nobody on the list"),
        ("name\n" + "Ana\n" * (MAX_RECIPIENTS + 1), "more than 100,000 recipients"),
    ],
    ids=lambda text: text[:40],
)
def test_a_list_with_mistakes_is_refused_whole(tmp_path, text, said):
    with pytest.raises(SetupError) as refused:
        read_recipients(listed(tmp_path, text))
    assert said in str(refused.value)


def test_a_list_is_read_however_spreadsheets_write_it(tmp_path):
    text = '\ufeffEmail,Name\r\na@b.example,"Ruiz, Ana"\r\n,Bo Li\r\n'
    assert read_recipients(listed(tmp_path, text)).names == ("Ruiz, Ana", "Bo Li")


def test_a_mistake_leaves_nothing_behind(run, tmp_path):
    file = listed(tmp_path, "name,email\nAna,a@b.example\n,b@b.example\n")
    answer = run("badges", "issue", "--achievement", "sql-foundations", "--recipients", file,
                 "--out", tmp_path / "out")  # fmt: skip
    assert answer.exit_code == 2
    assert "line 3" in answer.stderr
    assert not (tmp_path / "out").exists()


def test_everybody_on_the_list_gets_one_badge_with_the_name_and_no_address(run, tmp_path):
    file = listed(tmp_path, "name,email\nAna Ruiz,ana@b.example\nBo Li,bo@b.example\n")
    order = ("badges", "issue", "--achievement", "sql-foundations", "--recipients", file)
    answer = run(*order, "--out", tmp_path / "out", "--json")
    found = json.loads(answer.stdout)
    assert len(found) == 2
    texts = [(tmp_path / "out" / entry["file"]).read_text() for entry in found]
    assert "Ana Ruiz" in texts[0]
    assert "Bo Li" in texts[1]
    assert not any("b.example" in text for text in texts)
    assert {file.name for file in (tmp_path / "out").iterdir()} == {
        f"{entry['id'].rpartition('/')[2]}.json" for entry in found
    }
    again = json.loads(run(*order, "--out", tmp_path / "out", "--json").stdout)
    assert again == found
    tokens = json.loads(run(*order, "--out", tmp_path / "out", "--form", "jwt", "--json").stdout)
    assert [entry["id"] for entry in tokens] == [entry["id"] for entry in found]
    elsewhere = json.loads(run(*order, "--out", tmp_path / "other", "--json").stdout)
    assert not {entry["id"] for entry in elsewhere} & {entry["id"] for entry in found}


def test_a_stop_loses_nothing_and_doubles_nothing(institution, run, tmp_path):
    people = "".join(f"Person {'x' * (n % 5)} {n}\n" for n in range(2 * AT_ONCE + 3))
    order = Order(
        achievement="sql-foundations",
        people=read_recipients(listed(tmp_path, "name\n" + people)),
        out=tmp_path / "out",
        form="json",
    )
    issuing = issue_all(institution, order)
    begun = [next(issuing)[0].url for _ in range(AT_ONCE + 2)]
    issuing.close()
    (tmp_path / "out" / "half.json.part").write_text("{")
    whole = [badge.url for badge, _ in issue_all(institution, order)]
    assert whole[: len(begun)] == begun
    assert len(set(whole)) == len(whole) == 2 * AT_ONCE + 3
    assert len(list((tmp_path / "out").iterdir())) == len(whole)


def test_a_stolen_key_is_burnt_and_its_badges_are_issued_anew(institution, run, tmp_path):
    badge = issue(institution)
    copy = tmp_path / "old.json"
    copy.write_text(badge.credential)
    assert run("verify", copy).exit_code == 0
    key = badge.document["proof"][0]["verificationMethod"]
    assert run("keys", "rotate").exit_code == 0
    other = tmp_path / "other.json"
    other.write_text(issue(institution).credential)
    burnt = run("keys", "compromise", key)
    assert burnt.exit_code == 0
    assert "2 badges no longer verify" in burnt.stderr
    assert run("verify", copy).exit_code == 1
    assert run("keys", "compromise", key).exit_code == 2
    assert run("verify", other).exit_code == 0  # on the same list, signed with another key
    anew = run("badges", "reissue", "--key", key, "--reason", "The key was stolen", "--json")
    assert anew.exit_code == 0
    assert run("verify", copy).exit_code == 1
    fresh = tmp_path / "new.json"
    with institution.read() as work:
        from credentials.issuing import find_badge

        fresh.write_text(find_badge(work, credential_id=badge.credential_id).credential)
    assert run("verify", fresh).exit_code == 0
    again = run("badges", "reissue", "--key", key, "--reason", "The key was stolen")
    assert again.stdout == ""  # nothing is left to do


def test_keys_rotate_and_retire_without_breaking_badges(institution, run, tmp_path):
    badge = issue(institution)
    copy = tmp_path / "badge.json"
    copy.write_text(badge.credential)
    assert run("keys", "rotate").exit_code == 0
    assert run("verify", copy).exit_code == 0
    with institution.read() as work:
        active = [key for key in list_keys(work) if key.state == "active"]
    for key in active:
        assert run("keys", "retire", key.key_id[:20]).exit_code == 0
        assert run("keys", "retire", key.key_id).exit_code == 2
    assert run("verify", copy).exit_code == 0
    assert run("keys", "retire", "z6MkNobody").exit_code == 2
    assert run("keys", "retire", "z").exit_code == 2


def test_keys_move_to_another_key_encryption_key(institution, run, tmp_path, monkeypatch):
    moved = run("keys", "rewrap", "--to-file", tmp_path / "elsewhere" / "kek")
    assert moved.exit_code == 0
    refused = run("keys", "rotate")
    assert refused.exit_code == 2
    assert "key-encryption key" in refused.stderr
    monkeypatch.setenv("SKILLMARK_KEK_FILE", str(tmp_path / "elsewhere" / "kek"))
    assert run("keys", "rotate").exit_code == 0
    short = run("keys", "rewrap", "--to-passphrase", given="short\n")
    assert short.exit_code == 2
    words = "five words make a passphrase"
    assert run("keys", "rewrap", "--to-passphrase", given=f"{words}\n").exit_code == 0
    assert run("keys", "rotate").exit_code == 2
    monkeypatch.setenv("SKILLMARK_KEK_PASSPHRASE", words)
    assert run("keys", "rotate").exit_code == 0
    assert run("keys", "rewrap").exit_code == 2
    inside = run("keys", "rewrap", "--to-file", institution.settings.data_dir / "kek")
    assert inside.exit_code == 2
