"""`skillmark staff`: roles are given by a link and taken away by a word."""

import json

import pytest
from typer.testing import CliRunner

from bot.__main__ import app
from credentials.bootstrap import open_institution
from credentials.errors import NotAllowedError
from credentials.evidence import open_oldest
from credentials.migrations import migrate
from credentials.people import Role, require_role
from credentials.settings import Settings
from tests.submissions import advisor, person


@pytest.fixture
def institution(tmp_path, clock, monkeypatch):
    settings = Settings(data_dir=tmp_path / "data", kek_file=tmp_path / "config" / "kek")
    monkeypatch.setenv("SKILLMARK_DATA_DIR", str(settings.data_dir))
    monkeypatch.setenv("SKILLMARK_KEK_FILE", str(settings.kek_file))
    opened = open_institution(settings, clock)
    migrate(opened.engine)
    yield opened
    opened.engine.dispose()


def staff(*arguments):
    return CliRunner().invoke(app, ["staff", *arguments])


def test_a_role_that_is_taken_away_allows_nothing_any_more(institution):
    with institution.begin() as work:
        grace, ada = advisor(work, 1), person(work, 2)
    listed = json.loads(staff("list", "--json").stdout)
    assert [(one["person_id"], one["role"]) for one in listed] == [(grace, "advisor")]
    assert staff("revoke", grace, "--role", "advisor").exit_code == 0
    assert json.loads(staff("list", "--json").stdout) == []
    for use_case in (
        lambda work: open_oldest(work, advisor_id=grace),
        lambda work: require_role(work, grace, Role.ADVISOR),
        lambda work: require_role(work, ada, Role.ADVISOR),
    ):
        with institution.begin() as work, pytest.raises(NotAllowedError):
            use_case(work)


def test_who_has_no_such_role_loses_none(institution):
    with institution.begin() as work:
        grace = advisor(work, 1)
    refused = staff("revoke", grace, "--role", "admin")
    assert refused.exit_code == 2
    assert refused.stderr.startswith("skillmark: ")
    assert len(json.loads(staff("list", "--json").stdout)) == 1
