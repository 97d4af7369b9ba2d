"""The words of Open Badges 3.0 and of the W3C standards it stands on, each said once here."""

import re
from typing import Final

# Contexts, in the order OB 3.0 §B asks for.
CREDENTIALS_V2: Final = "https://www.w3.org/ns/credentials/v2"
CREDENTIALS_V1: Final = "https://www.w3.org/2018/credentials/v1"
OPEN_BADGES: Final = "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json"
#: Every published version of it, as the OB 3.0 JSON Schema has it.
ANY_OPEN_BADGES: Final = re.compile(
    r"https://purl\.imsglobal\.org/spec/ob/v3p0/context(-3\.\d\.\d)*\.json"
)
EXTENSIONS: Final = "https://purl.imsglobal.org/spec/ob/v3p0/extensions.json"

# Types.
VERIFIABLE_CREDENTIAL: Final = "VerifiableCredential"
BADGE_TYPES: Final = frozenset({"OpenBadgeCredential", "AchievementCredential"})
STATUS_ENTRY: Final = "BitstringStatusListEntry"
STATUS_LIST_CREDENTIAL: Final = "BitstringStatusListCredential"
SCHEMA_TYPE: Final = "1EdTechJsonSchemaValidator2019"
REFRESH_TYPE: Final = "1EdTechCredentialRefresh"
SCHEMA: Final = (
    "https://purl.imsglobal.org/spec/ob/v3p0/schema/json/ob_v3p0_achievementcredential_schema.json"
)
#: The published JSON Schemas of a badge, in both directories and for VCDM 1.1 as well.
KNOWN_SCHEMA: Final = re.compile(
    r"https://purl\.imsglobal\.org/spec/ob/v3p0/schema/json(-ld)?/"
    r"ob_v3p0_(any)?achievementcredential_schema\.json"
)

# Data Integrity.
DATA_INTEGRITY_PROOF: Final = "DataIntegrityProof"
CRYPTOSUITE: Final = "eddsa-rdfc-2022"
ASSERTION: Final = "assertionMethod"

# ResultDescription.resultType. Names that OB 3.0 lacks use its `ext:` convention.
RESULT_CRITERION: Final = "Status"
RESULT_LEVEL: Final = "PerformanceLevel"
RESULT_HOURS: Final = "ext:StudyHours"
RESULT_JUDGED_BY: Final = "ext:AssessedBy"
RESULT_IDENTITY: Final = "ext:IdentityCheck"
COMPLETED: Final = "Completed"
IDENTITY_CHECKED: Final = "checked"
IDENTITY_NOT_CHECKED: Final = "not checked"

ABSOLUTE_IRI: Final = re.compile(r"[A-Za-z][A-Za-z0-9+.\-]*:[^\s\x00-\x20<>\"{}|\\^`]+")
LANGUAGE: Final = re.compile(r"[a-z]{2,4}(-[A-Z][a-z]{3})?(-([A-Z]{2}|[0-9]{3}))?")
# Invisible characters that make two readers, or two programs, see different texts: controls except
# the newline of Markdown, bidirectional overrides and isolates, halves of surrogate pairs.
UNSAFE_CHARACTERS: Final = re.compile(
    "[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]"
)
