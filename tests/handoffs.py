"""A learner and an advisor who talk, and what they were owed by it."""

from sqlalchemy import func, select

from credentials.evidence import Upload
from credentials.evidence.uploads import FileKind
from credentials.handoff import (
    Content,
    ask_for_person,
    pass_on_kept,
    take_handoff,
    write_to_advisor,
)
from credentials.outbox import OutboxMessage


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
