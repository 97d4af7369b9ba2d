"""The command line starts without what most verbs do not need."""

import subprocess
import sys


def test_help_needs_neither_the_database_nor_telegram():
    heavy = "{'sqlalchemy', 'telegram', 'numpy', 'rasa_sdk', 'PIL', 'uvicorn'}"
    code = f"import sys, bot.__main__; print(sorted({heavy} & set(sys.modules)))"
    found = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert found.stdout.strip() == "[]"
