"""Attacks on look-ups, V38 to V45: where they may go, and what may come back."""

import gzip
import socket
import threading

import pytest

from credentials.openbadges.dids import DidError, did_web_url
from credentials.verification.fetching import GuardedFetcher, connect_tls
from credentials.verification.resolution import CachingResolver, Fetched, Lookup, LookupFailedError
from tests.unit.credentials.openbadges.samples import DID
from tests.unit.credentials.verification.world import (
    DID_JSON,
    World,
    badge,
    status_entry,
    unsigned,
    with_status,
)

SIGNED = badge()


@pytest.fixture
def world():
    return World()


def no_connection(host, address, seconds):
    raise AssertionError("a connection was opened")


INSIDE = {
    "https://127.1/": ["127.0.0.1"],
    "https://2130706433/": ["127.0.0.1"],
    "https://0x7f.1/": ["127.0.0.1"],
    "https://0177.0.0.1/": ["127.0.0.1"],
    "https://127.0.0.1/": ["127.0.0.1"],
    "https://localhost/": ["127.0.0.1", "::1"],
    "https://localhost./": ["127.0.0.1"],
    "https://[::1]/": ["::1"],
    "https://[::ffff:127.0.0.1]/": ["::ffff:127.0.0.1"],
    "https://[64:ff9b::7f00:1]/": ["64:ff9b::7f00:1"],
    "https://[2002:7f00:1::]/": ["2002:7f00:1::"],
    "https://169.254.169.254/latest/": ["169.254.169.254"],
    "https://metadata.google.internal/": ["169.254.169.254"],
    "https://carrier.example/": ["100.64.0.1"],
    "https://inside.example/": ["10.1.2.3"],
    "https://home.example/": ["192.168.0.1"],
    "https://unspecified.example/": ["0.0.0.0"],
    "https://multicast.example/": ["224.0.0.1"],
    "https://link-local.example/": ["fe80::1%eth0"],
    "https://mixed.example/": ["93.184.215.14", "127.0.0.1"],
    "https://mixed6.example/": ["93.184.215.14", "fd00::1"],
}


@pytest.mark.parametrize("url", INSIDE)
def test_v38_v39_addresses_inside_are_never_connected_to(world, url):
    fetcher = GuardedFetcher(resolve=lambda host: INSIDE[url], connect=no_connection)
    with pytest.raises(LookupFailedError) as refused:
        fetcher.fetch(Lookup(url))
    assert refused.value.code == "address_not_public"
    said = with_status(status_entry(statusListCredential=url, id=f"{url}#1"))
    world.fetch_list, asked = fetcher.fetch, world.fetch
    world.fetch = lambda lookup: (fetcher.fetch if lookup.url == url else asked)(lookup)
    assert world.judge(said).code == "status_list_unavailable"


@pytest.mark.parametrize(
    "url",
    [
        "http://example.org/",
        "file:///etc/passwd",
        "gopher://example.org/",
        "ftp://example.org/",
        "data:application/json,{}",
        "https://example.org:22/",
        "https://example.org:8443/",
        "https://user:secret@example.org/",
        "https://example.org\\@evil.example/",
        "https://\uff11\uff12\uff17.0.0.1/",
        "https://①②⑦.0.0.1/",
        "https://example.org/\r\nHost: evil.example",
        "https:///etc/passwd",
        "//example.org/",
        "",
    ],
)
def test_v39_only_plain_https_is_asked(url):
    def no_names(host):
        raise AssertionError("a name was looked up")

    with pytest.raises(LookupFailedError) as refused:
        GuardedFetcher(resolve=no_names, connect=no_connection).fetch(Lookup(url))
    assert refused.value.code == "url_not_allowed"


class Server:
    """A server that answers each connection with the next of its answers, over a pair of sockets."""

    def __init__(self, *answers):
        self.answers, self.hosts, self.requests, self.threads = list(answers), [], [], []

    def connect(self, host, address, seconds):
        self.hosts.append((host, address))
        ours, theirs = socket.socketpair()
        answer = self.answers.pop(0)
        thread = threading.Thread(target=self._serve, args=(theirs, answer), daemon=True)
        thread.start()
        self.threads.append(thread)
        return ours

    def _serve(self, sock, answer):
        with sock:
            self.requests.append(sock.recv(65_536).decode())
            try:
                for part in answer:
                    sock.sendall(part)
            except OSError:
                return


def answer(status="200 OK", body=b"{}", **headers):
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    named.setdefault("Content-Length", str(len(body)))
    lines = [f"HTTP/1.1 {status}", *(f"{name}: {value}" for name, value in named.items())]
    return ["\r\n".join([*lines, "", ""]).encode(), body]


def to(location, status="302 Found"):
    return answer(status, b"", Location=location)


NAMES = {
    "example.org": ["93.184.215.14"],
    "other.example": ["93.184.215.15"],
    "inside.example": ["10.0.0.1"],
}


def fetch(*answers, redirects=True, url="https://example.org/"):
    server = Server(*answers)
    fetcher = GuardedFetcher(resolve=NAMES.__getitem__, connect=server.connect)
    try:
        return fetcher.fetch(Lookup(url, redirects=redirects)), server
    except LookupFailedError as error:
        return error.code, server


def test_an_answer_comes_back_and_the_address_is_the_one_that_was_checked():
    fetched, server = fetch(answer(body=b'{"a":1}', Content_Type="application/json"))
    assert fetched == Fetched(b'{"a":1}', "application/json")
    assert server.hosts == [("example.org", "93.184.215.14")]
    assert "Host: example.org\r\n" in server.requests[0]
    assert "Accept-Encoding: identity\r\n" in server.requests[0]


@pytest.mark.parametrize(
    ("answers", "redirects", "expected"),
    [
        ([to("https://inside.example/")], True, "address_not_public"),
        ([to("http://other.example/")], True, "url_not_allowed"),
        ([to("file:///etc/passwd")], True, "url_not_allowed"),
        ([to("https://other.example:22/")], True, "url_not_allowed"),
        ([to("")], True, "too_many_redirects"),
        ([to("/again")] * 4, True, "too_many_redirects"),
        ([to("https://other.example/")], False, "redirect"),
    ],
    ids=range(7),
)
def test_v40_redirects_are_checked_at_every_hop(answers, redirects, expected):
    code, server = fetch(*(answers if len(answers) > 1 else answers * 4), redirects=redirects)
    assert code == expected
    assert not [host for host, address in server.hosts if host == "inside.example"]


def test_v40_three_redirects_to_public_addresses_are_followed():
    fetched, server = fetch(*[to("https://other.example/")] * 3, answer())
    assert fetched.content == b"{}"
    assert len(server.hosts) == 4


def test_v41_a_name_is_resolved_once_and_its_address_kept():
    answers, asked = iter([["93.184.215.14"], ["127.0.0.1"]]), []

    def rebinding(host):
        asked.append(host)
        return next(answers)

    server = Server(answer())
    GuardedFetcher(resolve=rebinding, connect=server.connect).fetch(Lookup("https://example.org/"))
    assert (asked, server.hosts) == (["example.org"], [("example.org", "93.184.215.14")])


class Dripping:
    """A connection that gives one byte at a time, each a second after the last."""

    def __init__(self, said, now):
        self.said, self.now = said, now

    def sendall(self, data):
        self.now[0] += 1.0

    def settimeout(self, seconds):
        assert seconds > 0

    def recv_into(self, buffer):
        self.now[0] += 1.0
        byte, self.said = self.said[:1], self.said[1:]
        buffer[: len(byte)] = byte
        return len(byte)

    def close(self):
        self.said = b""


@pytest.mark.parametrize(
    ("answers", "expected"),
    [
        ([answer(body=b"x" * (256 * 1024 + 1))], "too_large"),
        (
            [
                [
                    b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n",
                    *[b"ffff\r\n" + b"x" * 65_535 + b"\r\n"] * 9,
                ]
            ],
            "too_large",
        ),
        (
            [answer(body=gzip.compress(bytes(10_000_000)), Content_Encoding="gzip")],
            "encoding_not_allowed",
        ),
        ([[b"HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n{}"]], "incomplete"),
        ([[b"HTTP/1.1 200 OK\r\n" + b"A: b\r\n" * 200 + b"\r\n"]], "unreachable"),
        ([[b"HTTP/1.1 200 OK\r\nA: " + b"b" * 70_000 + b"\r\n\r\n"]], "unreachable"),
        ([[b"SSH-2.0-OpenSSH\r\n"]], "unreachable"),
        ([[b""]], "unreachable"),
        ([answer("404 Not Found")], "not_found"),
        ([answer("410 Gone")], "not_found"),
        ([answer("500 Oops")], "http_error"),
        ([answer("204 No Content", b"")], "http_error"),
    ],
    ids=range(12),
)
def test_v42_too_much_or_not_enough(answers, expected):
    assert fetch(*answers)[0] == expected


@pytest.mark.parametrize(
    "said",
    [
        b"A" * 60,
        b"HTTP/1.1 200 OK\r\n" + b"A: b\r\n" * 60,
        b"HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n" + b"x" * 60,
    ],
    ids=["status line", "headers", "body"],
)
def test_v42_one_byte_at_a_time_ends_at_the_deadline(said):
    now = [0.0]
    fetcher = GuardedFetcher(
        resolve=NAMES.__getitem__,
        connect=lambda host, address, seconds: Dripping(said, now),
        monotonic=lambda: now[0],
    )
    with pytest.raises(LookupFailedError) as refused:
        fetcher.fetch(Lookup("https://example.org/"))
    assert refused.value.code == "too_slow"
    assert now[0] <= 9.0


def test_v42_a_handshake_that_never_ends_is_given_up(monkeypatch):
    ours, theirs = socket.socketpair()
    monkeypatch.setattr(socket, "create_connection", lambda place, seconds: ours)
    with theirs, pytest.raises(TimeoutError):
        connect_tls("example.org", "93.184.215.14", 0.05)
    assert ours.fileno() == -1


@pytest.mark.parametrize(
    "did",
    [
        "did:web:example.org:%2e%2e:secret",
        "did:web:example.org:..:secret",
        "did:web:example.org:a%2Fb",
        "did:web:example.org%2Fetc",
        "did:web:example.org:",
        "did:web::x",
        "did:web:",
        "did:web:EXAMPLE.org",
        "did:web:ex\u00e4mple.org",
        "did:web:user@example.org",
        "did:web:example.org?x=1",
        "did:web:example.org/a",
        "did:web:example.org%3A99999999",
        "did:web:-example.org",
        "did:web:example..org",
        "did:web:" + "a" * 600,
        "did:WEB:example.org",
    ],
)
def test_v43_dids_that_hide_a_path(world, did):
    with pytest.raises(DidError):
        did_web_url(did)
    document = {**unsigned(), "issuer": {"id": did, "type": ["Profile"]}}
    proof = {**SIGNED["proof"][0], "verificationMethod": f"{did}#k"}
    verdict = world.judge({**document, "proof": [proof]})
    assert verdict.verdict in {"invalid", "could_not_check"}
    assert world.asked == []


@pytest.mark.parametrize(
    ("did", "url"),
    [
        ("did:web:w3c-ccg.github.io", "https://w3c-ccg.github.io/.well-known/did.json"),
        ("did:web:w3c-ccg.github.io:user:alice", "https://w3c-ccg.github.io/user/alice/did.json"),
        ("did:web:example.com%3A3000:user:alice", "https://example.com:3000/user/alice/did.json"),
        ("did:web:example.com%3A3000", "https://example.com:3000/.well-known/did.json"),
    ],
)
def test_v43_dids_as_the_method_has_them(did, url):
    # did:web method specification §3.2, examples.
    assert did_web_url(did) == url


@pytest.mark.parametrize("name", ["did:web:evil.example", "did:web:badges.example.org.", "", None])
def test_v44_a_document_about_somebody_else(world, name):
    world.did = {**world.did, "id": name, "alsoKnownAs": [DID]}
    verdict = world.judge(SIGNED)
    assert (verdict.verdict, verdict.code) == ("invalid", "did_document_mismatch")


class Flaky:
    def __init__(self):
        self.asked, self.answer = 0, LookupFailedError("unreachable")

    def fetch(self, lookup):
        self.asked += 1
        if isinstance(self.answer, LookupFailedError):
            raise LookupFailedError(self.answer.code)
        return self.answer


def test_v45_failures_and_answers_are_kept_for_a_while_only():
    now, others = [0.0], Flaky()
    cache = CachingResolver(others, monotonic=lambda: now[0])

    def ask(**how):
        try:
            return cache.fetch(Lookup(DID_JSON, **how)).content
        except LookupFailedError as error:
            return error.code

    assert [ask(), ask(), others.asked] == ["unreachable", "unreachable", 1]
    others.answer = Fetched(b"one", "")
    now[0] = 29.0
    assert ask() == "unreachable"
    now[0] = 31.0
    assert ask() == b"one"
    others.answer = Fetched(b"two", "")
    now[0] = 330.0
    assert ask() == b"one"
    assert ask(fresh=True) == b"two"
    now[0] = 332.0
    assert ask() == b"two"
    assert others.asked == 4
