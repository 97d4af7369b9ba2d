"""Trains Rasa's default pipeline on our examples and measures it on the held-out phrases.

It takes twenty minutes of both cores and more, so its figures are kept in `peer/figures.json`, from where
the report takes them. Usage: python tests/compare.py, in the Rasa project.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

from measuring import held_out, measure, parser_of
from rasa import model_training
from rasa.core.agent import Agent
from reporting import PEER, figures

PROJECT = Path(__file__).resolve().parents[1]


def main() -> None:
    """Train, measure, keep the figures."""
    found = model_training.train_nlu(
        config=str(PEER.parent / "config.yml"),
        nlu_data=str(PROJECT / "data" / "nlu"),
        output=str(PROJECT / "models" / "peer"),
        fixed_model_name="rasa-default",
    )
    if found is None:
        sys.exit("the training failed")
    scores = measure(parser_of(Agent.load(found)), held_out())
    examples = sum(
        line.startswith("    - ")
        for path in sorted((PROJECT / "data" / "nlu").glob("*.yml"))
        for line in path.read_text(encoding="utf-8").splitlines()
    )
    told = {"training examples": examples, **figures(scores)}
    PEER.write_text(json.dumps(told, indent=1) + "\n", encoding="utf-8")
    print(json.dumps(told, indent=1))


if __name__ == "__main__":
    main()
