"""What a person's work so far was, what they are studying, and their days off."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "5f0c9a7e21d3"
down_revision = "b3d6d182c9ec"
branch_labels = None
depends_on = None

TABLE = "pathway_profiles"


def upgrade() -> None:
    told = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")
    with op.batch_alter_table(TABLE) as batch:
        batch.add_column(sa.Column("held_job", told, nullable=True))
        batch.add_column(sa.Column("studying", told, nullable=True))
    with op.batch_alter_table("preferences") as batch:
        batch.add_column(sa.Column("off_from", sa.Date(), nullable=True))
        batch.add_column(sa.Column("off_until", sa.Date(), nullable=True))


def downgrade() -> None:
    with op.batch_alter_table("preferences") as batch:
        for name in ("off_until", "off_from"):
            batch.drop_column(name)
    with op.batch_alter_table(TABLE) as batch:
        for name in ("studying", "held_job"):
            batch.drop_column(name)
