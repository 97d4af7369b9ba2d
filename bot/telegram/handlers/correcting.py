"""What is said about work that is being shown, instead of being it: moved, taken back, named."""

import re

from actions.screens import Screen, Shown, before
from actions.screens.asides import NeedNotWrite
from actions.screens.evidence import EvidencePersonal, evidence_screen
from bot.telegram.asking import own_name
from bot.telegram.context import Context
from credentials.drafts import Draft
from credentials.evidence import (
    Step,
    ask_made_with,
    belongs_to,
    choose_name,
    is_about_names,
    is_taken_back,
    leave_names_out,
    move_latest,
    names_somebody,
    take_back_latest,
)
from credentials.people import Person
from credentials.unit_of_work import Work

CHECK, CRITERION = "check", "criterion"
SHORT = 90  # characters; a longer text is work
_WITH_OTHERS = re.compile(
    r"\b(?:not (?:only|just|all|entirely) (?:mine|me|my)|group (?:work|project)|team ?work|"
    r"with (?:others|a friend|friends|my (?:team|class|group)|class ?mates|colleagues)|"
    r"(?:two|three|some|others) (?:from|of) (?:my )?(?:class|team|us)|we (?:all )?(?:did|made|built) it)\b",
    re.IGNORECASE,
)
# What was taken out stands beside the question, on a button.
_PUT_BACK = re.compile(r"\b(?:put|bring|get) (?:it|that|this) back\b|\brestore\b", re.IGNORECASE)
_NO_WRITING = re.compile(
    r"\b(?:rather not|don'?t (?:want|like|feel like)|do i have to|have to|hate|can'?t|no time to) (?:to )?(?:writ|typ)\w*",
    re.IGNORECASE,
)
# "No, I did it at work, I don't want to send it yet" is no work; "No duplicates are left" is.
_NOT_NOW = re.compile(
    r"^\W*no,?\W+(?:i|wait|sorry|not)\b|^\W*not (?:now|yet|today)\b|^\W*i (?:do ?n[o']?t|dont) want\b|"
    r"\b(?:not|do ?n[o']?t|dont) (?:want|ready|like) to (?:send|show|submit|upload|hand)\b",
    re.IGNORECASE,
)


def correction(work: Work, person: Person, draft: Draft, text: str) -> Shown:
    """The answer to a text that is about the work; None when it may be work itself."""
    if len(text) > SHORT or draft.subject is None:
        return None
    who, number, asking = person.person_id, draft.subject, draft.asking
    if _PUT_BACK.search(text):
        return None
    index = belongs_to(text)
    if index is not None:
        return _shown(work, move_latest(work, person_id=who, submission_id=number, index=index))
    if is_taken_back(text):
        step = take_back_latest(work, person_id=who, submission_id=number)
        return _shown(work, step) if step else None
    if asking == CRITERION:
        is_refused = _NO_WRITING.search(text) or _NOT_NOW.search(text)
        return [NeedNotWrite()] if is_refused else None
    return _before_sending(work, who, number, text) if asking in {CHECK, None} else None


def _before_sending(work: Work, who: str, number: str, text: str) -> Shown:
    if is_about_names(text):
        return _shown(work, leave_names_out(work, person_id=who, submission_id=number))
    if _WITH_OTHERS.search(text):
        return _shown(work, ask_made_with(work, person_id=who, submission_id=number))
    name = own_name(text)
    if name is not None:
        return _shown(work, choose_name(work, person_id=who, name=name, submission_id=number))
    return None


async def correct(context: Context, draft: Draft) -> bool:
    """Answer a text that is about the work; whether it was."""
    found = await context.look(lambda work, person: _is_correction(draft, context.text))
    if not found:
        return False

    def use_case(work: Work, person: Person) -> Shown:
        shown = correction(work, person, draft, context.text)
        if isinstance(shown, list):
            return before(context.open_question(work, person), *shown)
        return shown or context.open_question(work, person)

    await context.show(use_case)
    return True


def _is_correction(draft: Draft, text: str) -> bool:
    if len(text) > SHORT:
        return False
    if belongs_to(text) is not None or is_taken_back(text) or _PUT_BACK.search(text):
        return True
    if draft.asking == CRITERION:
        return bool(_NO_WRITING.search(text))
    is_check = draft.asking in {CHECK, None}
    return is_check and (
        is_about_names(text) or bool(_WITH_OTHERS.search(text)) or own_name(text) is not None
    )


def kept_screen(work: Work, step: Step) -> Screen:
    """The screen after something was kept; words that seem to name somebody are pointed out."""
    added = step.added
    if added is not None and added.kind == "text" and names_somebody(added.text or ""):
        return EvidencePersonal.of(step)
    return evidence_screen(work, step)


def _shown(work: Work, step: Step) -> Screen:
    return evidence_screen(work, step)
