"""What the user may want of a short: platform, length, captions, pauses, framing, and where it goes."""

from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QStandardPaths, Qt, Signal
from PySide6.QtWidgets import QCheckBox, QFileDialog, QGridLayout, QHBoxLayout, QLabel, QPushButton, QWidget

from duskreel.export.extras import Extras
from duskreel.export.presets import PLATFORMS
from duskreel.settings import Settings
from duskreel.ui.buttons import plain_button
from duskreel.ui.share.caption_cards import CaptionCards
from duskreel.ui.share.choice_row import ChoiceRow
from duskreel.ui.share.framing_choice import FramedBy, FramingChoice
from duskreel.ui.theme import GRID_PX

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
LABEL_WIDTH_PX = 10 * GRID_PX
PLACE_WIDTH_PX = 26 * GRID_PX
OWN_FOLDER = "In the diary’s folder for shorts"


@dataclass(frozen=True)
class ShareWishes:
    """What is chosen, apart from the framing."""

    platform: str
    length_ms: int | None
    captions: str | None
    trims_pauses: bool
    extras: Extras
    output: Path | None
    """None for the diary's own folder and a name from the entry's"""
    may_replace: bool


class ShareOptions(QWidget):
    """The choices, with a label before each.

    Args:
        settings: their defaults.
        framing: shown, and changed by its chips.
        suggested_name: of the file, where the user wants to say where it goes.
    """

    changed = Signal()
    """`wishes` are others now"""

    def __init__(self, settings: Settings, framing: FramingChoice, suggested_name: str) -> None:
        super().__init__()
        self._framing, self._suggested_name = framing, suggested_name
        self._output: Path | None = None
        self._may_replace = False
        self._build_ui(settings)
        self._connect()
        self._show_framing()

    @property
    def wishes(self) -> ShareWishes:
        """As chosen now."""
        length_ms, captions = self.length.value, self.captions.value
        return ShareWishes(
            platform=str(self.platform.value),
            length_ms=length_ms if isinstance(length_ms, int) else None,
            captions=captions if isinstance(captions, str) else None,
            trims_pauses=self.trims_pauses.isChecked(),
            extras=Extras(subtitle_files=("srt",) if self.writes_srt.isChecked() else ()),
            output=self._output,
            may_replace=self._may_replace,
        )

    def save_to(self, path: str) -> None:
        """Write the short there; whoever chose a file that exists was asked whether it may go."""
        self._output = Path(path)
        self._may_replace = self._output.exists()
        place = f"{self._output.name}, in {self._output.parent.name or self._output.parent}"
        self.place.setText(self.place.fontMetrics().elidedText(place, Qt.TextElideMode.ElideMiddle, PLACE_WIDTH_PX))
        self.place.setToolTip(path)
        self.changed.emit()

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
        self.captions = CaptionCards(settings.caption_style)
        self.framing = ChoiceRow("Framing", FRAMINGS, "face")
        self.framing_note = _small("")
        self.trims_pauses = QCheckBox("Shorten long pauses")
        self.trims_pauses.setChecked(True)
        self.writes_srt = QCheckBox("Subtitle file too (.srt)")
        self.lasts = QLabel()
        table = QGridLayout(self)
        table.setContentsMargins(0, 0, 0, 0)
        table.setHorizontalSpacing(GRID_PX)
        table.setVerticalSpacing(GRID_PX + GRID_PX // 2)
        table.setColumnMinimumWidth(0, LABEL_WIDTH_PX)
        table.setColumnStretch(1, 1)
        rows: tuple[tuple[str, QWidget], ...] = (
            ("For", self.platform),
            ("Length", self.length),
            ("", _row(self.trims_pauses, self.lasts)),
            ("Captions", self.captions),
            ("Shows", _row(self.framing, self.framing_note)),
            ("Save", self._built_place()),
        )
        for number, (label, field) in enumerate(rows):
            table.addWidget(_label(label), number, 0, Qt.AlignmentFlag.AlignVCenter)
            table.addWidget(field, number, 1)

    def _built_place(self) -> QWidget:
        self.place = _small(OWN_FOLDER)
        self.choose_place: QPushButton = plain_button("Choose …")
        self.choose_place.setAccessibleName("Choose where to save")
        self.choose_place.setProperty("role", "link")
        return _row(self.place, self.choose_place, self.writes_srt)

    def _connect(self) -> None:
        for row in (self.platform, self.length, self.captions):
            row.chosen.connect(self.changed)
        for box in (self.trims_pauses, self.writes_srt):
            box.toggled.connect(self.changed)
        self.framing.chosen.connect(self._choose_framing)
        self._framing.changed.connect(self._show_framing)
        self.choose_place.clicked.connect(self._ask_for_place)

    def _choose_framing(self) -> None:
        by: dict[object, FramedBy] = {"face": "face", "centre": "centre", "hand": "hand"}
        self._framing.choose(by[self.framing.value])

    def _show_framing(self) -> None:
        self.framing.choose(self._framing.by)
        if self._framing.is_looking:
            self.framing_note.setText("Looking for your face …")
        else:
            self.framing_note.setText("No face found: the middle" if self._framing.has_no_face else "")

    def _ask_for_place(self) -> None:
        videos = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.MoviesLocation)
        start = str(Path(videos) / self._suggested_name)
        dialog = QFileDialog(self, "Save the short as", start, "MP4 video (*.mp4)")
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix("mp4")
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.fileSelected.connect(self.save_to)
        dialog.open()


def _label(text: str) -> QLabel:
    label = QLabel(text)
    label.setProperty("role", "muted")
    return label


def _small(text: str) -> QLabel:
    label = QLabel(text)
    label.setProperty("role", "small")
    return label


def _row(*widgets: QWidget) -> QWidget:
    whole = QWidget()
    row = QHBoxLayout(whole)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(2 * GRID_PX)
    for widget in widgets:
        row.addWidget(widget)
    row.addStretch()
    return whole
