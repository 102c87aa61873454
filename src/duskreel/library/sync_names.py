"""Names that sync programs give: to second versions of a file that changed on two computers, and to half-brought files.

Sources: docs.syncthing.net/users/syncing.html (“sync-conflict”), docs.nextcloud.com and help.dropbox.com (“conflicted
copy”), owncloud.dev (“_conflict-”), support.microsoft.com for OneDrive (the computer's name behind a hyphen), and what
iCloud Drive (“ 2”) and Google Drive (“ (1)”) do, of which their makers say nothing.
"""

import re
from collections.abc import Iterable

LITTER = frozenset({".ds_store", "desktop.ini", "thumbs.db", ".stfolder", ".stignore", ".stversions"})
"""what systems and sync programs leave in folders, in lower case; it means nothing"""
_HALF_SUFFIXES = (".tmp", ".part", ".partial", ".crdownload", ".filepart", ".!sync")
_HALF_PREFIXES = ("~", ".~", ".syncthing.", "._sync_")


def is_copy_of(name: str, original: str) -> bool:
    """Whether `name` is what a sync program makes of `original` where both computers changed it.

    Args:
        name: of a file in the same folder.
        original: such as ``entry.json``.
    """
    stem, _, suffix = original.rpartition(".")
    if name == original or not (name.startswith(stem) and name.endswith(f".{suffix}")):
        return False
    added = name[len(stem) : -len(suffix) - 1]
    return bool(re.fullmatch(r"\.sync-conflict-.+| \(.+\)| \d+|-[^/]+|[ ._].*conflict.*", added, re.IGNORECASE))


def copies(names: Iterable[str], original: str) -> list[str]:
    """Those of these names that are copies of `original`, in order."""
    return sorted(name for name in names if is_copy_of(name, original))


def is_copy(name: str) -> bool:
    """Whether the name alone shows that a sync program made it, of whatever file."""
    return bool(re.search(r"\.sync-conflict-\d{8}-|\([^)]*conflict[^)]*\)|_conflict-\d{8}-", name, re.IGNORECASE))


def is_half(name: str) -> bool:
    """Whether a sync program is still bringing this file."""
    folded = name.casefold()
    return folded not in LITTER and (folded.endswith(_HALF_SUFFIXES) or folded.startswith(_HALF_PREFIXES))
