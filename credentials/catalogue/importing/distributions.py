"""Opens a distribution, a folder or a zip archive, without trusting it.

Nothing is ever unpacked to the file system. Sizes are limited by what the file system or the
archive says, and counted again while reading, because an archive may lie.
"""

import hashlib
import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from typing import BinaryIO, cast

from credentials.catalogue.importing.refusals import ImportRefusedError

MB = 1024 * 1024
MAX_FILE_BYTES = 256 * MB  # the largest official table has 30 MB
MAX_RATIO = 200  # unpacked to packed; tables of text reach 30
MAX_ENTRIES = 2_000
MAX_DEPTH = 2  # folders below the path
BLOCK = 256 * 1024  # bytes

Progress = Callable[[str, int, int], None]  # file, bytes done, bytes in all


def no_progress(file: str, done: int, total: int) -> None:
    """Tell nobody."""


@dataclass(frozen=True)
class DistributionFile:
    """One file of a distribution; `name` is without folders."""

    name: str
    size: int  # bytes, as announced
    _open: Callable[[], BinaryIO] = field(repr=False)

    @contextmanager
    def open(self) -> Iterator["LimitedStream"]:
        """The file's bytes, counted.

        Raises:
            ImportRefusedError: it cannot be opened, or holds more than it may.
        """
        try:
            stream = self._open()
        except (OSError, zipfile.BadZipFile, RuntimeError, NotImplementedError) as error:
            raise ImportRefusedError(f"cannot be opened ({error})", file=self.name) from error
        with stream:
            yield LimitedStream(self.name, stream)

    def digest(self) -> str:
        """SHA-256 of the content."""
        total = hashlib.sha256()
        with self.open() as stream:
            while block := stream.read(BLOCK):
                total.update(block)
        return total.hexdigest()


class LimitedStream:
    """Bytes of one file, which may not become more than a limit."""

    def __init__(self, name: str, stream: BinaryIO, limit: int = MAX_FILE_BYTES) -> None:
        self.name, self.done = name, 0
        self._stream, self._limit = stream, limit

    def read(self, size: int = BLOCK) -> bytes:
        return self._counted(lambda: self._stream.read(size))

    def readline(self, limit: int) -> bytes:
        return self._counted(lambda: self._stream.readline(limit))

    def _counted(self, read: Callable[[], bytes]) -> bytes:
        try:
            block = read()
        except (OSError, EOFError, zipfile.BadZipFile, RuntimeError) as error:
            raise ImportRefusedError(f"is damaged or cut off ({error})", file=self.name) from error
        except Exception as error:  # zlib.error, lzma.LZMAError: each packer has its own
            if type(error).__module__ in {"zlib", "_lzma", "lzma", "_bz2"}:
                raise ImportRefusedError(f"is damaged ({error})", file=self.name) from error
            raise
        self.done += len(block)
        if self.done > self._limit:
            raise too_large(self.name, self._limit)
        return block


@dataclass(frozen=True)
class Distribution:
    """What was given: a folder, an archive, or one file."""

    name: str
    files: tuple[DistributionFile, ...]
    folders: tuple[str, ...] = ()  # names on the way, which may tell the release

    def find(self, *names: str) -> DistributionFile | None:
        """The file with the first name that is there; case, and blanks written as `_`, do not matter.

        Raises:
            ImportRefusedError: there are two.
        """
        for name in names:
            found = [file for file in self.files if plain(file.name) == plain(name)]
            if len(found) > 1:
                raise ImportRefusedError(
                    f"{self.name} holds {found[0].name} more than once; give one release's folder"
                )
            if found:
                return found[0]
        return None


def plain(name: str) -> str:
    return name.casefold().replace("_", " ").strip()


@contextmanager
def open_distribution(path: Path) -> Iterator[Distribution]:
    """A folder (and folders below it), a zip archive or a single file.

    Raises:
        ImportRefusedError: there is nothing, or the archive is hostile or damaged.
    """
    if path.is_dir():
        yield _folder(path)
    elif not path.is_file():
        raise ImportRefusedError(f"there is no {path}")
    elif path.suffix.lower() != ".xlsx" and zipfile.is_zipfile(path):
        try:
            archive = zipfile.ZipFile(path)
        except (zipfile.BadZipFile, OSError) as error:
            raise ImportRefusedError(f"is no whole archive ({error})", file=path.name) from error
        with archive:
            yield _archive(path.name, archive)
    elif path.suffix.lower() == ".zip":
        raise ImportRefusedError("is no archive, or was cut off", file=path.name)
    else:
        yield Distribution(path.name, (_on_disk(path),))


def too_large(name: str, limit: int) -> ImportRefusedError:
    return ImportRefusedError(f"holds more than {limit // MB} MB, which is the most", file=name)


def _folder(path: Path) -> Distribution:
    found = []
    for depth in range(MAX_DEPTH + 1):
        for file in sorted(path.glob("/".join(["*"] * (depth + 1)))):
            if file.is_file() and not file.name.startswith("."):
                found.append(file)
            if len(found) > MAX_ENTRIES:
                raise ImportRefusedError(f"{path.name} holds more than {MAX_ENTRIES} files")
    folders = {path.resolve().name, *(file.parent.name for file in found)}
    return Distribution(
        path.resolve().name, tuple(_on_disk(file) for file in found), tuple(sorted(folders))
    )


def _on_disk(file: Path) -> DistributionFile:
    return DistributionFile(file.name, file.stat().st_size, lambda: file.open("rb"))


def _archive(name: str, archive: zipfile.ZipFile) -> Distribution:
    entries = archive.infolist()
    if len(entries) > MAX_ENTRIES:
        raise ImportRefusedError(f"holds more than {MAX_ENTRIES} entries", file=name)
    files = []
    for entry in entries:
        _refuse_hostile(name, entry)
        place = PurePosixPath(entry.filename)
        if not entry.is_dir() and not place.name.startswith(".") and "__MACOSX" not in place.parts:
            files.append(_packed(archive, entry))
    folders = {part for entry in entries for part in PurePosixPath(entry.filename).parent.parts}
    return Distribution(name, tuple(files), tuple(sorted({name, *folders})))


def _packed(archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> DistributionFile:
    return DistributionFile(
        PurePosixPath(entry.filename).name,
        entry.file_size,
        lambda: cast("BinaryIO", archive.open(entry)),
    )


def _refuse_hostile(name: str, entry: zipfile.ZipInfo) -> None:
    place = PurePosixPath(entry.filename.replace("\\", "/"))
    if place.is_absolute() or ".." in place.parts or ":" in entry.filename:
        raise ImportRefusedError(f"entry “{entry.filename}” leads out of the archive", file=name)
    if entry.flag_bits & 0x1:
        raise ImportRefusedError("is encrypted", file=name)
    if entry.file_size > BLOCK and entry.file_size > MAX_RATIO * max(entry.compress_size, 1):
        raise ImportRefusedError(
            f"entry “{entry.filename}” unpacks to {entry.file_size // max(entry.compress_size, 1)} "
            f"times its size; at most {MAX_RATIO} are read",
            file=name,
        )


def require_size(file: DistributionFile) -> None:
    """Refuse a file that announces more than may be read.

    Raises:
        ImportRefusedError: it is too large.
    """
    if file.size > MAX_FILE_BYTES:
        raise ImportRefusedError(
            f"holds {file.size // MB:,} MB; at most {MAX_FILE_BYTES // MB} MB are read",
            file=file.name,
        )
