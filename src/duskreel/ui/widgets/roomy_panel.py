"""A panel that fits into narrow places."""

from PySide6.QtCore import QSize
from PySide6.QtGui import QResizeEvent

from duskreel.ui.theme import GRID_PX
from duskreel.ui.widgets.panel import WIDEST_PX, Panel

NARROWEST_PX = 24 * GRID_PX


class RoomyPanel(Panel):
    """As `Panel`, with lines that are as wide as there is room for."""

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """Fit the lines."""
        super().resizeEvent(event)
        width = max(min(self.width() - 8 * GRID_PX, WIDEST_PX), NARROWEST_PX)
        for label in (self.title, self.text):
            if label.width() != width:
                label.setFixedWidth(width)

    def minimumSizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """Lines become higher instead."""
        return QSize(NARROWEST_PX + 8 * GRID_PX, super().minimumSizeHint().height())
