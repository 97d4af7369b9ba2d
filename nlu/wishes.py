"""Finds two wishes in one message: "show my badges and remind me on Sunday".

Where the halves of a message mean different things, each surely, both are done, in the order said.
Facts for a pathway are one wish however many there are: the use case hears them all at once.
"""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any

MOST_JOINTS = 3
FEWEST_WORDS = 4

#: Facts and wishes that are heard together.
FACTS = frozenset(
    {
        "inform",
        "set_career_goal",
        "change_goal",
        "tell_skills",
        "change_answer",
        "ask_recommendation",
    }
)
#: Said before the wish itself.
OPENINGS = frozenset({"greet", "goodbye", "help"})
ANSWERS = frozenset({"affirm", "deny"})
#: Yes or no before one of these only leads over to it ("no, go back").
LED_TO = FACTS | {
    *("back", "cancel", "skip", "start_over", "undo", "snooze", "talk_to_advisor", "enroll"),
}
#: What a second half adds to the first: a detail or a reason, no wish.
ADDED = (FACTS | ANSWERS | {"greet", "help"}) - {
    "set_career_goal",
    "change_goal",
    "ask_recommendation",
}
PERSON = "talk_to_advisor"
#: What is said about oneself on the way to asking for a person; they hear all of it.
WITH_A_PERSON = FACTS | ANSWERS | {PERSON, "help", "out_of_scope", "ask_privacy", "report_progress"}
NO_WISH = frozenset({"nlu_fallback", "out_of_scope"})
DISTRESS = "distress"

COMMA = 0.75
_AND = r"(?:(?:and|but|also|plus|then|n|&|oh|btw)\s+)"
#: Joints, and how sure both halves have to be: a comma divides less than an "and".
_JOINTS = (
    (re.compile(rf"\s*[.!?;\n]+\s+{_AND}*", re.IGNORECASE), 0.65),
    (re.compile(rf"\s*,?\s+(?!oh\b|btw\b){_AND}+|\s*,\s*{_AND}+", re.IGNORECASE), 0.55),
    (re.compile(r"\s*,\s+", re.IGNORECASE), COMMA),
)
_SURELY_FACTS = 0.8  # "sage and excel, double entry every day" sets no reminder
_SURE_OF_DISTRESS = 0.85  # half a message says less than the whole: "…, i quit the gym"


@dataclass(frozen=True)
class Wish:
    """One wish: its words and what Rasa parsed of them."""

    text: str
    parsed: dict[str, Any]

    @property
    def intent(self) -> str:
        return str(self.parsed["intent"]["name"])

    @property
    def confidence(self) -> float:
        return float(self.parsed["intent"]["confidence"])

    def within(self, whole: str) -> Wish:
        """The same meaning, with everything that was said beside it."""
        return Wish(whole, {**self.parsed, "text": whole})

    def is_sure(self, at_least: float) -> bool:
        return self.intent not in NO_WISH and self.confidence >= at_least


async def wishes_in(
    text: str, parse: Callable[[str], Awaitable[dict[str, Any]]]
) -> tuple[Wish, ...]:
    """One wish or two. The whole message is one where its halves are unsure or mean the same."""
    whole = Wish(text, await parse(text))
    if whole.intent == DISTRESS or len(text.split()) < FEWEST_WORDS:
        return (whole,)
    best: tuple[float, tuple[Wish, ...]] = (0.0, (whole,))
    for left, right, needed in halves(text):
        first = Wish(left, await parse(left))
        if first.intent == DISTRESS and first.is_sure(_SURE_OF_DISTRESS):
            return (first.within(text),)  # it may be taken back in the other half
        if not first.is_sure(needed):
            continue
        if needed == COMMA and whole.intent in FACTS and whole.is_sure(_SURELY_FACTS):
            continue
        second = Wish(right, await parse(right))
        if not second.is_sure(needed) or second.intent == first.intent:
            continue
        if DISTRESS in {first.intent, second.intent} and not (
            second.intent == DISTRESS and second.is_sure(_SURE_OF_DISTRESS)
        ):
            continue
        certainty = first.confidence * second.confidence
        if certainty > best[0]:
            best = certainty, _done_of(whole, first, second)
    return best[1]


def halves(text: str) -> list[tuple[str, str, float]]:
    """The ways to cut a message in two, the clearest first, and how sure the halves have to be."""
    cuts = {}
    for pattern, needed in _JOINTS:
        for joint in pattern.finditer(text):
            left, right = text[: joint.start()].strip(), text[joint.end() :].strip()
            if left and right:
                cuts.setdefault(joint.end(), (left, right, needed))
    return list(cuts.values())[:MOST_JOINTS]


def _done_of(whole: Wish, first: Wish, second: Wish) -> tuple[Wish, ...]:
    """What is done of two different wishes."""
    if second.intent == DISTRESS:
        return (second.within(whole.text),)
    if PERSON in {first.intent, second.intent} and {first.intent, second.intent} <= WITH_A_PERSON:
        return (first if first.intent == PERSON else second,)
    if first.intent in OPENINGS or (first.intent in ANSWERS and second.intent in LED_TO):
        return (second,)
    is_leaving = second.intent == "cancel" and first.intent in FACTS  # "…for 25 years and want out"
    if is_leaving or second.intent in ADDED or {first.intent, second.intent} <= FACTS:
        return (whole,)
    return first, second
