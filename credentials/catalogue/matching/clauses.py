"""What each part of a message tells: a wish, today's work, former work, or what is not wanted.

A message is cut into clauses, and every clause gets the role of the first cue in it. In a message
with a wish, bare clauses before the wish tell today's work ("Bookkeeper at a garage; want to …");
in one without, they are the wish itself ("dental nurse").
"""

import re
from dataclasses import dataclass
from enum import StrEnum

MOST_CLAUSES = 24
MOST_CURRENT = 3  # clauses


class Role(StrEnum):
    WISH = "wish"
    CURRENT = "current"
    PAST = "past"
    OTHERS = "others"
    UNSURE = "unsure"
    REJECTED = "rejected"
    BARE = "bare"


#: Cues by role, in the order they are tried; `_` stands for the beginning of a clause.
CUES: dict[Role, str] = {
    Role.OTHERS: (
        "_my (?:mum|mom|mother|dad|father|sister|brother|wife|husband|partner|boyfriend|girlfriend|"
        "friend|mate|cousin|aunt|uncle|gran|grandma|grandad|son|daughter|boss|flatmate|roommate)s?"
        r" (?:is|are|was|were|works?|worked|does|did|runs?|has|had|wants?|thinks?|says?|keeps?)"
    ),
    Role.UNSURE: (
        "don't know|dont know|do not know|no idea|not sure|no clue|anything else|something else|"
        "something different|anything really|cannot face|can't face|need a change|want a change|"
        "want out|burnt out|burned out|fed up|sick of|had enough|i'm lost|feel lost|feeling lost|stuck"
    ),
    Role.REJECTED: (
        "_not|_no|_never|_don't|_dont|_do not|_definitely not|_anything but|_without|_nothing with|"
        "don't want|dont want|do not want|don't care|don't like|dont like|don't fancy|hate|bores? me|"
        "bore me|not for me|no thanks|can't face|cannot face|anymore|any more"
    ),
    Role.WISH: (
        "want|wants|wanted|wanna|would like|'d like|would love|'d love|like to|love to|'d enjoy|i enjoy|"
        "rather|dream|dreaming|hope|hoping|become|becoming|wish|interested|same interest|looking for|"
        "looking at|looking to|looking into|looks perfect|get into|getting into|go into|going into|"
        "move into|move to|moving into|switch|switching|change to|retrain|retraining|train as|qualify|"
        "apply|applying|aim|aiming|goal|ambition|see myself|envy|prefer|preferably|thinking of|"
        "thinking about|think about|heaven|would give|instead|meant|make it|reckon|ready to|calling|"
        "happiest|next step|seeking|can i be|could i|how do i|how to|what do i need|get paid|"
        "for a living|do that|be her|be him|like them"
    ),
    Role.PAST: (
        r"used to|former|formerly|ex|retired|behind me|in the \d0s|grew up|had been|made redundant|"
        "got laid off|laid off|got fired|was fired"
    ),
    Role.CURRENT: (
        "currently|at the moment|atm|right now|by day|these days i|i am a|i am an|i'm a|i'm an|im a|im an|"
        "i am the|i'm the|i work|i've been|ive been|have been|been a|been an|my job is|here|"
        r"\d+ (?:yrs?|years?)|(?:two|three|four|five|six|seven|eight|nine|ten|twelve|fifteen|twenty) years|"
        r"since i was|\d\d (?:years old |yo )?(?:and )?work(?:ing)?"
    ),
}
#: Weaker cues of the past: what else is said of the clause comes first.
_PAST = re.compile(r"(?<![\w-])(?:was|were|did|before|left)(?!\w)")
_CUES = {
    role: re.compile("|".join(f"^(?:(?:and|but|so|or|well|please|no) )*{cue[1:]}\\b" if cue[0] == "_"
                              else rf"(?<![\w-]){cue}(?![\w])" for cue in re.split(r"\|(?![^(]*\))", cues)))
    for role, cues in CUES.items()
}  # fmt: skip
#: Cuts between clauses.
_CUT = re.compile(
    r"[.;!?\n()]+(?=\s|$)|[;!?\n()]+|,|\s[-–—/]+\s|--|…|"
    r"\b(?:but|though|although|however|whereas|while|because|since my)\b|"
    r"\band(?= (?:i|all i|now|my|want|would|what|she|he|it)\b)|\bso(?= i\b)|"
    r"\bnow(?= (?:i|want|hoping|looking|applying)\b)",
    re.IGNORECASE,
)
#: What follows within a clause is not wanted.
_TURN = re.compile(
    r"\b(?:rather than|instead of|not the|not an?|not in|no longer|except|as opposed to)\b.*",
    re.IGNORECASE,
)
#: "I drive a taxi": the present tense tells today's work, unless the verb is one of these.
_PRESENT = re.compile(
    r"^(?:(?:and|so|well|thing is|honestly|hi|hello) )*i (?!want|wanna|would|like|love|need|hope|have|had|"
    r"know|could|can|will|was|did|am\b|wish|think|thought|used|got|grew|worked|left|lost|dream|prefer|enjoy|"
    r"reckon|should|might|may|must|don|do not|just want|really|also|always|never|only|saw|find|heard|believe|"
    r"guess|mean|care|feel|watch|play|read|listen|follow|keep)\w+"
)
_LEAD = re.compile(
    r"^.*?\b(?:want(?:s|ed)?|wanna|like|love|become|becoming|dream(?:ing)?|hope|hoping|wish|be|being|"
    r"work(?:ing)? as|interested in|look(?:ing)? (?:at|for|to|into)|get(?:ting)? into|go(?:ing)? into|"
    r"mov(?:e|ing) (?:in)?to|switch(?:ing)? to|change to|train(?:ing)? as|qualify as|apply(?:ing)? for|"
    r"see myself(?: as)?|prefer(?:ably)?|think(?:ing)? (?:of|about)|rather|meant|make it|reckon|seeking|"
    r"ready to)\b",
    re.IGNORECASE,
)
_FILLING = re.compile(
    r"^(?:(?:i'm|\d\d(?=\s)|to|be|become|becoming|do|doing|work|working|as|an?|the|some|kind|sort|of|get|into|in|is|being|"
    r"me|job|role|for|really|just|one|day|am|i|im|and|currently|now|my|that|go|going|back|on|at|would|either|or|else|maybe)"
    r"\b[\s,:]*)+",
    re.IGNORECASE,
)
_OR = re.compile(r"\b(?:or else|or)\b|(?<=\w)\s*/\s*(?=\w)", re.IGNORECASE)


@dataclass(frozen=True)
class Clause:
    role: Role
    text: str


@dataclass(frozen=True)
class Reading:
    """A message by roles. `wishes` are alternatives that "or" ties; `wish` is all of them.

    `current` are clauses that may tell today's work, at most three, the clearest first.
    """

    wish: str
    wishes: tuple[str, ...]
    current: tuple[Clause, ...]
    has_cue: bool


def read_message(said: str) -> Reading:
    """Tell wish and present apart."""
    clauses = read_clauses(said)
    has_cue = any(clause.role is Role.WISH for clause in clauses)
    wished = _wished(clauses, has_cue=has_cue) or [clause.text for clause in clauses] or [said]
    return Reading(
        wish=", ".join(wished),
        wishes=_alternatives(wished),
        current=tuple(_current(clauses)),
        has_cue=has_cue,
    )


def read_clauses(said: str) -> list[Clause]:
    """The clauses of a message with their roles, in order."""
    found = []
    for part in _CUT.split(said.replace("’", "'"))[: MOST_CLAUSES * 2]:
        clause = (part or "").strip(" '\":,-")
        if not clause:
            continue
        role = _role(clause.lower())
        kept = clause if role is Role.REJECTED else _TURN.sub("", clause).strip()
        if kept:
            found.append(Clause(role, kept))
    return found[:MOST_CLAUSES]


def core_of(clause: str) -> str:
    """A wish without its "I would love to be a"."""
    core = _bare(_LEAD.sub("", clause, count=1).strip())
    return core if len(core) > 1 else clause


def _bare(words: str) -> str:
    """Words without the filling they begin with."""
    return _FILLING.sub("", words).strip(" ,.:-")


def _role(clause: str) -> Role:
    for role, cues in _CUES.items():
        if role is Role.CURRENT and _PRESENT.search(clause):
            return role
        if cues.search(clause):
            return role
    return Role.PAST if _PAST.search(clause) else Role.BARE


def _wished(clauses: list[Clause], *, has_cue: bool) -> list[str]:
    wished, reached = [], not has_cue
    for clause in clauses:
        reached = reached or clause.role is Role.WISH
        if clause.role is Role.WISH:
            wished.append(core_of(clause.text))
        elif clause.role is Role.BARE and reached:
            wished.append(clause.text)
    return wished


def _current(clauses: list[Clause]) -> list[Clause]:
    """Today's work; a bare clause tells it only where a wish or "I don't know" follows."""
    turns = [n for n, one in enumerate(clauses) if one.role in {Role.WISH, Role.UNSURE}]
    before = clauses[: turns[0]] if turns else clauses
    told = [one for one in before if one.role is Role.CURRENT]
    bare = [
        one
        for place, one in enumerate(before)
        if turns
        and one.role is Role.BARE
        and clauses[place + 1].role is not Role.REJECTED
        and (place == 0 or clauses[place - 1].role is not Role.OTHERS)
    ]
    stripped = [Clause(one.role, _bare(one.text)) for one in (*told, *bare)]
    return [one for one in stripped if one.text][:MOST_CURRENT]


def _alternatives(wished: list[str]) -> tuple[str, ...]:
    """What "or" and a slash tie together, each on its own; one wish without them."""
    groups: list[list[str]] = [[]]
    for clause in wished:
        for number, part in enumerate(_OR.split(clause)):
            core = _bare((part or "").strip())
            if number > 0:
                groups.append([])
            if core:
                groups[-1].append(core)
    return tuple(", ".join(group) for group in groups if group)
