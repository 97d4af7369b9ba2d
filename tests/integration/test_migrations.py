"""On both databases the schema goes from every revision to every other with its rows."""

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import text

from credentials.bootstrap import open_institution
from credentials.database import Base
from credentials.migrations import (
    _config,
    is_mapped,
    latest_revision,
    migrate,
    require_current_schema,
)
from credentials.outbox import MessageClass, enqueue
from credentials.settings import Settings
from credentials.tables import import_rooms
from tests.submissions import people

pytestmark = [pytest.mark.integration, pytest.mark.xdist_group("postgres")]

EARLIER = [
    script.revision
    for script in ScriptDirectory.from_config(_config()).walk_revisions()
    if script.revision != latest_revision()
]


@pytest.fixture(params=["sqlite", "postgresql"])
def fresh(request, tmp_path):
    """An institution without tables."""
    url = None
    if request.param == "postgresql":
        name = f"m{abs(hash(request.node.name)) % 10**9}"
        url = request.getfixturevalue("postgres").create(name)
    settings = Settings(data_dir=tmp_path / "data", kek_file=tmp_path / "kek", database_url=url)
    opened = open_institution(settings)
    yield opened
    opened.engine.dispose()


def is_the_models_schema(engine):
    import_rooms()
    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"include_name": is_mapped})
        return compare_metadata(context, Base.metadata) == []


def rows(institution):
    with institution.engine.connect() as connection:
        return {
            table: connection.execute(text(f"SELECT count(*) FROM {table}")).scalar_one()
            for table in ("people", "catalogue_entries", "outbox_messages", "audit_events")
        }


def test_the_revisions_make_what_the_models_say(fresh):
    migrate(fresh.engine)
    assert is_the_models_schema(fresh.engine)


@pytest.mark.parametrize("earlier", EARLIER)
def test_down_to_an_earlier_revision_and_up_again_keeps_the_rows(fresh, earlier):
    migrate(fresh.engine)
    ana, _, _ = people(fresh)
    with fresh.begin() as work:
        for message_class in MessageClass:
            enqueue(
                work.session,
                person_id=ana,
                screen="menu",
                args={},
                message_class=message_class,
                now=work.now,
            )
    before = rows(fresh)
    migrate(fresh.engine, earlier)
    migrate(fresh.engine)
    require_current_schema(fresh.engine)
    assert rows(fresh) == before
    assert is_the_models_schema(fresh.engine)


@pytest.mark.parametrize("earlier", EARLIER)
def test_up_from_every_earlier_revision(fresh, earlier):
    migrate(fresh.engine, earlier)
    migrate(fresh.engine)
    assert is_the_models_schema(fresh.engine)


def test_all_the_way_down_leaves_no_table(fresh):
    migrate(fresh.engine)
    migrate(fresh.engine, "base")
    with fresh.engine.connect() as connection:
        context = MigrationContext.configure(connection)
        left = {
            change[1].name for change in compare_metadata(context, Base.metadata)
            if change[0] == "add_table"
        }  # fmt: skip
    assert left == set(Base.metadata.tables)


def test_single_questions_become_conversations_and_back(fresh):
    """Up and down across the revision that took their place."""
    migrate(fresh.engine, "6b9d3609ea35")
    with fresh.engine.begin() as connection:
        connection.execute(
            text(
                "INSERT INTO people (person_id, language, proactive, reachable, created_at, seen_at)"
                " VALUES ('p', 'en', true, true, '2026-03-01', '2026-03-01'),"
                " ('a', 'en', true, true, '2026-03-01', '2026-03-01')"
            )
        )
        connection.execute(
            text(
                "INSERT INTO questions (question_id, person_id, text, asked_at, answer, answered_by,"
                " answered_at) VALUES"
                " ('q1', 'p', 'first?', '2026-03-01', 'yes', 'a', '2026-03-02'),"
                " ('q2', 'p', 'second?', '2026-03-03', NULL, NULL, NULL),"
                " ('q3', 'p', 'third?', '2026-03-04', NULL, NULL, NULL)"
            )
        )
    migrate(fresh.engine)
    with fresh.engine.connect() as connection:
        states = connection.execute(text("SELECT state FROM handoffs ORDER BY state")).scalars()
        assert list(states) == ["closed", "waiting"]
        said = connection.execute(text("SELECT text FROM handoff_messages ORDER BY text")).scalars()
        assert list(said) == ["first?", "second?", "third?", "yes"]
    migrate(fresh.engine, "6b9d3609ea35")
    with fresh.engine.connect() as connection:
        rows = connection.execute(text("SELECT text, answer FROM questions ORDER BY text")).all()
    assert [tuple(row) for row in rows] == [("first?", "yes"), ("second?", None), ("third?", None)]
