"""What is said now decides who answers, whatever came before."""

from __future__ import annotations

import asyncio
from pathlib import Path

from rasa.core.agent import Agent
from rasa.core.test import test as replay

STORIES = Path(__file__).with_name("stories.yml")


def test_every_way_is_gone_as_it_is_told(agent: Agent, tmp_path: Path) -> None:
    report = asyncio.run(
        replay(str(STORIES), agent, out_directory=str(tmp_path), disable_plotting=True)
    )
    assert report["report"]["conversation_accuracy"]["accuracy"] == 1.0
