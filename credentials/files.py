"""Uploaded bytes, kept once by their SHA-256."""

import hashlib
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import LargeBinary, delete, exists, or_
from sqlalchemy.orm import Mapped, Session, mapped_column

from credentials.database import Base
from credentials.errors import NotFoundError

MAX_BYTES = 20 * 1024 * 1024  # what a bot can download from Telegram


class StoredFile(Base):
    __tablename__ = "files"

    sha256: Mapped[str] = mapped_column(primary_key=True)
    size: Mapped[int]
    content: Mapped[bytes] = mapped_column(LargeBinary)
    stored_at: Mapped[datetime]


@dataclass(frozen=True)
class FileReference:
    """A stored file: hexadecimal SHA-256 and size in bytes."""

    sha256: str
    size: int


def store_file(session: Session, content: bytes, *, now: datetime) -> FileReference:
    """Keep the bytes; the same bytes are kept once."""
    sha256 = hashlib.sha256(content).hexdigest()
    if session.get(StoredFile, sha256) is None:
        session.add(StoredFile(sha256=sha256, size=len(content), content=content, stored_at=now))
        session.flush()
    return FileReference(sha256, len(content))


def read_file(session: Session, sha256: str) -> bytes:
    """The bytes.

    Raises:
        NotFoundError: there is no such file.
    """
    row = session.get(StoredFile, sha256)
    if row is None:
        raise NotFoundError(f"no file {sha256[:12]}")
    return row.content


def delete_unused_files(session: Session, names: Collection[str]) -> None:
    """Remove the bytes of those that no row of any room refers to any more."""
    references = [
        key.parent
        for table in Base.metadata.sorted_tables
        for key in table.foreign_keys
        if key.column.table is StoredFile.__table__
    ]
    is_used = or_(*(exists().where(column == StoredFile.sha256) for column in references))
    session.execute(
        delete(StoredFile).where(StoredFile.sha256.in_(list(names)), ~is_used),
        execution_options={"synchronize_session": "fetch"},
    )
