"""The choices and what the short says, one below the other, however low the dialog is."""

from PySide6.QtCore import QSize, Qt, QTimer
from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout, QWidget

from duskreel.ui.share.sentence_card import SentenceCard
from duskreel.ui.share.share_options import ShareOptions
from duskreel.ui.theme import GRID_PX

WIDTH_PX = 73 * GRID_PX
BAR_PX = 2 * GRID_PX
"""beside the choices, for the scroll bar"""
LOWEST_CARD_PX = 13 * GRID_PX
"""the heading and two sentences"""


class ChoicesArea(QScrollArea):
    """Scrolls where there is too little room for all of it.

    Args:
        options: at the top.
        said: takes what room is left.
    """

    def __init__(self, options: ShareOptions, said: SentenceCard) -> None:
        super().__init__()
        self._options = options
        said.setMinimumHeight(LOWEST_CARD_PX)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        # What can be reached by Tab is inside.
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setWidget(self._built_column(said))
        options.more_button.toggled.connect(self._show_more)

    def minimumSizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """Low: it scrolls."""
        return QSize(super().minimumSizeHint().width(), 2 * LOWEST_CARD_PX)

    def _built_column(self, said: SentenceCard) -> QWidget:
        column = QWidget()
        column.setObjectName("page")
        column.setFixedWidth(WIDTH_PX)
        rows = QVBoxLayout(column)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(2 * GRID_PX)
        rows.addWidget(self._options)
        rows.addWidget(said, stretch=1)
        return column

    def _show_more(self, is_open: bool) -> None:
        if is_open:
            # Laid out with the next event.
            QTimer.singleShot(0, self, lambda: self.ensureWidgetVisible(self._options.more, 0, GRID_PX))
