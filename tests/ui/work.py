"""Long work that is short, for jobs in other processes."""

import time

from duskreel.errors import DiaryError
from duskreel.progress import CancelToken, Progress


def double(number: int, /, *, progress: Progress, token: CancelToken) -> int:
    progress("Doubling", 0.5)
    return 2 * number


def refuse(what: str, /, *, progress: Progress, token: CancelToken) -> None:
    raise DiaryError(f"{what} is missing.", "Put it back.")


def stumble(_: object, /, *, progress: Progress, token: CancelToken) -> None:
    raise RuntimeError("nobody foresaw this")


def wait_for_the_end(_: object, /, *, progress: Progress, token: CancelToken) -> None:
    progress("Waiting", 0.1)
    while True:
        token.raise_if_cancelled()
        time.sleep(0.01)
