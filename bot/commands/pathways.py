"""`skillmark pathways`."""

import json as json_files
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from bot.commands.keys import opened
from bot.commands.output import print_json, print_setup_errors
from credentials.errors import InvalidInputError

if TYPE_CHECKING:
    from credentials.catalogue import Catalogue
    from credentials.pathways import Advice, PathStep, Provable, Relaxation, Statement

app = typer.Typer(no_args_is_help=True)

SIZE_LIMIT = 1024 * 1024  # bytes of a file of skills


@app.callback()
def pathways() -> None:
    """Plan a way to an occupation."""


@app.command()
@print_setup_errors
def plan(
    *,
    goal: Annotated[str, typer.Option(help="O*NET-SOC code, such as 15-2051.00.")],
    have: Annotated[Path | None, typer.Option(help="JSON file of skills.")] = None,
    weekly_hours: Annotated[float, typer.Option(min=0.5, max=80, help="Hours a week.")] = 5,
    weeks: Annotated[int, typer.Option(min=1, max=520, help="Weeks there are.")] = 52,
    budget: Annotated[float | None, typer.Option(min=0, help="The most it may cost.")] = None,
    currency: Annotated[str, typer.Option(help="Of the budget (ISO 4217).")] = "USD",
    language: Annotated[
        list[str] | None, typer.Option(help="Of instruction, such as en; may be given again.")
    ] = None,
    level: Annotated[
        str | None, typer.Option(help="The highest: foundation, intermediate or advanced.")
    ] = None,
    json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
) -> None:
    """Lay out the shortest affordable way."""
    from credentials.catalogue import LEVELS, current_catalogue, get_occupation
    from credentials.pathways import Profile, advice_for
    from credentials.pathways.money import is_known

    if not is_known(currency.upper()):
        raise InvalidInputError(f"there is no exchange rate for {currency}")
    if level not in {None, *LEVELS}:
        raise InvalidInputError(f"level is one of {', '.join(LEVELS)}")
    with opened() as institution, institution.begin() as work:
        catalogue = current_catalogue(work)
        occupation = get_occupation(work, code=goal)
    profile = Profile(
        person_id="",
        occupation_code=goal,
        has_told=True,
        hours_per_week=weekly_hours,
        budget=budget,
        currency=currency.upper(),
        languages=frozenset(one.lower() for one in language or ()),
        highest_level=next((one for one in LEVELS if one == level), None),
        said=_statements(catalogue, have) if have else {},
    )
    advice = advice_for(catalogue, profile, occupation, weeks)
    if json:
        print_json(_plain(catalogue, advice))
        return
    for step in advice.steps:
        length = "prove now" if step.is_provable else f"{step.weeks} weeks, {step.hours:g} h"
        typer.echo(f"{step.achievement.code:32} {length}")
    for one in advice.relaxations:
        typer.echo(f"with {_looser(one, currency)} also: {', '.join(one.adds)}")


def _statements(catalogue: "Catalogue", path: Path) -> "dict[str, Statement]":
    """What a file of skills says, by our keys; skills we do not know are left out.

    Raises:
        InvalidInputError: it is too large, or no list of skills.
    """
    from credentials.pathways import Statement

    if path.stat().st_size > SIZE_LIMIT:
        raise InvalidInputError(f"{path} is larger than 1 MB")
    try:
        told = json_files.loads(path.read_text(encoding="utf-8"))
        listed = told["skills"] if isinstance(told, dict) else told
        said = [(s["framework"], s["id"], s.get("level"), s) for s in listed]
    except (ValueError, KeyError, TypeError) as error:
        raise InvalidInputError(f"{path} holds no skills") from error
    keys = {(skill.framework, skill.id): key for key, skill in catalogue.skills.items()}
    return {
        keys[framework, id_]: Statement(
            skill=keys[framework, id_], level=level, source=str(skill.get("source", "self"))
        )
        for framework, id_, level, skill in said
        if (framework, id_) in keys and not skill.get("negated")
    }


def _plain(catalogue: "Catalogue", advice: "Advice") -> dict[str, Any]:
    def label(key: str) -> str:
        return catalogue.skills[key].label["en"]

    return {
        "goal": advice.occupation.code,
        "steps": [_step(catalogue, step) for step in advice.steps],
        "uncovered": [
            {"skill": label(gap.skill), "missing": round(gap.missing, 3)}
            for gap in advice.uncovered
        ],
        "relax": [_relaxed(one, advice.profile.currency) for one in advice.relaxations],
        "prove_now": [_provable(one) for one in advice.provable],
        "value": advice.plan.value,
        "bound": advice.plan.bound,
        "by": advice.plan.by,
        "catalogue_revision": advice.revision,
    }


def _relaxed(one: "Relaxation", currency: str) -> dict[str, Any]:
    from credentials.pathways.money import REFERENCE, converted

    return {
        "limits": list(one.limits),
        "by": {
            "hours": one.hours,
            "weeks": one.weeks,
            "weekly_hours": one.weekly,
            "money": round(converted(one.money, REFERENCE, currency) or 0.0, 2),
            "currency": currency,
            "languages": list(one.languages),
            "level": one.level,
        },
        "adds": list(one.adds),
        "share": one.share,
    }


def _looser(one: "Relaxation", currency: str) -> str:
    by = _relaxed(one, currency)["by"]
    told = {
        "hours": f"{one.weeks} more weeks"
        + (f" or {one.weekly:g} h a week more" if one.weekly else ""),
        "budget": f"{by['money']:g} {currency} more",
        "languages": f"courses in {', '.join(one.languages)}",
        "level": f"{one.level} courses",
    }
    return " and ".join(told[limit] for limit in one.limits)


def _provable(one: "Provable") -> dict[str, Any]:
    return {
        "code": one.achievement.code,
        "readiness": one.readiness,
        "criteria": [
            {"id": c.criterion.id, "likely_met": c.is_likely_met, "because": list(c.skills)}
            for c in one.criteria
        ],
    }


def _step(catalogue: "Catalogue", step: "PathStep") -> dict[str, Any]:
    rival = step.rival
    return {
        "code": step.achievement.code,
        "prove_now": step.is_provable,
        "hours": step.hours,
        "weeks": step.weeks,
        "cost": step.achievement.cost.amount,
        "currency": step.achievement.cost.currency,
        "closes": [
            {
                "skill": catalogue.skills[one.skill].label["en"],
                "share": one.share,
                "of_all": one.of_all,
                "alignment": one.alignment,
            }
            for one in step.closes
        ],
        "because": {
            "after": step.before,
            "opens": list(step.opens),
            "runner_up": rival.achievement.code if rival else None,
            "lost_by": rival.reason if rival else None,
            "of_all": round(step.of_all, 4),
            "of_all_of_runner_up": rival.of_all if rival else None,
            "stacks_into": step.stack.into.code if step.stack else None,
        },
    }
