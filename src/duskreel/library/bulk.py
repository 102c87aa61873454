"""One change to many entries: each is changed whole or left as it is, and one that cannot be stops no other."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from duskreel.errors import DiaryError
from duskreel.library.entry import Entry
from duskreel.progress import CancelToken, Progress


@dataclass(frozen=True)
class Amended:
    """What came of changing several entries."""

    entries: tuple[Entry, ...]
    """those that were changed, as they are now"""
    refused: tuple[DiaryError, ...]
    """why the others were not"""


def each(references: Sequence[str], do: Callable[[str], Entry], progress: Progress, token: CancelToken) -> Amended:
    """Do it for one after the other.

    Args:
        references: of entries, as for `Diary.find`.
        do: returns the entry as it is afterwards.
        progress: told after each.
        token: asked before each. Those that were changed by then stay changed.

    Raises:
        Cancelled: by the token.
    """
    done: list[Entry] = []
    refused: list[DiaryError] = []
    for number, reference in enumerate(references, 1):
        token.raise_if_cancelled()
        try:
            done.append(do(reference))
        except DiaryError as error:
            refused.append(error)
        progress(f"{number} of {len(references)}", number / len(references))
    return Amended(tuple(done), tuple(refused))
