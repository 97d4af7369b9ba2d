"""Words around a skill's name that tell whether it is claimed, how well, and where it was used."""

import re
from typing import Literal

from credentials.catalogue.entries import SkillLevel

Source = Literal["job", "internship", "course", "project", "self"]


def _words(listed: str) -> re.Pattern[str]:
    return re.compile(rf"(?<![\w-])(?:{listed})(?![\w-])", re.IGNORECASE)


NEGATION = _words(
    "not|no|never|don'?t|do not|didn'?t|cannot|can'?t|couldn'?t|without|except|nor|neither|zero|none|nothing|failed"
)
#: The same behind a name: "Xero never touched", "Swift (none)"; not "a team without anybody crying".
NEGATION_AFTER = _words(
    r"not|never|don'?t|do not|didn'?t|cannot|can'?t|neither|zero|none|no(?=\W*$)|not really"
)
#: A clause that takes back what the one before it named: "SAP was there, but I never touched it".
TAKEN_BACK = re.compile(
    r"\s*(?:i )?(?:(?:have |had )?never|don'?t|didn'?t|can'?t|cannot|couldn'?t|haven'?t)\b.*\b(?:it|that|them|those)\W*$",
    re.IGNORECASE,
)
INTENTION = _words(
    r"want(?:ed)? to|wanna|want (?:an?|some|any) (?:\w+ )?(?:job|role|career|position|work)|(?:would|i'd|id|we'd) (?:\w+ )?(?:like|love) to|i (?:like|love) to (?:learn|become)|dream(?:ing)? of|hop(?:e|ing) to|plan(?:ning)? to|going to|"
    "gonna|will|wish|interested in|need to (?:learn|know)|learn more|teach me|should i|next (?:year|month|term)|"
    "looking to learn|curious about|thinking (?:of|about)|think i(?:'d| would| could|'ll)|(?:i'd|i would) (?:maybe )?be|"
    "sign me up|tak(?:e|ing) up|considering|get better at|"
    r"looking for (?:an?|some|any) (?:\w+ )?(?:course|class|lessons?|training|workshop|job|tutorial)"
)
#: How a clause begins that ends a wish: it tells what was done, or what is known, and not what is wanted.
CLAIM = re.compile(
    r"\s*(?:(?:and|also|so|already|currently|have|having|with)\s+)*(?:i(?:'ve|'m)?|ive|im|did|done|doing (?:it|this|that)|"
    r"had|been|know|knew|knows|can|could|got|took|taken|taught|built|made|wrote|written|ran|led|kept|"
    r"fluent|experience[d]?|skilled|good (?:at|with)|great (?:at|with)|comfortable with|familiar with|"
    r"years? of|\d+ (?:years?|yrs?|months?)|some \w+ (?:at|in|on|from)|(?!advanced\b)[a-z]{3,}ed)\b",
    re.IGNORECASE,
)
OTHERS = _words(
    r"(?:my|our|his|her) (?:\w+ )?(?:brother|sister|mate|friend|wife|husband|partner|boyfriend|girlfriend|"
    r"dad|father|mum|mom|mother|son|daughter|cousin|uncle|aunt|boss|colleague|flatmate|roommate)s? "
    r"(?:is|are|was|does|did|knows|can|has|works|uses|teaches|speaks)|(?:he|she|they)(?! (?:let|made|had|taught|trained|asked|got|gave|allowed|put) me\b)|they're|somebody with|someone with|"
    r"looking for (?:somebody|someone|people|candidates)|"
    r"(?:someone|somebody|everyone|everybody|others) (?:\w+ ){0,3}?(?:knows?|knew|has|had|is|are|was|can|uses?|speaks?|does)|"
    r"(?:the|my|our|their) (?:\w+ )?(?:company|firm|employer|school|teachers?|professor|neighbours?|neighbors?|kids|children|parents) "
    r"(?:is|are|was|were|has|had|uses?|used|knows?|plays?|does|did|speaks?|teach(?:es)?)|"
    r"my (?:\w+ )?(?:brother|sister|wife|husband|partner|son|daughter|mother|father|mum|mom|dad|friend|cousin) (?:plays?|bakes?|makes|sells|drives?|studies|studied)"
)
QUESTION = re.compile(
    r"^\s*(?:what|which|how|why|who|when|where) (?:is|are|does|do|did|can|should|long|much|many)\b|^\s*(?:what|which|how|why|who|when|where|do|does|is|are|should|can|could|would)\b.*\?\s*$",
    re.IGNORECASE | re.DOTALL,
)
NO_SKILL = re.compile(
    r"\b(?<!use )(?:excel(?:led|s|ling)?|express(?:es|ed)?) (?:at(?! all\b)|in|myself)\b|\bslack(?:ed|ing)? off\b|\bgo to\b|\bgoing\b|"
    r"\ba tableau of\b|\b(?:get|in) unity with\b|\bspring clean\w*|\bin word\b|\bword of\b|\baccess to\b|\bteams? of\b|"
    r"\btill (?:\d|late|noon|midnight|the end|now|then|i\b|we\b|they\b)|\b(?:get|have|has|had|gain|getting|having) access\b|"
    r"\baccess (?:codes?|points?|roads?|rights?|cards?)\b|(?:(?<=media )|(?<=user )|(?<=email ))accounts\b|"
    r"\bwatch\w* (?:\w+ ){0,3}?(?:shows?|films?|movies?|series|programmes?|videos?)\b|\bdriving (?:tests?|licen[cs]es?|instructor)\b|"
    r"\b(?:an?|the|as|head|sous|pastry|commis) chef\b|\bchef de\b|"
    r"\bpolish(?:ed|ing)? (?:up|the|my|off|\w+s)\b",
    re.IGNORECASE,
)
#: A name of everyday use counts only near one of these, or in a list with another name.
TOOL_CUE = _words(
    "in|with|using|use|used|know|knows|learned|learnt|code|coded|coding|program\\w*|software|developer|app|apps|"
    "projects?|advanced|basic|basics|beginner|intermediate|expert|fluent|speak|native|language|tool|tools|written"
)
LEVELS: tuple[tuple[SkillLevel, re.Pattern[str]], ...] = (
    (
        "strong",
        _words(
            "advanced|expert|strong|fluent(?:ly)?|excellent|very (?:good|strong|well)|really (?:good|well)|power user|native|"
            r"mother tongues?|born with|c1|c2|perfect(?:ly)?|(?<!as )well|master(?:ed)?|brilliant"
        ),
    ),
    (
        "basic",
        _words(
            "basics?|some|bit|little|tiny|beginner|simple|familiar|so[ -]so|rusty|started|elementary|novice|a1|a2|"
            "wouldn'?t call myself good"
        ),
    ),
    (
        "working",
        _words(
            "good|solid|ok|okay|decent|alright|intermediate|comfortable|confident|conversational|competent|b1|b2"
        ),
    ),
)
SOURCES: tuple[tuple[Source, re.Pattern[str]], ...] = (
    (
        "internship",
        _words(
            "internships?|intern|interned|placements?|externship|apprentice\\w*|rotations?|co-op|practicum"
        ),
    ),
    (
        "job",
        _words(
            r"(?:at|in|for) (?:an?|the|our|two|several) (?:\w+ ){0,2}?(?:shop|store|supermarket|firm|bar|pub|cafe|café|restaurant|hotel|"
            "call cent(?:er|re)|bakery|start-?up|agency|practice|care home|nursing home|warehouse|factory|salon|garage|director|"
            "builder|contractor|landlord|charity shop|insurer|pharmacy|chemist|surgery)|home care|"
            "jobs?|boss|employer|for a living|for money|clients?|agency|freelanc\\w+|role|shifts?|at work|"
            "current company|my company|in prod(?:uction)?|for an? (?:company|firm|dentists?|shop|bank|clinic|issuer)|"
            "worked (?:as|at|in|for)|waitress|barista|machinist|accountant"
        ),
    ),
    (
        "project",
        _words(
            "projects?|built|thesis|dissertation|hackathon|portfolio|github|side|own app|boxes|capstone|"
            "for fun|hobby|kaggle|own"
        ),
    ),
    (
        "course",
        _words(
            "course|courses|class|classes|bootcamp|coursera|udemy|edx|khan|degree|university|uni|college|"
            "(?<!after )school(?! (?:kitchen|kids|office|bus))|certificate|cert|certified|certification|studied|mooc|tutorials?|diploma|module|semester"
        ),
    ),
    (
        "self",
        _words(
            "my (?:nan|gran|grandmother|grandma|mum|mom|dad|kids|auntie'?s?|friends?'?|family)|church|"
            "at home|volunt\\w+|self[- ]taught"
        ),
    ),
    (
        "job",
        _words(
            r"work|worked|working|(?:an?|the|our|my|this) (?:\w+ )?office|office (?:job|work)|company|bank|hospital|ward|icu"
        ),
    ),
)
#: What is done for long is mostly work, where nothing else is said anywhere.
LASTING = _words("yrs?|years?|since")


def level_in(text: str) -> SkillLevel | None:
    return next((level for level, pattern in LEVELS if pattern.search(text)), None)


def source_in(text: str) -> Source | None:
    return next((source for source, pattern in SOURCES if pattern.search(text)), None)


def likely_source(text: str) -> Source | None:
    """Of a whole message, where the skill's own clause and sentence name none."""
    return source_in(text) or ("job" if LASTING.search(text) else None)
