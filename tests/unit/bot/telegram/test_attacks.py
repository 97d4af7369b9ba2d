"""Nobody gets further with a forged button, a name or a flood than they should.

Every action of the routing table is pressed by somebody whom it is not for: whatever they press is
answered, nothing of other people's changes, and no word of theirs is shown.
"""

import asyncio
import itertools
import json
import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from sqlalchemy import select, text

from bot.buckets import Buckets
from bot.playground.server import running
from bot.telegram.application import JOURNEYS, build_application, merged
from bot.telegram.dispatching import AT_ONCE, Dispatcher
from bot.telegram.receiving import chat_of_update
from credentials.database import Base
from credentials.errors import CredentialsError
from credentials.evidence import Outcome
from credentials.inbox import InboxUpdate, IncomingUpdate, claim_updates, store_updates
from credentials.issuing import decide_submission, list_badges
from credentials.issuing.models import IssuedBadgeRow
from credentials.outbox import OutboxMessage
from credentials.people.models import InvitationRow, RoleRow
from credentials.people.roles import Role, invite_staff
from tests.services import services_of
from tests.submissions import EXCEL, WORDS, judge_all, people, send
from tests.worlds import TOKEN

BOT = int(TOKEN.partition(":")[0])
PRESSES = sorted(merged(routes.presses for routes in JOURNEYS))
FIRST = 10_000  # Telegram ids of those who press; each action has its own
STRANGE = ("", "x", "~", "9" * 20, "../../etc/passwd", "' OR 1=1", "\u202e☃", "-1~-1", "a~b~c")
SHARED = {"sending_paces", "sending_budgets", "inbox_updates"}


@pytest.fixture
async def bot(institution):
    with running() as server, ThreadPoolExecutor(2) as threads:
        services = services_of(institution, threads)
        application = build_application(services, token=TOKEN, api=server)
        async with application:
            yield Dispatcher(application, services), services
        await services.dialogue.close()


def store(institution, updates):
    with institution.begin() as work:
        incoming = [
            IncomingUpdate(number, chat_of_update(update), {"update_id": number, **update})
            for number, update in enumerate(updates, 1)
        ]
        store_updates(work.session, bot_id=BOT, updates=incoming, now=work.now)


async def handle_all(bot, institution, clock):
    dispatcher, services = bot
    working = asyncio.create_task(dispatcher.run())
    while set(states(institution)) - {"done", "dead"}:
        clock.advance(timedelta(seconds=0.1))  # what failed is tried again
        services.inbox_ready.set()
        await asyncio.sleep(0.05)
    working.cancel()
    with pytest.raises(asyncio.CancelledError):
        await working


def states(institution):
    with institution.read() as work:
        return work.session.scalars(select(InboxUpdate.state)).all()


def user(number, **more):
    return {"id": number, "is_bot": False, "first_name": "Mallory", **more}


def press(number, data):
    chat = {"id": number, "type": "private", "first_name": "Mallory"}
    card = {"message_id": 3, "date": 1772442000, "chat": chat, "text": "x"}
    return {
        "callback_query": {
            "id": "5", "from": user(number), "chat_instance": "1", "data": data, "message": card,
        }
    }  # fmt: skip


def write(number, words, **more):
    chat = {"id": number, "type": "private", "first_name": "Mallory"}
    entity = {"type": "bot_command", "offset": 0, "length": len(words.split()[0])}
    content = {"chat": chat, "from": user(number, **more), "text": words}
    marks = [entity] if words.startswith("/") else []
    return {"message": {"message_id": 3, "date": 1772442000, **content, "entities": marks}}


def everything(institution):
    """Every row of every table that says something about people."""
    with institution.engine.connect() as connection:
        return {
            (table.name, json.dumps(list(row), default=str))
            for table in Base.metadata.sorted_tables
            if table.name not in SHARED
            for row in connection.execute(table.select())
        }


def told(institution, *, but=()):
    with institution.read() as work:
        rows = work.session.scalars(
            select(OutboxMessage).where(OutboxMessage.person_id.not_in(but))
        )
        return [json.dumps(row.args, ensure_ascii=False) for row in rows]


async def test_no_forged_button_reaches_what_is_somebody_elses(bot, institution, clock):
    ana, ben, alan = people(institution)
    with institution.begin() as work:
        judge_all(work, ben, done := send(work, ana))
        decide_submission(work, advisor_id=ben, submission_id=done, outcome=Outcome.ACCEPTED)
        badge = list_badges(work, person_id=ana)[0]
        waiting = send(work, ana, EXCEL)
    before = everything(institution)
    known = itertools.cycle((done, badge.badge_id, f"{waiting}~0", ana))
    strange = itertools.cycle(STRANGE)
    forged = [
        press(FIRST + number, f"v1:{action}:{short_id}")
        for number, action in enumerate(PRESSES)
        for short_id in (waiting, next(known), next(strange))
    ]
    store(institution, forged)
    await handle_all(bot, institution, clock)
    assert set(states(institution)) == {"done"}
    assert before <= everything(institution)
    shown = "\n".join(told(institution, but=(ana, ben, alan)))
    assert len(told(institution, but=(ana, ben, alan))) >= len(PRESSES)
    assert [words for words in WORDS if words[:20] in shown] == []


async def test_a_role_belongs_to_an_account_and_not_to_its_name(bot, institution, clock):
    people(institution)
    with institution.begin() as work:
        roles = {(row.person_id, row.role) for row in work.session.scalars(select(RoleRow))}
    store(institution, [write(FIRST, "/queue", username="ben"), press(FIRST, "v1:rv_oldest:")])
    await handle_all(bot, institution, clock)
    with institution.read() as work:
        assert {(r.person_id, r.role) for r in work.session.scalars(select(RoleRow))} == roles


async def test_guessing_invitations_gives_no_role_and_no_token_is_stored(bot, institution, clock):
    with institution.begin() as work:
        token = invite_staff(work, role=Role.ADVISOR).token
    assert len(token) * 6 >= 128
    guesses = [token[:-1] + ("A" if token[-1] != "A" else "B"), token.swapcase(), token[:-1], "x"]
    store(
        institution,
        [press(FIRST, f"v1:join:{guess}") for guess in guesses]
        + [write(FIRST, f"/start {guess}") for guess in guesses],
    )
    await handle_all(bot, institution, clock)
    with institution.read() as work:
        assert work.session.scalars(select(RoleRow)).all() == []
        (row,) = work.session.scalars(select(InvitationRow))
    assert row.used_by is None
    assert token not in str(vars(row))


async def test_after_five_guesses_no_invitation_is_looked_at_for_an_hour(bot, institution, clock):
    with institution.begin() as work:
        token = invite_staff(work, role=Role.ADVISOR).token
    guesses = [write(FIRST, f"/start s_{n}") for n in range(3)]
    guesses += [press(FIRST, f"v1:join:{n}") for n in range(3)]
    store(institution, [*guesses, write(FIRST, f"/start s_{token}"), write(FIRST, "/help")])
    await handle_all(bot, institution, clock)
    codes = [json.loads(args).get("code") for args in told(institution)]
    assert codes == ["invitation"] * 5 + ["too_many_invitations"] * 2 + [None]


async def test_a_flood_is_dropped_with_one_sentence_and_a_generous_bucket(
    bot, institution, clock, monkeypatch
):
    monkeypatch.setattr("bot.telegram.dispatching.AT_ONCE", 20)
    monkeypatch.setattr("bot.telegram.dispatching.PER_SECOND", 0.001)
    _, services = bot
    dispatcher = Dispatcher(bot[0]._application, services, monotonic=lambda: 0.0)
    flood = [write(FIRST, "/privacy") for _ in range(40)]
    store(institution, [*flood, write(FIRST + 1, "/privacy")])
    await handle_all((dispatcher, services), institution, clock)
    assert set(states(institution)) == {"done"}
    with institution.read() as work:
        rows = work.session.scalars(select(OutboxMessage).order_by(OutboxMessage.message_id)).all()
    by_person = itertools.groupby(sorted(rows, key=lambda r: r.person_id), lambda r: r.person_id)
    counts = sorted(
        (
            sum(r.screen != "problem" for r in mine),
            sum(r.args.get("code") == "too_fast" for r in mine),
        )
        for mine in (list(found) for _, found in by_person)
    )
    assert counts == [(1, 0), (20, 1)]


def test_a_bucket_refills_and_forgets_who_was_there_longest_ago():
    now = [0.0]
    buckets = Buckets(size=2, per_second=0.5, monotonic=lambda: now[0], most=3)
    assert [buckets.take(1) for _ in range(3)] == [True, True, False]
    now[0] = 2.0
    assert [buckets.take(1) for _ in range(2)] == [True, False]
    assert all(buckets.take(number) for number in range(2, 10_000))
    assert len(buckets) == 3
    assert AT_ONCE >= 200


def test_two_advisors_at_once_sign_one_badge(institution):
    ana, ben, alan = people(institution)
    with institution.begin() as work:
        judge_all(work, ben, submission := send(work, ana))
    start = threading.Barrier(4)

    def decide(advisor_id):
        start.wait()
        try:
            with institution.begin() as work:
                decide_submission(
                    work, advisor_id=advisor_id, submission_id=submission, outcome=Outcome.ACCEPTED
                )
        except CredentialsError as error:
            return error.code
        return "signed"

    with ThreadPoolExecutor(4) as threads:
        ended = list(threads.map(decide, (ben, alan, ben, alan)))
    assert ended.count("signed") == 1
    with institution.read() as work:
        assert len(work.session.scalars(select(IssuedBadgeRow)).all()) == 1


def test_a_flood_from_one_chat_keeps_nobody_waiting(institution):
    with institution.begin() as work:
        flood = [IncomingUpdate(n, 1, {"update_id": n}) for n in range(1, 3001)]
        for number in range(0, 3000, 500):
            store_updates(
                work.session, bot_id=BOT, updates=flood[number : number + 500], now=work.now
            )
        others = [IncomingUpdate(n, n, {"update_id": n}) for n in range(4001, 4011)]
        store_updates(work.session, bot_id=BOT, updates=others, now=work.now)
    with institution.begin() as work:
        claimed = claim_updates(work.session, bot_id=BOT, now=work.now)
    assert [one.chat_id for one in claimed] == [1, *range(4001, 4011)]
    with institution.begin() as work:
        assert claim_updates(work.session, bot_id=BOT, now=work.now) == []
        open_rows = "SELECT count(*) FROM inbox_updates WHERE state = 'waiting'"
        assert work.session.execute(text(open_rows)).scalar_one() == 2999
