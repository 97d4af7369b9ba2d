"""`skillmark catalogue import|fetch|frameworks|check`: reports for people and programs, exit codes."""

import json

import pytest
from typer.testing import CliRunner

from bot.commands.catalogue import app
from tests.distributions import esco_tables, onet_tables, write_csv, write_onet


@pytest.fixture
def run(institution, monkeypatch):
    """Run `skillmark catalogue …` on the institution's database; an empty one is indexed in no time."""
    for name in ("data_dir", "kek_file", "public_url", "institution_name"):
        value = str(getattr(institution.settings, name))
        monkeypatch.setenv(f"SKILLMARK_{name.upper()}", value)
    return lambda *words: CliRunner().invoke(app, [str(word) for word in words])


def test_an_import_reports_what_came_and_whose_it_is(run, tmp_path):
    folder = write_onet(tmp_path / "db_30_3_text", onet_tables())
    tables = onet_tables()
    tables["Job Titles"].append(["99-9999.00", "Nobody", "n/a", "08"])
    newer = write_onet(tmp_path / "db_31_0_text", tables, "31.0")
    assert (
        "O*NET 30.3 from db_30_3_text: could be imported"
        in run("import", "onet", folder, "--dry-run").stdout
    )
    first = run("import", "onet", folder)
    assert first.exit_code == 0
    assert "O*NET 30.3 from db_30_3_text: imported and current" in first.stdout
    assert "This page includes information from the O*NET 30.3 Database" in first.stdout
    assert "Occupation Data.txt" in first.stderr
    assert "nothing to do" in run("import", "onet", folder).stdout
    second = run("import", "onet", newer)
    assert "imported and current, before it 30.3" in second.stdout
    assert "Job Titles.txt:5: occupation 99-9999.00 is not in Occupation Data" in second.stdout
    listed = run("frameworks")
    assert "O*NET  30.3     kept" in listed.stdout
    assert "O*NET  31.0     current" in listed.stdout


def test_earlier_releases_can_be_removed(run, tmp_path):
    for release in ("29.0", "30.3", "31.0"):
        tables = onet_tables()
        tables["Job Titles"].append(["15-1252.00", f"Coder {release}", "n/a", "08"])
        run("import", "onet", write_onet(tmp_path / release, tables, release))
    assert run("prune", "--dry-run").stdout == "O*NET 29.0: would be removed\n"
    assert run("prune").stdout == "O*NET 29.0: removed\n"
    assert run("prune", "--keep", "0").stdout == "O*NET 30.3: removed\n"
    assert run("prune", "--keep", "0").stdout == ""
    (version,) = json.loads(run("frameworks", "--json").stdout)
    assert (version["release"], version["state"]) == ("31.0", "current")


def test_a_report_can_be_read_by_programs(run, tmp_path):
    folder = write_csv(tmp_path / "v1.1.1", esco_tables())
    report = json.loads(run("import", "esco", folder, "--json").stdout)
    assert (report["framework"], report["release"], report["outcome"]) == (
        "ESCO",
        "1.1.1",
        "imported",
    )
    assert report["changes"]["occupations"]["added"] == 2
    assert report["skipped"][0] == {
        "file": "skills_en.csv",
        "line": 8,
        "why": "is obsolete, not released",
    }
    (version,) = json.loads(run("frameworks", "--json").stdout)
    assert version["counts"]["skills"] == 3


def test_a_refusal_is_one_line_with_file_and_line(run, tmp_path):
    tables = onet_tables()
    tables["Job Titles"][0][1] = "Name"
    refused = run("import", "onet", write_onet(tmp_path / "bad", tables))
    assert refused.exit_code == 2
    assert "skillmark: Job Titles.txt:1: has no column “Job Title”" in refused.stderr
    assert refused.stdout == ""


def test_the_template_comes_back_as_a_listing_that_is_advised_not_awarded(stocked, run, tmp_path):
    file = tmp_path / "ours.csv"
    text = run("template").stdout.replace("excel-basics | data-basics", "sql-foundations")
    file.write_text(text)
    done = run("import", "csv", file)
    assert "CSV: 1 added, 0 changed, 0 retired, 0 unchanged, 0 left out" in done.stdout
    rows = {row["code"]: row for row in json.loads(run("list", "--json").stdout)}
    assert rows["sql-basics"]["awarded_here"] is False
    assert rows["sql-foundations"]["awarded_here"] is True
    assert run("import", "csv", file).stdout.startswith(
        "CSV: 0 added, 0 changed, 0 retired, 1 unchanged"
    )


def test_esco_without_an_address_says_how_to_get_one(run):
    asked = run("fetch", "esco")
    assert asked.exit_code == 2
    assert "--url or SKILLMARK_ESCO_URL" in asked.stderr


def test_checking_ends_with_one_when_something_is_wrong(run, tmp_path):
    assert run("check").exit_code == 0
    (tmp_path / "achievements").mkdir()
    (tmp_path / "achievements" / "a.yaml").write_text("code: a\nname: {en: A}\nlevel: expert\n")
    found = run("check", tmp_path, "--json")
    assert found.exit_code == 1
    findings = json.loads(found.stdout)["findings"]
    assert {"place": "achievements/a.yaml:3", "rule": "file"}.items() <= next(
        one for one in findings if one["says"].startswith("level")
    ).items()


def test_what_was_imported_incomplete_is_named_by_check(run, tmp_path):
    file = tmp_path / "a.json"
    file.write_text(
        json.dumps(
            {
                "@type": "ceterms:Badge",
                "ceterms:ctid": "ce-00000000-0000-4000-8000-000000000001",
                "ceterms:name": {"en": "A Badge"},
            }
        )
    )
    assert run("import", "ctdl", file).exit_code == 0
    checked = run("check")
    assert checked.exit_code == 0
    assert "a.json (ce-00000000-0000-4000-8000-000000000001): cannot be advised" in checked.stdout
    assert run("check", "--strict").exit_code == 1
