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
    from credentials.pathways import Advice, PathStep, Statement

app = typer.Typer(no_args_is_help=True)

SIZE_LIMIT = 1024 * 1024  # bytes of a file of skills


@app.callback()
def pathways() -> None:
    """Plan a way to an occupation."""


@app.command()
@print_setup_errors
def plan(
    goal: Annotated[str, typer.Option(help="O*NET-SOC code, such as 15-2051.00.")],
    have: Annotated[Path | None, typer.Option(help="JSON file of skills.")] = None,
    weekly_hours: Annotated[float, typer.Option(min=0.5, max=80, help="Hours a week.")] = 5,
    weeks: Annotated[int, typer.Option(min=1, max=520, help="Weeks there are.")] = 52,
    budget: Annotated[float | None, typer.Option(min=0, help="The most it may cost.")] = None,
    currency: Annotated[str, typer.Option(help="Of the budget; prices are in USD.")] = "USD",
    json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
) -> None:
    """Lay out the shortest affordable way."""
    from credentials.catalogue import current_catalogue, get_occupation
    from credentials.pathways import Profile, advice_for

    if currency != "USD":
        raise InvalidInputError("prices are known in USD only")
    with opened() as institution, institution.begin() as work:
        catalogue = current_catalogue(work)
        occupation = get_occupation(work, code=goal)
    profile = Profile(
        person_id="",
        occupation_code=goal,
        has_told=True,
        hours_per_week=weekly_hours,
        budget=budget,
        said=_statements(catalogue, have) if have else {},
        shown={},
    )
    advice = advice_for(catalogue, profile, occupation, weeks)
    if json:
        print_json(_plain(catalogue, advice))
        return
    for step in advice.steps:
        length = "prove now" if step.is_provable else f"{step.weeks} weeks, {step.hours:g} h"
        typer.echo(f"{step.achievement.code:32} {length}")


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
        "value": advice.plan.value,
        "bound": advice.plan.bound,
        "by": advice.plan.by,
        "catalogue_revision": advice.revision,
    }


def _step(catalogue: "Catalogue", step: "PathStep") -> dict[str, Any]:
    rival = step.rival
    return {
        "code": step.achievement.code,
        "prove_now": step.is_provable,
        "hours": step.hours,
        "weeks": step.weeks,
        "cost": step.achievement.cost.amount,
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
            "runner_up": rival.achievement.code if rival else None,
            "lost_by": rival.reason if rival else None,
        },
    }
