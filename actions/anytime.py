"""What may be said at any time, whatever is asked: what an intent alone doesn't tell."""

import re
from dataclasses import replace

from actions.enquiring import QUESTIONS, enquiry_answer
from actions.judging import NO_PRESS, review_buttons, reviewing_answer
from actions.naming import by_place, named_course
from actions.said import UNREAD, VAGUE, Said
from actions.screens import Shown
from actions.screens.account import DeleteConfirm
from actions.screens.asides import WhatIsKept
from actions.screens.credential import chosen_screen
from actions.screens.handoff import request_screen
from actions.screens.intake import JobsOfField
from actions.screens.options import path_time, what_if_screen
from actions.screens.pathways import intake_screen
from credentials.catalogue import current_catalogue, get_occupation
from credentials.catalogue.occupation_match import Kind, match_occupations
from credentials.evidence import State, find_link, list_submissions
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
from credentials.people import Person
from credentials.people.talk import find_talk
from credentials.rights import describe_erasure
from credentials.unit_of_work import Work

_FILLING = """
ok okay yes yeah the one then maybe please just think guess sure an it that job id ill take go with
for choose pick want like
"""
CERTAIN = 1.0  # of a title, letter by letter
FEW = 4  # words that may name one of the jobs offered
_FILLERS = frozenset(_FILLING.split())
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
BEGUN = re.compile(
    r"\bi(?:'ve| have|m| am|'m)? (?:just |now |already |finally |half ?way )?(?:start(?:ed|ing)|began|begun|signed up|enrol\w*|joined|"
    r"registered|booked|taking|doing)\b",
    re.IGNORECASE,
)
_TAKEN_FOR_BEGUN = VAGUE | {"tell_skills", "report_progress", "enroll", "ask_progress"}
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
_FIELD_WORDS = {
    "technology": ("it", "tech", "technology", "computers", "computing"),
    "healthcare": ("healthcare", "health care", "health", "medicine", "hospitals", "a hospital"),
    "finance": ("finance", "banking", "banks", "a bank"),
    "education": ("education", "schools", "a school"),
    "business": ("business", "an office", "offices"),
    "trades": ("trades", "the trades", "construction", "energy"),
}
_IN_A_FIELD = re.compile(
    r"\b(?:something|anything|jobs?|work(?:ing)?|career) (?:(?=in)|(?!\w+ it\b))(?:in|with|into|at) "
    rf"({'|'.join(word for words in _FIELD_WORDS.values() for word in words)})"
    r"(?: (?:please|pls|maybe|i think|i guess|or so))?\W*$",
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
# What lies far from the questions about skills and hours, and how sure one has to be of it there.
_STRAYING = frozenset(
    {
        *("report_progress", "submit_evidence", "set_reminder", "snooze", "stop_reminders"),
        *("appeal_decision", "talk_to_advisor", "verify_badge", "share_badge", "ask_badges"),
    }
)
PLAIN = 0.85
_ENQUIRED = QUESTIONS | {"verify_badge", "ask_why", "ask_recommendation", "appeal_decision"}
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
    buttons = review_buttons(work, person)
    if buttons:
        wanted = _person_wanted(work, person, said)
        return wanted or reviewing_answer(work, person, said, buttons)
    return (
        _person_wanted(work, person, said)
        or _chosen_job(work, person, said)
        or _field_meant(work, person, said)
        or _begun_course(work, person, said)
        or _title_alone(work, person, said)
        or _undecided(work, person, said)
        or _for_the_question(work, person, said)
        or _kept(work, person, said)
        or _enquired(work, person, said)
        or _what_if_hours(work, person, said)
    )


def _person_wanted(work: Work, person: Person, said: Said) -> Shown:
    """Somebody at the institution, for a question that seems to be about what was shown."""
    if said.intent not in _ABOUT_THINGS or not _SOMEONE.search(said.text):
        return None
    return request_screen(work, person, last_words=said.text)


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


def _field_meant(work: Work, person: Person, said: Said) -> Shown:
    """The jobs of a field, for "something in IT", where work is asked for."""
    open_ = resume_intake(work, person_id=person.person_id)
    asking = open_.asking if open_ else None
    has_goal = find_profile(work, person_id=person.person_id).has_goal
    if asking not in {"goal", "choose"} and (asking is not None or has_goal):
        return None
    named = _IN_A_FIELD.search(said.text)
    if named is None:
        return None
    field = next(field for field, words in _FIELD_WORDS.items() if named[1].lower() in words)
    ask_goal(work, person_id=person.person_id)
    return JobsOfField.of(current_catalogue(work), field, 0)


def _begun_course(work: Work, person: Person, said: Said) -> Shown:
    """A named course that somebody has begun, whatever else it may be taken for."""
    if said.intent not in _TAKEN_FOR_BEGUN or not BEGUN.search(said.text) or "?" in said.text:
        return None
    code = named_course(work, person, said.text)
    return chosen_screen(work, person, code) if code else None


def _title_alone(work: Work, person: Person, said: Said) -> Shown:
    """The goal, where it is asked for and the words are a title of it: "customer service rep"."""
    open_ = resume_intake(work, person_id=person.person_id)
    if open_ is None or open_.asking not in {"goal", "choose"}:
        return None
    match = match_occupations(work, said.text)
    if match.kind is not Kind.MATCH or match.targets[0][0].score < CERTAIN:
        return None
    return intake_screen(work, hear(work, person_id=person.person_id, text=said.text))


def _named_job(open_: Intake, text: str) -> str | None:
    """The only job offered that a word of a few is about: "ok web", "support maybe"."""
    words = {word for word in re.findall(r"[a-z]{2,}", text.lower()) if word not in _FILLERS}
    if len(text.split()) > FEW or not words or NO_PRESS.search(text):
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


def _enquired(work: Work, person: Person, said: Said) -> Shown:
    """What an employer asks before they have sent a badge: somebody without a goal of their own."""
    has_goal = find_profile(work, person_id=person.person_id).has_goal
    if has_goal or said.intent not in _ENQUIRED:
        return None
    return enquiry_answer(work, person, said, find_talk(work, person_id=person.person_id))


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
