"""Who is known comes from a file and from the web; a bad list never takes the place of a good one."""

import json

import pytest

from credentials.enquiries.registries import Registries
from credentials.verification.resolution import Fetched, LookupFailedError
from credentials.verification.trust import RegistryError, read_registry

URL = "https://lists.example/issuers.json"


def listed(*dids, as_of="2026-02-01T00:00:00Z", **more):
    issuers = [{"did": did, "name": did.upper(), **more} for did in dids]
    return json.dumps({"as_of": as_of, "issuers": issuers}).encode()


class Web:
    def __init__(self, content):
        self.content, self.asked = content, []

    def fetch(self, lookup):
        self.asked.append((lookup.url, lookup.fresh))
        if self.content is None:
            raise LookupFailedError("unreachable")
        return Fetched(self.content, "application/json")


@pytest.fixture
def file(tmp_path):
    return tmp_path / "issuers.json"


@pytest.fixture
def registries(institution, file):
    changes = {"trust_file": file, "trust_url": URL}
    return Registries(institution.settings.model_copy(update=changes))


def test_without_a_list_only_we_are_known(institution):
    known = Registries(institution.settings).current()
    assert dict(known.issuers) == {"did:web:badges.example.org": "Example College"}
    assert known.as_of is None


def test_a_file_and_the_web_are_one_list_and_the_older_says_its_age(registries, file):
    file.write_bytes(listed("did:web:a.example", as_of="2026-01-01T00:00:00Z"))
    registries.refresh(Web(listed("did:web:b.example")))
    known = registries.current()
    assert known.knows("did:web:a.example")
    assert known.knows("did:web:b.example")
    assert known.as_of.month == 1


def test_the_list_from_the_web_is_always_asked_for_anew_and_kept(registries, institution):
    web = Web(listed("did:web:b.example"))
    registries.refresh(web)
    assert web.asked == [(URL, True)]
    again = Registries(registries.settings).current()
    assert again.knows("did:web:b.example")


@pytest.mark.parametrize(
    "content", [None, b"<html>", b"{}", b'{"issuers":[]}', listed("")], ids=range(5)
)
def test_a_list_that_cannot_be_had_or_read_leaves_the_last_in_force(registries, content):
    registries.refresh(Web(listed("did:web:b.example")))
    registries.refresh_quietly(Web(content))
    assert registries.current().knows("did:web:b.example")
    with pytest.raises((LookupFailedError, RegistryError)):
        registries.refresh(Web(content))


def test_a_file_that_changes_is_read_again_and_a_broken_one_is_not_obeyed(registries, file):
    import os

    file.write_bytes(listed("did:web:a.example"))
    assert registries.current().knows("did:web:a.example")
    file.write_bytes(listed("did:web:c.example"))
    os.utime(file, ns=(1, 1))
    assert registries.current().knows("did:web:c.example")
    file.write_bytes(b"{")
    os.utime(file, ns=(2, 2))
    assert registries.current().knows("did:web:c.example")
    file.unlink()
    assert not registries.current().knows("did:web:c.example")


def test_who_was_withdrawn_from_one_list_is_not_known(registries, file):
    file.write_bytes(listed("did:web:a.example", withdrawn=True))
    registries.refresh(Web(listed("did:web:a.example")))
    known = registries.current()
    assert not known.knows("did:web:a.example")
    assert known.withdrawn == {"did:web:a.example"}


def test_a_registry_in_the_form_of_the_dcc_is_read():
    content = {
        "meta": {"created": "2020-12-02T02:32:16+0000", "updated": "2025-01-24"},
        "registry": {"did:key:z6MkX": {"name": "DCC", "location": "Cambridge", "url": "https://x"}},
    }
    known = read_registry(json.dumps(content).encode())
    assert known.knows("did:key:z6MkX")
    assert known.as_of.year == 2025


@pytest.mark.parametrize(
    "content",
    [
        listed("did:web:a.example", as_of="yesterday"),
        listed("did:web:a.example", keys=["z6Mkbroken"]),
        listed("did:web:a.example", keys=7),
        b'{"registry": []}',
        b'{"registry": {"did:key:z": {}}}',
    ],
    ids=range(5),
)
def test_odd_lists_are_refused(content):
    with pytest.raises(RegistryError):
        read_registry(content)
