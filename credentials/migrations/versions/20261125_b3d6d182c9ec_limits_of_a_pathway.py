"""Limits of a pathway: currency, last day, languages, level; what was finished elsewhere."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "b3d6d182c9ec"
down_revision = "8d2e5a91c4b7"
branch_labels = None
depends_on = None

TABLE = "pathway_profiles"


def upgrade() -> None:
    listed = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")
    with op.batch_alter_table(TABLE) as batch:
        batch.add_column(sa.Column("currency", sa.String(), nullable=True))
        batch.add_column(sa.Column("deadline", sa.Date(), nullable=True))
        batch.add_column(sa.Column("languages", listed, nullable=True))
        batch.add_column(sa.Column("level", sa.String(), nullable=True))
        batch.add_column(sa.Column("finished", listed, nullable=True))


def downgrade() -> None:
    with op.batch_alter_table(TABLE) as batch:
        for name in ("finished", "level", "languages", "deadline", "currency"):
            batch.drop_column(name)
