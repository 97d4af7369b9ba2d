"""Everything kept about a person, over every room, as one JSON document (GDPR art. 15 and 20)."""

import base64
import json
from collections.abc import Mapping
from datetime import date, datetime, time
from typing import Any

from sqlalchemy import select

from credentials.audit import record
from credentials.people import find_person
from credentials.rights.registry import PERSONAL, PersonalTable
from credentials.unit_of_work import Institution, Work


def request_export(work: Work, *, person_id: str) -> None:
    """Note that a person asked for their data; the file is made when it is sent."""
    record(work.session, now=work.now, actor=person_id, event="data_exported", subject=person_id)


def export_person(work: Work, *, person_id: str) -> dict[str, Any]:
    """Table name → the rows about the person.

    Raises:
        NotFoundError: nobody has this id.
    """
    find_person(work, person_id)
    rows: dict[str, list[dict[str, Any]]] = {}
    for table in PERSONAL:
        rows.setdefault(table.model.__tablename__, []).extend(_rows(work, table, person_id))
    return {
        "person_id": person_id,
        "institution": work.settings.institution_name,
        "exported_at": work.now.isoformat(),
        "data": rows,
    }


def build_export(institution: Institution, args: Mapping[str, Any]) -> bytes:
    """The JSON file for `args["person_id"]`, UTF-8, indented for reading."""
    with institution.read() as work:
        document = export_person(work, person_id=str(args["person_id"]))
    return json.dumps(document, ensure_ascii=False, indent=2, default=_plain).encode()


def _rows(work: Work, table: PersonalTable, person_id: str) -> list[dict[str, Any]]:
    columns = [column for column in table.table.columns if column.name not in table.hidden]
    found = work.session.execute(select(*columns).where(table.mine(person_id)))
    return [dict(row) for row in found.mappings()]


def _plain(value: object) -> str:
    if isinstance(value, datetime | date | time):
        return value.isoformat()
    if isinstance(value, bytes):
        return base64.b64encode(value).decode()
    return str(value)
