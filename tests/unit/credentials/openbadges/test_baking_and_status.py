"""Baking keeps every byte; status lists keep every bit and refuse bombs."""

import base64
import gzip
import io
import struct
import zlib

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from credentials.openbadges.baking import BakingError, bake_png, unbake_png
from credentials.openbadges.reading import ReadingError, read_json
from credentials.openbadges.status_list import (
    LENGTH,
    StatusListError,
    decode_bits,
    encode_bits,
    new_bits,
    read_bit,
    with_bit,
)


def picture():
    out = io.BytesIO()
    Image.new("RGB", (8, 8), "teal").save(out, "PNG")
    return out.getvalue()


def chunk(kind, content):
    return (
        struct.pack(">I", len(content))
        + kind
        + content
        + struct.pack(">I", zlib.crc32(kind + content))
    )


@given(st.text(st.characters(blacklist_categories=["Cs"]), min_size=1))
def test_what_is_baked_in_comes_out_again(text):
    assert unbake_png(bake_png(picture(), text)) == text


def test_baking_again_replaces_and_leaves_the_picture_alone():
    baked = bake_png(bake_png(picture(), "one"), "two")
    assert unbake_png(baked) == "two"
    assert Image.open(io.BytesIO(baked)).tobytes() == Image.open(io.BytesIO(picture())).tobytes()
    assert unbake_png(picture()) is None


def with_chunk(content):
    whole = picture()
    return whole[:33] + chunk(b"iTXt", content) + whole[33:]


BOMB = b"openbadgecredential\0\1\0\0\0" + zlib.compress(b"x" * 300_000)


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"not a png", "not_png"),
        (picture()[:-4], "malformed_png"),
        (picture() + b"more", "malformed_png"),
        (picture()[:40] + b"\0" + picture()[41:], "malformed_png"),
        (with_chunk(BOMB), "too_large"),
        (with_chunk(b"openbadgecredential\0\0\0\0\0a").replace(b"IDAT", b"IDAT"), None),
        (picture()[:33] + chunk(b"tEXt", b"") * 5_000, "too_many_chunks"),
        (b"\x89PNG\r\n\x1a\n" + struct.pack(">I", 2**31 - 1) + b"IHDR", "malformed_png"),
        (b"\x89PNG\r\n\x1a\n" + b"\0" * (8 * 1024 * 1024), "too_large"),
    ],
)
def test_hostile_pictures_are_refused(content, code):
    if code is None:
        assert unbake_png(content) == "a"
        return
    with pytest.raises(BakingError) as refused:
        unbake_png(content)
    assert refused.value.code == code


def test_two_credentials_in_one_picture_are_refused():
    one = b"openbadgecredential\0\0\0\0\0a"
    whole = picture()
    with pytest.raises(BakingError) as refused:
        unbake_png(whole[:33] + chunk(b"iTXt", one) * 2 + whole[33:])
    assert refused.value.code == "two_credentials"


@given(st.sets(st.integers(0, LENGTH - 1), max_size=20))
def test_bits_survive_encoding(indexes):
    bits = new_bits()
    for index in indexes:
        bits = with_bit(bits, index, is_set=True)
    read = decode_bits(encode_bits(bits))
    assert all(read_bit(read, index) for index in indexes)
    assert sum(byte.bit_count() for byte in read) == len(indexes)


def test_index_0_is_the_left_most_bit():
    assert with_bit(new_bits(), 0, is_set=True)[0] == 0x80
    assert with_bit(with_bit(new_bits(), 9, is_set=True), 9, is_set=False) == new_bits()


@pytest.mark.parametrize("index", [-1, LENGTH])
def test_an_index_outside_the_list_is_refused(index):
    with pytest.raises(StatusListError):
        read_bit(new_bits(), index)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "xAAAA",
        "uAAAA",
        "u" + base64.urlsafe_b64encode(gzip.compress(b"short")).decode(),
        "u" + base64.urlsafe_b64encode(gzip.compress(bytes(17 * 1024 * 1024))).decode(),
    ],
    ids=["empty", "base", "junk", "short", "bomb"],
)
def test_malformed_lists_are_refused(text):
    with pytest.raises(StatusListError):
        decode_bits(text)


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b'{"a":1,"a":2}', "duplicate_key"),
        (b'{"a":{"b":1,"b":2}}', "duplicate_key"),
        (b'{"a":' * 40 + b"1" + b"}" * 40, "too_deep"),
        (b'{"a":NaN}', "bad_number"),
        (b'{"a":1e999}', "bad_number"),
        (b'{"a":"\xff"}', "not_utf8"),
        (b"\xef\xbb\xbf{}", "malformed_json"),
        (b'{"a":"\\ud800"}', "malformed_json"),
        (b"{" + b" " * 262_144 + b"}", "too_large"),
        (b"[]", "not_an_object"),
        (b"{", "malformed_json"),
        (b'{"a":' + b"9" * 5_000 + b"}", "bad_number"),
    ],
)
def test_json_that_two_programs_could_read_differently_is_refused(content, code):
    with pytest.raises(ReadingError) as refused:
        read_json(content)
    assert refused.value.code == code
