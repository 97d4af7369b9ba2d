"""The pages of an institution that has issued a badge, asked without a network."""

import httpx
import pytest

from bot.settings import Settings
from bot.web import create_web
from credentials.verification.resolution import NoNetwork
from tests.issued import issue

BROWSER = {"accept": "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"}


@pytest.fixture
def badge(institution):
    return issue(institution)


@pytest.fixture
def app(institution, time):
    settings = Settings(
        **{name: getattr(institution.settings, name) for name in ("data_dir", "kek_file")},
        public_url=institution.settings.public_url,
        institution_name=institution.settings.institution_name,
    )
    return create_web(institution, settings, network=NoNetwork(), monotonic=lambda: time[0])


@pytest.fixture
def time():
    """Seconds of the limits' clock."""
    return [0.0]


@pytest.fixture
async def web(app):
    """A program's client: takes anything."""
    transport = httpx.ASGITransport(app, raise_app_exceptions=False)
    async with httpx.AsyncClient(
        transport=transport, base_url="https://badges.example.org"
    ) as client:
        yield client


@pytest.fixture
async def browser(app):
    """A person's browser."""
    transport = httpx.ASGITransport(app, raise_app_exceptions=False)
    async with httpx.AsyncClient(
        transport=transport, base_url="https://badges.example.org", headers=BROWSER
    ) as client:
        yield client
