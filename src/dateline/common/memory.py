"""Giving memory back to the system after work that needed a lot of it for a moment."""

import ctypes
import gc
import sys

_M_ARENA_MAX = -8


def keep_few_arenas() -> None:
    """Have all threads share two heaps: many small ones keep many holes (glibc only)."""
    if sys.platform == "linux":
        mallopt = getattr(ctypes.CDLL(None), "mallopt", None)
        if mallopt is not None:
            mallopt(_M_ARENA_MAX, 2)


def collect_seldom() -> None:
    """Look for garbage every 10,000 objects: a page makes thousands, which die without help."""
    gc.set_threshold(10_000, 20, 20)


def give_back() -> None:
    """Return free heap to the system (glibc only; elsewhere nothing)."""
    if sys.platform == "linux":
        trim = getattr(ctypes.CDLL(None), "malloc_trim", None)
        if trim is not None:
            trim(0)
