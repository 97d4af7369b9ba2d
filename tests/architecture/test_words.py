"""Whatever can be meant has examples, a rule and somebody who answers it."""

import re
from pathlib import Path

import pytest
import yaml

from actions.server import all_actions
from actions.words import OFFERED_AS
from bot.telegram.handlers.words import ASIDES, BEFORE_SENDING, DIGRESSIONS

NLU = Path(__file__).resolve().parents[2] / "nlu"
FALLBACK = "nlu_fallback"
FEWEST_EXAMPLES = 40
SHORT = 2  # words; anybody says "good morning"


def read(folder):
    return [yaml.safe_load(file.read_text()) for file in sorted((NLU / folder).glob("*.yml"))]


@pytest.fixture(scope="module")
def intents():
    return {intent for part in read("domain") for intent in part.get("intents", [])}


@pytest.fixture(scope="module")
def answers():
    """Which action answers which intent."""
    found = {}
    for part in read("data/rules"):
        for rule in part["rules"]:
            intent, action = (next(iter(step.values())) for step in rule["steps"])
            assert intent not in found, f"{intent} has two rules"
            found[intent] = action
    return found


@pytest.fixture(scope="module")
def examples():
    found = {}
    for part in read("data/nlu"):
        for block in part["nlu"]:
            if "intent" in block:
                lines = block["examples"].splitlines()
                found[block["intent"]] = [line.strip()[2:] for line in lines if line.strip()]
    return found


def plain(phrase):
    return (
        re.sub(r"\W+", " ", re.sub(r"\[([^\]]+)\][({][^)}]*[)}]", r"\1", phrase)).casefold().strip()
    )


def test_every_intent_has_a_rule(intents, answers):
    assert set(answers) == intents


def test_every_rule_has_somebody_who_answers(answers):
    ours = {action.__new__(action).name() for action in all_actions()}
    told = {name for part in read("domain") for name in part.get("actions", [])}
    screens = {name for part in read("domain") for name in part.get("responses", {})}
    assert told == ours
    assert set(answers.values()) <= ours | screens


def test_every_intent_has_examples(intents, examples):
    few = {name: len(said) for name, said in examples.items() if len(said) < FEWEST_EXAMPLES}
    assert few == {}
    assert set(examples) == intents - {FALLBACK}


def test_no_example_stands_under_two_intents(examples):
    meant = {}
    for intent, phrases in examples.items():
        for phrase in phrases:
            meant.setdefault(plain(phrase), set()).add(intent)
    assert {phrase: found for phrase, found in meant.items() if phrase and len(found) > 1} == {}


def test_what_we_are_measured_with_is_no_example(examples):
    content = yaml.safe_load((NLU / "tests" / "held_out" / "utterances.yml").read_text())
    apart = {
        plain(line.strip()[2:])
        for block in content["nlu"]
        for line in block["examples"].splitlines()
    }
    learned = {plain(phrase) for phrases in examples.values() for phrase in phrases}
    assert {phrase for phrase in apart & learned if len(phrase.split()) > SHORT} == set()


def test_tables_of_intents_name_intents(intents):
    assert set(OFFERED_AS) | ASIDES | BEFORE_SENDING | DIGRESSIONS <= intents
