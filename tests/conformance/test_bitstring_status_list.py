"""Bitstring Status List v1.0, statement by statement, at the VC-API and for our own lists."""

import gzip
from base64 import urlsafe_b64decode

import pytest

from tests.conformance.conftest import V2, changed

ID = "urn:uuid:5a1f2c3e-0000-4000-8000-000000000001"
ENTRY = {
    "type": "BitstringStatusListEntry",
    "statusPurpose": "revocation",
    "statusListIndex": "7",
    "statusListCredential": "https://example.com/status/1",
}


async def issued(api, credential, **more):
    status, answer = await api.issue({**credential, "id": ID, **more})
    assert status == 201, answer
    return answer["verifiableCredential"]


async def test_an_issued_credential_has_a_status_entry(api, credential):
    entry = (await issued(api, credential))["credentialStatus"]
    assert entry["type"] == "BitstringStatusListEntry"
    assert entry["statusPurpose"] == "revocation"
    assert entry["statusListIndex"] == str(int(entry["statusListIndex"]))
    assert 0 <= int(entry["statusListIndex"]) < 131_072
    assert entry["id"] != entry["statusListCredential"]


async def test_the_list_is_a_credential_of_the_same_issuer(api, credential):
    entry = (await issued(api, credential))["credentialStatus"]
    status, listed = await api.get(entry["statusListCredential"])
    assert status == 200
    assert listed["@context"][0] == V2
    assert listed["type"] == ["VerifiableCredential", "BitstringStatusListCredential"]
    assert listed["id"] == entry["statusListCredential"]
    subject = listed["credentialSubject"]
    assert subject["type"] == "BitstringStatusList"
    assert subject["statusPurpose"] == "revocation"
    assert (await api.verify(listed))[0] == 200
    assert listed["validFrom"] < listed["validUntil"]


async def test_the_list_is_gzipped_base64url_of_sixteen_kilobytes(api, credential):
    entry = (await issued(api, credential))["credentialStatus"]
    _, listed = await api.get(entry["statusListCredential"])
    encoded = listed["credentialSubject"]["encodedList"]
    assert encoded.startswith("u")
    bits = gzip.decompress(urlsafe_b64decode(encoded[1:] + "=" * (-len(encoded[1:]) % 4)))
    assert len(bits) == 16 * 1024
    assert not any(bits)


async def test_entries_are_random_and_each_has_its_own(api, credential):
    places = [
        int((await issued(api, credential))["credentialStatus"]["statusListIndex"])
        for _ in range(12)
    ]
    assert len(set(places)) == 12
    assert places != sorted(places)


async def test_a_credential_stands_until_it_is_revoked(api, credential):
    own = await issued(api, credential)
    checks = ["proof", "credentialStatus"]
    assert (await api.verify(own, checks=checks))[0] == 200
    body = {"credentialId": ID, "credentialStatus": {**ENTRY}}
    assert (await api.client.post("/credentials/status", json=body)).status_code == 200
    entry = own["credentialStatus"]
    published = await api.client.post(f"{entry['statusListCredential']}/publish", json={})
    assert published.status_code == 204
    status, answer = await api.verify(own, checks=checks)
    assert status == 400
    assert answer["errors"][0]["type"].startswith("https://www.w3.org/ns/credentials/status-list#")
    place = int(entry["statusListIndex"])
    _, listed = await api.get(entry["statusListCredential"])
    encoded = listed["credentialSubject"]["encodedList"][1:]
    bits = gzip.decompress(urlsafe_b64decode(encoded + "=" * (-len(encoded) % 4)))
    assert bits[place // 8] == 0x80 >> place % 8  # the left-most bit is the first


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("statusListIndex", True),
        ("statusListIndex", 7),
        ("statusListIndex", "-1"),
        ("statusListIndex", "0x7"),
        ("statusListIndex", ...),
        ("statusPurpose", ["revocation"]),
        ("statusPurpose", ...),
        ("statusListCredential", "not-a-url"),
        ("statusListCredential", ...),
        ("id", "https://example.com/status/1"),
        ("statusSize", 0),
        ("statusSize", "1"),
        ("statusSize", 2),
        ("statusMessage", [{"status": "0x0", "message": "x"}]),
    ],
)
async def test_a_malformed_entry_is_not_issued(api, credential, name, value):
    entry = changed({**ENTRY, name: "x"}, name, value)
    assert (await api.issue({**credential, "credentialStatus": entry}))[0] == 400


async def test_a_member_that_looks_like_a_status_is_not_issued(api, credential):
    odd = {**credential, "@context": [V2], "statusEntry": {**ENTRY, "statusListIndex": True}}
    assert (await api.issue(odd))[0] == 400


async def test_a_list_that_cannot_be_had_is_an_error(api, holder, credential):
    own = holder.prove({**credential, "credentialStatus": ENTRY})
    status, answer = await api.verify(own, checks=["proof", "credentialStatus"])
    assert status == 400
    assert answer["errors"][0]["title"] == "STATUS_RETRIEVAL_ERROR"


async def test_the_api_is_closed_unless_it_is_asked_for(institution):
    import httpx

    from bot.settings import Settings
    from bot.web import create_web

    settings = Settings(
        data_dir=institution.settings.data_dir, kek_file=institution.settings.kek_file
    )
    transport = httpx.ASGITransport(create_web(institution, settings))
    async with httpx.AsyncClient(transport=transport, base_url="http://127.0.0.1:8080") as client:
        for path in ("/credentials/issue", "/credentials/verify", "/presentations/verify"):
            assert (await client.post(path, json={})).status_code in {404, 405}
