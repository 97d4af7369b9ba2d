"""An advisor puts a badge on hold and withdraws it, from button to button."""

import html
import re
from importlib import import_module
from types import SimpleNamespace

import pytest

from actions.screens import Screen
from bot.telegram.callback_data import Press, unpack
from bot.telegram.handlers import employer, issued
from bot.telegram.screens.drawing import draw
from bot.texts import Say
from bot.verifier import BadgeDesk
from credentials.people import find_person
from credentials.verification.resolution import NoNetwork
from tests.issued import issue
from tests.submissions import people

import_module("bot.telegram.screens.issued")
import_module("bot.telegram.screens.verify")


class Phone:
    """Plays the part of the context: one person, what they send, what they are shown."""

    argument = ""

    def __init__(self, institution, person_id):
        self.institution, self.person_id = institution, person_id
        self.services = SimpleNamespace(desk=BadgeDesk(institution, network=NoNetwork()))
        self.text, self.press, self.screens = "", Press("", ""), []

    async def look(self, use_case):
        with self.institution.begin() as work:
            return use_case(work, find_person(work, self.person_id))

    async def show(self, use_case, *, in_place=True):
        shown = await self.look(use_case)
        self.screens = [shown] if isinstance(shown, Screen) else shown

    def find_file(self):
        return None

    async def list(self):
        await issued.show_newest(self)
        return self.read()

    async def tap(self, label):
        buttons = [button for row in self.drawn().rows for button in row]
        await self.press_data(next(b.data for b in buttons if b.label.startswith(label)))
        return self.read()

    async def press_data(self, data):
        self.press = unpack(data)
        await {**issued.ROUTES.presses, **employer.ROUTES.presses}[self.press.action](self)
        return self.read()

    async def say(self, text):
        self.text = text
        await issued.ROUTES.texts["amendment"](self)
        return self.read()

    async def check(self, text):
        self.text = text
        await employer.verify_text(self)
        return self.read()

    def drawn(self):
        return draw(self.screens[0], Say())

    def read(self):
        return html.unescape(re.sub("<[^>]+>", "", self.drawn().text))

    @property
    def labels(self):
        return [button.label for row in self.drawn().rows for button in row]


@pytest.fixture
def staff(institution):
    return people(institution)


@pytest.fixture
def grace(institution, staff):
    return Phone(institution, staff[1])


@pytest.fixture
def badge(institution, staff):
    return issue(institution, person_id=staff[0])


async def test_from_the_list_to_a_badge_on_hold_and_back(grace, badge):
    assert "Badges that are out" in await grace.list()
    assert grace.labels == ["Ana Ruiz: SQL Foundations"]
    card = await grace.tap("Ana Ruiz")
    assert badge.code in card
    assert grace.labels == ["Put on hold", "Withdraw", "Issue anew", "All badges"]
    asked = await grace.tap("Put on hold")
    assert "The holder reads your words" in asked
    confirm = await grace.say("Somebody says that the work is theirs; we are asking.")
    assert "The holder will read" in confirm
    assert "we are asking." in confirm
    done = await grace.tap("Yes, put it on hold")
    assert "On hold." in done
    assert "has been told" in done
    assert "we are asking." in await grace.tap("This badge")
    assert grace.labels == ["Let it stand again", "Withdraw", "Issue anew", "All badges"]
    await grace.tap("All badges")
    assert grace.labels == ["Ana Ruiz: SQL Foundations, on hold"]


async def test_words_can_be_written_anew_before_anything_is_done(grace, badge):
    await grace.list()
    await grace.tap("Ana Ruiz")
    await grace.tap("Withdraw")
    await grace.say("Oops")
    await grace.tap("Other words")
    confirm = await grace.say("The work was somebody else's.")
    assert "Oops" not in confirm
    assert "can't be undone" in confirm
    assert "Withdrawn." in await grace.tap("Yes, withdraw it")


async def test_a_badge_that_is_checked_leads_an_advisor_to_its_card(
    grace, badge, institution, staff
):
    assert "Genuine and current" in await grace.check(badge.code)
    assert "Change this badge" in grace.labels
    assert "Put on hold" in (await grace.tap("Change this badge"), grace.labels)[1]
    learner = Phone(institution, staff[0])
    await learner.check(badge.code)
    assert "Change this badge" not in learner.labels


@pytest.mark.parametrize("change", ["suspend", "nonsense", ""])
async def test_an_old_card_is_drawn_anew_as_the_badge_stands_now(grace, badge, change):
    await grace.list()
    await grace.tap("Ana Ruiz")
    await grace.tap("Withdraw")
    await grace.say("The work was somebody else's.")
    await grace.tap("Yes, withdraw it")
    for action in ("issued_change", "issued_confirm"):
        card = await grace.press_data(f"v1:{action}:{badge.badge_id}~{change}")
        assert "how the badge stands now" in card
        assert "Withdrawn." in card
        assert grace.labels == ["All badges"]


async def test_a_holder_who_is_not_here_is_not_said_to_be_told(grace, institution):
    issue(institution, holder_name=None)
    await grace.list()
    assert grace.labels == ["a learner without a name: SQL Foundations"]
    await grace.tap("a learner")
    assert "kept with the badge" in await grace.tap("Withdraw")
    await grace.say("A double.")
    assert "tell them yourself" in await grace.tap("Yes, withdraw it")


async def test_an_open_question_is_asked_again(grace, badge, institution):
    await grace.list()
    await grace.tap("Ana Ruiz")
    await grace.tap("Withdraw")
    await grace.show(issued.ROUTES.resumes["amendment"])
    assert "Why?" in grace.read()
    await grace.say("A double.")
    await grace.show(issued.ROUTES.resumes["amendment"])
    assert "The holder will read" in grace.read()


async def test_no_badge_is_out(grace):
    assert "No badge is out yet" in await grace.list()
