"""How much memory the C library keeps for itself."""

import ctypes
from contextlib import suppress

# glibc's mallopt(3). By itself it makes up to eight heaps for each core, one after the other for
# whichever threads meet, and once a picture has been freed it takes the next ones from those heaps,
# which then stay as large as they ever were.
M_MMAP_THRESHOLD, M_ARENA_MAX = -3, -8
LARGE_BYTES = 512 * 1024  # from here on memory goes back as soon as it is free
HEAPS = 2


def keep_little() -> None:
    """Give memory back early; before threads begin. Elsewhere than on glibc, nothing happens."""
    with suppress(OSError, AttributeError):
        library = ctypes.CDLL(None)
        library.mallopt(M_ARENA_MAX, HEAPS)
        library.mallopt(M_MMAP_THRESHOLD, LARGE_BYTES)
