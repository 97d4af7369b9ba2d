"""What skills are called in whole phrases: what a piece of a message may be close to in meaning."""

from credentials.catalogue.catalogue import Catalogue
from credentials.catalogue.foreign import foreign_key
from credentials.catalogue.frameworks import list_skills
from credentials.catalogue.matching.sections import SKILL_PHRASES, read_sections
from credentials.unit_of_work import Work


def skill_anchors(work: Work, catalogue: Catalogue) -> dict[str, str]:
    """Text → key of the skill: the catalogue's own names, our phrases, ESCO's preferred labels.

    Programs are left out: they are known by their names, not by their meaning.
    """
    releases = catalogue.releases
    ours = {foreign_key(skill.framework, skill.id): skill.key for skill in catalogue.own_skills}
    esco = [
        (skill.label.strip(), foreign_key("ESCO", skill.code))
        for skill in (list_skills(work, releases.esco) if releases.esco else ())
        if skill.kind in {"skill", "knowledge"}
    ]
    keys = {label.lower(): ours.get(key, key) for label, key in esco}
    found: dict[str, str] = {}
    for skill in catalogue.own_skills:
        if skill.framework != "ESCO":
            continue
        for name in (*skill.label.values(), *skill.aliases):
            found.setdefault(name, skill.key)
    for heading, phrase in read_sections(SKILL_PHRASES):
        if heading.lower() in keys:
            found.setdefault(phrase, keys[heading.lower()])
    for label, _ in esco:
        if " " in label:  # a word alone is known by its name, and near to too much
            found.setdefault(label, keys[label.lower()])
    return found
