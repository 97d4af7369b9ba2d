"""What may be said at any time, whatever is asked: what an intent alone doesn't tell."""

import re
from dataclasses import replace

from actions.naming import by_place
from actions.said import UNREAD, VAGUE, Said
from actions.screens import Shown
from actions.screens.account import DeleteConfirm
from actions.screens.asides import WhatIsKept
from actions.screens.handoff import request_screen
from actions.screens.options import path_time, what_if_screen
from actions.screens.pathways import intake_screen
from actions.screens.reminders import QuietHoursSet
from actions.screens.review import review_screens
from actions.screens.words import PressChoice
from credentials.catalogue import get_occupation
from credentials.drafts import current_draft
from credentials.evidence import State, find_link, list_submissions, show_criterion
from credentials.issuing import list_badges
from credentials.pathways import (
    Intake,
    ask_goal,
    choose_goal,
    choose_hours,
    find_profile,
    hear,
    resume_intake,
)
from credentials.pathways.hours import read_hours
from credentials.people import Person, Role
from credentials.people.persons import recall_buttons
from credentials.reminders import hear_quiet_hours
from credentials.rights import describe_erasure
from credentials.unit_of_work import Work

FEW = 4  # words that may name one of the jobs offered
_FILLERS = frozenset(
    [
        "ok",
        "okay",
        "yes",
        "yeah",
        "the",
        "one",
        "then",
        "maybe",
        "please",
        "just",
        "think",
        "guess",
        "sure",
        "an",
        "it",
        "that",
        "job",
        "id",
        "ill",
        "take",
        "go",
        "with",
        "for",
        "choose",
        "pick",
        "want",
        "like",
    ]
)
TELLING = 3  # words beside having no idea; fewer tell nothing
DELETE = re.compile(
    r"\b(?:delete|erase|remove|wipe|destroy|forget)\b(?:\W+\w+){0,4}?\W+"
    r"(?:everything|all|data|account|me|profile|history|records?)\b",
    re.IGNORECASE,
)
_SOMEONE = re.compile(
    r"\b(?:ask|see|meet|talk (?:to|with)|speak (?:to|with)) (?:someone|somebody|a (?:real )?(?:person|human))\b",
    re.IGNORECASE,
)
_ABOUT_THINGS = VAGUE | {"ask_credential_details", "enroll", "ask_deadline", "set_reminder"}
_DELETING = UNREAD | {"ask_privacy", "start_over", "stop_reminders", "ask_badges", "share_badge"}
# What words without an idea are taken for.
_NO_GOAL = VAGUE | {
    *("skip", "help", "ask_recommendation", "set_career_goal", "change_goal", "tell_skills"),
    *("cancel", "start_over", "ask_why"),
}
_NO_IDEA = re.compile(
    r"\b(?:no (?:idea|clue)|(?:not|un) ?sure|dunno|idk|undecided|(?:do not|don'?t|dont) (?:really |even )?know|"
    r"have ?n'?o?t (?:a clue|decided|the faintest)|can'?t decide|clueless|beats me)\b",
    re.IGNORECASE,
)
_LIKED = re.compile(
    r"\b(?:like|love|enjoy|good (?:at|with)|interested in|into) (?!to\b)(\w[\w' -]*?)"
    r"(?=\s*(?:[.,;!?]|\b(?:but|if|and|though|cause|because)\b|$))",
    re.IGNORECASE,
)
_WHAT_TO_DO = re.compile(
    r"\b(?:no (?:idea|clue)|(?:don'?t|dont) know|not sure) (?:what|which) (?:i (?:want|could|should|would)|job|work|to (?:do|become))\b",
    re.IGNORECASE,
)
_IF = re.compile(
    r"\b(?:what if|how about|what about|suppose|if) (?:i|we)\b|\bwhat (?:if|about|happens with)\b.*\bhours?\b|"
    r"\bif i\b.*\bhours?\b",
    re.IGNORECASE,
)
_SHARES = (
    (r"\b(?:double|twice|two times)\b.*\b(?:hours?|time)\b", 2.0),
    (r"\bhalf (?:the|my|of the|as many)\b.*\b(?:hours?|time)\b", 0.5),
)
_BACKWARDS = r"^\W*(?:(?:oh|no|wait|sorry|please|go)\W+)*back\b"
# What lies far from the questions about skills and hours, and how sure one has to be of it there.
_STRAYING = frozenset(
    {
        *("report_progress", "submit_evidence", "set_reminder", "snooze", "stop_reminders"),
        *("appeal_decision", "talk_to_advisor", "verify_badge", "share_badge", "ask_badges"),
    }
)
PLAIN = 0.85
# What somebody who judges work cannot mean.
_LEARNERS = UNREAD | {
    *("set_career_goal", "change_goal", "tell_skills", "inform", "ask_recommendation", "enroll"),
    *("submit_evidence", "report_progress", "change_answer", "undo", "verify_badge"),
}
# What an advisor writes instead of pressing, and the action of the button. Nothing asked or denied is one.
_MOST_WORDS = 8
_DENIED = r"\b(?:not|never|cannot|(?:is|was|are|were|do|does|did|has|have|had|ca|wo|ai|would|could|should)n['’]?t)\b"
_LACKING = rf"{_DENIED} (?:yet|met|there|shown|(?:good )?enough)\b"
_NO_PRESS = re.compile(
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
_LOST = re.compile(
    r"\b(?:lose|lost|losing|th?row\w* (?:it |that |them )?away|thrown away|gone|disappear\w*|"
    r"(?:am i|is it|are they|is that) still (?:there|saved|on|in)|still (?:have|got) (?:it|my|them))\b.*\?|"
    r"^\W*(?:will|do|did|have) (?:i|you) (?:lose|lost|delete[d]?|thr[eo]w)\b",
    re.IGNORECASE,
)


def erasure_asked(work: Work, person: Person, said: Said) -> Shown:
    """What deleting does, for "erase everything", whatever the card before was about."""
    if said.intent not in _DELETING or not DELETE.search(said.text):
        return None
    return DeleteConfirm.of(describe_erasure(work, person_id=person.person_id))


def anytime_answer(work: Work, person: Person, said: Said) -> Shown:
    """The answer to words that mean the same whatever was shown; None where they mean none of it."""
    buttons = _review_buttons(work, person)
    if buttons:
        return (
            _person_wanted(work, person, said)
            or _button_in_review(work, person, said, buttons)
            or _review_again(work, person, said, buttons)
        )
    return (
        _person_wanted(work, person, said)
        or _chosen_job(work, person, said)
        or _undecided(work, person, said)
        or _for_the_question(work, person, said)
        or _kept(work, person, said)
        or _quiet_hours(work, person, said)
        or _what_if_hours(work, person, said)
    )


def _person_wanted(work: Work, person: Person, said: Said) -> Shown:
    """Somebody at the institution, for a question that seems to be about what was shown."""
    if said.intent not in _ABOUT_THINGS or not _SOMEONE.search(said.text):
        return None
    return request_screen(work, person, last_words=said.text)


def _review_buttons(work: Work, person: Person) -> dict[str, PressChoice]:
    """What an advisor who judges somebody's work may press, by action; empty while they write."""
    draft = current_draft(work.session, person.person_id)
    if Role.ADVISOR not in person.roles or (draft is not None and draft.verbatim):
        return {}
    buttons = recall_buttons(work, person.person_id)
    named = {data.split(":")[1]: PressChoice(label=k, data=data) for k, data in buttons.items()}
    return named if any(action.startswith("rv_") for action in named) else {}


def _button_in_review(
    work: Work, person: Person, said: Said, buttons: dict[str, PressChoice]
) -> Shown:
    """While work is judged: the button that an advisor's words name."""
    named = _named_in_review(said.text)
    for action in named:
        if action in buttons:
            return buttons[action]
    if named and "rv_met" in buttons and re.search(_BACKWARDS, said.text, re.IGNORECASE):
        return _criterion_before(work, person, buttons["rv_met"].data)
    return None


def _review_again(work: Work, person: Person, said: Said, buttons: dict[str, PressChoice]) -> Shown:
    """The card that is judged, for what only a learner would mean."""
    if said.intent not in _LEARNERS or "rv_met" not in buttons:
        return None
    return _criterion_before(work, person, buttons["rv_met"].data, back=0)


def _named_in_review(text: str) -> list[str]:
    """The actions an advisor's words may mean, the likeliest first."""
    count = len(text.split())
    if count <= _REASON_WORDS and "?" not in text and (begun := _VERDICT.match(text)):
        return ["rv_met"] if begun["met"] else ["rv_not_yet", "rv_return"]
    if count <= _MOST_WORDS and not _NO_PRESS.search(text):
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


def _chosen_job(work: Work, person: Person, said: Said) -> Shown:
    """The occupation of "the first one sounds right", or both of "the first two"."""
    open_ = resume_intake(work, person_id=person.person_id)
    codes = tuple(hit.code for hit in open_.choices) if open_ and open_.asking == "choose" else ()
    if len(codes) > 1 and said.intent == "compare_options":
        return what_if_screen(work, person, codes[:2])
    code = by_place(codes, said.text) or (_named_job(open_, said.text) if open_ else None)
    if code is None or said.intent == "talk_to_advisor":
        return None
    return intake_screen(
        work, choose_goal(work, person_id=person.person_id, code=code, words=said.text)
    )


def _named_job(open_: Intake, text: str) -> str | None:
    """The only job offered that a word of a few is about: "ok web", "support maybe"."""
    words = {word for word in re.findall(r"[a-z]{2,}", text.lower()) if word not in _FILLERS}
    if len(text.split()) > FEW or not words or _NO_PRESS.search(text):
        return None
    found = [
        hit.code
        for hit in open_.choices
        if words <= set(re.findall(r"[a-z]+", f"{hit.title} {hit.because}".lower()))
    ]
    return found[0] if len(found) == 1 else None


def _undecided(work: Work, person: Person, said: Said) -> Shown:
    """For whoever has no idea what work they want, whatever their words are taken for."""
    open_ = resume_intake(work, person_id=person.person_id)
    asking = open_.asking if open_ else None
    has_goal = find_profile(work, person_id=person.person_id).has_goal
    is_meant = said.intent in _NO_GOAL and _NO_IDEA.search(said.text)
    is_asked = asking == "goal" or (asking is None and not has_goal)
    if not is_asked or not (is_meant or _WHAT_TO_DO.search(said.text)):
        return None
    liked = _LIKED.search(said.text)
    text = f"I want to work with {liked[1]}" if liked else said.text
    if len(_NO_IDEA.sub("", text).split()) >= TELLING:
        heard = hear(work, person_id=person.person_id, text=text)
        if not heard.is_unclear:
            return intake_screen(work, heard)
    return intake_screen(work, replace(ask_goal(work, person_id=person.person_id), is_unsure=True))


def _for_the_question(work: Work, person: Person, said: Said) -> Shown:
    """What answers the open question in passing: "double entry every day" sets no reminder."""
    open_ = resume_intake(work, person_id=person.person_id)
    is_asked = open_ is not None and open_.asking in {"have", "hours"}
    if not is_asked or said.intent not in _STRAYING or said.confidence >= PLAIN:
        return None
    heard = hear(work, person_id=person.person_id, text=said.text, may_be_goal=False)
    return None if heard.is_unclear or heard.is_distress else intake_screen(work, heard)


def _quiet_hours(work: Work, person: Person, said: Said) -> Shown:
    """Hours in which nothing is written, for "don't message me after 8 pm"."""
    if said.intent not in VAGUE | {"ask_privacy", "ask_deadline", "ask_time"}:
        return None
    quiet = hear_quiet_hours(work, person_id=person.person_id, text=said.text)
    return QuietHoursSet.of(quiet) if quiet else None


def _kept(work: Work, person: Person, said: Said) -> Shown:
    """What stays, for whoever fears that something is lost."""
    is_open = said.intent in VAGUE | {"ask_progress", "ask_privacy", "ask_badges", "enroll"}
    if not (is_open and _LOST.search(said.text)) or find_link(said.text):
        return None
    profile = find_profile(work, person_id=person.person_id)
    sent = list_submissions(work, person_id=person.person_id)
    badges = list_badges(work, person_id=person.person_id)
    job = get_occupation(work, code=profile.occupation_code) if profile.occupation_code else None
    return WhatIsKept(
        job=job.plain_title if job else None,
        badges=tuple(badge.achievement.name for badge in badges),
        begun=tuple(one.name for one in sent if one.state is State.COLLECTING),
        waiting=tuple(one.name for one in sent if one.state is State.WAITING),
    )


def _what_if_hours(work: Work, person: Person, said: Said) -> Shown:
    """What the way would take at other hours; kept only where none were told before."""
    profile = find_profile(work, person_id=person.person_id)
    if not _IF.search(said.text) or said.intent in {"set_reminder", "snooze"}:
        return None
    share = next((s for words, s in _SHARES if re.search(words, said.text, re.IGNORECASE)), None)
    hours = profile.weekly_hours * share if share else read_hours(said.text, is_asked=True)
    if hours and not share and profile.hours_per_week is None:
        return intake_screen(work, choose_hours(work, person_id=person.person_id, hours=hours))
    return path_time(work, person, weekly=hours) if hours and profile.has_goal else None
