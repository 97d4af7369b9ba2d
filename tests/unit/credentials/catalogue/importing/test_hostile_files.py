"""Files that are damaged, mistaken or hostile are refused with file and line; nothing is kept."""

import struct
import zipfile

import pytest
from openpyxl import Workbook

from credentials.catalogue.frameworks import list_versions
from credentials.catalogue.importing import (
    ImportRefusedError,
    OnetRelease,
    import_release,
    open_distribution,
)
from tests.distributions import onet_tables, write_onet, write_onet_workbooks, zipped

TITLES = "Job Titles.txt"


@pytest.fixture
def folder(tmp_path):
    return write_onet(tmp_path / "db_30_3_text", onet_tables())


def load(institution, path):
    with open_distribution(path) as distribution:
        return import_release(institution, OnetRelease(distribution))


def assert_refused(institution, path, words):
    with pytest.raises(ImportRefusedError, match=words):
        load(institution, path)
    with institution.read() as work:
        assert list_versions(work) == ()


def change(folder, name, old, new, count=-1):
    file = folder / name
    file.write_bytes(file.read_bytes().replace(old, new, count))


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        (b"Job Title\t", b"Name\t", r"Job Titles\.txt:1: has no column “Job Title” or “Alternate"),
        (b"\t02,08", b"", r"Job Titles\.txt:2: 3 columns where the header has 4"),
        (b"Code", b"\x93Code\x94", r"Job Titles\.txt:\d: is not UTF-8 \(byte 0x93"),
        (b"Application", b"Appl\0ication", r"Job Titles\.txt:2: holds zero bytes"),
        (b"15-1252.00", b"Developer", r"Job Titles\.txt:2: “Developer” is no O\*NET-SOC code"),
    ],
)
def test_a_damaged_line_is_named(institution, folder, old, new, words):
    change(folder, TITLES, old, new)
    assert_refused(institution, folder, words)


def test_utf_16_is_named(institution, folder):
    file = folder / TITLES
    file.write_text(file.read_text(), encoding="utf-16")
    assert_refused(institution, folder, r"Job Titles\.txt:1: is UTF-16; save it as UTF-8")


def test_a_file_that_ends_in_the_middle_is_refused(institution, folder):
    file = folder / "Software Skills.txt"
    file.write_bytes(file.read_bytes()[:-24])
    assert_refused(institution, folder, r"Software Skills\.txt:4: \d columns where")


@pytest.mark.parametrize("content", [b"", b"O*NET-SOC Code\tTitle\tDescription\r\n"])
def test_an_empty_file_is_refused(institution, folder, content):
    (folder / "Occupation Data.txt").write_bytes(content)
    assert_refused(
        institution, folder, r"Occupation Data\.txt:?1?: has (no column|a header and no rows)"
    )


@pytest.mark.parametrize("value", ["seven", "9.1", "nan"])
def test_a_number_out_of_bounds_is_refused(institution, folder, value):
    change(folder, "Essential Skills.txt", b"4.25", value.encode())
    assert_refused(institution, folder, rf"Essential Skills\.txt:3: .*{value}")


def test_a_code_that_is_there_twice_is_refused(institution, folder):
    change(folder, "Occupation Data.txt", b"15-2051.00", b"15-1252.00")
    assert_refused(institution, folder, r"Occupation Data\.txt:3: 15-1252\.00 is there twice")


def test_a_missing_file_is_named(institution, folder):
    (folder / "Transferable Skills.txt").unlink()
    assert_refused(institution, folder, "no file “Transferable Skills”")


def test_no_folder_at_all_is_said(institution, tmp_path):
    assert_refused(institution, tmp_path / "nowhere", "there is no ")


def test_bom_lf_and_quotation_marks_make_no_difference(institution, folder):
    whole = load(institution, folder)
    for file in folder.glob("*.txt"):
        lines = file.read_text().splitlines()
        if file.name != "Read Me.txt":
            lines = ["\t".join(f'"{c.replace(chr(34), chr(34) * 2)}"' for c in line.split("\t")) for line in lines]  # fmt: skip
        file.write_text("\ufeff" + "\n".join(lines), encoding="utf-8", newline="")
    report = load(institution, folder)
    assert whole.version_id != report.version_id  # other bytes, the same rows
    assert {c.unchanged for c in report.changes.values()} > {0}
    assert not any(c.added + c.changed + c.retired for c in report.changes.values())


def test_a_spreadsheets_single_quoted_cells_are_understood(institution, folder):
    whole = load(institution, folder)
    change(
        folder,
        "Occupation Data.txt",
        b'Develop "models" of data.',
        b'"Develop ""models"" of data."',
    )
    report = load(institution, folder)
    assert whole.version_id != report.version_id
    assert report.changes["occupations"].unchanged == 4


def test_huge_files_are_refused_before_they_are_read(institution, folder):
    with (folder / TITLES).open("ab") as file:
        file.truncate(3 * 1024**3)  # sparse
    assert_refused(institution, folder, r"Job Titles\.txt: holds 3,072 MB; at most 256 MB")


def test_a_line_without_end_is_refused(institution, folder):
    with (folder / TITLES).open("ab") as file:
        file.write(b"x" * (1024 * 1024 + 10))
    assert_refused(institution, folder, r"Job Titles\.txt:5: has a line of over 1 MB")


def test_an_archive_that_leads_out_is_refused(institution, folder, tmp_path):
    archive = zipped(folder, tmp_path / "onet.zip")
    with zipfile.ZipFile(archive, "a") as out:
        out.writestr("../../evil.txt", "x")
    assert_refused(institution, archive, r"onet\.zip: entry “\.\./\.\./evil\.txt” leads out")


def test_a_bomb_is_refused(institution, folder, tmp_path):
    archive = zipped(folder, tmp_path / "onet.zip")
    with zipfile.ZipFile(archive, "a", zipfile.ZIP_DEFLATED) as out:
        out.writestr("bomb.txt", b"0" * 50_000_000)
    assert_refused(institution, archive, "“bomb.txt” unpacks to .* times its size")


def test_a_cut_off_archive_is_refused(institution, folder, tmp_path):
    archive = zipped(folder, tmp_path / "onet.zip")
    archive.write_bytes(archive.read_bytes()[:-100])
    assert_refused(institution, archive, r"onet\.zip: is no archive, or was cut off")


def test_a_damaged_archive_is_refused(institution, folder, tmp_path):
    archive = zipped(folder, tmp_path / "onet.zip")
    content = bytearray(archive.read_bytes())
    place = content.find(b"Occupation Data.txt") + 40
    content[place : place + 20] = b"\xff" * 20
    archive.write_bytes(content)
    assert_refused(institution, archive, r"Occupation Data\.txt: is damaged")


def test_an_encrypted_archive_is_refused(institution, folder, tmp_path):
    archive = zipped(folder, tmp_path / "onet.zip")
    content = bytearray(archive.read_bytes())
    place = content.find(b"PK\x01\x02")
    content[place + 8 : place + 10] = struct.pack("<H", 1)
    archive.write_bytes(content)
    assert_refused(institution, archive, "is encrypted")


def test_two_releases_in_one_archive_are_refused(institution, folder, tmp_path):
    archive = zipped(folder, tmp_path / "onet.zip")
    with zipfile.ZipFile(archive, "a") as out:
        out.write(folder / TITLES, f"db_27_0_text/{TITLES}")
    assert_refused(institution, archive, r"holds Job Titles\.txt more than once")


def test_a_workbook_that_is_none_is_refused(institution, tmp_path):
    folder = write_onet_workbooks(tmp_path / "db_30_3_excel", onet_tables())
    (folder / "Job Titles.xlsx").write_bytes(b"no workbook")
    assert_refused(institution, folder, r"Job Titles\.xlsx: is no workbook")


def test_a_workbook_with_wrong_columns_is_refused(institution, tmp_path):
    tables = onet_tables()
    tables["Job Titles"][0][1] = "Name"
    folder = write_onet_workbooks(tmp_path / "db_30_3_excel", tables)
    assert_refused(institution, folder, r"Job Titles\.xlsx:1: has no column “Job Title”")


def test_a_workbook_with_a_cell_far_away_is_refused(institution, tmp_path):
    folder = write_onet_workbooks(tmp_path / "db_30_3_excel", onet_tables())
    book = Workbook()
    book.active["A1"], book.active["XFD1048576"] = "Job Title", "far away"
    book.save(folder / "Job Titles.xlsx")
    assert_refused(
        institution, folder, r"Job Titles\.xlsx: has a sheet of more than 8,000,000 cells"
    )
