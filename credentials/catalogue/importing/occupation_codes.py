"""Occupations that others name: by a current O*NET-SOC code, an older code, or a title.

The crosswalk holds what changed from SOC 2010 to SOC 2018 (U.S. Bureau of Labor Statistics) in
computing and health care, where codes were moved as a whole or almost so.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Literal

from credentials.catalogue import Catalogue
from credentials.catalogue.frameworks import (
    Framework,
    current_version,
    list_occupations,
    read_titles,
)
from credentials.catalogue.phrases import normal_phrase
from credentials.unit_of_work import Work

CODE = re.compile(r"(?<!\d)(\d{2}-\d{4})(?:\.(\d{2}))?(?!\d)")
BARE = re.compile(r"\d{6}")

#: Old code → the code that took over all or most of it.
FROM_2010: Mapping[str, str] = MappingProxyType(
    {
        "15-1111": "15-1221",
        "15-1121": "15-1211",
        "15-1122": "15-1212",
        "15-1131": "15-1251",
        "15-1132": "15-1252",
        "15-1133": "15-1252",
        "15-1134": "15-1254",
        "15-1141": "15-1242",
        "15-1142": "15-1244",
        "15-1143": "15-1241",
        "15-1151": "15-1232",
        "15-1152": "15-1231",
        "15-1199": "15-1299",
        "29-2071": "29-2072",
        "31-1011": "31-1121",
        "31-1013": "31-1133",
        "31-1014": "31-1131",
        "31-1015": "31-1132",
        "39-9021": "31-1122",
    }
)


@dataclass(frozen=True)
class NamedOccupation:
    """An occupation as ours. Inferred where not the current code itself was given."""

    code: str
    alignment: Literal["declared", "inferred"]


class OccupationCodes:
    """Finds occupations in the current release of O*NET, or in the catalogue without one."""

    def __init__(self, work: Work, catalogue: Catalogue) -> None:
        self._codes = set(catalogue.occupations)
        self._titles = {title: set(codes) for title, codes in catalogue.titles.items()}
        version = current_version(work, Framework.ONET)
        if version is not None:
            self._codes |= {job.code for job in list_occupations(work, version.version_id)}
            for title in read_titles(work, version.version_id):
                if title.kind == "official":
                    self._titles.setdefault(title.normal, set()).add(title.occupation)

    def find(self, code: str | None, name: str | None) -> NamedOccupation | None:
        """The occupation that a code, an old code, or else an unambiguous title names."""
        given = _normal(code)
        if given is not None:
            base, suffix = given
            if f"{base}.{suffix or '00'}" in self._codes:
                return NamedOccupation(f"{base}.{suffix or '00'}", "declared")
        titled = self._titles.get(normal_phrase(name), set()) if name else set()
        if len(titled) == 1:
            return NamedOccupation(next(iter(titled)), "inferred")
        if given is not None:
            for candidate in (f"{given[0]}.00", f"{FROM_2010.get(given[0])}.00"):
                if candidate in self._codes:
                    return NamedOccupation(candidate, "inferred")
        return None


def _normal(code: str | None) -> tuple[str, str | None] | None:
    """(SOC code, suffix or None) of a code or of an address that holds one."""
    match = CODE.search(code or "")
    if match:
        return match[1], match[2]
    digits = (code or "").strip()
    return (f"{digits[:2]}-{digits[2:]}", None) if BARE.fullmatch(digits) else None
