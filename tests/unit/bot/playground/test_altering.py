"""One letter changed, and the file still parses."""

import base64
import io
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image, PngImagePlugin

from bot.playground.altering import NothingToAlterError, alter

CREDENTIAL = {
    "@context": ["https://www.w3.org/ns/credentials/v2"],
    "type": ["VerifiableCredential", "OpenBadgeCredential"],
    "credentialSubject": {"achievement": {"name": "SQL for analysis", "id": "urn:uuid:1"}},
    "proof": {"type": "DataIntegrityProof", "proofValue": "z3FXQjecWufY46yg5abdVZsXqLhxhueuSoZ"},
}


def png(text, *, is_compressed=False, kind="itxt"):
    info = PngImagePlugin.PngInfo()
    add = info.add_itxt if kind == "itxt" else info.add_text
    add("openbadgecredential", text, zip=is_compressed)
    buffer = io.BytesIO()
    Image.new("RGB", (8, 8)).save(buffer, "PNG", pnginfo=info)
    return buffer.getvalue()


def baked(content):
    image = Image.open(io.BytesIO(content))
    image.load()
    return image.text["openbadgecredential"]


def token(payload):
    def encode(value):
        return base64.urlsafe_b64encode(json.dumps(value).encode()).rstrip(b"=").decode()

    return f"{encode({'alg': 'ES256'})}.{encode(payload)}.c2lnbmF0dXJl"


@pytest.mark.parametrize("is_compressed", [False, True])
@pytest.mark.parametrize("indent", [None, 2])
def test_a_baked_credential_keeps_its_proof_and_loses_its_truth(is_compressed, indent):
    altered = alter(png(json.dumps(CREDENTIAL, indent=indent), is_compressed=is_compressed))
    new = json.loads(baked(altered.content))
    assert new["credentialSubject"]["achievement"]["name"] == "SRL for analysis"
    assert new["proof"] == CREDENTIAL["proof"]
    assert (altered.before, altered.after) == ("SQL for analysis", "SRL for analysis")


def test_the_text_chunk_of_older_pictures_is_altered_too():
    assert json.loads(baked(alter(png(json.dumps(CREDENTIAL), kind="text")).content)) != CREDENTIAL


def test_a_tokens_payload_is_changed_under_its_old_signature():
    altered = alter(token(CREDENTIAL).encode()).content.decode()
    header, payload, signature = altered.split(".")
    assert (header, signature) == tuple(token(CREDENTIAL).split(".")[::2])
    changed = json.loads(base64.urlsafe_b64decode(payload + "=="))
    assert changed["credentialSubject"]["achievement"]["name"] == "SRL for analysis"


NAMES = st.text(min_size=1, max_size=20)
VALUES = st.recursive(
    NAMES | st.integers() | st.none(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(NAMES, inner, max_size=3),
    max_leaves=8,
)


@given(VALUES, st.booleans())
def test_json_still_parses_and_differs_in_one_byte(value, is_ascii):
    document = {"given": value, "name": "Excellent work"}
    content = json.dumps(document, ensure_ascii=is_ascii).encode()
    changed = alter(content).content
    assert json.loads(changed) != document
    assert sum(a != b for a, b in zip(content, changed, strict=True)) == 1


@pytest.mark.parametrize("content", [b"SELECT name FROM staff;", b"\xff\xd8 certificate \xff\xfe"])
def test_other_files_lose_a_letter(content):
    changed = alter(content).content
    assert sum(a != b for a, b in zip(content, changed, strict=True)) == 1


@pytest.mark.parametrize("content", [b"", b"123", b"{}", b"\xff\xfe", png("{}")])
def test_a_file_without_words_is_left_alone(content):
    with pytest.raises(NothingToAlterError):
        alter(content)
