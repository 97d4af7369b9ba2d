"""The key-encryption key: where it may lie, what it opens, what it never shows."""

import base64
import json
import logging

import pytest

from credentials.errors import SetupError
from credentials.issuing import check_keys, ensure_keys
from credentials.issuing.models import IssuerKeyRow
from credentials.sealing import KeyEncryptionKey, load_kek
from credentials.settings import Settings

CANARY = b"canary-" * 4


def settings_in(folder, **changes):
    known = {"data_dir": folder / "data", "kek_file": folder / "config" / "kek", **changes}
    return Settings(**known)


def test_what_was_sealed_opens_again():
    kek = KeyEncryptionKey(bytes(32))
    assert kek.open(kek.seal(CANARY, bound_to="a"), bound_to="a") == CANARY


def test_sealing_twice_gives_two_texts():
    kek = KeyEncryptionKey(bytes(32))
    assert kek.seal(CANARY, bound_to="a") != kek.seal(CANARY, bound_to="a")


@pytest.mark.parametrize("place", range(0, 57, 7))
def test_one_changed_byte_opens_nothing(place):
    kek = KeyEncryptionKey(bytes(32))
    sealed = bytearray(kek.seal(CANARY, bound_to="a"))
    sealed[place] ^= 1
    with pytest.raises(SetupError):
        kek.open(bytes(sealed), bound_to="a")


@pytest.mark.parametrize("sealed", [b"", b"\x01", b"\x01" + bytes(12), bytes(60)])
def test_what_was_never_sealed_opens_nothing(sealed):
    with pytest.raises(SetupError):
        KeyEncryptionKey(bytes(32)).open(sealed, bound_to="a")


def test_a_secret_moved_to_another_place_does_not_open():
    kek = KeyEncryptionKey(bytes(32))
    with pytest.raises(SetupError):
        kek.open(kek.seal(CANARY, bound_to="issuer key a"), bound_to="issuer key b")


def test_the_key_is_made_once_and_for_its_owner_only(tmp_path):
    settings = settings_in(tmp_path)
    first = load_kek(settings, may_create=True)
    assert settings.kek_file.stat().st_mode & 0o777 == 0o600
    assert load_kek(settings, may_create=True).derive("x") == first.derive("x")
    assert list(settings.kek_file.parent.iterdir()) == [settings.kek_file]


def test_the_key_may_not_lie_beside_the_data(tmp_path):
    settings = settings_in(tmp_path, kek_file=tmp_path / "data" / "keys" / "kek")
    with pytest.raises(SetupError, match="inside the data folder"):
        load_kek(settings, may_create=True)


def test_a_link_out_of_the_data_folder_and_back_is_seen(tmp_path):
    (tmp_path / "data").mkdir()
    (tmp_path / "elsewhere").symlink_to(tmp_path / "data")
    settings = settings_in(tmp_path, kek_file=tmp_path / "elsewhere" / "kek")
    with pytest.raises(SetupError, match="inside the data folder"):
        load_kek(settings, may_create=True)


@pytest.mark.parametrize("content", [b"", b"short", base64.b64encode(b"x" * 16), b"\xff\xfe"])
def test_a_file_that_is_no_key_is_said_so(tmp_path, content):
    settings = settings_in(tmp_path)
    settings.kek_file.parent.mkdir()
    settings.kek_file.write_bytes(content)
    settings.kek_file.chmod(0o600)
    with pytest.raises(SetupError):
        load_kek(settings, may_create=True)


def test_a_key_others_can_read_is_refused(tmp_path):
    settings = settings_in(tmp_path)
    load_kek(settings, may_create=True)
    settings.kek_file.chmod(0o644)
    with pytest.raises(SetupError, match="chmod 600"):
        load_kek(settings, may_create=False)


def test_a_missing_key_is_never_replaced_while_keys_are_sealed_with_it(institution):
    with institution.begin() as work:
        ensure_keys(work)
    kek = institution.settings.kek_file
    kept = kek.rename(kek.with_name("kept"))
    with pytest.raises(SetupError, match="is missing"), institution.begin() as work:
        check_keys(work)
    assert not kek.exists()
    kept.rename(kek)
    with institution.begin() as work:
        assert check_keys(work) == 2


def test_another_key_is_told_from_the_right_one(institution):
    with institution.begin() as work:
        ensure_keys(work)
    institution.settings.kek_file.write_text(base64.b64encode(bytes(32)).decode())
    with pytest.raises(SetupError, match="does not open"), institution.begin() as work:
        check_keys(work)


def test_no_private_key_is_shown_logged_or_stored(institution, caplog):
    caplog.set_level(logging.DEBUG)
    with institution.begin() as work:
        ensure_keys(work)
        kek = load_kek(institution.settings, may_create=False)
        secrets = []
        for row in work.session.query(IssuerKeyRow):
            binding = f"issuer key {row.did}#{row.key_id}"
            secrets.append(kek.open(row.sealed, bound_to=binding))
            shown = repr(row) + repr(vars(row)) + json.dumps(row.key_id)
            assert secrets[-1].hex() not in shown
            assert repr(secrets[-1])[2:-1] not in shown
        secrets.append(base64.b64decode(institution.settings.kek_file.read_text()))
        assert secrets[-1].hex() not in repr(kek) + str(kek)
    institution.engine.dispose()
    stored = b"".join(
        file.read_bytes() for file in institution.settings.data_dir.rglob("*") if file.is_file()
    )
    for secret in secrets:
        assert len(secret) == 32
        for form in (secret, secret.hex().encode(), base64.b64encode(secret)):
            assert form not in stored
            assert form.decode("latin-1") not in caplog.text
