"""Puts imported listings into the catalogue, in one transaction, versions kept."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import partial

from sqlalchemy import bindparam, insert, select, update

from credentials.catalogue import Catalogue, current_catalogue
from credentials.catalogue.catalogue import next_revision
from credentials.catalogue.importing.ctdl import CtdlReader
from credentials.catalogue.importing.distributions import Distribution
from credentials.catalogue.importing.documents import Document, read_documents
from credentials.catalogue.importing.listing_drafts import ListingReader
from credentials.catalogue.importing.openbadges import OpenBadgesReader
from credentials.catalogue.importing.refusals import ImportRefusedError, Skipped, refuse_all
from credentials.catalogue.importing.sheets import SheetReader
from credentials.catalogue.listings import Listing
from credentials.catalogue.models import CatalogueEntryRow
from credentials.unit_of_work import Institution, Work


@dataclass(frozen=True, kw_only=True)
class ListingReport:
    """What an import of others' entries did. Codes by what became of them.

    `incomplete` says, by code, what is missing for advice; what is in neither it nor `skipped` can
    be advised. Without a rubric, nothing imported can be awarded.
    """

    source: str
    dry_run: bool
    added: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()
    unchanged: tuple[str, ...] = ()
    retired: tuple[str, ...] = ()
    incomplete: dict[str, tuple[str, ...]] = field(default_factory=dict)
    skipped: tuple[Skipped, ...] = ()
    notices: tuple[str, ...] = ()


def import_sheet(
    institution: Institution,
    distribution: Distribution,
    *,
    dry_run: bool = False,
    retire: bool = False,
) -> ListingReport:
    """Import our own CSV. `retire`: it holds all that its providers offer, the rest is no more.

    Raises:
        ImportRefusedError: a line is not usable; nothing was changed.
    """
    with institution.begin() as work:
        catalogue = current_catalogue(work)
        reader = SheetReader(work, catalogue)
        listings = list(reader.read_file(distribution))
        return _store(work, catalogue, reader, listings, dry_run=dry_run, retire=retire)


def _import_documents(
    kind: type[ListingReader],
    institution: Institution,
    distribution: Distribution,
    *,
    dry_run: bool = False,
    lenient: bool = False,
    retire: bool = False,
) -> ListingReport:
    """Import documents of a kind. With `lenient`, files that cannot be read are left out and named.

    `retire`: they hold all that their providers offer, the rest is no more; with a file left out
    nothing is retired, as it may have been in that.

    Raises:
        ImportRefusedError: a file cannot be read; nothing was changed.
    """
    broken: list[str] = []
    documents = read_documents(distribution, broken)
    with institution.begin() as work:
        catalogue = current_catalogue(work)
        reader = kind(work, catalogue)
        listings = _read_all(reader, documents, broken)
        if broken and not lenient:
            raise refuse_all(broken)
        reader.notices.extend(f"left out: {words}" for words in broken)
        if broken and retire:
            reader.notices.append("nothing was retired, because files were left out")
            retire = False
        return _store(work, catalogue, reader, listings, dry_run=dry_run, retire=retire)


import_ctdl = partial(_import_documents, CtdlReader)
import_openbadges = partial(_import_documents, OpenBadgesReader)


def _read_all(
    reader: ListingReader, documents: Iterable[Document], broken: list[str]
) -> list[Listing]:
    """Every listing once; the first of several with the same code."""
    found: dict[str, Listing] = {}
    for document in documents:
        try:
            for listing in reader.read(document):
                first = found.setdefault(listing.code, listing)
                if first is not listing:
                    reader.skip(document, f"{listing.code} was in {first.provenance.file} already")
        except ImportRefusedError as error:
            broken.append(str(error))
    return list(found.values())


def _store(
    work: Work,
    catalogue: Catalogue,
    reader: ListingReader,
    listings: list[Listing],
    *,
    dry_run: bool,
    retire: bool,
) -> ListingReport:
    own = set(catalogue.achievements) - set(catalogue.listings)
    taken = [listing for listing in listings if listing.code in own]
    for listing in taken:
        reader.skipped.append(
            Skipped(listing.provenance.file, 0, f"{listing.code} is the code of an own credential")
        )
    kept = [listing for listing in listings if listing.code not in own]
    outcomes = _compare(work, kept)
    gone = _gone(catalogue, reader, kept, is_all=retire)
    if not dry_run:
        _write(work, [one for one in kept if outcomes[one.code] != "unchanged"])
        _retire(work, gone)
    return ListingReport(
        source=reader.source,
        dry_run=dry_run,
        added=tuple(code for code, outcome in outcomes.items() if outcome == "added"),
        changed=tuple(code for code, outcome in outcomes.items() if outcome == "changed"),
        unchanged=tuple(code for code, outcome in outcomes.items() if outcome == "unchanged"),
        retired=gone,
        incomplete={one.code: one.missing_for_advice for one in kept if one.missing_for_advice},
        skipped=tuple(reader.skipped),
        notices=tuple(dict.fromkeys(reader.notices)),
    )


def _compare(work: Work, listings: list[Listing]) -> dict[str, str]:
    rows = work.session.execute(
        select(CatalogueEntryRow.code, CatalogueEntryRow.version).where(
            CatalogueEntryRow.kind == "listing", CatalogueEntryRow.is_current
        )
    )
    here = {row[0]: row[1] for row in rows}
    return {
        one.code: "added"
        if one.code not in here
        else "unchanged"
        if here[one.code] == one.version
        else "changed"
        for one in listings
    }


def _gone(
    catalogue: Catalogue, reader: ListingReader, kept: list[Listing], *, is_all: bool
) -> tuple[str, ...]:
    """Codes of what came by the same kind of file and is said to have ended.

    `is_all`: `kept` is all that its providers, known by their names, offer; the rest has ended, too.
    """
    here = {one.code for one in kept}
    before = {
        code: one
        for code, one in catalogue.listings.items()
        if code not in here and one.provenance.source == reader.source
    }
    gone = before.keys() & reader.ended
    if is_all:
        named = [*kept, *(before[code] for code in gone)]
        providers = {one.provider.name for one in named if one.provider}
        gone |= {
            code for code, one in before.items() if one.provider and one.provider.name in providers
        }
    return tuple(sorted(gone))


def _retire(work: Work, codes: tuple[str, ...]) -> None:
    """Offer these no more; every version is kept for those who took them."""
    if codes:
        revision = next_revision(work)
        work.session.connection().execute(
            update(CatalogueEntryRow)
            .where(
                CatalogueEntryRow.kind == "listing",
                CatalogueEntryRow.is_current,
                CatalogueEntryRow.code == bindparam("of_code"),
            )
            .values(is_current=False, revision=revision),
            [{"of_code": code} for code in codes],
        )


def _write(work: Work, listings: list[Listing]) -> None:
    """Make these versions current; others of the same codes are kept."""
    if not listings:
        return
    table, revision = CatalogueEntryRow, next_revision(work)
    is_listing = table.kind == "listing"
    known = {
        (row[0], row[1])
        for row in work.session.execute(select(table.code, table.version).where(is_listing))
    }
    connection = work.session.connection()
    connection.execute(
        update(table)
        .where(is_listing, table.code == bindparam("of_code"))
        .values(is_current=False),
        [{"of_code": one.code} for one in listings],
    )
    fresh = [one for one in listings if (one.code, one.version) not in known]
    again = [one for one in listings if (one.code, one.version) in known]
    if fresh:
        connection.execute(
            insert(table),
            [
                {
                    "kind": "listing",
                    "code": one.code,
                    "version": one.version,
                    "body": one.model_dump(mode="json"),
                    "is_current": True,
                    "revision": revision,
                }
                for one in fresh
            ],
        )
    if again:
        connection.execute(
            update(table)
            .where(
                is_listing,
                table.code == bindparam("of_code"),
                table.version == bindparam("of_version"),
            )
            .values(is_current=True, revision=revision),
            [{"of_code": one.code, "of_version": one.version} for one in again],
        )
