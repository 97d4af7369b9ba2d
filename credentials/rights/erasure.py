"""Erasing a person: what goes at once, what stays without a name, what is outside (GDPR art. 17).

The chat's number stays until the farewell has been sent; `finish_erasures` then forgets it.
"""

import json
from dataclasses import dataclass

from sqlalchemy import CompoundSelect, delete, or_, select, union, update

from credentials.audit import record
from credentials.database import Base
from credentials.evidence import State, list_submissions
from credentials.evidence.models import EvidenceRow, SubmissionRow
from credentials.files import delete_unused_files
from credentials.handoff import leave_handoffs
from credentials.handoff.models import HandoffMessageRow, HandoffRow
from credentials.issuing import list_badges
from credentials.outbox import OPEN, OutboxMessage
from credentials.people import find_person
from credentials.people.models import PersonRow
from credentials.rights.registry import PERSONAL, PersonalTable
from credentials.unit_of_work import Work


@dataclass(frozen=True, kw_only=True)
class ErasureNotice:
    """What erasing would meet: badges that stay on record, submissions under review, roles."""

    badges: int
    submissions: int
    roles: tuple[str, ...]


def describe_erasure(work: Work, *, person_id: str) -> ErasureNotice:
    """What a person should know before they confirm."""
    person = find_person(work, person_id)
    mine = list_submissions(work, person_id=person_id)
    return ErasureNotice(
        badges=len(list_badges(work, person_id=person_id)),
        submissions=sum(1 for one in mine if one.state is State.WAITING),
        roles=tuple(sorted(person.roles)),
    )


def erase_person(work: Work, *, person_id: str) -> ErasureNotice:
    """Delete profile, drafts, evidence, reminders, words; take the name off what stays.

    Somebody who writes again afterwards is a new person.

    Raises:
        NotFoundError: nobody has this id.
    """
    notice = describe_erasure(work, person_id=person_id)
    leave_handoffs(work, person_id=person_id)
    _forget_words_with_others(work, person_id)
    files = {name for name in work.session.scalars(_files_of(person_id)) if name}
    for table in _children_first():
        _erase(work, table, person_id)
    delete_unused_files(work.session, files)
    record(work.session, now=work.now, actor=person_id, event="person_erased", subject=person_id)
    work.session.expire_all()
    return notice


def finish_erasures(work: Work) -> int:
    """Forget the chats of erased people who have been told; returns how many."""
    waiting = (
        select(OutboxMessage.message_id)
        .where(OutboxMessage.person_id == PersonRow.person_id, OutboxMessage.state.in_(OPEN))
        .exists()
    )
    told = list(
        work.session.scalars(
            select(PersonRow).where(
                PersonRow.telegram_user_id.is_(None), PersonRow.chat_id.is_not(None), ~waiting
            )
        )
    )
    for row in told:
        row.chat_id, row.reachable, row.last_buttons = None, False, None
        work.session.execute(delete(OutboxMessage).where(OutboxMessage.person_id == row.person_id))
    return len(told)


def _files_of(person_id: str) -> CompoundSelect[str | None]:
    evidence = (
        select(EvidenceRow.sha256)
        .join(SubmissionRow, SubmissionRow.submission_id == EvidenceRow.submission_id)
        .where(SubmissionRow.person_id == person_id)
    )
    said = (
        select(HandoffMessageRow.sha256)
        .outerjoin(HandoffRow, HandoffRow.handoff_id == HandoffMessageRow.handoff_id)
        .where(
            or_(HandoffRow.person_id == person_id, HandoffMessageRow.author_id == person_id),
        )
    )
    return union(evidence, said)


def _erase(work: Work, table: PersonalTable, person_id: str) -> None:
    mine = table.mine(person_id)
    if table.erase:
        work.session.execute(
            delete(table.model).where(mine), execution_options={"synchronize_session": False}
        )
    elif table.blank:
        work.session.execute(
            update(table.model).where(mine).values(dict(table.blank)),
            execution_options={"synchronize_session": False},
        )


def _children_first() -> list[PersonalTable]:
    order = {table.name: place for place, table in enumerate(Base.metadata.sorted_tables)}
    return sorted(PERSONAL, key=lambda table: -order[table.model.__tablename__])


def _forget_words_with_others(work: Work, person_id: str) -> None:
    """Take the person's name and words out of what was, or will be, said to others."""
    others = OutboxMessage.person_id != person_id
    closed = OutboxMessage.state.not_in(OPEN)
    work.session.execute(update(OutboxMessage).where(others, closed).values(args={}))
    traces = _traces(work, person_id)
    for message in work.session.scalars(
        select(OutboxMessage).where(others, OutboxMessage.state.in_(OPEN))
    ):
        said = json.dumps(message.args, ensure_ascii=False)
        if any(trace in said for trace in traces):
            message.state, message.error, message.args = "dead", "erased", {}
    for row in work.session.scalars(select(PersonRow).where(PersonRow.last_buttons.is_not(None))):
        if any(trace in (row.last_buttons or "") for trace in traces):
            row.last_buttons = None
    work.session.flush()


def _traces(work: Work, person_id: str) -> list[str]:
    """The ids by which messages to others name what is the person's."""
    found: list[str] = []
    for table in PERSONAL:
        if table.known_by is not None:
            column = table.table.columns[table.known_by]
            found += work.session.scalars(select(column).where(table.mine(person_id)))
    return found
