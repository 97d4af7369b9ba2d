"""Every verdict has its words, the same in the chat and on the pages."""

import html
import re
from importlib import import_module

import pytest

from actions.screens.verify import (
    BadgeFacts,
    CheckFacts,
    InterviewQuestions,
    SkillFacts,
    VerdictCard,
    VerdictDetails,
    VerdictFacts,
    shown,
)
from bot.telegram.screens.drawing import draw
from bot.texts import Say, text_keys
from bot.texts.verdicts import FAILED, KINDS, UNKNOWN, describe
from credentials.verification.codes import CODES
from credentials.verification.verdict import Check, Outcome, decide

import_module("bot.telegram.screens.verify")

BADGE = BadgeFacts(
    id="https://badges.example.org/credentials/1",
    name="SQL Foundations",
    holder="Ana Ruiz",
    issuer="Example College",
    issuer_id="did:web:badges.example.org",
    issuer_host="badges.example.org",
    description="Asks questions of data.",
    awarded="2026-06-12T10:00:00+00:00",
    valid_from="2026-06-12T10:00:00+00:00",
    valid_until="2029-06-12T10:00:00+00:00",
    can=("join several tables", "aggregate with grouping", "explain a result to non-experts"),
    evidence=(("work sample", "own project"),),
    judged_by="one advisor",
    identity_checked=False,
    assessment=None,
    hours=30.0,
    level="intermediate",
    skills=(SkillFacts(name="SQL", framework="ESCO v1.1.1", code="598de5b0", url=None),),
)
QUESTIONS = ({"en": "Which join did you choose here?"}, {"en": "What would another have lost?"})
GOOD = {
    "well_formed": "well_formed",
    "valid_signature": "signature_holds",
    "registered_issuer": "issuer_registered",
    "expiration": "current",
    "revocation_status": "not_revoked",
}
SAY = Say()


def facts(badge=BADGE, **codes):
    """The facts of a verdict whose checks have these codes."""
    known = {**GOOD, **codes}
    checks = tuple(Check(name, CODES[name][code][0], code) for name, code in known.items())
    return VerdictFacts(
        verdict=decide(checks).value,
        checks=tuple(CheckFacts(name=c.name, outcome=c.outcome, code=c.code) for c in checks),
        checked_at="2026-06-13T10:00:00+00:00",
        badge=badge,
        page=BADGE.id,
        questions=QUESTIONS,
    )


def closed(check, code, outcome=None):
    """The facts when nothing of the content is shown."""
    found = Check(check, Outcome(outcome) if outcome else CODES[check][code][0], code)
    return VerdictFacts(
        verdict=decide([found]).value,
        checks=(CheckFacts(name=check, outcome=found.outcome, code=code),),
        checked_at="2026-06-13T10:00:00+00:00",
    )


def read(drawn):
    """The text as a phone shows it."""
    return html.unescape(re.sub("<[^>]+>", "", drawn.text))


def card(found, **changes):
    screen = VerdictCard(enquiry_id="abcdefghijkl", facts=found, is_fresh=True, **changes)
    return draw(screen, SAY)


def test_a_genuine_badge_says_what_its_holder_can_do_and_how_it_was_judged():
    text = card(facts()).text
    assert text.startswith("<b>Genuine and current.</b> Checked just now.")
    assert "Awarded to Ana Ruiz on Fri 12 June 2026, valid to Tue 12 June 2029" in text
    assert "by Example College" in text
    assert (
        "Can: join several tables; aggregate with grouping; explain a result to non-experts."
        in text
    )
    assert (
        "Judged from work sample (own project) by one advisor. About 30 h. Level: intermediate. "
        "Identity not checked." in text
    )
    assert len(read(card(facts()))) <= 700


VERDICTS = [
    (facts(expiration="expired"), "Genuine, but expired on Tue 12 June 2029."),
    (facts(expiration="not_yet_valid"), "Genuine, but valid only from Fri 12 June 2026."),
    (facts(revocation_status="revoked"), "Not valid: withdrawn by its issuer."),
    (facts(revocation_status="suspended"), "Currently on hold."),
    (facts(revocation_status="revoked", expiration="expired"), "Not valid: withdrawn"),
    (facts(registered_issuer="issuer_not_registered"), "Unaltered, but I don't know who issued"),
    (facts(revocation_status="status_list_unavailable"), "I couldn't check whether it was with"),
    (
        facts(
            revocation_status="status_list_unavailable", registered_issuer="issuer_not_registered"
        ),
        "I couldn't check whether it was withdrawn.",
    ),
    (closed("valid_signature", "invalid_signature"), "Not genuine: the seal doesn't match."),
    (closed("valid_signature", "issuer_not_resolved"), "I couldn't check the seal."),
    (closed("valid_signature", "key_revoked"), "Not genuine: sealed with a key that was stolen"),
    (closed("valid_signature", "no_proof"), "Not genuine: there is no seal on it."),
    (closed("valid_signature", "cryptosuite_not_supported"), "I can't check this kind of seal."),
    (closed("well_formed", "duplicate_key", "failed"), "This is not a proper badge file."),
    (closed("retrieved", "code_not_found"), "I don't know that code."),
    (closed("retrieved", "open_badges_2", "unknown"), "This is an Open Badges 2.0 badge."),
    (closed("retrieved", "no_code_in_picture", "unknown"), "I can't read a code in this picture."),
]


@pytest.mark.parametrize(("found", "headline"), VERDICTS)
def test_each_verdict_begins_with_its_own_words(found, headline):
    assert describe(found, SAY).headline.startswith(headline)
    assert read(card(found)).startswith(headline)


def test_an_expired_badge_of_an_unknown_issuer_is_not_called_genuine():
    words = describe(facts(expiration="expired", registered_issuer="issuer_not_registered"), SAY)
    assert words.headline.startswith("Unaltered, but expired")
    assert any("don't know who issued it" in note for note in words.notes)


def test_what_is_withdrawn_or_on_hold_tells_nothing_to_rely_on():
    for code in ("revoked", "suspended"):
        words = describe(facts(revocation_status=code), SAY)
        assert (words.can, words.judged, words.questions, words.skills) == ((), (), (), ())
        assert "Can:" not in card(facts(revocation_status=code)).text


@pytest.mark.parametrize(
    ("name", "code"), [(name, code) for name, codes in CODES.items() for code in codes]
)
def test_every_code_can_be_told_in_words(name, code):
    found = closed(name, code) if name != "registered_issuer" else facts(registered_issuer=code)
    words = describe(found, SAY)
    assert words.headline
    assert all(name and result for name, result, _ in words.checks)
    assert draw(VerdictDetails(enquiry_id="abcdefghijkl", facts=found), SAY).text


def test_try_again_is_offered_only_where_it_may_help():
    def labels(found):
        return [b.label for row in card(found, can_ask_again=True).rows for b in row]

    assert "Try again" in labels(facts(revocation_status="status_list_unavailable"))
    assert "Try again" in labels(closed("valid_signature", "issuer_not_resolved"))
    assert "Try again" not in labels(closed("retrieved", "code_not_found"))
    assert "Try again" not in labels(facts())


def test_names_are_escaped_and_cannot_change_how_the_rest_reads():
    hostile = BADGE.model_copy(update={"holder": '<a href="x">Ana</a>', "name": "<b>SQL"})
    text = card(facts(badge=hostile)).text
    assert "&lt;a href=" in text
    assert "<b>&lt;b&gt;SQL</b>" in text
    assert shown("Ana \u202eziuR\u200b\n\tX\x00") == "Ana ziuR X"
    assert len(shown("x" * 5_000)) <= 200


def test_the_longest_badge_still_fits_a_message():
    long = BADGE.model_copy(
        update={
            "holder": "H" * 200,
            "name": "N" * 200,
            "issuer": "I" * 200,
            "can": ("c" * 200,) * 12,
            "assessment": "a" * 600,
            "skills": (BADGE.skills[0],) * 24,
        }
    )
    for screen, limit in ((VerdictCard, 1_100), (VerdictDetails, 1_200), (InterviewQuestions, 700)):
        drawn = draw(screen(enquiry_id="abcdefghijkl", facts=facts(badge=long)), SAY)
        assert len(read(drawn)) <= limit, screen


def test_questions_are_numbered_and_lead_back():
    drawn = draw(InterviewQuestions(enquiry_id="abcdefghijkl", facts=facts()), SAY)
    assert "1. Which join did you choose here?" in drawn.text
    assert drawn.rows[-1][-1].label == "Back"


def test_a_badge_without_a_name_says_so():
    anonymous = facts(badge=BADGE.model_copy(update={"holder": None}))
    assert "Awarded on Fri 12 June 2026" in card(anonymous).text
    assert "carries no name" in card(anonymous).text


def test_every_kind_has_its_headline_and_its_reason():
    kinds = {*KINDS.values(), *FAILED.values(), *UNKNOWN.values()}
    assert {f"verdict-{kind}" for kind in kinds} <= text_keys("en")
    assert {f"verdict-{kind}-why" for kind in kinds - {"genuine"}} <= text_keys("en")


def test_only_a_valid_verdict_looks_good():
    for found, _ in VERDICTS:
        assert describe(found, SAY).tone != "good"
    assert describe(facts(), SAY).tone == "good"
