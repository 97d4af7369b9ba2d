"""Full-text search answers alike on SQLite and on PostgreSQL."""

import pytest

from credentials.catalogue.matching.memory import current_index
from credentials.catalogue.matching.retrieval import open_retriever
from credentials.clock import SystemClock
from credentials.database import make_engine
from credentials.unit_of_work import Institution
from tests.institutions import open_fresh

pytestmark = pytest.mark.xdist_group("retrieval")  # one server for all of them
HOSTILE = ('" OR 1=1 --', "title:nurse AND *", "NEAR(a, b)", "a & !b | (", "\\", "%_%", "'", "")


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def work(request, tmp_path_factory):
    """A look into one catalogue for all tests: they only read."""
    opened = open_fresh(tmp_path_factory.mktemp("retrieval"), SystemClock(), stocked=True)
    if request.param == "postgresql":
        template = request.getfixturevalue("postgres_stocked")
        url = request.getfixturevalue("postgres").create("retrieval", template)
        opened = Institution(engine=make_engine(url), clock=opened.clock, settings=opened.settings)
    with opened.read() as work:
        yield work
    opened.engine.dispose()


def best_codes(work, hits, count=3):
    index = current_index(work)
    return {index.codes[index.code_of_text[hit.text_id]] for hit in hits[:count]}


@pytest.mark.parametrize(
    ("said", "code"),
    [
        ("I would like to work as a phlebotomist", "31-9097.00"),
        ("pharmacy technicians", "29-2052.00"),
        ("data scientist", "15-2051.00"),
    ],
)
def test_words_find_titles(work, said, code):
    assert code in best_codes(work, open_retriever(work).by_words(said, 10))


@pytest.mark.parametrize(
    ("said", "code"),
    [
        ("flebotomist", "31-9097.00"),
        ("data sientist", "15-2051.00"),
        ("bookeeper", "43-3031.00"),
    ],
)
def test_trigrams_find_titles_with_a_slip(work, said, code):
    assert code in best_codes(work, open_retriever(work).by_trigrams(said, 10))


@pytest.mark.parametrize("said", HOSTILE)
def test_no_operator_is_spoken_from_outside(work, said):
    retriever = open_retriever(work)
    for hits in (retriever.by_words(said, 5), retriever.by_trigrams(said, 5)):
        assert len(hits) <= 5


def test_scores_fall_and_the_limit_holds(work):
    for hits in (
        open_retriever(work).by_words("data analyst", 7),
        open_retriever(work).by_trigrams("data analyst", 7),
    ):
        assert len(hits) == 7
        assert [hit.score for hit in hits] == sorted((hit.score for hit in hits), reverse=True)
