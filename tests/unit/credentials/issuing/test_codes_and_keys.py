"""Short codes that notice mistakes; keys that retire without breaking what they signed."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from credentials.issuing import (
    KeyKind,
    KeyState,
    award_badge,
    check_keys,
    create_key,
    ensure_keys,
    list_keys,
    new_code,
    read_code,
    read_did_document,
)
from credentials.issuing.codes import ALPHABET, check_character
from credentials.openbadges.keys import parse_multikey
from credentials.openbadges.proofs import verify_proof
from tests.submissions import SQL, people

bodies = st.text(ALPHABET, min_size=11, max_size=11)


def test_a_code_looks_as_promised():
    for _ in range(50):
        code = new_code()
        assert re.fullmatch(r"[0-9A-HJKMNP-TV-Z]{4}(-[0-9A-HJKMNP-TV-Z]{4}){2}", code)
        assert read_code(code) == code


@given(bodies, st.integers(0, 11), st.integers(1, 31))
def test_one_wrong_character_is_noticed(body, place, step):
    whole = body + check_character(body)
    other = ALPHABET[(ALPHABET.index(whole[place]) + step) % 32]
    assert read_code(whole[:place] + other + whole[place + 1 :]) is None


@given(bodies, st.integers(0, 11), st.integers(0, 11))
def test_two_swapped_characters_are_noticed(body, one, two):
    whole = list(body + check_character(body))
    swapped = list(whole)
    swapped[one], swapped[two] = whole[two], whole[one]
    if swapped != whole:
        assert read_code("".join(swapped)) is None


@given(bodies)
def test_a_code_is_read_however_it_is_typed(body):
    whole = body + check_character(body)
    told = whole.lower().replace("0", "o").replace("1", "l")
    code = read_code(whole)
    assert code is not None
    assert read_code(f" {told[:4]} {told[4:8]} - {told[8:]} ") == code


@pytest.mark.parametrize("text", ["", "-", "UUUU-UUUU-UUUU", "7K4M9QXW", "é" * 12, "٣" * 12])
def test_what_is_no_code_is_none(text):
    assert read_code(text) is None


def test_keys_are_made_once(institution):
    with institution.begin() as work:
        first, again = ensure_keys(work), ensure_keys(work)
    assert first == again
    assert {key.kind for key in first} == set(KeyKind)
    assert all(key.verification_method == f"{key.did}#{key.key_id}" for key in first)


def test_a_retired_key_signs_no_more_but_its_badges_still_verify(institution, clock):
    people(institution)
    with institution.begin() as work:
        before = award_badge(work, achievement_code=SQL)
        fresh = create_key(work, kind=KeyKind.ED25519)
        after = award_badge(work, achievement_code=SQL)
        did = read_did_document(work)
        states = {key.key_id: key.state for key in list_keys(work)}
        assert check_keys(work) == 2
    methods = [badge.document["proof"][0]["verificationMethod"] for badge in (before, after)]
    assert methods[1] == fresh.verification_method != methods[0]
    assert states[methods[0].partition("#")[2]] is KeyState.RETIRED
    for badge, method in zip((before, after), methods, strict=True):
        assert method in did["assertionMethod"]
        plain = {name: part for name, part in badge.document.items() if name != "proof"}
        key = parse_multikey(method.partition("#")[2])
        assert verify_proof(plain, badge.document["proof"][0], key)
