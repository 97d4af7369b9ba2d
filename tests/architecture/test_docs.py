"""The docs say what is true: every setting, every code, and an example that can be loaded."""

import re
from pathlib import Path

from bot.settings import Settings
from credentials.catalogue import check_folder
from credentials.verification.codes import table

DOCS = Path(__file__).resolve().parents[2] / "docs"
BARE = {"telegram_bot_token"}


def test_every_setting_is_described():
    described = (DOCS / "operating.md").read_text()
    for name, field in Settings.model_fields.items():
        shown = name.upper() if name in BARE else f"SKILLMARK_{name.upper()}"
        assert f"| `{shown}` | {field.description or ''}" in described, shown


def test_every_code_of_a_verdict_is_described():
    assert table() in (DOCS / "verdict-codes.md").read_text()


def test_the_example_credential_is_in_order(tmp_path):
    guide = (DOCS / "first-credential.md").read_text()
    example = re.search(r"```yaml\n(.*?)```", guide, re.DOTALL)
    assert example is not None
    (tmp_path / "achievements").mkdir()
    (tmp_path / "achievements" / "customer-interviews.yaml").write_text(example[1])
    assert check_folder(tmp_path) == []
