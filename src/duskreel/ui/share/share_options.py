"""What the user may want of a short: platform, length, captions, a title, pauses, framing, and more where asked for."""

from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QSize, Qt, QTimer, Signal
from PySide6.QtWidgets import QCheckBox, QLabel, QLineEdit, QPushButton, QVBoxLayout, QWidget

from duskreel.export.extras import Extras
from duskreel.export.marks import LONGEST_TITLE
from duskreel.export.presets import PLATFORMS
from duskreel.settings import Settings
from duskreel.ui.buttons import plain_button
from duskreel.ui.icons import icon
from duskreel.ui.share.caption_cards import CaptionCards
from duskreel.ui.share.framing_choice import FramedBy, FramingChoice
from duskreel.ui.share.more_choices import MoreChoices
from duskreel.ui.share.place_choice import OWN_FOLDER
from duskreel.ui.theme import GRID_PX, Theme
from duskreel.ui.widgets.choice_row import ChoiceRow
from duskreel.ui.widgets.rows import fill_table, in_a_row, small

LENGTHS = (
    (15_000, "15 s"),
    (30_000, "30 s"),
    (60_000, "60 s"),
    (90_000, "90 s"),
    (180_000, "3 min"),
    (None, "Everything"),
)
USUAL_LENGTH_MS = 60_000
FRAMINGS = (("face", "Your face"), ("centre", "Middle"), ("hand", "By hand"))
TYPING_MS = 300
"""after the last key, the title counts as written"""
SUMMARY_WIDTH_PX = 61 * GRID_PX
CHEVRON_PX = 2 * GRID_PX


@dataclass(frozen=True)
class ShareWishes:
    """What is chosen, apart from the framing."""

    platform: str
    length_ms: int | None
    captions: str | None
    trims_pauses: bool
    extras: Extras
    output: Path | None
    """None for the diary's own folder and a name that is free"""
    may_replace: bool


class ShareOptions(QWidget):
    """The choices, with a label before each; those that few shorts need are out of sight until asked for.

    Args:
        settings: their defaults.
        framing: shown, and changed by its chips.
        more: what few shorts need.
        theme: of the icons.
    """

    titled = Signal()
    """the title is another one now; `changed` follows"""
    changed = Signal()
    """`wishes` are others now"""

    def __init__(self, settings: Settings, framing: FramingChoice, more: MoreChoices, theme: Theme) -> None:
        super().__init__()
        self._framing, self.more, self._theme = framing, more, theme
        self._typing = QTimer(self, interval=TYPING_MS, singleShot=True)
        self._build_ui(settings)
        self._connect()
        self._show_framing()
        self._show_more()

    @property
    def wishes(self) -> ShareWishes:
        """As chosen now."""
        length_ms, captions = self.length.value, self.captions.value
        return ShareWishes(
            platform=str(self.platform.value),
            length_ms=length_ms if isinstance(length_ms, int) else None,
            captions=captions if isinstance(captions, str) else None,
            trims_pauses=self.trims_pauses.isChecked(),
            extras=self.more.extras_with(self.title.text().strip()),
            output=self.more.place.output,
            may_replace=self.more.place.may_replace,
        )

    def forbid_framing(self, reason: str) -> None:
        """There is nothing to choose about it."""
        for by, _ in FRAMINGS:
            self.framing.button(by).setVisible(False)
        self.framing_note.setText(reason)

    def _build_ui(self, settings: Settings) -> None:
        platforms = [(platform.name, platform.label) for platform in PLATFORMS.values()]
        known = settings.platform if settings.platform in PLATFORMS else platforms[0][0]
        self.platform = ChoiceRow("Platform", platforms, known)
        self.length = ChoiceRow("Length", LENGTHS, USUAL_LENGTH_MS)
        self.trims_pauses = QCheckBox("Shorten long pauses")
        self.trims_pauses.setChecked(True)
        self.lasts = QLabel()
        self.captions = CaptionCards(settings.caption_style)
        self.title = QLineEdit()
        self.title.setAccessibleName("Title")
        self.title.setPlaceholderText("A line over the first seconds (optional)")
        self.title.setToolTip("Stands at the top for three to five seconds")
        self.title.setMaxLength(LONGEST_TITLE)
        self.framing = ChoiceRow("Framing", FRAMINGS, "face")
        self.framing_note = small("")
        self.more_button = self._built_more_button()
        self.summary = small("")
        usual = QWidget()
        fill_table(
            usual,
            (
                ("For", self.platform),
                ("Length", self.length),
                ("", in_a_row(self.trims_pauses, self.lasts)),
                ("Captions", self.captions),
                ("Title", self.title),
                ("Shows", in_a_row(self.framing, self.framing_note)),
                (self.more_button, self.summary),
            ),
        )
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(GRID_PX)
        rows.addWidget(usual)
        rows.addWidget(self.more)

    def _built_more_button(self) -> QPushButton:
        button = plain_button("More")
        button.setCheckable(True)
        button.setAccessibleName("More choices")
        button.setToolTip("Place, day, progress bar, subtitles, cover, noise")
        button.setProperty("role", "link")
        button.setIconSize(QSize(CHEVRON_PX, CHEVRON_PX))
        return button

    def _connect(self) -> None:
        for row in (self.platform, self.length, self.captions):
            row.chosen.connect(self.changed)
        self.trims_pauses.toggled.connect(self.changed)
        self.title.textChanged.connect(lambda: self._typing.start())
        self.title.editingFinished.connect(self._hurry)
        self._typing.timeout.connect(self._take_title)
        self.framing.chosen.connect(self._choose_framing)
        self._framing.changed.connect(self._show_framing)
        self.more.changed.connect(self._show_more)
        self.more.changed.connect(self.changed)
        self.more_button.toggled.connect(self._show_more)

    def _hurry(self) -> None:
        if self._typing.isActive():
            self._typing.stop()
            self._take_title()

    def _take_title(self) -> None:
        self.titled.emit()
        self.changed.emit()

    def _choose_framing(self) -> None:
        by: dict[object, FramedBy] = {"face": "face", "centre": "centre", "hand": "hand"}
        self._framing.choose(by[self.framing.value])

    def _show_framing(self) -> None:
        self.framing.choose(self._framing.by)
        if self._framing.is_looking:
            self.framing_note.setText("Looking for your face…")
        else:
            self.framing_note.setText("No face found: the middle" if self._framing.has_no_face else "")

    def _show_more(self) -> None:
        is_open = self.more_button.isChecked()
        self.more.setVisible(is_open)
        self.more_button.setIcon(icon("chevron-down" if is_open else "chevron-right", self._theme.muted))
        told = " · ".join((*self.more.chosen, f"Saved {self._place()}"))
        self.summary.ensurePolished()
        self.summary.setText(self.summary.fontMetrics().elidedText(told, Qt.TextElideMode.ElideRight, SUMMARY_WIDTH_PX))
        self.summary.setToolTip(told)
        self.summary.setVisible(not is_open)

    def _place(self) -> str:
        output = self.more.place.output
        return OWN_FOLDER[0].lower() + OWN_FOLDER[1:] if output is None else f"as {output.name}"
