"""`skillmark verify`: the same verdict as in the chat and on the page."""

import sys
from pathlib import Path

import typer

from actions.screens.verify import VerdictFacts
from bot.commands.output import print_json, print_setup_errors
from bot.settings import Settings
from bot.texts import Say
from bot.texts.verdicts import Described, describe
from bot.verifier import BadgeDesk
from credentials.bootstrap import open_institution
from credentials.enquiries.answers import Answer
from credentials.enquiries.judging import NoRecords
from credentials.enquiries.recognising import looks_like_badge
from credentials.errors import InvalidInputError, SetupError
from credentials.migrations import require_current_schema
from credentials.unit_of_work import Institution
from credentials.verification.extraction import MAX_FILE_BYTES
from credentials.verification.recipients import Match, match_recipient
from credentials.verification.trust import RegistryError, read_registry
from credentials.verification.verdict import as_json

EXITS = {"valid": 0, "invalid": 1, "could_not_check": 3, "issuer_unknown": 4}


@print_setup_errors
def verify(
    source: str, json_: bool, *, recipient: str | None = None, trust: Path | None = None
) -> int:
    """Judge a file, standard input (`-`), a link or a code; gives the exit code.

    `recipient` is compared with the badge's; `trust` is a list of issuers to go by this once.

    Raises:
        InvalidInputError: it is neither a file nor anything that could be a badge, or the list
            cannot be read.
    """
    settings = Settings()
    if trust is not None:
        _refuse_odd_list(trust)
        settings = settings.model_copy(update={"trust_file": trust})
    institution = open_institution(settings)
    desk = _desk(institution)
    try:
        answer = _judge(desk, source)
    finally:
        desk.close()
        institution.engine.dispose()
    match = _match(answer, recipient)
    if json_:
        told = {} if match is None else {"recipient": match.value}
        print_json({**as_json(answer.verdict), **told})
    else:
        _print(answer, match)
    return EXITS[answer.verdict.verdict]


def _judge(desk: BadgeDesk, source: str) -> Answer:
    if source == "-":
        return desk.judge_file_now(sys.stdin.buffer.read(MAX_FILE_BYTES + 1))
    file = Path(source)
    if len(source) < 4_096 and file.is_file():
        with file.open("rb") as opened:
            return desk.judge_file_now(opened.read(MAX_FILE_BYTES + 1))
    if looks_like_badge(source):
        return desk.judge_text_now(source)
    raise InvalidInputError(f"{source!r} is no file, link or code")


def _desk(institution: Institution) -> BadgeDesk:
    """With our own records where there are any; others' badges need none."""
    try:
        require_current_schema(institution.engine)
    except SetupError as error:
        typer.echo(f"skillmark: badges of ours can't be looked up: {error}", err=True)
        return BadgeDesk(institution, records=NoRecords())
    return BadgeDesk(institution)


def _refuse_odd_list(file: Path) -> None:
    try:
        read_registry(file.read_bytes())
    except (OSError, RegistryError) as error:
        raise InvalidInputError(f"{file} cannot be read as a list of issuers: {error}") from error


def _match(answer: Answer, recipient: str | None) -> Match | None:
    credential = answer.verdict.credential
    if recipient is None or credential is None:
        return None
    return match_recipient(credential, recipient)


def _print(answer: Answer, match: Match | None) -> None:
    say = Say()
    facts = VerdictFacts.of(answer)
    for line in _lines(describe(facts, say), say):
        typer.echo(line)
    if match is not None:
        typer.echo(say.plain(f"recipient-{match}"))


def _lines(words: Described, say: Say) -> list[str]:
    said = [words.headline, words.explanation, *words.notes]
    if words.title:
        said += ["", words.title, words.award]
    if words.can:
        said.append(say.plain("badge-can", can="; ".join(words.can)))
    said += [*words.judged, ""]
    said += [f"{name}: {result}" for name, result, _ in words.checks]
    return [line for number, line in enumerate(said) if line or (number and said[number - 1])]
