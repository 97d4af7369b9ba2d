"""The schema's history: one linear list of revisions, the same on every database."""

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Engine

from credentials.catalogue.matching.models import SEARCH_OBJECTS
from credentials.errors import SetupError


def migrate(engine: Engine, revision: str = "head") -> None:
    """Bring the schema up (or down) to a revision."""
    config = _config()
    with engine.begin() as connection:
        config.attributes["connection"] = connection
        here = MigrationContext.configure(connection).get_current_revision()
        if _is_older(revision, here):
            command.downgrade(config, revision)
        else:
            command.upgrade(config, revision)


def require_current_schema(engine: Engine) -> None:
    """Raise unless the schema is the one this version works with.

    Raises:
        SetupError: `skillmark migrate` has to be run first.
    """
    with engine.connect() as connection:
        here = MigrationContext.configure(connection).get_current_revision()
    if here != latest_revision():
        state = "has no tables yet" if here is None else "is of another version"
        raise SetupError(f"the database {state}; run `skillmark migrate`")


def is_mapped(name: str | None, kind: str, _parents: object) -> bool:
    """Whether a table or index found in the database belongs to a model; full-text search does not."""
    return not (name or "").startswith(SEARCH_OBJECTS)


def latest_revision() -> str | None:
    return ScriptDirectory.from_config(_config()).get_current_head()


def _config() -> Config:
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent))
    return config


def _is_older(revision: str, here: str | None) -> bool:
    if here is None or revision in {"head", here}:
        return False
    if revision == "base":
        return True
    script = ScriptDirectory.from_config(_config())
    return any(step.revision == revision for step in script.iterate_revisions(here, "base"))
