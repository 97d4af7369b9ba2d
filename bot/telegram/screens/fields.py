"""Fields of work to look around in, and the pages of what is in one."""

from bot.telegram.screens.drawing import Button, button
from bot.texts import Say
from credentials.catalogue import FIELDS

FIELDS_A_ROW = 3


def field_rows(action: str, say: Say) -> tuple[tuple[Button, ...], ...]:
    """A button for every field of work, that opens its first page."""
    fields = [_page(say.plain(f"button-{field}"), action, field=field, page=0) for field in FIELDS]
    return tuple(
        tuple(fields[place : place + FIELDS_A_ROW]) for place in range(0, len(fields), FIELDS_A_ROW)
    )


def _page(label: str, action: str, *, field: str, page: int) -> Button:
    return button(label, action, f"{field}~{page}")


def turning(action: str, say: Say, *, field: str, page: int, pages: int) -> tuple[Button, ...]:
    """Buttons to the page before and the page after, where there is one."""
    before = _page(say.plain("button-earlier"), action, field=field, page=page - 1)
    after = _page(say.plain("button-more-jobs"), action, field=field, page=page + 1)
    return (*((before,) if page > 0 else ()), *((after,) if page + 1 < pages else ()))
