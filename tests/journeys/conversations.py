"""Whole conversations, played on a phone and judged turn by turn.

What is said stands in `nlu/tests/held_out/conversations.yml`, what has to come of it in
`expectations.yml` beside it. A turn is right when the bot's answer shows what it must, offers the
buttons it must, shows nothing it must not, and the right things are stored. Where it isn't, the one
button that a person would press then may still lead there.
"""

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

import yaml
from sqlalchemy import func, select

from credentials.drafts import current_draft
from credentials.evidence import list_submissions
from credentials.handoff import find_active
from credentials.inbox import InboxUpdate
from credentials.outbox import OPEN, OutboxMessage
from credentials.pathways import find_profile
from credentials.people import find_person, register_person
from credentials.reminders import list_reminders, local_now
from credentials.unit_of_work import Institution, Work
from tests.worlds import PATIENCE, ROOT, Message, Phone

HELD_OUT = ROOT / "nlu" / "tests" / "held_out"
LOOK = 0.1  # seconds between two looks whether the bot is done, unless it says something
PAUSE = 10  # seconds of the playground's clock between two messages: nobody writes faster


# What answers list, by the name expectations have for the first, second, … of it.
LISTED = {
    "step": r"(?:Start here|Then): (.+?)\.(?:\s|$)",
    "job": r"(?m)^• (.+), because of",
    "badge": r"(?m)^(.+), (?:valid until|awarded on) ",
}


class Outcome(StrEnum):
    RIGHT = "right"
    AFTER_A_TAP = "after a tap"
    WRONG = "wrong"


@dataclass(frozen=True)
class Turn:
    """What is said and what has to come of it. `expect` is the author's sentence for readers."""

    say: str
    expect: str
    must: Mapping[str, Any]


@dataclass(frozen=True)
class Conversation:
    name: str
    who: str
    turns: tuple[Turn, ...]


@dataclass(frozen=True)
class Played:
    """A turn that was played: the bot's words, its buttons, and what is wrong with them."""

    conversation: str
    number: int
    turn: Turn
    outcome: Outcome
    answer: str
    labels: tuple[str, ...]
    faults: tuple[str, ...]


def read_conversations() -> tuple[Conversation, ...]:
    """Every conversation with its expectations."""
    said = yaml.safe_load((HELD_OUT / "conversations.yml").read_text())
    expected = yaml.safe_load((HELD_OUT / "expectations.yml").read_text())
    return tuple(
        Conversation(
            name=one["id"],
            who=one["who"],
            turns=tuple(
                Turn(turn["say"], turn["expect"], must)
                for turn, must in zip(one["turns"], expected[one["id"]], strict=True)
            ),
        )
        for one in said
    )


def table(played: Sequence[Played]) -> str:
    """How many turns of each conversation were right, right after a tap, or wrong."""
    counts: dict[str, Counter[Outcome]] = {}
    for turn in played:
        counts.setdefault(turn.conversation, Counter())[turn.outcome] += 1
    whole = Counter(turn.outcome for turn in played)
    rows = [*sorted(counts.items()), ("all", whole)]
    lines = [
        f"{name:28}" + "".join(f"{count[outcome]:12}" for outcome in Outcome)
        for name, count in rows
    ]
    return "\n".join([f"{'':28}" + "".join(f"{outcome:>12}" for outcome in Outcome), *lines])


def judged(played: Sequence[Played]) -> str:
    """What was wrong, turn by turn."""
    return "\n\n".join(
        f"{one.conversation} {one.number}: {one.turn.say!r}\n{one.turn.expect}\n"
        f"{one.answer}\n{list(one.labels)}\n{list(one.faults)}"
        for one in played
        if one.outcome is Outcome.WRONG
    )


class Player:
    """Plays on one phone; `fill` are the values for `{…}` in what is said and expected."""

    def __init__(self, phone: Phone, institution: Institution, fill: Mapping[str, str]) -> None:
        self._phone, self.institution, self._fill = phone, institution, dict(fill)
        self._openings: list[str] = []

    def play(self, conversation: Conversation) -> list[Played]:
        return [
            self._turn(conversation.name, number, turn)
            for number, turn in enumerate(conversation.turns, 1)
        ]

    def settle(self, update_id: int = 0) -> None:
        """Wait until this update has been handled and nothing is owed to the phone any more."""
        for _ in range(int(PATIENCE / LOOK)):
            with self.institution.begin() as work:
                if not self._is_busy(work, update_id):
                    return
            self._phone._news(self._sequence(), LOOK)
        raise AssertionError(f"the bot is not done; the phone shows:\n{self._phone.screen(8)}")

    def say(self, text: str) -> list[Message]:
        """Every message that answers a text."""
        return self._answers("message", {"user": self._phone.user, "text": text})

    def tap(self, label: str) -> list[Message]:
        return self._answers(
            "tap", {"user": self._phone.user, "label": self._phone.full_label(label)}
        )

    def _turn(self, name: str, number: int, turn: Turn) -> Played:
        shown = self.say(self._filled(turn.say))
        faults = self._faults(shown, turn.must)
        outcome = Outcome.WRONG if faults else Outcome.RIGHT
        labels = shown[-1].labels if shown else []
        tap = next((one for one in turn.must.get("tap", []) if _offered(one, labels)), None)
        if faults and tap is not None:
            shown = self.tap(tap)
            if not (after := self._faults(shown, turn.must)):
                outcome = Outcome.AFTER_A_TAP
            faults = after
        answer = "\n--\n".join(message.text for message in shown)
        self._remember(answer)
        labels = shown[-1].labels if shown else []
        return Played(name, number, turn, outcome, answer, tuple(labels), tuple(faults))

    def _faults(self, shown: list[Message], must: Mapping[str, Any]) -> list[str]:
        answer = "\n".join(message.text for message in shown)
        labels = [label for message in shown for label in message.labels]
        whole = "\n".join((answer, *labels))
        faults = [] if shown else ["no answer"]
        opening = answer.partition("\n")[0]
        if must.get("fresh") and opening in self._openings[-3:]:
            faults.append(f"says again {opening!r}")
        faults += [
            f"shows no {one!r}" for one in must.get("shows", []) if not self._in(one, answer)
        ]
        faults += [f"shows {one!r}" for one in must.get("never", []) if self._in(one, whole)]
        faults += [
            f"offers no {one!r}" for one in must.get("offers", []) if not _offered(one, labels)
        ]
        stored = self._stored(must.get("stores", {}))
        return faults + [f"stored {what}" for what in stored]

    def _remember(self, answer: str) -> None:
        """What "the second one" may be later, and how the bot began."""
        self._openings.append(answer.partition("\n")[0])
        for name, pattern in LISTED.items():
            self._fill |= {
                f"{name}{n}": one for n, one in enumerate(re.findall(pattern, answer), 1)
            }

    def _in(self, pattern: str, text: str) -> bool:
        return re.search(self._filled(pattern), text, re.IGNORECASE | re.DOTALL) is not None

    def _filled(self, text: str) -> str:
        for name, value in self._fill.items():
            text = text.replace(f"{{{name}}}", value)
        return text

    def _stored(self, wanted: Mapping[str, Any]) -> list[str]:
        """What is stored and isn't what it has to be."""
        with self.institution.begin() as work:
            found = facts(work, self._phone)
        return [
            f"{name} {found.get(name)!r}, not {value!r}"
            for name, value in wanted.items()
            if not _is_stored(found.get(name), value)
        ]

    def _answers(self, what: str, body: dict[str, Any]) -> list[Message]:
        self._phone.post("clock", {"advance": PAUSE})
        sequence = self._sequence()
        sent = self._phone.post(what, body).json()
        self.settle(sent["update_id"])
        answers: dict[int, Message] = {}
        while events := self._phone._news(sequence, 0.05):
            sequence = max(event["seq"] for event in events)
            for event in events:
                if event["kind"] in {"message", "edit"} and Message(event["message"]).is_from_bot:
                    answers[event["message"]["message_id"]] = Message(event["message"])
        return list(answers.values())

    def _is_busy(self, work: Work, update_id: int) -> bool:
        person_id = person_of(work, self._phone)
        handled = select(func.count()).where(
            InboxUpdate.update_id == update_id, InboxUpdate.state == "done"
        )
        unsent = select(func.count()).where(
            OutboxMessage.person_id == person_id, OutboxMessage.state.in_(OPEN)
        )
        is_handled = not update_id or bool(work.session.scalar(handled))
        return not is_handled or bool(work.session.scalar(unsent))

    def _sequence(self) -> int:
        return self._phone._sequence()


def person_of(work: Work, phone: Phone) -> str:
    """The person whose phone it is, known to the bot from now on."""
    return register_person(
        work,
        telegram_user_id=phone.user,
        chat_id=phone.user,
        first_name=phone.name,
        language_code="en",
    ).person_id


def facts(work: Work, phone: Phone) -> dict[str, Any]:
    """What is stored about the person, as expectations name it."""
    person_id = person_of(work, phone)
    profile = find_profile(work, person_id=person_id)
    draft = current_draft(work.session, person_id)
    handoff = find_active(work, person_id=person_id)
    return {
        "goal": profile.occupation_code,
        "setting": profile.setting,
        "hours": profile.hours_per_week,
        "budget": None if profile.budget is None else f"{profile.budget:g} {profile.currency}",
        "deadline": profile.deadline.isoformat() if profile.deadline else None,
        "skills": sorted(profile.said),
        "proactive": find_person(work, person_id).proactive,
        "asking": f"{draft.kind} {draft.asking}" if draft else None,
        "handoff": handoff.state.value if handoff else None,
        "evidence": sorted(
            f"{one.achievement.code} {one.state} {_items(one)}"
            for one in list_submissions(work, person_id=person_id)
        ),
        "reminders": sorted(
            _reminder(one, local_now(work, person_id=person_id))
            for one in list_reminders(work, person_id=person_id)
            if one.next_due
        ),
    }


def _items(submission: Any) -> str:
    """How many things there are for each criterion, as in `1/0/2`."""
    return "/".join(str(len(one.items)) for one in submission.criteria)


def _reminder(one: Any, now: Any) -> str:
    due = one.next_due.astimezone(now.tzinfo)
    return f"{one.kind} {one.rule.text} {one.rule.at:%H:%M}, next {due:%a %d %H:%M} in {(due.date() - now.date()).days}"


def _is_stored(found: Any, wanted: Any) -> bool:
    """A list holds each wanted pattern, none that begins with a `-`, and no more where `=N` says so."""
    if wanted == "*":
        return found is not None
    if not isinstance(wanted, list):
        return bool(found == wanted)
    for one in wanted:
        if one.startswith("="):
            good = len(found) == int(one[1:])
        elif one.startswith("-"):
            good = not any(re.search(one[1:], item) for item in found)
        else:
            good = any(re.search(one, item) for item in found)
        if not good:
            return False
    return True


def _offered(label: str, labels: list[str]) -> bool:
    return any(one.casefold().startswith(label.casefold()) for one in labels)
