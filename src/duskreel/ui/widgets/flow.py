"""A layout that sets its widgets side by side and begins a new row where one is full."""

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtWidgets import QLayout, QLayoutItem, QWidget, QWidgetItem

from duskreel.ui.theme import GRID_PX


class FlowLayout(QLayout):
    """Rows of widgets in their own sizes.

    Args:
        spacing_px: between neighbours and between rows.
        is_centred: whether each row stands in the middle.
    """

    def __init__(self, *, spacing_px: int = GRID_PX, is_centred: bool = False) -> None:
        super().__init__()
        self._items: list[QLayoutItem] = []
        self._is_centred = is_centred
        self.setSpacing(spacing_px)
        self.setContentsMargins(0, 0, 0, 0)

    def set_order(self, widgets: list[QWidget]) -> None:
        """Show exactly these, in this order; each of them becomes a child of the same parent."""
        self._items.clear()
        for widget in widgets:
            self.addChildWidget(widget)
            self._items.append(QWidgetItem(widget))
        self.invalidate()

    def addItem(self, item: QLayoutItem) -> None:  # noqa: N802 - Qt's name
        """Put it at the end."""
        self._items.append(item)
        self.invalidate()

    def count(self) -> int:
        """How many there are."""
        return len(self._items)

    def itemAt(self, index: int) -> QLayoutItem | None:  # noqa: N802 - Qt's name
        """None where there is no such item, by which Qt knows the end."""
        return self._items[index] if 0 <= index < len(self._items) else None

    def takeAt(self, index: int) -> QLayoutItem | None:  # noqa: N802 - Qt's name
        """As `itemAt`, and it is no longer here."""
        return self._items.pop(index) if 0 <= index < len(self._items) else None

    def expandingDirections(self) -> Qt.Orientation:  # noqa: N802 - Qt's name
        """It takes no more room than it needs."""
        return Qt.Orientation(0)

    def hasHeightForWidth(self) -> bool:  # noqa: N802 - Qt's name
        """The narrower, the higher."""
        return True

    def heightForWidth(self, width: int) -> int:  # noqa: N802 - Qt's name
        """Of all rows."""
        return self._arranged(QRect(0, 0, width, 0), moves=False)

    def setGeometry(self, area: QRect) -> None:  # noqa: N802 - Qt's name
        """Set everything in its place."""
        super().setGeometry(area)
        self._arranged(area, moves=True)

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """As wide as the widest of its widgets."""
        return self.minimumSize()

    def minimumSize(self) -> QSize:  # noqa: N802 - Qt's name
        """As `sizeHint`."""
        size = QSize()
        for item in self._items:
            size = size.expandedTo(item.minimumSize())
        margins = self.contentsMargins()
        return size + QSize(margins.left() + margins.right(), margins.top() + margins.bottom())

    def _arranged(self, area: QRect, *, moves: bool) -> int:
        """Place the rows, or only measure them; returns the height."""
        inside = area.marginsRemoved(self.contentsMargins())
        top = inside.top()
        for row in self._rows(inside.width()):
            height = max(item.sizeHint().height() for item in row)
            if moves:
                self._place(row, inside, top)
            top += height + self.spacing()
        used = max(top - self.spacing() - inside.top(), 0) if self._items else 0
        margins = self.contentsMargins()
        return used + margins.top() + margins.bottom()

    def _rows(self, width: int) -> list[list[QLayoutItem]]:
        rows: list[list[QLayoutItem]] = []
        left = width + 1
        for item in self._items:
            if item.isEmpty():
                continue
            needed = item.sizeHint().width()
            if left + needed > width:
                rows.append([])
                left = 0
            rows[-1].append(item)
            left += needed + self.spacing()
        return rows

    def _place(self, row: list[QLayoutItem], inside: QRect, top: int) -> None:
        used = sum(item.sizeHint().width() for item in row) + self.spacing() * (len(row) - 1)
        left = inside.left() + (max(inside.width() - used, 0) // 2 if self._is_centred else 0)
        for item in row:
            size = item.sizeHint()
            item.setGeometry(QRect(QPoint(left, top), QSize(min(size.width(), inside.width()), size.height())))
            left += size.width() + self.spacing()
