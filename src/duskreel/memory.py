"""What the C library does with memory."""

import ctypes
import sys

M_MMAP_THRESHOLD, M_ARENA_MAX = -3, -8
"""glibc's malloc.h"""
LARGE_BYTES = 1 << 20


def give_back_large_blocks() -> None:
    """From now on in this process, let the system have a large block of memory back as soon as it is freed.

    glibc does so until the first time, and from then on keeps blocks of that size for the next ones. Pictures of many
    sizes that come and go in several threads leave gaps there, and more so as each thread has a heap of its own: a
    fifth of the memory that making a short takes. Elsewhere, nothing happens.
    """
    if sys.platform == "linux":
        mallopt = getattr(ctypes.CDLL(None), "mallopt", None)
        if mallopt is not None:
            mallopt(M_MMAP_THRESHOLD, LARGE_BYTES)
            mallopt(M_ARENA_MAX, 1)
