"""Issuing to a whole list: a few at a time, so that memory stays flat and a stop loses nothing."""

import base64
import hashlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from bot.commands.recipients import Recipients
from credentials.errors import NotFoundError
from credentials.issuing import award_badge, find_badge, read_credential_jwt

if TYPE_CHECKING:
    from credentials.issuing import IssuedBadge
    from credentials.unit_of_work import Institution, Work

AT_ONCE = 25  # badges in one transaction
PART = ".part"  # of a file that is being written


@dataclass(frozen=True, kw_only=True)
class Order:
    """What is issued to whom, and where the files go."""

    achievement: str
    people: Recipients
    out: Path
    form: str  # json | jwt | png | svg

    def badge_id(self, place: int) -> str:
        """The id of the badge for one line: the same when the same order is given again."""
        named = f"{self.achievement}\0{self.out.resolve()}\0{self.people.digest}\0{place}"
        return base64.urlsafe_b64encode(hashlib.sha256(named.encode()).digest())[:16].decode()


def issue_all(institution: "Institution", order: Order) -> Iterator[tuple["IssuedBadge", Path]]:
    """Issue to everybody who has none from this order yet; each badge with its file.

    Raises:
        NotFoundError: there is no such achievement.
        SetupError: a key is not in order; says what to do.
    """
    order.out.mkdir(parents=True, exist_ok=True)
    for unfinished in order.out.glob(f"*{PART}"):
        unfinished.unlink()
    for start in range(0, len(order.people.names), AT_ONCE):
        places = range(start, min(start + AT_ONCE, len(order.people.names)))
        with institution.begin() as work:
            badges = [_award(work, order, place) for place in places]
        with institution.read() as work:
            for badge in badges:
                yield badge, _write(work, order, badge)


@contextmanager
def progress(total: int) -> Iterator[Callable[[], None]]:
    """A bar on stderr; calling what it gives moves it on by one."""
    columns = (
        TextColumn("issuing"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeRemainingColumn(),
    )
    with Progress(*columns, console=Console(stderr=True)) as bar:
        task = bar.add_task("issuing", total=total)
        yield lambda: bar.advance(task)


def _award(work: "Work", order: Order, place: int) -> "IssuedBadge":
    badge_id = order.badge_id(place)
    try:
        return find_badge(work, badge_id=badge_id)
    except NotFoundError:
        return award_badge(
            work,
            achievement_code=order.achievement,
            holder_name=order.people.names[place],
            badge_id=badge_id,
        )


def _write(work: "Work", order: Order, badge: "IssuedBadge") -> Path:
    file = order.out / f"{badge.credential_id}.{order.form}"
    if not file.exists():
        part = file.with_name(file.name + PART)
        part.write_bytes(content_of(work, badge, order.form))
        part.replace(file)
    return file


def content_of(work: "Work", badge: "IssuedBadge", form: str) -> bytes:
    """A badge in one of its forms."""
    if form == "jwt":
        return read_credential_jwt(work, badge.credential_id).encode()
    if form == "png":
        from bot.pictures.files import bake_badge

        return bake_badge(badge.credential, badge.code)
    if form == "svg":
        from bot.pictures.files import bake_badge_svg

        return bake_badge_svg(badge.credential, badge.code)
    return badge.credential.encode()
