"""Fifty learners over five years on the product's clock: every expiry told with the way to renew,
never two unasked messages a day, nothing after stop, every local hour right."""

import random
from collections import Counter, defaultdict
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
import yaml
from sqlalchemy import select

from credentials.catalogue import load_folder
from credentials.clock import FixedClock
from credentials.issuing import award_badge
from credentials.issuing.models import IssuedBadgeRow
from credentials.outbox import UNASKED, OutboxMessage
from credentials.people import register_person, set_quiet_hours, set_zone
from credentials.reminders import (
    flip_kind,
    local_now,
    move_to_zone,
    parse_rule,
    set_reminder,
    stop_writing,
)
from tests.institutions import open_fresh
from tests.passing_time import pass_days
from tests.submissions import SQL, people

LEARNERS, DAYS, MOVE_DAY = 50, 5 * 365, 700
ZONES = ("Europe/Lisbon", "America/New_York", "Asia/Kolkata", "Australia/Lord_Howe", "Africa/Cairo")
RHYTHMS = ("every Tuesday at 19:00", "every Saturday at 07:30", "every other Friday at 18:00",
           "every weekday at half past six", "every month on the 31st at 9:00", None)  # fmt: skip
SECOND = "sql-windows"
QUIET = (time(22), time(9))
pytestmark = pytest.mark.xdist_group("five years")  # lived once, looked at often


@pytest.fixture(scope="module")
def history(tmp_path_factory):
    """What happened: learners with zones, rhythms and badges, and every message owed to them."""
    return _live(tmp_path_factory.mktemp("years"))


def test_every_expiry_is_told_with_the_way_to_renew(history):
    told = defaultdict(set)
    for at, _, screen, args in history.messages:
        for part in args.get("parts", [{"screen": screen, "args": args}]):
            if part["screen"] == "renewal_nudge":
                told[part["args"]["badge_id"]].add((at, bool(part["args"]["path"]["en"])))
    assert len(history.expired) > 100
    for badge_id, ends, person_id in history.expired:
        stopped = history.stopped.get(person_id)
        if stopped is not None and stopped < ends - timedelta(days=90):
            continue
        assert told[badge_id], (badge_id, ends)
        assert all(at < ends and has_path for at, has_path in told[badge_id])


def test_nobody_gets_two_unasked_messages_on_one_day(history):
    days = Counter(
        (person_id, at.astimezone(history.zone(person_id, at)).date())
        for at, person_id, *_ in history.messages
    )
    assert len(days) > 5_000
    assert [day for day, count in days.items() if count > 1] == []


def test_nothing_comes_after_stop(history):
    assert len(history.stopped) == 10
    late = [
        person_id
        for at, person_id, *_ in history.messages
        if at > history.stopped.get(person_id, at)
    ]
    assert late == []


def test_every_local_hour_is_right(history):
    for at, person_id, screen, args in history.messages:
        local = at.astimezone(history.zone(person_id, at)).time().replace(second=0, microsecond=0)
        parts = args.get("parts", [{"screen": screen}])
        if any(part["screen"] == "study_nudge" for part in parts):
            assert local == history.hours[person_id], (person_id, at)
        else:
            assert time(8) <= local < time(21), (person_id, at, screen)


class History:
    def __init__(self):
        self.messages, self.expired = [], []
        self.stopped, self.hours, self.zones, self.moved = {}, {}, {}, {}

    def zone(self, person_id, at):
        moved_at, before = self.moved.get(person_id, (None, None))
        return before if moved_at is not None and at < moved_at else self.zones[person_id]


def _live(folder):
    chance, history = random.Random(7), History()
    clock = FixedClock(datetime(2026, 1, 1, 12, tzinfo=ZoneInfo("UTC")))
    institution = open_fresh(folder, clock)
    people(institution)
    _add_second_with_renewal(institution)
    learners = [_settle(institution, history, number) for number in range(LEARNERS)]
    for day in range(0, DAYS, 25):
        for learner in chance.sample(learners, 5):
            _award(institution, learner, chance)
        if day == MOVE_DAY:
            for learner in learners[20:25]:
                _move(institution, history, learner, clock.now())
        if day == 1000:
            for learner in learners[:10]:
                with institution.begin() as work:
                    stop_writing(work, person_id=learner)
                history.stopped[learner] = clock.now()
        pass_days(institution, clock, 25)
    with institution.read() as work:
        history.messages = [
            (row.created_at, row.person_id, row.screen, row.args)
            for row in work.session.scalars(
                select(OutboxMessage).where(OutboxMessage.message_class.in_(UNASKED))
            )
            if row.person_id in history.hours
        ]
        history.expired = [
            (row.badge_id, row.valid_until, row.person_id)
            for row in work.session.scalars(select(IssuedBadgeRow))
            if row.valid_until < clock.now() and _runs_out(work, row)
        ]
    institution.engine.dispose()
    return history


def _add_second_with_renewal(institution):
    folder = institution.settings.data_dir / "catalogue"
    item = yaml.safe_load((folder / "achievements" / f"{SQL}.yaml").read_text())
    text = yaml.safe_dump(item | {"code": SECOND, "stacks_into": None})
    (folder / "achievements" / f"{SECOND}.yaml").write_text(text)
    with institution.begin() as work:
        load_folder(work, folder)


def _settle(institution, history, number):
    zone, rhythm = ZONES[number % len(ZONES)], RHYTHMS[number % len(RHYTHMS)]
    with institution.begin() as work:
        person_id = register_person(
            work, telegram_user_id=100 + number, chat_id=100 + number, first_name="L",
            language_code="en",
        ).person_id  # fmt: skip
        set_zone(work, person_id, zone)
        history.zones[person_id], history.hours[person_id] = ZoneInfo(zone), None
        if rhythm is not None:
            rule = parse_rule(rhythm, now=local_now(work, person_id))
            set_reminder(work, person_id=person_id, rule=rule)
            history.hours[person_id] = rule.at
        if number % 7 == 0:
            flip_kind(work, person_id=person_id, kind="digest")
        if number % 5 == 4 and rhythm is not None and rule.at >= QUIET[1]:
            set_quiet_hours(work, person_id=person_id, starts=QUIET[0], ends=QUIET[1])
    return person_id


def _award(institution, learner, chance):
    """A badge of a year or two that the learner may or may not hold already."""
    with institution.begin() as work:
        badge = award_badge(work, achievement_code=chance.choice([SQL, SECOND]), person_id=learner)
        row = work.session.get_one(IssuedBadgeRow, badge.badge_id)
        row.valid_until = work.now + timedelta(days=chance.randint(20, 700))


def _move(institution, history, learner, now):
    history.moved[learner] = (now, history.zones[learner])
    history.zones[learner] = ZoneInfo("Pacific/Auckland")
    with institution.begin() as work:
        set_zone(work, learner, "Pacific/Auckland")
        move_to_zone(work, person_id=learner, zone="Pacific/Auckland")


def _runs_out(work, row):
    """Whether no badge that lasts longer was there a week before: then it was renewed in time."""
    others = work.session.scalars(
        select(IssuedBadgeRow).where(
            IssuedBadgeRow.person_id == row.person_id,
            IssuedBadgeRow.achievement_code == row.achievement_code,
            IssuedBadgeRow.issued_at < row.valid_until - timedelta(days=7),
        )
    )
    return all(other.valid_until <= row.valid_until for other in others)
