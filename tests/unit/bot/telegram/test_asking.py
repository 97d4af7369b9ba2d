"""What is a question by its form, and what is a name."""

import pytest

from bot.telegram.asking import is_question, own_name


@pytest.mark.parametrize(
    "text",
    [
        "which files do you take",
        "ugh ok what should it look like",
        "Is an exam possible?",
        "seriously? I paid for the course, isn't that enough",
        "who looks at this btw",
        "so where does my badge go",
        "whats that",
        "what's it for",
        "why this one",
    ],
)
def test_questions_are_known_by_their_form(text):
    assert is_question(text)


@pytest.mark.parametrize(
    "text",
    [
        "The query joins visits and clinics by the clinic's id.",
        "I showed what each ward orders and why.",
        "And what it means.",
        "how I did it: one query per ward",
        "what I did: " + "counted every row and compared it with the list. " * 3,
        "https://example.org/what-is-this",
    ],
)
def test_work_is_no_question(text):
    assert not is_question(text)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Maria Soto, that's right", "Maria Soto"),
        ("my name is Ada Lovelace", "Ada Lovelace"),
        ("Jean-Luc O'Brien", "Jean-Luc O'Brien"),
        ("send it now", None),
        ("Yes", None),
        ("I joined two tables", None),
    ],
)
def test_names_are_written_with_capitals(text, name):
    assert own_name(text) == name
