"""Who gets which form, and how much one client may ask."""

import pytest
from starlette.exceptions import HTTPException
from starlette.requests import Request

from bot.web.limits import RateLimiter, client_of
from bot.web.negotiation import HTML, JSON_TYPES, PNG, wanted_form

CHROME = "text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,image/webp,*/*;q=0.8"
OFFERED = [*JSON_TYPES, HTML, PNG]


def request(accept=None, agent=None, query=b"", host="203.0.113.7"):
    headers = [(b"accept", accept.encode())] if accept is not None else []
    headers += [(b"user-agent", agent.encode())] if agent else []
    scope = {"type": "http", "headers": headers, "query_string": query, "client": (host, 1)}
    return Request(scope)


@pytest.mark.parametrize(
    ("accept", "form"),
    [
        (CHROME, HTML),
        ("text/html", HTML),
        ("*/*", JSON_TYPES[0]),
        (None, JSON_TYPES[0]),
        ("application/json", "application/json"),
        ("application/ld+json, application/json;q=0.5", "application/ld+json"),
        ("application/vc", "application/vc"),
        ("application/json, */*;q=0.5", "application/json"),
        ("text/html;q=0.2, application/vc+ld+json;q=0.9", JSON_TYPES[0]),
        ("text/*", HTML),
        ("image/png", PNG),
        ("text/html;q=0", None),
        ("application/pdf", None),
        ("garbage;;;q=x,,/", None),
    ],
)
def test_the_accept_header_decides(accept, form):
    assert wanted_form(request(accept), OFFERED) == form


def test_the_query_is_stronger_and_unknown_forms_are_refused():
    assert wanted_form(request(CHROME, query=b"format=json"), OFFERED) == JSON_TYPES[0]
    assert wanted_form(request("application/json", query=b"format=html"), OFFERED) == HTML
    assert wanted_form(request(CHROME, query=b"format=pdf"), OFFERED) is None


def test_link_previews_get_the_page():
    for agent in ("TelegramBot (like TwitterBot)", "LinkedInBot/1.0", "facebookexternalhit/1.1"):
        assert wanted_form(request("*/*", agent), OFFERED) == HTML
    assert wanted_form(request("*/*", "curl/8"), OFFERED) == JSON_TYPES[0]


def test_each_client_has_its_own_bucket_that_fills_again():
    time = [0.0]
    limiter = RateLimiter(3, lambda: time[0])
    for _ in range(3):
        limiter.check("a")
    with pytest.raises(HTTPException) as refused:
        limiter.check("a")
    assert refused.value.status_code == 429
    limiter.check("b")
    time[0] = 20.0
    limiter.check("a")


def test_an_ipv6_household_is_one_client():
    assert client_of(request(host="2001:db8:1:2::7")) == client_of(request(host="2001:db8:1:2::8"))
    assert client_of(request(host="2001:db8:1:2::7")) != client_of(request(host="2001:db8:1:3::7"))
