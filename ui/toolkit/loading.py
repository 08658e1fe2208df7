"""What the process keeps of its memory: loading many modules without what that leaves behind, and giving back."""

from __future__ import annotations

import gc
import linecache
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any


class _KeepsNothing(dict[str, Any]):
    """A place for source lines that forgets them."""

    def __setitem__(self, key: str, value: Any) -> None:
        """Do nothing."""


@contextmanager
def lasting_modules() -> Iterator[None]:
    """What is loaded within this block stays for good, and nothing else does.

    Qt's binding looks into the source of every module that is imported after it, and the standard library would keep
    every line of it (20 MiB). Nothing loaded is garbage: collecting in between costs a quarter of the time, and
    looking through all of it again at each full collection afterwards would cost several frames.
    Not for two threads at a time.
    """
    kept, linecache.cache = linecache.cache, _KeepsNothing()
    gc.disable()
    try:
        yield
    finally:
        linecache.cache = kept
        gc.freeze()
        gc.enable()


_MMAP_THRESHOLD = -3
"""``M_MMAP_THRESHOLD`` of glibc's ``mallopt``."""
_LARGE_BYTES = 256 * 1024


def give_large_blocks_back() -> None:
    """From now on what is large (pictures of pages, photos) goes back to the system when it is freed.

    glibc by itself keeps ever larger blocks for itself once some were freed. Elsewhere this does nothing.
    """
    if sys.platform != "linux":
        return
    import ctypes

    mallopt = getattr(ctypes.CDLL(None), "mallopt", None)
    if mallopt is not None:
        mallopt(_MMAP_THRESHOLD, _LARGE_BYTES)
