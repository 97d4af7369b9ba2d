"""Tables of the catalogue. A badge keeps the version it met, so versions are never overwritten."""

from datetime import datetime
from typing import Any

from sqlalchemy.orm import Mapped, mapped_column

from credentials.database import Base


class CatalogueEntryRow(Base):
    __tablename__ = "catalogue_entries"

    kind: Mapped[str] = mapped_column(primary_key=True)  # skill | occupation | achievement
    code: Mapped[str] = mapped_column(primary_key=True)
    version: Mapped[str] = mapped_column(primary_key=True)
    body: Mapped[dict[str, Any]]
    is_current: Mapped[bool]
    revision: Mapped[int] = mapped_column(index=True)
    added_at: Mapped[datetime | None]  # when this version came
