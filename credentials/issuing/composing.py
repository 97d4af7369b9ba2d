"""From our records to the values of a credential."""

import re
from collections.abc import Sequence
from datetime import datetime
from urllib.parse import quote

from credentials.catalogue import (
    Achievement,
    Catalogue,
    LanguageMap,
    Skill,
    current_catalogue,
)
from credentials.evidence import CriterionState, Submission
from credentials.openbadges import values
from credentials.openbadges.vocabulary import UNSAFE_CHARACTERS
from credentials.unit_of_work import Work

VERSION_MARK = "~"
ONE_ADVISOR = "one advisor"
# What employers read about evidence; signed, so in the achievement's own words.
GENRES = {
    "link": "work sample",
    "file": "work sample",
    "photo": "photo of work",
    "voice": "recording",
    "text": "written answer",
}
ORIGINS = {"project": "own project", "course": "coursework", "work": "internship or job"}
SHARED = "Made with others; the holder's own part was judged."
_ELEMENT = re.compile(r"\d\.[A-Z](\.\d+)?(\.[a-z])?(\.\d+)?")
_SPACES = re.compile(r"[\t\r\f\v\u2028\u2029]+")


def achievement_values(work: Work, achievement: Achievement) -> values.Achievement:
    """The achievement as it stands in credentials and at its own address."""
    url = f"{work.settings.public_url}/achievements/{achievement_path(achievement)}"
    catalogue = current_catalogue(work)
    lines = [f"- {_text(item.text, achievement)}" for item in achievement.criteria]
    return values.Achievement(
        id=url,
        name=_text(achievement.name, achievement),
        description=_text(achievement.description, achievement),
        criteria_narrative="\n".join(lines),
        criteria_url=url,
        version=achievement.version,
        language=achievement.language,
        field_of_study=achievement.field,
        level=achievement.level,
        hours=achievement.hours,
        tags=_tags(achievement, catalogue),
        alignments=_alignments(achievement, catalogue),
        criteria=[
            values.CriterionMet(id=f"{url}#{item.id}", can=_text(item.can, achievement))
            for item in achievement.criteria
        ],
    )


def issuer_values(work: Work) -> values.Profile:
    """The institution."""
    return values.Profile(
        id=work.settings.issuer_did,
        name=clean(work.settings.institution_name),
        url=f"{work.settings.public_url}/issuer",
    )


def evidence_values(submission: Submission) -> list[values.Evidence]:
    """By what kinds of evidence each criterion was shown; never the content."""
    return [
        values.Evidence(
            name=_text(item.criterion.can, submission.achievement),
            genre=genre,
            description=ORIGINS.get(submission.origin or ""),
            narrative=SHARED if submission.made_with else None,
        )
        for item in submission.criteria
        for genre in _genres(item)
    ]


def credential_values(  # noqa: PLR0913
    work: Work,
    *,
    achievement: Achievement,
    credential_url: str,
    subject_id: str,
    status: values.StatusEntry,
    valid_until: datetime | None,
    holder_name: str | None,
    evidence: Sequence[values.Evidence],
    judged_by: str | None,
    valid_from: datetime,
    awarded: datetime,
) -> values.CredentialValues:
    """Everything the credential will say."""
    return values.CredentialValues(
        id=credential_url,
        issuer=issuer_values(work),
        subject_id=subject_id,
        achievement=achievement_values(work, achievement),
        valid_from=valid_from,
        awarded=awarded,
        valid_until=valid_until,
        status=status,
        holder_name=holder_name,
        evidence=evidence,
        assessment=values.Assessment(judged_by=judged_by) if judged_by else None,
    )


def achievement_path(achievement: Achievement) -> str:
    """The last part of an achievement's address: code and version."""
    return f"{achievement.code}{VERSION_MARK}{achievement.version}"


def clean(text: str) -> str:
    """The text without what a credential refuses: invisible and direction-changing characters."""
    return UNSAFE_CHARACTERS.sub("", _SPACES.sub(" ", text)).strip()


def _text(words: LanguageMap, achievement: Achievement) -> str:
    found = words.get(achievement.language) or words.get("en") or next(iter(words.values()))
    return clean(found)


def _genres(item: CriterionState) -> list[str]:
    return list(dict.fromkeys(GENRES[found.kind] for found in item.items))


def _tags(achievement: Achievement, catalogue: Catalogue) -> list[str]:
    return [_text(skill.label, achievement) for skill in _skills(achievement, catalogue)]


def _alignments(achievement: Achievement, catalogue: Catalogue) -> list[values.Alignment]:
    return [
        values.Alignment(
            target_name=_text(skill.label, achievement),
            target_url=_address(skill),
            target_framework=skill.framework,
            target_code=skill.id.rpartition("/")[2] if skill.framework == "ESCO" else skill.id,
        )
        for skill in _skills(achievement, catalogue)
    ]


def _skills(achievement: Achievement, catalogue: Catalogue) -> list[Skill]:
    """What the issuer declares; inferred ties are ours and stay out of the seal."""
    return [
        catalogue.skills[tie.skill]
        for tie in achievement.skills
        if tie.alignment == "declared" and tie.skill in catalogue.skills
    ]


def _address(skill: Skill) -> str:
    if skill.framework == "ESCO":
        return skill.id
    if _ELEMENT.fullmatch(skill.id):
        return f"https://www.onetonline.org/find/descriptor/result/{skill.id}"
    return f"https://www.onetonline.org/search/tech/example?e={quote(skill.id, safe='')}"
