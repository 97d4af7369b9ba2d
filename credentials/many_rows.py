"""Many rows in one statement: they travel as one JSON parameter, and the database unpacks them.

A statement for each row costs more than the row itself, on PostgreSQL ten times as much.
"""

import json
from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime
from functools import lru_cache
from typing import Any

from sqlalchemy import (
    JSON,
    FromClause,
    String,
    Table,
    bindparam,
    cast,
    column,
    func,
    literal_column,
    select,
    true,
    type_coerce,
)
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

ROWS = bindparam("many_rows", type_=String)


def as_parameter(session: Session, rows: Sequence[Mapping[str, Any]]) -> dict[str, str]:
    """The rows as the parameter of a statement that was made with `given`."""
    write = _write_postgresql if is_postgresql(session) else _write_sqlite
    return {"many_rows": json.dumps(rows, default=write, separators=(",", ":"))}


def given(table: Table, names: Sequence[str], *, on_postgresql: bool) -> FromClause:
    """The rows of the parameter as a table of these columns of `table`."""
    types = {name: table.c[name].type for name in names}
    if on_postgresql:
        columns = [column(name, of_type) for name, of_type in types.items()]
        unpacked = func.json_to_recordset(cast(ROWS, JSON)).table_valued(*columns)
        return unpacked.render_derived(name="given", with_types=True)
    each = func.json_each(ROWS).table_valued("value", name="each")
    return select(
        *(
            type_coerce(
                func.json_extract(each.c.value, literal_column(f"'$.{name}'")), of_type
            ).label(name)
            for name, of_type in types.items()
        )
    ).subquery("given")


def inserting(table: Table, names: Sequence[str], *, on_postgresql: bool) -> Any:
    """INSERT of the rows of the parameter; one that is there already is left out."""
    rows = given(table, names, on_postgresql=on_postgresql)
    insert = postgresql.insert if on_postgresql else sqlite.insert
    # SQLite would read a bare ON CONFLICT after FROM as the condition of a join.
    chosen = select(*(rows.c[name] for name in names)).where(true())
    new = insert(table).from_select(list(names), chosen, include_defaults=False)
    return new.on_conflict_do_nothing()


def is_postgresql(session: Session) -> bool:
    return session.get_bind().dialect.name == "postgresql"


# Many rows hold the same few instants.
@lru_cache(1_024)
def _write_postgresql(value: Any) -> str:
    if isinstance(value, date):  # an instant is one, too
        return value.isoformat()
    raise TypeError(type(value).__name__)


@lru_cache(1_024)
def _write_sqlite(value: Any) -> str:
    """As SQLAlchemy keeps it, so that it compares well with the rest."""
    if isinstance(value, datetime):
        return value.astimezone(UTC).replace(tzinfo=None).isoformat(" ", "microseconds")
    return _write_postgresql(value)
