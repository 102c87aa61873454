"""What few shorts need: another place, a day, a progress bar, subtitles, a cover, less noise, another encoder."""

import re
import sys
from pathlib import Path

from PySide6.QtCore import QRegularExpression, Signal
from PySide6.QtGui import QRegularExpressionValidator
from PySide6.QtWidgets import QCheckBox, QLineEdit, QWidget

from duskreel.export.extras import SUBTITLE_FILES, Extras, Marks
from duskreel.library.entry import Entry
from duskreel.ui.share.place_choice import PlaceChoice
from duskreel.ui.theme import GRID_PX
from duskreel.ui.widgets.rows import fill_table, in_a_row

DAY_WIDTH_PX = 10 * GRID_PX
NO_DAY = "None"
A_DAY = "[1-9][0-9]{0,4}"
TOLD_DAY = re.compile(rf"day[ _-]?({A_DAY})(?!\w|[.,]\d)", re.IGNORECASE)
GRAPHICS_DEVICES = ("/dev/dri", "/dev/nvidia0", "/dev/dxg")
"""where Linux has graphics processors; the last one is Windows' own, under WSL"""


class MoreChoices(QWidget):
    """The choices, with a label before each.

    Args:
        suggested_name: of the file.
        day: of the label at first; None for no label.
        has_graphics: whether an encoder of a graphics processor is worth a try.
        day_hint: what stands grey in the field while there is no label.
    """

    changed = Signal()

    def __init__(self, suggested_name: str, day: int | None, *, has_graphics: bool, day_hint: str = NO_DAY) -> None:
        super().__init__()
        self._day_hint = day_hint
        self._build_ui(suggested_name, day, has_graphics=has_graphics)
        self._connect()

    @property
    def day(self) -> int | None:
        """For the label."""
        return int(self.day_field.text() or 0) or None

    @property
    def chosen(self) -> list[str]:
        """What of it was chosen, in words."""
        day = [f"Day {self.day}"] if self.day else []
        return day + [box.accessibleName() for box in self._boxes if box.isChecked()]

    def extras_with(self, title: str) -> Extras:
        """All that the short is to have beside its picture, sound and captions."""
        files = {"srt": self.writes_srt, "vtt": self.writes_vtt}
        return Extras(
            marks=Marks(title, self.day, self.progress_bar.isChecked()),
            subtitle_files=tuple(kind for kind in SUBTITLE_FILES if files[kind].isChecked()),
            has_subtitle_track=self.subtitle_track.isChecked(),
            has_cover=self.cover.isChecked(),
            reduces_noise=self.reduces_noise.isChecked(),
            uses_hardware=self.uses_hardware.isChecked(),
        )

    def _build_ui(self, suggested_name: str, day: int | None, *, has_graphics: bool) -> None:
        self.place = PlaceChoice(suggested_name)
        self._build_boxes()
        rows: list[tuple[str | QWidget, QWidget]] = [
            ("Save", self.place),
            ("Day", in_a_row(self._built_day_field(day), self.progress_bar)),
            ("Subtitles", in_a_row(self.writes_srt, self.writes_vtt, self.subtitle_track)),
            ("Also", in_a_row(self.cover, self.reduces_noise)),
        ]
        if has_graphics:
            rows.append(("Encoder", in_a_row(self.uses_hardware)))
        fill_table(self, rows)

    def _built_day_field(self, day: int | None) -> QLineEdit:
        field = self.day_field = QLineEdit(str(day or ""))
        field.setPlaceholderText(self._day_hint)
        field.setAccessibleName("Number of the day")
        field.setToolTip("5 puts “Day 5” on the picture; empty for no label")
        field.setValidator(QRegularExpressionValidator(QRegularExpression(A_DAY), field))
        field.setFixedWidth(DAY_WIDTH_PX)
        return field

    def _build_boxes(self) -> None:
        self.progress_bar = _box("Progress bar", "A line at the top that grows as the short goes on")
        self.writes_srt = _box("File (.srt)", "Beside the short, for platforms that take one", "Subtitle file (.srt)")
        self.writes_vtt = _box("File (.vtt)", "Beside the short, for web pages", "Subtitle file (.vtt)")
        self.subtitle_track = _box(
            "Inside the video", "Players show them when asked to; platforms ignore them", "Subtitles inside the video"
        )
        self.cover = _box("Cover picture (.jpg)", "The best picture, with the title, beside the short")
        self.reduces_noise = _box("Reduce noise", "Takes steady noise out of the sound; heard in the finished short")
        self.uses_hardware = _box(
            "Graphics processor", "Often quicker; the file gets larger", "Graphics processor’s encoder"
        )

    @property
    def _boxes(self) -> tuple[QCheckBox, ...]:
        files = (self.writes_srt, self.writes_vtt, self.subtitle_track)
        return (self.progress_bar, *files, self.cover, self.reduces_noise, self.uses_hardware)

    def _connect(self) -> None:
        self.place.changed.connect(self.changed)
        self.day_field.textChanged.connect(self.changed)
        for box in self._boxes:
            box.toggled.connect(self.changed)


def day_offered_by(entry: Entry) -> str:
    """What stands grey in the empty field: a series is private until somebody types its day."""
    return f"{entry.series.day}?" if entry.series else NO_DAY


def day_told_by(entry: Entry) -> int | None:
    """The day of a series that an entry calls itself, in a tag or at the beginning of its title."""
    told = [TOLD_DAY.fullmatch(tag) for tag in entry.tags] + [TOLD_DAY.match(entry.title)]
    return next((int(match[1]) for match in told if match), None)


def may_have_graphics_encoder() -> bool:
    """A guess that costs nothing; only the export tries it out."""
    return sys.platform != "linux" or any(Path(device).exists() for device in GRAPHICS_DEVICES)


def _box(label: str, hint: str, name: str = "") -> QCheckBox:
    box = QCheckBox(label)
    box.setAccessibleName(name or label)
    box.setToolTip(hint)
    return box
