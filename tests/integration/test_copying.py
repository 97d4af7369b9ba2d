"""Backup, restore and move keep every row; what is not the same is noticed."""

import pytest
from sqlalchemy import text
from typer.testing import CliRunner

from bot.__main__ import app
from bot.commands.backup import back_up, drill, move, restore
from bot.settings import Settings
from credentials.audit import find_break
from credentials.bootstrap import open_institution
from credentials.catalogue import load_folder
from credentials.errors import SetupError
from credentials.evidence import Outcome
from credentials.inbox import IncomingUpdate, claim_updates, store_updates
from credentials.issuing import decide_submission, published_badges, revoke_badge
from credentials.migrations import migrate
from tests.submissions import advisor, judge_all, person, send, small_catalogue

pytestmark = [pytest.mark.integration, pytest.mark.xdist_group("postgres")]


@pytest.fixture(params=["sqlite", "postgresql"])
def place(request, tmp_path):
    """Settings of an empty database, on either side of a copy."""

    def make(name, kind=request.param):
        url = request.getfixturevalue("postgres").create(name) if kind == "postgresql" else None
        return Settings(
            data_dir=tmp_path / name,
            kek_file=tmp_path / "config" / "kek",
            database_url=url,
            public_url="https://badges.example.org",
        )

    return make


def fill(settings):
    """Three badges, one of them revoked, with everything behind them."""
    institution = open_institution(settings)
    migrate(institution.engine)
    with institution.begin() as work:
        load_folder(work, small_catalogue(settings.data_dir / "catalogue"))
        judge = advisor(work, 99)
    for number in range(3):
        with institution.begin() as work:
            submission_id = send(work, person(work, number))
            judge_all(work, judge, submission_id)
            decide_submission(
                work, advisor_id=judge, submission_id=submission_id, outcome=Outcome.ACCEPTED
            )
    with institution.begin() as work:
        badges = published_badges(work)
        revoke_badge(work, credential_id=badges[0].credential_id, reason="a mistake")
    institution.engine.dispose()
    return [badge.badge_id for badge in badges]


def held(settings):
    institution = open_institution(settings)
    with institution.read() as work:
        found = [(badge.badge_id, badge.state.value) for badge in published_badges(work)]
        assert find_break(work.session) is None
    institution.engine.dispose()
    return found


def change(settings, sql):
    institution = open_institution(settings)
    with institution.engine.begin() as connection:
        connection.execute(text(sql))
    institution.engine.dispose()


def name_of(request):
    return request.node.name.translate({ord(c): "_" for c in "[]-"}).lower()[-40:]


def test_a_backup_restores_every_badge(place, tmp_path, request):
    here = place(f"a{name_of(request)}")
    badges = fill(here)
    file = tmp_path / "copy.db"
    back_up(here, file)
    assert file.stat().st_mode & 0o777 == 0o600
    drill(here, file)
    there = place(f"b{name_of(request)}")
    restore(there, file)
    assert held(there) == held(here)
    assert {badge for badge, _ in held(there)} == set(badges)
    fill_more(there)


def fill_more(settings):
    """What was restored goes on: numbers do not start anew."""
    institution = open_institution(settings)
    with institution.begin() as work:
        send(work, person(work, 1000))
    institution.engine.dispose()


def test_a_backup_is_never_overwritten(place, tmp_path, request):
    here = place(f"a{name_of(request)}")
    fill(here)
    file = tmp_path / "copy.db"
    file.write_text("precious")
    with pytest.raises(SetupError, match="exists"):
        back_up(here, file)
    assert file.read_text() == "precious"


def test_nothing_is_restored_over_something(place, tmp_path, request):
    here = place(f"a{name_of(request)}")
    fill(here)
    back_up(here, tmp_path / "copy.db")
    with pytest.raises(SetupError, match="not empty"):
        restore(here, tmp_path / "copy.db")


@pytest.mark.parametrize(
    "harm",
    [
        "UPDATE issued_badges SET credential = replace(credential, 'Example', 'Evil')",
        "UPDATE issued_badges SET state = 'revoked'",
        "UPDATE audit_events SET actor = 'somebody' WHERE event_id = 2",
        "DELETE FROM audit_events WHERE event_id = 2",
    ],
)
def test_the_drill_finds_what_was_altered(place, tmp_path, request, harm):
    here = place(f"a{name_of(request)}")
    fill(here)
    change(here, harm)
    back_up(here, tmp_path / "copy.db")
    with pytest.raises(SetupError):
        drill(here, tmp_path / "copy.db")


def test_an_institution_moves_from_sqlite_to_postgresql(place, tmp_path, request, monkeypatch):
    here = place(f"a{name_of(request)}", "sqlite")
    badges = fill(here)
    there = place(f"b{name_of(request)}", "postgresql")
    move(here, there.resolved_database_url)
    assert {badge for badge, _ in held(there)} == set(badges)
    fill_more(there)


def test_it_does_not_move_under_a_running_bot(place, request):
    here = place(f"a{name_of(request)}", "sqlite")
    fill(here)
    institution = open_institution(here)
    with institution.begin() as work:
        store_updates(
            work.session, bot_id=7, updates=[IncomingUpdate(1, 1, {"update_id": 1})], now=work.now
        )
        claim_updates(work.session, bot_id=7, now=work.now)
    institution.engine.dispose()
    with pytest.raises(SetupError, match="stop it first"):
        move(here, "sqlite:///nowhere.db")


def test_the_verbs_say_what_is_wrong_in_one_line(tmp_path, monkeypatch):
    monkeypatch.setenv("SKILLMARK_DATA_DIR", str(tmp_path / "data"))
    monkeypatch.setenv("SKILLMARK_KEK_FILE", str(tmp_path / "kek"))
    ended = CliRunner().invoke(app, ["restore", str(tmp_path / "none.db")])
    assert ended.exit_code == 2
    assert "no such file" in ended.output
