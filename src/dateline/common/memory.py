"""Giving memory back to the system after work that needed a lot of it for a moment."""

import ctypes
import gc
import sys

_M_MMAP_THRESHOLD, _M_ARENA_MAX = -3, -8
_LARGE = 128 * 1024


def keep_few_arenas() -> None:
    """Have all threads share two heaps, and no heap hold what is large (glibc only).

    Many small heaps keep many holes; so does one that pictures were drawn in.
    """
    if sys.platform == "linux":
        mallopt = getattr(ctypes.CDLL(None), "mallopt", None)
        if mallopt is not None:
            mallopt(_M_ARENA_MAX, 2)
            mallopt(_M_MMAP_THRESHOLD, _LARGE)


def collect_seldom() -> None:
    """Look for garbage every 10,000 objects: a page makes thousands, which die without help."""
    gc.set_threshold(10_000, 20, 20)


def give_back() -> None:
    """Return free heap to the system (glibc only; elsewhere nothing)."""
    if sys.platform == "linux":
        trim = getattr(ctypes.CDLL(None), "malloc_trim", None)
        if trim is not None:
            trim(0)
