"""The list of people who get a badge: a CSV file, checked whole before anything is issued."""

import csv
import hashlib
from dataclasses import dataclass
from pathlib import Path

from credentials.errors import CredentialsError, SetupError
from credentials.evidence import clean_name

MAX_FILE_BYTES = 16 * 1024 * 1024
MAX_RECIPIENTS = 100_000
MAX_SHOWN = 10  # mistakes named at once


@dataclass(frozen=True)
class Recipients:
    """Names in the file's order; `digest` tells one list from another. No e-mail is kept."""

    names: tuple[str, ...]
    digest: str


def read_recipients(path: Path) -> Recipients:
    """The names of a CSV file with a column `name` and perhaps one `email`.

    Raises:
        SetupError: the file cannot be read, is too large, or has mistakes; each with its line.
    """
    try:
        with path.open("rb") as file:
            content = file.read(MAX_FILE_BYTES + 1)
        text = content.decode("utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise SetupError(f"{path} cannot be read as CSV (UTF-8)") from error
    if len(content) > MAX_FILE_BYTES:
        raise SetupError(f"{path} is larger than {MAX_FILE_BYTES // 2**20} MiB: split it")
    names, mistakes = _read(path, text)
    if mistakes:
        more = f"\n… and {len(mistakes) - MAX_SHOWN} more" if len(mistakes) > MAX_SHOWN else ""
        listed = "\n".join(mistakes[:MAX_SHOWN])
        raise SetupError(f"{path}: nothing was issued. Correct these lines:\n{listed}{more}")
    if not names:
        raise SetupError(f"{path}: there is nobody on the list")
    return Recipients(tuple(names), hashlib.sha256(content).hexdigest())


def _read(path: Path, text: str) -> tuple[list[str], list[str]]:
    names: list[str] = []
    mistakes: list[str] = []
    rows = csv.DictReader(text.splitlines(keepends=True), strict=True)
    try:
        columns = [str(column).strip().lower() for column in rows.fieldnames or ()]
        if "name" not in columns:
            raise SetupError(f"{path} needs a first line with a column called name")
        rows.fieldnames = columns
        for row in rows:
            mistake = _mistake(row)
            if mistake:
                mistakes.append(f"line {rows.line_num}: {mistake}")
            elif len(names) == MAX_RECIPIENTS:
                raise SetupError(f"{path} has more than {MAX_RECIPIENTS:,} recipients: split it")
            else:
                names.append(str(row["name"]).strip())
    except csv.Error as error:
        mistakes.append(f"line {rows.reader.line_num}: {error}")
    return names, mistakes


def _mistake(row: dict[str, str | None]) -> str:
    if None in row:
        return "there are more fields than columns"
    name, email = (str(row.get(column) or "").strip() for column in ("name", "email"))
    if not name:
        return "there is no name"
    try:
        clean_name(name)
    except CredentialsError as error:
        return f"not a name: {error}"
    return "not an e-mail address" if email and "@" not in email else ""
