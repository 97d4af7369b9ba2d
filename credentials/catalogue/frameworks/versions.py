"""Which releases of O*NET and ESCO are here, which one is current, and whose they are."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from types import MappingProxyType

from sqlalchemy import delete, select

from credentials.catalogue.frameworks.models import FrameworkVersionRow
from credentials.errors import InvalidInputError, NotFoundError
from credentials.unit_of_work import Work


class Framework(StrEnum):
    ONET = "O*NET"
    ESCO = "ESCO"


UNKNOWN_RELEASE = "unknown"


class VersionState(StrEnum):
    IMPORTING = "importing"
    CURRENT = "current"
    KEPT = "kept"  # for advice that was given with it


#: O*NET's licence page gives the form; `{release}` is the release shown. ESCO's follows its terms of reuse.
ATTRIBUTIONS: Mapping[Framework, str] = MappingProxyType(
    {
        Framework.ONET: (
            "This page includes information from the O*NET {release} Database by the U.S. Department"
            " of Labor, Employment and Training Administration (USDOL/ETA). Used under the CC BY 4.0"
            " license. O*NET® is a trademark of USDOL/ETA. {institution} has modified all or some of"
            " this information. USDOL/ETA has not approved, endorsed, or tested these modifications."
        ),
        Framework.ESCO: (
            "This service uses the ESCO classification of the European Commission. {institution} has"
            " modified all or some of this information."
        ),
    }
)


#: What the starter catalogue's skills and occupations were made from.
STARTER_RELEASES: Mapping[Framework, str] = MappingProxyType(
    {Framework.ONET: "30.3", Framework.ESCO: "1.1.1"}
)


@dataclass(frozen=True, kw_only=True)
class FrameworkVersion:
    """A release that was imported. `counts` holds rows by table; `digest` is of what was read."""

    version_id: int
    framework: Framework
    release: str
    language: str
    state: VersionState
    digest: str
    source: str
    imported_at: datetime
    counts: Mapping[str, int]

    def attribution(self, institution: str) -> str:
        """What has to stand wherever the data are shown."""
        return attribution_of(self.framework, self.release, institution)


def attribution_of(framework: Framework, release: str, institution: str) -> str:
    """What has to stand wherever data of a release are shown."""
    words = ATTRIBUTIONS[framework].format(release=release, institution=institution)
    return words.replace(f" {UNKNOWN_RELEASE} Database", " Database")


def current_version(work: Work, framework: Framework) -> FrameworkVersion | None:
    """The release in use; None before the first import."""
    row = work.session.scalar(
        select(FrameworkVersionRow).where(
            FrameworkVersionRow.framework == framework,
            FrameworkVersionRow.state == VersionState.CURRENT,
        )
    )
    return version_of(row) if row else None


def get_version(work: Work, version_id: int) -> FrameworkVersion:
    """A release that was imported, current or kept.

    Raises:
        NotFoundError: there is none.
    """
    row = work.session.get(FrameworkVersionRow, version_id)
    if row is None or row.state == VersionState.IMPORTING:
        raise NotFoundError(f"no framework version {version_id}")
    return version_of(row)


def list_versions(work: Work) -> tuple[FrameworkVersion, ...]:
    """Every release that can be read, in the order they came."""
    rows = work.session.scalars(
        select(FrameworkVersionRow)
        .where(FrameworkVersionRow.state != VersionState.IMPORTING)
        .order_by(FrameworkVersionRow.version_id)
    )
    return tuple(version_of(row) for row in rows)


def remove_version(work: Work, *, version_id: int) -> FrameworkVersion:
    """Remove a kept release with everything of it; what it was.

    Raises:
        NotFoundError: there is none.
        InvalidInputError: it is the one in use.
    """
    found = get_version(work, version_id)
    if found.state is VersionState.CURRENT:
        raise InvalidInputError(f"{found.framework} {found.release} is in use")
    work.session.execute(
        delete(FrameworkVersionRow).where(FrameworkVersionRow.version_id == version_id)
    )
    return found


def attributions(work: Work) -> tuple[str, ...]:
    """What has to stand where data of the frameworks are shown.

    It names the current releases; before the first import, those the starter was made from.
    """
    name = work.settings.institution_name
    found = []
    for framework in Framework:
        version = current_version(work, framework)
        release = version.release if version else STARTER_RELEASES[framework]
        found.append(attribution_of(framework, release, name))
    return tuple(found)


def version_of(row: FrameworkVersionRow) -> FrameworkVersion:
    return FrameworkVersion(
        version_id=row.version_id,
        framework=Framework(row.framework),
        release=row.release,
        language=row.language,
        state=VersionState(row.state),
        digest=row.digest,
        source=row.source,
        imported_at=row.imported_at,
        counts=MappingProxyType(dict(row.counts)),
    )
