"""What a conversation is about just now: what was last shown, and what was not understood."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from credentials.drafts import find_draft, keep_note
from credentials.unit_of_work import Work

KIND = "talk"
MOST_SHOWN = 10


@dataclass(frozen=True, kw_only=True)
class Talk:
    """`shown` are codes of the micro-credentials on the last card that had any, in their order.

    `misses` counts messages in a row that were not understood; `offered` are the meanings that
    were offered for them.
    """

    shown: tuple[str, ...] = ()
    misses: int = 0
    offered: tuple[str, ...] = ()


def find_talk(work: Work, *, person_id: str) -> Talk:
    """What the conversation is about; an empty one before anything was said."""
    note = find_draft(work.session, person_id, KIND)
    if note is None:
        return Talk()
    return Talk(
        shown=tuple(note.fields["shown"]),
        misses=note.fields["misses"],
        offered=tuple(note.fields["offered"]),
    )


def note_shown(work: Work, *, person_id: str, codes: Iterable[str]) -> None:
    """Remember which micro-credentials a card showed, so that "the second one" can be found."""
    shown = tuple(dict.fromkeys(codes))[:MOST_SHOWN]
    _keep(work, person_id, replace(find_talk(work, person_id=person_id), shown=shown))


def note_miss(work: Work, *, person_id: str, offered: Iterable[str] = ()) -> None:
    """One more message that was not understood, and what was offered for it."""
    talk = find_talk(work, person_id=person_id)
    known = tuple(dict.fromkeys((*talk.offered, *offered)))
    _keep(work, person_id, replace(talk, misses=talk.misses + 1, offered=known))


def forget_misses(work: Work, *, person_id: str) -> None:
    """Something was understood."""
    talk = find_talk(work, person_id=person_id)
    if talk.misses:
        _keep(work, person_id, replace(talk, misses=0, offered=()))


def _keep(work: Work, person_id: str, talk: Talk) -> None:
    fields = {"shown": talk.shown, "misses": talk.misses, "offered": talk.offered}
    keep_note(work.session, person_id=person_id, kind=KIND, fields=fields, now=work.now)
