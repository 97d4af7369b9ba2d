"""Time zones by the names people use."""

import pytest

from credentials.people import city_of, find_zone


@pytest.mark.parametrize(
    ("said", "zone"),
    [
        ("Lisbon", "Europe/Lisbon"),
        ("I live in lisbon, portugal", "Europe/Lisbon"),
        ("Lisbn", "Europe/Lisbon"),
        ("São Paulo", "America/Sao_Paulo"),
        ("sao paulo", "America/Sao_Paulo"),
        ("New York", "America/New_York"),
        ("berlin germany", "Europe/Berlin"),
        ("Munich", "Europe/Berlin"),
        ("Mumbai", "Asia/Kolkata"),
        ("Japan", "Asia/Tokyo"),
        ("france", "Europe/Paris"),
        ("UK", "Europe/London"),
        ("Europe/Warsaw", "Europe/Warsaw"),
        ("europe/warsaw", "Europe/Warsaw"),
        ("UTC+2", "Etc/GMT-2"),
        ("-5", "Etc/GMT+5"),
        ("GMT", "UTC"),
    ],
)
def test_a_place_names_its_zone(said, zone):
    assert find_zone(said) == zone


@pytest.mark.parametrize("said", ["", "xyzzy", "USA", "🙂", "UTC+99", "tuesday at nine"])
def test_what_names_no_single_zone_is_none(said):
    assert find_zone(said) is None


def test_a_zone_is_shown_by_its_city():
    assert city_of("America/Argentina/Buenos_Aires") == "Buenos Aires"
