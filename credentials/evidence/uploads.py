"""Uploads: what a file really is, whether we take it, and photos without their hidden data."""

import io
import re
import unicodedata
import zipfile
from dataclasses import dataclass
from enum import StrEnum

import puremagic
from PIL import ExifTags, Image, ImageOps, UnidentifiedImageError

from credentials.errors import CredentialsError
from credentials.files import MAX_BYTES

MAX_PIXELS = 40_000_000
MAX_NAME = 80  # characters
MAX_MEMBERS = 2_000  # of an office file
JPEG_QUALITY = 90


class FileKind(StrEnum):
    FILE = "file"
    PHOTO = "photo"
    VOICE = "voice"


class FileEmptyError(CredentialsError):
    """There is nothing in the file."""

    code = "file_empty"


class FileTooLargeError(CredentialsError):
    """Larger than what we take."""

    code = "file_too_large"


class FileTypeError(CredentialsError):
    """A kind of file we do not take."""

    code = "file_type"


class FileBrokenError(CredentialsError):
    """It is named as a kind we take, but cannot be opened as one."""

    code = "file_broken"


@dataclass(frozen=True, kw_only=True)
class Upload:
    """A file we take. `hidden` says what was removed from a photo: `place`, `details` or None."""

    kind: FileKind
    media_type: str
    name: str
    content: bytes
    hidden: str | None = None


PICTURES = {"jpg": "JPEG", "png": "PNG", "webp": "WEBP"}
# What a file's bytes may say it is → media type.
TYPES = {
    "jpg": "image/jpeg",
    "png": "image/png",
    "webp": "image/webp",
    "gif": "image/gif",
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "pptx": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    "odt": "application/vnd.oasis.opendocument.text",
    "ods": "application/vnd.oasis.opendocument.spreadsheet",
    "odp": "application/vnd.oasis.opendocument.presentation",
    "ogg": "audio/ogg",
    "mp3": "audio/mpeg",
    "m4a": "audio/mp4",
    "wav": "audio/wav",
    "mp4": "video/mp4",
    "mov": "video/quicktime",
    "webm": "video/webm",
}
AUDIO = frozenset({"ogg", "mp3", "m4a", "wav"})
# Endings that opening cannot run; every other text is handed on as .txt: page.html.txt.
TEXTS = frozenset(
    [
        "txt",
        "md",
        "csv",
        "tsv",
        "json",
        "sql",
        "py",
        "ipynb",
        "r",
        "js",
        "ts",
        "css",
        "java",
        "c",
        "cpp",
        "cs",
        "go",
        "rs",
        "yaml",
        "yml",
        "log",
        "xml",
        "tex",
    ]
)
_OFFICE = {"word": "docx", "xl": "xlsx", "ppt": "pptx"}
_OPEN_DOCUMENT = {"text": "odt", "spreadsheet": "ods", "presentation": "odp"}
_SAME = {"jfif": "jpg", "jpeg": "jpg", "jpe": "jpg", "oga": "ogg", "wave": "wav", "f4a": "m4a"}
_CONTROLS = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f]")
_PLACE = ExifTags.IFD.GPSInfo


def inspect_upload(content: bytes, *, name: str, is_voice: bool = False) -> Upload:
    """The file as we keep it, judged by its bytes; the name is only text.

    Raises:
        FileEmptyError: no bytes.
        FileTooLargeError: more than 20 MB.
        FileTypeError: a kind we do not take.
        FileBrokenError: a picture or an office file that cannot be opened.
    """
    if not content:
        raise FileEmptyError
    if len(content) > MAX_BYTES:
        raise FileTooLargeError(limit_mb=MAX_BYTES // 2**20)
    found = _ending(content, name)
    is_renamed = found == "txt" and _claimed(name) not in {"", *TEXTS}
    safe = safe_name(f"{name}.txt" if is_renamed else name, found)
    if found in PICTURES:
        cleaned, hidden = _without_hidden_data(content, PICTURES[found])
        kind = FileKind.PHOTO
        return Upload(kind=kind, media_type=TYPES[found], name=safe, content=cleaned, hidden=hidden)
    kind = FileKind.VOICE if is_voice or found in AUDIO else FileKind.FILE
    return Upload(kind=kind, media_type=TYPES.get(found, "text/plain"), name=safe, content=content)


def safe_name(name: str, ending: str) -> str:
    """A name that can be shown and saved: no path, no invisible characters, one true ending."""
    last = re.split(r"[/\\]", name)[-1]
    visible = "".join(mark for mark in last if unicodedata.category(mark)[0] != "C")
    stem = re.sub(r'[<>:"|?*]+', " ", visible.rpartition(".")[0] or visible)
    words = " ".join(stem.split()).strip(". ")[:MAX_NAME]
    return f"{words or 'file'}.{ending}"


def _ending(content: bytes, name: str) -> str:
    known = _by_magic(content)
    if known is not None:
        return known
    if not _is_text(content):
        raise FileTypeError
    claimed = _claimed(name)
    return claimed if claimed in TEXTS else "txt"


def _claimed(name: str) -> str:
    """The ending a name has; empty without one."""
    return name.rpartition(".")[2].lower() if "." in name else ""


def _by_magic(content: bytes) -> str | None:
    try:
        matches = puremagic.magic_string(content)
    except (puremagic.PureError, ValueError):
        return None
    for match in matches:
        ending = str(match.extension).lstrip(".").lower()
        ending = _SAME.get(ending, ending)
        if content.startswith(b"PK"):
            return _in_archive(content)
        if ending in TYPES and ending not in {*_OFFICE.values(), *_OPEN_DOCUMENT.values()}:
            return ending
    return None


def _in_archive(content: bytes) -> str:
    """Which office file an archive is; others, and those with macros, are not taken."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            names = archive.namelist()
            kind = archive.read("mimetype")[:200].decode() if "mimetype" in names[:1] else ""
    except (zipfile.BadZipFile, OSError, ValueError, RuntimeError, NotImplementedError) as error:
        raise FileBrokenError from error
    has_macros = any("vbaproject" in item.lower() or "/basic/" in item.lower() for item in names)
    if len(names) > MAX_MEMBERS or has_macros:
        raise FileTypeError
    office = next((_OFFICE[top] for item in names if (top := item.split("/")[0]) in _OFFICE), None)
    open_document = _OPEN_DOCUMENT.get(kind.rpartition("opendocument.")[2])
    if "[Content_Types].xml" in names and office is not None:
        return office
    if open_document is not None:
        return open_document
    raise FileTypeError


def _is_text(content: bytes) -> bool:
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        try:
            return bool(content.decode("utf-16"))
        except UnicodeDecodeError:
            return False
    return not _CONTROLS.search(content)


def _without_hidden_data(content: bytes, form: str) -> tuple[bytes, str | None]:
    """The picture drawn anew: upright, without place, camera or comments."""
    try:
        with Image.open(io.BytesIO(content), formats=[form]) as picture:
            if picture.width * picture.height > MAX_PIXELS:
                raise FileBrokenError
            exif = picture.getexif()
            hidden = "place" if exif.get_ifd(_PLACE) else "details" if exif else None
            return _encoded(ImageOps.exif_transpose(picture), form), hidden
    except (
        UnidentifiedImageError,
        Image.DecompressionBombError,
        OSError,
        SyntaxError,
        ValueError,
    ) as error:
        raise FileBrokenError from error


def _encoded(picture: Image.Image, form: str) -> bytes:
    is_clear = picture.mode in {"RGBA", "LA", "PA"} or "transparency" in picture.info
    plain = picture.convert("RGBA" if is_clear and form != "JPEG" else "RGB")
    plain.info = {}  # comments and text chunks would be written again
    out = io.BytesIO()
    plain.save(out, form, quality=JPEG_QUALITY)
    return out.getvalue()
