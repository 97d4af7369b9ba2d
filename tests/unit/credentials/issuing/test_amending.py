"""An advisor changes what is said of a badge: with a reason, confirmed, and the holder is told."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from credentials.audit import AuditEvent
from credentials.drafts import current_draft
from credentials.errors import NotAllowedError, StaleError
from credentials.evidence.reviewing import CommentTooLongError
from credentials.issuing import (
    BadgeState,
    Change,
    badge_to_amend,
    begin_change,
    find_badge,
    find_issued,
    give_reason,
    list_issued,
    make_change,
    resume_change,
    revoke_badge,
)
from credentials.issuing.amending import PAGE, OwnBadgeError
from credentials.outbox import OutboxMessage
from tests.issued import issue
from tests.submissions import people

WHY = "The work was somebody else's."


@pytest.fixture
def staff(institution):
    """A learner and two advisors."""
    return people(institution)


def choose(institution, advisor, badge, change, why=WHY):
    """Begin a change and say why."""
    with institution.begin() as work:
        begin_change(work, advisor_id=advisor, badge_id=badge.badge_id, change=change)
    with institution.begin() as work:
        return give_reason(work, advisor_id=advisor, text=why)


def confirm(institution, advisor, badge, change):
    with institution.begin() as work:
        return make_change(work, advisor_id=advisor, badge_id=badge.badge_id, change=change)


def told(institution, person):
    with institution.read() as work:
        query = select(OutboxMessage).where(OutboxMessage.person_id == person)
        return [(row.screen, row.args) for row in work.session.scalars(query)]


def state_of(institution, badge):
    with institution.read() as work:
        return find_badge(work, badge_id=badge.badge_id).state


@pytest.mark.parametrize(
    ("before", "change", "after"),
    [
        ((), Change.SUSPEND, BadgeState.SUSPENDED),
        ((), Change.REVOKE, BadgeState.REVOKED),
        ((Change.SUSPEND,), Change.REINSTATE, BadgeState.VALID),
        ((Change.SUSPEND,), Change.REVOKE, BadgeState.REVOKED),
    ],
)
def test_a_confirmed_change_is_made_and_the_holder_reads_why(
    institution, staff, before, change, after
):
    learner, grace, _ = staff
    badge = issue(institution, person_id=learner)
    for earlier in before:
        choose(institution, grace, badge, earlier)
        confirm(institution, grace, badge, earlier)
    found = choose(institution, grace, badge, change)
    assert (found.reason, found.is_told, found.holder) == (WHY, True, "Ana Ruiz")
    confirm(institution, grace, badge, change)
    assert state_of(institution, badge) == after
    screen, args = told(institution, learner)[-1]
    assert (screen, args["state"], args["reason"]) == ("badge_state_changed", after, WHY)
    with institution.read() as work:
        assert current_draft(work.session, grace) is None
        last = work.session.scalars(select(AuditEvent).order_by(AuditEvent.event_id.desc())).first()
        assert last.actor == grace


def test_a_badge_is_issued_anew_and_the_holder_gets_the_copy(institution, staff, clock):
    learner, grace, _ = staff
    badge = issue(institution, person_id=learner)
    clock.advance(timedelta(days=2))
    choose(institution, grace, badge, Change.REISSUE)
    anew = confirm(institution, grace, badge, Change.REISSUE).badge
    assert anew.document["validFrom"] > badge.document["validFrom"]
    screen, args = told(institution, learner)[-1]
    assert (screen, args["is_anew"], args["comment"]) == ("badge_awarded", True, WHY)


def test_nothing_happens_before_it_is_confirmed(institution, staff):
    learner, grace, _ = staff
    badge = issue(institution, person_id=learner)
    with pytest.raises(StaleError):
        confirm(institution, grace, badge, Change.REVOKE)
    with institution.begin() as work:
        begin_change(work, advisor_id=grace, badge_id=badge.badge_id, change=Change.REVOKE)
    with pytest.raises(StaleError):
        confirm(institution, grace, badge, Change.REVOKE)
    choose(institution, grace, badge, Change.SUSPEND)
    with pytest.raises(StaleError):
        confirm(institution, grace, badge, Change.REVOKE)
    assert state_of(institution, badge) == "valid"
    assert told(institution, learner) == []


def test_going_back_drops_what_was_begun(institution, staff):
    learner, grace, _ = staff
    badge = issue(institution, person_id=learner)
    choose(institution, grace, badge, Change.REVOKE)
    with institution.begin() as work:
        find_issued(work, advisor_id=grace, badge_id=badge.badge_id)
        assert resume_change(work, advisor_id=grace) is None
    with pytest.raises(StaleError):
        confirm(institution, grace, badge, Change.REVOKE)


def test_a_second_advisor_finds_what_the_first_has_done(institution, staff):
    learner, grace, alan = staff
    badge = issue(institution, person_id=learner)
    for advisor in (grace, alan):
        choose(institution, advisor, badge, Change.REVOKE)
    confirm(institution, grace, badge, Change.REVOKE)
    with pytest.raises(StaleError):
        confirm(institution, alan, badge, Change.REVOKE)
    assert len(told(institution, learner)) == 1


def test_a_confirmation_that_comes_twice_is_made_once(institution, staff):
    learner, grace, _ = staff
    badge = issue(institution, person_id=learner)
    choose(institution, grace, badge, Change.REVOKE)
    confirm(institution, grace, badge, Change.REVOKE)
    with pytest.raises(StaleError):
        confirm(institution, grace, badge, Change.REVOKE)
    assert len(told(institution, learner)) == 1


def test_what_is_withdrawn_stays_withdrawn(institution, staff):
    learner, grace, _ = staff
    badge = issue(institution, person_id=learner)
    with institution.begin() as work:
        revoke_badge(work, credential_id=badge.credential_id, reason="A test")
    with institution.begin() as work:
        assert find_issued(work, advisor_id=grace, badge_id=badge.badge_id).changes == ()
    for change in Change:
        with institution.begin() as work, pytest.raises(StaleError):
            begin_change(work, advisor_id=grace, badge_id=badge.badge_id, change=change)


def test_nobody_changes_their_own_badge_and_learners_none(institution, staff):
    learner, grace, alan = staff
    own, other = issue(institution, person_id=grace), issue(institution, person_id=learner)
    with institution.begin() as work:
        assert find_issued(work, advisor_id=grace, badge_id=own.badge_id).changes == ()
        assert badge_to_amend(work, person_id=grace, url=own.url) is None
        assert badge_to_amend(work, person_id=alan, url=own.url) == own.badge_id
        assert badge_to_amend(work, person_id=learner, url=other.url) is None
        assert badge_to_amend(work, person_id=alan, url="https://elsewhere.example/x") is None
        with pytest.raises(OwnBadgeError):
            begin_change(work, advisor_id=grace, badge_id=own.badge_id, change=Change.REVOKE)
        for badge in (own, other):
            with pytest.raises(NotAllowedError):
                begin_change(
                    work, advisor_id=learner, badge_id=badge.badge_id, change=Change.REVOKE
                )
        for look in (find_issued, begin_change):
            more = {"change": Change.SUSPEND} if look is begin_change else {}
            with pytest.raises(NotAllowedError):
                look(work, advisor_id=learner, badge_id=other.badge_id, **more)
        with pytest.raises(NotAllowedError):
            list_issued(work, advisor_id=learner)


def test_a_reason_that_is_too_long_is_asked_for_again(institution, staff):
    learner, grace, _ = staff
    badge = issue(institution, person_id=learner)
    with pytest.raises(CommentTooLongError):
        choose(institution, grace, badge, Change.SUSPEND, "word " * 101)
    with institution.begin() as work:
        assert resume_change(work, advisor_id=grace).reason is None
        give_reason(work, advisor_id=grace, text=WHY)
    assert confirm(institution, grace, badge, Change.SUSPEND).badge.state == "suspended"


def test_a_badge_of_nobody_we_know_is_changed_without_a_message(institution, staff):
    _, grace, _ = staff
    badge = issue(institution)
    found = choose(institution, grace, badge, Change.REVOKE)
    assert (found.is_told, found.holder) == (False, "Ana Ruiz")
    assert confirm(institution, grace, badge, Change.REVOKE).badge.state == "revoked"


def test_the_list_turns_pages_without_leaving_anything_out(institution, staff, clock):
    _, grace, _ = staff
    made = []
    for number in range(2 * PAGE + 3):
        made.append(issue(institution).badge_id)
        if number % 3 == 0:  # some at the same instant
            clock.advance(timedelta(seconds=1))
    found, older = [], None
    with institution.read() as work:
        while True:
            page = list_issued(work, advisor_id=grace, older=older)
            found += [item.badge for item in page.items]
            older = page.older
            if older is None:
                break
    assert sorted(badge.badge_id for badge in found) == sorted(made)
    times = [badge.issued_at for badge in found]
    assert times == sorted(times, reverse=True)
