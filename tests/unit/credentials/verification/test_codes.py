"""The page of codes and the code agree."""

import ast
from pathlib import Path

from credentials.verification.codes import CODES, table

ROOT = Path(__file__).resolve().parents[4]
KNOWN = {code for codes in CODES.values() for code in codes}


def test_the_page_holds_every_code():
    assert table() in (ROOT / "docs/verdict-codes.md").read_text()


def test_every_code_a_check_ends_with_is_known():
    raised = set()
    for file in (ROOT / "credentials/verification").glob("*.py"):
        for node in ast.walk(ast.parse(file.read_text())):
            name = getattr(getattr(node, "func", None), "id", "")
            place = {"RefusedError": 0, "ProofError": 0, "Check": 2}.get(name)
            if isinstance(node, ast.Call) and place is not None:
                given = node.args[place : place + 1]
                raised |= {part.value for part in given if isinstance(part, ast.Constant)}
    assert raised
    assert raised <= KNOWN
