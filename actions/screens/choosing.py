"""Screens of choosing what to show: begun, just talked about, or of a field."""

from typing import Self

from pydantic import BaseModel

from actions.screens.base import LanguageMap, Screen, register
from credentials.catalogue import LEVELS, Catalogue, current_catalogue
from credentials.evidence import State, Submission, find_stray, list_submissions
from credentials.people.talk import find_talk
from credentials.unit_of_work import Work

SHOWN_IN_FIELD = 8
LIKELY = 3
BEGUN = 6


class Choice(BaseModel):
    """Something that can be shown: an achievement's code and name; its submission's state."""

    code: str
    title: LanguageMap
    state: str | None = None


@register
class ChooseEvidence(Screen):
    """What to show: work in progress, what was just talked about, or a field to choose from.

    `stray` is what waits for its place, by name.
    """

    begun: tuple[Choice, ...]
    likely: tuple[Choice, ...] = ()
    stray: str | None = None

    @classmethod
    def of(cls, work: Work, person_id: str) -> Self:
        mine = list_submissions(work, person_id=person_id)
        begun = _latest([s for s in mine if s.state is not State.ACCEPTED])
        seen = {item.achievement.code for item in mine}
        known = current_catalogue(work).achievements
        talked_about = find_talk(work, person_id=person_id).shown
        likely = tuple(
            Choice(code=code, title=known[code].name)
            for code in talked_about
            if code in known and known[code].is_awarded_here and code not in seen
        )
        stray = find_stray(work, person_id=person_id)
        return cls(begun=begun, likely=likely[:LIKELY], stray=stray.name if stray else None)


@register
class ChooseInField(Screen):
    """The achievements of one field, a page at a time; what asks least comes first."""

    field: str
    page: int
    pages: int
    choices: tuple[Choice, ...]

    @classmethod
    def of(cls, catalogue: Catalogue, field: str, page: int) -> Self:
        known = sorted(
            (
                item
                for item in catalogue.achievements.values()
                if item.is_awarded_here and item.field == field
            ),
            key=lambda item: (LEVELS.index(item.level or LEVELS[-1]), item.name["en"]),
        )
        pages = max(1, -(-len(known) // SHOWN_IN_FIELD))
        page = min(max(page, 0), pages - 1)
        shown = known[page * SHOWN_IN_FIELD : (page + 1) * SHOWN_IN_FIELD]
        choices = tuple(Choice(code=item.code, title=item.name) for item in shown)
        return cls(field=field, page=page, pages=pages, choices=choices)


def _latest(submissions: list[Submission]) -> tuple[Choice, ...]:
    """One choice for each achievement, of its newest submission."""
    found: dict[str, Choice] = {}
    for item in submissions:
        code = item.achievement.code
        found.setdefault(code, Choice(code=code, title=item.name, state=item.state))
    return tuple(found.values())[:BEGUN]
