"""Ways nobody planned: stale presses, questions in between, files too early, words cut in two."""

import json

import pytest

pytestmark = [pytest.mark.journey, pytest.mark.xdist_group("journeys")]


def begin_evidence(phone):
    phone.say("/start")
    phone.say("/evidence")
    phone.tap("Technology")
    return phone.choose("SQL Foundations")


def test_what_one_can_do_is_told_by_buttons_too(world):
    ari = world.phone(2201, "Ari")
    ari.say("/start")
    ari.tap("Technology")
    ari.tap("Data analyst")
    asked = ari.last()
    skill = asked.labels[0]
    more = ari.tap(skill)
    assert f"Noted: {skill}" in more.text
    assert skill not in more.labels
    ari.tap("That's all")
    pathway = ari.tap("5 h")
    assert "From what you told me you have 0 " not in pathway.text


def test_a_stale_press_shows_where_one_is(world):
    bo = world.phone(2202, "Bo")
    bo.say("/start")
    for data in ("v1:hours:999", "v1:nonsense:x", "v1:badge:nobodys"):
        seen = bo.last().id
        bo.press(data)
        shown = bo.wait(lambda message, seen=seen: message.id > seen + 1)
        assert shown.text.startswith("What work would you like to do?")
        assert "Technology" in shown.labels


def test_one_question_at_a_time_after_a_digression(world):
    cy = world.phone(2203, "Cy")
    cy.say("/start")
    for said, answer in (
        ("🙂🙂🙂", "but not this"),
        ("what is a micro-credential?", "You earn it"),
    ):
        told = cy.say(said)
        asked = cy.wait(
            lambda message, told=told: (
                message.text.startswith("What work") and (message.id >= told.id)
            )
        )
        before = next(message for message in cy.messages() if message.id == asked.id - 1)
        assert answer in before.text
        assert before.labels == []


def test_questions_and_greetings_are_no_evidence(world):
    dot = world.phone(2204, "Dot")
    begin_evidence(dot)
    assert "Start with a)" in dot.say("hello").text
    seen = dot.last().id
    dot.say("🎉🎉")
    dot.wait(lambda message: message.id > seen + 2 and "Start with a)" in message.text)
    dot.say("how much does it cost?")
    told = dot.wait("cost nothing here")
    dot.wait(lambda message: message.id > told.id and "Start with a)" in message.text)
    kept = dot.say("The query joins visits and clinics by the clinic's id.")
    assert "Saved your words. 1 of 3" in kept.text


def test_everything_sent_is_acknowledged_up_to_the_last(world):
    eli = world.phone(2205, "Eli")
    begin_evidence(eli)
    eli.say("The query joins visits and clinics.")
    eli.send("counts.csv", b"clinic,visits\nNorth,3\n")
    last = eli.send("told.txt", b"North is late most often.")
    assert "Saved told.txt. 3 of 3" in last.text
    more = eli.say("the query is at https://example.org/visits.sql")
    assert "Saved the link" in more.text
    assert "Yes, send it" in more.labels


def test_start_goes_on_where_one_was(world):
    fay = world.phone(2206, "Fay")
    begin_evidence(fay)
    fay.say("The query joins visits and clinics.")
    assert fay.say("/start").text.startswith("b)")


def test_work_that_comes_too_early_finds_its_place(world):
    gus = world.phone(2207, "Gus")
    gus.say("/start")
    gus.send("joins.sql", b"SELECT 1 FROM a JOIN b USING (id);")
    gus.wait(lambda message: "Show my work" in message.labels)
    assert "I have “joins.sql” from you" in gus.tap("Show my work").text
    gus.tap("Technology")
    asked = gus.choose("SQL Foundations")
    assert "leave out names, faces and numbers" in asked.text
    kept = gus.tap("Use joins.sql here")
    assert kept.text.startswith("Saved joins.sql")
    assert not any(label.startswith("Use ") for label in kept.labels)


def test_it_is_what_was_just_shown(world):
    liv = world.phone(2212, "Liv")
    liv.say("/start")
    liv.say("I want to be a data analyst")
    liv.tap("Nothing yet")
    liv.tap("5 h")
    card = liv.tap("Choose: ")
    title = card.text.partition("\n")[0]
    assert "I've finished it" in card.labels
    asked = liv.say("I want to send in my work for it")
    assert title in asked.text
    assert "Start with a)" in asked.text


def test_a_pasted_credential_that_was_cut_is_explained_once(world):
    hal = world.phone(2208, "Hal")
    hal.say("/start")
    document = {"id": "x", "name": "y", **{f"part{n}": "z" * 90 for n in range(60)}}
    answer = hal.say(json.dumps(document, indent=1))
    assert "longer than one message" in answer.text
    hal.say("/privacy")
    answers = [message for message in hal.messages() if message.is_from_bot]
    assert len(answers) == 3


def test_a_link_to_a_badge_that_is_not_there_says_so(world):
    ivy = world.phone(2209, "Ivy")
    ivy.say("/start")
    said = ivy.say(f"{world.web}/credentials/00000000-0000-4000-8000-000000000000")
    assert said.text.startswith("I couldn't find a badge at that link")


def test_the_queue_tells_whose_work_it_is(world):
    kai = world.advisor(2211, "Kai")
    jo = world.phone(2210, "Jo")
    begin_evidence(jo)
    for words in ("A query that joins.", "A query that counts.", "And what it means."):
        jo.say(words)
    jo.tap("Yes, send it")
    kai.wait("New work to review")
    kai.say("/queue")
    assert any(label.startswith("Jo: SQL Foundations") for label in kai.tap("List").labels)
    jo.tap("Withdraw")


def test_what_names_no_place_is_answered_for_what_it_is(world):
    zoe = world.phone(2214, "Zoe")
    zoe.say("/start")
    asked = zoe.say("remind me every sunday at 10 am")
    assert "city" in asked.text.casefold()
    told = zoe.say("can i talk to someone real")
    assert "advisor" in told.text.casefold()
