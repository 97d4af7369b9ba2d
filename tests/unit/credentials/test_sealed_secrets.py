"""What was sent before is recognised after the key-encryption key has changed, and from before."""

import hashlib
import hmac
from concurrent.futures import ThreadPoolExecutor

import pytest

from credentials.errors import SetupError
from credentials.evidence.fingerprints import fingerprint_file, fingerprint_link, fingerprint_text
from credentials.issuing import ensure_keys, rewrap_keys
from credentials.sealed_secrets import FINGERPRINTS, SealedSecretRow, find_secret
from credentials.sealing import file_kek, load_kek
from credentials.unit_of_work import Institution

FILE = b"%PDF-1.7 my work"


def fingerprints(institution):
    with institution.begin() as work:
        return (
            fingerprint_file(work, FILE),
            fingerprint_link(work, "https://example.org/me"),
            fingerprint_text(work, "SELECT 1"),
        )


def rewrap(institution, path):
    """Seal everything with a new key; the institution that is set to it from now on."""
    with institution.begin() as work:
        rewrap_keys(work, new_kek=file_kek(path, work.settings.data_dir, may_create=True))
    settings = institution.settings.model_copy(update={"kek_file": path})
    return Institution(engine=institution.engine, clock=institution.clock, settings=settings)


@pytest.mark.parametrize("has_keys", [True, False])
def test_another_key_encryption_key_changes_no_fingerprint(institution, tmp_path, has_keys):
    if has_keys:
        with institution.begin() as work:
            ensure_keys(work)
    before = fingerprints(institution)
    moved = rewrap(institution, tmp_path / "elsewhere" / "kek")
    assert fingerprints(moved) == before
    again = rewrap(moved, tmp_path / "again" / "kek")
    assert fingerprints(again) == before
    with pytest.raises(SetupError, match="does not open"):
        fingerprints(institution)


def test_fingerprints_of_the_time_before_still_match(institution, tmp_path):
    """They were keyed with what the key-encryption key itself gives."""
    key = load_kek(institution.settings, may_create=True).derive(FINGERPRINTS)
    message = b"file:" + hashlib.sha256(FILE).digest()
    older = hmac.new(key, message, hashlib.sha256).hexdigest()
    moved = rewrap(institution, tmp_path / "elsewhere" / "kek")  # before anything needed it
    assert fingerprints(moved)[0] == older


def test_the_secret_lies_sealed_and_is_made_once(institution):
    with ThreadPoolExecutor(4) as pool:
        found = set(pool.map(lambda _: fingerprints(institution), range(8)))
    assert len(found) == 1
    with institution.begin() as work:
        secret = find_secret(work, FINGERPRINTS)
        (row,) = work.session.query(SealedSecretRow)
        assert secret not in row.sealed


def test_without_its_key_file_nothing_is_made_anew(institution):
    fingerprints(institution)
    institution.settings.kek_file.unlink()
    with pytest.raises(SetupError, match="missing"):
        fingerprints(institution)
    assert not institution.settings.kek_file.exists()
