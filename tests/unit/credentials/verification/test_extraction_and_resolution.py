"""What people send is understood within limits; nothing private is ever asked."""

import io
import json

import pytest
import segno
from PIL import Image

from credentials.openbadges.baking import bake_png
from credentials.verification.addresses import is_public
from credentials.verification.extraction import (
    ExtractionError,
    extract_file,
    extract_text,
    normal_code,
)
from credentials.verification.fetching import GuardedFetcher, split_public_url
from credentials.verification.resolution import (
    Fetched,
    Lookup,
    LookupFailedError,
    NoNetwork,
    OwnOrigin,
)

LINK = "https://badges.example.org/credentials/5a1f"


def png(size=(300, 300)):
    out = io.BytesIO()
    Image.new("RGB", size, "white").save(out, "PNG")
    return out.getvalue()


def photo_of(text, width=640):
    code = segno.make(text, error="m")
    out = io.BytesIO()
    code.save(out, kind="png", scale=8, border=4)
    picture = Image.open(io.BytesIO(out.getvalue())).convert("RGB").resize((width, width))
    jpeg = io.BytesIO()
    picture.save(jpeg, "JPEG", quality=70)
    return jpeg.getvalue()


@pytest.mark.parametrize(
    ("text", "field", "value"),
    [
        (f"Here it is: {LINK}.", "link", LINK),
        ("7k4m-9qxw-2d7p", "code", "7K4M-9QXW-2D7P"),
        ("my code is 7K4M9QXW2D7P thanks", "code", "7K4M-9QXW-2D7P"),
        ("https://t.me/SkillmarkBot?start=v_7K4M9QXW2D7P", "code", "7K4M-9QXW-2D7P"),
    ],
)
def test_texts(text, field, value):
    assert getattr(extract_text(text), field) == value


def test_confusable_letters_in_a_code_are_forgiven():
    assert normal_code("oiL0-1234-5678") == "0110-1234-5678"


def test_a_baked_picture_a_json_file_and_a_photo():
    document = {"type": ["VerifiableCredential"]}
    assert extract_file(bake_png(png(), json.dumps(document))).document == document
    assert extract_file(json.dumps(document).encode()).document == document
    assert extract_file(photo_of(LINK)).link == LINK


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "empty"),
        (b"\0\1\2\3", "nothing_found"),
        (b"\xff\xfe\xfd", "unknown_file"),
        (png(), "no_code_in_picture"),
        (b"\xff\xd8\xff" + b"junk" * 10, "unreadable_picture"),
        (b'{"a":1,"a":2}', "duplicate_key"),
        (b'{"@context":"https://w3id.org/openbadges/v2","type":"Assertion"}', "open_badges_2"),
        (b"hello", "nothing_found"),
        (b"x" * (20 * 1024 * 1024 + 1), "too_large"),
    ],
    ids=str,
)
def test_what_holds_no_badge_says_why(content, code):
    with pytest.raises(ExtractionError) as refused:
        extract_file(content)
    assert refused.value.code == code


@pytest.mark.parametrize(
    "url",
    [
        "http://example.org/",
        "ftp://example.org/",
        "file:///etc/passwd",
        "gopher://example.org/",
        "https://user@example.org/",
        "https://example.org:22/",
        "https://example.org:8443/",
        "https:///path",
        "https://example.org/a b",
        "https://exa\\mple.org/",
        "https://①②⑦.0.0.1/",
        "https://example.org/" + "a" * 2_000,
    ],
)
def test_only_plain_https_urls_are_asked(url):
    with pytest.raises(LookupFailedError) as refused:
        split_public_url(url)
    assert refused.value.code == "url_not_allowed"


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1",
        "10.0.0.1",
        "172.16.0.1",
        "192.168.1.1",
        "169.254.169.254",
        "100.64.0.1",
        "192.0.0.8",
        "224.0.0.1",
        "0.0.0.0",
        "255.255.255.255",
        "::1",
        "::",
        "fe80::1",
        "fc00::1",
        "ff02::1",
        "::ffff:127.0.0.1",
        "64:ff9b::7f00:1",
        "2002:7f00:1::",
        "not an address",
    ],
)
def test_addresses_inside_are_refused_in_every_spelling(address):
    assert not is_public(address)
    with pytest.raises(LookupFailedError) as refused:
        GuardedFetcher(resolve=lambda host: ["93.184.215.14", address]).fetch(
            Lookup("https://example.org/")
        )
    assert refused.value.code == "address_not_public"


def test_public_addresses_are_public():
    assert is_public("93.184.215.14")
    assert is_public("2606:2800:21f:cb07:6820:80da:af6b:8b2c")


def test_our_own_documents_are_read_in_the_process():
    own = OwnOrigin(
        "http://127.0.0.1:8080", {"/issuer": Fetched(b"{}", "application/json")}.get, NoNetwork()
    )
    assert own.fetch(Lookup("http://127.0.0.1:8080/issuer")).content == b"{}"
    assert own.fetch(Lookup("https://127.0.0.1:8080/issuer")).content == b"{}"
    for url, code in [
        ("http://127.0.0.1:8080/other", "not_found"),
        ("https://other.example/issuer", "network_off"),
    ]:
        with pytest.raises(LookupFailedError) as refused:
            own.fetch(Lookup(url))
        assert refused.value.code == code
