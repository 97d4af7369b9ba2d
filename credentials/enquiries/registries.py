"""The lists of known issuers this institution goes by: a file of its own, one from the web.

The one from the web is kept beside the database, so that judging never waits for it; a tick or
`skillmark trust refresh` asks for it anew. One that cannot be had or read leaves the last in force,
and its age is told with every verdict.
"""

import logging
import os
import threading
from dataclasses import dataclass, field
from pathlib import Path

from credentials.settings import Settings
from credentials.verification.resolution import Lookup, LookupFailedError, Resolver
from credentials.verification.trust import RegistryError, TrustRegistry, read_registry

log = logging.getLogger(__name__)

KEPT = "trust-registry.json"


@dataclass
class Registries:
    """Gives the list in force; files are read again when they change."""

    settings: Settings
    _read: dict[Path, tuple[int, TrustRegistry]] = field(default_factory=dict, init=False)
    _lock: threading.Lock = field(default_factory=threading.Lock, init=False)

    def current(self) -> TrustRegistry:
        """Both lists as one, with ourselves in it."""
        known = TrustRegistry()
        for path in (self.settings.trust_file, self._kept if self.settings.trust_url else None):
            if path is not None:
                known = known.joined(self._of(path))
        return known.including(self.settings.issuer_did, self.settings.institution_name)

    def refresh(self, network: Resolver) -> TrustRegistry | None:
        """Ask for the list from the web; None when none is set.

        Raises:
            LookupFailedError: it could not be had.
            RegistryError: what came is no list.
        """
        url = self.settings.trust_url
        if url is None:
            return None
        content = network.fetch(Lookup(url, fresh=True)).content
        found = read_registry(content)
        self.settings.data_dir.mkdir(parents=True, exist_ok=True)
        fresh = self._kept.with_suffix(f".{os.getpid()}.new")
        fresh.write_bytes(content)
        fresh.replace(self._kept)
        return found

    def refresh_quietly(self, network: Resolver) -> None:
        """As `refresh`, for a tick: what goes wrong is logged, and the last list stays."""
        try:
            self.refresh(network)
        except (LookupFailedError, RegistryError, OSError) as error:
            log.warning("the list of known issuers was not refreshed: %s", error)

    @property
    def _kept(self) -> Path:
        return self.settings.data_dir / KEPT

    def _of(self, path: Path) -> TrustRegistry:
        try:
            changed = path.stat().st_mtime_ns
            with self._lock:
                at, known = self._read.get(path, (-1, TrustRegistry()))
                if at != changed:
                    known = self._read_file(path, known)
                    self._read[path] = (changed, known)
                return known
        except OSError:
            return TrustRegistry()

    def _read_file(self, path: Path, last: TrustRegistry) -> TrustRegistry:
        try:
            return read_registry(path.read_bytes())
        except RegistryError as error:
            log.warning("the list of known issuers in %s cannot be read: %s", path.name, error)
            return last
