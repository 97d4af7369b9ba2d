"""What skills are called: by the catalogue, by O*NET's software, by ESCO, and by people.

A name is kept as a row of stems, so that "washing dishes" and "washed the dishes" are one name.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from weakref import WeakKeyDictionary

from sqlalchemy.engine import Engine

from credentials.catalogue.catalogue import Catalogue, current_catalogue
from credentials.catalogue.foreign import Releases, foreign_key
from credentials.catalogue.frameworks import (
    list_software_examples,
    read_skill_labels,
    read_tasks,
)
from credentials.catalogue.matching.sections import MESSAGES, SKILL_PHRASES, read_sections
from credentials.catalogue.phrases import EVERYDAY
from credentials.catalogue.stems import TOKEN, Stems, stem, stems_of
from credentials.unit_of_work import Work

LONGEST = 7  # stems of a name
_MAKERS = """
microsoft adobe atlassian autodesk google oracle ibm intuit apple amazon apache dassault trimble
sap the mathworks openai statacorp portswigger red hat cisco vmware
"""
#: Makers that people leave out when they name a program.
MAKERS = frozenset(_MAKERS.split())
#: Names that mean something else in the singular.
ENDINGS = ("ing", "ics")  # of names that no other form of the word stands for
PLURALS = ("budgets", "investments", "calls", "surveys", "quotes")
MANY_TASKS = 20
#: Words of many tasks that name a skill all the same.
SKILLED = """
accounting algebra anthropology banking biostatistics bookkeeping carpentry caulking ceramics dance
dancing database debugging drafting economics electronics engineering genetics geography grouting
hairstyling hydraulics informatics logistics massage mathematics maths mechatronics microbiology
microscopy nutrition orthopedics pediatrics phlebotomy photography plastering pneumatics polish
pottery robotics roofing scripting sewing singing soccer soldering statistics stats surveying swimming
tailoring tiling transcription troubleshooting tutoring underwriting upholstery wallpapering welding
wiring woodworking
"""
_ASIDE = re.compile(r"\([^)]*\)")
_LETTERS = re.compile(r"[A-Z]")
_LOWER_WORD = re.compile(r"\b[a-z]{2,}\b")
_KINDS = {"alternate": 1, "preferred": 0}


@dataclass(frozen=True, slots=True)
class Name:
    """What a skill is called; `is_ours` is one that we wrote down ourselves."""

    text: str
    key: str
    is_ours: bool = False


@dataclass(frozen=True, eq=False, kw_only=True)
class SkillNames:
    """Names of skills as stems → the key of the skill.

    Attributes:
        plain: one-word names that are everyday words, too → as they are written.
        doings: one-word names whose stem is another word: "banking" is no bank.
        loose: first stem → names of ours between whose words others may stand.
    """

    revision: int
    releases: Releases
    keys: Mapping[Stems, str]
    plain: Mapping[Stems, str]
    doings: frozenset[Stems]
    loose: Mapping[str, tuple[Stems, ...]]


_IN_MEMORY: "WeakKeyDictionary[Engine, SkillNames]" = WeakKeyDictionary()


def current_skill_names(work: Work) -> SkillNames:
    """The names as they are now; read once per revision and process."""
    catalogue, engine = current_catalogue(work), work.session.get_bind().engine
    known = _IN_MEMORY.get(engine)
    if known is None or (known.revision, known.releases) != (
        catalogue.revision,
        catalogue.releases,
    ):
        known = gather_names(catalogue, _foreign(work, catalogue))
        _IN_MEMORY[engine] = known
    return known


def gather_names(catalogue: Catalogue, foreign: Iterable[Name] = ()) -> SkillNames:
    """The names of a catalogue, and others that count where it has none."""
    ordinary = {
        stem(token)
        for topic, line in read_sections(MESSAGES)
        for token in TOKEN.findall(line.lower())
        if topic != "work" or len(token) < 5
    } | _EVERYDAY
    gathered = _Gathered()
    own = catalogue.own_skills
    for name in (
        *(Name(label, skill.key, is_ours=True) for skill in own for label in skill.label.values()),
        *(Name(alias, skill.key, is_ours=True) for skill in own for alias in skill.aliases),
    ):
        gathered.add(name)
    for name in foreign:
        if name.is_ours or not _says_nothing(name, ordinary):
            gathered.add(name, ordinary)
    gathered.turn()
    loose: dict[str, tuple[Stems, ...]] = {}
    for stems in sorted(gathered.ours, key=lambda one: (-len(one), one)):
        if len(stems) > 1:
            loose[stems[0]] = (*loose.get(stems[0], ()), stems)
    return SkillNames(
        revision=catalogue.revision,
        releases=catalogue.releases,
        keys=gathered.keys,
        plain=gathered.plain,
        doings=frozenset(gathered.doings),
        loose=loose,
    )


class _Gathered:
    """Names as they come; the first skill to have a name keeps it."""

    def __init__(self) -> None:
        self.keys: dict[Stems, str] = {}
        self.plain: dict[Stems, str] = {}
        self.doings: set[Stems] = set()
        self.ours: set[Stems] = set()

    def add(self, name: Name, ordinary: AbstractSet[str] = frozenset()) -> None:
        text = _ASIDE.sub("", name.text)
        stems = stems_of(text)
        if not stems or len(stems) > LONGEST:
            return
        is_new = stems not in self.keys
        self.keys.setdefault(stems, name.key)
        if name.is_ours:
            self.ours.add(stems)
        if len(stems) > 1:
            return
        if is_new and text.lower().endswith(ENDINGS):
            self.doings.add(stems)
        elif name.is_ours or is_new:
            self.doings.discard(stems)
        everyday = _EVERYDAY if name.is_ours else ordinary
        if is_new and (stems[0] in everyday or len(stems[0]) <= 2) and not _is_language(name):
            self.plain[stems] = text.lower().strip()

    def turn(self) -> None:
        """Let what is done stand behind what it is done to: who plans menus does menu planning."""
        for stems, key in list(self.keys.items()):
            if len(stems) in {2, 3} and (key.startswith("esco") or stems in self.ours):
                self.keys.setdefault((*stems[1:], stems[0]), key)


def _says_nothing(name: Name, ordinary: AbstractSet[str]) -> bool:
    """Whether a label of ESCO is a word of every day, a number or a letter."""
    stems = stems_of(name.text)
    if len(stems) != 1 or not name.key.startswith("esco"):
        return False
    word = stems[0]
    return word.isdigit() or len(word) <= 2 or (word in ordinary and not _is_language(name))


def _is_language(name: Name) -> bool:
    """Whether a name is written like that of a language: "Hindi", and not "LESS"."""
    return name.key.startswith("esco") and len(name.text) > 3 and name.text.istitle()


def _foreign(work: Work, catalogue: Catalogue) -> Iterator[Name]:
    """What people say first, then the programs, then ESCO's labels, preferred ones first."""
    releases = catalogue.releases
    examples = (
        [o.example for o in list_software_examples(work, releases.onet)] if releases.onet else []
    )
    labels = list(read_skill_labels(work, releases.esco)) if releases.esco else []
    ours = {foreign_key(skill.framework, skill.id): skill.key for skill in catalogue.own_skills}

    def key_of(framework: str, id_: str) -> str:
        key = foreign_key(framework, id_)
        return ours.get(key, key)

    known = {
        label.label.lower(): key_of("ESCO", label.skill)
        for label in labels
        if label.kind == "preferred"
    }
    known |= {example.lower(): key_of("O*NET", example) for example in examples}
    for heading, phrase in read_sections(SKILL_PHRASES):
        if heading.lower() in known:
            yield Name(phrase, known[heading.lower()], is_ours=True)
    ordinary = _words_of_tasks(work, releases)
    for example in examples:
        for name in _names_of_software(example):
            if not _is_too_ordinary(name, ordinary, 1):
                yield Name(name, key_of("O*NET", example))
    labels = [label for label in labels if label.kind in _KINDS]
    for label in sorted(labels, key=lambda one: (_KINDS[one.kind], one.label, one.skill)):
        most = MANY_TASKS if label.kind == "preferred" else 0
        if not _is_too_ordinary(label.label, ordinary, most):
            yield Name(label.label, key_of("ESCO", label.skill))


def _words_of_tasks(work: Work, releases: Releases) -> Mapping[str, int]:
    """How many tasks of O*NET, and messages, hold a word in lower case: it names no skill by itself."""
    tasks = [task for _, task in read_tasks(work, releases.onet)] if releases.onet else []
    texts = tasks + [line for _, line in read_sections(MESSAGES)]
    return Counter(stem(word) for said in texts for word in set(_LOWER_WORD.findall(said)))


def _is_too_ordinary(name: str, ordinary: Mapping[str, int], from_: int) -> bool:
    """Whether a name of one word stands in so many texts that it means nothing by itself."""
    stems = stems_of(name)
    return len(stems) == 1 and ordinary.get(stems[0], 0) >= from_ and stems[0] not in _SKILLED


def _names_of_software(example: str) -> Iterator[str]:
    """Short forms: "Microsoft Excel" is Excel, "Structured query language SQL" is SQL."""
    yield example
    words = example.removesuffix(" software").split()
    if len(words) == 1 or not example.endswith(" software") or _LETTERS.search(" ".join(words[1:])):
        yield " ".join(words)
    if len(words) > 1 and words[0].lower() in MAKERS:
        yield " ".join(words[1:])
    if len(words) > 1 and words[-1].lower() in {"systems", "suite"}:
        yield " ".join(words[:-1])
    initials = "".join(word[0] for word in re.findall(r"[a-z]+", example.lower()))
    if (
        len(words) > 2
        and len(words[-1]) > 1
        and words[-1].isupper()
        and words[-1].lower() in initials
    ):
        yield words[-1]


_EVERYDAY = frozenset(stem(word) for word in (*EVERYDAY, *PLURALS))
_SKILLED = frozenset(stem(word) for word in SKILLED.split())
