"""The entry on the page: changed at once, saved in order, and true to what is on disk."""

from dataclasses import dataclass, replace
from typing import Any

from PySide6.QtCore import QObject, Signal
from shiboken6 import isValid

from duskreel.edit.paragraphs import Written, written
from duskreel.edit.revising import correct, in_order
from duskreel.errors import DiaryError
from duskreel.library.diary import Diary
from duskreel.library.entry import Entry, Transcript
from duskreel.ui.diary_thread import DiaryThread
from duskreel.ui.messages import Messages


@dataclass(frozen=True)
class _Read:
    """What the disk holds."""

    entry: Entry
    transcript: Transcript | None
    written: Written | None
    trouble: DiaryError | None
    """why the transcript cannot be read"""


class OpenEntry(QObject):
    """One entry with its transcript, as the user sees them.

    Changes show at once and are saved one after the other. Whenever the diary changes, both are read again; what is
    read while a newer change is on its way to the disk is passed over, since that change will be followed by another
    reading.
    """

    entry_changed = Signal()
    transcript_changed = Signal()
    """also when it has been read for the first time"""
    overtaken = Signal()
    """other words were heard, or a change could not be saved: earlier changes can no longer be undone"""
    gone = Signal()
    """the entry is no longer in the diary"""

    def __init__(self, diary: DiaryThread, messages: Messages) -> None:
        super().__init__()
        self._diary, self._messages = diary, messages
        self._entry: Entry | None = None
        self._transcript: Transcript | None = None
        self._written: Written | None = None
        self._is_read = False
        self._trouble: DiaryError | None = None
        self._changes = 0
        diary.changed.connect(self._read)

    @property
    def entry(self) -> Entry:
        """As the user sees it; there must be one."""
        if self._entry is None:
            raise LookupError("no entry is open")
        return self._entry

    @property
    def is_open(self) -> bool:
        """Whether there is an entry."""
        return self._entry is not None

    @property
    def transcript(self) -> Transcript | None:
        """What was said; None while nobody has listened, or it has not been read."""
        return self._transcript

    @property
    def written(self) -> Written | None:
        """The transcript's words in order of time as text; None where that was not worked out yet."""
        return self._written

    @property
    def is_read(self) -> bool:
        """Whether the transcript has been looked for."""
        return self._is_read

    @property
    def trouble(self) -> DiaryError | None:
        """Why the transcript cannot be read."""
        return self._trouble

    def open(self, entry: Entry) -> None:
        """Show an entry and read its transcript."""
        self._entry, self._transcript, self._trouble, self._is_read = entry, None, None, False
        self._written = None
        self._changes += 1
        self._read()

    def close(self) -> None:
        """Show nothing. What was changed is saved all the same."""
        self._entry = None

    def set_field(self, name: str, value: Any) -> None:
        """Change one field of the entry."""
        self._changes += 1
        self._entry = replace(self.entry, **{name: value})
        self.entry_changed.emit()
        entry_id = self._entry.id
        self._save(lambda diary: diary.amend(entry_id, lambda found: replace(found, **{name: value})))

    def correct(self, position: int, text: str) -> None:
        """Change what a word is shown as."""
        if self._transcript is None:
            return
        self._changes += 1
        entry, transcript = self.entry, correct(self._transcript, position, text)
        self._transcript, self._written = transcript, None
        self.transcript_changed.emit()
        self._save(lambda diary: diary.save_transcript(entry, transcript))

    def _save(self, change: Any) -> None:
        def failed(error: DiaryError) -> None:
            self._messages.fail(error)
            if isValid(self):
                self.overtaken.emit()
                self._read()

        self._diary.change(change, failed=failed)

    def _read(self) -> None:
        if self._entry is None:
            return
        entry_id, changes = self._entry.id, self._changes

        def take(read: _Read) -> None:
            if self._entry is not None and self._changes == changes:
                self._take(read)

        def failed(_error: DiaryError) -> None:
            if self._entry is not None and self._entry.id == entry_id:
                self.gone.emit()

        self._diary.ask(
            lambda diary: _read(diary, entry_id), take, failed=failed, owner=self, topic="entry on its page"
        )

    def _take(self, read: _Read) -> None:
        is_new_to_us = not self._is_read
        if read.entry != self._entry:
            self._entry = read.entry
            self.entry_changed.emit()
        before, self._transcript, self._trouble, self._is_read = self._transcript, read.transcript, read.trouble, True
        self._written = read.written
        if not is_new_to_us and not _heard_the_same(before, read.transcript):
            self.overtaken.emit()
        if is_new_to_us or before != read.transcript or read.trouble:
            self.transcript_changed.emit()


def _read(diary: Diary, entry_id: str) -> _Read:
    entry = diary.find(entry_id)
    try:
        transcript = diary.transcript(entry)
    except DiaryError as error:
        return _Read(entry, None, None, error)
    return _Read(entry, transcript, written(in_order(transcript)) if transcript else None, None)


def _heard_the_same(one: Transcript | None, other: Transcript | None) -> bool:
    if one is None or other is None:
        return one is other
    return [word.text for word in one.words()] == [word.text for word in other.words()]
