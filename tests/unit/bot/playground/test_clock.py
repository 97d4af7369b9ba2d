"""The world's clock and its file."""

from datetime import UTC, datetime

import pytest

from bot.playground.clock import WorldClock

NOON = datetime(2026, 11, 24, 12, tzinfo=UTC)
DAY = 86_400


def clock_at_noon(file=None):
    return WorldClock(file, now=lambda: NOON)


def test_the_offset_is_written_as_plain_seconds(tmp_path):
    file = tmp_path / "new" / "clock"
    clock = clock_at_noon(file)
    clock.advance(DAY)
    clock.move_to(datetime(2026, 12, 1, 12, tzinfo=UTC))
    assert file.read_text() == str(7 * DAY)
    assert list(file.parent.iterdir()) == [file]
    assert clock.now() == datetime(2026, 12, 1, 12, tzinfo=UTC)


def test_a_new_playground_starts_where_the_file_is(tmp_path):
    file = tmp_path / "clock"
    clock_at_noon(file).advance(3600)
    assert clock_at_noon(file).offset == 3600


@pytest.mark.parametrize("content", ["", "soon", "\x00"])
def test_an_unreadable_file_means_no_offset(tmp_path, content):
    file = tmp_path / "clock"
    file.write_text(content)
    assert clock_at_noon(file).offset == 0


def test_a_moment_no_date_can_hold_changes_nothing():
    clock = clock_at_noon()
    with pytest.raises(OverflowError):
        clock.advance(10**15)
    assert clock.offset == 0


def test_the_clock_is_turned_over_http(driver, clock_file):
    assert driver.see("clock")["offset"] == 0
    assert driver.sim("clock", advance=7 * DAY)["offset"] == 7 * DAY
    assert clock_file.read_text() == str(7 * DAY)
    driver.sim("clock", to="2030-01-01T00:00:00+02:00")
    assert driver.see("clock")["now"].startswith("2029-12-31T22:00")
    assert driver.sim("clock", to="2020-01-01T00:00:00Z")["status"] == 409
    driver.sim("reset", clock=True)
    assert clock_file.read_text() == "0"
