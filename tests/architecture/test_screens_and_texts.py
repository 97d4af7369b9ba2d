"""Every screen is drawn, every text stands in the catalogue, and no sentence stands elsewhere."""

import ast
import re
from importlib import import_module
from pathlib import Path
from pkgutil import walk_packages

import pytest
import yaml

import actions.screens
import bot.telegram.screens
from actions.screens.base import registered
from bot.telegram.application import JOURNEYS, merged
from bot.telegram.screens.drawing import drawn_screens
from bot.texts import text_keys
from credentials import errors
from credentials.catalogue.folders import CatalogueError

ROOT = Path(__file__).resolve().parents[2]
EDGES = ["bot/telegram", "bot/web", "actions"]
SENTENCE = re.compile(r"[A-Z][a-z]+[^_]*( [a-z']+){2,}|[a-z]+( [a-z']+){3,}[.!?]$")
OPERATORS_ONLY = {errors.SetupError.code, errors.AlreadyHandledError.code, CatalogueError.code}
TEXT_CALLS = {"say", "plain"}


@pytest.fixture(scope="module", autouse=True)
def everything():
    for package in (actions.screens, bot.telegram.screens):
        for module in walk_packages(package.__path__, package.__name__ + "."):
            import_module(module.name)


def edge_files():
    return [file for edge in EDGES for file in sorted((ROOT / edge).rglob("*.py"))]


def test_every_screen_has_somebody_to_draw_it():
    assert {screen.__name__ for screen in registered().values()} == {
        screen.__name__ for screen in drawn_screens()
    }


def test_every_screen_rasa_names_exists():
    named = set()
    for file in sorted((ROOT / "nlu" / "domain").glob("*.yml")):
        responses = (yaml.safe_load(file.read_text()) or {}).get("responses", {})
        for variants in responses.values():
            for variant in variants:
                assert set(variant) == {"custom"}, f"{file.name}: a response is a screen, not text"
                named.add(variant["custom"]["screen"])
    assert named <= set(registered())


def test_every_screen_the_domain_owes_exists():
    owed = set()
    for file in sorted((ROOT / "credentials").rglob("*.py")):
        owed |= set(re.findall(r'screen="([a-z_]+)"', file.read_text()))
    assert owed
    assert owed <= set(registered())


def test_every_button_that_is_drawn_does_something():
    known = merged(routes.presses for routes in JOURNEYS)
    drawn = set()
    for file in sorted((ROOT / "bot" / "telegram" / "screens").rglob("*.py")):
        for node in ast.walk(ast.parse(file.read_text())):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "button":
                drawn |= {
                    (file.name, part.value)
                    for part in ast.walk(node.args[1])
                    if isinstance(part, ast.Constant) and isinstance(part.value, str)
                }
    assert drawn
    assert {(name, action) for name, action in drawn if action not in known} == set()


def test_every_text_key_that_is_named_exists():
    keys = text_keys("en")
    missing = set()
    for file in [*edge_files(), *sorted((ROOT / "bot" / "texts").rglob("*.py"))]:
        for node in ast.walk(ast.parse(file.read_text())):
            if isinstance(node, ast.Call) and _is_say(node.func) and node.args:
                first = node.args[0]
                if isinstance(first, ast.Constant) and isinstance(first.value, str):
                    key = first.value.partition(".")[0]
                    if key not in keys:
                        missing.add(f"{file.relative_to(ROOT)}: {key}")
    assert missing == set()


def test_every_refusal_has_its_words():
    for file in sorted(ROOT.joinpath("credentials").rglob("*.py")):
        for code in re.findall(
            r'^    code(?:: ClassVar\[str\])? = "([a-z_]+)"', file.read_text(), re.MULTILINE
        ):
            if code not in OPERATORS_ONLY:
                assert f"problem-{code}" in text_keys("en"), f"{file.name}: {code}"


def test_no_sentence_stands_at_the_edges():
    found = [
        f"{file.relative_to(ROOT)}:{node.lineno} {node.value!r}"
        for file in edge_files()
        for tree in [ast.parse(file.read_text())]
        for node in ast.walk(tree)
        if _is_sentence(node) and not _is_allowed(tree, node)
    ]
    assert found == []


def _is_say(function):
    return (isinstance(function, ast.Name) and function.id == "say") or (
        isinstance(function, ast.Attribute)
        and function.attr == "plain"
        and isinstance(function.value, ast.Name | ast.Call)
    )


def _is_sentence(node):
    return (
        isinstance(node, ast.Constant)
        and isinstance(node.value, str)
        and bool(SENTENCE.search(node.value))
    )


def _is_allowed(tree, sentence):
    """Docstrings, descriptions of settings, log events and errors for developers are no texts."""
    for node in ast.walk(tree):
        body = getattr(node, "body", None)
        if (
            isinstance(body, list)
            and body
            and isinstance(body[0], ast.Expr)
            and body[0].value is sentence
        ):
            return True
        if isinstance(node, ast.Raise | ast.Assert) and sentence in ast.walk(node):
            return True
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            logs = node.func.attr in {"debug", "info", "warning", "error", "exception"}
            if logs and sentence in ast.walk(node):
                return True
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
            known = node.func.id.endswith("Error") or node.func.id in {
                "Field",
                "Counter",
                "Gauge",
                "Histogram",
            }
            if known and sentence in ast.walk(node):
                return True
    return False
