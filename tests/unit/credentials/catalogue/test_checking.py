"""`catalogue check` names what is wrong with file and line, and what is incomplete by whose word."""

import re
from pathlib import Path

import pytest

from credentials.catalogue import (
    Achievement,
    check_folder,
    find_dead_links,
    find_incomplete,
    find_incomplete_listings,
)
from credentials.catalogue.circles import find_circles
from credentials.catalogue.entries import Provenance
from credentials.catalogue.folders import STARTER, read_folder
from credentials.catalogue.listings import Listing

GUIDE = Path(__file__).resolve().parents[4] / "docs" / "first-credential.md"


@pytest.fixture
def example():
    found = re.search(r"```yaml\n(.*?)```", GUIDE.read_text(), re.DOTALL)
    return found[1]


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "achievements").mkdir()

    def write(**texts):
        for name, text in texts.items():
            (tmp_path / "achievements" / f"{name.replace('_', '-')}.yaml").write_text(text)
        return tmp_path

    return write


def said(findings):
    return [str(finding) for finding in findings]


def line(text, start):
    return next(n for n, row in enumerate(text.splitlines(), 1) if row.startswith(start))


def test_the_starter_catalogue_has_no_errors():
    assert check_folder(STARTER) == []


@pytest.mark.parametrize(
    ("old", "new", "rule", "words"),
    [
        (r"prerequisites: \[\].*", "prerequisites: [[nowhere]]", "prerequisite", "prerequisite nowhere does not exist"),
        (r"prerequisites: \[\].*", "prerequisites: [[customer-interviews]]", "circle", "prerequisites go in a circle: customer-interviews → customer-interviews"),
        (r"stacks_into: null", "stacks_into: customer-interviews", "stack", "stacks into customer-interviews, which leads back to it"),
        (r"stacks_into: null", "stacks_into: nowhere", "stack", "stacks into nowhere, which does not exist"),
        (r"not_yet: \{en: .*", 'not_yet: {en: ""}', "rubric", "criterion questions has no rubric"),
        (r"skills: \[user-research\]", "skills: [alchemy]", "skill", "criterion questions: unknown skill alchemy"),
    ],
)  # fmt: skip
def test_a_mistake_is_named_with_its_line(folder, example, old, new, rule, words):
    text = re.sub(old, new, example, count=1)
    assert text != example
    path = folder(customer_interviews=text)
    found = [finding for finding in check_folder(path) if finding.rule == rule]
    assert words in found[0].says
    file, number = found[0].place.split(":")
    assert file == "achievements/customer-interviews.yaml"
    assert 1 < int(number) <= len(text.splitlines())


def test_an_achievement_without_rubric_or_skills_says_so(folder, example):
    text = re.sub(r"criteria:\n.*?(?=^\S)", "", example, flags=re.DOTALL | re.MULTILINE)
    text = re.sub(r"^skills:\n( +.*\n)+", "skills: []\n", text, flags=re.MULTILINE)
    rules = {finding.rule for finding in check_folder(folder(one=text))}
    assert {"rubric", "alignment"} <= rules


def test_a_circle_over_several_is_told_once(folder, example):
    def entry(code, needs):
        text = example.replace("code: customer-interviews", f"code: {code}")
        text = text.replace("name: {en: Customer Interviews}", f"name: {{en: {code}}}")
        return re.sub(r"prerequisites: \[\].*", f"prerequisites: {needs}", text)

    path = folder(
        a=entry("aa", "[[bb]]"), b=entry("bb", "[[cc, sql-foundations]]"), c=entry("cc", "[[aa]]")
    )
    assert check_folder(path) == []  # sql-foundations leads out
    path = folder(b=entry("bb", "[[cc]]"))
    (found,) = check_folder(path)
    assert found.place == f"achievements/a.yaml:{line(example, 'prerequisites')}"
    assert found.says == "prerequisites go in a circle: aa → bb → cc → aa"


def test_the_same_code_or_name_twice_is_named(folder, example):
    other = example.replace("code: customer-interviews", "code: other")
    path = folder(a=example, b=example, c=other)
    found = said(check_folder(path))
    assert len(found) == 2
    assert "achievements/b.yaml:2: customer-interviews is in achievements/a.yaml:2 too" in found
    assert any("has the same name as customer-interviews" in words for words in found)


def test_a_wrong_value_is_named_with_its_line(folder, example):
    path = folder(one=example.replace("level: foundation", "level: expert"))
    number = line(example, "level: foundation")
    assert said(check_folder(path))[0].startswith(f"achievements/one.yaml:{number}: level: ")


def test_what_a_description_lacks_is_named_with_who_asks(folder, example):
    text = re.sub(r"eqf: 4.*", "eqf: null", example)
    text = re.sub(r"participation: .*\n", "", text)
    path = folder(one=text)
    assert check_folder(path) == []
    found = find_incomplete(path)
    assert [finding.says for finding in found] == [
        "lacks level (EQF) (EU 2022/C 243/02)",
        "lacks form of participation (EU 2022/C 243/02)",
    ]
    assert not any(finding.is_error for finding in found)


def test_pages_that_do_not_open_are_named(folder, example):
    path = folder(one=example)
    found = find_dead_links(path, lambda url: "not_found")
    assert [(finding.rule, finding.is_error) for finding in found] == [("link", True)]
    assert "https://" in found[0].says
    assert not find_dead_links(path, lambda url: "too_slow")[0].is_error
    assert find_dead_links(path, lambda url: None) == []


def test_imported_entries_say_what_they_lack():
    listing = Listing(
        code="a",
        version="1",
        type="Badge",
        name={"en": "A"},
        prerequisites=(("nowhere",),),
        provenance=Provenance(source="CTDL", id="a", file="a.json"),
    )
    assert said(find_incomplete_listings({"a": listing}, {})) == [
        "a.json (a): cannot be advised: it does not say description, provider, effort, cost, skills",
        "a.json (a): prerequisite nowhere does not exist",
    ]


def test_a_way_around_is_no_circle():
    def needing(*prerequisites):
        first = next(iter(read_folder(STARTER).achievements.values()))
        return first.model_copy(update={"prerequisites": prerequisites})

    known: dict[str, Achievement] = {
        "a": needing(("b", "c")),
        "b": needing(("a",)),
        "c": needing(),
    }
    assert find_circles(known) == []
