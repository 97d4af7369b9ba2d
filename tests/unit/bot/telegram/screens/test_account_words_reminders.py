"""Every card of the account, the reminders and the words can be drawn and is short."""

import re
from importlib import import_module
from itertools import product

import pytest

from actions.screens import account, reminders, words
from actions.words import OFFERED_AS, USUAL
from bot.telegram.commands import commands_for
from bot.telegram.handlers.help import ANSWERS, ENTRIES
from bot.telegram.screens.drawing import draw
from bot.texts import Say, text_keys
from credentials.reminders import Kind

for journey in ("account", "nudges", "reminders", "words"):
    import_module(f"bot.telegram.screens.{journey}")

STAFF = ("admin", "advisor")
RHYTHM = {
    "reminder_id": "abcdefghijkl",
    "kind": "study",
    "frequency": "WEEKLY",
    "interval": 1,
    "days": ("TU",),
    "month_day": 3,
    "at": "19:00",
    "zone": "Europe/Lisbon",
    "next_due": "2026-03-03T19:00:00+00:00",
    "is_quiet": True,
}
LONG = {"reminder_id": "abcdefghijkl", "kind": "study", "told": 0}

TITLE, GOAL = {"en": "SQL Foundations"}, {"en": "Data analyst"}


def nudges(told):
    """Everything that is said unasked, for the first, second and third time."""
    about = {"reminder_id": "abcdefghijkl", "told": told}
    return [
        reminders.RenewalNudge(**about, badge_id="b", code="sql-foundations",
                               ends="2027-03-01T00:00:00+00:00", title=TITLE,
                               path={"en": "Show one new piece of work."}),
        reminders.ReturnedNudge(**about, submission_id="s", code="sql-foundations", title=TITLE,
                                missing=2),
        reminders.NextStepNudge(**about, goal=GOAL),
        reminders.NextStepNudge(**about, goal=GOAL, begun=TITLE),
        reminders.WeeklyDigest(**about, badges=1, waiting=2, returned=1, collecting=1, goal=GOAL),
        reminders.NewCredentialNudge(**about, code="sql-foundations", title=TITLE, goal=GOAL,
                                     hours=30.0),
        reminders.CriteriaChangedNudge(**about, badge_id="b", code="sql-foundations", title=TITLE,
                                       count=2, first={"en": "Explains a query plan."}),
        reminders.GoalChangedNudge(**about, goal=GOAL, count=2, first={"en": "Python"}),
        reminders.QueueNudge(**about, people=2, count=0, days=0, late=0, may_judge=True),
        reminders.QueueNudge(**about, count=4, days=2, late=1, may_judge=True),
        reminders.QueueNudge(**about, count=1, days=0, late=1, may_judge=False),
    ]  # fmt: skip


SCREENS = [
    *[screen(roles=roles) for screen, roles in product(
        (words.Menu, words.Help, words.OutOfScope, words.SomethingElse, words.NotUnderstood,
         words.WordsUnavailable), ((), STAFF))],
    words.WordsUnavailable(is_aside=True),
    words.WhatIsMicrocredential(),
    words.EmployerValue(),
    words.TimeNeeded(),
    words.Privacy(),
    words.Goodbye(),
    words.Distress(),
    words.Distress(hotline="0800 123"),
    words.Clarify(options=("set_career_goal", "ask_cost", "help")),
    words.PressChoice(label="Send it", data="v1:submit:abc"),
    account.Settings(language="en", zone="UTC", zone_is_known=False, reminders_on=False,
                     badge_name=None),
    account.AskSettingsZone(),
    account.AskBadgeName(badge_name="Ana Ruiz"),
    account.Stopped(resting=0),
    account.Stopped(resting=3),
    account.Resumed(coming=0),
    account.Resumed(coming=2),
    account.DataExport(person_id="p"),
    account.DeleteConfirm(badges=12, submissions=3, roles=STAFF),
    account.DeleteConfirm(badges=0, submissions=0, roles=()),
    account.Deleted(badges=0),
    account.Deleted(badges=1),
    account.DeleteKept(),
    *[account.Cancelled(kind=kind) for kind in (None, "evidence", "intake", "other")],
    account.InvitationOffer(role="advisor", token="t" * 22, institution="Example College"),
    account.InvitationOffer(role="admin", token="t" * 22, institution="Example College"),
    account.InvitationDeclined(),
    account.StaffWelcome(role="advisor", people=3),
    account.StaffWelcome(role="admin", people=0),
    reminders.AskReminder(),
    reminders.AskReminder(is_unclear=True),
    reminders.ReminderDays(chosen=("MO", "SU")),
    reminders.ReminderTime(),
    reminders.ReminderTime(is_unclear=True),
    reminders.AskZone(),
    reminders.AskZone(is_unclear=True),
    reminders.ReminderSet(rhythm=RHYTHM, other_time="07:00"),
    reminders.ReminderList(reminders=(RHYTHM, {**RHYTHM, "kind": "renewal"},
                                      {**RHYTHM, "kind": "once", "frequency": "ONCE"}), is_on=False),
    reminders.ReminderList(reminders=(RHYTHM,), is_on=True),
    *[reminders.StudyNudge(**{**LONG, "told": told}) for told in range(5)],
    reminders.StudyNudge(**{**LONG, "kind": "once"}),
    *[nudge for told in range(3) for nudge in nudges(told)],
    reminders.Nudges(parts=[
        reminders.NudgePart(screen=nudge.name, args=nudge.args) for nudge in nudges(0)
    ]),
    reminders.ReminderKinds(switches=[
        reminders.KindSwitch(kind=kind, is_on=is_on) for kind, is_on in product(Kind, (True, False))
    ], quiet_from="21:00", quiet_until="08:00"),
    reminders.QuietHoursChoices(),
    reminders.QuietHoursSet(quiet_from="21:00", quiet_until="09:00"),
    *[reminders.KindEnded(kind=kind, others=1) for kind in Kind],
    reminders.ReminderHours(reminder_id="abcdefghijkl"),
    reminders.SnoozeChoices(reminder_id="abcdefghijkl"),
    reminders.Snoozed(reminder_id="abcdefghijkl", until="2026-03-03T19:00:00+00:00"),
    reminders.NothingToSnooze(),
    reminders.ReminderEnded(others=0),
    reminders.ReminderEnded(others=1),
    reminders.ReminderDeclined(),
]  # fmt: skip


def text(screen):
    drawn = draw(screen, Say("en", "Europe/Lisbon"))
    return re.sub(r"<[^>]+>", "", str(drawn.text))


@pytest.mark.parametrize(
    "screen", SCREENS, ids=[f"{place}-{screen.name}" for place, screen in enumerate(SCREENS)]
)
def test_a_card_is_at_most_700_characters_and_has_no_raw_values(screen):
    shown = text(screen)
    assert 0 < len(shown) <= 700
    assert "{" not in shown
    assert "None" not in shown


def test_half_of_the_cards_have_at_most_350_characters():
    lengths = sorted(len(text(screen)) for screen in SCREENS)
    assert lengths[len(lengths) // 2] <= 350


def test_a_card_survives_the_wire():
    for screen in SCREENS:
        assert type(screen).model_validate(screen.args) == screen


def test_the_wording_of_a_nudge_changes_from_week_to_week():
    assert len({text(reminders.StudyNudge(**{**LONG, "told": told})) for told in range(4)}) == 4


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"frequency": "DAILY"}, "every day at 19:00"),
        ({"frequency": "DAILY", "interval": 3}, "every 3 days"),
        ({"interval": 2}, "every other Tuesday"),
        ({"interval": 3}, "every 3 weeks on Tuesday"),
        ({"days": ("MO", "TU", "WE", "TH", "FR")}, "every weekday"),
        ({"days": ("SA", "SU")}, "every Saturday and Sunday"),
        ({"frequency": "MONTHLY", "days": ("1MO",)}, "every month on the first Monday"),
        ({"frequency": "MONTHLY", "days": ("-1FR",)}, "every month on the last Friday"),
        ({"frequency": "MONTHLY", "days": ()}, "every month on day 3"),
    ],
)
def test_a_rhythm_is_said_in_plain_words(change, words):
    assert words in text(reminders.ReminderSet(rhythm={**RHYTHM, **change}))


def test_every_meaning_that_is_offered_leads_somewhere_and_has_words():
    offered = {*OFFERED_AS.values(), *USUAL}
    assert offered <= {*ENTRIES, *ANSWERS}
    assert {f"meant-{intent}" for intent in {*ENTRIES, *ANSWERS}} <= text_keys()


def test_advisors_see_the_queue_among_their_commands():
    learner = {listed.command for listed in commands_for(None)}
    advisor = {listed.command for listed in commands_for("advisor")}
    assert advisor - learner == {"queue", "waiting", "issued"}
    assert {listed.text_key for listed in commands_for("advisor")} <= text_keys()


def test_several_nudges_in_one_message_lead_to_each_of_their_places():
    parts = [reminders.NudgePart(screen=one.name, args=one.args) for one in nudges(0)[:3]]
    drawn = draw(reminders.Nudges(parts=parts), Say())
    labels = [button.label for row in drawn.rows for button in row]
    assert labels == [
        "Renew it",
        "The badge",
        "Go on",
        "My next step",
        "Later",
        "Stop this reminder",
    ]


def test_what_does_not_fit_into_one_message_is_counted():
    parts = [reminders.NudgePart(screen=one.name, args=one.args) for one in nudges(0)]
    assert re.search(r"And \d more things", text(reminders.Nudges(parts=parts)))


def test_a_nudge_is_never_worded_the_same_twice_running():
    for earlier, later in zip(nudges(0)[:3], nudges(1)[:3], strict=True):
        assert text(earlier) != text(later)
