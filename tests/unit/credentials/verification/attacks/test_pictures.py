"""Attacks on pictures, V51 to V58; and what is asked of the verifier itself."""

import io
import json
import struct
import subprocess
import sys
import zlib
from pathlib import Path

import pytest
import segno
from PIL import Image

from credentials.openbadges.baking import bake_png, bake_svg
from credentials.openbadges.jwt import sign_jwt
from credentials.openbadges.keys import base64url_encode
from tests.unit.credentials.verification.attacks.bombs import MAKE
from tests.unit.credentials.verification.world import (
    World,
    badge,
    changed,
    p256_signer,
    signed,
    unsigned,
)

TEXT = json.dumps(badge())
TOKEN = sign_jwt(unsigned(), p256_signer())
SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><circle r="4"/></svg>'
KEYWORD = b"openbadgecredential"


def png(size=(8, 8)):
    out = io.BytesIO()
    Image.new("RGB", size, "teal").save(out, "PNG")
    return out.getvalue()


def chunk(kind, content, crc=None):
    checked = zlib.crc32(kind + content) if crc is None else crc
    return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", checked)


def with_chunks(*chunks):
    whole = png()
    return whole[:33] + b"".join(chunks) + whole[33:]


def itxt(text, compressed=False):
    body = zlib.compress(text.encode()) if compressed else text.encode()
    return chunk(b"iTXt", KEYWORD + (b"\0\1\0\0\0" if compressed else b"\0\0\0\0\0") + body)


@pytest.fixture
def world():
    return World()


def outcome(world, content):
    verdict = world.judge(content)
    return verdict.verdict.value, verdict.code


@pytest.mark.parametrize("head", [b"\2\0", b"\0\1", b"\1\1", b"", b"\0"], ids=repr)
def test_v52_a_text_written_as_no_reader_knows_it(world, head):
    content = with_chunks(chunk(b"iTXt", KEYWORD + b"\0" + head + b"\0\0" + TEXT.encode()))
    assert outcome(world, content) == ("invalid", "malformed_png")


def test_v52_a_badge_in_front_of_the_picture(world):
    whole = png()
    content = whole[:8] + itxt(TEXT) + whole[8:]
    assert outcome(world, content) == ("invalid", "malformed_png")


@pytest.mark.parametrize(
    "content",
    [
        bake_png(png(), TEXT),
        bake_png(png(), TOKEN),
        bake_svg(SVG, TEXT),
        bake_svg(SVG, TOKEN),
        with_chunks(itxt(TEXT, compressed=True)),
    ],
    ids=["png json", "png token", "svg json", "svg token", "compressed"],
)
def test_untouched_pictures_are_valid(world, content):
    assert outcome(world, content) == ("valid", "valid")


OPEN_BADGES_2 = {
    "hosted": b'{"@context":"https://w3id.org/openbadges/v2","type":"Assertion","id":"https://a.example/1"}',
    "list": b'{"@context":["https://w3id.org/openbadges/v2"],"type":["Assertion"],"badge":"https://a.example/b"}',
    "1.1": b'{"@context":"https://w3id.org/openbadges/v1","type":"Assertion"}',
    "1.0": b'{"uid":"1","recipient":{"type":"email","identity":"a@b.example"},"badge":"https://a.example/b","verify":{"type":"hosted"}}',
    "png": with_chunks(chunk(b"iTXt", b"openbadges\0\0\0\0\0https://a.example/1")),
    "old png": with_chunks(chunk(b"tEXt", b"openbadges\0https://a.example/1")),
    "svg": b'<svg xmlns="http://www.w3.org/2000/svg" xmlns:openbadges="http://openbadges.org">'
    b'<openbadges:assertion verify="https://a.example/1"/></svg>',
}


@pytest.mark.parametrize("name", OPEN_BADGES_2)
def test_v51_the_older_standard_is_named(world, name):
    assert outcome(world, OPEN_BADGES_2[name]) == ("could_not_check", "open_badges_2")
    assert world.asked == []


@pytest.mark.parametrize("text", [TEXT, TOKEN], ids=["json", "token"])
def test_v51_a_badge_of_today_under_the_older_keyword_is_judged(world, text):
    body = b"openbadges\0\0\0\0\0" + text.encode()
    assert outcome(world, with_chunks(chunk(b"iTXt", body))) == ("valid", "valid")
    cut = chunk(b"iTXt", body[:-9])
    assert outcome(world, with_chunks(cut))[0] != "valid"
    changed_body = body.replace(b"SQL Foundations", b"Brain Surgery!!", 1)
    if text == TEXT:
        faulty = with_chunks(chunk(b"iTXt", changed_body))
        assert outcome(world, faulty) == ("invalid", "invalid_signature")


@pytest.mark.parametrize("payload", [{"uid": "1", "badge": "https://a.example/b"}, {}], ids=str)
def test_v51_a_signed_badge_of_the_older_kind_is_named(world, payload):
    parts = [base64url_encode(json.dumps(part).encode()) for part in ({"alg": "RS256"}, payload)]
    body = b"openbadges\0\0\0\0\0" + ".".join([*parts, "AAAA"]).encode()
    found = outcome(world, with_chunks(chunk(b"iTXt", body)))
    assert found == ("could_not_check", "open_badges_2")


BAKED = bake_png(png(), TEXT)


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (with_chunks(itxt(TEXT), itxt(TEXT)), ("invalid", "two_credentials")),
        (with_chunks(itxt(TEXT), itxt("{}")), ("invalid", "two_credentials")),
        (
            with_chunks(itxt(TEXT), chunk(b"tEXt", KEYWORD + b"\0{}")),
            ("invalid", "two_credentials"),
        ),
        (with_chunks(chunk(b"tEXt", KEYWORD + b"\0" + TEXT.encode())), ("invalid", "wrong_chunk")),
        (with_chunks(chunk(b"zTXt", KEYWORD + b"\0\0x")), ("invalid", "wrong_chunk")),
        (
            with_chunks(chunk(b"iTXt", KEYWORD + b"\0\0\0\0\0{}", crc=7)),
            ("invalid", "malformed_png"),
        ),
        (BAKED + itxt("{}"), ("invalid", "malformed_png")),
        (BAKED + b"more", ("invalid", "malformed_png")),
        (BAKED[:-4], ("invalid", "malformed_png")),
        (
            BAKED[:33] + struct.pack(">I", 2**31 - 1) + BAKED[37:],
            ("invalid", "malformed_png"),
        ),
        (with_chunks(*[chunk(b"tEXt", b"a\0b")] * 5_000), ("invalid", "too_many_chunks")),
        (
            with_chunks(chunk(b"iTXt", KEYWORD + b"\0\1\0\0\0" + zlib.compress(bytes(2**20)))),
            ("could_not_check", "too_large"),
        ),
        (
            with_chunks(chunk(b"iTXt", KEYWORD + b"\0\1\0\0\0not zlib")),
            ("invalid", "malformed_png"),
        ),
        (
            with_chunks(chunk(b"iTXt", KEYWORD + b"\0\0\0\0\0\xff\xfe")),
            ("invalid", "malformed_png"),
        ),
        (with_chunks(itxt("hello")), ("invalid", "malformed_json")),
        (with_chunks(itxt(TEXT.replace("SQL", "SQI", 1))), ("invalid", "invalid_signature")),
        (BAKED.replace(b"SQL", b"SQI", 1), ("invalid", "malformed_png")),
        (png(), ("could_not_check", "no_code_in_picture")),
    ],
    ids=range(18),
)
def test_v52_pngs_cut_and_glued(world, content, expected):
    assert outcome(world, content) == expected


def header(width, height):
    size = struct.pack(">II", width, height) + b"\x08\x06\0\0\0"
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", size)


def test_v53_pixels_are_not_decoded_for_a_baked_badge(world):
    huge = header(60_000, 60_000) + itxt(TEXT) + chunk(b"IDAT", b"") + chunk(b"IEND", b"")
    assert outcome(world, huge) == ("valid", "valid")


def test_v53_more_pixels_than_a_badge_has_are_not_decoded(world):
    for size in ((60_000, 60_000), (3_001, 3_000)):
        huge = header(*size) + chunk(b"IDAT", zlib.compress(b"")) + chunk(b"IEND", b"")
        assert outcome(world, huge) == ("could_not_check", "too_large")


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (b"GIF89a<script>alert(1)</script>", ("could_not_check", "unreadable_picture")),
        (b"PK\x03\x04" + TEXT.encode(), ("could_not_check", "no_badge_at_link")),
        (b"%PDF-1.7\n" + TEXT.encode(), ("could_not_check", "no_badge_at_link")),
        (b"<html>" + TEXT.encode() + b"</html>", ("could_not_check", "no_badge_at_link")),
        (b"#!/bin/sh\n" + TOKEN.encode(), ("could_not_check", "nothing_found")),
        (b"\x89PNG\r\n\x1a\n" + TEXT.encode(), ("could_not_check", "unreadable_picture")),
        (png() + b"PK\x03\x04", ("could_not_check", "no_code_in_picture")),
    ],
    ids=range(7),
)
def test_v54_files_that_are_two_things(world, content, expected):
    assert outcome(world, content) == expected


LAUGHS = (
    b'<?xml version="1.0"?><!DOCTYPE svg [<!ENTITY a "ha">'
    + b"".join(b'<!ENTITY a%d "%s">' % (n, b"&a%d;" % (n - 1) * 10) for n in range(1, 10))
    + b']><svg xmlns="http://www.w3.org/2000/svg">&a9;</svg>'
)


@pytest.mark.parametrize(
    "content",
    [
        LAUGHS,
        b'<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]><svg xmlns="http://www.w3.org/2000/svg">&e;</svg>',
        b'<!DOCTYPE x [<!ENTITY e SYSTEM "https://evil.example/">]><svg xmlns="http://www.w3.org/2000/svg">&e;</svg>',
        b'<!DOCTYPE svg SYSTEM "https://evil.example/x.dtd"><svg xmlns="http://www.w3.org/2000/svg"></svg>',
        b'<!DOCTYPE svg [<!ENTITY % p SYSTEM "https://evil.example/">%p;]><svg xmlns="http://www.w3.org/2000/svg"></svg>',
    ],
    ids=range(5),
)
def test_v55_svgs_that_swell_or_read_elsewhere(world, content):
    assert outcome(world, content) == ("invalid", "dtd_not_allowed")
    assert world.asked == []


def test_v55_xinclude_is_only_text(world):
    content = SVG.replace(
        b"<circle",
        b'<xi:include xmlns:xi="http://www.w3.org/2001/XInclude" href="file:///etc/passwd"/><circle',
    )
    assert outcome(world, content) == ("could_not_check", "no_badge_in_picture")


def test_v56_scripts_in_an_svg_change_nothing_and_are_not_shown(world):
    script = b"<script>alert(1)</script><g onload='alert(1)'/><circle"
    verdict = world.judge(bake_svg(SVG.replace(b"<circle", script), TEXT))
    assert verdict.verdict == "valid"
    assert "alert" not in repr(verdict)


NAMESPACE = b'xmlns:openbadges="https://purl.imsglobal.org/ob/v3p0"'
ELEMENT = b"<openbadges:credential><![CDATA[" + TEXT.encode() + b"]]></openbadges:credential>"


def svg_with(inside, root=NAMESPACE):
    return b'<svg xmlns="http://www.w3.org/2000/svg" ' + root + b">" + inside + b"</svg>"


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (svg_with(ELEMENT), ("valid", "valid")),
        (svg_with(ELEMENT * 2), ("invalid", "two_credentials")),
        (
            svg_with(ELEMENT + b'<openbadges:credential verify="' + TOKEN.encode() + b'"/>'),
            ("invalid", "two_credentials"),
        ),
        (
            svg_with(ELEMENT, b'xmlns:openbadges="https://purl.imsglobal.org/ob/v3p0/"'),
            ("invalid", "other_namespace"),
        ),
        (
            svg_with(ELEMENT, b'xmlns:openbadges="https://evil.example/"'),
            ("invalid", "other_namespace"),
        ),
        (svg_with(b"<g>" + ELEMENT + b"</g>"), ("invalid", "malformed_svg")),
        (svg_with(ELEMENT.replace(b"><!", b' verify="a.b.c"><!', 1)), ("invalid", "malformed_svg")),
        (svg_with(b"<openbadges:credential/>"), ("invalid", "malformed_svg")),
        (
            svg_with(
                ELEMENT.replace(b"openbadges:", b"ob:"),
                b'xmlns:ob="https://purl.imsglobal.org/ob/v3p0"',
            ),
            ("valid", "valid"),
        ),
        (svg_with(ELEMENT)[:-6], ("invalid", "malformed_svg")),
        (svg_with(ELEMENT).replace(b"SQL", b"SQI", 1), ("invalid", "invalid_signature")),
        (SVG, ("could_not_check", "no_badge_in_picture")),
    ],
    ids=range(12),
)
def test_v57_more_than_one_badge_or_another_namespace(world, content, expected):
    assert outcome(world, content) == expected


def test_v58_what_the_picture_shows_is_not_what_counts(world):
    shown = svg_with(b"<text>Surgery, awarded to Max</text>" + ELEMENT)
    verdict = world.judge(shown)
    assert verdict.verdict == "valid"
    assert "Surgery" not in repr(verdict)
    assert verdict.credential.name == "SQL Foundations"


def test_v58_a_baked_badge_counts_more_than_the_code_in_the_picture(world):
    out = io.BytesIO()
    segno.make("https://evil.example/credentials/1").save(out, kind="png", scale=8)
    assert outcome(world, bake_png(out.getvalue(), TEXT)) == ("valid", "valid")
    assert not [url for url in world.asked if "evil" in url]


@pytest.mark.parametrize(
    "url", ["javascript:alert(1)", "data:text/html,x", "file:///etc/passwd", "http://10.0.0.1/x"]
)
def test_v59_links_inside_are_neither_followed_nor_shown_as_links(world, url):
    document = changed("evidence/0/id", url, unsigned())
    verdict = world.judge(signed(document))
    assert verdict.verdict == "valid"
    assert verdict.credential.evidence_items[0].url in {"", "http://10.0.0.1/x"}
    assert url not in world.asked


@pytest.fixture(scope="module")
def costs():
    """What judging each bomb costs, each in a process of its own."""
    script = Path(__file__).with_name("bombs.py")
    root = script.parents[5]
    done = subprocess.run(
        [sys.executable, str(script)],
        cwd=root,
        env={"PYTHONPATH": str(root), "PATH": "/usr/bin:/bin"},
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-2_000:]
    return {told["name"]: told for told in map(json.loads, done.stdout.splitlines())}


@pytest.mark.xdist_group("bombs")
@pytest.mark.parametrize("name", MAKE)
def test_v11_v37_v52_bombs_cost_little_memory_and_time(costs, name):
    """At most 64 MiB more than before and 8 seconds of work."""
    told = costs[name]
    assert told["verdict"] != "valid"
    assert told["mebibytes"] <= 64, told
    assert told["cpu_seconds"] <= 8, told
