"""`skillmark catalogue`."""

import json as json_lines
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from bot.commands import imports
from bot.commands.keys import opened
from bot.commands.output import print_json, print_setup_errors

if TYPE_CHECKING:
    from credentials.catalogue import Achievement, Catalogue, Finding, Listing
    from credentials.unit_of_work import Work

app = typer.Typer(no_args_is_help=True)
app.add_typer(imports.app, name="import")
app.add_typer(imports.fetching, name="fetch")

LINE_LIMIT = 64 * 1024  # characters

AsJson = Annotated[bool, typer.Option("--json", help="Print JSON.")]
Lines = Annotated[
    Path | None, typer.Option("--jsonl", help='File with {"id", "text"} on each line.')
]
Text = Annotated[str | None, typer.Argument(help="What somebody said.")]


@app.callback()
def catalogue() -> None:
    """What can be earned, and what jobs need."""


@app.command(name="list")
@print_setup_errors
def list_all(json: AsJson = False) -> None:
    """List every micro-credential."""
    current = _current()
    known: dict[str, Achievement | Listing] = {**current.listings, **current.achievements}
    rows = [_listed(item) for item in known.values()]
    if json:
        print_json(rows)
        return
    for row in rows:
        hours = f"{row['hours']:>5g} h" if row["hours"] else "    ? h"
        note = "" if row["awarded_here"] else f"  ({_shortfall(row)})"
        typer.echo(f"{row['code']:40} {hours}  {row['name']}{note}")
    for sentence in _attributions():
        typer.echo(sentence, err=True)


def _attributions() -> tuple[str, ...]:
    from credentials.catalogue.frameworks import attributions

    with opened() as institution, institution.read() as work:
        return attributions(work)


def _listed(item: "Achievement | Listing") -> dict[str, Any]:
    from credentials.catalogue import Listing

    missing = item.missing_for_advice if isinstance(item, Listing) else ()
    return {
        "code": item.code,
        "name": item.name["en"],
        "type": item.type,
        "hours": item.hours,
        "awarded_here": False if isinstance(item, Listing) else item.is_awarded_here,
        "missing": list(missing),
        "source": item.provenance.source if item.provenance else None,
    }


def _shortfall(row: dict[str, Any]) -> str:
    lacks = f"lacks {', '.join(row['missing'])}" if row["missing"] else "can be advised"
    return f"from {row['source']}, {lacks}" if row["source"] else f"no rubric, {lacks}"


@app.command()
@print_setup_errors
def prune(
    keep: Annotated[
        int, typer.Option(min=0, help="Earlier releases to keep of each framework.")
    ] = 1,
    dry_run: imports.DryRun = False,
) -> None:
    """Remove earlier releases of O*NET and ESCO; the ones in use stay."""
    from credentials.catalogue.frameworks import VersionState, list_versions, remove_version

    with opened() as institution:
        with institution.read() as work:
            kept = [one for one in list_versions(work) if one.state is VersionState.KEPT]
        seen: Counter[str] = Counter()
        for version in reversed(kept):
            seen[version.framework] += 1
            if seen[version.framework] <= keep:
                continue
            if not dry_run:
                with institution.begin() as work:
                    remove_version(work, version_id=version.version_id)
            verb = "would be removed" if dry_run else "removed"
            typer.echo(f"{version.framework} {version.release}: {verb}")


@app.command()
def template() -> None:
    """Print an empty CSV for `catalogue import csv`, with one example line."""
    from credentials.catalogue.importing import template as sheet

    typer.echo(sheet(), nl=False)


@app.command()
@print_setup_errors
def frameworks(json: AsJson = False) -> None:
    """List the releases of O*NET and ESCO that were imported, and whose they are."""
    from credentials.catalogue.frameworks import attributions, list_versions

    with opened() as institution, institution.read() as work:
        found, words = list_versions(work), attributions(work)
    if json:
        print_json(
            [
                {
                    "framework": version.framework,
                    "release": version.release,
                    "state": version.state,
                    "language": version.language,
                    "imported_at": version.imported_at.isoformat(),
                    "source": version.source,
                    "digest": version.digest,
                    "counts": dict(version.counts),
                }
                for version in found
            ]
        )
        return
    if not found:
        typer.echo("None yet: skillmark catalogue import onet PATH")
    for version in found:
        counts = ", ".join(f"{count:,} {name}" for name, count in version.counts.items())
        typer.echo(f"{version.framework:6} {version.release:8} {version.state:8} {counts}")
    for line in words:
        typer.echo(line)


@app.command()
@print_setup_errors
def check(
    path: Annotated[Path | None, typer.Argument(help="A folder like the starter one.")] = None,
    links: Annotated[
        bool, typer.Option("--links", help="Also open every provider's page.")
    ] = False,
    strict: Annotated[
        bool, typer.Option("--strict", help="Exit 1 for what is incomplete too.")
    ] = False,
    json: AsJson = False,
) -> None:
    """Look for what is wrong or incomplete, with file and line. Exit 1 when something is wrong.

    Without a folder: the starter catalogue, and what was imported.
    """
    from credentials.catalogue import check_folder, find_dead_links, find_incomplete
    from credentials.catalogue.folders import STARTER

    folder = path or STARTER
    findings = [*check_folder(folder), *find_incomplete(folder)]
    findings += find_dead_links(folder, _open_link) if links else []
    findings += _imported_findings() if path is None else []
    errors = sum(finding.is_error for finding in findings)
    if json:
        print_json({"errors": errors, "findings": [asdict(finding) for finding in findings]})
    else:
        for finding in findings:
            typer.echo(str(finding))
        incomplete = len(findings) - errors
        typer.echo(
            "The catalogue is in order."
            if not findings
            else f"{errors} to mend, {incomplete} incomplete."
        )
    if errors or (strict and findings):
        raise typer.Exit(1)


def _imported_findings() -> "list[Finding]":
    """What imported entries lack; nothing before there is a database."""
    from credentials.catalogue import find_incomplete_listings
    from credentials.errors import SetupError

    try:
        current = _current()
    except SetupError as error:
        typer.echo(f"imported entries were not looked at: {error}", err=True)
        return []
    return find_incomplete_listings(current.listings, current.achievements)


def _open_link(url: str) -> str | None:
    from credentials.verification.fetching import GuardedFetcher
    from credentials.verification.resolution import Lookup, LookupFailedError

    try:
        GuardedFetcher().fetch(Lookup(url))
    except LookupFailedError as error:
        return None if error.code == "too_large" else error.code
    return None


@app.command()
@print_setup_errors
def load(
    path: Annotated[Path | None, typer.Argument(help="A folder; the starter one if none.")] = None,
) -> None:
    """Load a folder of YAML files; what is there already is kept."""
    from credentials.catalogue import load_folder
    from credentials.catalogue.folders import STARTER

    with opened() as institution, institution.begin() as work:
        typer.echo(str(load_folder(work, path or STARTER)))


@app.command()
@print_setup_errors
def index() -> None:
    """Make what occupations are found by; new releases and folders do this themselves."""
    with opened() as institution, imports.shown_progress() as progress:
        made = imports.refresh_shown(institution, progress)
    typer.echo(f"{made} vectors made; the index is up to date.")


@app.command()
@print_setup_errors
def match(text: Text = None, jsonl: Lines = None) -> None:
    """Say which occupation a text is about."""
    _answer(text, jsonl, _match)


@app.command()
@print_setup_errors
def skills(text: Text = None, jsonl: Lines = None) -> None:
    """Say which skills a text speaks of."""
    _answer(text, jsonl, _skills)


def _match(work: "Work", text: str) -> dict[str, Any]:
    from credentials.catalogue.occupation_match import match_occupations

    found = match_occupations(work, text)
    return {
        "kind": found.kind.value,
        "current": [asdict(hit) for hit in found.current],
        "targets": [[asdict(hit) for hit in hits] for hits in found.targets],
    }


def _skills(work: "Work", text: str) -> dict[str, Any]:
    from credentials.catalogue.skill_match import match_skills

    found = [asdict(skill) for skill in match_skills(work, text)]
    return {"skills": [{k: v for k, v in skill.items() if k != "key"} for skill in found]}


def _answer(
    text: str | None, lines: Path | None, answer: "Callable[[Work, str], dict[str, Any]]"
) -> None:
    if lines is None and text is None:
        raise typer.BadParameter("give a text, or --jsonl FILE")
    with opened() as institution, institution.read() as work:
        if lines is None:
            print_json({"id": None, **answer(work, text or "")})
            return
        for asked in _read(lines):
            said = {"id": asked["id"], **answer(work, asked["text"])}
            sys.stdout.write(json_lines.dumps(said, ensure_ascii=False) + "\n")


def _read(path: Path) -> Iterator[dict[str, Any]]:
    with path.open(encoding="utf-8") as file:
        for number, line in enumerate(file, 1):
            if not line.strip():
                continue
            try:
                asked = json_lines.loads(line[:LINE_LIMIT])
                yield {"id": asked["id"], "text": str(asked["text"])}
            except (ValueError, KeyError, TypeError) as error:
                raise typer.BadParameter(f"line {number} is no object with id and text") from error


def _current() -> "Catalogue":
    from credentials.catalogue import current_catalogue

    with opened() as institution, institution.begin() as work:
        return current_catalogue(work)
