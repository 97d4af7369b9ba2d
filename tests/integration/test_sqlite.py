"""The migrated schema is the models' schema; what is not migrated is refused in words."""

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext

from credentials.bootstrap import open_institution
from credentials.database import Base
from credentials.errors import SetupError
from credentials.migrations import is_mapped, migrate, require_current_schema
from credentials.rights.registry import IMPERSONAL, PERSONAL
from credentials.settings import Settings
from credentials.tables import import_rooms


@pytest.fixture
def fresh(tmp_path):
    opened = open_institution(Settings(data_dir=tmp_path / "data", kek_file=tmp_path / "kek"))
    yield opened
    opened.engine.dispose()


def test_the_revisions_make_what_the_models_say(fresh):
    import_rooms()
    migrate(fresh.engine)
    with fresh.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"include_name": is_mapped})
        assert compare_metadata(context, Base.metadata) == []


def test_a_database_that_is_not_migrated_is_refused_with_what_to_do(fresh):
    with pytest.raises(SetupError, match="skillmark migrate"):
        require_current_schema(fresh.engine)


def test_every_table_is_personal_or_named_as_impersonal():
    import_rooms()
    personal = {table.model.__tablename__ for table in PERSONAL}
    assert personal | IMPERSONAL == set(Base.metadata.tables)
    assert not personal & IMPERSONAL
