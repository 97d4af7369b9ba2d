"""Issuing and revoking at once keeps the status lists right and verifiable at every moment."""

import threading
from concurrent.futures import ThreadPoolExecutor

from tests.issued import issue
from tests.status_storm import bits_of_lists, check_invariants, storm

HANDS, ROUNDS = 4, 6


def test_threads_share_a_status_list_and_readers_always_find_it_right(institution):
    first = issue(institution).document["credentialStatus"]
    given = [(first["statusListCredential"].rpartition("/")[2], int(first["statusListIndex"]))]
    is_over, read = threading.Event(), []

    def watch():
        while not is_over.is_set():
            read.append(dict(bits_of_lists(institution)))

    with ThreadPoolExecutor(HANDS + 1) as pool:
        watching = pool.submit(watch)
        storms = [pool.submit(storm, institution, seed, ROUNDS) for seed in range(HANDS)]
        try:
            given += [place for one in storms for place in one.result(timeout=300)]
        finally:
            is_over.set()
        watching.result(timeout=60)
    assert len(given) > HANDS * ROUNDS
    assert read
    check_invariants(institution, given)
