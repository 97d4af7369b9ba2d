"""The Node peer as a child process: Digital Bazaar's libraries and `jose`."""

import json
import shutil
import subprocess
from pathlib import Path
from typing import Any

from credentials.openbadges.bundled import PINNED, context_of

FOLDER = Path(__file__).parent


class PeerMissingError(Exception):
    """Node or its packages are not there; the message says what to do."""


class Peer:
    """Asks the peer one thing at a time; documents it may look up are handed in first."""

    def __init__(self) -> None:
        node = shutil.which("node")
        if node is None:
            raise PeerMissingError("Node 20 is not on this machine")
        if not (FOLDER / "node_modules" / "jose").is_dir():
            raise PeerMissingError("Node's packages are not installed: make install-interop")
        self._child = subprocess.Popen(
            [node, "peer.mjs"], cwd=FOLDER, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )
        self.ask("documents", documents={url: {"@context": context_of(url)} for url in PINNED})

    def ask(self, operation: str, **options: Any) -> dict[str, Any]:
        assert self._child.stdin is not None
        assert self._child.stdout is not None
        self._child.stdin.write(json.dumps({"operation": operation, **options}) + "\n")
        self._child.stdin.flush()
        answer = json.loads(self._child.stdout.readline() or '{"failed": "the peer ended"}')
        assert "failed" not in answer, answer["failed"]
        return dict(answer)

    def close(self) -> None:
        for pipe in (self._child.stdin, self._child.stdout):
            assert pipe is not None
            pipe.close()
        self._child.wait(10)
