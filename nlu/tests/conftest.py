"""The trained model, loaded once."""

from __future__ import annotations

from pathlib import Path

import pytest
from rasa.core.agent import Agent

MODEL = Path(__file__).resolve().parents[1] / "models" / "skillmark.tar.gz"


@pytest.fixture(scope="session")
def agent() -> Agent:
    return Agent.load(str(MODEL))
