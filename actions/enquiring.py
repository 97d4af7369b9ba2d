"""What an employer asks about a verdict, or about badges at all: "is it really hers?", "is she any good?"."""

import re

from actions.said import VAGUE, Said
from actions.screens import Shown
from actions.screens.asides import AskHolder, CodeMeansNothing, PeopleNotSearchable
from actions.screens.verify import HowToVerify, InterviewQuestions, VerdictCard, VerdictMeaning
from credentials.enquiries.keeping import find_enquiry
from credentials.errors import CredentialsError
from credentials.people import Person
from credentials.people.talk import Talk
from credentials.unit_of_work import Work

SURE = 0.8  # a wish as clear as this is one, whatever was shown before
QUESTIONS = VAGUE | {
    *("ask_privacy", "ask_time", "ask_deadline", "snooze", "ask_employer_value", "share_badge"),
    *("ask_badges", "set_reminder", "submit_evidence", "ask_credential_details", "ask_cost"),
    *("enroll", "help"),
}
_ENQUIRIES = QUESTIONS | {
    *("verify_badge", "ask_progress", "ask_recommendation", "tell_skills", "ask_badges"),
    *("set_career_goal", "ask_why", "talk_to_advisor", "find_people"),
}
_HOLDER = re.compile(
    r"\b(?:hers?|his|theirs?|mine|belongs?|really (?:him|her|them)|same person|identity|own(?:s|er)?|"
    r"ask (?:her|him|them|the (?:holder|candidate|person)))\b",
    re.IGNORECASE,
)
_OTHERS = re.compile(
    r"\b(?:others?|more|else|all|list|recommend|similar|like (?:that|her|him))\b.*\b(?:results?|badges?|people|"
    r"persons?|candidates?|learners?|ones?|like that)\b|\b(?:her|his|their) (?:other|marks?|grades?)\b",
    re.IGNORECASE,
)
_CONTENT = re.compile(
    r"\b(?:know|able|prov(?:e|es|en)|trust\w*|worth|can (?:she|he|they|the|this)|skills?|learn\w*|means?|cover\w*|content|"
    r"run out|runs out|expire\w*|valid|until|end|issued?|level)\b",
    re.IGNORECASE,
)
_FAKE = re.compile(r"\b(?:fake|forged?|fraud|false|lie[ds]?|cheat\w*|made up)\b", re.IGNORECASE)
_EARLIER = re.compile(r"\b(?:first|other|earlier|before|last one)\b", re.IGNORECASE)
_OTHER_WAY = re.compile(
    r"\b(?:else|other way|another way|photocopy|unreadable|how)\b", re.IGNORECASE
)
_INTERVIEW = re.compile(
    r"\b(?:ask\w*|questions?|test)\b.{0,30}\binterview\w*|\binterview\w*\b.{0,30}\b(?:ask|questions?)\b|"
    r"\bwhat (?:should|can|could|do) (?:i|we) ask (?:her|him|them)\b",
    re.IGNORECASE,
)
#: What is asked, by the explanation that answers it.
_MEANINGS = {
    "withdrawn": re.compile(
        r"\b(?:why|what|when|who|how)\b.*\b(?:withdr\w+|revok\w+|taken back|suspend\w*|on hold|cancel\w*)\b",
        re.IGNORECASE,
    ),
    "person": re.compile(
        r"\b(?:good|reliable|hard.?working|honest|decent|suitable|right|best|nice)\b.{0,20}"
        r"\b(?:worker|employee|candidate|hire|fit|person|choice)\b|\bshould (?:i|we) (?:hire|take|employ|invite)\b|"
        r"\b(?:can|could) (?:i|we) trust (?:her|him|them)\b|\bany good\b",
        re.IGNORECASE,
    ),
    "judged": re.compile(
        r"\b(?:(?:is|are|isn'?t|aren'?t|just|be) selling|(?:buy|bought) (?:it|one|this|these|them)|rubber.?stamp\w*|for money|paid for|gives? (?:these|them) (?:out|away)|"
        r"who (?:checked|judged|marked|graded|decided|tested|approved)|(?:any|some|every)(?:one|body) (?:can |could )?get)\b|"
        r"\bhow (?:was|is|were|did) (?:this|it|that|she|he|they|these)\b.{0,20}\b(?:check|judg|test|prov|grad|assess)\w*\b",
        re.IGNORECASE,
    ),
}


def verdict_answer(work: Work, person: Person, said: Said, talk: Talk) -> Shown:
    """The answer to words about the verdict just shown, or about checking at all."""
    if said.intent not in _ENQUIRIES or said.entity("badge_id"):
        return None
    text = said.text
    if (meant := enquiry_answer(work, person, said, talk)) is not None:
        return meant
    if _OTHERS.search(text) or _HOLDER.search(text):
        return PeopleNotSearchable() if _OTHERS.search(text) else AskHolder()
    enquiry = _enquiry(work, person, talk.about)
    if _FAKE.search(text):
        return _doubted(text, enquiry)
    if enquiry is not None and said.intent != "ask_cost" and _CONTENT.search(text):
        return enquiry
    is_lost = said.intent in VAGUE and _OTHER_WAY.search(text)
    return HowToVerify() if is_lost and said.confidence < SURE else None


def _doubted(text: str, enquiry: VerdictCard | None) -> Shown:
    """The verdict again, for whoever doubts it; where there was no badge, that its code says nothing."""
    is_found = (
        not _EARLIER.search(text)
        and enquiry is not None
        and not enquiry.facts.holds_no_badge
        and enquiry.facts.badge
    )
    return enquiry if is_found else CodeMeansNothing()


def enquiry_answer(work: Work, person: Person, said: Said, talk: Talk) -> Shown:
    """What an employer may ask at any time; None where the words ask nothing of it."""
    if _INTERVIEW.search(said.text):
        card = _enquiry(work, person, talk.about if talk.topic == "verdict" else "")
        if card is not None and card.facts.questions:
            return InterviewQuestions(enquiry_id=card.enquiry_id, facts=card.facts)
        return VerdictMeaning(about="interview")
    about = next((one for one, words in _MEANINGS.items() if words.search(said.text)), None)
    return VerdictMeaning(about=about) if about else None


def _enquiry(work: Work, person: Person, enquiry_id: str) -> VerdictCard | None:
    if not enquiry_id:
        return None
    try:
        found = find_enquiry(work, person_id=person.person_id, enquiry_id=enquiry_id)
    except CredentialsError:
        return None
    return VerdictCard.of(found)
