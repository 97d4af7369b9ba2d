"""Brings O*NET, ESCO and others' catalogues in: read without trust, compared, written, switched."""

from credentials.catalogue.importing.distributions import Distribution, open_distribution
from credentials.catalogue.importing.downloading import DownloadError, download
from credentials.catalogue.importing.esco import EscoRelease
from credentials.catalogue.importing.onet import OnetRelease
from credentials.catalogue.importing.refusals import ImportRefusedError, Skipped
from credentials.catalogue.importing.releases import Release
from credentials.catalogue.importing.reports import Changes, ImportReport, Outcome
from credentials.catalogue.importing.sheets import template
from credentials.catalogue.importing.staging import import_release
from credentials.catalogue.importing.storing import (
    ListingReport,
    import_ctdl,
    import_openbadges,
    import_sheet,
)

__all__ = [
    "Changes",
    "Distribution",
    "DownloadError",
    "EscoRelease",
    "ImportRefusedError",
    "ImportReport",
    "ListingReport",
    "OnetRelease",
    "Outcome",
    "Release",
    "Skipped",
    "download",
    "import_ctdl",
    "import_openbadges",
    "import_release",
    "import_sheet",
    "open_distribution",
    "template",
]
