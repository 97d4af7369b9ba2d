"""What an advisor says while they judge somebody's work, in place of pressing its buttons."""

import re

from actions.said import UNREAD, Said
from actions.screens import Shown
from actions.screens.review import review_screens
from actions.screens.words import PressChoice
from credentials.drafts import current_draft
from credentials.evidence import Judgement, judge_criterion, show_criterion
from credentials.people import Person, Role
from credentials.people.persons import recall_buttons
from credentials.unit_of_work import Work

PLAIN = 0.9  # as sure as that, an advisor means something of their own
_BACKWARDS = r"^\W*(?:(?:oh|no|wait|sorry|please|go)\W+)*back\b"
# What somebody who judges work cannot mean.
_LEARNERS = UNREAD | {
    *("set_career_goal", "change_goal", "tell_skills", "inform", "ask_recommendation", "enroll"),
    *("submit_evidence", "report_progress", "change_answer", "undo", "verify_badge"),
    "appeal_decision",
}
# What an advisor writes instead of pressing, and the action of the button. Nothing asked or denied is one.
_MOST_WORDS = 8
_DENIED = r"\b(?:not|never|cannot|(?:is|was|are|were|do|does|did|has|have|had|ca|wo|ai|would|could|should)n['’]?t)\b"
_LACKING = rf"{_DENIED} (?:yet|met|there|shown|(?:good )?enough)\b"
NO_PRESS = re.compile(
    r"\?|^\W*(?:why|what|how|who|when|where|which|is|are|do|does|can|could|should)\b|"
    rf"(?!{_LACKING}){_DENIED}|\bno (?:time|idea|need|rush)\b",
    re.IGNORECASE,
)
_APPROVING = r"\b(?:approve|sign|accept)\w*\b"
_REVIEWING = (
    (_BACKWARDS, "rv_show"),
    (rf"{_LACKING}|\b(?:missing|no)\b", "rv_not_yet"),
    (r"\b(?:send|give|hand|pass) (?:it |this |that )?back\b|\breturn\b", "rv_return"),
    (_APPROVING, "rv_approve"),
    (rf"{_APPROVING}|\b(?:met|fine|good|ok|okay|yes)\b", "rv_met"),
)
_MET_TOO = re.compile(
    r"\b(?P<letter>[b-h])\b\)?,?\s+(?:(?:is|are|was)\s+)?(?:met|too|also|as well)\b", re.IGNORECASE
)
# Why somebody won't sign: as long as a reason is, and never a question.
_REASON_WORDS = 30
_REFUSED = re.compile(
    rf"^[^?]*{_DENIED}[^?]*\b(?:sign|approve|accept|hers|his|theirs?|own|right|real|genuine|clear|"
    r"readable|match\w*|show\w*|prove\w*|enough|good)\b[^?]*$",
    re.IGNORECASE,
)
# A verdict comes first, its reason after it.
_VERDICT = re.compile(
    rf"^\W*(?:(?P<met>met|approved?)[,.:;]|{_LACKING}|not (?:yet|met)\b)", re.IGNORECASE
)
_UNWILLING = re.compile(r"\b(?:want|know|sure|why|how|if|whether)\b", re.IGNORECASE)


def review_buttons(work: Work, person: Person) -> dict[str, PressChoice]:
    """What an advisor who judges somebody's work may press, by action; empty while they write."""
    draft = current_draft(work.session, person.person_id)
    if Role.ADVISOR not in person.roles or (draft is not None and draft.verbatim):
        return {}
    buttons = recall_buttons(work, person.person_id)
    named = {data.split(":")[1]: PressChoice(label=k, data=data) for k, data in buttons.items()}
    return named if any(action.startswith("rv_") for action in named) else {}


def reviewing_answer(
    work: Work, person: Person, said: Said, buttons: dict[str, PressChoice]
) -> Shown:
    """The button that is meant, or the card once more for what only a learner could mean."""
    named = _button_in_review(work, person, said, buttons)
    return named or _review_again(work, person, said, buttons)


def _button_in_review(
    work: Work, person: Person, said: Said, buttons: dict[str, PressChoice]
) -> Shown:
    """While work is judged: the button that an advisor's words name."""
    named = _named_in_review(said.text)
    too = _MET_TOO.search(said.text)
    if too is not None and named and "rv_met" in {*named} & buttons.keys():
        return _both_met(work, person, buttons["rv_met"], ord(too["letter"].lower()) - ord("a"))
    for action in named:
        if action in buttons:
            return buttons[action]
    if named and "rv_met" in buttons and re.search(_BACKWARDS, said.text, re.IGNORECASE):
        return _criterion_before(work, person, buttons["rv_met"].data)
    return None


def _both_met(work: Work, person: Person, button: PressChoice, last: int) -> Shown:
    """Met, and so is the next: "it's fine, met. and b met too". Any other is judged by itself."""
    submission_id, index, *rest = button.data.split(":")[2].split("~")
    if last != int(index) + 1:
        return button
    step = judge_criterion(
        work,
        advisor_id=person.person_id,
        submission_id=submission_id,
        index=int(index),
        result=Judgement.MET,
        round_=int(rest[0]) if rest else None,
    )
    if step.current is None or step.current.index != last:
        return review_screens(step, work.now.isoformat())
    data = "~".join((submission_id, str(last), *rest))
    return PressChoice(label=button.label, data=f"{button.data.rpartition(':')[0]}:{data}")


def _review_again(work: Work, person: Person, said: Said, buttons: dict[str, PressChoice]) -> Shown:
    """The card that is judged, for what only a learner would mean."""
    is_own = said.intent not in _LEARNERS or said.confidence >= PLAIN
    if is_own or "rv_met" not in buttons:
        return None
    return _criterion_before(work, person, buttons["rv_met"].data, back=0)


def _named_in_review(text: str) -> list[str]:
    """The actions an advisor's words may mean, the likeliest first."""
    count = len(text.split())
    if count <= _REASON_WORDS and "?" not in text and (begun := _VERDICT.match(text)):
        return ["rv_met"] if begun["met"] else ["rv_not_yet", "rv_return"]
    if count <= _MOST_WORDS and not NO_PRESS.search(text):
        return [action for words, action in _REVIEWING if re.search(words, text, re.IGNORECASE)]
    is_refused = _REFUSED.search(text) and not _UNWILLING.search(text)
    return ["rv_not_yet", "rv_return"] if is_refused and count <= _REASON_WORDS else []


def _criterion_before(work: Work, person: Person, data: str, *, back: int = 1) -> Shown:
    """The criterion before the one whose button this is; with 0, that one."""
    submission_id, index, *_ = data.split(":")[2].split("~")
    step = show_criterion(
        work,
        advisor_id=person.person_id,
        submission_id=submission_id,
        index=max(int(index) - back, 0),
    )
    return review_screens(step, work.now.isoformat())
