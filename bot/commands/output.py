"""How the command line prints: JSON or tables on stdout, what went wrong on stderr."""

import functools
import json
from collections.abc import Callable
from typing import Any, ParamSpec, TypeVar

import typer
from pydantic import ValidationError
from pydantic_core import ErrorDetails

from credentials.errors import CredentialsError

P = ParamSpec("P")
R = TypeVar("R")


def print_json(value: Any) -> None:
    """One JSON document on stdout."""
    typer.echo(json.dumps(value, ensure_ascii=False, indent=2))


def _setting(problem: ErrorDetails) -> str:
    """The environment variable a problem is about."""
    name = str(problem["loc"][0]).upper()
    return name if name == "TELEGRAM_BOT_TOKEN" else f"SKILLMARK_{name}"


def print_setup_errors(verb: Callable[P, R]) -> Callable[P, R]:
    """Decorator: what the domain refuses becomes one clear line and exit code 2."""

    @functools.wraps(verb)
    def run(*args: P.args, **kwargs: P.kwargs) -> R:
        try:
            return verb(*args, **kwargs)
        except CredentialsError as error:
            typer.echo(f"skillmark: {error}", err=True)
            raise typer.Exit(2) from error
        except ValidationError as error:
            if error.title != "Settings":
                raise
            for problem in error.errors():
                typer.echo(f"skillmark: {_setting(problem)}: {problem['msg']}", err=True)
            raise typer.Exit(2) from error
        except KeyboardInterrupt:
            raise typer.Exit(0) from None

    return run
