"""How a job ends: in exactly one of three ways, told by its type."""

import traceback
from collections.abc import Callable
from dataclasses import dataclass
from typing import Generic, Protocol, TypeVar

from duskreel.errors import Cancelled, DiaryError
from duskreel.progress import CancelToken, Progress

Inputs = TypeVar("Inputs", contravariant=True)
Result = TypeVar("Result")
ResultOut = TypeVar("ResultOut", covariant=True)


class Work(Protocol[Inputs, ResultOut]):
    """Long work: a plain function at module level. Inputs and result pickle; no partial file outlives it."""

    def __call__(self, inputs: Inputs, /, *, progress: Progress, token: CancelToken) -> ResultOut:
        """Do it all, in this thread."""


@dataclass(frozen=True)
class Succeeded(Generic[Result]):
    """It is done."""

    result: Result


@dataclass(frozen=True)
class Failed:
    """It could not be done; `details` are for a log and empty for a known failure."""

    error: DiaryError
    details: str = ""


@dataclass(frozen=True)
class Stopped:
    """The user asked for it to stop, and it did."""


Outcome = Succeeded[Result] | Failed | Stopped


def outcome_of(call: Callable[[], Result]) -> Outcome[Result]:
    """Turn the three ways in which a call can end into a value that travels between processes."""
    try:
        return Succeeded(call())
    except Cancelled:
        return Stopped()
    except DiaryError as error:
        return Failed(error)
    except Exception as bug:  # noqa: BLE001 - the child process has no exception hook; the parent shows it
        return Failed(unexpected(type(bug).__name__), details=traceback.format_exc())


def unexpected(what: str) -> DiaryError:
    """The sentence for a bug, or for a process that vanished."""
    return DiaryError(
        f"Something in Duskreel went wrong ({what}); nothing was changed.",
        "Try again; if it happens again, please report it.",
    )
