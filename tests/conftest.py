"""Fixtures every test may use."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from credentials.bootstrap import open_institution
from credentials.clock import FixedClock
from credentials.database import Base
from credentials.settings import Settings
from credentials.tables import import_rooms
from credentials.unit_of_work import Institution


@pytest.fixture(scope="session")
def shared_folder() -> Path:
    """The folder of reference data beside the checkout; tests that need it are skipped where it is absent."""
    folder = Path(__file__).resolve().parent.parent.parent / "shared"
    if not folder.is_dir():
        pytest.skip("the folder of reference data (../shared) is not beside this checkout")
    return folder


@pytest.fixture
def clock() -> FixedClock:
    return FixedClock(datetime(2026, 3, 2, 9, 0, tzinfo=UTC))


@pytest.fixture
def institution(tmp_path: Path, clock: FixedClock) -> Iterator[Institution]:
    """An institution on a fresh SQLite file with the whole schema."""
    import_rooms()
    settings = Settings(
        data_dir=tmp_path / "data",
        kek_file=tmp_path / "config" / "kek",
        public_url="https://badges.example.org",
        institution_name="Example College",
    )
    opened = open_institution(settings, clock)
    Base.metadata.create_all(opened.engine)
    yield opened
    opened.engine.dispose()
