"""A sample credential and keys that exist in tests only."""

import copy
from datetime import UTC, datetime

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from credentials.openbadges.keys import Ed25519Signer
from credentials.openbadges.values import (
    Achievement,
    Alignment,
    CredentialValues,
    CriterionMet,
    Evidence,
    Profile,
    StatusEntry,
)

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


FULL = {
    "@context": [
        "https://www.w3.org/ns/credentials/v2",
        "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json",
        "https://purl.imsglobal.org/spec/ob/v3p0/extensions.json",
    ],
    "id": f"{ORIGIN}/credentials/5a1f2c3e-0000-4000-8000-000000000009",
    "type": ["VerifiableCredential", "OpenBadgeCredential"],
    "name": "Teamwork",
    "description": "Works in teams.",
    "image": {"id": f"{ORIGIN}/badge.png", "type": "Image", "caption": "A blue circle"},
    "issuer": {
        "id": DID,
        "type": ["Profile"],
        "name": "Example College",
        "url": ORIGIN,
        "phone": "+1-555-0100",
        "description": "A college.",
        "email": "badges@example.org",
        "official": "Jo Doe",
        "dateOfBirth": "1980-01-01",
        "image": {"id": f"{ORIGIN}/logo.png", "type": "Image"},
        "address": {
            "type": ["Address"],
            "addressCountry": "US",
            "streetAddress": "1 Main St",
            "geo": {"type": "GeoCoordinates", "latitude": 1.5, "longitude": -3.25},
        },
        "otherIdentifier": [
            {"type": "IdentifierEntry", "identifier": "12345", "identifierType": "identifier"}
        ],
        "parentOrg": {"id": "did:web:parent.example.org", "type": ["Profile"], "name": "Parent"},
    },
    "validFrom": "2026-03-02T09:00:00Z",
    "validUntil": "2029-03-02T09:00:00Z",
    "awardedDate": "2026-03-02T09:00:00Z",
    "credentialSubject": {
        "id": "urn:uuid:5a1f2c3e-0000-4000-8000-000000000003",
        "type": ["AchievementSubject"],
        "activityStartDate": "2026-01-01T00:00:00Z",
        "activityEndDate": "2026-02-01T00:00:00Z",
        "creditsEarned": 3.5,
        "licenseNumber": "A-1",
        "role": "Lead",
        "term": "Spring",
        "narrative": "Led a team.\n\nOf *four*.",
        "identifier": [
            {
                "type": "IdentityObject",
                "hashed": True,
                "identityHash": "sha256$b5809d8a92f8858436d7e6b87c12ebc0ae1eac4baecc2c0b913aee2c922ef399",
                "identityType": "emailAddress",
                "salt": "Kosher",
            }
        ],
        "achievement": {
            "id": f"{ORIGIN}/achievements/teamwork",
            "type": ["Achievement"],
            "name": "Teamwork",
            "description": "Works in teams.",
            "achievementType": "MicroCredential",
            "criteria": {"id": f"{ORIGIN}/criteria", "narrative": "Nominated by peers."},
            "creator": {"id": DID, "type": ["Profile"], "name": "Example College"},
            "creditsAvailable": 3.5,
            "fieldOfStudy": "Work",
            "humanCode": "T1",
            "inLanguage": "en-US",
            "specialization": "Teams",
            "tag": ["team", "work"],
            "version": "1",
            "image": {"id": f"{ORIGIN}/achievement.png", "type": "Image"},
            "otherIdentifier": [
                {"type": "IdentifierEntry", "identifier": "x", "identifierType": "ext:local"}
            ],
            "related": [
                {"id": f"{ORIGIN}/achievements/old", "type": ["Related"], "inLanguage": "es"}
            ],
            "alignment": [
                {
                    "type": ["Alignment"],
                    "targetName": "Teamwork",
                    "targetUrl": "https://credentialengineregistry.org/resources/ce-1",
                    "targetFramework": "CTDL",
                    "targetCode": "ce-1",
                    "targetType": "ceterms:Credential",
                    "targetDescription": "Working with others.",
                }
            ],
            "resultDescription": [
                {
                    "id": "urn:uuid:5a1f2c3e-0000-4000-8000-000000000004",
                    "type": ["ResultDescription"],
                    "name": "Grade",
                    "resultType": "LetterGrade",
                    "allowedValue": ["A", "B", "C"],
                    "requiredValue": "B",
                    "valueMin": "C",
                    "valueMax": "A",
                    "rubricCriterionLevel": [
                        {
                            "id": "urn:uuid:5a1f2c3e-0000-4000-8000-000000000005",
                            "type": ["RubricCriterionLevel"],
                            "name": "Leads",
                            "level": "3",
                            "points": "10",
                        }
                    ],
                }
            ],
        },
        "result": [
            {
                "type": ["Result"],
                "resultDescription": "urn:uuid:5a1f2c3e-0000-4000-8000-000000000004",
                "value": "A",
                "status": "Completed",
                "achievedLevel": "urn:uuid:5a1f2c3e-0000-4000-8000-000000000005",
            }
        ],
    },
    "evidence": [
        {
            "id": f"{ORIGIN}/evidence/1",
            "type": ["Evidence"],
            "name": "A video",
            "narrative": "It shows the team.",
            "description": "Three minutes.",
            "genre": "Video",
            "audience": "Everybody",
        }
    ],
    "endorsement": [
        {
            "@context": [
                "https://www.w3.org/ns/credentials/v2",
                "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json",
            ],
            "id": "urn:uuid:5a1f2c3e-0000-4000-8000-000000000006",
            "type": ["VerifiableCredential", "EndorsementCredential"],
            "name": "An endorsement",
            "issuer": {"id": "did:web:board.example.org", "type": ["Profile"], "name": "Board"},
            "validFrom": "2026-03-01T00:00:00Z",
            "credentialSubject": {
                "id": f"{ORIGIN}/achievements/teamwork",
                "type": ["EndorsementSubject"],
                "endorsementComment": "We hire on it.",
            },
        }
    ],
    "credentialSchema": [
        {
            "id": "https://purl.imsglobal.org/spec/ob/v3p0/schema/json/ob_v3p0_achievementcredential_schema.json",
            "type": "1EdTechJsonSchemaValidator2019",
        }
    ],
    "credentialStatus": {
        "id": f"{ORIGIN}/status/1#7",
        "type": "BitstringStatusListEntry",
        "statusPurpose": "revocation",
        "statusListIndex": "7",
        "statusListCredential": f"{ORIGIN}/status/1",
    },
    "termsOfUse": [{"type": "Policy"}],
    "refreshService": {"id": f"{ORIGIN}/refresh", "type": "1EdTechCredentialRefresh"},
}


def full_document():
    """An unsigned credential with nearly every member that Open Badges 3.0 has."""
    return copy.deepcopy(FULL)
