"""O*NET is read as it is published, in every generation and form, and kept by release."""

from dataclasses import replace

import pytest

from credentials.catalogue.frameworks import (
    Framework,
    Software,
    current_version,
    find_occupation,
    find_titles,
    get_version,
    list_education,
    list_occupations,
    list_ratings,
    list_related,
    list_software,
    list_software_examples,
    list_tasks,
    list_titles,
    list_versions,
    read_titles,
    remove_version,
    skill_spread,
)
from credentials.catalogue.importing import (
    ImportRefusedError,
    OnetRelease,
    Outcome,
    import_release,
    open_distribution,
)
from credentials.errors import InvalidInputError
from tests.distributions import (
    ANALYST,
    DEVELOPER,
    OTHER,
    old_onet_tables,
    onet_tables,
    write_onet,
    write_onet_workbooks,
    zipped,
)


def load(institution, path, **options):
    with open_distribution(path) as distribution:
        return import_release(institution, OnetRelease(distribution), **options)


@pytest.fixture
def new(tmp_path):
    return write_onet(tmp_path / "db_30_3_text", onet_tables())


def version_in_use(institution):
    with institution.read() as work:
        return current_version(work, Framework.ONET)


def test_what_an_occupation_asks_for_can_be_read(institution, new):
    report = load(institution, new)
    assert (report.outcome, report.release) == (Outcome.IMPORTED, "30.3")
    with institution.read() as work:
        here = current_version(work, Framework.ONET).version_id
        job = find_occupation(work, here, DEVELOPER)
        assert (job.title, job.job_zone, job.has_ratings) == ("Software Developers", 4, True)
        assert not find_occupation(work, here, OTHER).has_ratings
        assert [(r.label, r.importance, r.level) for r in list_ratings(work, here, DEVELOPER)] == [
            ("Reading Comprehension", 3.5, 4.25),
            ("Programming", 4.12, 4.38),
        ]
        assert list_software(work, here, DEVELOPER) == (Software("Python", "2.E.7.b", True, True),)
        assert [task.task_id for task in list_tasks(work, here, DEVELOPER)] == ["8", "7"]
        assert [other.code for other in list_related(work, here, DEVELOPER)] == [ANALYST]
        assert [(s.category, s.percent) for s in list_education(work, here, DEVELOPER)] == [
            (6, 84.8)
        ]


def test_values_not_to_be_used_say_so(institution, new):
    load(institution, new)
    with institution.read() as work:
        here = current_version(work, Framework.ONET).version_id
        rating = list_ratings(work, here, ANALYST)[0]
    assert rating.importance_suppressed
    assert not rating.level_suppressed
    assert rating.not_relevant


def test_titles_are_found_by_official_alternate_short_and_reported_name(institution, new):
    load(institution, new)
    with institution.read() as work:
        here = current_version(work, Framework.ONET).version_id
        for normal, code, kind in (
            ("software developer", DEVELOPER, "official"),
            ("app developer", DEVELOPER, "short"),
            ("cdo", ANALYST, "short"),
            ("developer", DEVELOPER, "reported"),
        ):
            assert [(t.occupation, t.kind) for t in find_titles(work, here, normal)] == [
                (code, kind)
            ]
        assert 'The "Code" Person' in {t.title for t in list_titles(work, here, DEVELOPER)}


def test_an_older_release_gives_the_same(institution, tmp_path):
    load(institution, write_onet(tmp_path / "db_27_0_text", old_onet_tables(), "27.0"))
    with institution.read() as work:
        here = current_version(work, Framework.ONET)
        assert here.release == "27.0"
        assert skill_spread(work, here.version_id) == {"2.A.1.a": 1, "2.B.3.e": 2}
        assert [
            (s.example, s.occupations) for s in list_software_examples(work, here.version_id)
        ] == [("Python", 2), ("R", 1)]
        assert find_titles(work, here.version_id, "app developer")
        assert len(list_education(work, here.version_id, DEVELOPER)) == 1


@pytest.mark.parametrize("form", ["zip", "excel", "excel zip"])
def test_archives_and_workbooks_give_the_same_as_text(institution, tmp_path, new, form):
    path = new
    if form.startswith("excel"):
        path = write_onet_workbooks(tmp_path / "db_30_3_excel", onet_tables())
    if form.endswith("zip"):
        path = zipped(path, tmp_path / "onet.zip")
    load(institution, path)
    from_form = _content(institution)
    load(institution, new)
    assert _content(institution) == from_form


def _content(institution):
    with institution.read() as work:
        here = current_version(work, Framework.ONET).version_id
        jobs = list_occupations(work, here)
        return (
            jobs,
            tuple(read_titles(work, here)),
            [list_ratings(work, here, job.code) for job in jobs],
            [list_software(work, here, job.code) for job in jobs],
            [list_tasks(work, here, job.code) for job in jobs],
        )


def test_importing_again_changes_nothing(institution, new, tmp_path):
    first = load(institution, new)
    again = load(institution, zipped(new, tmp_path / "same.zip"))
    assert again.outcome is Outcome.UNCHANGED
    assert again.version_id == first.version_id
    with institution.read() as work:
        assert len(list_versions(work)) == 1


def test_a_dry_run_tells_and_writes_nothing(institution, new):
    report = load(institution, new, dry_run=True)
    assert report.outcome is Outcome.DRY_RUN
    assert report.changes["occupations"].added == 4
    assert version_in_use(institution) is None


def test_a_new_release_tells_what_changed_and_keeps_the_old_one_readable(
    institution, new, tmp_path
):
    before = load(institution, new)
    tables = onet_tables()
    tables["Occupation Data"][1][2] = "Write software."
    tables["Occupation Data"].pop(3)
    tables["Job Titles"].append([ANALYST, "ML Engineer", "n/a", "08"])
    report = load(institution, write_onet(tmp_path / "db_31_0_text", tables, "31.0"))
    assert (report.release, report.previous_release) == ("31.0", "30.3")
    assert report.codes == {"added": (), "changed": (DEVELOPER,), "retired": ("25-2021.00",)}
    jobs = report.changes["occupations"]
    assert (jobs.added, jobs.changed, jobs.unchanged, jobs.retired) == (0, 1, 2, 1)
    assert report.changes["titles"].added == 1
    assert report.changes["ratings"].unchanged == 4
    with institution.read() as work:
        old = get_version(work, before.version_id)
        assert (
            find_occupation(work, old.version_id, DEVELOPER).description
            == "Design and develop software."
        )
        assert find_occupation(work, report.version_id, DEVELOPER).description == "Write software."


def test_an_earlier_release_can_be_made_current_again(institution, new, tmp_path):
    before = load(institution, new)
    load(institution, write_onet(tmp_path / "b", onet_tables() | {"Job Zones": onet_tables()["Job Zones"][:1]}, "31.0"))  # fmt: skip
    report = load(institution, new)
    assert report.outcome is Outcome.RESTORED
    assert version_in_use(institution).version_id == before.version_id


def test_the_words_of_the_licence_name_the_release(institution, new):
    load(institution, new)
    words = version_in_use(institution).attribution("Example College")
    assert words.startswith(
        "This page includes information from the O*NET 30.3 Database by the U.S. Department of Labor,"
    )
    assert "Example College has modified all or some of this information." in words
    unknown = replace(version_in_use(institution), release="unknown")
    assert "from the O*NET Database by" in unknown.attribution("Example College")


def test_rows_of_unknown_occupations_are_left_out_and_named(institution, tmp_path):
    tables = onet_tables()
    tables["Job Titles"].insert(2, ["99-9999.00", "Nobody", "n/a", "08"])
    tables["Job Titles"].append(tables["Job Titles"][1])
    report = load(institution, write_onet(tmp_path / "db_30_3_text", tables))
    assert [(s.file, s.line, s.why) for s in report.skipped] == [
        ("Job Titles.txt", 3, "occupation 99-9999.00 is not in Occupation Data"),
        ("Job Titles.txt", 6, "repeats line 2"),
    ]


def test_optional_files_may_be_absent(institution, new):
    (new / "Job Zones.txt").unlink()
    report = load(institution, new)
    assert report.notices == ("no “Job Zones”: imported without it",)
    with institution.read() as work:
        assert find_occupation(work, report.version_id, DEVELOPER).job_zone is None


def test_a_refusal_leaves_the_current_release_alone(institution, new, tmp_path):
    before = load(institution, new)
    tables = onet_tables()
    tables["Task Statements"].append([DEVELOPER, 8, "Another text.", "Core", 1, "x", "y"])
    with pytest.raises(ImportRefusedError, match=r"Task Statements\.txt:4: .* first in line 3"):
        load(institution, write_onet(tmp_path / "bad", tables, "31.0"))
    assert version_in_use(institution).version_id == before.version_id
    with institution.read() as work:
        assert len(list_versions(work)) == 1


def test_the_release_in_use_cannot_be_removed(institution, new, tmp_path):
    report = load(institution, new)
    with (
        institution.begin() as work,
        pytest.raises(InvalidInputError, match=r"O\*NET 30\.3 is in use"),
    ):
        remove_version(work, version_id=report.version_id)
    assert version_in_use(institution).version_id == report.version_id
