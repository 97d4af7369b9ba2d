"""Who talks in the tests of hand-offs."""

import pytest

from tests.submissions import people


@pytest.fixture
def trio(institution):
    """A learner and two advisors."""
    return people(institution)
