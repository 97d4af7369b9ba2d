"""From evidence to a signed badge, and what becomes of it."""

import json
import re
from datetime import timedelta

import pytest
from sqlalchemy import select

from credentials.evidence import AlreadyDecidedError, Outcome
from credentials.issuing import (
    AlreadyEarnedError,
    BadgeState,
    BadgeStateError,
    award_badge,
    begin_submission,
    decide_submission,
    find_badge_by_code,
    list_badges,
    read_credential,
    read_credential_jwt,
    read_did_document,
    read_status_list,
    refresh_status_lists,
    reinstate_badge,
    revoke_badge,
    suspend_badge,
)
from credentials.openbadges.jwt import check_claims, read_jwt, verify_jwt
from credentials.openbadges.keys import parse_jwk, parse_multikey
from credentials.openbadges.proofs import verify_proof
from credentials.openbadges.status_list import decode_bits, parse_index, read_bit
from credentials.outbox import OutboxMessage
from tests.submissions import SQL, judge_all, people, send


@pytest.fixture
def crew(institution):
    return people(institution)


def approved(institution, learner, advisor):
    with institution.begin() as work:
        submission_id = send(work, learner)
    with institution.begin() as work:
        judge_all(work, advisor, submission_id)
        return decide_submission(
            work, advisor_id=advisor, submission_id=submission_id, outcome=Outcome.ACCEPTED
        ).badge


def status_of(institution, badge):
    entry = badge.document["credentialStatus"]
    with institution.read() as work:
        listed = read_status_list(work, entry["statusListCredential"].rpartition("/")[2])
    bits = decode_bits(listed["credentialSubject"]["encodedList"])
    return read_bit(bits, parse_index(entry["statusListIndex"]))


def owed(institution, person_id):
    with institution.read() as work:
        query = select(OutboxMessage).where(OutboxMessage.person_id == person_id)
        return [(row.screen, row.args) for row in work.session.scalars(query)]


def test_an_approval_signs_a_badge_that_verifies(institution, crew):
    learner, advisor, _ = crew
    badge = approved(institution, learner, advisor)
    document = badge.document
    with institution.read() as work:
        did = read_did_document(work)
        assert read_credential(work, badge.credential_id) == document
    method = document["proof"][0]["verificationMethod"]
    assert method in did["assertionMethod"]
    key = parse_multikey(method.partition("#")[2])
    plain = {name: part for name, part in document.items() if name != "proof"}
    assert verify_proof(plain, document["proof"][0], key)
    assert document["issuer"]["id"] == did["id"] == "did:web:badges.example.org"
    assert badge.holder_name == "Ana Ruiz"
    assert badge.url == f"https://badges.example.org/credentials/{badge.credential_id}"


def test_a_badge_names_the_person_by_an_opaque_id_only(institution, crew):
    learner, advisor, _ = crew
    badge = approved(institution, learner, advisor)
    subject = badge.document["credentialSubject"]
    assert re.fullmatch(r"urn:uuid:[0-9a-f-]{36}", subject["id"])
    for secret in (learner, advisor, badge.badge_id, badge.code, badge.submission_id):
        assert secret not in badge.credential
    assert subject["id"] not in badge.url


def test_a_badge_says_what_its_holder_can_do_and_how_it_was_judged(institution, crew):
    learner, advisor, _ = crew
    subject = approved(institution, learner, advisor).document["credentialSubject"]
    said = json.dumps(subject, ensure_ascii=False)
    for words in ("join several tables", "one advisor", "foundation", '"30"'):
        assert words in said


def test_the_badge_runs_out_with_its_renewal(institution, crew, clock):
    learner, advisor, _ = crew
    badge = approved(institution, learner, advisor)
    assert badge.document["validUntil"] == "2029-03-02T09:00:00Z"


def test_the_learner_is_owed_the_badge_once(institution, crew):
    learner, advisor, _ = crew
    badge = approved(institution, learner, advisor)
    told = [args for screen, args in owed(institution, learner) if screen == "badge_awarded"]
    assert [args["badge_id"] for args in told] == [badge.badge_id]


def test_two_decisions_give_one_badge(institution, crew):
    learner, advisor, other = crew
    badge = approved(institution, learner, advisor)
    for again in (advisor, other):
        with pytest.raises(AlreadyDecidedError), institution.begin() as work:
            decide_submission(
                work,
                advisor_id=again,
                submission_id=badge.submission_id,
                outcome=Outcome.ACCEPTED,
            )
    with institution.read() as work:
        assert len(list_badges(work, person_id=learner)) == 1


def test_the_code_finds_the_badge_however_it_is_typed(institution, crew):
    learner, advisor, _ = crew
    badge = approved(institution, learner, advisor)
    with institution.read() as work:
        for typed in (badge.code, badge.code.lower().replace("-", " ")):
            assert find_badge_by_code(work, code=typed).badge_id == badge.badge_id
        assert find_badge_by_code(work, code="0000-0000-0001") is None


def test_suspending_sets_the_bit_and_reinstating_clears_it(institution, crew):
    learner, advisor, _ = crew
    badge = approved(institution, learner, advisor)
    assert not status_of(institution, badge)
    for change, expected in ((suspend_badge, True), (reinstate_badge, False), (revoke_badge, True)):
        with institution.begin() as work:
            changed = change(work, credential_id=badge.url, reason="An inquiry")
        assert status_of(institution, badge) is expected
    assert changed.state is BadgeState.REVOKED
    told = [args for screen, args in owed(institution, learner) if screen == "badge_state_changed"]
    assert [args["state"] for args in told] == ["suspended", "valid", "revoked"]


def test_a_revoked_badge_stays_revoked(institution, crew):
    learner, advisor, _ = crew
    badge = approved(institution, learner, advisor)
    with institution.begin() as work:
        revoke_badge(work, credential_id=badge.credential_id, reason="A mistake")
    for change in (reinstate_badge, suspend_badge, revoke_badge):
        with pytest.raises(BadgeStateError), institution.begin() as work:
            change(work, credential_id=badge.credential_id, reason="Again")


def test_status_lists_never_run_out(institution, crew, clock):
    learner, advisor, _ = crew
    badge = approved(institution, learner, advisor)
    clock.advance(timedelta(days=400))
    list_id = badge.document["credentialStatus"]["statusListCredential"].rpartition("/")[2]
    with institution.read() as work:
        assert read_status_list(work, list_id)["validUntil"] > clock.now().isoformat()
    with institution.begin() as work:
        assert refresh_status_lists(work) == 1
        assert refresh_status_lists(work) == 0


def test_the_jwt_says_the_same(institution, crew):
    learner, advisor, _ = crew
    badge = approved(institution, learner, advisor)
    with institution.read() as work:
        token = read_jwt(read_credential_jwt(work, badge.credential_id))
        did = read_did_document(work)
    known = {entry["id"]: entry for entry in did["verificationMethod"]}
    assert verify_jwt(token, parse_jwk(known[token.header["kid"]]["publicKeyJwk"]))
    check_claims(token.payload)
    plain = {name: part for name, part in badge.document.items() if name != "proof"}
    assert token.document == plain


def test_nobody_earns_twice_what_they_hold(institution, crew, clock):
    learner, advisor, _ = crew
    approved(institution, learner, advisor)
    with pytest.raises(AlreadyEarnedError), institution.begin() as work:
        begin_submission(work, person_id=learner, achievement_code=SQL)
    clock.advance(timedelta(days=3 * 365 - 60))
    with institution.begin() as work:
        assert begin_submission(work, person_id=learner, achievement_code=SQL).asking == "criterion"


def test_a_list_of_names_needs_no_accounts(institution, crew):
    with institution.begin() as work:
        badge = award_badge(work, achievement_code=SQL, holder_name="Li  Na\u202e")
    assert badge.holder_name == "Li Na"
    assert "result" in badge.document["credentialSubject"]


def test_indexes_are_random_and_unique(institution, crew):
    with institution.begin() as work:
        badges = [award_badge(work, achievement_code=SQL) for _ in range(8)]
    indexes = [int(b.document["credentialStatus"]["statusListIndex"]) for b in badges]
    assert len(set(indexes)) == 8
    assert indexes != sorted(indexes) or indexes[0] != 0
