"""Whatever is sent of a badge leads to the same answer; ours are judged as a stranger's."""

import json
from datetime import timedelta

import pytest

from credentials.enquiries.judging import (
    Desk,
    NoRecords,
    Snapshots,
    judge_by_code,
    judge_file,
    judge_text,
)
from credentials.issuing import reinstate_badge, reissue_badge, revoke_badge, suspend_badge
from credentials.openbadges.status_list import with_bit
from credentials.settings import Settings
from credentials.verification.resolution import Fetched, LookupFailedError, NoNetwork
from tests.issued import altered, baked, issue, picture
from tests.unit.credentials.verification.world import INDEX, NOW, World
from tests.unit.credentials.verification.world import badge as signed_badge


class Web:
    """The public web: address → bytes."""

    def __init__(self, pages=()):
        self.pages, self.asked = dict(pages), []

    def fetch(self, lookup):
        url = lookup.url
        self.asked.append(url)
        if url not in self.pages:
            raise LookupFailedError("unreachable")
        return Fetched(self.pages[url], "application/json")


@pytest.fixture
def badge(institution):
    return issue(institution)


@pytest.fixture
def web():
    return Web()


@pytest.fixture
def desk(institution, web):
    return Desk(
        records=Snapshots(institution),
        settings=institution.settings,
        network=web,
        now=institution.clock.now,
    )


def test_every_way_of_sending_a_fresh_badge_is_valid_without_asking_the_network(desk, badge, web):
    answers = [
        judge_text(desk, badge.code),
        judge_text(desk, badge.code.lower().replace("-", " ")),
        judge_text(desk, f"is {badge.code} real?"),
        judge_text(desk, badge.url),
        judge_text(desk, f"{badge.url}/image.png"),
        judge_text(desk, f"https://badges.example.org/verify?code={badge.code}"),
        judge_text(desk, f"https://t.me/ExampleBot?start=v_{badge.code}"),
        judge_text(desk, badge.credential),
        judge_file(desk, badge.credential.encode()),
        judge_file(desk, baked(badge.credential)),
        judge_file(desk, picture(badge.url)),
        judge_file(desk, picture(f"https://t.me/ExampleBot?start=v_{badge.code}", form="JPEG")),
    ]
    assert {answer.verdict.verdict for answer in answers} == {"valid"}
    assert len({answer.verdict.credential for answer in answers}) == 1
    assert {answer.page for answer in answers} == {badge.url}
    assert web.asked == []


def test_the_answer_tells_what_an_employer_wants_to_know(desk, badge):
    credential = judge_text(desk, badge.code).verdict.credential
    assert credential.holder_name == "Ana Ruiz"
    assert credential.can[0] == "join several tables"
    assert credential.judged_by == "one advisor"
    assert credential.identity_checked is False
    assert credential.hours == 30


def test_interview_questions_are_those_of_the_criteria_that_were_met(desk, badge):
    questions = judge_text(desk, badge.code).questions
    assert len(questions) == len(badge.achievement.criteria)
    assert questions[0] == badge.achievement.criteria[0].ask


def test_one_changed_word_is_not_genuine_and_shows_nothing(desk, badge):
    answer = judge_text(desk, altered(badge))
    assert (answer.verdict.verdict, answer.verdict.code) == ("invalid", "invalid_signature")
    assert answer.verdict.credential is None
    assert answer.questions == ()


def insert_context(document):
    document["@context"].append("https://w3id.org/security/data-integrity/v2")


def repeat_context(document):
    document["@context"].append(document["@context"][0])


def turn_a_set_around(document):
    document["credentialSubject"]["result"].reverse()


def say_a_type_twice(document):
    document["type"] *= 2


def say_nothing_more(document):
    document["credentialSubject"]["achievement"]["endorsement"] = []


@pytest.mark.parametrize(
    "change",
    [insert_context, repeat_context, turn_a_set_around, say_a_type_twice, say_nothing_more],
)
def test_a_change_that_the_seal_cannot_see_is_seen_by_who_issued_the_badge(desk, badge, change):
    document = json.loads(badge.credential)
    change(document)
    answer = judge_text(desk, json.dumps(document))
    assert (answer.verdict.verdict, answer.verdict.code) == ("invalid", "not_as_issued")
    assert answer.verdict.credential is None


def test_a_badge_written_down_in_another_layout_is_the_same(desk, badge):
    document = json.loads(badge.credential)
    document["proof"] = document["proof"][0]
    document["evidence"] = document["evidence"][0]
    text = json.dumps(dict(reversed(document.items())), indent=2, ensure_ascii=True)
    assert judge_text(desk, text).verdict.verdict == "valid"


def test_an_older_copy_is_judged_by_its_own_seal_and_place(institution, desk, badge, clock):
    clock.advance(timedelta(hours=1))
    with institution.begin() as work:
        newer = reissue_badge(work, credential_id=badge.credential_id, reason="a new name")
    assert judge_text(desk, badge.credential).verdict.code == "revoked"
    assert judge_text(desk, newer.credential).verdict.verdict == "valid"


def test_withdrawn_on_hold_and_standing_again(institution, desk, badge, clock):
    with institution.begin() as work:
        suspend_badge(work, credential_id=badge.credential_id, reason="a question")
    held = judge_text(desk, badge.code)
    assert (held.verdict.verdict, held.verdict.code) == ("invalid", "suspended")
    with institution.begin() as work:
        reinstate_badge(work, credential_id=badge.credential_id, reason="answered")
    assert judge_text(desk, badge.code).verdict.verdict == "valid"
    clock.advance(timedelta(days=1))
    with institution.begin() as work:
        revoke_badge(work, credential_id=badge.credential_id, reason="a mistake")
    gone = judge_text(desk, badge.code)
    assert (gone.verdict.code, gone.withdrawn_on) == ("revoked", clock.now())


def test_an_expired_badge_says_so(desk, badge, clock):
    clock.instant = badge.valid_until + timedelta(days=1)
    assert judge_text(desk, badge.code).verdict.code == "expired"


@pytest.mark.parametrize("code", ["7K3M-9QX2-ABCD", "0000-0000-0000", "ZZZZ-ZZZZ-ZZZ1"])
def test_a_code_never_given_is_like_a_mistyped_one(desk, badge, code):
    answer = judge_text(desk, code)
    assert (answer.verdict.verdict, answer.verdict.code) == ("could_not_check", "code_not_found")
    assert answer.page is None


def test_a_link_that_leads_nowhere_says_nothing_against_a_badge(desk, badge):
    for link, code in [
        ("https://elsewhere.example/badge", "link_unavailable"),
        ("https://badges.example.org/credentials/none", "no_badge_at_link"),
        ("https://badges.example.org/issuer", "well_formed"),
    ]:
        answer = judge_text(desk, link)
        assert answer.verdict.verdict in {"could_not_check", "invalid"}, code
        assert answer.source == link


def test_a_badge_of_ours_hosted_elsewhere_is_still_judged_by_its_seal(desk, badge, web):
    web.pages["https://portfolio.example/ana.json"] = badge.credential.encode()
    assert judge_text(desk, "https://portfolio.example/ana.json").verdict.verdict == "valid"


def test_a_stranger_using_our_address_is_not_us(desk, badge, web):
    forged = json.loads(badge.credential)
    forged["issuer"]["id"] = "did:web:evil.example"
    assert judge_text(desk, json.dumps(forged)).verdict.verdict != "valid"


@pytest.mark.parametrize(
    ("content", "verdict", "code"),
    [
        (b"", "could_not_check", "empty"),
        (b"\x00\x01\x02\xff", "could_not_check", "unknown_file"),
        (b"hello there", "could_not_check", "nothing_found"),
        (b'{"a": 1, "a": 2}', "invalid", "duplicate_key"),
        (b"{" * 100_000, "invalid", "malformed_json"),
        (b'{"@context": "https://w3id.org/openbadges/v2"}', "could_not_check", "open_badges_2"),
        (b'{"hello": "world"}', "invalid", "not_a_credential"),
        (b"\x89PNG\r\n\x1a\n" + b"\x00" * 100, "could_not_check", "unreadable_picture"),
        (b"\xff\xd8\xff" + b"\x00" * 100, "could_not_check", "unreadable_picture"),
    ],
)
def test_hostile_and_odd_files_get_a_verdict_and_never_a_crash(desk, content, verdict, code):
    answer = judge_file(desk, content)
    assert (answer.verdict.verdict, answer.verdict.code) == (verdict, code)
    assert answer.verdict.credential is None


def test_a_picture_without_a_code_asks_for_the_code(desk):
    assert judge_file(desk, picture()).verdict.code == "no_code_in_picture"


def test_two_badges_in_one_picture_are_refused(desk, badge):
    twice = baked(badge.credential)
    chunk = twice[twice.index(b"iTXt") - 4 : twice.index(b"IDAT") - 4]
    content = twice.replace(chunk, chunk + chunk)
    assert judge_file(desk, content).verdict.code == "two_credentials"


def test_looking_up_ends_when_the_time_is_over(institution, badge, web):
    ticks = iter([0.0, *([8.0] * 20)])
    slow = Desk(
        records=Snapshots(institution),
        settings=institution.settings,
        network=web,
        now=institution.clock.now,
        monotonic=lambda: next(ticks),
    )
    assert judge_text(slow, badge.credential).verdict.verdict == "could_not_check"


def test_all_looking_up_for_one_badge_shares_its_time():
    world, now, given = World(), [100.0], []

    class SlowWeb:
        def fetch(self, lookup):
            given.append(lookup.seconds)
            now[0] += 3.0
            return world.fetch(lookup)

    desk = Desk(
        records=NoRecords(),
        settings=Settings(public_url="https://elsewhere.example"),
        network=SlowWeb(),
        now=lambda: NOW,
        monotonic=lambda: now[0],
    )
    assert judge_text(desk, json.dumps(signed_badge())).verdict.verdict == "issuer_unknown"
    assert given == [7.5, 4.5]


def test_without_records_ours_cannot_be_looked_up_and_others_can(institution, badge):
    bare = Desk(
        records=NoRecords(),
        settings=institution.settings,
        network=NoNetwork(),
        now=institution.clock.now,
    )
    assert judge_text(bare, badge.code).verdict.code == "code_not_found"
    assert judge_text(bare, badge.credential).verdict.code == "issuer_not_resolved"


def test_without_records_a_revoked_badge_of_others_is_seen_to_be_revoked():
    world = World()
    world.bits = with_bit(world.bits, INDEX, is_set=True)
    desk = Desk(
        records=NoRecords(),
        settings=Settings(public_url="https://elsewhere.example"),
        network=world,
        now=lambda: NOW,
    )
    verdict = judge_text(desk, json.dumps(signed_badge())).verdict
    assert (verdict.verdict, verdict.code) == ("invalid", "revoked")


def test_inside_a_transaction_a_code_is_judged_without_the_network(institution, badge):
    with institution.begin() as work:
        assert judge_by_code(work, code=badge.code).verdict.verdict == "valid"
        assert judge_by_code(work, code="https://elsewhere.example/x").verdict.code == (
            "link_unavailable"
        )
