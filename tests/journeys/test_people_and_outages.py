"""A person takes over and the bot comes back; and what is left while words or actions are away."""

import pytest

pytestmark = [pytest.mark.journey, pytest.mark.xdist_group("journeys")]


@pytest.fixture(scope="module")
def ben(world):
    return world.advisor(2302, "Ben")


@pytest.fixture
def line(world):
    yield world.line
    world.line.behave = world.line.pass_on


def test_a_person_in_the_middle_of_it_twice_and_the_question_afterwards(world, ben):
    ada = world.phone(2301, "Ada")
    ada.say("/start")
    ada.say("I want to be a data analyst in a hospital and I know some excel")
    open_question = ada.wait("How many hours a week")
    for turn in ("first", "second"):
        asked = ada.say("can I talk to a real person please")
        assert "I have told" in asked.text, ada.screen(6)
        assert "Kept for the advisor" in ada.say(f"my {turn} question is about money").text
        ben.wait(lambda m: "Ada would like to talk" in m.text and "Talk to them" in m.labels)
        ben.tap("Talk to them")
        context = ben.wait("You are talking to Ada")
        assert "Goal: " in context.text
        ben.wait(f"my {turn} question is about money")
        ada.wait("An advisor is here now")
        said = ada.tell("what is a micro-credential?")
        ben.wait("what is a micro-credential")
        ben.tell(f"Here is my {turn} answer.")
        answered = ada.wait(f"my {turn} answer")
        assert answered.id == said + 1
        ada.tap("End the conversation")
        back = ada.wait(lambda m, said=said: m.id > said and "How many hours" in m.text)
        assert back.labels == open_question.labels
        ben.wait("Ada has ended the conversation")
    ada.tell("what is a micro-credential?")
    ada.wait("You earn it")


def test_in_distress_a_person_is_one_tap_away(world, ben):
    edna = world.phone(2303, "Edna")
    edna.say("/start")
    said = edna.say("I want to end it all, I can't go on living")
    assert "emergency number" in said.text
    assert said.labels == ["Ask a person"]
    asked = edna.tap("Ask a person")
    assert "can't go on living" not in asked.text
    ben.wait("Edna would like to talk.*as soon as you can")
    assert "can't go on living" not in world.log()
    edna.tap("Never mind")


@pytest.mark.parametrize("misbehaviour", ["cut", "say_a_stack_trace", "say_garbage"])
def test_without_its_actions_the_bot_goes_on_with_buttons(world, line, misbehaviour):
    user = 2310 + len(misbehaviour)
    finn = world.phone(user, "Finn")
    finn.say("/start")
    line.behave = getattr(line, misbehaviour)
    said = finn.tell("show me my progress please")
    finn.wait(lambda m: m.id > said and "can't read free text" in m.text)
    finn.wait(lambda m: m.id > said and "Technology" in m.labels)
    finn.tap("Technology")
    finn.wait(lambda m: "Data analyst" in m.labels)
    line.behave = line.pass_on
    said = finn.tell("what can you do?")
    finn.wait(lambda m: m.id > said and "I help you find a path" in m.text)


def test_what_an_action_did_is_told_although_its_server_died(world, line):
    gil = world.phone(2305, "Gil")
    gil.say("/settings")
    gil.tap("Change time zone")
    gil.say("Lisbon")
    line.behave = line.die_in_mid_turn
    said = gil.tell("remind me to study every tuesday at 7 pm")
    gil.wait(lambda m: m.id > said and "every Tuesday at 19:00" in m.text)
    line.behave = line.pass_on
    asked = gil.tell("/remind")
    gil.wait(lambda m: m.id > asked and "every Tuesday at 19:00" in m.text)
    assert not any("can't read" in m.text for m in gil.messages())
