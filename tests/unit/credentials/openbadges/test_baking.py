"""Baking as Open Badges 3.0 §5.3 has it: one chunk or element, every other byte as it was."""

import functools
import io
import json
import struct
import zlib

import pytest
from PIL import Image, PngImagePlugin

from credentials.openbadges.baking import BakingError, bake_png, bake_svg, unbake_png, unbake_svg
from credentials.openbadges.composition import compose_credential
from credentials.openbadges.jwt import sign_jwt
from tests.unit.credentials.openbadges.samples import values
from tests.unit.credentials.verification.world import p256_signer

DOCUMENT = compose_credential(values(holder_name="José ]]> Peña"))
TEXT = json.dumps(DOCUMENT, ensure_ascii=False)
TOKEN = sign_jwt(DOCUMENT, p256_signer())
KEYWORD = b"openbadgecredential"


@functools.cache
def picture():
    """A PNG with text chunks of its own, a profile and two IDAT chunks."""
    about = PngImagePlugin.PngInfo()
    about.add_text("Author", "Jo")
    about.add_itxt("Title", "A badge", lang="en")
    out = io.BytesIO()
    Image.effect_noise((300, 300), 80).save(out, "PNG", pnginfo=about, dpi=(72, 72))
    return out.getvalue()


def chunks(content):
    place, found = 8, []
    while place < len(content):
        (length,) = struct.unpack_from(">I", content, place)
        kind, body = content[place + 4 : place + 8], content[place + 8 : place + 8 + length]
        (crc,) = struct.unpack_from(">I", content, place + 8 + length)
        assert crc == zlib.crc32(kind + body)
        found.append((kind, body))
        place += 12 + length
    return found


@pytest.mark.parametrize("credential", [TEXT, TOKEN], ids=["json", "token"])
def test_a_png_has_one_uncompressed_chunk_more_and_nothing_else_changed(credential):
    before, baked = picture(), bake_png(picture(), credential)
    added = [chunk for chunk in chunks(baked) if chunk not in chunks(before)]
    assert added == [(b"iTXt", KEYWORD + b"\0\0\0\0\0" + credential.encode())]
    assert [chunk for chunk in chunks(baked) if chunk not in added] == chunks(before)
    assert unbake_png(baked) == credential
    kinds = [kind for kind, _ in chunks(baked)]
    assert kinds.index(b"IHDR") == 0
    assert kinds[-1] == b"IEND"


def test_other_programs_still_open_the_picture_and_read_the_chunk():
    with Image.open(io.BytesIO(bake_png(picture(), TEXT))) as opened:
        opened.load()
        assert opened.text["openbadgecredential"] == TEXT
        assert opened.text["Author"] == "Jo"


def test_a_picture_baked_before_is_baked_anew_and_holds_one():
    twice = bake_png(bake_png(picture(), TOKEN), TEXT)
    assert twice == bake_png(picture(), TEXT)


@pytest.mark.parametrize(
    ("content", "credential", "code"),
    [
        (b"GIF89a", TEXT, "not_png"),
        (picture()[:-12], TEXT, "malformed_png"),
        (picture(), "x" * (256 * 1024 + 1), "too_large"),
        (picture()[:33] + picture()[-12:], TEXT, "not_read_back"),
    ],
    ids=range(4),
)
def test_what_cannot_be_baked_is_not_given_out(content, credential, code):
    with pytest.raises(BakingError) as refused:
        bake_png(content, credential)
    assert refused.value.code == code


SVGS = {
    "plain": '<svg xmlns="http://www.w3.org/2000/svg"><g/></svg>',
    "declared": '<?xml version="1.0" encoding="UTF-8"?>\n<!-- ü -->\n<svg xmlns="http://www.w3.org/2000/svg" '
    'width="1"\n  xmlns:openbadges="https://purl.imsglobal.org/ob/v3p0">\n<title>Ü &amp; x</title>\n</svg>\n',
    "prefixed": '<s:svg xmlns:s="http://www.w3.org/2000/svg" a="&gt;"><s:g/></s:svg>',
}


@pytest.mark.parametrize("name", SVGS)
@pytest.mark.parametrize("credential", [TEXT, TOKEN], ids=["json", "token"])
def test_an_svg_has_one_element_more_right_after_its_root(name, credential):
    before = SVGS[name]
    baked = bake_svg(before.encode(), credential).decode()
    declaration = ' xmlns:openbadges="https://purl.imsglobal.org/ob/v3p0"'
    if credential == TOKEN:
        element = f'<openbadges:credential verify="{TOKEN}"/>'
    else:
        body = TEXT.replace("]]>", "]]\\u003e")
        element = f"<openbadges:credential><![CDATA[{body}]]></openbadges:credential>"
    assert baked.count(element) == 1
    without = baked.replace(element, "")
    assert before in {without, without.replace(declaration, "")}
    assert baked.count(declaration) == 1
    read = unbake_svg(baked.encode())
    assert read == TOKEN if credential == TOKEN else json.loads(read) == DOCUMENT
    assert bake_svg(baked.encode(), credential).decode() == baked


@pytest.mark.parametrize(
    ("content", "credential", "code"),
    [
        ("<svg/>", TEXT, "not_svg"),
        ("<html xmlns='http://www.w3.org/1999/xhtml'></html>", TEXT, "not_svg"),
        (SVGS["plain"], "a\x00b", "not_xml_text"),
        (SVGS["plain"], "a" * (256 * 1024 + 1), "too_large"),
        ("<!DOCTYPE svg []>" + SVGS["plain"], TEXT, "dtd_not_allowed"),
        (SVGS["plain"].replace("<g/>", "").replace("></svg>", "/>"), TEXT, "malformed_svg"),
    ],
    ids=range(6),
)
def test_what_is_no_svg_is_not_baked(content, credential, code):
    with pytest.raises(BakingError) as refused:
        bake_svg(content.encode(), credential)
    assert refused.value.code == code
