"""Attacks through people and on the service itself, V46 to V50 and V60."""

import asyncio
import hashlib
import json
import threading

import pytest

from actions.screens.verify import VerdictFacts
from bot.texts import Say
from bot.texts.verdicts import describe
from bot.verifier import THREADS, BadgeDesk
from credentials.enquiries.answers import Answer
from credentials.enquiries.judging import Desk, Snapshots, judge_text
from credentials.enquiries.keeping import PER_MINUTE, TooManyEnquiriesError, begin_enquiry
from credentials.verification.recipients import Match, match_recipient
from credentials.verification.resolution import LookupFailedError, NoNetwork
from tests.issued import issue
from tests.unit.credentials.openbadges.samples import signer
from tests.unit.credentials.verification.world import NOW, World, badge, changed, signed, unsigned


def identity(kind="emailAddress", **changes):
    known = {"type": "IdentityObject", "hashed": True, "identityType": kind, **changes}
    return signed(changed("credentialSubject/identifier", [known], unsigned()))


def hashed(text, salt="", algorithm="sha256"):
    return f"{algorithm}${hashlib.new(algorithm, (text + salt).encode()).hexdigest()}"


MAIL = "a@example.com"
SALTED = "sha256$b5809d8a92f8858436d7e6b87c12ebc0ae1eac4baecc2c0b913aee2c922ef399"


@pytest.mark.parametrize(
    ("document", "given", "expected"),
    [
        (identity(identityHash=SALTED, salt="Kosher"), MAIL, Match.SAME),
        (
            identity(identityHash=SALTED.upper().replace("SHA", "sha"), salt="Kosher"),
            MAIL,
            Match.SAME,
        ),
        (identity(identityHash=SALTED, salt="Kosher"), "b@example.com", Match.OTHER),
        (identity(identityHash=SALTED, salt="Other"), MAIL, Match.OTHER),
        (identity(identityHash=hashed(MAIL)), MAIL, Match.GUESSABLE),
        (identity(identityHash=hashed(MAIL, "", "md5")), MAIL, Match.GUESSABLE),
        (identity(identityHash=hashed(MAIL, "s", "md5"), salt="s"), MAIL, Match.GUESSABLE),
        (identity(identityHash=MAIL, hashed=False), MAIL, Match.SAME),
        (identity(identityHash=MAIL, hashed=False), "B@example.com", Match.OTHER),
        (identity(identityHash="sha1$abc"), MAIL, Match.OTHER),
        (identity("name", identityHash="Ana Ruiz", hashed=False), MAIL, Match.UNSAID),
        (badge(holder_name=None), MAIL, Match.UNSAID),
    ],
    ids=range(12),
)
def test_v46_v47_a_badge_is_somebodys_only_if_the_address_says_so(document, given, expected):
    verdict = World().judge(document)
    assert verdict.verdict == "valid"
    assert match_recipient(verdict.credential, given) is expected


def test_v46_v48_a_genuine_badge_does_not_say_who_sent_it():
    verdict = World().judge(badge())
    words = describe(VerdictFacts.of(Answer(verdict=verdict, checked_at=NOW)), Say())
    assert words.kind == "genuine"
    assert any("doesn't say who sent it" in note for note in words.notes)


def test_v48_a_presentation_adds_nothing_to_the_badge_in_it():
    inner = badge()
    shown = {
        "@context": ["https://www.w3.org/ns/credentials/v2"],
        "type": ["VerifiablePresentation"],
        "holder": "did:web:evil.example",
        "verifiableCredential": [inner],
    }
    assert World().judge(shown).credential == World().judge(inner).credential
    assert World().judge({**shown, "verifiableCredential": [inner, inner]}).verdict == "invalid"


@pytest.fixture
def desk(institution):
    return Desk(
        records=Snapshots(institution),
        settings=institution.settings,
        network=NoNetwork(),
        now=institution.clock.now,
    )


def test_v49_a_stranger_with_our_addresses_in_it_is_not_us(desk, institution):
    ours = issue(institution)
    did = f"did:key:{signer().public_key_multibase}"
    forged = {**ours.document, "issuer": {**ours.document["issuer"], "id": did}}
    del forged["credentialStatus"]

    answer = judge_text(desk, json.dumps(signed(forged, signer(did=did))))
    assert answer.verdict.verdict == "issuer_unknown"
    assert (answer.page, answer.questions) == (None, ())


def test_v50_every_code_that_was_never_given_gets_the_same_answer(desk, institution):
    issue(institution)
    answers = {
        str(judge_text(desk, code).verdict)
        for code in ("0000-0000-0000", "ZZZZ-ZZZZ-ZZZ1", "7K3M-9QX2-ABCD")
    }
    assert len(answers) == 1


def test_v60_one_person_asks_ten_times_a_minute(institution):
    with institution.begin() as work:
        for _ in range(PER_MINUTE):
            begin_enquiry(work, person_id="somebody")
        with pytest.raises(TooManyEnquiriesError):
            begin_enquiry(work, person_id="somebody")
        begin_enquiry(work, person_id="another")


class Slow:
    """A web whose answers wait until they are let go."""

    def __init__(self):
        self.now, self.most, self.lock, self.go = 0, 0, threading.Lock(), threading.Event()
        self.full = threading.Event()

    def fetch(self, lookup):
        with self.lock:
            self.now += 1
            self.most = max(self.most, self.now)
            if self.now == THREADS:
                self.full.set()
        self.go.wait(10)
        with self.lock:
            self.now -= 1
        raise LookupFailedError("unreachable")


async def test_v60_a_flood_waits_its_turn(institution):
    slow = Slow()
    desk = BadgeDesk(institution, network=slow)
    asked = [desk.judge_text(f"https://elsewhere.example/{n}") for n in range(3 * THREADS)]
    judging = asyncio.gather(*asked)
    await asyncio.to_thread(slow.full.wait, 10)
    slow.go.set()
    answers = await judging
    desk.close()
    assert slow.most == THREADS
    assert {answer.verdict.verdict for answer in answers} == {"could_not_check"}
