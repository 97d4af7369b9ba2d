"""What a credential can say, as plain values; `composition` makes Open Badges 3.0 of them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any


@dataclass(frozen=True, kw_only=True)
class Profile:
    """An organisation or a person. `id` is its DID, `url` its page, `official` who answers."""

    id: str
    name: str
    url: str
    description: str | None = None
    email: str | None = None
    image_url: str | None = None
    phone: str | None = None
    official: str | None = None
    parent: "Profile | None" = None


@dataclass(frozen=True, kw_only=True)
class Alignment:
    """A tie to a node of a framework such as ESCO, O*NET or CTDL.

    `target_type` is a word of OB 3.0's, such as `ceterms:Credential` for CTDL, or `ext:…`.
    """

    target_name: str
    target_url: str
    target_framework: str
    target_code: str | None = None
    target_type: str | None = None
    target_description: str | None = None


@dataclass(frozen=True, kw_only=True)
class CriterionMet:
    """A criterion that was met. `can` completes "Can: …"; `id` is an IRI of its own."""

    id: str
    can: str


@dataclass(frozen=True, kw_only=True)
class RubricLevel:
    """A level of a rubric; `id` is an IRI of its own."""

    id: str
    name: str
    description: str | None = None
    level: str | None = None
    points: str | None = None
    alignments: Sequence[Alignment] = ()


@dataclass(frozen=True, kw_only=True)
class ResultDescription:
    """A result that can be reached. `kind` is a word of OB 3.0's, such as `LetterGrade`."""

    id: str
    name: str
    kind: str
    allowed_values: Sequence[str] = ()
    required_value: str | None = None
    required_level: str | None = None
    value_min: str | None = None
    value_max: str | None = None
    levels: Sequence[RubricLevel] = ()
    alignments: Sequence[Alignment] = ()


@dataclass(frozen=True, kw_only=True)
class Result:
    """A result that was reached; `description` is the id of its ResultDescription."""

    description: str
    value: str | None = None
    status: str | None = None
    achieved_level: str | None = None
    alignments: Sequence[Alignment] = ()


@dataclass(frozen=True, kw_only=True)
class Identity:
    """What the holder is known by elsewhere. `kind` is such as `emailAddress` or `ext:…`.

    With a `salt` only the salted hash is written down, never the value.
    """

    kind: str
    value: str
    salt: str | None = None


@dataclass(frozen=True, kw_only=True)
class Achievement:
    """What was achieved. `criteria_narrative` is Markdown, `hours` are hours of study.

    `kind` is an achievementType of OB 3.0's or `ext:…`, `human_code` what people call it by,
    `image_caption` says what the image shows, `credits` are credit hours.
    """

    id: str
    name: str
    description: str
    criteria_narrative: str
    version: str
    language: str
    criteria_url: str | None = None
    field_of_study: str | None = None
    level: str | None = None
    hours: float | None = None
    image_url: str | None = None
    tags: Sequence[str] = ()
    alignments: Sequence[Alignment] = ()
    criteria: Sequence[CriterionMet] = ()
    kind: str = "MicroCredential"
    image_caption: str | None = None
    human_code: str | None = None
    specialization: str | None = None
    credits: float | None = None
    creator: Profile | None = None
    results: Sequence[ResultDescription] = ()


@dataclass(frozen=True, kw_only=True)
class Evidence:
    """How something was shown; never the content.

    `name` says what it shows, `genre` is the kind such as "work sample", `description` where it
    comes from such as "own project"; `url` only when the holder agreed to publish it.
    """

    name: str
    genre: str
    narrative: str | None = None
    description: str | None = None
    url: str | None = None
    audience: str | None = None


@dataclass(frozen=True, kw_only=True)
class Assessment:
    """Who judged, by role and number ("one advisor"), and whether identity was checked."""

    judged_by: str
    identity_checked: bool = False


@dataclass(frozen=True, kw_only=True)
class StatusEntry:
    """The credential's bit: list URL and index."""

    list_url: str
    index: int


@dataclass(frozen=True, kw_only=True)
class CredentialValues:
    """Everything a credential says. Instants are aware; whole seconds are kept.

    `subject_id` is an opaque `urn:uuid:`; `holder_name` is given only with the holder's consent.
    `narrative` is Markdown about how this holder met the criteria. `endorsements` are signed
    EndorsementCredentials; `refresh_url` is where a newer version would be (OB 3.0 §B.1.20).
    """

    id: str
    issuer: Profile
    subject_id: str
    achievement: Achievement
    valid_from: datetime
    awarded: datetime
    status: StatusEntry
    valid_until: datetime | None = None
    holder_name: str | None = None
    evidence: Sequence[Evidence] = ()
    assessment: Assessment | None = None
    narrative: str | None = None
    description: str | None = None
    image_url: str | None = None
    identities: Sequence[Identity] = ()
    results: Sequence[Result] = ()
    credits_earned: float | None = None
    role: str | None = None
    term: str | None = None
    license_number: str | None = None
    activity: tuple[datetime, datetime] | None = None
    endorsements: Sequence[Mapping[str, Any]] = ()
    refresh_url: str | None = None
