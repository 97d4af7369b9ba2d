"""The pages' source: no words in templates, colours that can be read, nothing from elsewhere."""

import re
from pathlib import Path

import pytest

import bot
from bot.texts import text_keys

PAGES = Path(bot.__file__).parent / "web" / "pages"
TEMPLATES = sorted(PAGES.glob("*.html"))
CSS = (PAGES / "static" / "site.css").read_text(encoding="utf-8")
CLASSES = re.compile(r"{% block kind %}.*?{% endblock %}")
JINJA = re.compile(r"{#.*?#}|{%.*?%}|{{.*?}}", re.DOTALL)
PAIRS = [
    ("ink", "paper"),
    ("ink-2", "paper"),
    ("ink-2", "card"),
    ("link", "paper"),
    ("link", "card"),
    ("accent", "card"),
    ("accent", "paper"),
    ("on-accent", "accent"),
    *[
        (text, f"{tone}-ground")
        for tone in ("good", "caution", "bad")
        for text in (tone, "ink", "ink-2")
    ],
    ("bad", "card"),
    ("caution", "card"),
]


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda file: file.name)
def test_a_template_holds_structure_and_no_words(template):
    source = template.read_text(encoding="utf-8")
    text = re.sub(r"<[^>]*>", " ", JINJA.sub(" ", CLASSES.sub("", source)))
    assert re.findall(r"[A-Za-z]{2,}", text) == []


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda file: file.name)
def test_every_text_a_template_names_exists(template):
    named = set(re.findall(r"""\bt\(["']([a-z0-9-]+)["'][,)]""", template.read_text("utf-8")))
    assert named <= text_keys("en")


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda file: file.name)
def test_nothing_runs_inline_or_comes_from_elsewhere(template):
    source = template.read_text(encoding="utf-8")
    assert not re.search(r"\son[a-z]+=|style=|<style|javascript:", source)
    assert not re.search(r"""(?:src|href)=["'](?:https?:)?//(?!t\.me/)""", source)
    for script in re.findall(r"<script[^>]*>(.*?)</script>", source, re.DOTALL):
        assert script == ""


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize(("text", "ground"), PAIRS)
def test_text_can_be_read_on_its_ground(scheme, text, ground):
    """WCAG 2.2, 1.4.3: a contrast of 4.5 at least."""
    colours = tokens(scheme)
    lighter, darker = sorted((luminance(colours[text]), luminance(colours[ground])), reverse=True)
    assert (lighter + 0.05) / (darker + 0.05) >= 4.5


def tokens(scheme):
    blocks = re.findall(r":root {(.*?)}", CSS, re.DOTALL)
    return dict(re.findall(r"--([a-z0-9-]+): (#[0-9a-f]{6});", blocks[scheme == "dark"]))


def luminance(colour):
    channels = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
