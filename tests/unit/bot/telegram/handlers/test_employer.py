"""An employer checks badges in the chat, from what they send to what they read."""

import html
import re
from dataclasses import dataclass, field
from importlib import import_module
from types import SimpleNamespace

import pytest

from actions.screens import Screen
from bot.telegram.callback_data import Press, unpack
from bot.telegram.handlers import employer
from bot.telegram.screens.drawing import draw
from bot.texts import Say
from bot.verifier import BadgeDesk
from credentials.errors import CredentialsError, StaleError
from credentials.issuing import revoke_badge
from credentials.people import register_person
from credentials.unit_of_work import Institution
from credentials.verification.resolution import Fetched, LookupFailedError
from tests.issued import altered, baked, issue, picture

import_module("bot.telegram.screens.verify")


class Web:
    """The public web, which may be down."""

    def __init__(self):
        self.pages = {}

    def fetch(self, lookup):
        url = lookup.url
        if url not in self.pages:
            raise LookupFailedError("unreachable")
        return Fetched(self.pages[url], "application/json")


@dataclass
class Phone:
    """Plays the part of the context: one person, what they send, what they are shown."""

    institution: Institution
    user: int
    web: Web = field(default_factory=Web)
    argument: str = ""
    text: str = ""
    press: Press = field(default_factory=lambda: Press("", ""))
    content: bytes = b""
    screens: list[Screen] = field(default_factory=list)

    def __post_init__(self):
        self.services = SimpleNamespace(desk=BadgeDesk(self.institution, network=self.web))

    def person(self, work):
        return register_person(
            work, telegram_user_id=self.user, chat_id=self.user, first_name="M", language_code="en"
        )

    async def look(self, use_case):
        with self.institution.begin() as work:
            return use_case(work, self.person(work))

    async def show(self, use_case, *, in_place=True):
        shown = await self.look(use_case)
        self.screens = [shown] if isinstance(shown, Screen) else shown

    def incoming_file(self):
        async def read():
            return self.content

        fields = {"name": "it.png", "media_type": "", "size": 0, "kind": "photo", "file_id": "f"}
        return SimpleNamespace(read=read, name=fields["name"], as_fields=lambda: fields)

    def find_file(self):
        return self.incoming_file() if self.content else None

    async def write(self, text):
        self.text = text
        assert employer.looks_like_badge(text)
        await employer.verify_text(self)
        return self.read()

    async def send(self, content):
        self.content = content
        await employer.verify_file(self)
        return self.read()

    async def tap(self, label):
        buttons = [button for row in self.drawn().rows for button in row]
        self.press = unpack(next(b.data for b in buttons if b.label.startswith(label)))
        await employer.ROUTES.presses[self.press.action](self)
        return self.read()

    def drawn(self):
        return draw(self.screens[0], Say())

    def read(self):
        return html.unescape(re.sub("<[^>]+>", "", self.drawn().text))

    @property
    def labels(self):
        return [button.label for row in self.drawn().rows for button in row]


@pytest.fixture
def badge(institution):
    return issue(institution)


@pytest.fixture
def maria(institution):
    return Phone(institution, 7)


async def test_every_way_of_sending_a_badge_gets_the_same_card(maria, badge):
    read = {
        await maria.write(badge.code),
        await maria.write(badge.url),
        await maria.write(badge.credential),
        await maria.send(badge.credential.encode()),
        await maria.send(baked(badge.credential)),
        await maria.send(picture(badge.url, form="JPEG")),
    }
    assert len(read) == 1
    card = read.pop()
    assert card.startswith("Genuine and current. Checked just now.")
    assert "Awarded to Ana Ruiz on Mon 2 March 2026" in card
    assert "Can: join several tables;" in card
    assert "Judged from work sample (own project) by one advisor. About 30 h." in card
    assert "Identity not checked." in card
    assert len(card) <= 700


async def test_a_scanned_link_opens_the_verdict(maria, badge):
    maria.argument = f"v_{badge.code}"
    await employer.ROUTES.start_links["v_"](maria)
    assert maria.read().startswith("Genuine and current.")


async def test_details_and_questions_open_in_place_and_lead_back(maria, badge):
    await maria.write(badge.code)
    details = await maria.tap("Details")
    assert "Seal: passed" in details
    assert "did:web:badges.example.org" in details
    assert "SQL (ESCO 598de5b0" in details
    back = await maria.tap("Back")
    assert back.startswith("Genuine and current. Checked on Mon 2 March 2026")
    questions = await maria.tap("Questions")
    assert f"1. {badge.achievement.criteria[0].ask['en']}" in questions


async def test_an_altered_badge_shows_nothing_of_its_content(maria, badge):
    card = await maria.write(altered(badge))
    assert card.startswith("Not genuine: the seal doesn't match.")
    assert "Surgery" not in card
    assert "Ana" not in card
    assert "Questions to ask in the interview" not in maria.labels


async def test_a_withdrawn_badge_says_when(institution, maria, badge):
    with institution.begin() as work:
        revoke_badge(work, credential_id=badge.credential_id, reason="awarded by mistake")
    card = await maria.write(badge.code)
    assert card.startswith("Not valid: withdrawn by its issuer on Mon 2 March 2026.")
    assert "mistake" not in card


async def test_what_could_not_be_checked_can_be_asked_again(maria, badge):
    link = "https://portfolio.example/ana.json"
    assert (await maria.write(link)).startswith("I couldn't open that link.")
    maria.web.pages[link] = badge.credential.encode()
    assert (await maria.tap("Try again")).startswith("Genuine and current.")


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (picture(), "I can't read a code in this picture. Checked just now.\n\nType the code"),
        (b"", "This file is empty."),
        (b"\x7fELF\x02\x01\x01\x00\xff", "I can't open this file."),
        (b'{"@context": "https://w3id.org/openbadges/v2"}', "This is an Open Badges 2.0 badge."),
        (b'{"a": 1}', "This is not an Open Badge."),
    ],
)
async def test_what_cannot_be_read_gets_one_kind_sentence(maria, content, sentence):
    assert (await maria.send(content)).startswith(sentence)


async def test_verify_says_how_and_takes_a_code_at_once(maria, badge):
    await employer.ROUTES.commands["verify"](maria)
    assert "forward the picture" in maria.read()
    maria.argument = badge.code
    await employer.ROUTES.commands["verify"](maria)
    assert maria.read().startswith("Genuine and current.")


async def test_thirty_a_minute_and_the_next_waits(maria, badge):
    for _ in range(30):
        await maria.write(badge.code)
    with pytest.raises(CredentialsError) as refused:
        await maria.write(badge.code)
    assert refused.value.code == "too_many_enquiries"


async def test_somebody_elses_card_and_old_ones_are_stale(institution, maria, badge):
    await maria.write(badge.code)
    ben = Phone(institution, 8, screens=maria.screens)
    with pytest.raises(StaleError):
        await ben.tap("Details")


async def test_a_name_with_markup_is_only_a_name(institution, maria):
    hostile = issue(institution, holder_name="<b>Ana</b> & Co")
    await maria.write(hostile.code)
    assert "&lt;b&gt;Ana&lt;/b&gt; &amp; Co" in maria.drawn().text
