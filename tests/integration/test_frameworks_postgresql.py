"""A framework on PostgreSQL: imported, replaced, and readable by release."""

import pytest

from credentials.catalogue.frameworks import (
    Framework,
    current_version,
    find_titles,
    list_ratings,
    list_versions,
    read_titles,
)
from credentials.catalogue.importing import (
    ImportRefusedError,
    OnetRelease,
    Outcome,
    import_release,
    open_distribution,
)
from tests.distributions import DEVELOPER, onet_tables, write_onet

pytestmark = [pytest.mark.integration, pytest.mark.xdist_group("postgres")]


def load(institution, path):
    with open_distribution(path) as distribution:
        return import_release(institution, OnetRelease(distribution))


def test_a_release_is_imported_replaced_and_restored(postgres_institution, tmp_path):
    old = write_onet(tmp_path / "old", onet_tables())
    tables = onet_tables()
    tables["Job Titles"].append([DEVELOPER, "Coder", "n/a", "08"])
    new = write_onet(tmp_path / "new", tables, "31.0")
    first = load(postgres_institution, old)
    second = load(postgres_institution, new)
    assert second.changes["titles"].added == 1
    assert not any(changes.changed for changes in second.changes.values())
    with postgres_institution.read() as work:
        assert current_version(work, Framework.ONET).release == "31.0"
        assert find_titles(work, second.version_id, "coder")
        assert not find_titles(work, first.version_id, "coder")
        assert len(list_ratings(work, first.version_id, DEVELOPER)) == 2
        assert len(list(read_titles(work, second.version_id))) == 11
    assert load(postgres_institution, old).outcome is Outcome.RESTORED


def test_a_refused_release_leaves_nothing(postgres_institution, tmp_path):
    tables = onet_tables()
    tables["Task Statements"].append([DEVELOPER, 8, "Another text.", "Core", 1, "x", "y"])
    with pytest.raises(ImportRefusedError):
        load(postgres_institution, write_onet(tmp_path / "bad", tables))
    with postgres_institution.read() as work:
        assert list_versions(work) == ()
