"""Rows of a table as dictionaries of text, whatever it was saved as: tab-separated, CSV or Excel."""

import csv
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import TypeAlias

from credentials.catalogue.importing.distributions import DistributionFile, LimitedStream
from credentials.catalogue.importing.refusals import ImportRefusedError
from credentials.catalogue.importing.workbooks import read_workbook

MAX_LINE_BYTES = 1024 * 1024
MAX_CELL = 512 * 1024  # characters; ESCO's longest has 9,000
BOM = b"\xef\xbb\xbf"
UTF16 = (b"\xff\xfe", b"\xfe\xff")

Values: TypeAlias = Mapping[str, str | None]


@dataclass(frozen=True)
class Column:
    """A column that is needed; `names` begins with the newest spelling."""

    field: str
    names: tuple[str, ...]
    is_required: bool = True


def column(field_: str, *names: str, required: bool = True) -> Column:
    return Column(field_, names, required)


@dataclass(frozen=True)
class Row:
    """A line of a table. Missing values (empty, `n/a`) are None."""

    file: str
    line: int
    values: Values

    def text(self, field_: str) -> str:
        """A value that has to be there.

        Raises:
            ImportRefusedError: it is missing.
        """
        value = self.values[field_]
        if value is None:
            raise self.refuse(f"“{field_}” is empty")
        return value

    def number(self, field_: str, lowest: float, highest: float) -> float | None:
        """A number within bounds, or None when it is missing.

        Raises:
            ImportRefusedError: it is no such number.
        """
        value = self.values[field_]
        if value is None:
            return None
        try:
            found = float(value)
        except ValueError:
            raise self.refuse(f"“{value[:40]}” is no number") from None
        if not lowest <= found <= highest:
            raise self.refuse(f"{value} is not between {lowest:g} and {highest:g}")
        return found

    def refuse(self, why: str) -> ImportRefusedError:
        return ImportRefusedError(why, file=self.file, line=self.line)


@dataclass
class Table:
    """A file with a header. `done` counts the bytes that were read."""

    file: DistributionFile
    columns: tuple[Column, ...]
    delimiter: str = "\t"
    done: int = field(default=0, init=False)

    def rows(self) -> Iterator[Row]:
        """Every row.

        Raises:
            ImportRefusedError: a column is missing, or a line cannot be read.
        """
        lines = self._lines()
        header_line, header = next(lines, (1, []))
        places = self._places([cell.strip() for cell in header], header_line)
        for number, cells in lines:
            if not any(cells):
                continue
            if len(cells) != len(header):
                raise ImportRefusedError(
                    f"{len(cells)} columns where the header has {len(header)}; "
                    "is the file cut off or its tabs lost?",
                    file=self.file.name,
                    line=number,
                )
            yield Row(
                self.file.name,
                number,
                {name: None if at is None else _value(cells[at]) for name, at in places.items()},
            )

    def check_header(self) -> None:
        """Read the header only.

        Raises:
            ImportRefusedError: a column is missing.
        """
        number, header = next(self._lines(), (1, []))
        self._places([cell.strip() for cell in header], number)

    def _places(self, header: list[str], line: int) -> dict[str, int | None]:
        here = {name.casefold(): place for place, name in reversed(list(enumerate(header)))}
        places: dict[str, int | None] = {}
        for wanted in self.columns:
            found = [here[name.casefold()] for name in wanted.names if name.casefold() in here]
            if not found and wanted.is_required:
                names = "” or “".join(wanted.names)
                shown = ", ".join(header)[:300] or "nothing"
                raise ImportRefusedError(
                    f"has no column “{names}”; it has: {shown}", file=self.file.name, line=line
                )
            places[wanted.field] = found[0] if found else None
        return places

    def _lines(self) -> Iterator[tuple[int, list[str]]]:
        if self.file.name.lower().endswith(".xlsx"):
            yield from read_workbook(self.file)
            self.done = self.file.size
            return
        with self.file.open() as stream:
            lines = _decoded(stream)
            first = next(lines, "")
            if self.delimiter != "\t" or first.startswith('"'):
                yield from self._quoted(first, lines, stream)
                return
            yield 1, first.rstrip("\r\n").split("\t")
            for number, line in enumerate(lines, 2):
                self.done = stream.done
                yield number, [_unquoted(cell) for cell in line.rstrip("\r\n").split("\t")]

    def _quoted(
        self, first: str, rest: Iterator[str], stream: LimitedStream
    ) -> Iterator[tuple[int, list[str]]]:
        csv.field_size_limit(MAX_CELL)
        reader = csv.reader(_chain(first, rest), delimiter=self.delimiter, strict=True)
        begins = 1
        try:
            for cells in reader:
                self.done = stream.done
                yield begins, cells
                begins = reader.line_num + 1
        except csv.Error as error:
            raise ImportRefusedError(
                f"cannot be read ({error}); is a quotation mark not closed?",
                file=self.file.name,
                line=begins,
            ) from error


def _decoded(stream: LimitedStream) -> Iterator[str]:
    number = 0
    while raw := stream.readline(MAX_LINE_BYTES + 1):
        number += 1
        if number == 1:
            if raw.startswith(UTF16):
                raise ImportRefusedError("is UTF-16; save it as UTF-8", file=stream.name, line=1)
            raw = raw.removeprefix(BOM)
        if len(raw) > MAX_LINE_BYTES:
            raise ImportRefusedError("has a line of over 1 MB", file=stream.name, line=number)
        if b"\0" in raw:
            raise ImportRefusedError(
                "holds zero bytes; is it UTF-16 or no text?", file=stream.name, line=number
            )
        try:
            yield raw.decode("utf-8")
        except UnicodeDecodeError as error:
            raise ImportRefusedError(
                f"is not UTF-8 (byte 0x{raw[error.start]:02x} at place {error.start + 1}); "
                "was it saved as Windows-1252? Save it as UTF-8",
                file=stream.name,
                line=number,
            ) from error


def _chain(first: str, rest: Iterator[str]) -> Iterator[str]:
    yield first
    yield from rest


def _unquoted(cell: str) -> str:
    """A cell that a spreadsheet put in quotation marks, without them; others stay as they are."""
    if len(cell) < 2 or cell[0] != '"' or cell[-1] != '"':
        return cell
    inner = cell[1:-1]
    return cell if '"' in inner.replace('""', "") else inner.replace('""', '"')


def _value(cell: str) -> str | None:
    cell = cell.strip()
    return None if cell in {"", "n/a"} else cell
