"""One program at a time does what two must not do at once; the others are told so at once, and need not wait."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from filelock import FileLock, Timeout

from duskreel.errors import DiaryError


@contextmanager
def held(file: Path, busy: str) -> Iterator[None]:
    """Hold the lock of this name for the block; the system gives it up for a process that dies.

    Args:
        file: on a local disk, where locks work; its folder is made.
        busy: the sentence for whoever comes second.

    Raises:
        DiaryError: somebody else holds it, or it cannot be made.
    """
    lock = FileLock(file, timeout=0)
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        lock.acquire()
    except Timeout as error:
        raise DiaryError(busy, "Wait until it is done.") from error
    except OSError as error:
        raise DiaryError(
            f"Could not write to {file.parent}: {error.strerror or error}.",
            "Check that the disk is not full and that you may write there.",
        ) from error
    try:
        yield
    finally:
        lock.release()
