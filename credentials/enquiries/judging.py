"""One answer to whatever was sent: the stranger's verdict, and what we know of our own badges."""

import json
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any, Protocol, TypeVar
from urllib.parse import parse_qs, urlsplit

from credentials.enquiries.answers import Answer, refuse
from credentials.enquiries.documents import (
    find_as_issued,
    find_own_credential,
    interview_questions,
    own_standing,
    read_own,
)
from credentials.enquiries.recognising import read_text
from credentials.settings import Settings
from credentials.unit_of_work import Institution, Work
from credentials.verification.extraction import (
    Candidate,
    ExtractionError,
    extract_file,
    normal_code,
)
from credentials.verification.resolution import (
    Fetched,
    Lookup,
    LookupFailedError,
    NoNetwork,
    OwnOrigin,
    Resolver,
    own_path,
)
from credentials.verification.trust import TrustRegistry
from credentials.verification.verifier import Verifier

T = TypeVar("T")

BUDGET_SECONDS = 7.5  # for all look-ups of one badge together
PICTURE = "/image.png"


class Records(Protocol):
    """A way to read our own records."""

    def look(self, use: Callable[[Work], T]) -> T: ...


@dataclass(frozen=True)
class Snapshots:
    """Reads in short snapshots, so that none is open while the network is asked."""

    institution: Institution

    def look(self, use: Callable[[Work], T]) -> T:
        with self.institution.read() as work:
            return use(work)


@dataclass(frozen=True)
class Within:
    """Reads in a transaction that is open anyway; never together with a network."""

    work: Work

    def look(self, use: Callable[[Work], T]) -> T:
        return use(self.work)


class NoRecords:
    """There are none; a look-up of ours fails like any other."""

    def look(self, use: Callable[[Work], T]) -> T:
        raise LookupFailedError("no_records")


@dataclass(frozen=True, kw_only=True)
class Desk:
    """Where badges are judged: our records, the network, the time."""

    records: Records
    settings: Settings
    network: Resolver
    now: Callable[[], datetime]
    trust: Callable[[], TrustRegistry] | None = None
    monotonic: Callable[[], float] = time.monotonic


def judge_text(desk: Desk, text: str) -> Answer:
    """The answer on a pasted credential, a link or a code; never raises for a bad one."""
    return _Case(desk).judge(lambda: read_text(text))


def judge_file(desk: Desk, content: bytes) -> Answer:
    """The answer on a picture or a file; never raises for a bad one."""
    return _Case(desk).judge(lambda: extract_file(content))


def judge_by_code(work: Work, *, code: str) -> Answer:
    """The answer on a code of ours, inside a transaction and without asking the network."""
    desk = Desk(
        records=Within(work), settings=work.settings, network=NoNetwork(), now=lambda: work.now
    )
    return judge_text(desk, code)


@dataclass
class _Case:
    """One badge on the desk: what was read is not read again, within one budget of time."""

    desk: Desk
    _seen: dict[tuple[str, bool], Fetched] = field(default_factory=dict)
    _began: float = field(init=False)

    def __post_init__(self) -> None:
        self._began = self.desk.monotonic()
        self._resolver = OwnOrigin(
            origin=self.desk.settings.public_url,
            read=lambda path: self.desk.records.look(
                lambda work: read_own(work, path.removesuffix(PICTURE))
            ),
            others=self.desk.network,
        )

    def judge(self, extract: Callable[[], Candidate]) -> Answer:
        now = self.desk.now()
        try:
            candidate = self._straight(extract())
        except ExtractionError as error:
            return refuse(error.code, now)
        verifier = Verifier(
            resolver=self,
            trust=self._trust(),
            status_note=lambda credential_id: self._standing(credential_id)[0],
            as_issued=self._as_issued,
            look_up_code=self._by_code,
        )
        verdict = verifier.verify(candidate, now=now)
        return self._with_own_knowledge(
            Answer(verdict=verdict, checked_at=now, source=_source(candidate))
        )

    def fetch(self, lookup: Lookup) -> Fetched:
        """The resolver of this case."""
        asked = lookup.url, lookup.redirects
        if asked not in self._seen:
            left = self._began + BUDGET_SECONDS - self.desk.monotonic()
            if left <= 0:
                raise LookupFailedError("too_slow")
            self._seen[asked] = self._resolver.fetch(
                replace(lookup, seconds=min(lookup.seconds, left))
            )
        return self._seen[asked]

    def _straight(self, candidate: Candidate) -> Candidate:
        """A link to our own page for checking stands for the code in it."""
        link = candidate.link
        if link is None or own_path(link, self.desk.settings.public_url) != "/verify":
            return candidate
        codes = parse_qs(urlsplit(link).query).get("code", [])
        if not codes:
            return candidate
        return Candidate(source=candidate.source, code=normal_code(codes[0]))

    def _trust(self) -> TrustRegistry:
        if self.desk.trust is not None:
            return self.desk.trust()
        settings = self.desk.settings
        return TrustRegistry().including(settings.issuer_did, settings.institution_name)

    def _by_code(self, code: str) -> bytes | None:
        try:
            return self.desk.records.look(lambda work: find_own_credential(work, code))
        except LookupFailedError:
            return None

    def _as_issued(self, credential_id: str) -> Mapping[str, Any] | None:
        try:
            return self.desk.records.look(lambda work: find_as_issued(work, credential_id))
        except LookupFailedError:
            return None

    def _standing(self, credential_id: str) -> tuple[str | None, datetime | None]:
        try:
            return self.desk.records.look(lambda work: own_standing(work, credential_id))
        except LookupFailedError:
            return None, None

    def _with_own_knowledge(self, answer: Answer) -> Answer:
        credential, settings = answer.verdict.credential, self.desk.settings
        if credential is None or credential.issuer_id != settings.issuer_did:
            return answer
        is_here = credential.id.startswith(f"{settings.public_url}/credentials/")
        return replace(
            answer,
            page=credential.id if is_here else None,
            withdrawn_on=self._standing(credential.id)[1],
            questions=self.desk.records.look(lambda work: interview_questions(work, credential)),
        )


def _source(candidate: Candidate) -> str | None:
    """What asks for the same again."""
    if candidate.document is not None:
        return json.dumps(candidate.document, ensure_ascii=False)
    return candidate.jwt or candidate.link or candidate.code
