"""What learner and advisor write to each other: kept, owed to the other one, once each."""

from dataclasses import dataclass

from sqlalchemy import ColumnElement, func, or_, select, update

from credentials.database import new_short_id
from credentials.errors import CredentialsError, InvalidInputError, NotFoundError
from credentials.evidence import Upload
from credentials.fault_points import RELAY_KEPT, RELAY_OWED, RELAY_SENT, reach
from credentials.files import delete_unused_files, read_file, store_file
from credentials.handoff.asking import expect_words, tell_advisors
from credentials.handoff.handoffs import (
    Handoff,
    HandoffOverError,
    State,
    active_row,
    locked_row,
    open_rows,
    open_with,
    view,
)
from credentials.handoff.hours import opens_at
from credentials.handoff.models import HandoffMessageRow, HandoffRow
from credentials.outbox import MessageClass, enqueue
from credentials.people import Role, find_person
from credentials.unit_of_work import Work

MAX_KEPT = 20  # messages that wait for an advisor
MAX_FILES = 30  # in one conversation
MAX_TEXT = 4_096  # characters
PART = 3_500  # UTF-16 units; Telegram takes 4,096 with the sender's name


class TooMuchKeptError(CredentialsError):
    """Enough waits for the advisor to read."""

    code = "too_much_kept"


class TooManyFilesError(CredentialsError):
    """Enough files for one conversation."""

    code = "too_many_files"


@dataclass(frozen=True, kw_only=True)
class Content:
    """What somebody wrote or sent. `source_id` numbers it in their chat."""

    text: str = ""
    upload: Upload | None = None
    source_id: int | None = None


def write_to_advisor(work: Work, *, person_id: str, content: Content) -> Handoff:
    """Pass a learner's message on, or keep it for the advisor who comes.

    Raises:
        HandoffOverError: they have not asked for anybody.
        TooMuchKeptError, TooManyFilesError: that is enough.
    """
    row = active_row(work, person_id, lock=True)
    if row is None:
        raise HandoffOverError
    if row.state == State.OPEN and not _is_there(work, row):
        give_back(work, row)
    if row.state == State.WAITING and len(kept_messages(work, row)) >= MAX_KEPT:
        raise TooMuchKeptError(limit=MAX_KEPT)
    message = _keep(work, person_id, content, row=row, is_from_learner=True)
    if row.state == State.OPEN:
        pass_on(work, row, message)
    return view(work, row)


def pass_on_last_words(work: Work, *, person_id: str, handoff_id: str) -> Handoff:
    """The person agrees that what they wrote before goes to the advisor.

    Raises:
        HandoffOverError: it has ended, or the words have gone already.
    """
    row = active_row(work, person_id, lock=True)
    if row is None or row.handoff_id != handoff_id or not row.last_words:
        raise HandoffOverError
    words, row.last_words = row.last_words, None
    return write_to_advisor(work, person_id=person_id, content=Content(text=words))


def write_to_learner(
    work: Work, *, advisor_id: str, content: Content, reply_to: int | None = None
) -> list[Handoff]:
    """Pass an advisor's message on to the learner it is for.

    `reply_to` numbers the message in their chat that they reply to. Empty when it went; otherwise
    the conversations to choose from, and the message waits for the choice.

    Raises:
        HandoffOverError: they talk to nobody.
    """
    meant = addressee(work, advisor_id=advisor_id, reply_to=reply_to)
    rows = open_rows(work, advisor_id)
    if meant is None and len(rows) > 1:
        _keep(work, advisor_id, content, row=None, is_from_learner=False)
        return open_with(work, advisor_id=advisor_id)
    if meant is None and not rows:
        raise HandoffOverError
    row = locked_row(work, meant or rows[0].handoff_id)
    _require_open(row, advisor_id)
    message = _keep(work, advisor_id, content, row=row, is_from_learner=False)
    pass_on(work, row, message)
    return []


def address(work: Work, *, advisor_id: str, handoff_id: str) -> Handoff:
    """Say for whom the messages are that wait for it.

    Raises:
        HandoffOverError: that conversation has ended.
    """
    row = locked_row(work, handoff_id)
    _require_open(row, advisor_id)
    for message in _unaddressed(work, advisor_id):
        message.handoff_id, message.position = handoff_id, _next_position(work, handoff_id)
        work.session.flush()
        pass_on(work, row, message)
    return view(work, row)


def drop_unaddressed(work: Work, *, advisor_id: str) -> None:
    """They are for nobody."""
    rows = _unaddressed(work, advisor_id)
    files = [row.sha256 for row in rows if row.sha256]
    for row in rows:
        work.session.delete(row)
    work.session.flush()
    delete_unused_files(work.session, files)


def addressee(work: Work, *, advisor_id: str, reply_to: int | None) -> str | None:
    """The conversation whose message an advisor replies to, over or not; None when it is none."""
    return _replied_to(work, advisor_id, reply_to, HandoffRow.advisor_id == advisor_id)


def is_reply_to_advisor(work: Work, *, person_id: str, reply_to: int | None) -> bool:
    """Whether a learner replies to a message of a conversation of theirs, over or not."""
    return _replied_to(work, person_id, reply_to, HandoffRow.person_id == person_id) is not None


def change_message(work: Work, *, author_id: str, source_id: int, text: str) -> bool:
    """Somebody has changed what they wrote; False when it is no message of a conversation."""
    message = work.session.scalar(
        select(HandoffMessageRow).where(
            HandoffMessageRow.author_id == author_id, HandoffMessageRow.source_id == source_id
        )
    )
    row = (
        work.session.get(HandoffRow, message.handoff_id) if message and message.handoff_id else None
    )
    if message is None or (row is not None and row.state == State.CLOSED):
        return False
    if message.text == text:
        return True
    message.text = text
    if row is not None and message.passed_on_at is not None and row.state == State.OPEN:
        pass_on(work, row, message, is_changed=True)
    return True


def note_delivered(work: Work, *, message_id: str, number: int) -> None:
    """A message stands in the other one's chat under this number."""
    reach(RELAY_SENT)
    work.session.execute(
        update(HandoffMessageRow)
        .where(HandoffMessageRow.message_id == message_id)
        .values(delivered_as=number)
    )


def read_message_file(work: Work, *, message_id: str) -> tuple[bytes, str]:
    """A message's file and its name.

    Raises:
        NotFoundError: there is none any more.
    """
    row = work.session.get(HandoffMessageRow, message_id)
    if row is None or row.sha256 is None:
        raise NotFoundError("no such file")
    return read_file(work.session, row.sha256), row.file_name or "file"


def pass_on(
    work: Work, row: HandoffRow, message: HandoffMessageRow, *, is_changed: bool = False
) -> None:
    """Owe the message to the other one."""
    reach(RELAY_KEPT)
    recipient = row.advisor_id if message.is_from_learner else row.person_id
    assert recipient is not None
    sender = find_person(work, row.person_id)
    parts = in_parts(message.text)
    has_its_place = is_changed and message.delivered_as is not None and len(parts) == 1
    moment = f"{work.now.isoformat()}:" if is_changed else ""
    for place, text in enumerate(parts):
        enqueue(
            work.session,
            person_id=recipient,
            screen="handoff_message",
            args={
                "handoff_id": row.handoff_id,
                "message_id": message.message_id,
                "learner": sender.badge_name or sender.first_name,
                "is_from_learner": message.is_from_learner,
                "text": text,
                "form": _form(message) if place == 0 and not is_changed else None,
                "is_changed": is_changed,
            },
            message_class=MessageClass.RESULT,
            key=f"handoff:{row.handoff_id}:{message.message_id}:{moment}{recipient}:{place}",
            edit_target=message.delivered_as if has_its_place else None,
            now=work.now,
        )
    message.passed_on_at = row.touched_at = work.now
    work.session.flush()
    reach(RELAY_OWED)


def kept_messages(work: Work, row: HandoffRow) -> list[HandoffMessageRow]:
    """What waits to be passed on, in its order."""
    query = (
        select(HandoffMessageRow)
        .where(
            HandoffMessageRow.handoff_id == row.handoff_id,
            HandoffMessageRow.passed_on_at.is_(None),
        )
        .order_by(HandoffMessageRow.position, HandoffMessageRow.written_at)
    )
    return list(work.session.scalars(query))


def give_back(work: Work, row: HandoffRow) -> None:
    """The advisor has left: the learner waits for another one."""
    row.state, row.advisor_id, row.taken_at = State.WAITING, None, None
    row.queued_at = row.touched_at = work.now
    tell_advisors(work, row)
    expect_words(work, row)
    opening = opens_at(work)
    enqueue(
        work.session,
        person_id=row.person_id,
        screen="handoff_given_back",
        args={"opens_at": opening.isoformat() if opening and opening > work.now else None},
        message_class=MessageClass.RESULT,
        key=f"handoff:{row.handoff_id}:given_back:{work.now.isoformat()}",
        now=work.now,
    )


def in_parts(text: str) -> list[str]:
    """The text in pieces that fit a message, cut between words where there are any."""
    parts: list[str] = []
    rest = text
    while len(rest.encode("utf-16-le")) // 2 > PART:
        room = rest.encode("utf-16-le")[: PART * 2].decode("utf-16-le", "ignore")
        cut = max(room.rfind(" "), room.rfind("\n"))
        place = cut if cut > len(room) // 2 else len(room)
        parts.append(rest[:place].rstrip())
        rest = rest[place:].lstrip()
    return [*parts, rest]


def _is_there(work: Work, row: HandoffRow) -> bool:
    """Whether the advisor still is one."""
    return row.advisor_id is not None and Role.ADVISOR in find_person(work, row.advisor_id).roles


def _require_open(row: HandoffRow, advisor_id: str) -> None:
    if row.state != State.OPEN or row.advisor_id != advisor_id:
        raise HandoffOverError


def _form(message: HandoffMessageRow) -> str | None:
    """How Telegram shows the file."""
    if message.kind == "voice" and message.media_type != "audio/ogg":
        return "document"
    return {"photo": "photo", "voice": "voice", "file": "document"}.get(message.kind)


def _keep(
    work: Work, author_id: str, content: Content, *, row: HandoffRow | None, is_from_learner: bool
) -> HandoffMessageRow:
    upload, text = content.upload, content.text.strip()
    if (upload is None and not text) or len(text) > MAX_TEXT:
        raise InvalidInputError("nothing in it, or longer than any message of Telegram's")
    if upload is not None and row is not None and _count_files(work, row) >= MAX_FILES:
        raise TooManyFilesError(limit=MAX_FILES)
    kept = store_file(work.session, upload.content, now=work.now) if upload else None
    message = HandoffMessageRow(
        message_id=new_short_id(),
        handoff_id=row.handoff_id if row else None,
        author_id=author_id,
        is_from_learner=is_from_learner,
        kind=upload.kind if upload else "text",
        text=text,
        sha256=kept.sha256 if kept else None,
        media_type=upload.media_type if upload else None,
        file_name=upload.name if upload else None,
        source_id=content.source_id,
        written_at=work.now,
        position=_next_position(work, row.handoff_id if row else None),
    )
    work.session.add(message)
    if row is not None:
        row.touched_at = work.now
    work.session.flush()
    return message


def _replied_to(
    work: Work, reader_id: str, reply_to: int | None, is_theirs: ColumnElement[bool]
) -> str | None:
    if reply_to is None:
        return None
    own = (HandoffMessageRow.author_id == reader_id) & (HandoffMessageRow.source_id == reply_to)
    came = (HandoffMessageRow.author_id != reader_id) & (HandoffMessageRow.delivered_as == reply_to)
    return work.session.scalar(
        select(HandoffRow.handoff_id)
        .join(HandoffMessageRow, HandoffMessageRow.handoff_id == HandoffRow.handoff_id)
        .where(is_theirs, or_(own, came))
        .limit(1)
    )


def _unaddressed(work: Work, advisor_id: str) -> list[HandoffMessageRow]:
    query = (
        select(HandoffMessageRow)
        .where(
            HandoffMessageRow.author_id == advisor_id,
            HandoffMessageRow.handoff_id.is_(None),
            HandoffMessageRow.is_from_learner.is_(False),
        )
        .order_by(HandoffMessageRow.position)
    )
    return list(work.session.scalars(query))


def _count_files(work: Work, row: HandoffRow) -> int:
    query = select(func.count()).where(
        HandoffMessageRow.handoff_id == row.handoff_id, HandoffMessageRow.sha256.is_not(None)
    )
    return work.session.scalar(query) or 0


def _next_position(work: Work, handoff_id: str | None) -> int:
    query = select(func.max(HandoffMessageRow.position)).where(
        HandoffMessageRow.handoff_id == handoff_id
        if handoff_id
        else HandoffMessageRow.handoff_id.is_(None)
    )
    return (work.session.scalar(query) or 0) + 1
