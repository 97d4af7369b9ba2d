"""Badges of ours before other people's verifiers: accepted untouched, refused after any change."""

import json
from datetime import timedelta

import pytest

from credentials.clock import FixedClock, SystemClock
from credentials.issuing import (
    compromise_key,
    create_key,
    list_keys,
    read_credential_jwt,
    read_did_document,
    read_status_list,
    reissue_badge,
    revoke_badge,
    suspend_badge,
)
from credentials.issuing.keys import KeyKind
from tests.institutions import open_fresh
from tests.interop.college import Published, judged
from tests.interop.faults import (
    CHANGES,
    PROOF_CHANGES,
    TOKEN_CHANGES,
    changed,
    changed_token,
    with_changed_proof,
)
from tests.interop.judges import PROOF_JUDGES, TOKEN_JUDGES
from tests.issued import issue

pytestmark = pytest.mark.interop

#: JSON-LD says nothing with a null, and some verifiers ask that any one proof holds.
BEYOND_THEM = {"add_null", "second_proof_bad"}
DOCUMENT_FAULTS = sorted({*CHANGES, *PROOF_CHANGES} - BEYOND_THEM)
TOKEN_FAULTS = sorted({*CHANGES, *TOKEN_CHANGES})


@pytest.fixture
def college(tmp_path):
    """Our institution, on the clock that other people's libraries read."""
    opened = open_fresh(tmp_path, FixedClock(SystemClock().now() - timedelta(minutes=1)))
    yield opened
    opened.engine.dispose()


def publish(college, badge):
    """What strangers find at our addresses, and both forms of the badge."""
    with college.begin() as work:
        status = badge.document["credentialStatus"]["statusListCredential"]
        did = read_did_document(work)
        listed = read_status_list(work, status.rpartition("/")[2])
        token = read_credential_jwt(work, badge.credential_id)
    host = did["id"].removeprefix("did:web:")
    return Published({f"https://{host}/.well-known/did.json": did, status: listed}), token


def verdicts(peer, college, badge):
    """What every judge says about both forms of a badge; nothing when they accept it."""
    published, token = publish(college, badge)
    now = college.clock.now()
    said = {n: judge(peer, published, badge.document, now) for n, judge in PROOF_JUDGES.items()}
    return said | {
        f"{n} JWT": judge(peer, published, token, now) for n, judge in TOKEN_JUDGES.items()
    }


def ours(published, content, now):
    return judged(published, content, now=now).verdict.verdict


def test_everybody_accepts_what_we_sign(peer, college):
    badge = issue(college)
    assert set(verdicts(peer, college, badge).values()) == {""}


@pytest.mark.parametrize("name", PROOF_JUDGES)
def test_everybody_refuses_a_changed_document_of_ours(peer, college, name):
    badge = issue(college)
    published, _ = publish(college, badge)
    now, judge = college.clock.now(), PROOF_JUDGES[name]
    for fault in DOCUMENT_FAULTS:
        change = changed if fault in CHANGES else with_changed_proof
        faulty = change(badge.document, fault)
        assert judge(peer, published, faulty, now), fault
        assert ours(published, faulty, now) == "invalid", fault


@pytest.mark.parametrize("name", TOKEN_JUDGES)
def test_everybody_refuses_a_changed_token_of_ours(peer, college, name):
    badge = issue(college)
    published, token = publish(college, badge)
    now, judge = college.clock.now(), TOKEN_JUDGES[name]
    for fault in TOKEN_FAULTS:
        faulty = changed_token(token, fault)
        assert judge(peer, published, faulty, now), fault
        assert ours(published, faulty, now) == "invalid", fault


@pytest.mark.parametrize("withdraw", [revoke_badge, suspend_badge])
def test_everybody_who_reads_our_status_list_sees_a_withdrawal(peer, college, withdraw):
    badge = issue(college)
    with college.begin() as work:
        withdraw(work, credential_id=badge.credential_id, reason="A test")
    said = verdicts(peer, college, badge)
    del said["jose JWT"]  # which knows nothing of status
    assert all(said.values()), said


def test_a_badge_signed_before_a_rotation_is_accepted_by_everybody(peer, college):
    badge = issue(college)
    with college.begin() as work:
        for kind in KeyKind:
            create_key(work, kind=kind)
        assert len(list_keys(work)) == 4
    assert set(verdicts(peer, college, badge).values()) == {""}
    published, token = publish(college, badge)
    now = college.clock.now()
    assert ours(published, badge.credential, now) == "valid"
    assert ours(published, token, now) == "valid"


def test_once_it_is_issued_anew_a_badge_by_a_burnt_key_is_refused_by_everybody(peer, college):
    badge = issue(college)
    with college.begin() as work:
        key = badge.document["proof"][0]["verificationMethod"]
        compromise_key(work, name=key)
    published, _ = publish(college, badge)
    college.clock.advance(timedelta(seconds=30))
    now = college.clock.now()
    # Not every library looks whether a key is allowed for assertions.
    for name in ("digitalbazaar", "openvc"):
        assert PROOF_JUDGES[name](peer, published, badge.document, now), name
    assert ours(published, badge.credential, now) == "invalid"
    with college.begin() as work:
        anew = reissue_badge(work, credential_id=badge.credential_id, reason="The key was stolen")
    assert set(verdicts(peer, college, anew).values()) == {""}
    published, _ = publish(college, anew)
    assert ours(published, badge.credential, now) == "invalid"
    for name, judge in PROOF_JUDGES.items():
        assert judge(peer, published, badge.document, now), name
    assert json.loads(anew.credential)["id"] == badge.document["id"]
