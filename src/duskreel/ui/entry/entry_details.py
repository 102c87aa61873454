"""What the user says about an entry besides its words."""

from pathlib import Path

from PySide6.QtCore import Qt, QUrl, Signal
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import (
    QCheckBox,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QPlainTextEdit,
    QScrollArea,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from duskreel.library.entry import Entry, Share
from duskreel.settings import Settings
from duskreel.ui.buttons import icon_button, plain_button
from duskreel.ui.entry.mood_choice import MoodChoice
from duskreel.ui.entry.settling import Settling
from duskreel.ui.entry.tag_field import TagField
from duskreel.ui.theme import GRID_PX, Theme
from duskreel.ui.widgets.feeling_picker import FeelingPicker

NOTE_LINES = 4
RECOVERED = "This recording was cut off. What you see is all that could be brought back."


class EntryDetails(QScrollArea):
    """Shows an entry's mood, feelings, tags and note, and tells what the user does to them.

    Args:
        settings: names of moods and feelings.
        theme: for icons and colours.
    """

    changed = Signal(str, object, str)
    """with a field of `Entry`, its new value, and what was done in words"""
    delete_asked = Signal()

    def __init__(self, settings: Settings, theme: Theme) -> None:
        super().__init__()
        self._settings, self._theme = settings, theme
        self._shares: tuple[Share, ...] = ()
        self._build_ui()
        self._connect()

    def show_entry(self, entry: Entry) -> None:
        """As it is now; what is being typed stays."""
        self.mood.set_mood(entry.mood)
        self.mood_after.set_mood(entry.mood_after)
        self._show_feelings(entry)
        self.tags.set_tags(entry.tags)
        self.note_settling.show_text(entry.note)
        self.hidden.setChecked(entry.hidden_from_memories)
        self.recovered.setVisible(entry.recovered)
        if entry.shares != self._shares:
            self._show_shares(entry.shares)

    def settle(self) -> None:
        """Hand over what was typed."""
        self.note_settling.settle()
        self.tags.add_typed()

    def start_over(self) -> None:
        """Another entry is about to be shown: at the top, and with few words to choose from."""
        self.note_settling.forget()
        self.choose_feelings.setChecked(False)
        self.verticalScrollBar().setValue(0)

    def _build_ui(self) -> None:
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        inside = QWidget()
        inside.setObjectName("page")
        self._rows = QVBoxLayout(inside)
        self._rows.setContentsMargins(0, 0, GRID_PX, 0)
        self._rows.setSpacing(GRID_PX)
        self.recovered = self._label(RECOVERED, "muted")
        self.recovered.setWordWrap(True)
        self._rows.addWidget(self.recovered)
        self._rows.addLayout(self._built_moods())
        self._build_feelings()
        self.tags = TagField(self._theme)
        self._add_part("Tags", self.tags)
        self.note = QPlainTextEdit()
        self.note.setPlaceholderText("Anything to remember about it")
        self.note.setAccessibleName("Note")
        self.note.setTabChangesFocus(True)
        self.note.setFixedHeight(self.note.fontMetrics().lineSpacing() * NOTE_LINES + 3 * GRID_PX)
        self.note_settling = Settling(self.note)
        self._add_part("Note", self.note)
        self._build_rest()
        self.setWidget(inside)

    def _built_moods(self) -> QGridLayout:
        self.mood = MoodChoice("How it felt", self._settings.mood_names, self._theme)
        self.mood_after = MoodChoice("How it felt afterwards", self._settings.mood_names, self._theme)
        grid = QGridLayout()
        grid.setHorizontalSpacing(2 * GRID_PX)
        grid.setVerticalSpacing(GRID_PX // 2)
        for column, (label, choice) in enumerate((("How it felt", self.mood), ("Afterwards", self.mood_after))):
            choice.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
            grid.addWidget(self._label(label, "small"), 0, column)
            grid.addWidget(choice, 1, column)
            grid.setColumnStretch(column, 1)
        return grid

    def _build_feelings(self) -> None:
        self.felt = QLabel()
        self.felt.setTextFormat(Qt.TextFormat.PlainText)
        self.felt.setWordWrap(True)
        self.choose_feelings = plain_button("Choose")
        self.choose_feelings.setProperty("role", "link")
        self.choose_feelings.setAccessibleName("Choose feelings")
        self.choose_feelings.setCheckable(True)
        row = QHBoxLayout()
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(2 * GRID_PX)
        row.addWidget(self._label("Feelings", "small"))
        row.addWidget(self.felt, stretch=1)
        row.addWidget(self.choose_feelings)
        self._feelings: FeelingPicker | None = None
        self._felt_now: tuple[str, ...] = ()
        self._felt_text = ""
        self._rows.addLayout(row)
        self._feelings_row = self._rows.count()

    def _build_rest(self) -> None:
        self.hidden = QCheckBox("Keep out of memories")
        self.hidden.setToolTip("It is not shown again by itself; you find it in the diary")
        self.shared = QVBoxLayout()
        self.shared.setSpacing(GRID_PX // 2)
        self.shared_label = self._label("Shared", "small")
        self.shared_label.hide()
        self.delete = plain_button("Move to the bin", "bin", self._theme)
        self.delete.setProperty("role", "link")
        self._rows.addSpacing(GRID_PX)
        self._rows.addWidget(self.hidden)
        self._rows.addWidget(self.shared_label)
        self._rows.addLayout(self.shared)
        self._rows.addSpacing(GRID_PX)
        self._rows.addWidget(self.delete, alignment=Qt.AlignmentFlag.AlignLeft)
        self._rows.addStretch()

    def _add_part(self, label: str, widget: QWidget) -> None:
        self._rows.addSpacing(GRID_PX)
        self._rows.addWidget(self._label(label, "small"))
        self._rows.addWidget(widget)

    def _label(self, text: str, role: str) -> QLabel:
        label = QLabel(text)
        label.setProperty("role", role)
        return label

    def _connect(self) -> None:
        self.mood.chosen.connect(lambda mood: self.changed.emit("mood", mood, "change the mood"))
        self.mood_after.chosen.connect(lambda mood: self.changed.emit("mood_after", mood, "change the mood afterwards"))
        self.tags.changed.connect(lambda tags: self.changed.emit("tags", tags, "change the tags"))
        self.hidden.clicked.connect(self._tell_hidden)
        self.choose_feelings.toggled.connect(self._show_choice)
        self.delete.clicked.connect(self.delete_asked)

    def _tell_hidden(self, is_hidden: bool) -> None:
        what = "keep it out of memories" if is_hidden else "let it into memories"
        self.changed.emit("hidden_from_memories", is_hidden, what)

    def _show_choice(self, is_open: bool) -> None:
        self.choose_feelings.setText("Done" if is_open else "Choose")
        if is_open or self._feelings is not None:
            self.feelings.setVisible(is_open)
        # Hidden, it would let the label spread over its room.
        self.felt.setText("" if is_open else self._felt_text)

    def _show_feelings(self, entry: Entry) -> None:
        self._felt_text = ", ".join(entry.feelings) or "none said"
        self.felt.setText("" if self.choose_feelings.isChecked() else self._felt_text)
        self.felt.setProperty("role", "" if entry.feelings else "muted")
        self.felt.style().polish(self.felt)
        self._felt_now = entry.feelings
        if self._feelings is not None:
            self._show_in_picker(self._feelings)

    @property
    def feelings(self) -> FeelingPicker:
        """All words to choose from; made when they are asked for, since so many buttons take a while."""
        if self._feelings is None:
            picker = self._feelings = FeelingPicker(self._settings.feelings, self._theme)
            picker.changed.connect(lambda words: self.changed.emit("feelings", words, "change the feelings"))
            self._rows.insertWidget(self._feelings_row, picker)
            self._show_in_picker(picker)
            picker.hide()
        return self._feelings

    def _show_in_picker(self, picker: FeelingPicker) -> None:
        if self._felt_now != picker.chosen:
            picker.set_chosen(self._felt_now)
        picker.suggest_for(self.mood.mood)

    def _show_shares(self, shares: tuple[Share, ...]) -> None:
        self._shares = shares
        while (item := self.shared.takeAt(0)) is not None:
            if (row := item.widget()) is not None:
                row.deleteLater()
        self.shared_label.setVisible(bool(shares))
        for share in reversed(shares):
            self.shared.addWidget(self._built_share(share))

    def _built_share(self, share: Share) -> QWidget:
        row = QWidget()
        line = QHBoxLayout(row)
        line.setContentsMargins(0, 0, 0, 0)
        at = share.at
        name = Path(share.file).name
        text = QLabel(f"{share.preset.capitalize()}, {at.day} {at:%B %Y}, {at:%H:%M}")
        text.setToolTip(share.file)
        reveal = icon_button("folder", f"Show {name} in its folder", self._theme)
        folder = QUrl.fromLocalFile(str(Path(share.file).parent))
        reveal.clicked.connect(lambda: QDesktopServices.openUrl(folder))
        line.addWidget(text, stretch=1)
        line.addWidget(reveal)
        return row
