"""Buttons as this window has them; the style sheet knows them by their `role`."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QPushButton, QToolButton

from duskreel.ui.icons import icon
from duskreel.ui.theme import Theme

SMALL_ICON_PX = 20


def icon_button(name: str, label: str, theme: Theme, *, shortcut: str = "") -> QToolButton:
    """A button that shows only an icon; its label is told by the tooltip and to screen readers."""
    button = QToolButton()
    button.setIcon(icon(name, theme.text))
    button.setIconSize(QSize(SMALL_ICON_PX, SMALL_ICON_PX))
    button.setAccessibleName(label)
    button.setToolTip(f"{label} ({shortcut})" if shortcut else label)
    button.setCursor(Qt.CursorShape.PointingHandCursor)
    if shortcut:
        button.setShortcut(shortcut)
    return button


def main_button(label: str) -> QPushButton:
    """The one main action of a page."""
    button = QPushButton(label)
    button.setProperty("role", "main")
    button.setCursor(Qt.CursorShape.PointingHandCursor)
    return button


def plain_button(label: str, name: str = "", theme: Theme | None = None) -> QPushButton:
    """Any other action, with an icon before its label if `name` and `theme` are given."""
    button = QPushButton(label)
    if name and theme is not None:
        button.setIcon(icon(name, theme.text))
        button.setIconSize(QSize(SMALL_ICON_PX, SMALL_ICON_PX))
    button.setCursor(Qt.CursorShape.PointingHandCursor)
    return button
