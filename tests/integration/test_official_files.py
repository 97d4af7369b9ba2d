"""The official distributions, unchanged: every row arrives."""

import pytest

from credentials.catalogue.frameworks import (
    find_skill_labels,
    find_titles,
    list_occupations,
    list_software_examples,
)
from credentials.catalogue.importing import (
    EscoRelease,
    OnetRelease,
    import_release,
    open_distribution,
)

pytestmark = pytest.mark.integration


def load(institution, release, path):
    with open_distribution(path) as distribution:
        return import_release(institution, release(distribution))


def test_onet_is_read_whole(institution, shared_folder):
    report = load(institution, OnetRelease, shared_folder / "data" / "onet" / "db_30_3_text")
    added = {name: changes.added for name, changes in report.changes.items()}
    assert added["occupations"] == 1016
    assert added["software"] == 31_821
    assert added["tasks"] == 18_796
    assert added["related"] == 18_460
    assert report.skipped_count == 0
    with institution.read() as work:
        jobs = list_occupations(work, report.version_id)
        assert sum(job.has_ratings for job in jobs) == 894
        assert sum(job.job_zone is not None for job in jobs) == 923
        assert len(list_software_examples(work, report.version_id)) == 8753
        assert [t.occupation for t in find_titles(work, report.version_id, "cpa")]


def test_esco_is_read_whole(institution, shared_folder):
    report = load(institution, EscoRelease, shared_folder / "data" / "esco" / "v1.1.1")
    added = {name: changes.added for name, changes in report.changes.items()}
    assert added["occupations"] == 3007
    assert added["skills"] == 13_896 + 640
    assert added["requirements"] + report.skipped_count == 123_855
    with institution.read() as work:
        found = find_skill_labels(work, report.version_id, "git")
        assert found
        assert "European Commission" in report.attribution
