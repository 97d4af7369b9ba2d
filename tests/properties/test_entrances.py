"""Whatever comes in by the four entrances gets a verdict, never an exception and never `valid`."""

import contextlib
import json
import struct
import zlib

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from credentials.openbadges.baking import BakingError, bake_png, bake_svg, unbake_png, unbake_svg
from credentials.openbadges.jwt import sign_jwt
from credentials.openbadges.keys import base64url_encode
from tests.unit.credentials.verification.world import World, badge, p256_signer, unsigned

SIGNED = badge()
TEXT = json.dumps(SIGNED)
TOKEN = sign_jwt(unsigned(), p256_signer())
WORLD = World()
quick = settings(deadline=None, max_examples=150, suppress_health_check=list(HealthCheck))


def chunk(kind, content):
    crc = struct.pack(">I", zlib.crc32(kind + content))
    return struct.pack(">I", len(content)) + kind + content + crc


SIZE = struct.pack(">II", 1, 1) + b"\x08\x02\0\0\0"
ENDS = chunk(b"IDAT", zlib.compress(b"\0\0\0\0")) + chunk(b"IEND", b"")
PNG = b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", SIZE) + ENDS
SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><title>a badge</title></svg>'
BAKED_PNG, BAKED_SVG = bake_png(PNG, TEXT), bake_svg(SVG, TEXT)

values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inside: (
        st.lists(inside, max_size=4) | st.dictionaries(st.text(max_size=12), inside, max_size=4)
    ),
    max_leaves=12,
)


def judged(content):
    verdict = WORLD.judge(content)
    assert verdict.verdict in {"valid", "invalid", "issuer_unknown", "could_not_check"}
    return verdict


def places(node, here=()):
    known = node if isinstance(node, dict | list) else ()
    for name in known if isinstance(known, dict) else range(len(known)):
        yield (*here, name)
        yield from places(known[name], (*here, name))


@quick
@given(st.binary(max_size=600))
def test_any_bytes(content):
    assert judged(content).verdict != "valid"


@quick
@given(values)
def test_any_json(value):
    assert judged(json.dumps(value).encode()).verdict != "valid"


@quick
@given(st.sampled_from(list(places(SIGNED))), values)
def test_any_member_of_a_badge_replaced(place, value):
    document = json.loads(TEXT)
    *above, last = place
    node = document
    for name in above:
        node = node[name]
    before = node[last]
    node[last] = value
    if value != before or isinstance(value, bool) is not isinstance(before, bool):
        verdict = judged(json.dumps(document).encode())
        # An array of one and its member, an absent and an empty one say the same in RDF.
        if not (value in ([], [before]) or before == [value]):
            assert verdict.verdict != "valid", place


@quick
@given(st.dictionaries(st.text(max_size=10), values, max_size=5), values, st.binary(max_size=80))
def test_any_token(header, payload, seal):
    known = {"alg": "ES256", "kid": p256_signer().verification_method, **header}
    parts = [base64url_encode(json.dumps(part).encode()) for part in (known, payload)]
    assert judged(f"{parts[0]}.{parts[1]}.{base64url_encode(seal)}").verdict != "valid"


@quick
@given(st.integers(0, len(TOKEN) - 1), st.characters(codec="ascii"))
def test_any_character_of_a_token_replaced(place, character):
    said = TOKEN[:place] + character + TOKEN[place + 1 :]
    if said != TOKEN:
        assert judged(said).verdict != "valid"


@quick
@given(st.integers(0, len(BAKED_PNG) - 1), st.integers(0, 255))
def test_any_byte_of_a_baked_png_replaced(place, byte):
    content = BAKED_PNG[:place] + bytes([byte]) + BAKED_PNG[place + 1 :]
    if content != BAKED_PNG:
        assert judged(content).verdict != "valid"


@quick
@given(st.lists(st.tuples(st.binary(min_size=4, max_size=4), st.binary(max_size=60)), max_size=6))
@example([(b"iTXt", b"openbadgecredential"), (b"iTXt", b"openbadgecredential\0")])
@example([(b"iTXt", b"openbadgecredential\0\1\0\0"), (b"IEND", b"")])
def test_any_chunks(chunks):
    content = PNG[:33] + b"".join(chunk(kind, body) for kind, body in chunks) + PNG[33:]
    with contextlib.suppress(BakingError):
        unbake_png(content)
    assert judged(content).verdict != "valid"


@quick
@given(st.integers(0, len(BAKED_SVG) - 1), st.integers(0, 255))
def test_any_byte_of_a_baked_svg_replaced(place, byte):
    content = BAKED_SVG[:place] + bytes([byte]) + BAKED_SVG[place + 1 :]
    verdict = judged(content)
    if (
        b"<title>" in content
        and content.partition(b"<title>")[0] != BAKED_SVG.partition(b"<title>")[0]
    ):
        # Before the picture itself stand the root's tag and the badge; white space says nothing.
        said = "" if verdict.verdict != "valid" else json.loads(unbake_svg(content))
        assert said in ("", json.loads(unbake_svg(BAKED_SVG)))


@quick
@given(st.text(max_size=200))
def test_any_xml_like_text(text):
    content = (
        b'<svg xmlns="http://www.w3.org/2000/svg">' + text.encode("utf-8", "replace") + b"</svg>"
    )
    assert judged(content).verdict != "valid"


texts = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=200)


@quick
@given(texts)
def test_what_is_baked_in_comes_out_again_and_the_rest_stays(text):
    baked = bake_png(PNG, text)
    assert unbake_png(baked) == text
    assert baked[:33] == PNG[:33]
    assert baked.endswith(PNG[33:])
    assert len(baked) == len(PNG) + 12 + len(b"openbadgecredential") + 5 + len(text.encode())


@quick
@given(values)
def test_json_is_baked_into_svgs_without_a_change_of_meaning(value):
    text = json.dumps({"a": value, "end": "]]>"}, ensure_ascii=True)
    baked = bake_svg(SVG, text)
    found = unbake_svg(baked)
    assert found is not None
    assert found.replace("]]\\u003e", "]]>") == text
    assert bake_svg(baked, text) == baked


def test_the_untouched_ones_are_valid():
    for content in (TEXT.encode(), TOKEN.encode(), BAKED_PNG, BAKED_SVG):
        assert judged(content).verdict == "valid"


@pytest.mark.parametrize("content", [BAKED_PNG, BAKED_SVG], ids=["png", "svg"])
def test_a_picture_cut_anywhere_is_not_valid(content):
    for end in range(0, len(content) - 1, 37):
        assert judged(content[:end]).verdict != "valid"
