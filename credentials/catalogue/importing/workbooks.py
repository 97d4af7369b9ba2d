"""Reads the first sheet of an Excel workbook row by row."""

import re
import zipfile
import zlib
from collections.abc import Iterator
from tempfile import SpooledTemporaryFile
from typing import IO, cast

from python_calamine import CalamineError, CalamineSheet, load_workbook

from credentials.catalogue.importing.distributions import (
    BLOCK,
    MAX_FILE_BYTES,
    MAX_RATIO,
    DistributionFile,
    too_large,
)
from credentials.catalogue.importing.refusals import ImportRefusedError

IN_MEMORY_BYTES = 8 * 1024 * 1024
MAX_CELLS = 8_000_000  # of a sheet, empty ones as well; O*NET's Transferable Skills has 600,000
_PLACE = re.compile(rb"""\br\s*=\s*["']([A-Z]{0,8})([0-9]{0,12})["']""")
_OVERLAP = 64  # bytes, more than the place of a cell


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
        stored = cast("IO[bytes]", copy)
        _refuse_bomb(file.name, stored)
        copy.seek(0)
        try:
            with load_workbook(stored) as book:
                yield from _rows(book.get_sheet_by_index(0))
        except (CalamineError, ValueError, IndexError) as error:
            raise ImportRefusedError(f"is no workbook ({error})", file=file.name) from error


def _rows(sheet: CalamineSheet) -> Iterator[tuple[int, list[str]]]:
    width = 0
    for number, cells in enumerate(sheet.iter_rows(), 1):
        found = [_text(cell) for cell in cells]
        if number == 1:
            while found and not found[-1]:
                found.pop()
            width = len(found)
        yield number, (found + [""] * width)[:width]


def _text(cell: object) -> str:
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return str(cell)


def _refuse_bomb(name: str, copy: IO[bytes]) -> None:
    try:
        with zipfile.ZipFile(copy) as parts:
            entries = parts.infolist()
            _refuse_size(name, entries)
            for entry in entries:
                with parts.open(entry) as part:
                    _refuse_far_cells(name, part)
    except (zipfile.BadZipFile, RuntimeError, EOFError, zlib.error) as error:
        raise ImportRefusedError(f"is no workbook ({error})", file=name) from error


def _refuse_size(name: str, entries: list[zipfile.ZipInfo]) -> None:
    if sum(entry.file_size for entry in entries) > MAX_FILE_BYTES:
        raise too_large(name, MAX_FILE_BYTES)
    for entry in entries:
        if entry.file_size > BLOCK and entry.file_size > MAX_RATIO * max(entry.compress_size, 1):
            raise ImportRefusedError(
                f"part “{entry.filename}” unpacks to over {MAX_RATIO} times its size", file=name
            )


def _refuse_far_cells(name: str, part: IO[bytes]) -> None:
    """Refuse a sheet whose outermost cells span too many: the reader makes room for all between."""
    rows = columns = 0
    before = b""
    while block := part.read(BLOCK):
        for letters, digits in _PLACE.findall(before + block):
            rows = max(rows, int(digits or 0))
            columns = max(columns, _column(letters))
        before = block[-_OVERLAP:]
        if rows * columns > MAX_CELLS:
            raise ImportRefusedError(f"has a sheet of more than {MAX_CELLS:,} cells", file=name)


def _column(letters: bytes) -> int:
    """A is 1, Z is 26, AA is 27."""
    number = 0
    for letter in letters:
        number = number * 26 + letter - ord("A") + 1
    return number
