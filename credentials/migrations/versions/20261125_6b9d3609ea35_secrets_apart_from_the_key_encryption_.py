"""secrets apart from the key-encryption key

Revision: 6b9d3609ea35
"""

import sqlalchemy as sa
from alembic import op

import credentials.database

revision = "6b9d3609ea35"
down_revision = "02923feb9d89"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "sealed_secrets",
        sa.Column("purpose", sa.String(), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.Column("created_at", credentials.database.UtcDateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("purpose", name=op.f("pk_sealed_secrets")),
    )


def downgrade() -> None:
    op.drop_table("sealed_secrets")
