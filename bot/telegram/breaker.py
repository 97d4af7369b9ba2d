"""A circuit breaker: after failures in a row it lets nothing through, then one try at a time.

Closed, open and half-open as Michael Nygard names them ("Release It!", stability patterns).
"""

from collections.abc import Callable


class Breaker:
    """Opens after `failures` in a row, for `seconds`; then one try decides, while the rest wait.

    The try that decides counts for `seconds`: should it never report back, the next one decides.
    """

    def __init__(self, *, failures: int, seconds: float, monotonic: Callable[[], float]) -> None:
        self._limit, self._seconds, self._monotonic = failures, seconds, monotonic
        self._failures = 0
        self._closed_until = 0.0

    @property
    def is_open(self) -> bool:
        return self._failures >= self._limit

    def lets_through(self) -> bool:
        """Whether a try may be made now; in the half-open state only one may."""
        if not self.is_open:
            return True
        if self._monotonic() < self._closed_until:
            return False
        self._closed_until = self._monotonic() + self._seconds
        return True

    def succeed(self) -> None:
        self._failures = 0

    def fail(self) -> None:
        self._failures += 1
        if self.is_open:
            self._closed_until = self._monotonic() + self._seconds
