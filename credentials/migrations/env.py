"""Runs revisions on the connection that `migrate` hands over."""

from alembic import context

from credentials.database import Base
from credentials.migrations import is_mapped
from credentials.tables import import_rooms

import_rooms()
context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=Base.metadata,
    render_as_batch=True,
    compare_type=True,
    include_name=is_mapped,
)
with context.begin_transaction():
    context.run_migrations()
