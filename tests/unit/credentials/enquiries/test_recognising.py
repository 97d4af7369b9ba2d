"""A badge among messages: codes, links and credentials, but not what people just say."""

import json

import pytest

from credentials.enquiries.recognising import (
    is_cut_off,
    is_rest_of_json,
    looks_like_badge,
    read_text,
)
from credentials.issuing.codes import check_character


@pytest.mark.parametrize(
    "text",
    [
        "7K3M-9QX2-ABCD",
        "7k3m9qx2abcd",
        "7K3M 9QX2 ABCD",
        "the code is 7K3M-9QX2-ABCD, is it real?",
        "QQQQ-QQQQ-QQQQ",
        "https://badges.example.org/credentials/5a1f2c3e",
        "is this one real? https://badges.example.org/credentials/5a1f2c3e",
        "https://example.org/my-badge.png",
        "https://t.me/ExampleBot?start=v_7K3M9QX2ABCD",
        "SM-AAAA-AAAA-AAAA",
        "got SM-HH2C-6PLN-T9EA on a cv",
        "AB1-204-301 legit?",
        '{"@context": []}',
        "  {\n}",
        f"eyJ{'a' * 20}.{'b' * 20}.{'c' * 20}",
    ],
)
def test_what_is_to_be_checked(text):
    assert looks_like_badge(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "I'd like to become a data analyst",
        "statistician",
        "back-test-data",
        "transference",
        "nothing so far",
        "I finished https://www.kaggle.com/learn/intro-to-sql last week",
        "5 hours a week",
        "2026-11-24",
        "my number is 555-123-4567, call me",
        "call me on 020-7946-0958",
        "in room B12-204-301",
        "the course COMP-101-2024 is what I want, its course code is COMP-101-2024",
        "I finished ISO-9001-2015 training",
        "my id is 123-456-789",
        "123-456-7890",
        "WEB-APP-DEV",
        "👍",
    ],
)
def test_what_is_just_said(text):
    assert not looks_like_badge(text)


def test_a_code_without_any_digit_is_still_a_code():
    body = next(
        body
        for body in ("ABCDEFGHJK" + last for last in "MNPQRSTVWXYZ")
        if check_character(body).isalpha()
    )
    code = body + check_character(body)
    written = "-".join((code[:4], code[4:8], code[8:]))
    for typed in (written, written.lower(), code, written.replace("-", " ")):
        assert looks_like_badge(typed)
        assert read_text(typed).code == written


def test_a_code_is_found_among_words():
    body = "7K3M9QX2ABC"
    code = body + check_character(body)
    spaced = " ".join((code[:4], code[4:8], code[8:]))
    for said in (f"is this one real? {spaced}", f"look at this {spaced.lower()} please"):
        assert looks_like_badge(said)
        assert read_text(said).code == spaced.replace(" ", "-")
    assert not looks_like_badge("I want that work done soon")


def test_a_credential_cut_into_two_messages_is_known_by_both_halves():
    document = json.dumps({"id": "x", **{f"name{n}": "y" * 80 for n in range(60)}}, indent=1)
    first, second = document[:4096].strip(), document[4096:].strip()
    assert is_cut_off(first)
    assert is_rest_of_json(second)
    assert not is_cut_off(second)
    assert not is_cut_off('{"id": "x"}')
    assert not is_rest_of_json('my table has "name": "Ana" in it')
