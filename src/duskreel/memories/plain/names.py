"""Names that every system can have on its disk, and addresses that lead to them."""

import unicodedata
from urllib.parse import quote

from duskreel.library.entry import Entry
from duskreel.library.sidecars import clean

LONGEST_TITLE_BYTES = 120
"""of a folder's name: Windows allows 260 signs for a whole path, other systems 255 bytes for a name"""
_FORBIDDEN = str.maketrans(dict.fromkeys('<>:"/\\|?*', "-"))
"""by Windows; “/” by all"""


class FolderNames:
    """Gives every entry a name of its own, also where capitals do not tell names apart."""

    def __init__(self) -> None:
        self._taken: set[str] = set()

    def name_for(self, entry: Entry) -> str:
        """As ``2026-11-23 18.04 Title``, with a number behind it where that is taken."""
        wanted = " ".join(f"{entry.recorded_at:%Y-%m-%d %H.%M} {safe(entry.title)}".split())
        name, number = wanted, 1
        while _key(name) in self._taken:
            number += 1
            name = f"{wanted} ({number})"
        self._taken.add(_key(name))
        return name


def safe(title: str) -> str:
    """What of a title can be part of a folder's name: nothing that a disk forbids, that is unseen, or that turns text.

    At the end of a name Windows drops points and spaces.
    """
    seen = "".join(sign if unicodedata.category(sign)[0] not in "CZ" else _gap(sign) for sign in clean(title))
    text = " ".join(seen.translate(_FORBIDDEN).split())
    short = text.encode()[:LONGEST_TITLE_BYTES].decode("utf-8", "ignore")
    return short.rstrip(" .")


def address(*parts: str) -> str:
    """A relative address of a file, percent-encoded (RFC 3986)."""
    return quote("/".join(parts), safe="/")


def _gap(sign: str) -> str:
    # Without the joiner, one sign of a family becomes three people.
    return sign if sign == "\N{ZERO WIDTH JOINER}" else " " if sign.isspace() else ""


def _key(name: str) -> str:
    return unicodedata.normalize("NFC", name).casefold()
