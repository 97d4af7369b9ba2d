"""What the playground refuses, to the bot and to scripted people."""

from typing import Any


class BotApiError(Exception):
    """A refusal in the Bot API's shape.

    Args:
        code: HTTP status and `error_code`.
        description: Telegram's wording.
        retry_after: Seconds, with 429 only.
    """

    def __init__(self, code: int, description: str, retry_after: int | None = None) -> None:
        super().__init__(description)
        self.code = code
        self.description = description
        self.retry_after = retry_after

    def as_json(self) -> dict[str, Any]:
        answer: dict[str, Any] = {
            "ok": False,
            "error_code": self.code,
            "description": self.description,
        }
        if self.retry_after is not None:
            answer["parameters"] = {"retry_after": self.retry_after}
        return answer


class SimError(Exception):
    """A refusal to a scripted person: `{"error": message, …}` with this HTTP status."""

    def __init__(self, status: int, message: str, **details: Any) -> None:
        super().__init__(message)
        self.status = status
        self.details = {"error": message, **details}


def bad_request(description: str) -> BotApiError:
    return BotApiError(400, f"Bad Request: {description}")
