"""ESCO is read as it is published, with its multi-line cells, in both generations."""

import pytest

from credentials.catalogue.frameworks import (
    Framework,
    current_version,
    find_occupation,
    find_skill_labels,
    find_titles,
    list_broader,
    list_requirements,
    list_skills,
    list_titles,
    read_skill_labels,
    requirement_spread,
)
from credentials.catalogue.importing import (
    EscoRelease,
    ImportRefusedError,
    import_release,
    open_distribution,
)
from tests.distributions import (
    CARE,
    CARER,
    FIRST_AID,
    GROUP,
    NURSE,
    esco_tables,
    newer_esco_tables,
    write_csv,
    zipped,
)


def load(institution, path, language=None):
    with open_distribution(path) as distribution:
        return import_release(institution, EscoRelease(distribution, None, language))


@pytest.fixture
def folder(tmp_path):
    return write_csv(tmp_path / "ESCO dataset - v1.1.1 - classification - en - csv", esco_tables())


def test_what_an_occupation_asks_for_can_be_read(institution, folder):
    report = load(institution, folder)
    assert report.release == "1.1.1"
    with institution.read() as work:
        here = current_version(work, Framework.ESCO).version_id
        assert [(r.label, r.is_essential) for r in list_requirements(work, here, NURSE)] == [
            ("first aid", True),
            ("care for people", False),
        ]
        assert requirement_spread(work, here) == {CARE: 2, FIRST_AID: 1}
        assert list_broader(work, here, FIRST_AID) == (GROUP,)
        nurse, carer = (find_occupation(work, here, code) for code in (NURSE, CARER))
        assert (nurse.notation, nurse.unit_group, bool(nurse.regulated)) == ("2221.1", "2221", True)
        assert carer.regulated is None
        kinds = {skill.code: (skill.kind, skill.reuse_level) for skill in list_skills(work, here)}
        assert kinds == {
            FIRST_AID: ("knowledge", "cross-sector"),
            CARE: ("skill", "transversal"),
            GROUP: ("group", None),
        }


def test_every_line_of_a_cell_is_a_name_once(institution, folder):
    load(institution, folder)
    with institution.read() as work:
        here = current_version(work, Framework.ESCO).version_id
        assert {(t.title, t.kind) for t in list_titles(work, here, NURSE)} == {
            ("nurse", "official"),
            ("staff nurse", "alternate"),
            ("registered nurse", "alternate"),
            ("nurze", "hidden"),
        }
        assert find_titles(work, here, "registered nurse")[0].occupation == NURSE
        assert [label.skill for label in find_skill_labels(work, here, "cpr")] == [FIRST_AID]
        assert len(list(read_skill_labels(work, here))) == 5


def test_what_is_left_out_is_named_with_its_line(institution, folder):
    report = load(institution, folder)
    assert [(s.file, s.line, s.why.split(" ")[-1]) for s in report.skipped] == [
        ("skills_en.csv", 8, "released"),
        ("skills_en.csv", 10, "label"),
        ("occupationSkillRelations.csv", 5, "occupations"),
    ]


def test_the_newer_generation_gives_the_same(institution, folder, tmp_path):
    load(institution, folder)
    newer = write_csv(tmp_path / "ESCO dataset - v1.2.1 - csv", newer_esco_tables())
    report = load(institution, zipped(newer, tmp_path / "esco.zip"))
    assert (report.release, report.previous_release) == ("1.2.1", "1.1.1")
    assert not any(c.added + c.changed + c.retired for c in report.changes.values())
    assert report.changes["requirements"].unchanged == 3


def test_another_language_is_read_where_it_is_asked_for(institution, folder):
    for file in list(folder.glob("*_en.csv")):
        (folder / file.name.replace("_en", "_es")).write_text(
            file.read_text().replace("first aid", "primeros auxilios")
        )
    load(institution, folder, "es")
    with institution.read() as work:
        version = current_version(work, Framework.ESCO)
        assert version.language == "es"
        assert find_skill_labels(work, version.version_id, "primero auxilio")


@pytest.mark.parametrize(
    ("name", "old", "new", "words"),
    [
        ("skills_en", "preferredLabel", "label", r"skills_en\.csv:1: has no column “preferredLabel”"),
        ("skills_en", "Help in\nan emergency.\"", "Help", r"skills_en\.csv:\d+: cannot be read .*quotation"),
        ("occupationSkillRelations", "optional", "maybe", r"occupationSkillRelations\.csv:3: “maybe” is neither"),
        ("occupations_en", CARER, NURSE, r"occupations_en\.csv:6: .* is there twice"),
    ],
)  # fmt: skip
def test_damaged_files_are_refused_with_their_line(institution, folder, name, old, new, words):
    file = folder / f"{name}.csv"
    assert old in file.read_text()
    file.write_text(file.read_text().replace(old, new))
    with pytest.raises(ImportRefusedError, match=words):
        load(institution, folder)
    with institution.read() as work:
        assert current_version(work, Framework.ESCO) is None
