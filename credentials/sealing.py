"""The key-encryption key and what it seals: secrets that lie in the database as AES-256-GCM.

The key is a file outside the data folder, so that a copied database or backup opens nothing; or it
is derived from a passphrase that people keep.
"""

import base64
import binascii
import hashlib
import os
import secrets
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.argon2 import Argon2id
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from credentials.errors import SetupError
from credentials.settings import Settings

VERSION = 1
KEY_BYTES = 32
NONCE_BYTES = 12
OTHERS_MAY_READ = 0o077
MIN_PASSPHRASE = 16  # characters
ARGON2_MEMORY_KIB = 64 * 1024


@dataclass(frozen=True)
class KeyEncryptionKey:
    """256 random bits; never shown, logged or stored beside what they seal."""

    _raw: bytes = field(repr=False)

    def seal(self, secret: bytes, *, bound_to: str) -> bytes:
        """Version, nonce and ciphertext; `bound_to` is what the secret belongs to."""
        nonce = secrets.token_bytes(NONCE_BYTES)
        sealed = AESGCM(self._raw).encrypt(nonce, secret, _context(VERSION, bound_to))
        return bytes([VERSION]) + nonce + sealed

    def open(self, sealed: bytes, *, bound_to: str) -> bytes:
        """The secret.

        Raises:
            SetupError: another key sealed it, it was changed, or it belongs to something else.
        """
        version, nonce, body = sealed[:1], sealed[1 : 1 + NONCE_BYTES], sealed[1 + NONCE_BYTES :]
        try:
            return AESGCM(self._raw).decrypt(nonce, body, _context(version[0], bound_to))
        except (InvalidTag, IndexError, ValueError) as error:
            raise SetupError(
                "the key-encryption key does not open what this database keeps sealed: put back "
                "the key file it was made with (SKILLMARK_KEK_FILE); if it is right, the database "
                "was changed"
            ) from error

    def derive(self, purpose: str) -> bytes:
        """A 256-bit key for another purpose (HKDF, RFC 5869)."""
        return HKDF(SHA256(), KEY_BYTES, salt=None, info=purpose.encode()).derive(self._raw)


def load_kek(settings: Settings, *, may_create: bool) -> KeyEncryptionKey:
    """The key of the settings' passphrase, or in their file, made at first use when `may_create`.

    Raises:
        SetupError: the passphrase is short; or the file lies inside the data folder, is missing,
            malformed, or readable by other users; says what to do.
    """
    if settings.kek_passphrase is not None:
        return passphrase_kek(settings.kek_passphrase.get_secret_value(), settings.issuer_did)
    return file_kek(settings.kek_file, settings.data_dir, may_create=may_create)


@lru_cache(maxsize=4)
def passphrase_kek(passphrase: str, issuer_did: str) -> KeyEncryptionKey:
    """The key that argon2id (RFC 9106) makes of a passphrase; it takes a second, once a process.

    The salt is the issuer's own, so that passphrase and backup are all that a restore needs.

    Raises:
        SetupError: fewer than 16 characters.
    """
    if len(passphrase) < MIN_PASSPHRASE:
        raise SetupError(f"the passphrase needs {MIN_PASSPHRASE} characters: take five words")
    salt = hashlib.sha256(f"skillmark key-encryption key of {issuer_did}".encode()).digest()[:16]
    argon2 = Argon2id(
        salt=salt, length=KEY_BYTES, iterations=3, lanes=1, memory_cost=ARGON2_MEMORY_KIB
    )
    return KeyEncryptionKey(argon2.derive(passphrase.encode()))


def file_kek(path: Path, data_dir: Path, *, may_create: bool) -> KeyEncryptionKey:
    """The key in a file, made at first use when `may_create`.

    Raises:
        SetupError: as `load_kek`.
    """
    _refuse_data_folder(path, data_dir)
    if may_create and not path.exists():
        _create(path)
    try:
        text = path.read_text(encoding="ascii").strip()
        is_open = bool(path.stat().st_mode & OTHERS_MAY_READ)
    except FileNotFoundError as error:
        raise SetupError(
            f"the key-encryption key {path} is missing, but the database holds keys sealed with "
            "it: put the file back from its backup, or set SKILLMARK_KEK_FILE to where it is"
        ) from error
    except (OSError, UnicodeDecodeError) as error:
        raise SetupError(f"the key-encryption key {path} cannot be read") from error
    if is_open:
        raise SetupError(f"other users may read the key-encryption key: chmod 600 {path}")
    return KeyEncryptionKey(_decode(text, path))


def _decode(text: str, path: Path) -> bytes:
    try:
        raw = base64.b64decode(text, validate=True)
    except binascii.Error as error:
        raise SetupError(f"{path} holds no key-encryption key: put back the right file") from error
    if len(raw) != KEY_BYTES:
        raise SetupError(f"{path} holds no key-encryption key: put back the right file")
    return raw


def _create(path: Path) -> None:
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    fresh = path.with_name(f"{path.name}.{secrets.token_hex(4)}")
    handle = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "w", encoding="ascii") as file:
        file.write(base64.b64encode(secrets.token_bytes(KEY_BYTES)).decode())
        file.flush()
        os.fsync(file.fileno())
    try:
        os.link(fresh, path)  # whole or not at all; another process may have been faster
    except FileExistsError:
        pass
    finally:
        fresh.unlink()


def _refuse_data_folder(path: Path, data_dir: Path) -> None:
    if path.resolve().is_relative_to(data_dir.resolve()):
        raise SetupError(
            f"the key-encryption key {path} lies inside the data folder, so that a copy of the "
            "data would hold its own key: set SKILLMARK_KEK_FILE to a place outside"
        )


def _context(version: int, bound_to: str) -> bytes:
    return f"skillmark envelope {version}: {bound_to}".encode()
