"""Work for a child process to do. It must be importable there, so it cannot live inside a test."""

import os
import time
from pathlib import Path

from duskreel.errors import DiaryError
from duskreel.library.partial import PartialRegister
from duskreel.progress import CancelToken, Progress


def double(number: int, /, *, progress: Progress, token: CancelToken) -> int:
    """Succeeds, and reports twice."""
    progress("Doubling", 0.5)
    token.raise_if_cancelled()
    progress("Doubled", 1.0)
    return number * 2


def refuse(name: str, /, *, progress: Progress, token: CancelToken) -> None:
    """Fails in a known way."""
    raise DiaryError(f"“{name}” is not a video.", "Choose another file.")


def stumble(_: None, /, *, progress: Progress, token: CancelToken) -> None:
    """Has a bug."""
    raise ZeroDivisionError


def crash(_: None, /, *, progress: Progress, token: CancelToken) -> None:
    """Dies as a fault in a native library would let it die."""
    os.abort()


def spin(started: Path, /, *, progress: Progress, token: CancelToken) -> None:
    """Goes on until it is cancelled, and listens to that."""
    started.touch()
    while True:
        token.raise_if_cancelled()
        progress("Spinning", 0.1)
        time.sleep(0.01)


def ignore_everything(folder: Path, /, *, progress: Progress, token: CancelToken) -> None:
    """Has a claimed file half written, and listens to nothing."""
    with PartialRegister(folder / "partials").claim(folder / ".short.mp4.partial.mp4") as partial:
        partial.write_bytes(b"half a film")
        (folder / "started").touch()
        while True:
            time.sleep(0.1)


def process_number(_: None, /, *, progress: Progress, token: CancelToken) -> tuple[int, str]:
    """Tells where it ran."""
    import multiprocessing

    return os.getpid(), str(multiprocessing.get_start_method(allow_none=True))
