"""States of the diary in which most of its entries are missing: a disk that was not there, a sync that went wrong.

Nobody needs to have wanted that. So such a snapshot stands for none that was made before it.
"""

from duskreel.library.backup.store import Snapshot
from duskreel.library.folder import BIN, ENTRIES
from duskreel.library.sidecars import ENTRY


def entries_in(snapshot: Snapshot) -> frozenset[str]:
    """The names of the entry folders in it, those in the bin too; a folder that was moved has the name it had."""
    paths = [file.path.split("/") for file in snapshot.files]
    return frozenset(path[-2] for path in paths if path[-1] == ENTRY and path[0] in (ENTRIES, BIN))


def lacks_most(snapshot: Snapshot, before: Snapshot) -> bool:
    """Whether more than half of the entries of an earlier state are gone, also from the bin."""
    known = entries_in(before)
    return len(known - entries_in(snapshot)) * 2 > len(known)


def loss_told(snapshot: Snapshot, name: str, before: Snapshot) -> str:
    """A sentence for people about a state that `lacks_most` of another one.

    Args:
        snapshot: the diary as it is now.
        name: of the earlier state.
        before: the earlier state.
    """
    known = entries_in(before)
    count = "1 entry" if len(known) == 1 else f"{len(known)} entries"
    gone = len(known - entries_in(snapshot))
    return (
        f"{gone} of the {count} that the last backup held are no longer in the diary. If you did not remove them: is "
        f"its disk there, and is a sync at work? The state before, {name}, is kept for as long as they are missing."
    )
