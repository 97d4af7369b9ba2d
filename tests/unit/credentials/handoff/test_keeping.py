"""What is kept of hand-offs, for how long, and who sees it."""

import json
from datetime import timedelta

from sqlalchemy import select, update

from credentials.evidence.models import EvidenceRow
from credentials.files import StoredFile, store_file
from credentials.handoff import (
    Content,
    end_handoff,
    forget_old_handoffs,
    write_to_learner,
)
from credentials.handoff.models import HandoffMessageRow, HandoffRow
from credentials.outbox import OutboxMessage
from credentials.people.models import PersonRow
from credentials.rights import erase_person, export_person
from tests.handoffs import a_file, count, owed, talk, write
from tests.submissions import send

SECRET = "my private trouble"


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
