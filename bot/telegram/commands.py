"""The commands a role sees in Telegram's menu."""

from dataclasses import dataclass

LEARNER = (
    "start",
    "progress",
    "badges",
    "verify",
    "remind",
    "ask",
    "help",
    "settings",
    "privacy",
    "export",
    "delete",
    "stop",
    "resume",
    "cancel",
)
ADVISOR = ("queue", "waiting", "issued", *LEARNER)


@dataclass(frozen=True)
class ListedCommand:
    """A command without its slash, and the text key of its description."""

    command: str
    text_key: str


def commands_for(role: str | None) -> tuple[ListedCommand, ...]:
    """What somebody with this role sees; None for everybody else."""
    names = ADVISOR if role == "advisor" else LEARNER
    return tuple(ListedCommand(name, f"command-{name}") for name in names)
