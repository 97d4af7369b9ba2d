"""An advisor puts a badge on hold, lets it stand again and withdraws it, all in the chat."""

import pytest

pytestmark = [pytest.mark.journey, pytest.mark.xdist_group("journeys")]


def earn(learner, advisor):
    """A badge, from the first word to the picture."""
    learner.say("/start")
    learner.say("/evidence")
    learner.tap("Technology")
    learner.choose("SQL Foundations")
    learner.say("SELECT a.x, b.y FROM a JOIN b ON b.id = a.id JOIN c ON c.id = b.c_id")
    learner.say("SELECT ward, count(*) FROM visits GROUP BY ward HAVING count(*) > 3")
    learner.say("Most people waited on Mondays; the numbers cover March only.")
    learner.tap("No name")
    learner.tap("Yes, send it")
    advisor.wait("New work to review: SQL Foundations")
    advisor.say("/queue")
    advisor.tap("Open oldest")
    for point in "bc":
        advisor.tap("Met")
        advisor.wait(lambda message, p=point: message.text.startswith(f"{p})"))
    advisor.tap("Met")
    advisor.wait("3 of 3 met")
    done = advisor.tap("Approve and sign")
    badge = learner.wait(lambda message: bool(message.files) and "approved" in message.text)
    return done, learner.content(badge.files[0])


def test_an_advisor_changes_a_badge_and_its_holder_is_told(world):
    nora, sam = world.advisor(2401, "Nora"), world.phone(2402, "Sam")
    done, picture = earn(sam, nora)
    assert "This badge" in done.labels
    nora.tap("This badge")
    nora.wait(lambda message: "Put on hold" in message.labels)
    asked = nora.tap("Put on hold")
    assert "Why?" in asked.text
    confirm = nora.say("Is this the query from the course book? We are asking.")
    assert "The holder will read" in confirm.text
    assert "On hold." in nora.tap("Yes, put it on hold").text
    told = sam.wait("SQL Foundations is on hold")
    assert "We are asking." in told.text
    kim = world.phone(2403, "Kim")
    kim.say("/start")
    checked = kim.send("badge.png", picture)
    assert "on hold" in checked.text.casefold()
    assert "We are asking." not in checked.text
    nora.tap("This badge")
    nora.wait(lambda message: "Let it stand again" in message.labels)
    nora.tap("Let it stand again")
    nora.say("It is Sam's own; thank you for waiting.")
    nora.tap("Yes, let it stand again")
    sam.wait("SQL Foundations stands again")
    assert "Genuine and current" in kim.send("badge.png", picture).text
    listed = nora.say("/issued")
    assert "Badges that are out" in listed.text
    nora.tap("Sam: SQL Foundations")
    nora.wait(lambda message: "Withdraw" in message.labels)
    nora.tap("Withdraw")
    nora.say("Sam asked us to take it back.")
    assert "Withdrawn." in nora.tap("Yes, withdraw it").text
    told = sam.wait("SQL Foundations was withdrawn")
    assert "Ask a person" in told.labels
    checked = kim.send("badge.png", picture)
    assert "withdrawn" in checked.text.casefold()
