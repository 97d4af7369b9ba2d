"""What a conversation is about just now: what was last shown, and what was not understood."""

from collections.abc import Iterable
from dataclasses import asdict, dataclass, replace

from credentials.drafts import find_draft, keep_note
from credentials.unit_of_work import Work

KIND = "talk"
MOST_SHOWN = 10
STAYS = 2  # messages without a topic of their own; after more, nobody means the one before them


@dataclass(frozen=True, kw_only=True)
class Talk:
    """`shown` are codes of the micro-credentials on the last card that had any, in their order.

    `among` are those of the last card that had several; "the other one" is among them.
    `misses` counts messages in a row that were not understood; `offered` are the meanings that
    were offered for them. `topic` is what the last card that had one was about, and `about` the id
    of that thing; `passed` counts the messages shown since.
    """

    shown: tuple[str, ...] = ()
    among: tuple[str, ...] = ()
    misses: int = 0
    offered: tuple[str, ...] = ()
    topic: str | None = None
    about: str = ""
    passed: int = 0


def find_talk(work: Work, *, person_id: str) -> Talk:
    """What the conversation is about; an empty one before anything was said."""
    note = find_draft(work.session, person_id, KIND)
    if note is None:
        return Talk()
    return Talk(
        shown=tuple(note.fields["shown"]),
        among=tuple(note.fields.get("among", ())),
        misses=note.fields["misses"],
        offered=tuple(note.fields["offered"]),
        topic=note.fields.get("topic"),
        about=note.fields.get("about", ""),
        passed=note.fields.get("passed", 0),
    )


def note_shown(
    work: Work, *, person_id: str, codes: Iterable[str] = (), topic: str = "", about: str = ""
) -> None:
    """Remember what a card showed, so that "the second one" and "for how long" can be understood."""
    talk = before = find_talk(work, person_id=person_id)
    if shown := tuple(dict.fromkeys(codes))[:MOST_SHOWN]:
        talk = replace(talk, shown=shown, among=shown if len(shown) > 1 else talk.among)
    if topic:
        talk = replace(talk, topic=topic, about=about, passed=0)
    elif talk.topic is not None:
        stays = talk.passed < STAYS
        talk = replace(talk, topic=talk.topic if stays else None, passed=talk.passed + 1)
    if talk != before:
        _keep(work, person_id, talk)


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
    fields = {name: value for name, value in asdict(talk).items() if value is not None}
    keep_note(work.session, person_id=person_id, kind=KIND, fields=fields, now=work.now)
