"""Which tables hold something about a person, whose it is, and what erasing does to it.

Every table is either here or in `IMPERSONAL`; a test fails for one that is in neither.
"""

from collections.abc import Callable
from dataclasses import dataclass

from sqlalchemy import (
    ColumnElement,
    FromClause,
    Select,
    String,
    and_,
    cast,
    func,
    literal,
    not_,
    or_,
    select,
)

from credentials.audit import AuditEvent
from credentials.database import Base
from credentials.drafts import DraftRow
from credentials.evidence import State
from credentials.evidence.models import (
    EvidenceRow,
    JudgementRow,
    PassedOnRow,
    QueueNoticeRow,
    SubmissionRow,
)
from credentials.handoff.models import HandoffMessageRow, HandoffRow
from credentials.inbox import InboxUpdate
from credentials.issuing.models import IssuedBadgeRow
from credentials.outbox import OutboxMessage
from credentials.pathways.models import ProfileRow, StatementRow
from credentials.people.models import (
    InvitationRow,
    PersonRow,
    PreferencesRow,
    RoleRow,
)
from credentials.reminders.models import NudgeDayRow, ReminderRow
from credentials.sending_budget import SendingPace
from credentials.turns import TurnAnswer

Mine = Callable[[str], ColumnElement[bool]]


@dataclass(frozen=True, kw_only=True)
class PersonalTable:
    """A table with something about people.

    Attributes:
        mine: which rows are about the person with this id.
        erase: delete the rows; otherwise they stay, with the `blank` columns emptied.
        blank: column → what erasing leaves in it.
        hidden: columns an export leaves out: secrets, and what is about somebody else.
        known_by: the column others' messages name such a row by.
    """

    model: type[Base]
    mine: Mine
    erase: bool = False
    blank: tuple[tuple[str, object], ...] = ()
    hidden: frozenset[str] = frozenset()
    known_by: str | None = None

    @property
    def table(self) -> FromClause:
        return self.model.__table__


def _chat(person_id: str) -> ColumnElement[int]:
    return select(PersonRow.chat_id).where(PersonRow.person_id == person_id).scalar_subquery()


def _turns(person_id: str) -> ColumnElement[bool]:
    """Answers are known by the update they answer, `bot:update`."""
    key = func.concat(
        cast(InboxUpdate.bot_id, String), literal(":"), cast(InboxUpdate.update_id, String)
    )
    return TurnAnswer.update_id.in_(select(key).where(InboxUpdate.chat_id == _chat(person_id)))


def _said_in_own_handoffs(person_id: str) -> ColumnElement[bool]:
    own = select(HandoffRow.handoff_id).where(HandoffRow.person_id == person_id)
    unaddressed = and_(
        HandoffMessageRow.author_id == person_id, HandoffMessageRow.handoff_id.is_(None)
    )
    return or_(HandoffMessageRow.handoff_id.in_(own), unaddressed)


def _submission(person_id: str, *, is_approved: bool) -> ColumnElement[bool]:
    approved = SubmissionRow.state == State.ACCEPTED
    return and_(SubmissionRow.person_id == person_id, approved if is_approved else not_(approved))


def _submissions(person_id: str, *, is_approved: bool) -> Select[str]:
    return select(SubmissionRow.submission_id).where(
        _submission(person_id, is_approved=is_approved)
    )


PERSONAL: tuple[PersonalTable, ...] = (
    PersonalTable(
        model=PersonRow,
        known_by="person_id",
        mine=lambda person_id: PersonRow.person_id == person_id,
        blank=(
            ("telegram_user_id", None),
            ("first_name", None),
            ("badge_name", None),
            ("zone", None),
            ("last_buttons", None),
            ("proactive", False),
        ),
    ),
    PersonalTable(
        model=PreferencesRow,
        mine=lambda person_id: PreferencesRow.person_id == person_id,
        erase=True,
    ),
    PersonalTable(model=RoleRow, mine=lambda person_id: RoleRow.person_id == person_id, erase=True),
    PersonalTable(
        model=InvitationRow,
        mine=lambda person_id: InvitationRow.used_by == person_id,
        hidden=frozenset({"token_hash"}),
    ),
    PersonalTable(
        model=HandoffMessageRow,
        mine=_said_in_own_handoffs,
        erase=True,
        hidden=frozenset({"author_id", "source_id", "delivered_as"}),
    ),
    # What somebody said as an advisor belongs to the learner's conversation.
    PersonalTable(
        model=HandoffMessageRow,
        mine=lambda person_id: and_(
            HandoffMessageRow.author_id == person_id,
            HandoffMessageRow.is_from_learner.is_(False),
            HandoffMessageRow.handoff_id.is_not(None),
        ),
        blank=(("author_id", None),),
        hidden=frozenset({"handoff_id", "source_id", "delivered_as"}),
    ),
    PersonalTable(
        model=HandoffRow,
        mine=lambda person_id: HandoffRow.person_id == person_id,
        erase=True,
        hidden=frozenset({"advisor_id"}),
        known_by="handoff_id",
    ),
    PersonalTable(
        model=HandoffRow,
        mine=lambda person_id: HandoffRow.advisor_id == person_id,
        blank=(("advisor_id", None),),
        hidden=frozenset({"person_id", "reason", "subject", "last_words"}),
    ),
    PersonalTable(
        model=DraftRow, mine=lambda person_id: DraftRow.person_id == person_id, erase=True
    ),
    PersonalTable(model=TurnAnswer, mine=_turns, erase=True),
    PersonalTable(
        model=InboxUpdate,
        mine=lambda person_id: InboxUpdate.chat_id == _chat(person_id),
        blank=(("payload", {}),),
    ),
    PersonalTable(
        model=OutboxMessage,
        mine=lambda person_id: OutboxMessage.person_id == person_id,
        # A row may be on its way just now; it goes once the farewell has been sent.
        blank=(("args", {}), ("state", "dead")),
    ),
    PersonalTable(
        model=SendingPace, mine=lambda person_id: SendingPace.person_id == person_id, erase=True
    ),
    PersonalTable(
        model=ReminderRow, mine=lambda person_id: ReminderRow.person_id == person_id, erase=True
    ),
    PersonalTable(
        model=NudgeDayRow, mine=lambda person_id: NudgeDayRow.person_id == person_id, erase=True
    ),
    PersonalTable(
        model=ProfileRow, mine=lambda person_id: ProfileRow.person_id == person_id, erase=True
    ),
    PersonalTable(
        model=StatementRow, mine=lambda person_id: StatementRow.person_id == person_id, erase=True
    ),
    # What was sent goes; that work was approved, by whom and when, stays behind the badge.
    PersonalTable(
        model=EvidenceRow,
        mine=lambda person_id: or_(
            EvidenceRow.submission_id.in_(_submissions(person_id, is_approved=False)),
            EvidenceRow.submission_id.in_(_submissions(person_id, is_approved=True)),
        ),
        erase=True,
    ),
    PersonalTable(
        model=JudgementRow,
        mine=lambda person_id: JudgementRow.submission_id.in_(
            _submissions(person_id, is_approved=False)
        ),
        erase=True,
        hidden=frozenset({"judged_by"}),
    ),
    PersonalTable(
        model=JudgementRow,
        mine=lambda person_id: JudgementRow.submission_id.in_(
            _submissions(person_id, is_approved=True)
        ),
        blank=(("comment", None),),
        hidden=frozenset({"judged_by"}),
    ),
    PersonalTable(
        model=PassedOnRow, mine=lambda person_id: PassedOnRow.advisor_id == person_id, erase=True
    ),
    PersonalTable(
        model=PassedOnRow,
        mine=lambda person_id: PassedOnRow.submission_id.in_(
            _submissions(person_id, is_approved=False)
        ),
        erase=True,
        hidden=frozenset({"advisor_id"}),
    ),
    PersonalTable(
        model=QueueNoticeRow,
        mine=lambda person_id: QueueNoticeRow.advisor_id == person_id,
        erase=True,
    ),
    PersonalTable(
        model=SubmissionRow,
        mine=lambda person_id: _submission(person_id, is_approved=False),
        erase=True,
        hidden=frozenset({"claimed_by", "claimed_until", "decided_by"}),
        known_by="submission_id",
    ),
    PersonalTable(
        model=SubmissionRow,
        mine=lambda person_id: _submission(person_id, is_approved=True),
        blank=(("made_with", None), ("change_note", None), ("comment", None)),
        hidden=frozenset({"claimed_by", "claimed_until", "decided_by"}),
        known_by="submission_id",
    ),
    # Number, dates, status and checksum stay, so that copies others hold can still be checked.
    PersonalTable(
        model=IssuedBadgeRow,
        mine=lambda person_id: IssuedBadgeRow.person_id == person_id,
        blank=(("credential", ""), ("person_id", None), ("reason", None)),
    ),
    PersonalTable(
        model=AuditEvent,
        mine=lambda person_id: or_(AuditEvent.actor == person_id, AuditEvent.subject == person_id),
        hidden=frozenset({"previous_hash", "hash"}),
    ),
)

IMPERSONAL = frozenset(
    {
        "catalogue_entries",
        "framework_education",
        "framework_links",
        "framework_occupations",
        "framework_ratings",
        "framework_related",
        "framework_requirements",
        "framework_skill_labels",
        "framework_skills",
        "framework_software",
        "framework_tasks",
        "framework_titles",
        "framework_versions",
        "files",  # goes with the last evidence or message that refers to it
        "issuer_keys",
        "match_index",
        "match_texts",
        "match_vectors",
        "sealed_secrets",
        "sending_budgets",
        "status_lists",
    }
)
