"""Fixtures every test may use."""

import os
import secrets
import shutil
import tempfile
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from credentials.bootstrap import open_institution
from credentials.catalogue import load_starter
from credentials.clock import FixedClock
from credentials.database import Base, make_engine
from credentials.migrations import migrate
from credentials.settings import Settings
from credentials.tables import import_rooms
from credentials.unit_of_work import Institution
from tests.postgresql import NoPostgresError, Server, prepare


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


def open_fresh(folder: Path, clock: FixedClock) -> Institution:
    """An institution on a fresh SQLite file with the whole schema."""
    import_rooms()
    settings = Settings(
        data_dir=folder / "data",
        kek_file=folder / "config" / "kek",
        public_url="https://badges.example.org",
        institution_name="Example College",
    )
    opened = open_institution(settings, clock)
    Base.metadata.create_all(opened.engine)
    return opened


@pytest.fixture
def institution(
    request: pytest.FixtureRequest, tmp_path: Path, clock: FixedClock
) -> Iterator[Institution]:
    """An institution with the whole schema: a fresh SQLite file, or a PostgreSQL database.

    `SKILLMARK_TEST_DATABASE=postgresql` chooses the latter for every test.
    """
    if os.environ.get("SKILLMARK_TEST_DATABASE") == "postgresql":
        yield request.getfixturevalue("postgres_institution")
        return
    opened = open_fresh(tmp_path, clock)
    yield opened
    opened.engine.dispose()


@pytest.fixture(scope="session")
def starter_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A SQLite file with the starter catalogue, to copy: reading it takes a second."""
    folder = tmp_path_factory.mktemp("starter")
    opened = open_fresh(folder, FixedClock(datetime(2026, 3, 2, 9, 0, tzinfo=UTC)))
    with opened.begin() as work:
        load_starter(work)
    opened.engine.dispose()
    return folder / "data" / "skillmark.db"


@pytest.fixture
def stocked(institution: Institution, starter_file: Path) -> Institution:
    """The institution with the starter catalogue."""
    if institution.engine.dialect.name == "sqlite":
        institution.engine.dispose()
        shutil.copy(starter_file, institution.settings.data_dir / "skillmark.db")
    else:
        with institution.begin() as work:
            load_starter(work)
    return institution


@pytest.fixture(scope="session")
def postgres() -> Iterator[Server]:
    """A PostgreSQL server; skipped where there is none, a failure in CI."""
    folder = Path(tempfile.mkdtemp(prefix="pg"))  # short: a socket's path has 107 characters
    try:
        server = prepare(folder)
    except NoPostgresError:
        if os.environ.get("CI") == "true":
            pytest.fail("no PostgreSQL binaries in CI")
        pytest.skip("no PostgreSQL binaries on this machine")
    server.start()
    yield server
    server.stop()
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(scope="session")
def postgres_template(postgres: Server) -> str:
    """A migrated database to make others from."""
    engine = make_engine(postgres.create("migrated"))
    migrate(engine)
    engine.dispose()
    return "migrated"


@pytest.fixture
def postgres_institution(
    postgres: Server, postgres_template: str, tmp_path: Path, clock: FixedClock
) -> Iterator[Institution]:
    """An institution on a fresh PostgreSQL database with the migrated schema."""
    settings = Settings(
        data_dir=tmp_path / "data",
        kek_file=tmp_path / "config" / "kek",
        database_url=postgres.create(f"t{secrets.token_hex(6)}", postgres_template),
        public_url="https://badges.example.org",
        institution_name="Example College",
    )
    opened = open_institution(settings, clock)
    yield opened
    opened.engine.dispose()
