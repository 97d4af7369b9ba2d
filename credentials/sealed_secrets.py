"""Secrets of the institution that are no signing keys: made once, sealed, the same for good.

A secret lies in the database as the signing keys do, sealed with the key-encryption key, so that
another key-encryption key (`keys rewrap`) changes its envelope and not what was made with it.
"""

from datetime import datetime

from sqlalchemy import LargeBinary, select
from sqlalchemy.dialects.postgresql import insert as insert_postgresql
from sqlalchemy.dialects.sqlite import insert as insert_sqlite
from sqlalchemy.orm import Mapped, mapped_column

from credentials.database import Base
from credentials.sealing import KeyEncryptionKey, load_kek
from credentials.unit_of_work import Work

#: Every purpose there is a secret for.
FINGERPRINTS = "evidence fingerprints"


class SealedSecretRow(Base):
    __tablename__ = "sealed_secrets"

    purpose: Mapped[str] = mapped_column(primary_key=True)
    sealed: Mapped[bytes] = mapped_column(LargeBinary)
    created_at: Mapped[datetime]


def find_secret(work: Work, purpose: str) -> bytes:
    """The 256-bit secret for a purpose, made at first need.

    It begins as what the key-encryption key of that day gives for the purpose, which is what older
    versions used, so that what they made still matches.

    Raises:
        SetupError: the key-encryption key is missing, misplaced or another one.
    """
    row = work.session.get(SealedSecretRow, purpose)
    if row is None:
        _make(work, purpose, load_kek(work.settings, may_create=True))
        row = work.session.get_one(SealedSecretRow, purpose)
    kek = load_kek(work.settings, may_create=False)
    return kek.open(row.sealed, bound_to=_binding(purpose))


def rewrap_secrets(work: Work, *, present: KeyEncryptionKey, new: KeyEncryptionKey) -> None:
    """Seal every secret with another key-encryption key, the ones that nobody needed yet too.

    Raises:
        SetupError: the present key does not open one.
    """
    _make(work, FINGERPRINTS, present)
    query = select(SealedSecretRow).with_for_update().execution_options(populate_existing=True)
    for row in work.session.scalars(query):
        secret = present.open(row.sealed, bound_to=_binding(row.purpose))
        row.sealed = new.seal(secret, bound_to=_binding(row.purpose))
    work.session.flush()


def _make(work: Work, purpose: str, kek: KeyEncryptionKey) -> None:
    """Make the secret unless it is there; another process may be faster, with the same."""
    is_sqlite = work.session.get_bind().dialect.name == "sqlite"
    insert = (insert_sqlite if is_sqlite else insert_postgresql)(SealedSecretRow).values(
        purpose=purpose,
        sealed=kek.seal(kek.derive(purpose), bound_to=_binding(purpose)),
        created_at=work.now,
    )
    work.session.execute(insert.on_conflict_do_nothing())


def _binding(purpose: str) -> str:
    return f"secret for {purpose}"
