"""Status lists: an index for each badge, its bit, and the signed list that verifiers read."""

import json
import secrets
from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from sqlalchemy import select

from credentials.database import new_short_id
from credentials.errors import NotFoundError
from credentials.issuing.keys import KeyKind, find_signer, signer
from credentials.issuing.models import IssuedBadgeRow, StatusListRow
from credentials.openbadges.composition import instant
from credentials.openbadges.keys import Signer
from credentials.openbadges.proofs import sign_document
from credentials.openbadges.status_list import (
    LENGTH,
    compose_status_list,
    new_bits,
    read_bit,
    with_bit,
)
from credentials.unit_of_work import Work

VALID_FOR = timedelta(hours=24)
REFRESH_BEFORE = timedelta(hours=12)
FULL_AT = LENGTH // 2  # beyond that, a free random index takes several tries


def allocate_index(work: Work) -> tuple[StatusListRow, int]:
    """A random free index; a new list when there is none or it is half full."""
    row = work.session.scalar(
        select(StatusListRow)
        .where(StatusListRow.did == work.settings.issuer_did, StatusListRow.taken < FULL_AT)
        .order_by(StatusListRow.created_at.desc())
        .limit(1)
        .with_for_update()
        .execution_options(populate_existing=True)
    )
    if row is None:
        row = _new_list(work)
    while True:
        index = secrets.randbelow(LENGTH)
        is_taken = select(IssuedBadgeRow.badge_id).where(
            IssuedBadgeRow.list_id == row.list_id, IssuedBadgeRow.status_index == index
        )
        # The bit of a copy that was replaced stays set, so its place is never given out again.
        if work.session.scalar(is_taken) is None and not read_bit(row.bits, index):
            row.taken += 1
            return row, index


def set_status(work: Work, *, list_id: str, index: int, is_set: bool) -> None:
    """Change a badge's bit and sign the list anew."""
    row = work.session.get_one(StatusListRow, list_id, with_for_update=True, populate_existing=True)
    row.bits = with_bit(row.bits, index, is_set=is_set)
    _sign(work, row, signer(work))


def refresh_status_lists(work: Work) -> int:
    """Sign anew every list that runs out within 12 hours; returns how many."""
    query = (
        select(StatusListRow)
        .where(
            StatusListRow.did == work.settings.issuer_did,
            StatusListRow.valid_until < work.now + REFRESH_BEFORE,
        )
        .with_for_update(skip_locked=True)
    )
    rows = list(work.session.scalars(query))
    for row in rows:
        _sign(work, row, signer(work))
    return len(rows)


def read_status_list(work: Work, list_id: str) -> Mapping[str, Any]:
    """The signed list; one that ran out is signed for this answer, as the tick would.

    Raises:
        NotFoundError: there is none.
        SetupError: it ran out, and the key-encryption key is not in order.
    """
    row = work.session.get(StatusListRow, list_id)
    if row is None:
        raise NotFoundError("no such status list")
    is_current = row.valid_until - VALID_FOR <= work.now < row.valid_until
    if is_current:
        return dict(json.loads(row.credential))
    return _signed(work, row, find_signer(work, KeyKind.ED25519))


def list_url(work: Work, list_id: str) -> str:
    return f"{work.settings.public_url}/status/{list_id}"


def _new_list(work: Work) -> StatusListRow:
    row = StatusListRow(
        list_id=new_short_id(),
        did=work.settings.issuer_did,
        bits=new_bits(),
        taken=0,
        created_at=work.now,
    )
    _sign(work, row, signer(work))
    work.session.add(row)
    work.session.flush()
    return row


def _sign(work: Work, row: StatusListRow, key: Signer) -> None:
    row.credential = json.dumps(_signed(work, row, key), ensure_ascii=False)
    row.valid_until = work.now + VALID_FOR
    work.session.flush()


def _signed(work: Work, row: StatusListRow, key: Signer) -> dict[str, Any]:
    document = compose_status_list(
        list_url=list_url(work, row.list_id),
        issuer_id=work.settings.issuer_did,
        bits=row.bits,
        valid_from=work.now,
        valid_until=work.now + VALID_FOR,
    )
    return sign_document(document, key, created=instant(work.now))
