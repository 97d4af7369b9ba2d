"""Which micro-credential somebody means: by name, by a telling word, or by what was just shown."""

import re
from collections.abc import Iterable, Mapping

from rapidfuzz import fuzz, process, utils

from actions.said import Said
from actions.screens.options import step_codes
from credentials.catalogue import Achievement, current_catalogue
from credentials.catalogue.occupation_match import match_occupations
from credentials.people import Person
from credentials.people.talk import find_talk
from credentials.unit_of_work import Work

LIKELY = 85  # of 100
SHORT_NAME = 3  # words
# Words of codes that people use about anything.
_EVERYDAY = """
accounts adults analysis and applied at awareness basics branch business care career change
charge classroom clear client close communication content copy credit data delivery design desk
development directory draw e early end entry event evidence executive fair feedback file finance
first floor for foundations front full fundamentals hand handling health home improvement in
instruction instrument key law lead learners learning lesson machine making management map media
needs numbers object observation of office online operations oriented page patient personal
planning play portfolio power practice practitioner press pressure print process processing
production programs project protection public quality r reading records reference relations
reporting reports response responsible results return risk sample search service short signs
site social software specialist structured support supporting talks team testing tools training
under use user video visual vital with worker working workplace workshop writing years
"""
EVERYWHERE = frozenset(_EVERYDAY.split())
_PLACES = ("first|1st|one|1", "second|2nd|two|2", "third|3rd|three|3", "fourth|4th|four|4")
_PLACE = re.compile(
    r"\b(?:the\s+)?(?:(?P<place>first|second|third|fourth|1st|2nd|3rd|4th|last)\b(?!\s+(?:aid|time|week|month|year|floor|hand|name))|"
    r"(?:number|no\.?|option|course|step)\s*(?P<number>[1-4]|one|two|three|four)\b)",
    re.IGNORECASE,
)
_FIRST_FEW = re.compile(r"\b(?:first|top)\s+(two|three|2|3)\b", re.IGNORECASE)
_CHEAPEST = re.compile(
    r"\b(?:cheap(?:er|est)?|free|least expensive)\s+(?:one|course|option)\b", re.IGNORECASE
)
_SHORTEST = re.compile(
    r"\b(?:short(?:er|est)?|quick(?:er|est)?|fast(?:er|est)?)\s+(?:one|course|option)\b",
    re.IGNORECASE,
)
_OTHER = re.compile(r"\bthe other (?:one|course|badge)\b", re.IGNORECASE)
_BETWEEN = re.compile(r"\bor\b|\bvs\.?|\bversus\b|\band\b|[,;/]", re.IGNORECASE)
_COURSE = re.compile(
    r"\b(?:the|that|my|this|your)\s+(?P<name>(?!(?:first|second|third|last|next|other|same|whole|cheap\w*|short\w*|"
    r"quick\w*|free|new|best)\b)[\w'&-]+(?:\s+[\w'&-]+){0,4}?)\s+(?:courses?|class|badge|module|certificate|one|step)\b",
    re.IGNORECASE,
)
_IT = re.compile(
    r"\b(?:it|its|it's|that|this|that's|there)\b(?!\s+(?:for|possible|job|work)\b)", re.IGNORECASE
)


def named_achievement(work: Work, person: Person, said: Said) -> str | None:
    """The code of the micro-credential somebody means, also "the second one" and "it"."""
    known = current_catalogue(work).achievements
    shown = _shown(work, person)
    if _OTHER.search(said.text) and (other := _other(work, person)) in known:
        return other
    name = said.entity("credential")
    if name is not None and (name in known or _by_words(known, shown, name)):
        return name if name in known else _by_words(known, shown, name)
    return (
        by_place(tuple(shown), said.text)
        or named_course(work, person, said.text)
        or _by_words(known, shown, said.text, is_name=False)
        or _by_trait(shown, said.text)
    )


def named_course(work: Work, person: Person, text: str) -> str | None:
    """The code of "the dashboards course": of the last card, else of their way, else of any."""
    course = _COURSE.search(text)
    if course is None:
        return None
    known = current_catalogue(work).achievements
    steps = {code: known[code] for code in step_codes(work, person)}
    return _by_words(known, {**_shown(work, person), **steps}, course["name"])


def meant_achievement(work: Work, person: Person, said: Said) -> str | None:
    """The same, and where nothing is named the only or first one of the last card, if "it" is said."""
    named = named_achievement(work, person, said)
    shown = find_talk(work, person_id=person.person_id).shown
    if named is None and shown and (len(shown) == 1 or _IT.search(said.text)):
        return shown[0]
    return named


def all_named(work: Work, person: Person, said: Said) -> tuple[str, ...]:
    """Every one that is named, in the order said; "the first two" of the last card, too."""
    known = current_catalogue(work).achievements
    shown = _shown(work, person)
    if first := _FIRST_FEW.search(said.text):
        return tuple(shown)[: 3 if first[1] in {"three", "3"} else 2]
    names = [_by_words(known, shown, name) for name in said.entities.get("credential", ())]
    places = [_place(tuple(shown), found) for found in _PLACE.finditer(said.text)]
    found = tuple(dict.fromkeys(code for code in (*names, *places) if code))
    if len(found) > 1:
        return found
    parts = [part for part in _BETWEEN.split(said.text) if 0 < len(part.split()) <= SHORT_NAME]
    words = [_by_words(known, shown, part, is_name=False) for part in parts]
    named = tuple(dict.fromkeys(code for code in words if code))
    return named if len(parts) > 1 and len(named) > 1 else found


def named_goals(work: Work, said: Said) -> tuple[str, ...]:
    """Codes of the occupations that are named, in the order said; the likeliest for each."""
    named = said.entities.get("occupation", ())
    matches = [match_occupations(work, name) for name in named]
    found = [hits[0].code for match in matches for hits in match.targets[:1]]
    return tuple(dict.fromkeys(found))


def _shown(work: Work, person: Person) -> Mapping[str, Achievement]:
    """What the last card showed and still exists, in its order."""
    known = current_catalogue(work).achievements
    shown = find_talk(work, person_id=person.person_id).shown
    return {code: known[code] for code in shown if code in known}


def _other(work: Work, person: Person) -> str | None:
    """The one beside the one shown last, of the card that had both."""
    talk = find_talk(work, person_id=person.person_id)
    if len(talk.shown) != 1 or talk.shown[0] not in talk.among:
        return None
    return next(code for code in talk.among if code != talk.shown[0])


def _by_words(
    known: Mapping[str, Achievement],
    shown: Mapping[str, Achievement],
    text: str,
    *,
    is_name: bool = True,
) -> str | None:
    """By name or by a telling word; what was just shown comes first."""
    scorer = fuzz.token_set_ratio if is_name else fuzz.partial_ratio
    for among in (shown, known):
        names = {code: " ".join(item.name.values()) for code, item in among.items()}
        found = process.extractOne(
            text, names, scorer=scorer, processor=utils.default_process, score_cutoff=LIKELY
        )
        code = found[2] if found else _by_word(among, text)
        if code is not None:
            return code
    return None


def _by_word(codes: Iterable[str], text: str) -> str | None:
    """The only code that holds a telling word of the text, such as `kyc`."""
    words = set(utils.default_process(text).split()) - EVERYWHERE
    found = [code for code in codes if words & (set(code.split("-")) - EVERYWHERE)]
    return found[0] if len(found) == 1 else None


def by_place(shown: tuple[str, ...], text: str) -> str | None:
    """The one of the codes that "the second one" means."""
    found = _PLACE.search(text)
    return _place(shown, found) if found else None


def _place(shown: tuple[str, ...], found: re.Match[str]) -> str | None:
    word = (found["place"] or found["number"]).casefold()
    if not shown:
        return None
    if word == "last":
        return shown[-1]
    index = next(i for i, words in enumerate(_PLACES) if word in words.split("|"))
    return shown[index] if index < len(shown) else None


def _by_trait(shown: Mapping[str, Achievement], text: str) -> str | None:
    """Among those shown: "the cheaper one", "the shortest one"."""
    if len(shown) > 1 and _CHEAPEST.search(text):
        return min(shown, key=lambda code: shown[code].cost.amount)
    if len(shown) > 1 and _SHORTEST.search(text):
        return min(shown, key=lambda code: shown[code].hours)
    return None
