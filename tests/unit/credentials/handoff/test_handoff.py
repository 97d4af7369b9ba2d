"""Hand-offs: one wish a learner, one advisor a wish, every word owed once, nothing left behind."""

import json
from datetime import UTC, datetime, timedelta
from threading import Barrier, Thread

import pytest
from pydantic import ValidationError
from sqlalchemy import func, select, update

from credentials.audit import AuditEvent
from credentials.drafts import current_draft
from credentials.errors import NotAllowedError
from credentials.evidence import Outcome, Upload
from credentials.evidence.models import EvidenceRow
from credentials.evidence.uploads import FileKind
from credentials.files import StoredFile, store_file
from credentials.handoff import (
    SILENCE,
    Content,
    Ending,
    HandoffOverError,
    HandoffTakenError,
    OwnDecisionError,
    OwnHandoffError,
    Reason,
    TooManyFilesError,
    TooMuchKeptError,
    ask_for_person,
    end_handoff,
    find_people,
    find_request,
    forget_old_handoffs,
    pass_on_kept,
    settle_handoffs,
    take_handoff,
    waiting_for,
    write_to_advisor,
    write_to_learner,
)
from credentials.handoff.messages import MAX_FILES, MAX_KEPT, in_parts
from credentials.handoff.models import HandoffMessageRow, HandoffRow
from credentials.issuing import decide_submission
from credentials.outbox import OutboxMessage
from credentials.people import mark_unreachable
from credentials.people.models import PersonRow, RoleRow
from credentials.reminders import claim_due_reminders, plan_reminders
from credentials.reminders.models import ReminderRow
from credentials.rights import erase_person, export_person
from credentials.settings import Settings
from tests.institutions import open_fresh
from tests.submissions import collect, judge_all, people, person, send

SECRET = "my private trouble"


@pytest.fixture
def trio(institution):
    """A learner and two advisors."""
    return people(institution)


def ask(institution, learner, **more):
    with institution.begin() as work:
        return ask_for_person(work, person_id=learner, **more).handoff.handoff_id


def take(institution, advisor, handoff_id):
    with institution.begin() as work:
        take_handoff(work, advisor_id=advisor, handoff_id=handoff_id)
        pass_on_kept(work, handoff_id=handoff_id)


def write(institution, learner, text="", upload=None):
    with institution.begin() as work:
        return write_to_advisor(work, person_id=learner, content=Content(text=text, upload=upload))


def talk(institution, learner, advisor):
    handoff_id = ask(institution, learner)
    take(institution, advisor, handoff_id)
    return handoff_id


def owed(institution, person_id, screen=None):
    with institution.read() as work:
        query = select(OutboxMessage).where(OutboxMessage.person_id == person_id)
        rows = work.session.scalars(query.order_by(OutboxMessage.message_id)).all()
        return [row for row in rows if screen in {None, row.screen}]


def texts(institution, person_id):
    return [row.args["text"] for row in owed(institution, person_id, "handoff_message")]


def a_file(content=b"SELECT 1", name="joins.sql"):
    return Upload(kind=FileKind.FILE, media_type="text/plain", name=name, content=content)


def count(institution, column, *conditions):
    with institution.read() as work:
        return work.session.scalar(select(func.count(column)).where(*conditions))


def test_one_wish_a_person_however_often_they_ask(institution, trio):
    learner, first, second = trio
    assert ask(institution, learner) == ask(institution, learner)
    for advisor in (first, second):
        (wanted,) = owed(institution, advisor, "handoff_wanted")
        assert wanted.args["learner"] == "Ana Ruiz"
        assert learner not in str(wanted.args)


def test_nobody_is_their_own_advisor_and_learners_are_none(institution, trio):
    learner, first, second = trio
    handoff_id = ask(institution, first)
    assert owed(institution, first, "handoff_wanted") == []
    with institution.begin() as work:
        assert waiting_for(work, advisor_id=first) == []
        assert [one.handoff_id for one in waiting_for(work, advisor_id=second)] == [handoff_id]
    with institution.begin() as work, pytest.raises(OwnHandoffError):
        take_handoff(work, advisor_id=first, handoff_id=handoff_id)
    with institution.begin() as work, pytest.raises(NotAllowedError):
        take_handoff(work, advisor_id=learner, handoff_id=handoff_id)
    with institution.begin() as work, pytest.raises(NotAllowedError):
        find_people(work, advisor_id=learner)


def test_of_two_advisors_at_the_same_instant_one_has_them(institution, trio):
    learner, *advisors = trio
    handoff_id = ask(institution, learner)
    together, outcomes = Barrier(2), []

    def race(advisor):
        together.wait()
        try:
            take(institution, advisor, handoff_id)
            outcomes.append("taken")
        except HandoffTakenError:
            outcomes.append("too late")

    threads = [Thread(target=race, args=(advisor,)) for advisor in advisors]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(outcomes) == ["taken", "too late"]
    assert len(owed(institution, learner, "handoff_joined")) == 1


def test_words_are_kept_in_their_order_and_each_is_owed_once(institution, trio):
    learner, first, _ = trio
    handoff_id = ask(institution, learner)
    for text in ("one", "two", "three"):
        write(institution, learner, text)
    assert texts(institution, first) == []
    take(institution, first, handoff_id)
    take(institution, first, handoff_id)
    write(institution, learner, "four")
    assert texts(institution, first) == ["one", "two", "three", "four"]


def test_no_more_is_kept_than_anybody_reads(institution, trio):
    learner = trio[0]
    ask(institution, learner)
    for number in range(MAX_KEPT):
        write(institution, learner, str(number))
    with pytest.raises(TooMuchKeptError):
        write(institution, learner, "one more")


def test_a_conversation_has_an_end_of_files_but_not_of_words(institution, trio):
    learner, first, _ = trio
    talk(institution, learner, first)
    for number in range(MAX_FILES):
        write(institution, learner, upload=a_file(content=str(number).encode()))
    with pytest.raises(TooManyFilesError):
        write(institution, learner, upload=a_file(content=b"more"))
    write(institution, learner, "still here")
    assert texts(institution, first)[-1] == "still here"


@pytest.mark.parametrize("text", ["", "  \n ", "x" * 4_097])
def test_nothing_and_too_much_are_refused(institution, trio, text):
    learner, first, _ = trio
    talk(institution, learner, first)
    with pytest.raises(Exception, match="nothing in it"):
        write(institution, learner, text)


@pytest.mark.parametrize("text", ["word " * 900, "\N{GRINNING FACE}" * 2_048, "a" * 4_096, ""])
def test_parts_fit_a_message_and_hold_everything(text):
    parts = in_parts(text.strip())
    assert all(len(part.encode("utf-16-le")) // 2 <= 3_500 for part in parts)
    assert " ".join(parts).replace(" ", "") == text.replace(" ", "")


def test_after_the_end_nothing_goes_through(institution, trio):
    learner, first, _ = trio
    handoff_id = talk(institution, learner, first)
    with institution.begin() as work:
        assert end_handoff(work, person_id=first).ending is Ending.ADVISOR
    with pytest.raises(HandoffOverError):
        write(institution, learner, "hello?")
    with institution.begin() as work, pytest.raises(HandoffOverError):
        write_to_learner(work, advisor_id=first, content=Content(text="hello?"))
    with institution.begin() as work, pytest.raises(HandoffOverError):
        end_handoff(work, person_id=learner, handoff_id=handoff_id)
    with institution.begin() as work:
        assert current_draft(work.session, first) is None
        assert current_draft(work.session, learner) is None


def test_nobody_ends_or_answers_a_conversation_of_others(institution, trio):
    learner, first, second = trio
    handoff_id = talk(institution, learner, first)
    with institution.begin() as work, pytest.raises(HandoffOverError):
        end_handoff(work, person_id=second, handoff_id=handoff_id)
    with institution.begin() as work, pytest.raises(HandoffOverError):
        write_to_learner(work, advisor_id=second, content=Content(text="hello"))


def test_an_appeal_goes_to_somebody_else_where_there_is_anybody(institution, trio):
    learner, first, second = trio
    with institution.begin() as work:
        submission_id = send(work, learner)
        judge_all(work, first, submission_id, ("met", "met", "not_yet"))
        decide_submission(
            work, advisor_id=first, submission_id=submission_id, outcome=Outcome.REJECTED
        )
    handoff_id = ask(institution, learner, reason=Reason.APPEAL, subject=submission_id)
    assert owed(institution, first, "handoff_wanted") == []
    assert owed(institution, second, "handoff_wanted")
    with institution.begin() as work, pytest.raises(OwnDecisionError):
        take_handoff(work, advisor_id=first, handoff_id=handoff_id)
    with institution.begin() as work:
        work.session.execute(RoleRow.__table__.delete().where(RoleRow.person_id == second))
    with institution.begin() as work:
        taken = take_handoff(work, advisor_id=first, handoff_id=handoff_id)
    assert taken.standing.title == {"en": "SQL Foundations"}


def test_the_advisor_hears_where_the_learner_stands(institution, trio):
    learner, first, _ = trio
    with institution.begin() as work:
        collect(work, learner)
    handoff_id = ask(institution, learner)
    with institution.begin() as work:
        standing = take_handoff(work, advisor_id=first, handoff_id=handoff_id).standing
    assert standing.title == {"en": "SQL Foundations"}
    assert standing.doing == "evidence"
    assert (standing.goal, standing.badges) == (None, 0)


def test_urgent_wishes_come_first_and_keep_no_words(institution, trio):
    learner, first, _ = trio
    with institution.begin() as work:
        other = person(work, 9, "Tia")
    ask(institution, other)
    ask(institution, learner, reason=Reason.URGENT, last_words=SECRET)
    with institution.begin() as work:
        assert [one.person_id for one in waiting_for(work, advisor_id=first)] == [learner, other]
        assert work.session.scalar(select(func.count(HandoffRow.last_words))) == 0
        events = work.session.scalars(select(AuditEvent).where(AuditEvent.subject.is_not(None)))
        assert all("urgent" not in json.dumps([e.event, e.detail]) for e in events)


def test_a_wish_that_becomes_urgent_is_told_again_and_only_once(institution, trio, clock):
    learner, first, _ = trio
    clock.advance(timedelta(hours=10))  # nobody is there
    for reason in (Reason.ASKED, Reason.URGENT, Reason.URGENT, Reason.ASKED):
        ask(institution, learner, reason=reason)
        clock.advance(timedelta(minutes=1))
    wanted = owed(institution, first, "handoff_wanted")
    assert [row.state for row in wanted] == ["dropped", "waiting"]
    assert wanted[1].not_before == wanted[1].created_at


def test_silence_ends_it_and_words_put_that_off(institution, trio, clock):
    learner, first, _ = trio
    talk(institution, learner, first)
    clock.advance(SILENCE - timedelta(minutes=1))
    write(institution, learner, "just a moment")
    clock.advance(timedelta(minutes=2))
    with institution.begin() as work:
        assert settle_handoffs(work) == []
    clock.advance(SILENCE)
    with institution.begin() as work:
        assert [one.ending for one in settle_handoffs(work)] == [Ending.SILENCE]
    assert owed(institution, first, "handoff_closed")[0].args["ending"] == "silence"
    with institution.begin() as work:
        assert settle_handoffs(work) == []


def test_a_wish_nobody_answers_ends_after_two_weeks(institution, trio, clock):
    learner = trio[0]
    ask(institution, learner)
    clock.advance(timedelta(days=14, minutes=1))
    with institution.begin() as work:
        assert [one.ending for one in settle_handoffs(work)] == [Ending.NOBODY]
        assert find_request(work, person_id=learner) is None
        assert current_draft(work.session, learner) is None


@pytest.mark.parametrize("leaving", ["role", "blocked", "erased"])
def test_when_the_advisor_goes_the_learner_waits_for_another(institution, trio, leaving):
    learner, first, second = trio
    handoff_id = talk(institution, learner, first)
    with institution.begin() as work:
        if leaving == "role":
            work.session.execute(RoleRow.__table__.delete().where(RoleRow.person_id == first))
        elif leaving == "blocked":
            mark_unreachable(work, first)
        else:
            erase_person(work, person_id=first)
    with institution.begin() as work:
        settle_handoffs(work)
    assert owed(institution, learner, "handoff_given_back")
    write(institution, learner, "is anybody there?")
    assert texts(institution, first) == []
    take(institution, second, handoff_id)
    assert texts(institution, second) == ["is anybody there?"]


def test_the_first_word_after_an_advisor_lost_the_role_does_not_reach_them(institution, trio):
    learner, first, _ = trio
    talk(institution, learner, first)
    with institution.begin() as work:
        work.session.execute(RoleRow.__table__.delete().where(RoleRow.person_id == first))
    write(institution, learner, SECRET)
    assert texts(institution, first) == []


def test_everything_of_a_learner_is_exported_and_erased(institution, trio):
    learner, first, _ = trio
    talk(institution, learner, first)
    write(institution, learner, SECRET)
    write(institution, learner, upload=a_file())
    with institution.begin() as work:
        write_to_learner(work, advisor_id=first, content=Content(text="my answer"))
        document = json.dumps(export_person(work, person_id=learner), default=str)
    assert SECRET in document
    assert "my answer" in document
    assert first not in document
    with institution.begin() as work:
        erase_person(work, person_id=learner)
    assert count(institution, HandoffRow.handoff_id) == 0
    assert count(institution, HandoffMessageRow.message_id) == 0
    assert count(institution, StoredFile.sha256) == 0
    with institution.read() as work:
        said = [json.dumps(row.args) for row in work.session.scalars(select(OutboxMessage))]
    assert not any(SECRET in text for text in said)
    assert owed(institution, first, "handoff_closed")[0].args["learner"] is None


def test_what_an_advisor_said_stays_the_learners_without_their_name(institution, trio):
    learner, first, _ = trio
    talk(institution, learner, first)
    with institution.begin() as work:
        write_to_learner(work, advisor_id=first, content=Content(text="my answer"))
        document = json.dumps(export_person(work, person_id=first), default=str)
    assert "my answer" in document
    assert learner not in document
    with institution.begin() as work:
        erase_person(work, person_id=first)
        export = export_person(work, person_id=learner)
    assert [row["text"] for row in export["data"]["handoff_messages"]] == ["my answer"]
    assert count(institution, HandoffMessageRow.author_id) == 0


def test_a_file_both_sent_and_shown_as_work_stays_as_long_as_either(institution, trio):
    learner, first, _ = trio
    talk(institution, learner, first)
    with institution.begin() as work:
        submission_id = send(work, learner)
        kept = store_file(work.session, b"SELECT 1", now=work.now)
        work.session.execute(
            update(EvidenceRow)
            .where(EvidenceRow.submission_id == submission_id)
            .values(sha256=kept.sha256)
        )
    write(institution, learner, upload=a_file())
    with institution.begin() as work:
        end_handoff(work, person_id=learner)
        work.session.execute(update(HandoffRow).values(closed_at=work.now - timedelta(days=31)))
        forget_old_handoffs(work)
    assert count(institution, HandoffMessageRow.message_id) == 0
    assert count(institution, StoredFile.sha256) == 1


def test_conversations_are_forgotten_a_month_after_their_end(institution, trio, clock):
    learner, first, _ = trio
    talk(institution, learner, first)
    write(institution, learner, upload=a_file())
    with institution.begin() as work:
        end_handoff(work, person_id=learner)
    clock.advance(timedelta(days=29))
    with institution.begin() as work:
        forget_old_handoffs(work)
    assert count(institution, HandoffMessageRow.message_id) == 1
    clock.advance(timedelta(days=2))
    with institution.begin() as work:
        forget_old_handoffs(work)
    assert count(institution, HandoffRow.handoff_id) == count(institution, StoredFile.sha256) == 0


def test_no_reminder_comes_into_a_conversation_and_none_is_lost(institution, trio, clock):
    learner, first, _ = trio
    with institution.begin() as work:
        work.session.add(
            ReminderRow(
                reminder_id="r", person_id=learner, kind="study", rule="FREQ=DAILY",
                starts_on=work.now.date(), local_time=work.now.time(), zone="UTC",
                next_due=work.now, told=0, created_at=work.now,
            )
        )  # fmt: skip
    talk(institution, learner, first)
    before = clock.now()
    with institution.begin() as work:
        assert claim_due_reminders(work, awake_since=before).owed == 0
        end_handoff(work, person_id=learner)
    clock.advance(timedelta(minutes=11))
    with institution.begin() as work:
        assert claim_due_reminders(work, awake_since=before).owed == 1


def test_who_waits_stands_in_the_advisors_daily_message(institution, trio, clock):
    learner, first, _ = trio
    with institution.begin() as work:
        plan_reminders(work)
    ask(institution, learner)
    clock.advance(timedelta(days=1))
    with institution.begin() as work:
        claim_due_reminders(work, awake_since=clock.now() - timedelta(minutes=1))
    (nudge,) = owed(institution, first, "queue_nudge")
    assert (nudge.args["people"], nudge.args["count"]) == (1, 0)


@pytest.mark.parametrize(
    ("now", "opens"),
    [
        ("2026-03-27T15:59:00", None),  # Friday, 16:59 in Berlin
        ("2026-03-27T16:00:00", "2026-03-30T07:00:00"),  # the clocks change over the weekend
        ("2026-12-23T17:00:00", "2027-01-04T08:00:00"),  # closed over the holidays
    ],
)
def test_hours_are_the_institutions_and_know_its_clock(tmp_path, clock, now, opens):
    institution = settle_in(
        tmp_path, clock, "Mo-Fr 09:00-17:00; Dec 24-Jan 01 off", "Europe/Berlin"
    )
    clock.instant = datetime.fromisoformat(now).replace(tzinfo=UTC)
    learner, first, _ = people(institution)
    with institution.begin() as work:
        request = ask_for_person(work, person_id=learner)
    assert request.is_open == (opens is None)
    expected = datetime.fromisoformat(opens or now).replace(tzinfo=UTC)
    assert request.opens_at == expected
    assert owed(institution, first, "handoff_wanted")[0].not_before == expected


def test_hours_that_never_come_promise_nothing(tmp_path, clock):
    institution = settle_in(tmp_path, clock, "off", "UTC")
    learner, *_ = people(institution)
    with institution.begin() as work:
        request = ask_for_person(work, person_id=learner)
    assert (request.opens_at, request.is_open) == (None, False)


@pytest.mark.parametrize("given", [{"advisor_hours": "nine to five"}, {"advisor_zone": "Mars"}])
def test_hours_nobody_can_read_are_refused_at_the_start(given):
    with pytest.raises(ValidationError):
        Settings(**given)


def settle_in(tmp_path, clock, hours, zone):
    return open_fresh(tmp_path, clock, advisor_hours=hours, advisor_zone=zone)


def test_a_person_is_known_by_the_name_they_have_everywhere(institution, trio):
    learner, first, _ = trio
    with institution.begin() as work:
        work.session.execute(
            update(PersonRow).where(PersonRow.person_id == learner).values(badge_name="A. Ruiz")
        )
    talk(institution, learner, first)
    write(institution, learner, "hello")
    (message,) = owed(institution, first, "handoff_message")
    assert message.args["learner"] == "A. Ruiz"
    assert "telegram" not in json.dumps(message.args)
