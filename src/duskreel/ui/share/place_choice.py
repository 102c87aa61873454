"""Where the short goes: the diary's own folder, or a file that the user names."""

from pathlib import Path

from PySide6.QtCore import QStandardPaths, Qt, Signal
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QPushButton, QWidget

from duskreel.export.places import BESIDE
from duskreel.ui.buttons import plain_button
from duskreel.ui.theme import GRID_PX
from duskreel.ui.widgets.rows import small

WIDTH_PX = 36 * GRID_PX
OWN_FOLDER = "In the diary’s folder for shorts"


class PlaceChoice(QWidget):
    """Tells the place, with a button that asks for another one.

    Args:
        suggested_name: of the file, where the user wants to say where it goes.
    """

    changed = Signal()

    def __init__(self, suggested_name: str) -> None:
        super().__init__()
        self._suggested_name = suggested_name
        self._output: Path | None = None
        self._may_replace = False
        self._build_ui()
        self.choose.clicked.connect(self._ask)

    @property
    def output(self) -> Path | None:
        """None for the diary's own folder and a name that is free."""
        return self._output

    @property
    def may_replace(self) -> bool:
        """Whether a file that is there may go: nobody was asked about others beside it."""
        return self._may_replace and self._output is not None and not _has_company(self._output)

    def save_to(self, path: str) -> None:
        """Write the short there; whoever chose a file that exists was asked whether it may go."""
        self._output = Path(path)
        self._may_replace = self._output.exists()
        place = f"{self._output.name}, in {self._output.parent.name or self._output.parent}"
        self.told.setText(self.told.fontMetrics().elidedText(place, Qt.TextElideMode.ElideMiddle, WIDTH_PX))
        self.told.setToolTip(path)
        self.changed.emit()

    def _build_ui(self) -> None:
        self.told = small(OWN_FOLDER)
        self.choose: QPushButton = plain_button("Choose…")
        self.choose.setAccessibleName("Choose where to save")
        self.choose.setProperty("role", "link")
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(2 * GRID_PX)
        row.addWidget(self.told)
        row.addWidget(self.choose)
        row.addStretch()

    def _ask(self) -> None:
        videos = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.MoviesLocation)
        start = str(Path(videos) / self._suggested_name)
        dialog = QFileDialog(self, "Save the short as", start, "MP4 video (*.mp4)")
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix("mp4")
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.fileSelected.connect(self.save_to)
        dialog.open()


def _has_company(short: Path) -> bool:
    return any(short.with_suffix(suffix).exists() for suffix in BESIDE)
