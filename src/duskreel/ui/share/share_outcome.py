"""What there is when a short is made."""

from PySide6.QtCore import Qt, QUrl, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from duskreel.export.render import ExportResult
from duskreel.timecode import clock
from duskreel.ui.buttons import main_button, plain_button
from duskreel.ui.icons import device_pixels, picture
from duskreel.ui.reveal import OpenUrl, folder_url
from duskreel.ui.theme import GRID_PX, Theme

SIGN_PX = 6 * GRID_PX
BYTES_PER_MB = 1_000_000


class ShareDone(QWidget):
    """The finished short: its file, and what can be done with it.

    Args:
        open_url: opens files and folders with the system's programs.
        theme: of the icons.
    """

    closed = Signal()

    def __init__(self, open_url: OpenUrl, theme: Theme) -> None:
        super().__init__()
        self._open_url, self._theme = open_url, theme
        self._result: ExportResult | None = None
        self._build_ui()
        self.show_in_folder.clicked.connect(self.reveal)
        self.play.clicked.connect(self._play)
        self.done.clicked.connect(self.closed)

    def show_result(self, result: ExportResult, size_bytes: int) -> None:
        """This was made."""
        self._result = result
        self.file.setText(result.file.name)
        self.file.setToolTip(str(result.file))
        size = f"{size_bytes / BYTES_PER_MB:.1f} MB"
        facts = [clock(result.duration_ms), size, f"in {result.file.parent}"]
        self.facts.setText("  ·  ".join(facts))
        kinds = ", ".join(file.suffix for file in result.beside)
        self.beside.setText(f"Beside it, with the same name: {kinds}" if kinds else "")
        self.remarks.setText("\n".join(result.warnings))
        for label in (self.beside, self.remarks):
            label.setVisible(bool(label.text()))
        self.done.setFocus()

    def reveal(self) -> None:
        """Open the folder that it lies in."""
        if self._result is not None:
            self._open_url(folder_url(self._result.file))

    def _play(self) -> None:
        if self._result is not None:
            self._open_url(QUrl.fromLocalFile(str(self._result.file)))

    def _build_ui(self) -> None:
        sign, title = QLabel(), QLabel("Your short is ready")
        image = picture("check", self._theme.good, device_pixels(SIGN_PX))
        image.setDevicePixelRatio(image.width() / SIGN_PX)
        sign.setPixmap(image)
        title.setProperty("role", "title")
        self.file, self.facts, self.beside, self.remarks = QLabel(), QLabel(), QLabel(), QLabel()
        self.file.setProperty("role", "lead")
        reminder = QLabel("It is on this computer and nowhere else. What happens with it is up to you.")
        for label in (self.facts, self.beside, self.remarks, reminder):
            label.setProperty("role", "muted")
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 2 * GRID_PX, 0)
        rows.setSpacing(GRID_PX)
        rows.addStretch(2)
        rows.addWidget(sign)
        rows.addWidget(title)
        rows.addSpacing(2 * GRID_PX)
        for label in (self.file, self.facts, self.beside, self.remarks):
            label.setWordWrap(True)
            label.setTextFormat(Qt.TextFormat.PlainText)
            label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            rows.addWidget(label)
        rows.addSpacing(2 * GRID_PX)
        rows.addWidget(reminder)
        rows.addSpacing(2 * GRID_PX)
        rows.addLayout(self._built_buttons())
        rows.addStretch(3)

    def _built_buttons(self) -> QHBoxLayout:
        self.show_in_folder = plain_button("Show in folder", "folder", self._theme)
        self.play: QPushButton = plain_button("Play", "play", self._theme)
        self.done = main_button("Done")
        row = QHBoxLayout()
        row.setSpacing(GRID_PX)
        for button in (self.done, self.show_in_folder, self.play):
            row.addWidget(button)
        row.addStretch()
        return row
