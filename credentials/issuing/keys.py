"""Issuer keys: made at first need, sealed at rest, retired without breaking old badges.

A key's name is its public half, so that no name is ever used for another key.
"""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from sqlalchemy import func, select, update

from credentials.audit import record
from credentials.errors import CredentialsError, InvalidInputError, NotFoundError
from credentials.issuing.models import IssuerKeyRow, StatusListRow
from credentials.openbadges.keys import Ed25519Signer, P256Signer, Signer, multikey
from credentials.sealed_secrets import rewrap_secrets
from credentials.sealing import KeyEncryptionKey, load_kek
from credentials.unit_of_work import Work

P256_BYTES = 32


class KeyStateError(CredentialsError):
    """The key's state does not allow this change; a compromised key stays compromised."""

    code = "key_state"


class KeyKind(StrEnum):
    """Ed25519 signs embedded proofs, P-256 signs VC-JWTs."""

    ED25519 = "ed25519"
    P256 = "p256"


class KeyState(StrEnum):
    ACTIVE = "active"
    RETIRED = "retired"
    COMPROMISED = "compromised"


@dataclass(frozen=True, kw_only=True)
class IssuerKey:
    """The public side of a key. `verification_method` is its name in proofs."""

    key_id: str
    did: str
    kind: KeyKind
    state: KeyState
    created_at: datetime
    retired_at: datetime | None

    @property
    def verification_method(self) -> str:
        return f"{self.did}#{self.key_id}"


def signer(work: Work, kind: KeyKind = KeyKind.ED25519) -> Signer:
    """The institution's signer, with a new key when it has none of this kind.

    Raises:
        SetupError: the key-encryption key is missing, misplaced or another one.
    """
    row = _active(work, kind)
    if row is None:
        row = _make(work, kind, actor="system")
    kek = load_kek(work.settings, may_create=False)
    return _open(kek, row)


def find_signer(work: Work, kind: KeyKind) -> Signer:
    """The institution's signer, without making one; for reading.

    Raises:
        NotFoundError: there is no key of this kind yet.
        SetupError: the key-encryption key is missing, misplaced or another one.
    """
    row = _active(work, kind)
    if row is None:
        raise NotFoundError("no key of this kind")
    return _open(load_kek(work.settings, may_create=False), row)


def create_key(work: Work, *, kind: KeyKind, actor: str = "operator") -> IssuerKey:
    """A new key; the one in use is retired. Its badges stay valid: its public half is kept.

    Raises:
        SetupError: the key-encryption key does not open the key in use, so it is another one.
    """
    for row in _rows(work, kind):
        if row.state == KeyState.ACTIVE:
            _open(load_kek(work.settings, may_create=False), row)
            _close(work, row, KeyState.RETIRED, actor)
    return _key(_make(work, kind, actor=actor))


def retire_key(work: Work, *, name: str, actor: str = "operator") -> IssuerKey:
    """Let the key in use sign no more; what it signed stays valid, and a new key takes its place.

    Raises:
        NotFoundError, InvalidInputError: `name` is no key's, or that of several.
        KeyStateError: it is not in use.
    """
    row = _named(work, name)
    if row.state != KeyState.ACTIVE:
        raise KeyStateError(f"the key is {row.state} already")
    _close(work, row, KeyState.RETIRED, actor)
    _make(work, KeyKind(row.kind), actor=actor)
    return _key(row)


def compromise_key(work: Work, *, name: str, actor: str = "operator") -> IssuerKey:
    """Burn a key that others may have: nothing it signed verifies any more, whatever its date.

    A thief can date signatures back, so the badges it signed must be issued anew
    (`list_signed_by`). A key that was in use is replaced at once, and status lists are signed anew
    before anybody reads them.

    Raises:
        NotFoundError, InvalidInputError: `name` is no key's, or that of several.
        KeyStateError: it is burnt already.
    """
    row = _named(work, name)
    if row.state == KeyState.COMPROMISED:
        raise KeyStateError("the key is compromised already")
    was_active = row.state == KeyState.ACTIVE
    _close(work, row, KeyState.COMPROMISED, actor)
    lists = update(StatusListRow).where(StatusListRow.did == row.did)
    work.session.execute(lists.values(valid_until=work.now))
    if was_active:
        _make(work, KeyKind(row.kind), actor=actor)
    return _key(row)


def rewrap_keys(work: Work, *, new_kek: KeyEncryptionKey, actor: str = "operator") -> int:
    """Seal every private key and secret with another key-encryption key; returns how many keys.

    All of them stay the same; from the commit on only the new key opens them.

    Raises:
        SetupError: the present key-encryption key is not in order.
    """
    query = select(IssuerKeyRow).where(IssuerKeyRow.sealed.is_not(None)).with_for_update()
    rows = list(work.session.scalars(query))
    present = load_kek(work.settings, may_create=not rows)
    rewrap_secrets(work, present=present, new=new_kek)
    for row in rows:
        assert row.sealed is not None
        private = present.open(row.sealed, bound_to=_binding(row))
        row.sealed = new_kek.seal(private, bound_to=_binding(row))
        _note(work, row, "key_rewrapped", actor)
    return len(rows)


def ensure_keys(work: Work) -> list[IssuerKey]:
    """One active key of each kind."""
    return [_key(_active(work, kind) or _make(work, kind, actor="system")) for kind in KeyKind]


def list_keys(work: Work) -> list[IssuerKey]:
    """Every key of the institution, the newest first."""
    query = (
        select(IssuerKeyRow)
        .where(IssuerKeyRow.did == work.settings.issuer_did)
        .order_by(IssuerKeyRow.created_at.desc(), IssuerKeyRow.key_id)
    )
    return [_key(row) for row in work.session.scalars(query)]


def check_keys(work: Work) -> int:
    """Open every active key once; returns how many there are.

    Raises:
        SetupError: one does not open; says what to do.
    """
    rows = [row for kind in KeyKind if (row := _active(work, kind)) is not None]
    if rows:
        kek = load_kek(work.settings, may_create=False)
        for row in rows:
            _open(kek, row)
    return len(rows)


def _make(work: Work, kind: KeyKind, *, actor: str) -> IssuerKeyRow:
    are_others = bool(
        work.session.scalar(
            select(func.count()).select_from(IssuerKeyRow).where(IssuerKeyRow.sealed.is_not(None))
        )
    )
    kek = load_kek(work.settings, may_create=not are_others)
    public, private = _generate(kind)
    row = IssuerKeyRow(
        key_id=public,
        did=work.settings.issuer_did,
        kind=kind,
        state=KeyState.ACTIVE,
        created_at=work.now,
    )
    row.sealed = kek.seal(private, bound_to=_binding(row))
    work.session.add(row)
    work.session.flush()
    _note(work, row, "key_created", actor)
    return row


def _generate(kind: KeyKind) -> tuple[str, bytes]:
    """The public key as multibase, the private key raw."""
    if kind is KeyKind.ED25519:
        ed25519 = Ed25519PrivateKey.generate()
        return multikey(ed25519.public_key()), ed25519.private_bytes_raw()
    p256 = ec.generate_private_key(ec.SECP256R1())
    number = p256.private_numbers().private_value
    return multikey(p256.public_key()), number.to_bytes(P256_BYTES, "big")


def _open(kek: KeyEncryptionKey, row: IssuerKeyRow) -> Signer:
    assert row.sealed is not None
    private = kek.open(row.sealed, bound_to=_binding(row))
    if row.kind == KeyKind.ED25519:
        return Ed25519Signer(row.did, Ed25519PrivateKey.from_private_bytes(private))
    number = int.from_bytes(private, "big")
    return P256Signer(row.did, ec.derive_private_key(number, ec.SECP256R1()))


def _binding(row: IssuerKeyRow) -> str:
    return f"issuer key {row.did}#{row.key_id}"


def _active(work: Work, kind: KeyKind) -> IssuerKeyRow | None:
    return next((row for row in _rows(work, kind) if row.state == KeyState.ACTIVE), None)


def _rows(work: Work, kind: KeyKind) -> list[IssuerKeyRow]:
    query = (
        select(IssuerKeyRow)
        .where(IssuerKeyRow.did == work.settings.issuer_did, IssuerKeyRow.kind == kind)
        .order_by(IssuerKeyRow.created_at.desc(), IssuerKeyRow.key_id)
    )
    return list(work.session.scalars(query))


def _close(work: Work, row: IssuerKeyRow, state: KeyState, actor: str) -> None:
    """The private half is forgotten; the public one is still published."""
    row.state, row.retired_at, row.sealed = state, work.now, None
    work.session.flush()
    _note(work, row, f"key_{state}", actor)


def _named(work: Work, name: str) -> IssuerKeyRow:
    """The key with a name such as `z6Mk…` or `did:web:HOST#z6Mk…`, or the one that begins so."""
    start = name.rpartition("#")[2]
    query = select(IssuerKeyRow).where(
        IssuerKeyRow.did == work.settings.issuer_did,
        IssuerKeyRow.key_id.startswith(start, autoescape=True),
    )
    found = list(work.session.scalars(query.with_for_update())) if start else []
    if not found:
        raise NotFoundError(f"there is no key {name!r}")
    if len(found) > 1:
        raise InvalidInputError(f"several keys begin with {start!r}: give more of the name")
    return found[0]


def _note(work: Work, row: IssuerKeyRow, event: str, actor: str) -> None:
    record(work.session, now=work.now, actor=actor, event=event, subject=row.key_id)


def _key(row: IssuerKeyRow) -> IssuerKey:
    return IssuerKey(
        key_id=row.key_id,
        did=row.did,
        kind=KeyKind(row.kind),
        state=KeyState(row.state),
        created_at=row.created_at,
        retired_at=row.retired_at,
    )
