"""What O*NET and ESCO add to the catalogue once they are imported: skills, and occupations.

O*NET rates skills from 1 to 5 in importance and from 0 to 7 in level, and lists software with
whether job adverts ask for it. Both become needs as the catalogue's own occupations have them.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ScalarSelect, select

from credentials.catalogue.entries import (
    FieldOfWork,
    LanguageMap,
    Need,
    Occupation,
    Skill,
    SkillLevel,
)
from credentials.catalogue.frameworks import (
    Framework,
    FrameworkOccupation,
    VersionState,
    find_occupation,
    list_education,
    list_ratings,
    list_related,
    list_skills,
    list_software,
    list_software_examples,
    list_titles,
    skill_spread,
)
from credentials.catalogue.frameworks.models import FrameworkVersionRow
from credentials.unit_of_work import Work

IMPORTANT = 3.0  # of 5: from here on O*NET calls a skill important
MOST_SOFTWARE, MOST_NEEDS = 10, 20
NEAREST = 5  # related occupations that may lend their needs
LENT = 0.6  # of a lent need's importance
BACHELOR = 6  # O*NET's category of education; higher ones are degrees too
FIELDS: Mapping[str, FieldOfWork] = {
    "11": "business", "13": "finance", "15": "technology", "17": "technology", "19": "technology",
    "21": "healthcare", "23": "business", "25": "education", "27": "business", "29": "healthcare",
    "31": "healthcare", "41": "business", "43": "business", "47": "trades", "49": "trades",
    "51": "trades", "53": "trades", "45": "trades", "35": "trades", "37": "trades",
}  # fmt: skip


@dataclass(frozen=True)
class Releases:
    """Which releases are current; 0 for none. `onet_name` is how O*NET calls its own."""

    onet: int = 0
    esco: int = 0
    onet_name: str = ""
    esco_name: str = ""


class SkillBook(Mapping[str, Skill]):
    """The catalogue's own skills and, made when asked for, those of the frameworks."""

    def __init__(self, own: Mapping[str, Skill], foreign: Mapping[str, tuple[str, str]]) -> None:
        """`foreign` is key → (label, kind); the key tells framework and id."""
        self.own = own
        self._foreign = foreign

    def __getitem__(self, key: str) -> Skill:
        if key in self.own:
            return self.own[key]
        label, kind = self._foreign[key]
        framework, _, id_ = key.partition(":")
        return Skill.model_validate(
            {
                "key": key,
                "framework": "O*NET" if framework == "onet" else "ESCO",
                "id": id_,
                "label": {"en": label},
                "kind": kind,
            }
        )

    def __iter__(self) -> Iterator[str]:
        yield from self.own
        yield from (key for key in self._foreign if key not in self.own)

    def __len__(self) -> int:
        return len(self.own) + sum(key not in self.own for key in self._foreign)


def current_releases(work: Work) -> Releases:
    return releases_from(work.session.execute(select(*release_columns())).one())


def release_columns() -> list[ScalarSelect[Any]]:
    """What `releases_from` reads, as columns of any statement."""
    return [
        select(column)
        .where(
            FrameworkVersionRow.framework == framework,
            FrameworkVersionRow.state == VersionState.CURRENT,
        )
        .scalar_subquery()
        for framework in (Framework.ONET, Framework.ESCO)
        for column in (FrameworkVersionRow.version_id, FrameworkVersionRow.release)
    ]


def releases_from(columns: Sequence[Any]) -> Releases:
    onet, onet_name, esco, esco_name = columns
    return Releases(
        onet=onet or 0, esco=esco or 0, onet_name=onet_name or "", esco_name=esco_name or ""
    )


def read_foreign_skills(
    work: Work, releases: Releases, own: Mapping[str, Skill]
) -> tuple[dict[str, tuple[str, str]], dict[str, float]]:
    """Key → (label, kind) of framework skills, and which share of occupations asks for each."""
    skills: dict[str, tuple[str, str]] = {}
    shares: dict[str, float] = {}
    if releases.onet:
        spread = skill_spread(work, releases.onet)
        most = max(spread.values(), default=1)
        for skill in list_skills(work, releases.onet):
            if skill.kind in {"essential", "transferable"}:
                skills[f"onet:{skill.code}"] = (skill.label, "transversal")
                shares[f"onet:{skill.code}"] = spread.get(skill.code, 0) / most
        for one in list_software_examples(work, releases.onet):
            skills[f"onet:{one.example}"] = (one.example, "software")
            shares[f"onet:{one.example}"] = min(1.0, one.occupations / most)
    if releases.esco:
        for skill in list_skills(work, releases.esco):
            if skill.kind in {"skill", "knowledge"}:
                kind = "knowledge" if skill.kind == "knowledge" else "technical"
                skills[f"esco:{skill.code}"] = (skill.label, kind)
    for skill_ in own.values():
        key = foreign_key(skill_.framework, skill_.id)
        if key in shares:
            shares[skill_.key] = shares[key]
    return skills, shares


def foreign_key(framework: str, id_: str) -> str:
    """The key of a framework's skill that the catalogue does not describe itself."""
    return f"{'onet' if framework == 'O*NET' else 'esco'}:{id_}"


def describe_occupation(
    work: Work,
    releases: Releases,
    code: str,
    known: Mapping[str, Occupation],
    shares: Mapping[str, float],
) -> Occupation | None:
    """An O*NET occupation as the catalogue has them; None when O*NET does not know the code.

    Where O*NET rates nothing ("All Other", military), the nearest related occupations lend their
    needs, and `lent_by` names them; the catalogue's own ones near by lend theirs, too, because
    they say what its micro-credentials can close.
    """
    found = find_occupation(work, releases.onet, code) if releases.onet else None
    if found is None:
        return None
    needs = _needs(work, releases, code)
    lenders = _lenders(work, releases, found, known)
    lent: dict[str, Need] = {}
    for lender in lenders:
        theirs = known[lender].needs if lender in known else _needs(work, releases, lender)
        for need in theirs:
            weaker = need.model_copy(update={"importance": round(need.importance * LENT, 3)})
            lent.setdefault(need.skill, weaker)
    merged = {**lent, **{need.skill: need for need in needs}}

    def weight(need: Need) -> tuple[float, str]:
        return (-need.importance * (1 - 0.6 * shares.get(need.skill, 0.0) ** 0.5), need.skill)

    plain = _plain_title(work, releases, found)
    return Occupation(
        code=code,
        title={"en": found.title},
        plain_title=plain,
        field=FIELDS.get(code[:2], "business"),
        summary={"en": found.description},
        job_zone=found.job_zone,
        degree_usual=_degree(work, releases, code),
        needs=tuple(sorted(merged.values(), key=weight)[:MOST_NEEDS]),
        related=tuple(one.code for one in list_related(work, releases.onet, code)[:NEAREST]),
        lent_by=tuple(lenders),
        is_rated=found.has_ratings,
        release=f"O*NET {releases.onet_name}",
    )


def _needs(work: Work, releases: Releases, code: str) -> list[Need]:
    """Rated skills that are important, and the software that adverts ask for."""
    found = [
        Need(
            skill=f"onet:{one.element}",
            importance=round((one.importance - 1) / 4, 3),
            level=_level(one.level or 0.0),
        )
        for one in list_ratings(work, releases.onet, code)
        if one.importance is not None
        and one.importance >= IMPORTANT
        and not (one.importance_suppressed or one.not_relevant)
    ]
    software = [one for one in list_software(work, releases.onet, code) if one.hot or one.in_demand]
    software.sort(key=lambda one: (not one.in_demand, one.example))
    return found + [
        Need(
            skill=f"onet:{one.example}",
            importance=0.9 if one.in_demand else 0.5,
            level="working",
            in_demand=one.in_demand,
        )
        for one in software[:MOST_SOFTWARE]
    ]


def _lenders(
    work: Work, releases: Releases, job: FrameworkOccupation, known: Mapping[str, Occupation]
) -> list[str]:
    related = [one.code for one in list_related(work, releases.onet, job.code)]
    same = [code for code in known if code[:6] == job.code[:6] and code != job.code]
    ours = [code for code in related[:NEAREST] if code in known]
    if ours or same or job.has_ratings:
        return list(dict.fromkeys([*same, *ours]))[:2]
    group = [code for code in (f"{job.code[:7]}.00", *related) if code != job.code]
    rated = (find_occupation(work, releases.onet, code) for code in group[: 2 * NEAREST])
    return [one.code for one in rated if one is not None and one.has_ratings][:2]


def _plain_title(work: Work, releases: Releases, job: FrameworkOccupation) -> LanguageMap:
    """What people who do the work call it, where O*NET asked them; the official title else."""
    reported = [t.title for t in list_titles(work, releases.onet, job.code) if t.kind == "reported"]
    words = set(job.title.lower().replace("s", "").split())
    near = [title for title in reported if set(title.lower().replace("s", "").split()) <= words]
    return {"en": max(near, key=len) if near else job.title}


def _degree(work: Work, releases: Releases, code: str) -> LanguageMap | None:
    """How many say that a degree is needed, where most do."""
    asked = list_education(work, releases.onet, code)
    percent = sum(one.percent for one in asked if one.category >= BACHELOR)
    if percent < 50:
        return None
    return {
        "en": f"{percent:.0f} % of those asked by O*NET say it takes a bachelor's degree or more."
    }


def _level(value: float) -> SkillLevel:
    """O*NET's scale LV, 0 to 7, in three steps."""
    share = value / 7
    if share < 0.36:
        return "basic"
    return "working" if share < 0.62 else "strong"
