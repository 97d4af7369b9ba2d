"""Rasa learns what the catalogue's things are called, and asks for them again only when they change."""

import httpx
import pytest

from actions.server import create_actions
from credentials.catalogue.importing import (
    EscoRelease,
    OnetRelease,
    import_release,
    open_distribution,
)
from tests.distributions import esco_tables, onet_tables, write_csv, write_onet

TOKEN = {"Authorization": "Bearer token"}


@pytest.fixture
async def server(stocked):
    transport = httpx.ASGITransport(create_actions(stocked, token="token", ticket_key="key"))
    async with httpx.AsyncClient(transport=transport, base_url="http://actions") as client:
        yield client


def names(told, kind):
    return {name for entry in told["entries"] if entry["kind"] == kind for name in entry["phrases"]}


async def test_the_catalogue_is_told_and_then_only_when_it_changed(server):
    first = await server.get("/lookup", headers=TOKEN)
    assert "SQL Foundations" in names(first.json(), "credential")
    assert "data analyst" in names(first.json(), "occupation")
    assert "SQL" in names(first.json(), "skill")
    again = await server.get("/lookup", headers={**TOKEN, "If-None-Match": first.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")


async def test_nobody_else_is_told(server):
    refused = await server.get("/lookup")
    assert refused.status_code == 401


async def test_imported_frameworks_are_told_without_a_restart(server, institution, tmp_path):
    before = await server.get("/lookup", headers=TOKEN)
    for path, kind in (
        (write_onet(tmp_path / "db_30_3_text", onet_tables()), OnetRelease),
        (write_csv(tmp_path / "ESCO dataset - v1.2.0 - classification - en - csv", esco_tables()), EscoRelease),
    ):  # fmt: skip
        with open_distribution(path) as distribution:
            import_release(institution, kind(distribution))
    after = await server.get("/lookup", headers={**TOKEN, "If-None-Match": before.headers["etag"]})
    assert after.status_code == 200
    new = {
        kind: names(after.json(), kind) - names(before.json(), kind)
        for kind in ("occupation", "skill")
    }
    assert new["occupation"]
    assert new["skill"]
