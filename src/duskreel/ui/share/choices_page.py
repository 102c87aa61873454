"""The first page of sharing: what is shared, the choices, and the way on; later, how far the short is."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from duskreel.ui.buttons import main_button, plain_button
from duskreel.ui.job_progress import JobProgress
from duskreel.ui.share.choices_area import BAR_PX, ChoicesArea
from duskreel.ui.share.sentence_card import SentenceCard
from duskreel.ui.share.share_options import ShareOptions
from duskreel.ui.theme import GRID_PX, Theme
from duskreel.ui.widgets.remarks import Remarks

PROMISE = "Nothing leaves this computer.\nYou decide what to do with the file."


class ChoicesPage(QWidget):
    """Lays them out.

    Args:
        subject: what is shared, in a few words.
        options: the choices.
        said: every sentence.
        progress: of the short; takes the place of the way on while one is made.
        theme: of the icons.
    """

    def __init__(
        self, subject: str, options: ShareOptions, said: SentenceCard, progress: JobProgress, theme: Theme
    ) -> None:
        super().__init__()
        self.options, self.said, self.progress = options, said, progress
        self.subject, self.remarks = QLabel(subject), Remarks(theme)
        self._foot = self._built_foot()
        self._build_ui()
        self.show_making(is_making=False)

    def show_making(self, *, is_making: bool) -> None:
        """A short is being made, or none is."""
        self.options.setEnabled(not is_making)
        self.progress.setVisible(is_making)
        self._foot.setVisible(not is_making)

    def _build_ui(self) -> None:
        title = QLabel("Share")
        title.setProperty("role", "title")
        self.subject.setProperty("role", "muted")
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(2 * GRID_PX)
        head = QHBoxLayout()
        head.setSpacing(2 * GRID_PX)
        head.addWidget(title)
        head.addWidget(self.subject, stretch=1, alignment=Qt.AlignmentFlag.AlignBottom)
        foot = QVBoxLayout()
        foot.setContentsMargins(0, 0, BAR_PX, 0)
        foot.setSpacing(2 * GRID_PX)
        for widget in (self.remarks, self._foot, self.progress):
            foot.addWidget(widget)
        rows.addLayout(head)
        rows.addWidget(ChoicesArea(self.options, self.said), stretch=1)
        rows.addLayout(foot)

    def _built_foot(self) -> QWidget:
        promise = QLabel(PROMISE)
        promise.setProperty("role", "small")
        self.close_button = plain_button("Close")
        self.make = main_button("Make the short")
        self.make.setToolTip("Ctrl+Enter")
        self.make.setEnabled(False)
        foot = QWidget()
        row = QHBoxLayout(foot)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(GRID_PX)
        row.addWidget(promise, stretch=1)
        row.addWidget(self.close_button)
        row.addWidget(self.make)
        return foot
