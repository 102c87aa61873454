"""The page of one entry: watch it, read along, correct and cut words, say more about it, share it."""

from collections.abc import Callable
from typing import Any, BinaryIO

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QImage, QKeyEvent, QKeySequence, QResizeEvent, QShortcut, QUndoStack
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget
from shiboken6 import isValid

from duskreel.edit import revising
from duskreel.edit.fit import plan
from duskreel.edit.timeline import Timeline
from duskreel.errors import DiaryError
from duskreel.library.diary import Diary
from duskreel.library.entry import Entry, Word
from duskreel.memories.series import day_line
from duskreel.memories.series_file import known
from duskreel.paths import Places
from duskreel.timecode import Span, clock, subtract
from duskreel.ui.background import Background
from duskreel.ui.diary_thread import DiaryThread
from duskreel.ui.entry.entry_changes import Correction, FieldChange
from duskreel.ui.entry.entry_details import EntryDetails
from duskreel.ui.entry.entry_heading import EntryHeading
from duskreel.ui.entry.open_entry import OpenEntry
from duskreel.ui.entry.player import STEP_MS, Player
from duskreel.ui.entry.transcript_panel import TranscriptPanel
from duskreel.ui.entry.words_state import WordsState
from duskreel.ui.jpeg import decoded
from duskreel.ui.messages import Action, Messages
from duskreel.ui.page import Page
from duskreel.ui.preferences import Preferences
from duskreel.ui.theme import GRID_PX, Theme

LEFT_SHARE, NARROWEST_LEFT_PX, WIDEST_LEFT_PX = 0.385, 45 * GRID_PX, 70 * GRID_PX
PICTURE_SHARE, LEAST_PICTURE_SHARE = 0.42, 0.3
"""how much of the page's height a picture may take; an upright one, and a wide one on a low page"""
BESIDES_PICTURE_PX = 62 * GRID_PX
"""the heading, the buttons, and most of the details"""


class EntryPage(Page):
    """Shows the entry that `show_entry` was called with last.

    Args:
        diary: where entries are read and changed.
        preferences: names of moods, feelings, and how much of a pause is kept.
        background: whose work may be writing down the words of this entry.
        messages: told of failures, and asked before something is lost.
        theme: of icons and colours.
        places: where the speech models are.
    """

    left = Signal()
    """the user wants to go back to the diary, or the entry is no longer there"""
    share_asked = Signal(object)
    """with the Entry as it is now"""
    words_asked = Signal(object)
    """with an Entry whose words are to be written down, or once more where none is corrected"""
    words_asked_anew = Signal(object)
    """with an Entry whose words are to be written down once more: the user has agreed to lose the corrections"""

    def __init__(
        self,
        diary: DiaryThread,
        preferences: Preferences,
        background: Background,
        messages: Messages,
        theme: Theme,
        places: Places,
    ) -> None:
        super().__init__()
        self._diary, self._preferences, self._messages, self._theme = diary, preferences, messages, theme
        self._model = OpenEntry(diary, messages)
        self._model.setParent(self)
        self._undo = QUndoStack(self)
        self._words: list[Word] = []
        self._showing = 0
        self._at_ms = 0
        self._is_wide = True
        self._build_ui()
        self._state = WordsState(self._model, self.transcript, diary, preferences, background, places)
        self._state.setParent(self)
        self._connect()

    def show_entry(self, entry: Entry, at_ms: int = 0) -> None:
        """Show an entry, with the clip standing at a moment of it."""
        self._settle()
        self._showing += 1
        self._undo.clear()
        self._words, self._at_ms = [], at_ms
        self.heading.title_settling.forget()
        self.details.start_over()
        self.transcript.view.choose(None)
        self.transcript.show_nothing()
        self.player.prepare(QSize(entry.width, entry.height), entry.duration_ms)
        self._is_wide = entry.width > entry.height
        self._share_height()
        self._model.open(entry)
        self._show_entry()
        self._name_series(entry)
        self._open_clip(entry)

    def leave(self) -> None:
        """Stop playing, let go of the clip, and save what is being typed."""
        self._settle()
        self._showing += 1
        self.player.playback.close()
        self._model.close()

    @property
    def entry(self) -> Entry:
        """As the user sees it; there must be one."""
        return self._model.entry

    # ---- keys

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Keys that nothing on the page wanted for itself."""
        actions: dict[Qt.Key, Callable[[], object]] = {
            Qt.Key.Key_Space: self.player.playback.toggle,
            Qt.Key.Key_Left: lambda: self.player.step(-STEP_MS),
            Qt.Key.Key_Right: lambda: self.player.step(STEP_MS),
            Qt.Key.Key_E: self.transcript.view.correct_chosen,
            Qt.Key.Key_X: self.cut_chosen,
            Qt.Key.Key_Escape: self._step_back,
        }
        action = actions.get(Qt.Key(event.key()))
        if action is None or event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            super().keyPressEvent(event)
        else:
            action()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """Give the picture its share."""
        super().resizeEvent(event)
        left_px = min(max(round(self.width() * LEFT_SHARE), NARROWEST_LEFT_PX), WIDEST_LEFT_PX)
        self._left.setFixedWidth(left_px)
        self._share_height()

    def _share_height(self) -> None:
        """On a low page a wide picture leaves room for the details; an upright one would become too narrow."""
        highest_px = round(self.height() * PICTURE_SHARE)
        if self._is_wide:
            least_px = round(self.height() * LEAST_PICTURE_SHARE)
            highest_px = min(highest_px, max(least_px, self.height() - BESIDES_PICTURE_PX))
        self.player.set_highest(highest_px)

    # ---- what the user does

    def cut_chosen(self) -> None:
        """Take the chosen words out, or bring them back if all of them are cut."""
        chosen = self.transcript.view.chosen
        if chosen is None:
            return
        is_back = self.transcript.all_chosen_cut
        change = revising.bring_back if is_back else revising.cut
        cuts = change(self._words, *chosen, self.entry.cuts, self.entry.duration_ms)
        label = f"{'bring back' if is_back else 'cut'} {self._named(*chosen)}"
        self._undo.push(FieldChange(self._model, label, "cuts", cuts))

    def _named(self, first: int, last: int) -> str:
        if last > first:
            return f"{last - first + 1} words"
        return f"“{self._words[first].shown or self._words[first].text}”"

    def _correct(self, position: int, text: str) -> None:
        word = self._words[position]
        self._undo.push(Correction(self._model, position, word.shown, text))

    def _change(self, field: str, value: Any, label: str) -> None:
        if getattr(self.entry, field) != value:
            self._undo.push(FieldChange(self._model, label, field, value))

    def _change_typed(self, field: str, label: str, text: str, typing: int) -> None:
        if self._model.is_open and getattr(self.entry, field) != text:
            self._undo.push(FieldChange(self._model, label, field, text, typing=typing))

    def _settle(self) -> None:
        if self._model.is_open:
            self.heading.title_settling.settle()
            self.details.settle()

    def _step_back(self) -> None:
        """First from what is chosen, then from the page."""
        if self.transcript.view.chosen is not None:
            self.transcript.view.choose(None)
        else:
            self.left.emit()

    def _share(self) -> None:
        if self._model.is_open:
            self._settle()
            self.player.playback.pause()
            self.share_asked.emit(self.entry)

    def _ask_for_words_again(self) -> None:
        entry, transcript = self.entry, self._model.transcript
        if transcript is None or not transcript.is_corrected:
            self.words_asked.emit(entry)
            return
        self._messages.confirm(
            "Write the words down once more?",
            "Your corrections would be lost. Cuts stay as they are.",
            "Write them down",
            lambda: self.words_asked_anew.emit(entry),
        )

    def _delete(self) -> None:
        entry = self.entry
        self.leave()

        def deleted(_: object) -> None:
            restore = Action("Undo", lambda: self._diary.change(lambda diary: diary.restore(entry.id)))
            self._messages.say("The entry is in the bin.", restore)

        self._diary.change(lambda diary: diary.delete(entry), deleted)
        self.left.emit()

    # ---- what is shown

    def _show_entry(self) -> None:
        if not self._model.is_open:
            return
        self.heading.show_entry(self.entry)
        self.details.show_entry(self.entry)
        self.player.set_cuts(self.entry.cuts)
        if self.transcript.shows_words:
            self.transcript.show_words(self._words, self._cut_positions())
        self._plan()

    def _name_series(self, entry: Entry) -> None:
        showing, told = self._showing, entry.series
        self.heading.show_series("", entry)
        if told is None:
            return

        def show(line: str) -> None:
            if self._showing == showing and self._model.is_open:
                self.heading.show_series(line, self.entry)

        def line_of(diary: Diary) -> str:
            return day_line(told, known(diary.location.folder))

        self._diary.ask(line_of, show, owner=self)

    def _show_transcript(self) -> None:
        transcript, is_first = self._model.transcript, not self._words
        self._words = [] if transcript is None else revising.in_order(transcript)
        if self._words:
            self.transcript.show_words(self._words, self._cut_positions(), self._model.written)
            self._follow(self.player.playback.place_ms if self.player.playback.is_open else self._at_ms)
            if is_first:
                self.transcript.view.reveal_spoken()
        else:
            self._state.show()
        self._plan()

    def _cut_positions(self) -> frozenset[int]:
        return revising.cut_positions(self._words, self.entry.cuts, self.entry.duration_ms)

    def _follow(self, place_ms: int) -> None:
        self.transcript.view.follow(place_ms, is_playing=self.player.playback.is_playing)

    def _plan(self) -> None:
        """Work out what is to be played; where there are many words, that takes longer than the window can wait."""
        skips_cuts, trims = self.player.without_cuts.isChecked(), self.player.without_pauses.isChecked()
        entry, words, settings = self.entry, self._words, self._preferences.now
        cuts = entry.cuts if skips_cuts else ()
        transcript = self._model.transcript
        voice = transcript.voice if transcript else None

        def planned() -> Timeline | None:
            if not (skips_cuts or trims):
                return None
            if not trims:
                return Timeline(tuple(subtract([Span(0, entry.duration_ms)], cuts)))
            return plan(
                words,
                entry.duration_ms,
                cuts=cuts,
                target_ms=None,
                trim=True,
                before_ms=settings.pause_before_ms,
                after_ms=settings.pause_after_ms,
                voice=voice,
            ).timeline

        self._diary.ask(lambda _diary: planned(), self._use_timeline, owner=self, topic="what is played")

    def _use_timeline(self, timeline: Timeline | None) -> None:
        self.player.leave_out_all_but(timeline)
        self.player.length.setText("" if timeline is None else f"{clock(timeline.duration_ms)} left")
        if self._model.is_open:
            whole = [Span(0, self.entry.duration_ms)]
            self.player.set_cuts(self.entry.cuts if timeline is None else subtract(whole, timeline.kept))

    def _open_clip(self, entry: Entry) -> None:
        showing = self._showing

        def opened(file: BinaryIO) -> None:
            if isValid(self) and self._showing == showing:
                self.player.open(file, entry.duration_ms, self._at_ms)
            else:
                file.close()

        def failed(error: DiaryError) -> None:
            if isValid(self) and self._showing == showing:
                self.player.show_trouble(error)

        def show_poster(picture: QImage) -> None:
            if not picture.isNull() and self._showing == showing:
                self.player.show_poster(picture)

        room = self.player.picture.room
        fitting = Qt.AspectRatioMode.KeepAspectRatio
        self._diary.ask(lambda diary: decoded(diary.poster(entry) or b"", room, fitting), show_poster, owner=self)
        self._diary.ask(lambda diary: diary.open_clip(entry), opened, failed=failed)

    # ---- building

    def _build_ui(self) -> None:
        self.heading = EntryHeading(self._theme, self._undo)
        self.player = Player(self._theme)
        self.details = EntryDetails(self._preferences.now, self._theme)
        self.transcript = TranscriptPanel(self._theme)
        self._left = QWidget()
        left = QVBoxLayout(self._left)
        left.setContentsMargins(0, 0, 0, 0)
        left.setSpacing(2 * GRID_PX)
        left.addWidget(self.player)
        left.addWidget(self.details, stretch=1)
        columns = QHBoxLayout()
        columns.setSpacing(3 * GRID_PX)
        columns.addWidget(self._left)
        columns.addWidget(self.transcript, stretch=1)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(3 * GRID_PX, 2 * GRID_PX, 3 * GRID_PX, 3 * GRID_PX)
        rows.setSpacing(2 * GRID_PX)
        rows.addWidget(self.heading)
        rows.addLayout(columns, stretch=1)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName("Entry")

    def _connect(self) -> None:
        model, heading, view = self._model, self.heading, self.transcript.view
        model.entry_changed.connect(self._show_entry)
        model.transcript_changed.connect(self._show_transcript)
        model.overtaken.connect(self._undo.clear)
        model.gone.connect(self.left)
        heading.back.clicked.connect(self.left)
        heading.share.clicked.connect(self._share)
        heading.title.returnPressed.connect(self.setFocus)
        heading.star.clicked.connect(self._change_star)
        heading.title_settling.settled.connect(
            lambda text, typing: self._change_typed("title", "change the title", text, typing)
        )
        self.details.note_settling.settled.connect(
            lambda text, typing: self._change_typed("note", "change the note", text, typing)
        )
        self.details.changed.connect(self._change)
        self.details.delete_asked.connect(self._delete)
        view.asked_to_go.connect(self.player.playback.seek)
        view.corrected.connect(self._correct)
        self.transcript.cut_asked.connect(self.cut_chosen)
        self.transcript.again_asked.connect(self._ask_for_words_again)
        self._state.words_asked.connect(lambda: self.words_asked.emit(self.entry))
        self.player.moved.connect(self._follow)
        self.player.left_out_changed.connect(self._plan)
        self._add_shortcuts()

    def _add_shortcuts(self) -> None:
        context = Qt.ShortcutContext.WidgetWithChildrenShortcut
        for keys, action in (
            ("Ctrl+Z", self._undo.undo),
            ("Ctrl+Shift+Z", self._undo.redo),
            ("Ctrl+Y", self._undo.redo),
            ("Ctrl+E", self._share),
        ):
            QShortcut(QKeySequence(keys), self, context=context).activated.connect(action)

    def _change_star(self, is_starred: bool) -> None:
        self._change("starred", is_starred, "give it a star" if is_starred else "take the star away")
