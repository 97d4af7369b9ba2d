"""Many hands on one status list at once, and what must be true of it at every moment."""

import random
from collections.abc import Iterator
from datetime import UTC, datetime

from sqlalchemy import select

from credentials.bootstrap import open_institution
from credentials.clock import FixedClock
from credentials.issuing import (
    BadgeStateError,
    award_badge,
    read_did_document,
    read_status_list,
    refresh_status_lists,
    reinstate_badge,
    reissue_badge,
    revoke_badge,
    suspend_badge,
)
from credentials.issuing.models import IssuedBadgeRow, StatusListRow
from credentials.openbadges.keys import parse_multikey
from credentials.openbadges.proofs import verify_proof
from credentials.openbadges.status_list import decode_bits, read_bit
from credentials.settings import Settings
from credentials.unit_of_work import Institution

CHANGES = (suspend_badge, reinstate_badge, revoke_badge, reissue_badge)
NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
Place = tuple[str, int]


def storm(institution: Institution, seed: int, rounds: int) -> list[Place]:
    """Issue, change and re-sign in turn; the places that were given out."""
    chance, given = random.Random(seed), []
    for _ in range(rounds):
        with institution.begin() as work:
            badge = award_badge(work, achievement_code="sql-foundations")
            given.append(_place(work.session.get_one(IssuedBadgeRow, badge.badge_id)))
        with institution.read() as work:
            known = list(work.session.scalars(select(IssuedBadgeRow.credential_id)))
        for change in chance.sample(CHANGES, 2):
            given += _change(institution, change, chance.choice(known))
        with institution.begin() as work:
            refresh_status_lists(work)
    return given


def storm_in_process(settings: dict[str, str], seed: int, rounds: int) -> list[Place]:
    """The same as a process of its own would do it."""
    opened = open_institution(Settings(**settings), FixedClock(NOW))
    try:
        return storm(opened, seed, rounds)
    finally:
        opened.engine.dispose()


def _change(institution: Institution, change: object, credential_id: str) -> list[Place]:
    try:
        with institution.begin() as work:
            badge = change(work, credential_id=credential_id, reason="A storm")  # type: ignore[operator]
            row = work.session.get_one(IssuedBadgeRow, badge.badge_id)
            return [_place(row)] if change is reissue_badge else []
    except BadgeStateError:
        return []


def _place(row: IssuedBadgeRow) -> Place:
    return row.list_id, row.status_index


def bits_of_lists(institution: Institution) -> Iterator[tuple[str, bytes]]:
    """Every list as the world reads it, its signature verified."""
    with institution.read() as work:
        keys = {m["id"]: m for m in read_did_document(work)["verificationMethod"]}
        for list_id in list(work.session.scalars(select(StatusListRow.list_id))):
            signed = read_status_list(work, list_id)
            proof = signed["proof"][0]
            key = parse_multikey(keys[proof["verificationMethod"]]["publicKeyMultibase"])
            assert verify_proof(signed, proof, key)
            yield list_id, decode_bits(signed["credentialSubject"]["encodedList"])


def check_invariants(institution: Institution, given: list[Place], filled: int = 0) -> None:
    """No place twice, no bit lost, none set that should not be, and every place counted.

    `filled` places were counted as taken before.
    """
    assert len(given) == len(set(given))
    lists = dict(bits_of_lists(institution))
    with institution.read() as work:
        rows = list(work.session.scalars(select(IssuedBadgeRow)))
        taken = sum(work.session.scalars(select(StatusListRow.taken)))
        stored = {row.list_id: row.bits for row in work.session.scalars(select(StatusListRow))}
    assert lists == stored
    current = {_place(row): row.state for row in rows}
    for place in given:
        is_set = read_bit(lists[place[0]], place[1])
        assert is_set is (current.get(place, "replaced") != "valid"), place
    off = [place for place in given if current.get(place, "replaced") != "valid"]
    assert sum(int.from_bytes(bits, "big").bit_count() for bits in lists.values()) == len(off)
    assert taken == len(given) + filled
