"""Screens: what is to be shown, as ids, codes, numbers and people's own words; never sentences.

A handler and an action both answer with screens. A screen's name is its class's in snake_case.
Importing this package registers every screen.
"""

from actions.screens.base import LanguageMap, Screen, Shown, before, register, screen_from

__all__ = ["LanguageMap", "Screen", "Shown", "before", "register", "screen_from"]
