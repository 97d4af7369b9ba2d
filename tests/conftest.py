"""Fixtures every test may use."""

import os
import secrets
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import hypothesis
import pytest

from credentials.bootstrap import open_institution
from credentials.catalogue import load_starter
from credentials.clock import FixedClock
from credentials.database import make_engine
from credentials.migrations import migrate
from credentials.settings import Settings
from credentials.unit_of_work import Institution
from tests.institutions import START, open_fresh, put_database
from tests.postgresql import NoPostgresError, Server, prepare

LONG = 60
# How long an example takes says more about the machine than about the code.
hypothesis.settings.register_profile("untimed", deadline=None)
hypothesis.settings.load_profile("untimed")


def pytest_make_parametrize_id(val: object, argname: str) -> str | None:
    """Names of tests stay short, and the same on every worker: bytes may hold the time they were made."""
    if not isinstance(val, str | bytes) or len(val) <= LONG:
        return None
    if isinstance(val, bytes):
        return f"{argname} of {len(val)} bytes"
    return f"{val[: LONG // 3]!a} to {val[-LONG // 3 :]!a}, {len(val)} characters"


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """A run on PostgreSQL needs only the tests that have a database."""
    if not on_postgresql():
        return
    left = [item for item in items if "institution" not in getattr(item, "fixturenames", ())]
    config.hook.pytest_deselected(items=left)
    items[:] = [item for item in items if item not in set(left)]


def on_postgresql() -> bool:
    return os.environ.get("SKILLMARK_TEST_DATABASE") == "postgresql"


@pytest.fixture(scope="session")
def shared_folder() -> Path:
    """The folder of reference data beside the checkout; tests that need it are skipped where it is absent."""
    folder = Path(__file__).resolve().parent.parent.parent / "shared"
    if not folder.is_dir():
        pytest.skip("the folder of reference data (../shared) is not beside this checkout")
    return folder


@pytest.fixture
def clock() -> FixedClock:
    return FixedClock(START)


@pytest.fixture
def institution(
    request: pytest.FixtureRequest, tmp_path: Path, clock: FixedClock
) -> Iterator[Institution]:
    """An institution with the whole schema: a fresh SQLite file, or a PostgreSQL database.

    `SKILLMARK_TEST_DATABASE=postgresql` chooses the latter for a whole run.
    """
    if on_postgresql():
        yield request.getfixturevalue("postgres_institution")
        return
    opened = open_fresh(tmp_path, clock)
    yield opened
    opened.engine.dispose()


@pytest.fixture
def stocked(request: pytest.FixtureRequest, institution: Institution) -> Institution:
    """The institution with the starter catalogue."""
    if institution.engine.dialect.name == "sqlite":
        put_database(institution, stocked=True)
        return institution
    server: Server = request.getfixturevalue("postgres")
    template = request.getfixturevalue("postgres_stocked")
    institution.engine.dispose()
    server.replace(institution.engine.url.database or "", template)
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


@pytest.fixture(scope="session")
def postgres_stocked(postgres: Server, postgres_template: str) -> str:
    """The same with the starter catalogue."""
    engine = make_engine(postgres.create("stocked", postgres_template))
    institution = Institution(engine=engine, clock=FixedClock(START), settings=Settings())
    with institution.begin() as work:
        load_starter(work)
    engine.dispose()
    return "stocked"


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
