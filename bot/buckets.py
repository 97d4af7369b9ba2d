"""Buckets of tokens: how much one client or person may ask of this process."""

from collections import OrderedDict
from collections.abc import Callable
from typing import Generic, TypeVar

Key = TypeVar("Key")

MOST = 10_000  # the least recent is forgotten


class Buckets(Generic[Key]):
    """A bucket for each key, refilled evenly."""

    def __init__(
        self, *, size: int, per_second: float, monotonic: Callable[[], float], most: int = MOST
    ) -> None:
        self._size, self._per_second, self._monotonic = size, per_second, monotonic
        self._most = most
        self._buckets: OrderedDict[Key, tuple[float, float]] = OrderedDict()  # tokens, when

    def take(self, key: Key) -> bool:
        """Take a token; False when none is left."""
        now = self._monotonic()
        tokens, at = self._buckets.pop(key, (float(self._size), now))
        tokens = min(self._size, tokens + (now - at) * self._per_second)
        is_left = tokens >= 1
        self._buckets[key] = (tokens - 1 if is_left else tokens, now)
        if len(self._buckets) > self._most:
            self._buckets.popitem(last=False)
        return is_left

    def __len__(self) -> int:
        return len(self._buckets)
