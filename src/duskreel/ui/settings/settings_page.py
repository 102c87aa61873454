"""Every choice there is, a card for each kind, saved as soon as it is made."""

from collections.abc import Callable

from PySide6.QtCore import QSignalBlocker, Qt, QTimer, QUrl, Signal
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDoubleSpinBox,
    QHBoxLayout,
    QLabel,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from duskreel.export.presets import PLATFORMS
from duskreel.export.style import STYLES
from duskreel.ui.buttons import plain_button
from duskreel.ui.cards import card, form
from duskreel.ui.dialogs import FolderQuestion, ask_for_folder
from duskreel.ui.fields import Choice, choice_box, choose, seconds_box
from duskreel.ui.page import Page
from duskreel.ui.preferences import Preferences
from duskreel.ui.settings.device_choices import DeviceChoices
from duskreel.ui.settings.diary_care import DiaryCare
from duskreel.ui.settings.mood_words import MoodWords
from duskreel.ui.settings.protected_words import ProtectedWords
from duskreel.ui.settings.speech_choices import SpeechChoices
from duskreel.ui.theme import GRID_PX, Theme

WIDEST_PX = 90 * GRID_PX
QUALITIES = (
    Choice("auto", "The best that is fast enough"),
    Choice("1080", "1920 × 1080"),
    Choice("720", "1280 × 720"),
    Choice("480", "640 × 480"),
)
BIN_DAYS = (Choice("0", "Never"), Choice("30", "After 30 days"), Choice("90", "After 90 days"))
THEMES = (Choice("dark", "Dark"), Choice("light", "Light"), Choice("system", "As the system"))
MEMORIES = (
    Choice("all", "Show them, hard days too"),
    Choice("ask", "Show them, hard days only when I ask"),
    Choice("none", "Show them, never hard days"),
    Choice("off", "Show none"),
)
STYLE_LABELS = {
    "calm": "Calm: whole phrases, no motion",
    "karaoke": "Karaoke: the spoken word lights up",
    "pop": "Word pop: one big word at a time",
    "subtitle": "Subtitle: small and plain",
}


class SettingsPage(Page):
    """Cards in one column, in the order in which people look for them.

    Args:
        preferences: read and changed here.
        devices: the card of cameras and microphones.
        speech: the card of models and languages.
        protected: the card of the words that are not to be shared.
        care: the card of the diary's folder.
        theme: of all icons.
        choose_folder: asks for a folder and calls back; for tests without a dialog.
    """

    library_chosen = Signal(str)
    """another folder shall be the diary; the window is to be built anew"""
    left = Signal()
    """the page is left, and everything that was typed into it is kept"""

    def __init__(
        self,
        preferences: Preferences,
        devices: DeviceChoices,
        speech: SpeechChoices,
        protected: ProtectedWords,
        care: DiaryCare,
        theme: Theme,
        *,
        choose_folder: FolderQuestion = ask_for_folder,
    ) -> None:
        super().__init__()
        self._preferences, self._theme = preferences, theme
        self._devices, self._speech, self._protected, self._care = devices, speech, protected, care
        self._choose_folder = choose_folder
        self._boxes: dict[str, QComboBox] = {}
        self._checks: dict[str, QCheckBox] = {}
        self._times: dict[str, QDoubleSpinBox] = {}
        self._to_build = [
            self._add_recording, self._add_words, self._add_shorts, self._add_protected, self._add_moods,
            self._add_memories, self._add_look, self._add_folder,
        ]  # fmt: skip
        self._build_ui()
        self._build_next()

    def enter(self) -> None:
        """What is plugged in, what is on the disk and what was chosen on other pages may have changed."""
        self.finish()
        self._show_choices()
        self._devices.refresh()
        self._speech.refresh()
        self._protected.refresh()
        self._care.refresh()

    def leave(self) -> None:
        """Keep what is being typed."""
        self.finish()
        self._mood_words.settle()
        self.left.emit()

    def finish(self) -> None:
        """Build what is still to be built, now."""
        while self._to_build:
            self._to_build.pop(0)()

    def show_theme(self) -> None:
        """Go on where the theme is chosen."""
        self.finish()
        # What was just built is shown with the next event.
        QTimer.singleShot(0, self, self._go_to_theme)

    def _go_to_theme(self) -> None:
        self.theme_box.setFocus(Qt.FocusReason.OtherFocusReason)
        self._area.ensureWidgetVisible(self.theme_box, ymargin=8 * GRID_PX)

    def _build_next(self) -> None:
        """A card at a time: all of them together would keep the window waiting for longer than is noticed."""
        if self._to_build:
            self._to_build.pop(0)()
            QTimer.singleShot(0, self, self._build_next)

    def _build_ui(self) -> None:
        column = QWidget()
        column.setObjectName("page")
        self._cards = QVBoxLayout(column)
        self._cards.setContentsMargins(0, 4 * GRID_PX, 0, 4 * GRID_PX)
        self._cards.setSpacing(3 * GRID_PX)
        title = QLabel("Settings")
        title.setProperty("role", "title")
        self._cards.addWidget(title)
        self._cards.addStretch()
        column.setMaximumWidth(WIDEST_PX)
        middle = QWidget()
        middle.setObjectName("page")
        row = QHBoxLayout(middle)
        row.setContentsMargins(4 * GRID_PX, 0, 4 * GRID_PX, 0)
        row.addStretch(1)
        row.addWidget(column, stretch=100)
        row.addStretch(1)
        self._area = QScrollArea()
        self._area.setAccessibleName("Settings")
        self._area.setWidgetResizable(True)
        self._area.setWidget(middle)
        self._area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.addWidget(self._area)

    def _add(self, widget: QWidget) -> None:
        self._cards.insertWidget(self._cards.count() - 1, widget)

    def _add_recording(self) -> None:
        self.quality = choice_box("Picture", QUALITIES, self._preferences.now.video_quality)
        self.counts_down = QCheckBox("Count down from three before recording")
        self.prompts = QCheckBox("Offer something to talk about")
        self.guide = QCheckBox("Show the part that an upright short would keep")
        choices = form([("Picture", self.quality)], self.counts_down, self.prompts, self.guide)
        self._add(card("Camera and microphone", _as_one(self._devices, choices)))
        self._follow_box("video_quality", self.quality)
        self._follow_check("counts_down", self.counts_down)
        self._follow_check("shows_prompts", self.prompts)
        self._follow_check("shows_frame_guide", self.guide)

    def _add_words(self) -> None:
        self._add(card("Words", self._speech))

    def _add_shorts(self) -> None:
        now = self._preferences.now
        styles = [Choice(name, STYLE_LABELS.get(name, name)) for name in STYLES]
        platforms = [Choice(name, platform.label) for name, platform in PLATFORMS.items()]
        self.style_box = choice_box("Captions", styles, now.caption_style)
        self.platform = choice_box("Made for", platforms, now.platform)
        self.before = seconds_box("Silence kept before speech", now.pause_before_ms)
        self.after = seconds_box("Silence kept after speech", now.pause_after_ms)
        fields: list[tuple[str, QWidget]] = [
            ("Captions", self.style_box),
            ("Made for", self.platform),
            ("Silence kept before speech", self.before),
            ("Silence kept after speech", self.after),
        ]
        self._add(card("Shorts", form(fields)))
        self._follow_box("caption_style", self.style_box)
        self._follow_box("platform", self.platform)
        self._follow_time("pause_before_ms", self.before)
        self._follow_time("pause_after_ms", self.after)

    def _add_protected(self) -> None:
        self._add(card("Protected words", self._protected))

    def _add_moods(self) -> None:
        self._mood_words = MoodWords(self._preferences, self._theme)
        self._add(card("Moods and feelings", self._mood_words))

    def _add_memories(self) -> None:
        self.memories = choice_box("Memories", MEMORIES, self._preferences.now.memories)
        note = QLabel(
            "On some days an earlier entry waits above your diary. You are never notified of it, and on the page of an"
            " entry you can keep it out of memories."
        )
        note.setProperty("role", "small")
        note.setWordWrap(True)
        self._add(card("Memories", form([("Above the diary", self.memories)], note)))
        self._follow_box("memories", self.memories)

    def _add_look(self) -> None:
        self.theme_box = choice_box("Theme", THEMES, self._preferences.now.theme)
        note = QLabel("Text size and motion follow the system’s own settings.")
        note.setProperty("role", "small")
        self._add(card("Look", form([("Theme", self.theme_box)], note)))
        self._follow_box("theme", self.theme_box)

    def _add_folder(self) -> None:
        self.folder = QLabel(str(self._care.folder))
        self.folder.setWordWrap(True)
        self.folder.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.show_folder = plain_button("Show", "folder", self._theme)
        self.choose_folder = plain_button("Use another folder…")
        row = QWidget()
        across = QHBoxLayout(row)
        across.setContentsMargins(0, 0, 0, 0)
        across.setSpacing(GRID_PX)
        across.addWidget(self.folder, stretch=1)
        across.addWidget(self.show_folder)
        across.addWidget(self.choose_folder)
        self.bin_days = choice_box("Empty the bin", BIN_DAYS, str(self._preferences.now.bin_days))
        self.bin_days.setToolTip("Deletes for good what has been in the bin for so long")
        self._add(card("Diary", row, self._care, form([("Empty the bin", self.bin_days)])))
        self._follow_box("bin_days", self.bin_days, int)
        self._add(_promise())
        self.show_folder.clicked.connect(self._show_folder)
        self.choose_folder.clicked.connect(self._ask_for_library)

    def _follow_box(self, name: str, box: QComboBox, kept: Callable[[str], object] = str) -> None:
        self._boxes[name] = box
        box.activated.connect(lambda: self._preferences.change(**{name: kept(box.currentData())}))

    def _follow_check(self, name: str, check: QCheckBox) -> None:
        self._checks[name] = check
        check.setChecked(getattr(self._preferences.now, name))
        check.toggled.connect(lambda is_on: self._preferences.change(**{name: is_on}))

    def _follow_time(self, name: str, box: QDoubleSpinBox) -> None:
        self._times[name] = box
        box.valueChanged.connect(lambda value: self._preferences.change(**{name: round(value * 1000)}))

    def _show_choices(self) -> None:
        now = self._preferences.now
        for name, box in self._boxes.items():
            choose(box, str(getattr(now, name)))
        for name, check in self._checks.items():
            check.setChecked(getattr(now, name))
        for name, time_box in self._times.items():
            # A time that the box can only show rounded is not changed by being shown.
            with QSignalBlocker(time_box):
                time_box.setValue(getattr(now, name) / 1000)

    def _show_folder(self) -> None:
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(self._care.folder)))

    def _ask_for_library(self) -> None:
        self._choose_folder(self, "Choose a folder for the diary", self.library_chosen.emit)


def _as_one(*parts: QWidget) -> QWidget:
    """Forms that follow each other as one, with the same space between all their fields."""
    whole = QWidget()
    rows = QVBoxLayout(whole)
    rows.setContentsMargins(0, 0, 0, 0)
    rows.setSpacing(GRID_PX)
    for part in parts:
        rows.addWidget(part)
    return whole


def _promise() -> QLabel:
    promise = QLabel(
        "Duskreel has no account and sends nothing anywhere. The only thing it ever fetches is a speech model, when you"
        " ask for one above. Your diary is plain MP4 and JSON in the folder above, and stays yours without it."
    )
    promise.setWordWrap(True)
    promise.setProperty("role", "muted")
    return promise
