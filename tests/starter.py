"""The starter catalogue, read once for all tests of a process."""

from credentials.catalogue.catalogue import Catalogue
from credentials.catalogue.folders import STARTER, read_folder

_FOUND = read_folder(STARTER)
assert not _FOUND.problems
CATALOGUE = Catalogue(_FOUND.skills, _FOUND.occupations, _FOUND.achievements)
