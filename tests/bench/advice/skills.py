"""Skills in what learners write: found, with level, source and denial."""

import sys
from typing import Any

from credentials.catalogue.skill_match import FoundSkill, match_skills
from credentials.unit_of_work import Institution
from tests.bench.advice.measuring import Row, percentile, read_lines, share, timed


def bench_skills(institution: Institution, half: str, *, show: bool = False) -> list[Row]:
    """Rows for one half; a find counts when its id is one that was accepted."""
    lines = read_lines("skills.jsonl", half)
    spent: list[float] = []
    hits = found_all = wanted_all = right_level = right_source = right_denial = quiet = 0
    empty = [line for line in lines if not line["skills"]]
    with institution.read() as work:
        match_skills(work, "warm up")
        for line in lines:
            with timed(spent):
                found = match_skills(work, line["text"])
            pairs, extra = _paired(line["skills"], found)
            hits += len(pairs)
            found_all += len(pairs) + len(extra)
            wanted_all += len(line["skills"])
            right_level += sum(w["level"] == f.level for w, f in pairs)
            right_source += sum(w["source"] == f.source for w, f in pairs)
            right_denial += sum(w["negated"] == f.negated for w, f in pairs)
            quiet += not line["skills"] and not found
            missed = [w for w in line["skills"] if all(w is not p for p, _ in pairs)]
            if show and (missed or extra):
                told = [[a["label"] for a in w["any"]][:2] for w in missed]
                print(  # noqa: T201
                    line["text"][:100],
                    "| missed",
                    told,
                    "| extra",
                    [f.label for f in extra],
                    file=sys.stderr,
                )
    return [
        share(f"{half}: skills, precision", hits, found_all, 0.85),
        share(f"{half}: skills, recall", hits, wanted_all, 0.85),
        share(f"{half}: level right", right_level, hits),
        share(f"{half}: source right", right_source, hits),
        share(f"{half}: denial right", right_denial, hits),
        share(f"{half}: nothing found where nothing is", quiet, len(empty)),
        Row(f"{half}: skills, 95 of 100", round(percentile(spent, 0.95), 1), "ms", 50, "goal"),
    ]


def _paired(
    wanted: list[dict[str, Any]], found: tuple[FoundSkill, ...]
) -> tuple[list[tuple[dict[str, Any], FoundSkill]], list[FoundSkill]]:
    """Each wanted skill with the first find that is one of its accepted ids; and the finds left."""
    left, pairs = list(found), []
    for want in wanted:
        accepted = {(one["framework"], one["id"]) for one in want["any"]}
        fitting = [one for one in left if (one.framework, one.id) in accepted]
        if fitting:
            pairs.append((want, fitting[0]))
            left = [one for one in left if one not in fitting]
    return pairs, left
