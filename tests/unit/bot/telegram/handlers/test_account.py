"""The account's journeys, from what a person taps and types to what they read."""

from dataclasses import dataclass, field

import pytest

from actions.screens import Screen
from bot.telegram.callback_data import Press, unpack
from bot.telegram.handlers import account, handoff, reminders
from bot.telegram.handlers import help as assistance
from bot.telegram.screens.drawing import draw
from bot.texts import Say
from credentials.drafts import current_draft
from credentials.handoff import ask_for_person
from credentials.people import Role, find_person, invite_staff, register_person
from credentials.unit_of_work import Institution

JOURNEYS = (account.ROUTES, handoff.ROUTES, reminders.ROUTES, assistance.ROUTES)


@dataclass
class Phone:
    """Plays the part of the context: one person, what they send, what they are shown."""

    institution: Institution
    user: int
    argument: str = ""
    text: str = ""
    press: Press = field(default_factory=lambda: Press("", ""))
    screens: list[Screen] = field(default_factory=list)
    menu: str = ""

    def person(self, work):
        return register_person(
            work,
            telegram_user_id=self.user,
            chat_id=self.user,
            first_name="Ana",
            language_code="en",
        )

    async def show(self, use_case, *, in_place=True):
        with self.institution.begin() as work:
            shown = use_case(work, self.person(work))
        self.screens = [shown] if isinstance(shown, Screen) else shown or []

    async def look(self, use_case):
        with self.institution.begin() as work:
            return use_case(work, self.person(work))

    async def publish_commands(self):
        with self.institution.begin() as work:
            self.menu = max(self.person(work).roles)

    @property
    def name(self):
        return self.screens[0].name

    def drawn(self):
        with self.institution.begin() as work:
            person = self.person(work)
        return draw(self.screens[0], Say(person.language, person.zone))

    async def command(self, text):
        name, _, self.argument = text.removeprefix("/").partition(" ")
        await next(r.commands[name] for r in JOURNEYS if name in r.commands)(self)
        return self

    async def start(self, parameter):
        self.argument = parameter
        await account.ROUTES.start_links["s_"](self)
        return self

    async def tap(self, label):
        buttons = [b for row in self.drawn().rows for b in row]
        self.press = unpack(next(b.data for b in buttons if b.label.startswith(label)))
        action = self.press.action
        await next(r.presses[action] for r in JOURNEYS if action in r.presses)(self)
        return self

    async def write(self, text):
        with self.institution.begin() as work:
            draft = current_draft(work.session, self.person(work).person_id)
        assert draft is not None
        assert draft.verbatim
        self.text = text
        await next(r.texts[draft.kind] for r in JOURNEYS if draft.kind in r.texts)(self)
        return self


@pytest.fixture
def ana(institution):
    return Phone(institution, 1)


def words(phone):
    return str(phone.drawn().text)


async def test_a_weekly_reminder_in_two_taps(ana):
    await ana.command("/remind")
    await ana.tap("Tue 19:00")
    assert "Where do you live" in words(ana)
    await ana.tap("Lisbon")
    assert "every Tuesday at 19:00, Lisbon time" in words(ana)
    assert "Tue 3 March 2026, 19:00" in words(ana)


async def test_other_times_are_chosen_day_by_day(ana):
    await ana.command("/settings")
    await ana.tap("Change time zone")
    await ana.write("where the sun shines")
    assert "don't know that place" in words(ana)
    await ana.write("I live in Berlin")
    assert "Berlin" in words(ana)
    await ana.command("/remind")
    await ana.tap("Other times")
    await ana.tap("Mon")
    await ana.tap("Thu")
    await ana.tap("Mon")
    await ana.tap("Sat")
    await ana.tap("Go on")
    await ana.write("half past six in the evening")
    assert "every Thursday and Saturday at 18:30" in words(ana)


async def test_an_hour_in_doubt_can_be_put_right(ana):
    await ana.command("/remind every monday at 7")
    await ana.write("Lisbon")
    assert "19:00" in words(ana)
    await ana.tap("Make it 07:00")
    assert "07:00" in words(ana)
    assert "at night" in words(ana)


async def test_a_reminder_is_shown_and_ended(ana):
    await ana.command("/remind sundays at 10")
    await ana.tap("London")
    await ana.command("/remind")
    assert "every Sunday at 10:00" in words(ana)
    await ana.tap("Stop")
    assert "won't come again" in words(ana)


async def test_stop_and_resume(ana):
    await ana.command("/remind sundays at 10")
    await ana.tap("London")
    await ana.command("/stop")
    assert "rests" in words(ana)
    await ana.command("/remind")
    assert "They rest" in words(ana)
    await ana.tap("Turn them on")
    assert "reminder is on" in words(ana)


async def test_a_name_for_badges_is_set_shown_and_taken_back(ana):
    await ana.command("/settings")
    await ana.tap("Change name")
    await ana.write("  Ana <b>Ruiz</b> ")
    assert "Ana &lt;b&gt;Ruiz&lt;/b&gt;" in words(ana)
    await ana.tap("Change name")
    await ana.tap("No name")
    assert "Name on badges: none" in words(ana)


async def test_cancel_says_what_became_of_it(ana):
    await ana.command("/remind")
    await ana.tap("Other times")
    await ana.tap("Mon")
    await ana.command("/cancel")
    assert "No reminder was changed" in words(ana)
    await ana.command("/cancel")
    assert "nothing to stop" in words(ana)


async def test_an_invitation_makes_an_advisor_who_hears_who_waits(institution, ana):
    with institution.begin() as work:
        ask_for_person(work, person_id=ana.person(work).person_id)
        token = invite_staff(work, role=Role.ADVISOR).token
    ben = await Phone(institution, 2).start(f"s_{token}")
    assert "an advisor at Example College" in words(ben)
    await ben.tap("Yes, accept")
    assert "/queue" in words(ben)
    assert ben.menu == "advisor"
    assert "1 person waits" in words(ben)
    with institution.begin() as work:
        assert find_person(work, ben.person(work).person_id).roles == {"advisor"}


async def test_an_export_comes_as_a_file(ana):
    await ana.command("/export")
    attachment = ana.drawn().attachment
    assert attachment.source == "export"


async def test_deleting_asks_first_and_the_next_message_begins_anew(institution, ana):
    with institution.begin() as work:
        before = ana.person(work).person_id
    await ana.command("/delete")
    for part in ("Gone at once", "Kept, without your name", "Already outside"):
        assert part in words(ana)
    await ana.tap("Keep")
    assert "Nothing was deleted" in words(ana)
    await ana.command("/delete")
    await ana.tap("Delete my data")
    assert ana.name == "deleted"
    with institution.begin() as work:
        assert ana.person(work).person_id != before


async def test_privacy_says_what_it_must(ana):
    await ana.command("/privacy")
    for part in ("I'm a bot", "not end-to-end encrypted", "7 days", "/export", "/delete", "16"):
        assert part in words(ana)
