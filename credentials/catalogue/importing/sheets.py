"""Reads our own CSV: one credential a line. `template()` says what the columns mean."""

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import urlsplit

from credentials.catalogue.entries import (
    Cost,
    FrameworkAlignment,
    Provenance,
    Provider,
    Renewal,
    SkillAlignment,
)
from credentials.catalogue.importing.distributions import Distribution
from credentials.catalogue.importing.documents import Document
from credentials.catalogue.importing.listing_drafts import (
    ListingReader,
    field_of_work,
    listing_code,
)
from credentials.catalogue.importing.refusals import ImportRefusedError, refuse_all
from credentials.catalogue.importing.rows import Row, Table, column
from credentials.catalogue.importing.values import currency_of
from credentials.catalogue.listings import Listing

MAX_ROWS = 100_000
REQUIRED = frozenset(
    {"code", "name", "description", "provider", "provider_url", "hours", "cost", "currency"}
)
LEVELS = ("basic", "working", "strong")


@dataclass(frozen=True)
class SheetColumn:
    """A column of the CSV; `example` fills the template."""

    name: str
    meaning: str
    example: str

    @property
    def is_required(self) -> bool:
        return self.name in REQUIRED


COLUMNS = (
    SheetColumn("code", "Short and forever: small letters, digits, hyphens.", "sql-basics"),
    SheetColumn("name", "What it is called.", "SQL Basics"),
    SheetColumn("description", "One or two sentences.", "Asks a database real questions."),
    SheetColumn("type", "MicroCredential, Certificate, Badge, Course …", "MicroCredential"),
    SheetColumn("language", "Of teaching, such as en.", "en"),
    SheetColumn("provider", "Who offers it.", "Example College"),
    SheetColumn("provider_url", "Where to sign up.", "https://college.example/sql"),
    SheetColumn("hours", "Typical effort in hours.", "30"),
    SheetColumn("cost", "In the currency; 0 is free.", "49"),
    SheetColumn("currency", "ISO 4217, such as USD.", "USD"),
    SheetColumn("cost_note", "What the price holds.", "exam included"),
    SheetColumn("start", "When one can begin.", "any time"),
    SheetColumn("level", "foundation, intermediate or advanced.", "foundation"),
    SheetColumn("eqf", "1 to 8.", "4"),
    SheetColumn("assessment", "How it is judged.", "portfolio"),
    SheetColumn("participation", "online, onsite or blended.", "online"),
    SheetColumn("skills", "Keys, names or ids; level after =; split by ;", "sql=working; excel"),
    SheetColumn("occupations", "O*NET-SOC codes, split by ;", "15-2051.00; 15-1242.00"),
    SheetColumn("prerequisites", "Codes: ; is and, | is or.", "excel-basics | data-basics"),
    SheetColumn("stacks_into", "The larger credential it counts towards.", ""),
    SheetColumn("renewal_months", "After how many months it ends.", "36"),
    SheetColumn("renewal_path", "How it is renewed.", "Show one new query."),
)


def template() -> str:
    """The CSV's header and one example line."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow([column.name for column in COLUMNS])
    writer.writerow([column.example for column in COLUMNS])
    return out.getvalue()


class SheetReader(ListingReader):
    """Lines of our CSV → listings."""

    source = "CSV"

    def read_file(self, distribution: Distribution) -> Iterator[Listing]:
        """Every line; problems of all lines are told at once.

        Raises:
            ImportRefusedError: a column is missing, or a line is not usable.
        """
        files = [f for f in distribution.files if f.name.lower().endswith((".csv", ".xlsx"))]
        if len(files) != 1:
            raise ImportRefusedError(f"{distribution.name} holds {len(files)} CSV files, not one")
        columns = tuple(column(c.name, c.name, required=c.is_required) for c in COLUMNS)
        problems: list[str] = []
        found: list[Listing] = []
        lines: dict[str, int] = {}
        for row in Table(files[0], columns, ",").rows():
            try:
                listing = self._listing(row)
                first = lines.setdefault(listing.code, row.line)
                if first != row.line:
                    raise row.refuse(f"{listing.code} is in line {first} already")
                found.append(listing)
            except ImportRefusedError as error:
                problems.append(str(error))
            if len(found) > MAX_ROWS:
                raise row.refuse(f"is one of more than {MAX_ROWS:,} lines")
        if problems:
            raise refuse_all(problems)
        yield from found

    def _listing(self, row: Row) -> Listing:
        code = row.text("code")
        if listing_code(code) != code:
            raise row.refuse(
                f"code “{code[:60]}” is not small letters, digits and hyphens, up to 40"
            )
        occupations = tuple(self._occupation(row, part) for part in _split(row, "occupations"))
        return self.build(
            Document(f"{row.file}:{row.line}", {}),
            code=code,
            type=row.values["type"] or "MicroCredential",
            name={"en": row.text("name")},
            description={"en": row.text("description")},
            provider=Provider(name=row.text("provider"), url=_url(row)),
            language=row.values["language"] or "en",
            field=field_of_work(occupations),
            level=row.values["level"],
            eqf=_whole(row, "eqf", 1, 8),
            hours=row.number("hours", 0.25, 20_000),
            cost=_cost(row),
            start=_words(row, "start"),
            assessment=row.values["assessment"],
            participation=row.values["participation"],
            renewal=_renewal(row),
            prerequisites=tuple(
                tuple(option.strip() for option in clause.split("|") if option.strip())
                for clause in _split(row, "prerequisites")
            ),
            skills=tuple(self._skill(row, part) for part in _split(row, "skills")),
            occupations=occupations,
            alignments=tuple(
                FrameworkAlignment(framework="O*NET-SOC 2019", name=code, code=code)
                for code in occupations
            ),
            stacks_into=row.values["stacks_into"],
            provenance=Provenance(source="CSV", id=code, file=f"{row.file}:{row.line}"),
        )

    def _occupation(self, row: Row, part: str) -> str:
        found = self.occupations.find(part, None)
        if found is None:
            raise row.refuse(f"occupation “{part[:40]}” is no code we know")
        return found.code

    def _skill(self, row: Row, part: str) -> SkillAlignment:
        name, _, level = (piece.strip() for piece in part.partition("="))
        key = self.ties.find(name)
        if key is None:
            raise row.refuse(f"skill “{name[:60]}” is not in the catalogue")
        if level and level not in LEVELS:
            raise row.refuse(f"level “{level[:40]}” is none of {', '.join(LEVELS)}")
        return SkillAlignment.model_validate({"skill": key, "level": level or "basic"})


def _split(row: Row, field: str) -> list[str]:
    return [part.strip() for part in (row.values[field] or "").split(";") if part.strip()]


def _words(row: Row, field: str) -> dict[str, str] | None:
    value = row.values[field]
    return {"en": value} if value else None


def _url(row: Row) -> str:
    url = row.text("provider_url")
    if urlsplit(url).scheme not in {"http", "https"} or not urlsplit(url).hostname:
        raise row.refuse(f"provider_url “{url[:60]}” is no address of a page")
    return url


def _cost(row: Row) -> Cost:
    amount, currency = row.number("cost", 0, 1_000_000), currency_of(row.text("currency"))
    if amount is None:
        raise row.refuse("“cost” is empty; 0 is free")
    if currency is None:
        raise row.refuse(f"currency “{row.text('currency')[:20]}” is no ISO 4217 code such as USD")
    return Cost(amount=amount, currency=currency, note=_words(row, "cost_note"))


def _whole(row: Row, field: str, lowest: int, highest: int) -> int | None:
    value = row.number(field, lowest, highest)
    return None if value is None else int(value)


def _renewal(row: Row) -> Renewal | None:
    months, path = _whole(row, "renewal_months", 1, 240), _words(row, "renewal_path")
    if months is None:
        return None
    if path is None:
        raise row.refuse("renewal_months needs a renewal_path: how is it renewed?")
    return Renewal(months=months, path=path)
