"""Tickets authorise one person's update for two minutes."""

from datetime import UTC, datetime, timedelta

import pytest

from actions.ticket import TicketError, check_ticket, mint_ticket

NOW = datetime(2026, 3, 2, tzinfo=UTC)
TICKET = mint_ticket(b"key", person_id="p-1", update_id="7:9", now=NOW)


def test_a_ticket_says_whom_it_serves():
    ticket = check_ticket(b"key", TICKET, now=NOW + timedelta(seconds=119))
    assert (ticket.person_id, ticket.update_id) == ("p-1", "7:9")


@pytest.mark.parametrize(
    "ticket", [None, "", 7, "v1.x.y", "v2." + TICKET[3:], TICKET[:-2], TICKET + "A"]
)
def test_anything_else_is_refused(ticket):
    with pytest.raises(TicketError):
        check_ticket(b"key", ticket, now=NOW)


def test_a_changed_an_old_and_a_foreign_ticket_are_refused():
    head, _, seal = TICKET.split(".")
    other = mint_ticket(b"key", person_id="p-2", update_id="7:9", now=NOW).split(".")[1]
    for ticket, key, now in [
        (f"{head}.{other}.{seal}", b"key", NOW),
        (TICKET, b"other", NOW),
        (TICKET, b"key", NOW + timedelta(seconds=121)),
    ]:
        with pytest.raises(TicketError):
            check_ticket(key, ticket, now=now)
