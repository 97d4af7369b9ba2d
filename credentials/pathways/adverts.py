"""A job advert against what a person can do: the gap it names, and the way to close it.

The advert's skills count most; what the occupation usually asks for fills in behind them. Nothing
of an advert changes the profile; it is kept beside the conversation for as long as that lasts.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from credentials.catalogue import Occupation, current_catalogue, get_occupation
from credentials.catalogue.advert_match import MAX_TEXT, Advert, AdvertSkill, read_advert
from credentials.catalogue.entries import Need
from credentials.drafts import find_draft, keep_note
from credentials.errors import NotFoundError
from credentials.pathways.advice import Advice, advice_for, weeks_left
from credentials.pathways.gaps import Gap
from credentials.pathways.profiles import find_profile
from credentials.unit_of_work import Work

KIND = "advert"
MUST, WISH = 0.95, 0.55  # importance of what an advert asks for
USUAL = 0.35  # of the importance of what the occupation asks for besides
FULL_MESSAGE = 3_500  # characters: a text this long may have been cut in two
CUT_WITHIN = timedelta(minutes=2)
LEAST_SKILLS = 2  # to say something without an occupation


@dataclass(frozen=True, kw_only=True)
class AdvertAdvice:
    """An advert, what of it is met, and the way.

    Attributes:
        asked: the gaps of what the advert itself asks for, the largest first.
        named: the occupation it is taken for; None where it named none.
    """

    advert: Advert
    advice: Advice
    asked: tuple[Gap, ...]
    named: Occupation | None

    @property
    def missing(self) -> tuple[Gap, ...]:
        return tuple(gap for gap in self.asked if not gap.is_met)

    @property
    def has(self) -> int:
        return sum(1 for gap in self.asked if gap.is_met)

    @property
    def partly(self) -> int:
        return sum(1 for gap in self.asked if gap.is_partly_met)

    def wording(self, skill: str) -> AdvertSkill | None:
        """Where the advert asks for a skill."""
        return next((one for one in self.advert.skills if one.key == skill), None)


def weigh_advert(work: Work, *, person_id: str, text: str) -> AdvertAdvice | None:
    """Judge a pasted advert and keep it; None when it names neither a job nor two skills.

    Telegram cuts a long text in two: what comes right after a full message is read as its rest.
    """
    whole = _with_beginning(work, person_id, text)
    found = _weigh(work, person_id, whole)
    if found is not None:
        fields = {"text": whole, "at": work.now.isoformat()}
        keep_note(work.session, person_id=person_id, kind=KIND, fields=fields, now=work.now)
    return found


def find_advert(work: Work, *, person_id: str) -> AdvertAdvice:
    """The advert that was pasted last, judged by what is known now.

    Raises:
        NotFoundError: there is none.
    """
    kept = find_draft(work.session, person_id, KIND)
    found = _weigh(work, person_id, str(kept.fields["text"])) if kept else None
    if found is None:
        raise NotFoundError("no advert")
    return found


def continues_advert(work: Work, *, person_id: str, text: str) -> bool:
    """Whether a text is the rest of an advert that was too long for one message."""
    return _with_beginning(work, person_id, text) != text


def _weigh(work: Work, person_id: str, text: str) -> AdvertAdvice | None:
    advert = read_advert(work, text)
    named = _named(work, advert)
    if named is None and len(advert.skills) < LEAST_SKILLS:
        return None
    profile = find_profile(work, person_id=person_id)
    job = asked_for(advert, named)
    advice = advice_for(
        current_catalogue(work),
        replace(profile, occupation_code=job.code),
        job,
        weeks_left(profile, work.now.date()),
    )
    keys = {one.key for one in advert.skills}
    asked = tuple(gap for gap in advice.gaps if gap.skill in keys)
    return AdvertAdvice(advert=advert, advice=advice, asked=asked, named=named)


def asked_for(advert: Advert, named: Occupation | None) -> Occupation:
    """The occupation as this advert has it: its own needs first, the usual ones behind them."""
    needs = {
        one.key: Need(skill=one.key, importance=MUST if one.is_required else WISH, level=one.level)
        for one in advert.skills
    }
    if named is None:
        title = {"en": advert.title or ""}
        return Occupation(
            code="", title=title, plain_title=title, field="business", summary=title,
            needs=tuple(needs.values()),
        )  # fmt: skip
    return named.model_copy(update={"needs": (*needs.values(), *_usual(named, needs))})


def _usual(named: Occupation, known: Iterable[str]) -> tuple[Need, ...]:
    return tuple(
        need.model_copy(update={"importance": round(need.importance * USUAL, 3)})
        for need in named.needs
        if need.skill not in known
    )


def _named(work: Work, advert: Advert) -> Occupation | None:
    for hit in advert.occupations[:1]:
        try:
            return get_occupation(work, code=hit.code)
        except NotFoundError:
            return None
    return None


def _with_beginning(work: Work, person_id: str, text: str) -> str:
    kept = find_draft(work.session, person_id, KIND)
    if kept is None:
        return text
    before = str(kept.fields["text"])
    is_fresh = work.now - datetime.fromisoformat(str(kept.fields["at"])) <= CUT_WITHIN
    if is_fresh and FULL_MESSAGE <= len(before) < MAX_TEXT and text not in before:
        return f"{before}\n{text}"[:MAX_TEXT]
    return text
