"""queues that many processes share

Revision: ac734137974c
"""

import sqlalchemy as sa
from alembic import op

import credentials.database

revision = "ac734137974c"
down_revision = "5cacf929a453"
branch_labels = None
depends_on = None

INSTANT = credentials.database.UtcDateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        "sending_budgets",
        sa.Column("bot_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("empty_at", INSTANT, nullable=False),
        sa.Column("paused_from", INSTANT, nullable=True),
        sa.Column("paused_until", INSTANT, nullable=True),
        sa.Column("stopped_because", sa.String(), nullable=True),
        sa.PrimaryKeyConstraint("bot_id", name=op.f("pk_sending_budgets")),
    )
    op.create_table(
        "sending_paces",
        sa.Column("person_id", sa.String(), nullable=False),
        sa.Column("empty_at", INSTANT, nullable=False),
        sa.Column("paused_from", INSTANT, nullable=True),
        sa.Column("paused_until", INSTANT, nullable=True),
        sa.PrimaryKeyConstraint("person_id", name=op.f("pk_sending_paces")),
    )
    op.drop_index("ix_inbox_updates_open", "inbox_updates")
    op.add_column("inbox_updates", sa.Column("not_before", INSTANT, nullable=True))
    op.add_column("inbox_updates", sa.Column("reference", sa.String(), nullable=True))
    _partial_index(
        "ix_inbox_updates_open",
        "inbox_updates",
        ["bot_id", "chat_id", "update_id"],
        "state IN ('waiting', 'handling')",
    )
    op.create_index("ix_inbox_updates_received_at", "inbox_updates", ["received_at"])
    op.drop_index("ix_outbox_messages_open", "outbox_messages")
    op.add_column("outbox_messages", sa.Column("unasked", sa.Boolean(), nullable=True))
    op.add_column("outbox_messages", sa.Column("caused_by", sa.String(), nullable=True))
    op.add_column("outbox_messages", sa.Column("due_at", INSTANT, nullable=True))
    op.execute(
        "UPDATE outbox_messages SET unasked = (message_class = 'nudge'), due_at = not_before"
    )
    with op.batch_alter_table("outbox_messages") as batch:
        batch.alter_column("unasked", existing_type=sa.Boolean(), nullable=False)
        batch.alter_column("due_at", existing_type=INSTANT, nullable=False)
    open_words = "state IN ('waiting', 'claimed', 'sending')"
    _partial_index(
        "ix_outbox_messages_open", "outbox_messages", ["person_id", "message_id"], open_words
    )
    _partial_index(
        "ix_outbox_messages_waiting",
        "outbox_messages",
        ["unasked", "message_id"],
        "state = 'waiting'",
    )
    _partial_index(
        "ix_outbox_messages_stuck",
        "outbox_messages",
        ["message_id"],
        "state IN ('dead', 'parked', 'uncertain')",
    )
    op.create_index("ix_outbox_messages_created_at", "outbox_messages", ["created_at"])


def downgrade() -> None:
    for name in ("created_at", "stuck", "waiting", "open"):
        op.drop_index(f"ix_outbox_messages_{name}", "outbox_messages")
    op.execute("UPDATE outbox_messages SET state = 'sending' WHERE state = 'claimed'")
    op.execute("UPDATE outbox_messages SET state = 'dead' WHERE state IN ('parked', 'dropped')")
    op.execute(
        "UPDATE outbox_messages SET message_class = 'nudge' WHERE message_class = 'deadline'"
    )
    with op.batch_alter_table("outbox_messages") as batch:
        for column in ("due_at", "caused_by", "unasked"):
            batch.drop_column(column)
    op.create_index(
        "ix_outbox_messages_open", "outbox_messages", ["state", "person_id", "message_id"]
    )
    op.drop_index("ix_inbox_updates_received_at", "inbox_updates")
    op.drop_index("ix_inbox_updates_open", "inbox_updates")
    with op.batch_alter_table("inbox_updates") as batch:
        batch.drop_column("reference")
        batch.drop_column("not_before")
    op.create_index("ix_inbox_updates_open", "inbox_updates", ["state", "chat_id", "update_id"])
    op.drop_table("sending_paces")
    op.drop_table("sending_budgets")


def _partial_index(name: str, table: str, columns: list[str], where: str) -> None:
    op.create_index(
        name, table, columns, sqlite_where=sa.text(where), postgresql_where=sa.text(where)
    )
