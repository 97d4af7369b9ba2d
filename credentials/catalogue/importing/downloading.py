"""Downloads a distribution from an address an operator chose; what broke off is carried on.

Ranges and validators: RFC 9110 §13.1.5 (If-Range), §14 (Range), §15.3.7 (206).
"""

import hashlib
import http.client
import json
import ssl
from dataclasses import asdict, dataclass, replace
from http import HTTPStatus
from ipaddress import ip_address
from pathlib import Path, PurePosixPath
from urllib.parse import unquote, urljoin, urlsplit

from tenacity import Retrying, retry_if_exception_type, stop_after_attempt, wait_exponential
from tenacity.wait import WaitBaseT

from credentials.catalogue.folders import CatalogueError
from credentials.catalogue.importing.distributions import BLOCK, MB, Progress, no_progress

MAX_BYTES = 1024 * MB
TIMEOUT_SECONDS = 30.0  # without a byte
MAX_REDIRECTS = 5
ATTEMPTS = 6
WAIT = wait_exponential(multiplier=1, max=30)
REDIRECTS = frozenset({301, 302, 303, 307, 308})


class DownloadError(CatalogueError):
    """The distribution could not be had; the detail says why. What came is kept, to carry on."""


class BrokenOffError(DownloadError):
    """The connection ended too early; trying again carries on."""


@dataclass(frozen=True)
class _State:
    """What is known of a download, kept beside its file. `validator` is its ETag or date."""

    url: str
    validator: str | None = None
    total: int | None = None  # bytes
    is_whole: bool = False


def download(
    url: str,
    folder: Path,
    *,
    sha256: str | None = None,
    progress: Progress = no_progress,
    attempts: int = ATTEMPTS,
    wait: WaitBaseT = WAIT,
) -> Path:
    """The file at an address, in the folder under its own name; unchanged ones are not sent again.

    Raises:
        DownloadError: the address is not allowed or gives no file, the file is too large, breaks
            off again and again, or is not the one that `sha256` names.
    """
    file = folder / _name_of(url)
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    retrying = Retrying(
        retry=retry_if_exception_type(BrokenOffError),
        stop=stop_after_attempt(attempts),
        wait=wait,
        reraise=True,
    )
    retrying(_carry_on, url, file, progress)
    if sha256 is not None and _digest(file) != sha256.lower():
        found = _digest(file)
        file.unlink()
        _state_file(file).unlink(missing_ok=True)
        raise DownloadError(f"{file.name} is not the file that was meant: its SHA-256 is {found}")
    return file


def _carry_on(url: str, file: Path, progress: Progress) -> None:
    """One attempt: ask for what is missing, write it, see whether that was all."""
    part, state = _part_file(file), _read_state(file, url)
    have = part.stat().st_size if part.exists() else 0
    if state.validator is None:
        have = 0
    headers = {"Accept-Encoding": "identity", "User-Agent": "skillmark"}
    if state.is_whole and state.validator and file.exists():
        is_tag = not state.validator[:1].isalpha()
        headers["If-None-Match" if is_tag else "If-Modified-Since"] = state.validator
    elif have and state.validator:
        headers.update({"Range": f"bytes={have}-", "If-Range": state.validator})
    connection, response = _open(url, headers)
    try:
        if response.status == HTTPStatus.NOT_MODIFIED:
            return
        if response.status == HTTPStatus.REQUESTED_RANGE_NOT_SATISFIABLE:
            part.unlink(missing_ok=True)
            raise BrokenOffError(f"{url} does not carry on from byte {have:,}")
        if response.status == HTTPStatus.OK:
            have = 0
        elif response.status != HTTPStatus.PARTIAL_CONTENT:
            raise DownloadError(f"{url} answers {response.status} {response.reason}")
        state = _told(url, response, have)
        _write_state(file, state)
        _receive(response, part, have, state, progress)
    except (OSError, http.client.HTTPException) as error:
        raise BrokenOffError(f"{url} broke off ({error})") from error
    finally:
        response.close()
        connection.close()
    part.replace(file)
    _write_state(file, replace(state, is_whole=True))


def _receive(
    response: http.client.HTTPResponse, part: Path, have: int, state: _State, progress: Progress
) -> None:
    with part.open("ab" if have else "wb") as out:
        while block := response.read(BLOCK):
            out.write(block)
            have += len(block)
            if have > MAX_BYTES:
                break
            progress(f"Downloading {part.stem}", have, state.total or have)
    if have > MAX_BYTES:
        part.unlink()
        raise DownloadError(f"{state.url} sends more than {MAX_BYTES // MB} MB, which is the most")
    if state.total is not None and have != state.total:
        raise BrokenOffError(f"{state.url} ended after {have:,} of {state.total:,} bytes")


def _told(url: str, response: http.client.HTTPResponse, have: int) -> _State:
    """What the answer says of the whole file."""
    length = response.getheader("Content-Length")
    total = have + int(length) if length and length.isdigit() else None
    if total is not None and total > MAX_BYTES:
        raise DownloadError(
            f"{url} holds {total // MB:,} MB; at most {MAX_BYTES // MB} MB are read"
        )
    tag = response.getheader("ETag")
    is_strong = tag is not None and not tag.startswith("W/")
    return _State(url, tag if is_strong else response.getheader("Last-Modified"), total)


def _open(
    url: str, headers: dict[str, str]
) -> tuple[http.client.HTTPConnection, http.client.HTTPResponse]:
    for _ in range(MAX_REDIRECTS + 1):
        connection = _connect(url)
        parts = urlsplit(url)
        target = f"{parts.path or '/'}{'?' + parts.query if parts.query else ''}"
        try:
            connection.request("GET", target, headers=headers)
            response = connection.getresponse()
        except (OSError, http.client.HTTPException) as error:
            connection.close()
            raise BrokenOffError(f"{url} cannot be reached ({error})") from error
        if response.status not in REDIRECTS:
            return connection, response
        response.close()
        connection.close()
        url = urljoin(url, response.getheader("Location") or "")
    raise DownloadError(f"{url} leads on too often")


def _connect(url: str) -> http.client.HTTPConnection:
    """https, and http to this machine only."""
    parts = urlsplit(url)
    host = parts.hostname
    if host is None or parts.username is not None:
        raise DownloadError(f"{url} is no address of a file")
    if parts.scheme == "https":
        context = ssl.create_default_context()
        return http.client.HTTPSConnection(
            host, parts.port, timeout=TIMEOUT_SECONDS, context=context
        )
    if parts.scheme == "http" and _is_loopback(host):
        return http.client.HTTPConnection(host, parts.port, timeout=TIMEOUT_SECONDS)
    raise DownloadError(f"{url}: only https addresses are opened")


def _is_loopback(host: str) -> bool:
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def _name_of(url: str) -> str:
    name = PurePosixPath(unquote(urlsplit(url).path)).name
    if not name or name.startswith(".") or "/" in name or "\\" in name:
        raise DownloadError(f"{url} does not name a file")
    return name


def _part_file(file: Path) -> Path:
    return file.with_name(f"{file.name}.part")


def _state_file(file: Path) -> Path:
    return file.with_name(f"{file.name}.json")


def _read_state(file: Path, url: str) -> _State:
    try:
        state = _State(**json.loads(_state_file(file).read_text(encoding="utf-8")))
    except (OSError, ValueError, TypeError):
        return _State(url)
    return state if state.url == url else _State(url)


def _write_state(file: Path, state: _State) -> None:
    _state_file(file).write_text(json.dumps(asdict(state)), encoding="utf-8")


def _digest(file: Path) -> str:
    with file.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()
