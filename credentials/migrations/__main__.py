"""Writes a new revision from the models: `python -m credentials.migrations "add a column"`."""

import sys
import tempfile
from pathlib import Path

from alembic import command

from credentials.database import make_engine
from credentials.migrations import _config, migrate


def write_revision(message: str) -> None:
    """Compare the models with the newest revision on an empty database and write the difference."""
    with tempfile.TemporaryDirectory() as folder:
        engine = make_engine(f"sqlite:///{Path(folder) / 'empty.db'}")
        migrate(engine)
        config = _config()
        config.set_main_option(
            "file_template", "%%(year)d%%(month).2d%%(day).2d_%%(rev)s_%%(slug)s"
        )
        with engine.begin() as connection:
            config.attributes["connection"] = connection
            command.revision(config, message, autogenerate=True)


if __name__ == "__main__":
    write_revision(" ".join(sys.argv[1:]))
