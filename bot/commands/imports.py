"""`skillmark catalogue import`: progress on stderr, the report on stdout."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bot.commands.keys import opened
from bot.commands.output import print_json, print_setup_errors

if TYPE_CHECKING:
    from credentials.catalogue.importing import ImportReport, ListingReport, Release
    from credentials.catalogue.importing.distributions import Progress
    from credentials.unit_of_work import Institution

app = typer.Typer(no_args_is_help=True)
fetching = typer.Typer(no_args_is_help=True)

SHOWN = 10  # lines of each kind in a printed report

Source = Annotated[Path, typer.Argument(help="A folder or zip archive, as it was published.")]
DryRun = Annotated[bool, typer.Option("--dry-run", help="Read and compare; write nothing.")]
AsJson = Annotated[bool, typer.Option("--json", help="Print the report as JSON.")]
ReleaseName = Annotated[
    str | None, typer.Option("--release", help="The release, where the files do not tell it.")
]


Url = Annotated[str | None, typer.Option(help="Another address than the published one.")]
Sha256 = Annotated[str | None, typer.Option(help="What the file's SHA-256 has to be.")]


@fetching.callback()
def fetch() -> None:
    """Download a framework from its published address, check it and import it."""


@app.callback()
def imports() -> None:
    """Bring in a framework or a catalogue; nothing is kept when a file cannot be read."""


@app.command()
@print_setup_errors
def onet(
    path: Source, dry_run: DryRun = False, json: AsJson = False, release: ReleaseName = None
) -> None:
    """The O*NET database: text, Excel or CSV, releases 27 to 31."""
    from credentials.catalogue.importing import OnetRelease, open_distribution

    with open_distribution(path) as distribution:
        print_report(import_shown(OnetRelease(distribution, release), dry_run), as_json=json)


@app.command()
@print_setup_errors
def esco(
    path: Source,
    dry_run: DryRun = False,
    json: AsJson = False,
    release: ReleaseName = None,
    language: Annotated[
        str | None, typer.Option(help="Which language, where the files hold several.")
    ] = None,
) -> None:
    """The ESCO classification as CSV, releases 1.1 and 1.2."""
    from credentials.catalogue.importing import EscoRelease, open_distribution

    with open_distribution(path) as distribution:
        found = EscoRelease(distribution, release, language)
        print_report(import_shown(found, dry_run), as_json=json)


Lenient = Annotated[
    bool, typer.Option("--lenient", help="Leave files out that cannot be read, and name them.")
]
Retire = Annotated[
    bool,
    typer.Option("--retire", help="Retire what the same providers offered and is not in it now."),
]


@app.command()
@print_setup_errors
def ctdl(
    path: Source,
    dry_run: DryRun = False,
    lenient: Lenient = False,
    retire: Retire = False,
    json: AsJson = False,
) -> None:
    """CTDL JSON-LD: credentials, courses, programmes, registry envelopes."""
    from credentials.catalogue.importing import import_ctdl, open_distribution

    with open_distribution(path) as distribution, opened() as institution:
        report = import_ctdl(
            institution, distribution, dry_run=dry_run, lenient=lenient, retire=retire
        )
    print_listing_report(report, as_json=json)


@app.command()
@print_setup_errors
def openbadges(
    path: Source,
    dry_run: DryRun = False,
    lenient: Lenient = False,
    retire: Retire = False,
    json: AsJson = False,
) -> None:
    """Open Badges 3.0 Achievements and AchievementCredentials."""
    from credentials.catalogue.importing import import_openbadges, open_distribution

    with open_distribution(path) as distribution, opened() as institution:
        report = import_openbadges(
            institution, distribution, dry_run=dry_run, lenient=lenient, retire=retire
        )
    print_listing_report(report, as_json=json)


@app.command()
@print_setup_errors
def csv(
    path: Source, dry_run: DryRun = False, retire: Retire = False, json: AsJson = False
) -> None:
    """Our own CSV; `skillmark catalogue template` prints an empty one."""
    from credentials.catalogue.importing import import_sheet, open_distribution

    with open_distribution(path) as distribution, opened() as institution:
        report = import_sheet(institution, distribution, dry_run=dry_run, retire=retire)
    print_listing_report(report, as_json=json)


def print_listing_report(report: "ListingReport", *, as_json: bool) -> None:
    """What an import of others' entries did."""
    if as_json:
        print_json(asdict(report))
        return
    verb = "would be " if report.dry_run else ""
    typer.echo(
        f"{report.source}: {len(report.added)} {verb}added, {len(report.changed)} {verb}changed, "
        f"{len(report.retired)} {verb}retired, {len(report.unchanged)} unchanged, "
        f"{len(report.skipped)} left out"
    )
    for what in ("added", "changed", "retired"):
        if codes := getattr(report, what):
            typer.echo(f"{what}: {_some(codes)}")
    for code, missing in list(report.incomplete.items())[:SHOWN]:
        typer.echo(f"incomplete, not advised: {code} lacks {', '.join(missing)}")
    if len(report.incomplete) > SHOWN:
        typer.echo(f"  and {len(report.incomplete) - SHOWN:,} more (--json lists them)")
    for skipped in report.skipped[:SHOWN]:
        typer.echo(f"left out: {skipped.file}: {skipped.why}")
    if len(report.skipped) > SHOWN:
        typer.echo(f"  and {len(report.skipped) - SHOWN:,} more (--json lists them)")
    for notice in report.notices:
        typer.echo(f"note: {notice}")
    typer.echo("Imported credentials can be advised; without a rubric none is awarded here.")


@fetching.command(name="onet")
@print_setup_errors
def fetch_onet(
    url: Url = None, sha256: Sha256 = None, dry_run: DryRun = False, json: AsJson = False
) -> None:
    """Download the O*NET database and import it."""
    from bot.settings import Settings
    from credentials.catalogue.importing import OnetRelease, open_distribution

    archive = _downloaded(url or Settings().onet_url, sha256)
    with open_distribution(archive) as distribution:
        print_report(import_shown(OnetRelease(distribution), dry_run), as_json=json)


@fetching.command(name="esco")
@print_setup_errors
def fetch_esco(
    url: Url = None, sha256: Sha256 = None, dry_run: DryRun = False, json: AsJson = False
) -> None:
    """Download ESCO and import it. Its portal sends a link by e-mail: give it with --url."""
    from bot.settings import Settings
    from credentials.catalogue.importing import DownloadError, EscoRelease, open_distribution

    wanted = url or Settings().esco_url
    if not wanted:
        raise DownloadError(
            "ask for the CSV at https://esco.ec.europa.eu/en/use-esco/download; the link comes by "
            "e-mail: give it with --url or SKILLMARK_ESCO_URL"
        )
    with open_distribution(_downloaded(wanted, sha256)) as distribution:
        print_report(import_shown(EscoRelease(distribution), dry_run), as_json=json)


def _downloaded(url: str, sha256: str | None) -> Path:
    from bot.settings import Settings
    from credentials.catalogue.importing import download

    with shown_progress() as progress:
        return download(url, Settings().data_dir / "downloads", sha256=sha256, progress=progress)


def import_shown(release: "Release", dry_run: bool) -> "ImportReport":
    """Import a release with a progress bar."""
    from credentials.catalogue.importing import import_release

    with opened() as institution, shown_progress() as progress:
        report = import_release(institution, release, dry_run=dry_run, progress=progress)
        if not dry_run:
            refresh_shown(institution, progress)
        return report


def refresh_shown(institution: "Institution", progress: "Progress") -> int:
    """Bring the index of occupations and skills up to date with a progress bar."""
    from credentials.catalogue.matching.vectors import refresh_index

    return refresh_index(institution, lambda done, total: progress("meaning", done, total))


@contextmanager
def shown_progress() -> "Iterator[Progress]":
    """A progress bar on stderr; one line a file where stderr is no terminal."""
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn

    console = Console(stderr=True)
    columns = (TextColumn("{task.description:32}"), BarColumn(), TaskProgressColumn())
    with Progress(*columns, console=console, transient=True) as bar:
        task = bar.add_task("Reading")
        told: set[str] = set()

        def tell(file: str, done: int, total: int) -> None:
            bar.update(task, description=file, completed=done, total=total)
            if not console.is_terminal and file not in told:
                told.add(file)
                typer.echo(file, err=True)

        yield tell


def print_report(report: "ImportReport", *, as_json: bool) -> None:
    """What an import did, for people or programs."""
    if as_json:
        print_json(asdict(report))
        return
    typer.echo(_headline(report))
    for table, changes in report.changes.items():
        typer.echo(
            f"  {table:14} {changes.added:>8,} added {changes.changed:>8,} changed "
            f"{changes.retired:>8,} retired {changes.unchanged:>8,} unchanged"
        )
    for what, codes in report.codes.items():
        if codes and report.previous_release is not None:
            typer.echo(f"occupations {what}: {_some(codes)}")
    for notice in report.notices:
        typer.echo(f"note: {notice}")
    _print_skipped(report)
    typer.echo(report.attribution)


def _print_skipped(report: "ImportReport") -> None:
    """What was left out, the same reason in the same file once with its first line."""
    if not report.skipped_count:
        return
    typer.echo(f"{report.skipped_count:,} rows left out:")
    reasons: dict[tuple[str, str], list[int]] = {}
    for skipped in report.skipped:
        reasons.setdefault((skipped.file, skipped.why), []).append(skipped.line)
    for (file, why), lines in list(reasons.items())[:SHOWN]:
        more = f" (and {len(lines) - 1:,} more such lines)" if len(lines) > 1 else ""
        typer.echo(f"  {file}:{lines[0]}: {why}{more}")
    if len(reasons) > SHOWN:
        typer.echo(f"  and {len(reasons) - SHOWN:,} more reasons; --json lists them")


def _headline(report: "ImportReport") -> str:
    name = f"{report.framework} {report.release} from {report.source}"
    before = f", before it {report.previous_release}" if report.previous_release else ""
    return {
        "imported": f"{name}: imported and current{before}",
        "unchanged": f"{name}: the same content is current already, nothing to do",
        "restored": f"{name}: had been imported before and is current again{before}",
        "dry_run": f"{name}: could be imported{before}; nothing was written",
    }[report.outcome.value]


def _some(codes: tuple[str, ...]) -> str:
    left = len(codes) - SHOWN
    return ", ".join(codes[:SHOWN]) + (f" and {left:,} more" if left > 0 else "")
