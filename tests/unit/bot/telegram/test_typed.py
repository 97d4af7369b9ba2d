"""Buttons answer to typed words."""

import pytest

from bot.telegram.callback_data import Press, pack, unpack
from bot.telegram.typed import control_word, filler_words, opening_words, typed_button
from bot.texts import Say

FIELDS = {"Technology": "v1:field:t", "Healthcare": "v1:field:h", "Not sure yet": "v1:field:n"}
HOURS = {"2 hours": "v1:hours:2", "5 hours": "v1:hours:5", "10 hours or more": "v1:hours:10"}
STEPS = {"Skip this one": "v1:skip:a", "Back": "v1:back:", "Cancel": "v1:cancel:"}


@pytest.mark.parametrize(
    ("text", "buttons", "id_"),
    [
        ("technology", FIELDS, "t"),
        ("  HEALTHCARE! ", FIELDS, "h"),
        ("2", FIELDS, "h"),
        ("not sure yet", FIELDS, "n"),
        ("not", FIELDS, "n"),
        ("5", HOURS, "5"),
        ("10", HOURS, "10"),
    ],
)
def test_a_label_its_first_word_or_its_number_presses_the_button(text, buttons, id_):
    assert typed_button(text, buttons).id == id_


def test_two_words_of_a_label_are_enough_where_no_other_has_them():
    sending = {"Yes, send it": "v1:send:a", "Change name": "v1:name:a"}
    queue = {"Open oldest": "v1:oldest:x", "List": "v1:list:"}
    fillers = filler_words(Say())
    assert typed_button("send it", sending) == Press("send", "a")
    assert typed_button("open the oldest please", queue, fillers=fillers) == Press("oldest", "x")
    assert typed_button("open", {**queue, "Open all": "v1:all:"}) is None
    assert typed_button("send it", {**sending, "No, send it later": "v1:later:"}) is None


@pytest.mark.parametrize(
    ("text", "id_"),
    [
        ("open amina", "a"),
        ("show me tom's", "t"),
        ("let me see the one of amina please", None),
        ("see sql", None),
        ("open", None),
        ("open it", None),
    ],
)
def test_a_name_after_open_presses_the_only_button_with_it(text, id_):
    waiting = {
        "Amina · SQL Foundations · 2 days": "v1:rv_open:a",
        "Tom · SQL Foundations · 1 day": "v1:rv_open:t",
    }
    say = Say()
    pressed = typed_button(text, waiting, fillers=filler_words(say), openers=opening_words(say))
    assert (pressed.id if pressed else None) == id_


@pytest.mark.parametrize(
    ("text", "buttons"),
    [
        ("3", HOURS),
        ("9", FIELDS),
        ("", FIELDS),
        ("technology is what I love most", FIELDS),
        ("😀", FIELDS),
    ],
)
def test_other_words_press_nothing(text, buttons):
    assert typed_button(text, buttons) is None


def test_a_control_word_presses_the_button_that_starts_with_it():
    assert typed_button("next", STEPS, control="skip") == Press("skip", "a")
    assert typed_button("go back", STEPS, control="back") == Press("back", "")


def test_numbers_are_content_where_content_is_asked_for():
    assert typed_button("2", FIELDS, numbers=False) is None


@pytest.mark.parametrize(
    ("text", "control"),
    [
        ("Cancel", "cancel"),
        ("stop!", "cancel"),
        ("go back", "back"),
        ("SKIP", "skip"),
        ("?", "help"),
        ("stop reminding me", None),
    ],
)
def test_control_words(text, control):
    assert control_word(text, Say()) == control


@pytest.mark.parametrize(
    "data", [None, "", "v2:field:t", "v1:field", "v1:FIELD:x", "x" * 65, "v1:a b:c"]
)
def test_foreign_callback_data_is_no_press(data):
    assert unpack(data) is None


def test_callback_data_that_does_not_fit_is_refused():
    assert unpack(pack("field", "t")) == Press("field", "t")
    with pytest.raises(ValueError, match="fit"):
        pack("field", "x" * 41)
