"""What every reader of others' catalogues shares: codes, digests, what was left out."""

import hashlib
import json
import re
from collections.abc import Iterator
from typing import Any, ClassVar, get_args

from pydantic import ValidationError

from credentials.catalogue import Catalogue
from credentials.catalogue.entries import FieldOfWork
from credentials.catalogue.importing.documents import Document
from credentials.catalogue.importing.occupation_codes import OccupationCodes
from credentials.catalogue.importing.refusals import ImportRefusedError, Skipped
from credentials.catalogue.importing.skill_ties import SkillTies
from credentials.catalogue.listings import Listing
from credentials.unit_of_work import Work

CTID = re.compile(r"ce-[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.IGNORECASE)
CODE = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
MAX_CODE = 40
KNOWN_FIELDS: tuple[FieldOfWork, ...] = get_args(FieldOfWork)
FIELDS: dict[str, str] = {
    "11": "business",
    "13": "business",
    "13-2": "finance",
    "15": "technology",
    "25": "education",
    "29": "healthcare",
    "31": "healthcare",
    "41": "business",
    "43": "business",
    "47": "trades",
    "49": "trades",
    "51": "trades",
}


class ListingReader:
    """Turns documents into listings. `skipped` and `notices` say what a person should know.

    `ended` are codes of what the documents say is offered no more.
    """

    source: ClassVar[str]

    def __init__(self, work: Work, catalogue: Catalogue) -> None:
        self.occupations = OccupationCodes(work, catalogue)
        self.ties = SkillTies(catalogue)
        self.skipped: list[Skipped] = []
        self.notices: list[str] = []
        self.ended: set[str] = set()

    def read(self, document: Document) -> Iterator[Listing]:
        """The listings of a document.

        Raises:
            ImportRefusedError: it is not what it should be.
        """
        raise NotImplementedError

    def skip(self, document: Document, why: str) -> None:
        self.skipped.append(Skipped(document.file, 0, why))

    def build(self, document: Document, **values: Any) -> Listing:
        """A listing whose version is a digest of its content, wherever it was read from.

        Raises:
            ImportRefusedError: a value is not usable.
        """
        try:
            listing = Listing.model_validate({"version": "0", **values})
        except ValidationError as error:
            problem = error.errors()[0]
            where = ".".join(str(part) for part in problem["loc"])
            raise ImportRefusedError(
                f"{values.get('code')}: {where}: {problem['msg']}", file=document.file
            ) from error
        body = listing.model_dump(mode="json", exclude={"provenance": {"file"}})
        digest = hashlib.sha256(json.dumps(body, sort_keys=True).encode()).hexdigest()
        return listing.model_copy(update={"version": digest[:12]})


def listing_code(identifier: str) -> str:
    """A code for the catalogue: a ctid as it is, a short plain name as it is, else a digest."""
    ctid = CTID.search(identifier)
    if ctid:
        return ctid[0].lower()
    if CODE.fullmatch(identifier) and len(identifier) <= MAX_CODE:
        return identifier
    words = re.sub(r"[^a-z0-9]+", "-", identifier.lower().rsplit("/", 1)[-1]).strip("-")
    digest = hashlib.sha256(identifier.encode()).hexdigest()[:8]
    return f"{words[: MAX_CODE - 9].strip('-')}-{digest}".strip("-")


def field_of_work(occupations: tuple[str, ...]) -> FieldOfWork | None:
    """The field most of the occupations belong to, by their SOC groups."""
    counts: dict[FieldOfWork, int] = {}
    for code in occupations:
        name = FIELDS.get(code[:4]) or FIELDS.get(code[:2])
        known = next((field for field in KNOWN_FIELDS if str(field) == name), None)
        if known is not None:
            counts[known] = counts.get(known, 0) + 1
    return max(counts.items(), key=lambda item: item[1])[0] if counts else None
