"""Faults on demand: the next calls fail as Telegram's would."""

from dataclasses import asdict, dataclass
from typing import Any

from bot.playground.errors import BotApiError, SimError

MAX_DELAY_SECONDS = 60
WORDINGS = {
    400: "Bad Request: chat not found",
    401: "Unauthorized",
    403: "Forbidden: bot was blocked by the user",
    404: "Not Found",
    409: "Conflict: terminated by other getUpdates request; make sure that only one bot instance is running",
    413: "Request Entity Too Large",
    429: "Too Many Requests: retry after",
    500: "Internal Server Error",
    502: "Bad Gateway",
    504: "Gateway Timeout",
}


@dataclass
class Fault:
    """One fault.

    Args:
        method: A method's name in any case; `*` is every method except getUpdates.
        code: The error's code; None with `delay` only slows the call down.
        retry_after: Seconds, told with 429.
        delay: Seconds before the call is looked at.
        times: How many more calls it hits; 0 means until it is removed.
        chat_id: Only calls to this chat.
        description: The refusal's wording; Telegram's usual one when empty.
        lost_reply: The call takes effect, then the connection ends amid the answer.
    """

    method: str = "*"
    code: int | None = None
    retry_after: int = 1
    delay: float = 0
    times: int = 1
    chat_id: int | None = None
    lost_reply: bool = False
    description: str = ""

    def hits(self, method: str, chat_id: int | None) -> bool:
        named = self.method.lower()
        is_method = method.lower() != "getupdates" if named == "*" else named == method.lower()
        return is_method and self.chat_id in (None, chat_id)

    def error(self) -> BotApiError | None:
        """What the call is refused with before it takes effect."""
        code = self.code
        if code is None or self.lost_reply:
            return None
        wording = self.description or WORDINGS.get(code, f"Error {code}")
        if code == 429:
            return BotApiError(code, f"{wording} {self.retry_after}", self.retry_after)
        return BotApiError(code, wording)

    def as_json(self) -> dict[str, Any]:
        return asdict(self)


class Faults:
    def __init__(self) -> None:
        self.active: list[Fault] = []

    def add(self, given: dict[str, Any]) -> Fault:
        fault = _read_fault(given)
        self.active.append(fault)
        return fault

    def clear(self) -> None:
        self.active.clear()

    def take(self, method: str, chat_id: int | None) -> Fault | None:
        """The first fault that hits this call, counted down."""
        for fault in self.active:
            if fault.hits(method, chat_id):
                if fault.times == 1:
                    self.active.remove(fault)
                elif fault.times:
                    fault.times -= 1
                return fault
        return None


def _read_fault(given: dict[str, Any]) -> Fault:
    known = {
        name: given[name] for name in Fault.__dataclass_fields__ if given.get(name) is not None
    }
    try:
        fault = Fault(**known)
        fault.code = None if fault.code is None else int(fault.code)
        fault.retry_after, fault.times = int(fault.retry_after), max(0, int(fault.times))
        fault.delay = min(MAX_DELAY_SECONDS, max(0.0, float(fault.delay)))
        fault.method, fault.description = str(fault.method), str(fault.description)
    except (TypeError, ValueError) as error:
        raise SimError(400, f"not a fault: {error}") from error
    if fault.code is not None and not 400 <= fault.code <= 599:
        raise SimError(400, "code must be an HTTP error status")
    if fault.code is None and not fault.delay and not fault.lost_reply:
        raise SimError(400, "a fault needs code, delay or lost_reply")
    return fault
