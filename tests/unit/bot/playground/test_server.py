"""The playground is for this computer only."""

import httpx
import pytest

from bot.playground.server import build_server, create_app, running, serve


@pytest.mark.parametrize("host", ["0.0.0.0", "192.168.1.2", "::", "example.org"])
def test_it_refuses_to_listen_to_the_network(host):
    with pytest.raises(ValueError, match="loopback only"):
        serve(0, host=host)


@pytest.mark.parametrize("host", ["127.0.0.1", "::1", "localhost"])
def test_it_listens_on_loopback(host):
    assert build_server(create_app(), 0, host)


@pytest.mark.parametrize(
    ("headers", "code"),
    [
        ({}, 200),
        ({"host": "localhost:8081"}, 200),
        ({"host": "evil.example"}, 403),
        ({"host": "127.0.0.1.evil.example"}, 403),
        ({"sec-fetch-site": "same-origin"}, 200),
        ({"sec-fetch-site": "cross-site", "sec-fetch-mode": "no-cors"}, 403),
        ({"sec-fetch-site": "cross-site", "sec-fetch-mode": "navigate"}, 403),
    ],
)
def test_pages_of_other_sites_cannot_reach_it(driver, headers, code):
    assert driver.http.get("/sim/state", headers=headers).status_code == code


def test_a_link_elsewhere_may_lead_to_the_page(driver):
    headers = {"sec-fetch-site": "cross-site", "sec-fetch-mode": "navigate"}
    page = driver.http.get("/", headers=headers)
    assert page.status_code == 200
    assert "this is not Telegram" in page.text
    assert "default-src 'none'" in page.headers["content-security-policy"]


def test_files_of_people_never_run_in_the_page(driver):
    file = driver.send("document", "evil.html", b"<script>alert(1)</script>")["file"]
    answer = driver.http.get(file["url"])
    assert answer.headers["content-type"] == "application/octet-stream"
    assert answer.headers["content-disposition"].startswith("attachment")
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.headers["content-security-policy"] == "sandbox"


ENOUGH = 1_000  # requests, each of some milliseconds; the server ends within a fifth of a second


def test_it_stops_while_somebody_waits():
    with running() as base, httpx.Client(base_url=base, timeout=20) as http:
        stream = http.stream("GET", "/sim/events", params={"since": "0"})
        with stream as events:
            next(events.iter_lines())
            http.post("/sim/message", json={"user": 1, "text": "x"})
    with pytest.raises(httpx.TransportError):
        list(map(httpx.get, [base] * ENOUGH))
