"""Time zones by the names people use: a city, a country with one zone, an IANA name, an offset."""

import re
import unicodedata
from collections import defaultdict
from functools import cache

from babel import Locale
from babel.core import get_global
from rapidfuzz import fuzz, process

from credentials.clock import known_zones

SHORTEST = 4  # letters of a name inside a sentence
LIKELY = 88  # of 100: one wrong letter in a city's name
REGIONS = frozenset(
    [
        "Africa",
        "America",
        "Antarctica",
        "Arctic",
        "Asia",
        "Atlantic",
        "Australia",
        "Europe",
        "Indian",
        "Pacific",
    ]
)
# Large cities that give no zone its name.
_CITIES = {
    "Africa/Johannesburg": "Cape Town, Durban, Pretoria",
    "Africa/Lagos": "Abuja, Kano, Ibadan",
    "America/Chicago": "Houston, Dallas, Austin, San Antonio, Minneapolis, New Orleans, St Louis",
    "America/Denver": "Salt Lake City, Albuquerque",
    "America/Los_Angeles": "LA, San Francisco, Seattle, San Diego, Portland, Las Vegas, San Jose",
    "America/Mexico_City": "Guadalajara, Puebla",
    "America/New_York": "NYC, New York City, Boston, Washington, Miami, Atlanta, Philadelphia, Orlando, Charlotte",
    "America/Sao_Paulo": "Rio de Janeiro, Rio, Brasilia, Belo Horizonte, Curitiba, Porto Alegre",
    "America/Toronto": "Ottawa, Montreal, Quebec",
    "America/Edmonton": "Calgary",
    "Asia/Dubai": "Abu Dhabi",
    "Asia/Ho_Chi_Minh": "Hanoi, Saigon",
    "Asia/Istanbul": "Ankara, Izmir",
    "Asia/Karachi": "Lahore, Islamabad",
    "Asia/Kolkata": "Mumbai, Delhi, New Delhi, Bangalore, Bengaluru, Chennai, Hyderabad, Pune",
    "Asia/Riyadh": "Jeddah, Mecca",
    "Asia/Shanghai": "China, Beijing, Shenzhen, Guangzhou, Chengdu",
    "Asia/Tokyo": "Osaka, Kyoto, Yokohama, Sapporo",
    "Australia/Sydney": "Canberra",
    "Europe/Berlin": "Germany, Munich, Hamburg, Cologne, Frankfurt, Stuttgart, Leipzig, München, Köln",
    "Europe/Kyiv": "Lviv, Odesa, Kharkiv",
    "Europe/Lisbon": "Portugal, Porto, Coimbra, Braga",
    "Europe/London": "UK, United Kingdom, England, Scotland, Wales, Manchester, Birmingham, Edinburgh",
    "Europe/Madrid": "Spain, Barcelona, Valencia, Seville, Bilbao, Málaga",
    "Europe/Moscow": "Saint Petersburg, St Petersburg",
    "Europe/Paris": "Lyon, Marseille, Toulouse, Lille, Bordeaux, Nice, Nantes",
    "Europe/Rome": "Milan, Naples, Turin, Florence, Bologna, Palermo",
    "Europe/Warsaw": "Krakow, Kraków, Gdansk, Wroclaw, Poznan, Lodz",
    "Europe/Zurich": "Geneva, Basel, Bern, Lausanne",
    "UTC": "UTC, GMT",
}
_OFFSET = re.compile(r"(?:utc|gmt)?\s*([+-])\s*(\d{1,2})(?::?00)?")


def find_zone(text: str, *, is_exact: bool = False) -> str | None:
    """The IANA zone a text names; None when it names none, or a country that has several.

    `is_exact`: only by a name as it is written, with nothing beside it.
    """
    said = _plain(text)
    if not said:
        return None
    names = _names()
    if said in names:
        return names[said]
    if is_exact:
        return None
    offset = _OFFSET.fullmatch(said)
    if offset is not None:
        return _fixed(offset[1], int(offset[2]))
    words = re.findall(r"[^\s,;]+", said)
    spans = [(first, last) for first in range(len(words)) for last in range(len(words), first, -1)]
    for first, last in spans:
        if (name := " ".join(words[first:last])) in names and len(name) >= SHORTEST:
            return names[name]
    close = process.extractOne(said, names.keys(), scorer=fuzz.ratio, score_cutoff=LIKELY)
    return names[close[0]] if close else None


def city_of(zone: str) -> str:
    """The place a zone is named after: `New York`."""
    return zone.rpartition("/")[2].replace("_", " ")


@cache
def _names() -> dict[str, str]:
    names: dict[str, str] = {}
    for zone in sorted(known_zones()):
        if "/" in zone:
            names[_plain(zone)] = zone
        if zone.partition("/")[0] in REGIONS:
            names.setdefault(_plain(city_of(zone)), zone)
    for zone, cities in _CITIES.items():
        names |= {_plain(city): zone for city in cities.split(", ")}
    return names | _countries()


def _countries() -> dict[str, str]:
    """Countries that keep one time."""
    zones: defaultdict[str, list[str]] = defaultdict(list)
    for zone, territory in get_global("zone_territories").items():
        if zone in known_zones():
            zones[territory].append(zone)
    english = Locale("en").territories
    return {
        _plain(english[territory]): found[0]
        for territory, found in zones.items()
        if len(found) == 1 and territory in english
    }


def _fixed(sign: str, hours: int) -> str | None:
    # The names of fixed zones carry the opposite sign (POSIX): UTC+2 is Etc/GMT-2.
    zone = f"Etc/GMT{'-' if sign == '+' else '+'}{hours}" if hours else "UTC"
    return zone if zone in known_zones() else None


def _plain(text: str) -> str:
    letters = unicodedata.normalize("NFKD", text.casefold())
    kept = "".join(letter for letter in letters if not unicodedata.combining(letter))
    return " ".join(kept.replace("_", " ").strip(" .!").split())
