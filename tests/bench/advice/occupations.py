"""Occupations in what learners write: found among the first, refused where there is none."""

import sys
from typing import Any

from credentials.catalogue.occupation_match import (
    Kind,
    OccupationMatch,
    match_occupations,
)
from credentials.unit_of_work import Institution
from tests.bench.advice.measuring import Row, memory_mb, percentile, read_lines, share, timed


def bench_occupations(institution: Institution, half: str, *, show: bool = False) -> list[Row]:
    """Rows for one half; `show` prints the errors, for the half to develop on."""
    lines = read_lines("occupations.jsonl", half)
    spent: list[float] = []
    answers = []
    with institution.read() as work:
        before = memory_mb()
        match_occupations(work, "warm up")
        grown = memory_mb() - before
        for line in lines:
            with timed(spent):
                answers.append(match_occupations(work, line["text"]))
    pairs = list(zip(lines, answers, strict=True))
    if show:
        _show(pairs)
    return [
        *_found(pairs, half),
        *_kinds(pairs, half),
        Row(f"{half}: a match, median", round(percentile(spent, 0.5), 1), "ms", 50, "goal"),
        Row(f"{half}: a match, 95 of 100", round(percentile(spent, 0.95), 1), "ms", 50, "goal"),
        Row(f"{half}: memory the matcher added", round(grown), "MB", 300, "limit"),
    ]


def _found(pairs: list[tuple[dict[str, Any], OccupationMatch]], half: str) -> list[Row]:
    wishes = [
        (wish, _best_list(match, wish))
        for line, match in pairs
        if line["kind"] == "match"
        for wish in line["targets"]
    ]
    now = [(line["current"], match) for line, match in pairs if line["current"]]
    claimed = [line for line, match in pairs if match.current and line["kind"] == "match"]
    wrong = [line for line in claimed if not line["current"] and not line.get("past")]
    return [
        share(f"{half}: wish first", sum(_at(w, c, 1) for w, c in wishes), len(wishes), 0.75),
        share(f"{half}: wish in five", sum(_at(w, c, 5) for w, c in wishes), len(wishes), 0.93),
        share(
            f"{half}: current job found",
            sum(any(hit.code in codes for hit in match.current[:5]) for codes, match in now),
            len(now),
        ),
        share(f"{half}: current job where none is told", len(wrong), len(pairs)),
    ]


def _kinds(pairs: list[tuple[dict[str, Any], OccupationMatch]], half: str) -> list[Row]:
    goals = {"off_topic": 0.93}
    return [
        share(
            f"{half}: {kind} taken as such",
            sum(match.kind == kind for line, match in pairs if line["kind"] == kind),
            sum(line["kind"] == kind for line, _ in pairs),
            goals.get(kind),
        )
        for kind in Kind
    ]


def _best_list(match: OccupationMatch, wish: list[str]) -> list[str]:
    """The list that answers a wish: the one with the best place for it."""
    lists = [[hit.code for hit in hits] for hits in match.targets]
    if match.kind in {Kind.OFF_TOPIC, Kind.DISTRESS}:
        return []
    return min(
        lists,
        key=lambda codes: min((codes.index(c) for c in wish if c in codes), default=99),
        default=[],
    )


def _at(wish: list[str], codes: list[str], depth: int) -> bool:
    return any(code in wish for code in codes[:depth])


def _show(pairs: list[tuple[dict[str, Any], OccupationMatch]]) -> None:
    for line, match in pairs:
        missed = [w for w in line["targets"] if not _at(w, _best_list(match, w), 1)]
        if match.kind != line["kind"] or (line["kind"] == "match" and missed):
            got = [[f"{h.title[:28]} {h.score}" for h in hits[:3]] for hits in match.targets]
            print(  # noqa: T201
                f"{line['kind']}→{match.kind} {line['text'][:110]} | {missed} | {got}",
                file=sys.stderr,
            )
