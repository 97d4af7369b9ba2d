"""Processes that share one PostgreSQL keep the status lists right."""

from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context

import pytest
from sqlalchemy import update

from credentials.issuing.models import StatusListRow
from credentials.issuing.statuses import FULL_AT
from tests.issued import issue
from tests.status_storm import check_invariants, storm_in_process

pytestmark = [pytest.mark.integration, pytest.mark.xdist_group("postgres")]

PROCESSES, ROUNDS = 3, 6


@pytest.mark.parametrize("room", [None, 7], ids=["one list", "a list that is nearly full"])
def test_processes_share_a_status_list(postgres_institution, room):
    first = issue(postgres_institution).document["credentialStatus"]
    given = [(first["statusListCredential"].rpartition("/")[2], int(first["statusListIndex"]))]
    filled = 0 if room is None else FULL_AT - room - 1
    with postgres_institution.begin() as work:
        work.session.execute(update(StatusListRow).values(taken=filled + 1))
    known = postgres_institution.settings
    settings = {
        name: str(getattr(known, name))
        for name in ("data_dir", "kek_file", "database_url", "public_url", "institution_name")
    }
    with ProcessPoolExecutor(PROCESSES, mp_context=get_context("spawn")) as pool:
        storms = [
            pool.submit(storm_in_process, settings, seed, ROUNDS) for seed in range(PROCESSES)
        ]
        for one in storms:
            given += one.result(timeout=300)
    check_invariants(postgres_institution, given, filled)
    assert (len({list_id for list_id, _ in given}) > 1) is (room is not None)
