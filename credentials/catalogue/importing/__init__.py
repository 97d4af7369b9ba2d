"""Brings O*NET, ESCO and others' catalogues in: read without trust, compared, written, switched."""

from credentials.catalogue.importing.distributions import Distribution, open_distribution
from credentials.catalogue.importing.esco import EscoRelease
from credentials.catalogue.importing.onet import OnetRelease
from credentials.catalogue.importing.refusals import ImportRefusedError, Skipped
from credentials.catalogue.importing.releases import Release
from credentials.catalogue.importing.reports import Changes, ImportReport, Outcome
from credentials.catalogue.importing.staging import import_release

__all__ = [
    "Changes",
    "Distribution",
    "EscoRelease",
    "ImportRefusedError",
    "ImportReport",
    "OnetRelease",
    "Outcome",
    "Release",
    "Skipped",
    "import_release",
    "open_distribution",
]
