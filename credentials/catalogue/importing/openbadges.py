"""Reads Open Badges 3.0 Achievements: alone, in arrays, or inside AchievementCredentials.

OB 3.0 §B.1.3 (Achievement), §B.1.5 (Alignment): https://www.imsglobal.org/spec/ob/v3p0
"""

from collections.abc import Iterator, Mapping
from typing import Any

from credentials.catalogue.entries import FrameworkAlignment, LanguageMap, Provenance, Provider
from credentials.catalogue.importing.documents import Document
from credentials.catalogue.importing.listing_drafts import (
    ListingReader,
    field_of_work,
    listing_code,
)
from credentials.catalogue.importing.refusals import ImportRefusedError
from credentials.catalogue.importing.values import duration_hours, language_map, many
from credentials.catalogue.listings import Listing

BADGE_TYPES = frozenset({"OpenBadgeCredential", "AchievementCredential"})
HOURS = "ext:StudyHours"
MAX_LINES = 20


class OpenBadgesReader(ListingReader):
    """Open Badges 3.0 documents → listings."""

    source = "Open Badges"

    def read(self, document: Document) -> Iterator[Listing]:
        found = list(_achievements(document.node))
        if not found:
            kinds = ", ".join(str(kind) for kind in many(document.node.get("type")))
            raise ImportRefusedError(
                f"is no Open Badges 3.0 Achievement or AchievementCredential ({kinds or 'no type'})",
                file=document.file,
            )
        for achievement, issuer in found:
            yield self._listing(document, achievement, issuer)

    def _listing(self, document: Document, node: Mapping[str, Any], issuer: Any) -> Listing:
        identifier, name = node.get("id"), language_map(node.get("name"))
        if not isinstance(identifier, str) or name is None:
            raise ImportRefusedError(
                f"an achievement has no {'name' if identifier else 'id'}", file=document.file
            )
        alignments = tuple(self._alignment(part) for part in _mappings(node.get("alignment")))
        occupations = tuple(
            dict.fromkeys(
                found.code
                for part in alignments
                if (found := self.occupations.find(part.code or part.url, None))
            )
        )
        description = language_map(node.get("description"))
        achievement_type = str(node.get("achievementType") or "Achievement")
        return self.build(
            document,
            code=listing_code(identifier),
            type=achievement_type.removeprefix("ext:"),
            name=name,
            description=description,
            provider=_provider(node.get("creator")) or _provider(issuer),
            language=str(node.get("inLanguage") or "en").split("-")[0].lower(),
            field=field_of_work(occupations),
            hours=_hours(node),
            conditions=_criteria(node.get("criteria")),
            skills=self.ties.tie(alignments, name["en"], (description or {}).get("en")),
            occupations=occupations,
            alignments=alignments[:50],
            provenance=Provenance(
                source="Open Badges",
                id=identifier,
                file=document.file,
                url=identifier if identifier.startswith("http") else None,
            ),
        )

    def _alignment(self, part: Mapping[str, Any]) -> FrameworkAlignment:
        code = part.get("targetCode")
        return FrameworkAlignment(
            framework=str(part.get("targetFramework") or "unknown"),
            name=str(part.get("targetName") or code or "unknown"),
            code=str(code) if code else None,
            url=str(part["targetUrl"]) if part.get("targetUrl") else None,
        )


def _achievements(node: Mapping[str, Any]) -> Iterator[tuple[Mapping[str, Any], Any]]:
    types = {str(kind) for kind in many(node.get("type"))}
    if "Achievement" in types:
        yield node, None
    elif types & BADGE_TYPES:
        for subject in _mappings(node.get("credentialSubject")):
            for achievement in _mappings(subject.get("achievement")):
                yield achievement, node.get("issuer")
    elif isinstance(node.get("vc"), Mapping):
        yield from _achievements(node["vc"])


def _mappings(value: Any) -> list[Mapping[str, Any]]:
    return [part for part in many(value) if isinstance(part, Mapping)]


def _provider(profile: Any) -> Provider | None:
    if not isinstance(profile, Mapping):
        return None
    name, url = language_map(profile.get("name")), profile.get("url")
    return Provider(name=name["en"], url=str(url)) if name and url else None


def _criteria(value: Any) -> tuple[LanguageMap, ...]:
    """The criteria's prose, a condition a line."""
    narrative = value.get("narrative") if isinstance(value, Mapping) else None
    if not isinstance(narrative, str):
        return ()
    lines = (line.strip().lstrip("-*• ").strip() for line in narrative.splitlines())
    return tuple(words for line in lines if (words := language_map(line)))[:MAX_LINES]


def _hours(node: Mapping[str, Any]) -> float | None:
    """Hours of study, as our own badges describe them."""
    for result in _mappings(node.get("resultDescription")):
        if result.get("resultType") == HOURS:
            value = str(result.get("requiredValue") or result.get("valueMax") or "")
            try:
                return float(value) or None
            except ValueError:
                return duration_hours(value)
    return None
