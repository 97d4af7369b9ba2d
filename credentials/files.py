"""Uploaded bytes, kept once by their SHA-256."""

import hashlib
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import LargeBinary
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


def delete_file(session: Session, sha256: str) -> None:
    """Remove the bytes; whoever calls has made sure that nothing refers to them."""
    row = session.get(StoredFile, sha256)
    if row is not None:
        session.delete(row)
