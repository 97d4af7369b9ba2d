"""Reads CTDL as Credential Engine's registry publishes it: credentials, courses, programmes.

A document is one node, a `@graph`, or a registry envelope with the graph decoded or in a token.
Terms: https://credreg.net/ctdl/terms
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any
from urllib.parse import urlsplit

from credentials.catalogue.entries import FrameworkAlignment, LanguageMap, Provenance, Provider
from credentials.catalogue.importing.documents import Document, jwt_payload
from credentials.catalogue.importing.listing_drafts import (
    ListingReader,
    field_of_work,
    listing_code,
)
from credentials.catalogue.importing.refusals import ImportRefusedError
from credentials.catalogue.importing.values import (
    Clauses,
    all_of,
    any_of,
    cost_of,
    hours_of,
    in_english,
    language_map,
    many,
    targets,
)
from credentials.catalogue.listings import Listing

Node = Mapping[str, Any]

COURSES = {
    "Course": "Course",
    "LearningProgram": "LearningProgram",
    "LearningOpportunityProfile": "Course",
}
CREDENTIALS = frozenset(
    [
        "ApprenticeshipCertificate",
        "AssociateDegree",
        "AssociateOfAppliedArtsDegree",
        "AssociateOfAppliedScienceDegree",
        "AssociateOfArtsDegree",
        "AssociateOfScienceDegree",
        "AcademicCertificate",
        "AdvancedProfessionalCertificate",
        "Badge",
        "BachelorDegree",
        "BachelorOfArtsDegree",
        "BachelorOfScienceDegree",
        "BasicTechnicalCertificate",
        "Certificate",
        "CertificateOfCompletion",
        "CertificateOfParticipation",
        "Certification",
        "Credential",
        "Degree",
        "DigitalBadge",
        "Diploma",
        "DoctoralDegree",
        "GeneralEducationDevelopment",
        "GeneralEducationLevel1Certificate",
        "GeneralEducationLevel2Certificate",
        "HigherEducationLevel1Certificate",
        "HigherEducationLevel2Certificate",
        "JourneymanCertificate",
        "License",
        "MasterCertificate",
        "MasterDegree",
        "MasterOfArtsDegree",
        "MasterOfScienceDegree",
        "MicroCredential",
        "OpenBadge",
        "PostBaccalaureateCertificate",
        "PostMasterCertificate",
        "PreparatoryCertificate",
        "ProfessionalCertificate",
        "ProfessionalDoctorate",
        "QualityAssuranceCredential",
        "ResearchDoctorate",
        "SecondaryEducationCertificate",
        "SecondarySchoolDiploma",
        "SpecialistDegree",
        "TechnicalLevel1Certificate",
        "TechnicalLevel2Certificate",
        "TechnicalLevel3Certificate",
        "WorkbasedLearningProgram",
    ]
)
CTID = re.compile(r"ce-[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.IGNORECASE)
PARTICIPATION = {"OnlineOnly": "online", "InPerson": "onsite", "BlendedDelivery": "blended"}
ENDED = frozenset({"Deprecated", "Ceased", "Suspended", "Revoked", "TeachOut"})


class CtdlReader(ListingReader):
    """CTDL documents → listings."""

    source = "CTDL"

    def read(self, document: Document) -> Iterator[Listing]:
        nodes = self._nodes(document)
        by_id = {str(node["@id"]): node for node in nodes if "@id" in node}
        count = 0
        for node in nodes:
            kind = _kind(node)
            if kind is None:
                continue
            count += 1
            if str(node.get("@id", "")).startswith("_:") and "ceterms:ctid" not in node:
                continue  # names something that is described elsewhere
            status = _target_name(node.get("ceterms:credentialStatusType"))
            if status in ENDED:
                ctid = _ctid(node) or str(node.get("@id", ""))
                self.ended.add(listing_code(ctid))
                self.skip(document, f"{ctid} is {status}")
            else:
                yield self._listing(document, node, kind, by_id)
        if not count:
            kinds = ", ".join(sorted({str(node.get("@type")) for node in nodes})) or "nothing"
            self.skip(document, f"holds no credential and no course, but {kinds[:200]}")

    def _nodes(self, document: Document) -> list[Node]:
        node: Any = document.node
        if "GraphInput" in node:
            node = node["GraphInput"]
        elif "decoded_resource" in node:
            node = node["decoded_resource"]
        elif isinstance(node.get("resource"), str) and "envelope_id" in node:
            node = jwt_payload(node["resource"], document.file)
        if not isinstance(node, Mapping):
            raise ImportRefusedError("holds an envelope without a resource", file=document.file)
        if "@graph" in node:
            return [part for part in many(node["@graph"]) if isinstance(part, Mapping)]
        if "@type" in node:
            return [node]
        shown = ", ".join(list(node)[:6]) or "nothing"
        raise ImportRefusedError(
            f"is no CTDL: it has neither @type nor @graph, but {shown}", file=document.file
        )

    def _listing(
        self, document: Document, node: Node, kind: str, by_id: Mapping[str, Node]
    ) -> Listing:
        ctid = _ctid(node) or str(node.get("@id", ""))
        name = language_map(node.get("ceterms:name"))
        if name is None or not ctid:
            raise ImportRefusedError(
                f"a {kind} has no {'ceterms:name' if ctid else 'ceterms:ctid'} ({ctid})",
                file=document.file,
            )
        requires = [p for p in many(node.get("ceterms:requires")) if isinstance(p, Mapping)]
        clauses, prose = self._conditions(requires, by_id)
        competencies = _competencies(node, requires)
        description = language_map(node.get("ceterms:description"))
        occupations, alignments = self._occupations(node)
        webpage = _first(node, "ceterms:subjectWebpage")
        return self.build(
            document,
            code=listing_code(ctid),
            type=kind,
            name=name,
            description=description,
            provider=_provider(node, by_id, webpage),
            language=(_first(node, "ceterms:inLanguage") or "en").split("-")[0].lower(),
            field=field_of_work(occupations),
            hours=next(
                (h for d in many(node.get("ceterms:estimatedDuration")) if (h := hours_of(d))),
                None,
            ),
            cost=cost_of(many(node.get("ceterms:estimatedCost")) + _costs(requires)),
            participation=_participation(node),
            prerequisites=clauses,
            conditions=prose,
            skills=self.ties.tie(competencies, name["en"], (description or {}).get("en")),
            occupations=occupations,
            alignments=(*alignments, *competencies)[:50],
            stacks_into=next(
                (self._code_of(t, by_id) for t in targets(node, "isPartOf") if t[:2] != "_:"),
                None,
            ),
            provenance=Provenance(
                source="CTDL", id=ctid, file=document.file, url=str(node.get("@id", "")) or None
            ),
        )

    def _code_of(self, target: str, by_id: Mapping[str, Node]) -> str:
        """The code of what an address, a ctid or a blank node of the graph stands for."""
        node = by_id.get(target)
        return listing_code((_ctid(node) if node else None) or target)

    def _conditions(
        self, profiles: Iterable[Node], by_id: Mapping[str, Node]
    ) -> tuple[Clauses, tuple[LanguageMap, ...]]:
        """What has to be held before, as AND of ORs, and what only people can read."""
        prose: list[LanguageMap] = []
        parts = [self._clauses(profile, by_id, prose) for profile in profiles]
        return all_of(parts), tuple(prose)[:20]

    def _clauses(
        self, profile: Node, by_id: Mapping[str, Node], prose: list[LanguageMap]
    ) -> Clauses:
        """A profile asks for all its targets, and for one of its alternative conditions."""
        for name in ("description", "condition"):
            words = language_map(profile.get(f"ceterms:{name}"))
            if words is not None and words not in prose:
                prose.append(words)
        own: Clauses = ()
        for target in targets(profile, "targetCredential"):
            named = language_map(by_id.get(target, {}).get("ceterms:name"))
            if not target.startswith("_:"):
                own = (*own, (self._code_of(target, by_id),))
            elif named is not None and named not in prose:
                prose.append(named)
        alternatives = [
            self._clauses(part, by_id, prose)
            for part in many(profile.get("ceterms:alternativeCondition"))
            if isinstance(part, Mapping)
        ]
        either = any_of(alternatives)
        if either is None:
            self.notices.append("alternative conditions that are too many are kept as prose only")
        return all_of([own, either or ()])

    def _occupations(self, node: Node) -> tuple[tuple[str, ...], tuple[FrameworkAlignment, ...]]:
        """Our codes, and the alignments as published; one read out of an old code is inferred."""
        codes: list[str] = []
        alignments = []
        for part in many(node.get("ceterms:occupationType")):
            if not isinstance(part, Mapping):
                continue
            notation = part.get("ceterms:codedNotation")
            target = part.get("ceterms:targetNode")
            name = in_english(part.get("ceterms:targetNodeName")) or str(notation or target or "")
            found = self.occupations.find(str(notation or target or ""), name)
            if found is not None and found.code not in codes:
                codes.append(found.code)
            alignments.append(
                FrameworkAlignment(
                    framework=in_english(part.get("ceterms:frameworkName"))
                    or str(part.get("ceterms:framework") or "unknown"),
                    name=name or "unknown",
                    code=found.code if found else _text(notation),
                    url=_text(target),
                    alignment=found.alignment if found else "inferred",
                )
            )
        return tuple(codes), tuple(alignments)


def _competencies(node: Node, requires: list[Node]) -> tuple[FrameworkAlignment, ...]:
    found = [
        *many(node.get("ceterms:teaches")),
        *many(node.get("ceterms:assesses")),
        *(part for profile in requires for part in many(profile.get("ceterms:targetCompetency"))),
    ]
    return tuple(
        FrameworkAlignment(
            framework=in_english(part.get("ceterms:frameworkName"))
            or str(part.get("ceterms:framework") or "competency"),
            name=name,
            code=_text(part.get("ceterms:codedNotation")),
            url=_text(part.get("ceterms:targetNode")),
        )
        for part in found
        if isinstance(part, Mapping) and (name := in_english(part.get("ceterms:targetNodeName")))
    )


def _participation(node: Node) -> str | None:
    """How one takes part, when all its kinds of delivery agree (CTDL DeliveryType)."""
    kinds = {
        PARTICIPATION.get(str(_target_name(part)))
        for name in ("deliveryType", "learningDeliveryType")
        for part in many(node.get(f"ceterms:{name}"))
    }
    return kinds.pop() if len(kinds) == 1 else None


def _costs(requires: list[Node]) -> list[Any]:
    return [cost for profile in requires for cost in many(profile.get("ceterms:estimatedCost"))]


def _provider(node: Node, by_id: Mapping[str, Node], webpage: str | None) -> Provider | None:
    """Who offers it, by name where the graph holds it; otherwise by its site's address."""
    for target in targets(node, "offeredBy", "ownedBy"):
        organisation = by_id.get(target, {})
        name = in_english(organisation.get("ceterms:name"))
        url = webpage or _first(organisation, "ceterms:subjectWebpage")
        if name and url:
            return Provider(name=name, url=url)
    host = urlsplit(webpage).hostname if webpage else None
    return Provider(name=host.removeprefix("www."), url=webpage) if host and webpage else None


def _kind(node: Node) -> str | None:
    for kind in many(node.get("@type")):
        name = str(kind).rsplit(":", 1)[-1].rsplit("/", 1)[-1]
        if name in CREDENTIALS:
            return name
        if name in COURSES:
            return COURSES[name]
    return None


def _ctid(node: Node) -> str | None:
    value = node.get("ceterms:ctid")
    if isinstance(value, str) and CTID.fullmatch(value):
        return value.lower()
    found = CTID.search(str(node.get("@id", "")))
    return found[0].lower() if found else None


def _target_name(value: Any) -> str | None:
    part = next((one for one in many(value) if isinstance(one, Mapping)), None)
    return str(part.get("ceterms:targetNode", "")).rsplit(":", 1)[-1] if part else None


def _first(node: Node, name: str) -> str | None:
    return next((one for one in many(node.get(name)) if isinstance(one, str) and one), None)


def _text(value: Any) -> str | None:
    return value if isinstance(value, str) and value else None
