"""Finds achievements whose prerequisites lead back to themselves on every way."""

from collections.abc import Mapping

from credentials.catalogue.entries import Achievement


def find_circles(known: Mapping[str, Achievement]) -> list[tuple[str, ...]]:
    """Each circle once, beginning with its first code; prerequisites that do not exist count as met."""
    blocked = _out_of_reach(known)
    circles: dict[frozenset[str], tuple[str, ...]] = {}
    for code in sorted(blocked):
        circle = _follow(code, known, blocked)
        circles.setdefault(frozenset(circle), circle)
    return list(circles.values())


def _out_of_reach(known: Mapping[str, Achievement]) -> set[str]:
    """Codes that no order of earning reaches."""
    blocked, found = set(known), True
    while found:
        open_now = {
            code
            for code in blocked
            if all(any(option not in blocked for option in c) for c in known[code].prerequisites)
        }
        blocked -= open_now
        found = bool(open_now)
    return blocked


def _follow(start: str, known: Mapping[str, Achievement], blocked: set[str]) -> tuple[str, ...]:
    """From a blocked code along what blocks it until one comes again."""
    way = [start]
    while True:
        clauses = (c for c in known[way[-1]].prerequisites if all(o in blocked for o in c))
        code = min(min(clause) for clause in clauses)
        if code in way:
            circle = way[way.index(code) :]
            first = circle.index(min(circle))
            return tuple(circle[first:] + circle[:first])
        way.append(code)
