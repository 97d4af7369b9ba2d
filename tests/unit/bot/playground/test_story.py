"""The story folder: read, watched, and never more than shown."""

import json

import pytest

from bot.playground.story import StoryFolder

ANA = 2001
STORY = {
    "bot": {"token": "99:story", "username": "StoryBot", "name": "Story"},
    "people": [
        {
            "key": "learner",
            "user_id": ANA,
            "first_name": "Ana <b>",
            "language_code": "es",
            "chips": [{"label": "Hi", "text": "hello"}],
            "files": [
                {"name": "a.txt", "path": "files/a.txt", "caption": "Mine"},
                {"name": "outside", "path": "../secret"},
            ],
        }
    ],
    "moments": [{"label": "later", "at": "2030-01-01T00:00:00Z"}],
    "links": [{"label": "Bad", "url": "javascript:alert(1)"}, {"label": "Ok", "url": "http://a.b"}],
    "status": [{"name": "Bot", "state": "burning", "text": "x"}],
}


def write(folder, story):
    (folder / "story.json").write_text(story if isinstance(story, str) else json.dumps(story))


@pytest.fixture
def story_folder(tmp_path):
    folder = tmp_path / "story"
    (folder / "files").mkdir(parents=True)
    (folder / "files" / "a.txt").write_text("sample")
    (tmp_path / "secret").write_text("secret")
    write(folder, STORY)
    return folder


def test_the_story_names_the_bot_and_its_only_token(driver):
    assert driver.http.get("/bot42:test/getMe").status_code == 401
    me = driver.http.get("/bot99:story/getMe").json()["result"]
    assert (me["id"], me["username"], me["first_name"]) == (99, "StoryBot", "Story")


def test_people_send_sample_files_from_inside_the_folder_only(driver):
    sent = driver.sim("story-file", user=ANA, name="a.txt")
    assert driver.bytes_of(sent["file"]["unique_id"]) == b"sample"
    assert driver.chat(ANA)[0]["text"] == "Mine"
    assert driver.sim("story-file", user=ANA, name="outside")["status"] == 404
    update = driver.http.get("/bot99:story/getUpdates").json()["result"][0]
    assert update["message"]["from"]["first_name"] == "Ana <b>"
    assert update["message"]["from"]["language_code"] == "es"


def test_only_web_links_and_known_states_are_told(driver):
    story = driver.see("state")["story"]
    assert [link["label"] for link in story["links"]] == ["Ok"]
    assert story["status"][0]["state"] == "starting"
    assert [file["name"] for file in story["people"][0]["files"]] == ["a.txt"]


def test_a_changed_story_is_told_to_the_page(driver, story_folder):
    seq = driver.see("state")["seq"]
    write(story_folder, {**STORY, "status": [{"name": "Bot", "state": "ready", "text": "here"}]})
    told = driver.see("wait", since=seq, kinds="story", timeout=20)["events"][0]["story"]
    assert told["status"] == [{"name": "Bot", "state": "ready", "text": "here"}]


def test_a_broken_story_keeps_the_last_good_one(tmp_path):
    write(tmp_path, STORY)
    folder = StoryFolder(tmp_path)
    assert folder.refresh() is True
    assert folder.refresh() is False
    write(tmp_path, "{ half a story")
    assert folder.refresh() is True
    assert folder.story.people[0].user_id == ANA
    assert "cannot be read" in folder.story.problem


def test_without_a_story_there_are_three_people(tmp_path):
    folder = StoryFolder(tmp_path)
    assert folder.refresh() is False
    assert [person.title for person in folder.story.people] == ["Learner", "Advisor", "Employer"]
