"""Telegram's HTML: text, entities in UTF-16 units, and its errors."""

import html

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.playground.entities import TAGS, parse_html, read_text, units
from bot.playground.errors import BotApiError

WORDS = st.text(
    st.characters(codec="utf-8", exclude_categories=["Cs", "Cc", "Z"]) | st.sampled_from("👋🧪<&>"),
    min_size=1,
    max_size=8,
)
PIECES = st.lists(
    st.tuples(st.sampled_from(["", "b", "i", "u", "s", "code", "blockquote"]), WORDS), max_size=6
)


def in_utf16(text, entity):
    encoded = text.encode("utf-16-le")
    end = entity["offset"] + entity["length"]
    return encoded[2 * entity["offset"] : 2 * end].decode("utf-16-le")


@given(PIECES)
def test_entities_cover_the_words_they_were_around(pieces):
    source = "".join(
        f"<{tag}>{html.escape(word)}</{tag}>" if tag else html.escape(word) for tag, word in pieces
    )
    parsed = parse_html(source)
    assert parsed.text == "".join(word for _, word in pieces)
    covered = [(entity["type"], in_utf16(parsed.text, entity)) for entity in parsed.entities]
    assert covered == [(TAGS[tag], word) for tag, word in pieces if tag]


@given(st.text(st.characters(codec="utf-8", exclude_categories=["Cs"])))
def test_escaped_text_comes_through_unchanged(text):
    parsed = parse_html(html.escape(text))
    assert (parsed.text, parsed.entities) == (text, ())


@given(st.text(st.sampled_from("<>/&;abi \"'=👋")))
def test_any_source_is_parsed_or_refused_in_the_apis_shape(source):
    try:
        parsed = read_text(source, "HTML")
    except BotApiError as refused:
        said, end, parsed = refused.description, 0, None
    else:
        said, end = "", units(parsed.text)
    assert parsed is not None or said.startswith("Bad Request: can't parse entities: ")
    assert all(e["offset"] + e["length"] <= end for e in (parsed.entities if parsed else ()))


@pytest.mark.parametrize(
    ("source", "words"),
    [
        ("<div>x</div>", 'Unsupported start tag "div" at byte offset 0'),
        ("ü < 3", 'Unsupported start tag "" at byte offset 3'),
        ("<b>x", 'Can\'t find end tag corresponding to start tag "b"'),
        ("x</b>", "Unexpected end tag at byte offset 1"),
        (
            "<b><i>x</b></i>",
            'Unmatched end tag at byte offset 7, expected "</i>", found "</b>"',
        ),
        ("<b", "Unclosed start tag at byte offset 0"),
        ("<span>x</span>", 'Tag "span" must have class "tg-spoiler" at byte offset 0'),
    ],
)
def test_broken_html_is_refused_in_telegrams_words(source, words):
    with pytest.raises(BotApiError) as refused:
        parse_html(source)
    assert refused.value.description == f"Bad Request: can't parse entities: {words}"


@pytest.mark.parametrize(
    ("source", "entity"),
    [
        (
            '<a href="https://example.org/?a=1&amp;b=2">x</a>',
            {"type": "text_link", "url": "https://example.org/?a=1&b=2"},
        ),
        ('<pre><code class="language-sql">x</code></pre>', {"type": "pre", "language": "sql"}),
        ("<tg-spoiler>x</tg-spoiler>", {"type": "spoiler"}),
        ('<span class="tg-spoiler">x</span>', {"type": "spoiler"}),
        ("<blockquote expandable>x</blockquote>", {"type": "expandable_blockquote"}),
        ("<STRONG>x</STRONG>", {"type": "bold"}),
    ],
)
def test_tags_become_entities(source, entity):
    assert parse_html(source).entities == ({**entity, "offset": 0, "length": 1},)


def test_a_link_to_nowhere_is_plain_text():
    assert parse_html('<a href="javascript:alert(1)">x</a>').entities == ()


def test_white_space_at_the_ends_is_dropped_with_its_formatting():
    text = read_text(" \n<b> 👋 x </b>\n", "HTML")
    assert text.text == "👋 x"
    assert text.entities == ({"type": "bold", "offset": 0, "length": 4},)


def test_links_and_commands_are_found():
    text = read_text("See https://example.org/a. or /help, <code>/no</code> a@b.org", "HTML")
    found = [(entity["type"], in_utf16(text.text, entity)) for entity in text.entities]
    assert found == [
        ("url", "https://example.org/a"),
        ("bot_command", "/help"),
        ("code", "/no"),
        ("email", "a@b.org"),
    ]


def test_text_that_is_no_text_is_refused():
    with pytest.raises(BotApiError, match="UTF-8"):
        read_text("\ud800", "")
