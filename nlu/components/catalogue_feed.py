"""Fetches the product's catalogue as it is now, so that a new course is known without a new training.

The action server offers it at `GET /lookup` beside its webhook, with an ETag: usually the answer is
"304 Not Modified". Whatever goes wrong, the words known so far stay in use.
"""

from __future__ import annotations

import gzip
import json
import logging
import os
import threading
import urllib.error
import urllib.request
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

logger = logging.getLogger(__name__)

EVERY_SECONDS = 60.0
TIME_LIMIT_SECONDS = 30.0
MOST_BYTES = 64 * 1024 * 1024  # unpacked; O*NET and ESCO in one language are about 15 MB
URL, TOKEN = "SKILLMARK_ACTIONS_URL", "SKILLMARK_ACTIONS_TOKEN"

Lookup = dict[str, Any]


@dataclass
class Feed:
    """Asks one address; `tag` is the version that was read last."""

    url: str
    token: str
    tag: str = ""

    @classmethod
    def from_environment(cls, environment: Mapping[str, str] | None = None) -> Feed | None:
        """None where no action server is named, as in training."""
        environment = os.environ if environment is None else environment  # noqa: TID251 - no settings here
        url = environment.get(URL, "")
        if not url.startswith(("http://", "https://")):
            return None
        return cls(url.rpartition("/")[0] + "/lookup", environment.get(TOKEN, ""))

    def newer(self) -> Lookup | None:
        """The lookup when it has changed since the last call.

        Raises:
            OSError: no answer, or one that refuses.
            ValueError: the answer is no lookup.
        """
        headers = {"Authorization": f"Bearer {self.token}", "Accept-Encoding": "gzip"}
        request = urllib.request.Request(  # noqa: S310 - http or https, see from_environment
            self.url, headers={**headers, "If-None-Match": self.tag}
        )
        try:
            with urllib.request.urlopen(request, timeout=TIME_LIMIT_SECONDS) as answer:  # noqa: S310
                body, tag = _unpacked(answer), str(answer.headers.get("ETag") or "")
        except urllib.error.HTTPError as error:
            if error.code == 304:
                return None
            raise
        lookup = _checked(json.loads(body))
        self.tag = tag
        return lookup

    def follow(self, use: Callable[[Lookup], None], stop: threading.Event) -> None:
        """Hand every newer lookup to `use`, until stopped."""
        while not stop.is_set():
            try:
                lookup = self.newer()
                if lookup is not None:
                    use(lookup)
                    logger.info("catalogue.read entries=%d", len(lookup["entries"]))
            except (OSError, ValueError) as error:
                logger.warning("catalogue.unread error=%s", type(error).__name__)
            stop.wait(EVERY_SECONDS)


def _unpacked(answer: Any) -> bytes:
    packed = answer.headers.get("Content-Encoding") == "gzip"
    stream = gzip.GzipFile(fileobj=answer) if packed else answer
    body: bytes = stream.read(MOST_BYTES + 1)
    if len(body) > MOST_BYTES:
        raise ValueError("the catalogue is too large")
    return body


def _checked(lookup: Any) -> Lookup:
    """Raises: ValueError for anything but a lookup with entries."""
    try:
        kinds, entries = list(lookup["kinds"]), list(lookup["entries"])
        is_sound = all(e["kind"] in kinds and isinstance(e["phrases"], list) for e in entries)
    except (KeyError, TypeError) as error:
        raise ValueError("no lookup") from error
    if not (entries and is_sound):
        raise ValueError("a lookup without entries, or with one of no kind")
    return {"kinds": kinds, "entries": entries}
