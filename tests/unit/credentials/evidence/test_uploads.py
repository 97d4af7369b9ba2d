"""Files: judged by their bytes, stripped of what they hide, refused with a reason."""

import io
import zipfile

import pytest
from PIL import Image

from credentials.evidence.uploads import (
    FileBrokenError,
    FileEmptyError,
    FileKind,
    FileTooLargeError,
    FileTypeError,
    inspect_upload,
    safe_name,
)
from credentials.files import MAX_BYTES

GPS, DATE, LATITUDE, ORIENTATION = 0x8825, 0x0132, 2, 0x0112


def photo(*, place=False, form="JPEG", size=(40, 20), turned=False):
    picture = Image.new("RGB", size, "red")
    exif = Image.Exif()
    exif[DATE] = "2026:01:02 03:04:05"
    if turned:
        exif[ORIENTATION] = 6
    if place:
        exif.get_ifd(GPS)[LATITUDE] = (52.0, 31.0, 12.0)
    out = io.BytesIO()
    picture.save(out, form, exif=exif)
    return out.getvalue()


def archive(**members):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as file:
        for name, content in members.items():
            file.writestr(name.replace("__", "/").replace("_dot_", "."), content)
    return out.getvalue()


DOCX = {"[Content_Types]_dot_xml": "<Types/>", "word__document_dot_xml": "<w/>"}


@pytest.mark.parametrize(
    ("content", "name", "kind", "ending"),
    [
        (photo(), "holiday.exe", FileKind.PHOTO, "jpg"),
        (photo(form="PNG"), "x", FileKind.PHOTO, "png"),
        (photo(form="WEBP"), "x.webp", FileKind.PHOTO, "webp"),
        (b"%PDF-1.7\n%\xe2\xe3\n", "thesis.pdf", FileKind.FILE, "pdf"),
        (b"SELECT 1;", "q.SQL", FileKind.FILE, "sql"),
        ("größe;1\n".encode(), "t.csv", FileKind.FILE, "csv"),
        ("größe;1\n".encode("cp1252"), "t.csv", FileKind.FILE, "csv"),
        ("a,b".encode("utf-16"), "t.csv", FileKind.FILE, "csv"),
        (b"OggS\0\2" + bytes(40), "v", FileKind.VOICE, "ogg"),
        (b"\0\0\0\x18ftypmp42" + bytes(20), "talk.mp4", FileKind.FILE, "mp4"),
        (archive(**DOCX), "cv.docx", FileKind.FILE, "docx"),
    ],
)
def test_a_file_is_what_its_bytes_say(content, name, kind, ending):
    upload = inspect_upload(content, name=name)
    assert (upload.kind, upload.name.rpartition(".")[2]) == (kind, ending)


@pytest.mark.parametrize(
    "content",
    [
        b"MZ\x90\0" + bytes(100),
        b"\x7fELF" + bytes(60),
        archive(readme_dot_txt="hi"),
        archive(**DOCX, word__vbaProject_dot_bin="macro"),
        b"\0\0\0\x18ftypheic" + bytes(20),
        b"\x1f\x8b\x08" + bytes(30),
        bytes(64),
    ],
    ids=["exe", "elf", "zip", "macros", "heic", "gzip", "zeros"],
)
def test_other_kinds_are_refused_whatever_their_name(content):
    with pytest.raises(FileTypeError):
        inspect_upload(content, name="harmless.pdf")


@pytest.mark.parametrize("name", ["page.html", "run.bat", "logo.svg", "go.sh", "noending"])
def test_a_text_that_could_run_is_handed_on_as_text(name):
    content = b"<script>alert(1)</script>"
    try:
        assert inspect_upload(content, name=name).name.endswith(".txt")
    except FileTypeError:
        pytest.fail("a text is a text")


def test_empty_and_oversized_files_are_refused():
    with pytest.raises(FileEmptyError):
        inspect_upload(b"", name="a.txt")
    assert inspect_upload(b"a" * MAX_BYTES, name="a.txt").content
    with pytest.raises(FileTooLargeError):
        inspect_upload(b"a" * (MAX_BYTES + 1), name="a.txt")


@pytest.mark.parametrize("form", ["JPEG", "PNG", "WEBP"])
def test_photos_lose_where_they_were_taken(form):
    upload = inspect_upload(photo(place=True, form=form), name="x")
    assert upload.hidden == "place"
    with Image.open(io.BytesIO(upload.content)) as picture:
        assert dict(picture.getexif()) == {}
        assert "exif" not in picture.info


def test_photos_stay_upright():
    upload = inspect_upload(photo(turned=True), name="x")
    assert upload.hidden == "details"
    with Image.open(io.BytesIO(upload.content)) as picture:
        assert picture.size == (20, 40)


def test_a_picture_without_hidden_data_is_not_remarked_on():
    out = io.BytesIO()
    Image.new("RGB", (4, 4)).save(out, "PNG")
    assert inspect_upload(out.getvalue(), name="x").hidden is None


@pytest.mark.parametrize(
    ("content", "name"),
    [(photo()[:200], "x.jpg"), (b"PK\x03\x04" + bytes(30), "orders.xlsx")],
    ids=["picture", "office file"],
)
def test_a_broken_file_is_said_to_be_broken(content, name):
    with pytest.raises(FileBrokenError):
        inspect_upload(content, name=name)


def test_a_picture_that_would_fill_the_memory_is_not_opened():
    out = io.BytesIO()
    Image.new("1", (9_000, 9_000)).save(out, "PNG")
    with pytest.raises(FileBrokenError):
        inspect_upload(out.getvalue(), name="x.png")


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("../../etc/passwd", "passwd.txt"),
        ("C:\\windows\\a.txt", "a.txt"),
        ("\u202egnp.exe", "gnp.txt"),
        ("a\0b\n.txt", "ab.txt"),
        ("", "file.txt"),
        ("...", "file.txt"),
        ("<b>bold</b>.md", "b.txt"),
        ("x" * 300, "x" * 80 + ".txt"),
    ],
)
def test_names_are_only_text(name, expected):
    assert safe_name(name, "txt") == expected
