"""A sample credential and keys that exist in tests only."""

from datetime import UTC, datetime

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from credentials.openbadges.composition import (
    Achievement,
    Alignment,
    CredentialValues,
    CriterionMet,
    Evidence,
    Profile,
    StatusEntry,
)
from credentials.openbadges.keys import Ed25519Signer

DID = "did:web:badges.example.org"
ORIGIN = "https://badges.example.org"


def signer(seed=7, did=DID):
    return Ed25519Signer(did, Ed25519PrivateKey.from_private_bytes(bytes([seed]) * 32))


def values(**changes):
    achievement = Achievement(
        id=f"{ORIGIN}/achievements/sql-foundations~1",
        name="SQL Foundations",
        description="Asks questions of relational data and explains the answers.",
        criteria_narrative="- Joins two or more tables\n- Groups and sums",
        version="1",
        language="en",
        field_of_study="technology",
        level="foundation",
        hours=30.0,
        alignments=[
            Alignment(
                target_name="SQL",
                target_url="http://data.europa.eu/esco/skill/598de5b0-5b58-4ea7-8058-a4bc4d18c742",
                target_framework="ESCO v1.1.1",
                target_code="598de5b0-5b58-4ea7-8058-a4bc4d18c742",
            )
        ],
        criteria=[
            CriterionMet(id="urn:example:sql-foundations~1#joins", can="join several tables")
        ],
    )
    known = {
        "id": f"{ORIGIN}/credentials/5a1f2c3e-0000-4000-8000-000000000001",
        "issuer": Profile(id=DID, name="Example College", url=ORIGIN),
        "subject_id": "urn:uuid:5a1f2c3e-0000-4000-8000-000000000002",
        "achievement": achievement,
        "valid_from": datetime(2026, 3, 2, 9, 0, 0, 123456, tzinfo=UTC),
        "awarded": datetime(2026, 3, 2, 9, 0, tzinfo=UTC),
        "status": StatusEntry(list_url=f"{ORIGIN}/status/1", index=94_567),
        "holder_name": "Ana Ruiz",
        "evidence": [
            Evidence(name="Joins", genre="work sample", narrative="A link, from an own project.")
        ],
    }
    return CredentialValues(**{**known, **changes})
