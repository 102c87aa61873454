"""A diary that knows which words its owner does not want to share."""

from collections.abc import Iterable
from datetime import UTC, datetime

from duskreel.library import protected_words
from duskreel.library.opened import OpenedDiary
from duskreel.library.protected_words import ProtectedKind, ProtectedWord


class DiaryWithProtectedWords(OpenedDiary):
    """A diary with a list of protected words beside its entries."""

    def protected_words(self) -> tuple[ProtectedWord, ...]:
        """Those on the list, by text; what cannot be understood is passed over."""
        return protected_words.load(self.location.folder)

    def protect(self, text: str, kind: ProtectedKind | None = None, also: Iterable[str] = ()) -> ProtectedWord:
        """Put a word on the list, or give it another kind and more forms; see `protected_words.protect`."""
        with self._writing():
            return protected_words.protect(self.location.folder, text, datetime.now(UTC), kind=kind, also=also)

    def unprotect(self, text: str) -> ProtectedWord:
        """Take a word off the list; see `protected_words.unprotect`."""
        with self._writing():
            return protected_words.unprotect(self.location.folder, text, datetime.now(UTC))
