"""What skills are called: by the catalogue, by O*NET's software, by ESCO, and by people.

A name is kept as a row of stems, so that "washing dishes" and "washed the dishes" are one name.
"""

import re
from collections import Counter
from collections.abc import Iterator, Mapping
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
from credentials.unit_of_work import Work

Stems = tuple[str, ...]
LONGEST = 7  # stems of a name
TOKEN = re.compile(r"[a-z0-9][a-z0-9+#.&'-]*|[&+]", re.IGNORECASE)
FILLING = frozenset(
    [
        "a",
        "an",
        "the",
        "my",
        "our",
        "your",
        "his",
        "her",
        "their",
        "of",
        "for",
        "with",
        "and",
        "to",
        "in",
        "on",
        "at",
        "some",
        "any",
        "this",
        "that",
        "these",
        "those",
    ]
)
#: Makers that people leave out when they name a program.
MAKERS = frozenset(
    [
        "microsoft",
        "adobe",
        "atlassian",
        "autodesk",
        "google",
        "oracle",
        "ibm",
        "intuit",
        "apple",
        "amazon",
        "apache",
        "dassault",
        "trimble",
        "sap",
        "the",
        "mathworks",
        "openai",
        "statacorp",
        "portswigger",
        "red",
        "hat",
        "cisco",
        "vmware",
    ]
)
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
_LOWER_WORD = re.compile(r"\b[a-z]{2,}\b")
_KINDS = {"alternate": 1, "preferred": 0}


@dataclass(frozen=True, eq=False)
class SkillNames:
    """Names of skills as stems → the key of the skill; `plain` are one-word names of everyday use."""

    revision: int
    releases: Releases
    keys: Mapping[Stems, str]
    plain: frozenset[Stems]


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


def gather_names(
    catalogue: Catalogue, foreign: Iterator[tuple[str, str]] | None = None
) -> SkillNames:
    """The names of a catalogue, and of (name, key) pairs that count where it has none."""
    ordinary = {
        stem(token)
        for topic, line in read_sections(MESSAGES)
        for token in TOKEN.findall(line.lower())
        if topic != "work" or len(token) < 5
    } | {stem(word) for word in EVERYDAY}
    keys: dict[Stems, str] = {}
    own = catalogue.own_skills
    for name, key in [
        *((label, skill.key) for skill in own for label in skill.label.values()),
        *((alias, skill.key) for skill in own for alias in skill.aliases),
    ]:
        _add(keys, name, key)
    everyday = {stem(word) for word in EVERYDAY}
    plain = {stems for stems in keys if len(stems) == 1 and _is_ordinary(stems[0], everyday)}
    for name, key in foreign or ():
        stems = stems_of(name)
        if len(stems) == 1 and (stems[0].isdigit() or len(stems[0]) < 2) and key.startswith("esco"):
            continue
        if stems in keys:
            continue
        is_name = key.startswith("esco") and _is_proper(name)
        if len(stems) == 1 and _is_ordinary(stems[0], ordinary) and not is_name:
            if key.startswith("esco"):
                continue
            plain.add(stems)
        _add(keys, name, key)
    return SkillNames(catalogue.revision, catalogue.releases, keys, frozenset(plain))


def stems_of(name: str) -> Stems:
    """A name's telling words, shortened."""
    return tuple(stem(token) for token in TOKEN.findall(name.lower()) if token not in FILLING)


def stem(word: str) -> str:
    """A word without its ending; enough for the names of skills."""
    word = word.lower().strip(".'-").removesuffix("'s")
    for ending, least in (("ings", 4), ("ing", 4), ("ies", 4), ("ed", 4), ("es", 5), ("s", 4)):
        if (
            word.endswith(ending)
            and len(word) >= len(ending) + least - 1
            and not word.endswith("ss")
        ):
            word = word.removesuffix(ending) + ("y" if ending == "ies" else "")
            break
    if len(word) > 4 and word[-1] == word[-2] and word[-1] not in "lsz":
        word = word[:-1]
    return word.removesuffix("e") if len(word) > 4 else word


def _is_proper(name: str) -> bool:
    """Whether a name is written like that of a language: "Hindi", and not "LESS"."""
    return len(name) > 3 and name.istitle()


def _is_ordinary(word: str, ordinary: set[str]) -> bool:
    return word in ordinary or len(word) <= 2


def _add(keys: dict[Stems, str], name: str, key: str) -> None:
    stems = stems_of(re.sub(r"\([^)]*\)", "", name))
    if stems and len(stems) <= LONGEST:
        keys.setdefault(stems, key)


def _foreign(work: Work, catalogue: Catalogue) -> Iterator[tuple[str, str]]:
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
            yield phrase, known[heading.lower()]
    ordinary = _words_of_tasks(work, releases)
    for example in examples:
        for name in _names_of_software(example):
            if not _is_too_ordinary(name, ordinary, 1):
                yield name, key_of("O*NET", example)
    labels = [label for label in labels if label.kind in _KINDS]
    for label in sorted(labels, key=lambda one: (_KINDS[one.kind], one.label, one.skill)):
        most = MANY_TASKS if label.kind == "preferred" else 0
        if not _is_too_ordinary(label.label, ordinary, most):
            yield label.label, key_of("ESCO", label.skill)


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
    yield " ".join(words)
    if len(words) > 1 and words[0].lower() in MAKERS:
        yield " ".join(words[1:])
    if len(words) > 1 and words[-1].lower() in {"systems", "suite"}:
        yield " ".join(words[:-1])
    initials = "".join(word[0] for word in re.findall(r"[a-z]+", example.lower()))
    if len(words) > 2 and words[-1].isupper() and words[-1].lower() in initials:
        yield words[-1]


_SKILLED = frozenset(stem(word) for word in SKILLED.split())
