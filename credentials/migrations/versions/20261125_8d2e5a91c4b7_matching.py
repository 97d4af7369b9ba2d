"""Texts and vectors that occupations are found by."""

import sqlalchemy as sa
from alembic import op

from credentials.catalogue.matching.models import create_search, drop_search
from credentials.database import UtcDateTime

revision = "8d2e5a91c4b7"
down_revision = "a07bc0802b6e"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "match_texts",
        sa.Column("text_id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("is_title", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("text_id", name=op.f("pk_match_texts")),
    )
    op.create_index(op.f("ix_match_texts_code"), "match_texts", ["code"])
    op.create_table(
        "match_vectors",
        sa.Column("digest", sa.String(), nullable=False),
        sa.Column("vector", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("digest", name=op.f("pk_match_vectors")),
    )
    op.create_table(
        "match_index",
        sa.Column("index_id", sa.Integer(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("made_from", sa.String(), nullable=False),
        sa.Column("made_at", UtcDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("index_id", name=op.f("pk_match_index")),
    )
    create_search(op.get_bind())


def downgrade() -> None:
    drop_search(op.get_bind())
    for name in ("match_index", "match_vectors", "match_texts"):
        op.drop_table(name)
