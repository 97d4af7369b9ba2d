"""What can go wrong in the domain, by what the person can do about it.

Every error has a stable `code`; the edges translate codes into words in one place each.
"Not a valid badge" is a verdict, never an error.
"""

from typing import ClassVar


class CredentialsError(Exception):
    """The domain refused. `detail` is for operators and never shown to a person."""

    code: ClassVar[str] = "refused"

    def __init__(self, detail: str = "", **values: str | int) -> None:
        super().__init__(detail or self.__doc__ or self.code)
        self.values = values


class NotFoundError(CredentialsError):
    """There is no such thing, or it is not this person's to see."""

    code = "not_found"


class NotAllowedError(CredentialsError):
    """This person's roles do not allow it."""

    code = "not_allowed"


class StaleError(CredentialsError):
    """The thing has moved on since the card was drawn."""

    code = "stale"


class AlreadyHandledError(CredentialsError):
    """The update was handled before; doing it again would repeat its effects."""

    code = "already_handled"


class InvalidInputError(CredentialsError):
    """The input cannot be used; `code` says why."""

    code = "invalid_input"


class SetupError(CredentialsError):
    """The installation is not ready; the detail tells the operator what to do."""

    code = "setup"
