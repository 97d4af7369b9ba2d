"""Reads the first sheet of an Excel workbook row by row."""

import zipfile
from collections.abc import Iterator
from tempfile import SpooledTemporaryFile
from typing import IO, Any, cast

from openpyxl import load_workbook
from openpyxl.utils.exceptions import InvalidFileException

from credentials.catalogue.importing.distributions import (
    BLOCK,
    MAX_FILE_BYTES,
    MAX_RATIO,
    DistributionFile,
    too_large,
)
from credentials.catalogue.importing.refusals import ImportRefusedError

IN_MEMORY_BYTES = 8 * 1024 * 1024


def read_workbook(file: DistributionFile) -> Iterator[tuple[int, list[str]]]:
    """(line, cells as text) of the first sheet; numbers as they would be written.

    Raises:
        ImportRefusedError: it is no workbook, or unpacks to too much.
    """
    with SpooledTemporaryFile(max_size=IN_MEMORY_BYTES) as copy:
        with file.open() as stream:
            while block := stream.read(BLOCK):
                copy.write(block)
        copy.seek(0)
        _refuse_bomb(file.name, cast("IO[bytes]", copy))
        copy.seek(0)
        try:
            book = load_workbook(cast("IO[bytes]", copy), read_only=True, data_only=True)
            try:
                yield from _rows(book.worksheets[0])
            finally:
                book.close()
        except (
            InvalidFileException,
            KeyError,
            ValueError,
            IndexError,
            zipfile.BadZipFile,
        ) as error:
            raise ImportRefusedError(f"is no workbook ({error})", file=file.name) from error


def _rows(sheet: Any) -> Iterator[tuple[int, list[str]]]:
    width = 0
    for number, cells in enumerate(sheet.iter_rows(values_only=True), 1):
        found = [_text(cell) for cell in cells]
        if number == 1:
            while found and not found[-1]:
                found.pop()
            width = len(found)
        yield number, (found + [""] * width)[:width]


def _text(cell: object) -> str:
    if cell is None:
        return ""
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return str(cell)


def _refuse_bomb(name: str, copy: IO[bytes]) -> None:
    try:
        with zipfile.ZipFile(copy) as parts:
            entries = parts.infolist()
    except zipfile.BadZipFile as error:
        raise ImportRefusedError(f"is no workbook ({error})", file=name) from error
    if sum(entry.file_size for entry in entries) > MAX_FILE_BYTES:
        raise too_large(name, MAX_FILE_BYTES)
    for entry in entries:
        if entry.file_size > BLOCK and entry.file_size > MAX_RATIO * max(entry.compress_size, 1):
            raise ImportRefusedError(
                f"part “{entry.filename}” unpacks to over {MAX_RATIO} times its size", file=name
            )
