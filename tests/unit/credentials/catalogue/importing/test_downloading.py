"""A distribution is downloaded whole, carried on where it broke off, and refused when it is another."""

import hashlib
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from tenacity import wait_none

from credentials.catalogue.importing import (
    DownloadError,
    OnetRelease,
    download,
    import_release,
    open_distribution,
)
from tests.distributions import onet_tables, write_onet, zipped


class Publisher(ThreadingHTTPServer):
    """Serves one file with ranges, as publishers do; `breaks` says after how many bytes to hang up."""

    def __init__(self, content):
        super().__init__(("127.0.0.1", 0), Handler)
        self.content, self.tag = content, '"one"'
        self.breaks: list[int] = []
        self.asked: list[dict[str, str]] = []
        self.status = 200
        self.announced: int | None = None

    @property
    def url(self):
        return f"http://127.0.0.1:{self.server_port}/files/db_30_3_text.zip"


class Handler(BaseHTTPRequestHandler):
    server: Publisher

    def do_GET(self):
        publisher = self.server
        publisher.asked.append(dict(self.headers))
        if publisher.status != 200:
            self.send_response(publisher.status)
            self.send_header("Location", "http://elsewhere.example/x.zip")
            self.end_headers()
            return
        if self.headers.get("If-None-Match") == publisher.tag:
            self.send_response(304)
            self.end_headers()
            return
        start = 0
        if self.headers.get("If-Range") == publisher.tag:
            start = int(self.headers["Range"].removeprefix("bytes=").rstrip("-"))
        body = publisher.content[start:]
        self.send_response(206 if start else 200)
        self.send_header("ETag", publisher.tag)
        self.send_header("Content-Length", str(publisher.announced or len(body)))
        self.end_headers()
        self.wfile.write(body[: publisher.breaks.pop(0)] if publisher.breaks else body)

    def log_message(self, *args):
        pass


@pytest.fixture
def publisher(tmp_path):
    archive = zipped(write_onet(tmp_path / "db_30_3_text", onet_tables()), tmp_path / "made.zip")
    server = Publisher(archive.read_bytes())
    thread = threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True)
    thread.start()
    yield server
    server.shutdown()
    server.server_close()
    thread.join()


@pytest.fixture
def get(publisher, tmp_path):
    def get(url=None, **options):
        return download(url or publisher.url, tmp_path / "downloads", wait=wait_none(), **options)

    return get


def test_a_file_comes_whole_and_is_imported(institution, publisher, get):
    told = []
    file = get(progress=lambda name, done, total: told.append((done, total)))
    assert file.name == "db_30_3_text.zip"
    assert told[-1] == (len(publisher.content), len(publisher.content))
    with open_distribution(file) as distribution:
        report = import_release(institution, OnetRelease(distribution))
    assert report.release == "30.3"


def test_what_broke_off_is_carried_on(publisher, get):
    publisher.breaks = [100, 50]
    assert get().read_bytes() == publisher.content
    assert [asked.get("Range") for asked in publisher.asked] == [None, "bytes=100-", "bytes=150-"]


def test_a_later_start_carries_on_too(publisher, get):
    publisher.breaks = [100]
    with pytest.raises(DownloadError, match="ended after 100 of"):
        get(attempts=1)
    assert get().read_bytes() == publisher.content
    assert publisher.asked[-1]["Range"] == "bytes=100-"


def test_a_file_that_changed_meanwhile_comes_anew(publisher, get):
    publisher.breaks = [100]
    with pytest.raises(DownloadError):
        get(attempts=1)
    publisher.tag, publisher.content = '"two"', publisher.content[::-1]
    assert get().read_bytes() == publisher.content


def test_an_unchanged_file_is_not_sent_again(publisher, get):
    first = get()
    assert get() == first
    assert publisher.asked[-1]["If-None-Match"] == publisher.tag


def test_another_file_than_was_meant_is_refused(publisher, get, tmp_path):
    right = hashlib.sha256(publisher.content).hexdigest()
    assert get(sha256=right.upper()).exists()
    with pytest.raises(DownloadError, match=f"its SHA-256 is {right}"):
        get(sha256="0" * 64)
    assert not list((tmp_path / "downloads").iterdir())


def test_a_file_that_never_comes_whole_is_given_up(publisher, get):
    publisher.breaks = [10] * 20
    with pytest.raises(DownloadError, match="ended after 60 of"):
        get()
    assert len(publisher.asked) == 6


def test_too_much_is_refused_before_it_is_read(publisher, get):
    publisher.announced = 3 * 1024**3
    with pytest.raises(DownloadError, match="holds 3,072 MB; at most 1024 MB"):
        get()


@pytest.mark.parametrize(
    ("status", "words"),
    [(404, "answers 404"), (500, "answers 500"), (302, "only https addresses are opened")],
)
def test_no_file_is_said(publisher, get, status, words):
    publisher.status = status
    with pytest.raises(DownloadError, match=words):
        get()


@pytest.mark.parametrize(
    "url",
    ["http://www.example.org/a.zip", "ftp://127.0.0.1/a.zip", "https://a:b@example.org/a.zip"],
)
def test_addresses_that_are_not_safe_are_not_opened(get, url):
    with pytest.raises(DownloadError):
        get(url)
