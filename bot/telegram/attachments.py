"""Files made at delivery: which source makes which."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from bot.pictures.files import badge_file, credential_file, evidence_file
from bot.texts import Say
from credentials.handoff import read_message_file
from credentials.rights import build_export
from credentials.unit_of_work import Institution


@dataclass(frozen=True)
class Prepared:
    """A file ready to send."""

    content: bytes
    filename: str


Maker = Callable[[Institution, Mapping[str, Any]], Prepared]


def _export(institution: Institution, args: Mapping[str, Any]) -> Prepared:
    return Prepared(build_export(institution, args), Say().plain("export-name"))


def _handed_over(institution: Institution, args: Mapping[str, Any]) -> Prepared:
    with institution.read() as work:
        return Prepared(*read_message_file(work, message_id=str(args["message_id"])))


MAKERS: dict[str, Maker] = {
    "badge": lambda institution, args: Prepared(*badge_file(institution, args)),
    "credential": lambda institution, args: Prepared(*credential_file(institution, args)),
    "evidence": lambda institution, args: Prepared(*evidence_file(institution, args)),
    "export": _export,
    "handoff": _handed_over,
}
