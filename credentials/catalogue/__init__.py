"""What can be earned and what jobs ask for: loading, checking, matching what people say."""

from credentials.catalogue.catalogue import (
    Catalogue,
    current_catalogue,
    get_achievement,
    get_edition,
    get_occupation,
    is_empty,
)
from credentials.catalogue.checking import (
    Finding,
    check_folder,
    find_dead_links,
    find_incomplete,
    find_incomplete_listings,
)
from credentials.catalogue.entries import (
    FIELDS,
    LEVELS,
    Achievement,
    Criterion,
    LanguageMap,
    Occupation,
    Pay,
    Skill,
)
from credentials.catalogue.listings import Listing
from credentials.catalogue.loading import load_folder, load_starter

__all__ = [
    "FIELDS",
    "LEVELS",
    "Achievement",
    "Catalogue",
    "Criterion",
    "Finding",
    "LanguageMap",
    "Listing",
    "Occupation",
    "Pay",
    "Skill",
    "check_folder",
    "current_catalogue",
    "find_dead_links",
    "find_incomplete",
    "find_incomplete_listings",
    "get_achievement",
    "get_edition",
    "get_occupation",
    "is_empty",
    "load_folder",
    "load_starter",
]
