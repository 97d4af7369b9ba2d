"""Tells Rasa what the catalogue's jobs, skills and micro-credentials are called, as they are now."""

import asyncio
import gzip
import json
from dataclasses import asdict

from starlette.requests import Request
from starlette.responses import Response

from credentials.catalogue.lookup import KINDS, lookup_version, read_lookup
from credentials.unit_of_work import Institution


class LookupAnswer:
    """`GET /lookup` → `{"kinds", "entries": [{"kind","id","value","phrases"}]}`, packed.

    304 while it is the version of `If-None-Match`. One packed copy is kept until the catalogue changes.
    """

    def __init__(self, institution: Institution) -> None:
        self._institution = institution
        self._kept: tuple[str, bytes] | None = None
        self._reading = asyncio.Lock()

    async def __call__(self, request: Request) -> Response:
        """Only one request at a time reads the catalogue."""
        async with self._reading:
            tag, body = await asyncio.to_thread(self._current)
        headers = {"ETag": tag, "Content-Encoding": "gzip", "Vary": "Accept-Encoding"}
        if request.headers.get("if-none-match") == tag:
            return Response(status_code=304, headers={"ETag": tag})
        return Response(body, media_type="application/json", headers=headers)

    def _current(self) -> tuple[str, bytes]:
        with self._institution.read() as work:
            tag = f'"{lookup_version(work)}"'
            if self._kept is None or self._kept[0] != tag:
                told = {"kinds": KINDS, "entries": [asdict(one) for one in read_lookup(work)]}
                self._kept = tag, gzip.compress(json.dumps(told).encode(), mtime=0)
        return self._kept
