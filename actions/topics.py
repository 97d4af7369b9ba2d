"""What is said about the last card: "for how long?", "pm", "is it really hers?".

A topic is what that card was about. It takes words over that mean little without it, and lets
everything else pass to the action of its intent.
"""

import re
from collections.abc import Callable, Mapping

from actions.anytime import anytime_answer, erasure_asked
from actions.enquiring import QUESTIONS, verdict_answer
from actions.naming import by_place, named_achievement
from actions.preferences import preference_told
from actions.said import UNREAD, VAGUE, Said
from actions.screens import Shown
from actions.screens.account import DeleteKept
from actions.screens.asides import (
    AllRight,
    BadgeMisspelt,
    DistressMore,
    PeopleNotSearchable,
    ShareFacts,
    StillTold,
)
from actions.screens.badges import BadgeLinkedIn, BadgeShare
from actions.screens.evidence import EvidenceSent, EvidenceStanding
from actions.screens.reminders import (
    ReminderSet,
    SnoozeChoices,
    Snoozed,
    reminders_screen,
    step_screen,
)
from actions.screens.words import PressChoice
from credentials.catalogue.matching.gate import is_danger
from credentials.drafts import current_draft
from credentials.errors import CredentialsError
from credentials.evidence import (
    State,
    answer_in_words,
    edit_submission,
    find_submission,
    send_submission,
)
from credentials.issuing import list_badges
from credentials.pathways import resume_intake
from credentials.people import Person
from credentials.people.persons import recall_buttons
from credentials.people.talk import Talk, find_talk
from credentials.reminders import (
    amend_reminder,
    choose_time,
    list_reminders,
    open_reminder,
    read_later,
    say_when,
    says_when,
    snooze_latest,
)
from credentials.unit_of_work import Work

FEW = 12  # words
SURE = 0.8  # a wish as clear as this is one, whatever was shown before
WORK = 40  # characters; a shorter text is about the work, not part of it
_SMALL = VAGUE | {"greet", "report_progress", "tell_skills", "snooze", "set_reminder", "distress"}
_LATER = frozenset({"snooze", "set_reminder", "goodbye"})
_FINE = re.compile(
    r"\b(?:i'?m|i am|all) (?:really |just |quite )?(?:fine|ok|okay|good|alright|all right)\b(?! with)|"
    r"\bjust (?:tired|kidding|joking|stressed|a joke)\b|\bdidn'?t mean it\b|\bnot (?:that bad|serious)\b",
    re.IGNORECASE,
)
_NOBODY = re.compile(
    r"\b(?:no|not|do ?n'?t|dont|nobody|never)\b.*\b(?:want|need|call|talk|speak|see|anyone|anybody|person)\b",
    re.IGNORECASE,
)
_ANOTHER_TIME = re.compile(
    r"\b(?:tomorrow|later|another (?:day|time)|bye|good ?night|go on|next (?:week|time))\b",
    re.IGNORECASE,
)
_TIMES = VAGUE | {"snooze", "set_reminder", "ask_deadline", "compare_options", "stop_reminders"}
_CHANGES = VAGUE | {"submit_evidence", "ask_deadline", "ask_progress", "tell_skills", "ask_time"}

# Wishes about reminders, and the topics they may be about.
_TIMED = frozenset({"set_reminder", "snooze", "stop_reminders"})
_TIMED_TOPICS = frozenset({"reminder", "snooze", "stopped", "distress"})

_BOTH = re.compile(r"\b(?:show|list|see)\b.*\b(?:both|all|them|reminders)\b", re.IGNORECASE)
_ANOTHER = re.compile(r"\b(?:once|another|also|one more)\b", re.IGNORECASE)
_WHICH = re.compile(r"\b(?:which|when|what (?:day|date|time))\b|\bfirst\b", re.IGNORECASE)
_MISSPELT = re.compile(
    r"\b(?:mis-?sp\w+|spel\w+|wrong name|name (?:is |'s |on it is )?(?:wrong|not right)|typo)\b",
    re.IGNORECASE,
)
LINKEDIN = re.compile(r"\blinked ?in\b", re.IGNORECASE)
_PAPER = re.compile(r"\b(?:paper|print\w*|cv|c\.v\.|r[eé]sum[eé]|qr)\b", re.IGNORECASE)
_DATA = re.compile(r"\b(?:phone|address|see[ns]?|data|private)\b", re.IGNORECASE)
_ABOUT_SHARING = re.compile(
    r"\b(?:how long|link|see[ns]?|shows?|phone|number|address|data|private|month|weeks?|days?|"
    r"back|take|stop|undo|remove|end|expire\w*|valid|work|get|share|other)\b",
    re.IGNORECASE,
)
_HEAR = re.compile(
    r"\b(?:hear|told|tell|know|get|answer\w*|decision|decid\w*|approv\w*|result|badge)\b",
    re.IGNORECASE,
)
_MORE = re.compile(r"^\W*(?:add|also|plus|and|one more|p\.?s\.?)\b\W*", re.IGNORECASE)


def topical_answer(work: Work, person: Person, said: Said) -> Shown:
    """The answer to words about the last card; None where they aren't about it."""
    talk = find_talk(work, person_id=person.person_id)
    if said.intent == "distress" and not _is_harmless(said.text, talk.topic):
        return None
    if asked := erasure_asked(work, person, said) or preference_told(work, person, said):
        return asked
    topic = talk.topic or ""
    is_elsewhere = said.intent in _TIMED and said.confidence >= SURE and topic not in _TIMED_TOPICS
    take = None if is_elsewhere else _TOPICS.get(topic)
    shown = take(work, person, said, talk) if take else None
    return shown or anytime_answer(work, person, said)


def _of_distress(work: Work, person: Person, said: Said, talk: Talk) -> Shown:
    if _is_fine(said.text):
        return AllRight()
    open_ = resume_intake(work, person_id=person.person_id)
    if open_ and by_place(tuple(hit.code for hit in open_.choices), said.text):
        return None
    if said.intent == "talk_to_advisor" and _NOBODY.search(said.text):
        return DistressMore()
    is_wish = said.intent not in _SMALL and said.confidence >= SURE
    if is_wish or said.intent in {"distress", "talk_to_advisor"}:
        return None
    is_later = said.intent in _LATER and bool(_ANOTHER_TIME.search(said.text))
    return DistressMore(is_later=is_later)


def _is_harmless(text: str, topic: str | None) -> bool:
    """Whether words taken for distress take it back, or put a reminder off: "tomorrow, im wrecked"."""
    is_later = topic in {"snooze", "reminder"} and bool(_ANOTHER_TIME.search(text))
    return (is_later and not is_danger(text)) or (topic == "distress" and _is_fine(text))


def _is_fine(text: str) -> bool:
    """Whether somebody says in a few words that it was nothing."""
    return len(text.split()) <= FEW and bool(_FINE.search(text)) and not is_danger(text)


def _of_reminder(work: Work, person: Person, said: Said, talk: Talk) -> Shown:
    if _is_busy(work, person) or said.intent not in _TIMES | {"distress"}:
        return None
    if _is_new(said):
        return _another(work, person, said, talk.about)
    if _BOTH.search(said.text):
        return reminders_screen(work, person)
    try:
        changed = amend_reminder(
            work, person_id=person.person_id, reminder_id=talk.about, text=said.text
        )
    except CredentialsError:
        return None
    if changed is not None:
        return ReminderSet.of(changed)
    is_about = (
        said.intent == "affirm"
        or _WHICH.search(said.text)
        or says_when(work, person_id=person.person_id, text=said.text)
    )
    return _standing(work, person, talk.about) if is_about else None


def _is_new(said: Said) -> bool:
    """Whether another reminder is wished for, beside the one just set."""
    if said.intent == "set_reminder":
        return bool(re.search(r"\b(?:remind|another|also|once|second)\b", said.text, re.IGNORECASE))
    return said.intent in UNREAD and bool(_ANOTHER.search(said.text))


def _another(work: Work, person: Person, said: Said, beside: str) -> Shown:
    """One more reminder, at the hour of the one just set unless another is said."""
    who = person.person_id
    if not says_when(work, person_id=who, text=said.text):
        return None
    mine = list_reminders(work, person_id=who)
    open_reminder(work, person_id=who)
    step = say_when(work, person_id=who, text=said.text)
    known = next((one for one in mine if one.reminder_id == beside), None)
    if step.asking == "time" and known is not None:
        step = choose_time(work, person_id=who, at=known.rule.at)
    return step_screen(step)


def _standing(work: Work, person: Person, reminder_id: str) -> Shown:
    """The reminder as it stands."""
    mine = list_reminders(work, person_id=person.person_id)
    found = next((one for one in mine if one.reminder_id == reminder_id), None)
    return ReminderSet.of(found) if found else None


def _of_snooze(work: Work, person: Person, said: Said, talk: Talk) -> Shown:
    if _is_busy(work, person) or said.intent not in _TIMES | {"distress", "report_progress"}:
        return None
    until = read_later(work, person_id=person.person_id, text=said.text)
    if until is not None:
        try:
            return Snoozed.of(snooze_latest(work, person_id=person.person_id, until=until))
        except CredentialsError:
            return None
    if said.intent in {"deny", "snooze"}:
        return SnoozeChoices(reminder_id=talk.about)
    return AllRight() if said.intent in {"affirm", "goodbye", *UNREAD} else None


def _of_stopped(work: Work, person: Person, said: Said, talk: Talk) -> Shown:
    if said.intent == "affirm":
        return AllRight()
    return StillTold() if said.intent in QUESTIONS and _HEAR.search(said.text) else None


def _of_delete(work: Work, person: Person, said: Said, talk: Talk) -> Shown:
    """Deleting was just explained: a clear yes presses its button, everything vague keeps all."""
    if talk.passed or said.intent not in VAGUE | {"cancel"}:
        return None
    if said.intent != "affirm" or said.confidence < SURE:
        return DeleteKept()
    buttons = recall_buttons(work, person.person_id)
    chosen = [(label, data) for label, data in buttons.items() if data.split(":")[1] == "erase"]
    return PressChoice(label=chosen[0][0], data=chosen[0][1]) if chosen else None


def _of_sent(work: Work, person: Person, said: Said, talk: Talk) -> Shown:
    """Work that waits: it can still be changed, and more words are added to its last point."""
    if said.intent not in _CHANGES:
        return None
    sent = find_submission(work, submission_id=talk.about, person_id=person.person_id)
    if sent.state is not State.WAITING:
        return None
    is_question = said.text.rstrip().endswith("?")
    if _MORE.match(said.text) and len(said.text) >= WORK and not is_question:
        edit_submission(work, person_id=person.person_id, submission_id=talk.about)
        words = _MORE.sub("", said.text, count=1)
        answer_in_words(work, person_id=person.person_id, text=words)
        sent = send_submission(work, person_id=person.person_id, submission_id=talk.about)
        return EvidenceSent.of(sent)
    if said.intent in {"undo", "change_answer"} or re.search(r"\bchange\b", said.text):
        return EvidenceStanding.of(sent)
    return None


def _of_badge(work: Work, person: Person, said: Said, talk: Talk) -> Shown:
    badges = list_badges(work, person_id=person.person_id)
    badge = next((one for one in badges if one.badge_id == talk.about), None)
    if said.intent not in QUESTIONS or by_place(tuple(one.badge_id for one in badges), said.text):
        return None
    code = named_achievement(work, person, said)
    badge = next((one for one in badges if one.achievement.code == code), badge)
    if badge is None:
        return None
    is_meant = said.intent == "affirm" or (code is not None and said.intent != "share_badge")
    if is_meant or _PAPER.search(said.text):
        return BadgeShare.of(badge)
    if _MISSPELT.search(said.text):
        return BadgeMisspelt(badge_id=badge.badge_id, title=badge.achievement.name)
    is_about = bool(_DATA.search(said.text))
    if LINKEDIN.search(said.text) and said.intent == "share_badge" and not is_about:
        return BadgeLinkedIn.of(badge)
    is_about |= said.intent != "share_badge" and bool(_ABOUT_SHARING.search(said.text))
    return ShareFacts.of(badge) if is_about else None


def _of_misspelt(work: Work, person: Person, said: Said, talk: Talk) -> Shown:
    badges = list_badges(work, person_id=person.person_id)
    badge = next((one for one in badges if one.badge_id == talk.about), None)
    if badge is None or said.intent not in {"ask_time", "ask_deadline", "change_answer", "inform"}:
        return None
    return BadgeMisspelt(badge_id=badge.badge_id, title=badge.achievement.name)


def _of_people(work: Work, person: Person, said: Said, talk: Talk) -> Shown:
    is_vague = said.intent in VAGUE | {"tell_skills", "set_career_goal", "greet", "ask_privacy"}
    return PeopleNotSearchable() if is_vague and said.intent != "goodbye" else None


def _is_busy(work: Work, person: Person) -> bool:
    """Whether something is asked that the words may answer instead."""
    draft = current_draft(work.session, person.person_id)
    return draft is not None and draft.kind == "reminder"


Take = Callable[[Work, Person, Said, Talk], Shown]
_TOPICS: Mapping[str, Take] = {
    "distress": _of_distress,
    "reminder": _of_reminder,
    "snooze": _of_snooze,
    "stopped": _of_stopped,
    "delete": _of_delete,
    "sent": _of_sent,
    "badge": _of_badge,
    "misspelt": _of_misspelt,
    "verdict": verdict_answer,
    "people": _of_people,
}
