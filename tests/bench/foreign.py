"""Open Badges of shapes that other issuers write and we do not."""

import copy
from typing import Any

from credentials.openbadges.vocabulary import CREDENTIALS_V2, OPEN_BADGES


def foreign_shapes(issuer: str) -> list[dict[str, Any]]:
    """Unsigned credentials: bare types, evidence, results with lists, an endorsement."""
    plain: dict[str, Any] = {
        "@context": [CREDENTIALS_V2, OPEN_BADGES],
        "id": "https://badges.example.edu/assertions/8f3a2b",
        "type": ["VerifiableCredential", "AchievementCredential"],
        "issuer": {
            "id": issuer,
            "type": "Profile",
            "name": "Université d’Exemple",
            "url": "https://badges.example.edu/",
            "address": {"type": ["Address"], "addressCountry": "FR", "addressLocality": "Lyon"},
            "image": {"id": "https://badges.example.edu/logo.png", "type": "Image"},
        },
        "validFrom": "2026-01-15T00:00:00Z",
        "validUntil": "2036-01-15T00:00:00Z",
        "name": "Data Literacy",
        "credentialSubject": {
            "id": "did:key:z6MkhaXgBZDvotDkL5257faiztiGiC2QtKLGpbnnEGta2doK",
            "type": "AchievementSubject",
            "activityEndDate": "2026-01-10",
            "creditsEarned": 2.5,
            "achievement": {
                "id": "https://badges.example.edu/achievements/data-literacy",
                "type": "Achievement",
                "achievementType": "Course",
                "name": "Data Literacy",
                "description": "Reads, questions and explains data in everyday work.",
                "criteria": {"narrative": "Passed the final project with at least 70 points."},
                "image": {"id": "https://badges.example.edu/dl.png", "type": "Image"},
                "tag": ["data", "literacy", "statistics"],
                "creditsAvailable": 2.5,
            },
        },
    }
    return [plain, _with_evidence(plain), _with_results(plain), _endorsed(plain, issuer)]


def _with_evidence(plain: dict[str, Any]) -> dict[str, Any]:
    changed = copy.deepcopy(plain)
    changed["name"] = "Compétences en données"
    changed["inLanguage"] = "fr"
    changed["evidence"] = [
        {"id": "https://badges.example.edu/e/1", "type": ["Evidence"], "name": "Final project"},
        {"type": ["Evidence"], "narrative": "An oral exam\nof twenty minutes.", "genre": "exam"},
    ]
    return changed


def _with_results(plain: dict[str, Any]) -> dict[str, Any]:
    changed = copy.deepcopy(plain)
    achievement = changed["credentialSubject"]["achievement"]
    achievement["alignment"] = [
        {
            "type": ["Alignment"],
            "targetName": f"Skill {number}",
            "targetUrl": f"http://data.europa.eu/esco/skill/{number}",
            "targetFramework": "ESCO",
        }
        for number in range(4)
    ]
    achievement["resultDescription"] = [
        {
            "id": "urn:uuid:91b8b7a2-0000-4000-8000-000000000001",
            "type": ["ResultDescription"],
            "name": "Final grade",
            "resultType": "LetterGrade",
            "allowedValue": ["A", "B", "C", "F"],
        }
    ]
    changed["credentialSubject"]["result"] = [
        {
            "type": ["Result"],
            "resultDescription": "urn:uuid:91b8b7a2-0000-4000-8000-000000000001",
            "value": "A",
        }
    ]
    return changed


def _endorsed(plain: dict[str, Any], issuer: str) -> dict[str, Any]:
    changed = copy.deepcopy(plain)
    changed["endorsement"] = [
        {
            "@context": [CREDENTIALS_V2, OPEN_BADGES],
            "id": "https://board.example.org/endorsements/1",
            "type": ["VerifiableCredential", "EndorsementCredential"],
            "issuer": {"id": "did:web:board.example.org", "type": ["Profile"], "name": "Board"},
            "validFrom": "2026-01-16T00:00:00Z",
            "name": "Endorsed by the board",
            "credentialSubject": {
                "id": issuer,
                "type": ["EndorsementSubject"],
                "endorsementComment": "We know this course and hire on it.",
            },
        }
    ]
    return changed
