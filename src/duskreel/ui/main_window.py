"""The window: navigation on the left, one page beside it, and a quiet corner for what goes on in the background."""

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QCloseEvent, QDragEnterEvent, QDropEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QButtonGroup,
    QDialog,
    QFrame,
    QHBoxLayout,
    QMainWindow,
    QStackedWidget,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from duskreel.ui.background import Background
from duskreel.ui.buttons import icon_button
from duskreel.ui.icons import icon
from duskreel.ui.job_corner import JobCorner
from duskreel.ui.messages import Messages
from duskreel.ui.page import Page
from duskreel.ui.shortcut_sheet import ShortcutSheet
from duskreel.ui.theme import GRID_PX, Theme

NAVIGATION_WIDTH_PX = 11 * GRID_PX
SMALLEST = QSize(960, 600)
USUAL = QSize(1280, 800)


@dataclass(frozen=True)
class Place:
    """A page that the navigation leads to."""

    name: str
    label: str
    icon: str
    shortcut: str
    page: Page | Callable[[], Page]
    """or what builds it when it is first wanted"""


class MainWindow(QMainWindow):
    """Shows one page at a time.

    Args:
        background: whose work the corner shows.
        theme: of all icons.
    """

    files_dropped = Signal(list)
    """with the paths of files that were dragged onto the window"""
    search_asked = Signal()
    """the user wants to search"""
    closing = Signal()
    """the user has closed it, and nothing speaks against it"""

    def __init__(self, background: Background, theme: Theme) -> None:
        super().__init__()
        self._theme, self._background = theme, background
        self._pages: dict[str, Page] = {}
        self._unbuilt: dict[str, Callable[[], Page]] = {}
        self._marked: dict[str, str] = {}
        self._buttons: dict[str, QToolButton] = {}
        self._shown: Page | None = None
        self._may_close = False
        self.messages = Messages(self, theme)
        self._build_ui()
        self._connect()

    def add(self, place: Place) -> None:
        """A page with a button of its own, below those that are there."""
        self.add_page(place.name, place.page)
        button = self._built_button(place)
        self._group.addButton(button)
        self._buttons[place.name] = button
        self._button_rows.addWidget(button)
        QShortcut(QKeySequence(place.shortcut), self).activated.connect(button.click)

    def add_page(self, name: str, page: Page | Callable[[], Page], *, below: str = "") -> None:
        """A page that only others lead to; `below` is the place whose button is marked meanwhile."""
        self._marked[name] = below or name
        if isinstance(page, Page):
            self._take_in(name, page)
        else:
            self._unbuilt[name] = page

    def page(self, name: str) -> Page:
        """One of the pages; built now if nobody has wanted it yet."""
        if name in self._unbuilt:
            self._take_in(name, self._unbuilt.pop(name)())
        return self._pages[name]

    def build_next(self) -> bool:
        """Build a page that nobody has wanted yet; False if there is none."""
        name = next(iter(self._unbuilt), "")
        if name:
            self.page(name)
        return bool(name)

    def go_to(self, name: str) -> None:
        """Show a page."""
        page = self.page(name)
        if page is self._shown:
            return
        if self._shown is not None:
            self._shown.leave()
        self._shown = page
        self._stack.setCurrentWidget(page)
        self._buttons[self._marked[name]].setChecked(True)
        page.enter()
        page.setFocus(Qt.FocusReason.OtherFocusReason)

    @property
    def shown(self) -> Page | None:
        """The page in sight."""
        return self._shown

    @property
    def shown_name(self) -> str:
        """Its name; empty while there is none."""
        return next((name for name, page in self._pages.items() if page is self._shown), "")

    def lock_navigation(self, *, is_locked: bool) -> None:
        """While something is recorded, nothing leads away from it by mistake."""
        for button in self._buttons.values():
            button.setEnabled(not is_locked)
        self._find.setEnabled(not is_locked)

    def leave_page(self) -> None:
        """Before the window goes: the page in sight lets go of what it holds."""
        if self._shown is not None:
            self._shown.leave()
            self._shown = None

    def give_way_to(self, successor: "MainWindow") -> None:
        """Go, once no dialog of this window is making something any more, which has to tell of its end."""
        self.messages.hand_over(successor.messages)
        dialogs = self.findChildren(QDialog)
        for dialog in dialogs:
            dialog.destroyed.connect(self.deleteLater)
        if not dialogs:
            self.deleteLater()

    def closeEvent(self, event: QCloseEvent) -> None:  # noqa: N802 - Qt's name
        """Asks first if something would be lost or left."""
        reasons = [*(page.reason_to_stay() for page in self._pages.values()), self._unfinished_work()]
        reason = next(filter(None, reasons), "")
        if self._may_close or not reason:
            event.accept()
            self.closing.emit()
            return
        event.ignore()
        self.messages.confirm("Close Duskreel?", reason, "Close", self._close_anyway, no="Stay")

    def _unfinished_work(self) -> str:
        """What nobody would begin again by itself."""
        background = self._background
        jobs = [*([background.running] if background.running else []), *background.waiting]
        titles = [f"“{job.title}”" for job in jobs if not job.yields]
        if not titles:
            return ""
        if len(titles) > 1:
            return f"{titles[0]} and {len(titles) - 1} more are not finished; they would have to be begun again."
        return f"{titles[0]} is not finished; it would have to be begun again."

    def _take_in(self, name: str, page: Page) -> None:
        self._pages[name] = page
        self._stack.addWidget(page)

    def _close_anyway(self) -> None:
        self._may_close = True
        self.close()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:  # noqa: N802 - Qt's name
        """Files are welcome."""
        if any(url.isLocalFile() for url in event.mimeData().urls()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:  # noqa: N802 - Qt's name
        """Hands their paths on."""
        paths = [url.toLocalFile() for url in event.mimeData().urls() if url.isLocalFile()]
        if paths:
            event.acceptProposedAction()
            self.files_dropped.emit(paths)

    def _build_ui(self) -> None:
        self.setWindowTitle("Duskreel")
        self.setAcceptDrops(True)
        self.setMinimumSize(SMALLEST)
        self.resize(USUAL)
        self._stack = QStackedWidget()
        whole = QWidget()
        row = QHBoxLayout(whole)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self._built_navigation())
        row.addWidget(self._stack, stretch=1)
        self.setCentralWidget(whole)

    def _built_navigation(self) -> QFrame:
        bar = QFrame()
        bar.setObjectName("navigation")
        bar.setFixedWidth(NAVIGATION_WIDTH_PX)
        rows = QVBoxLayout(bar)
        rows.setContentsMargins(GRID_PX, 2 * GRID_PX, GRID_PX, GRID_PX)
        rows.setSpacing(GRID_PX)
        self._group = QButtonGroup(self)
        self._button_rows = QVBoxLayout()
        self._button_rows.setSpacing(GRID_PX)
        rows.addLayout(self._button_rows)
        rows.addStretch()
        self.job_corner = JobCorner(self._background, self._theme)
        rows.addWidget(self.job_corner)
        self._help = icon_button("keyboard", "Keyboard shortcuts", self._theme)
        rows.addWidget(self._help, alignment=Qt.AlignmentFlag.AlignHCenter)
        return bar

    def _built_button(self, place: Place) -> QToolButton:
        button = QToolButton()
        button.setProperty("role", "navigation")
        button.setText(place.label)
        button.setIcon(icon(place.icon, self._theme.text))
        button.setIconSize(QSize(28, 28))
        button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextUnderIcon)
        button.setToolTip(f"{place.label} ({place.shortcut})")
        button.setAccessibleName(place.label)
        button.setCheckable(True)
        button.setCursor(Qt.CursorShape.PointingHandCursor)
        button.setFixedWidth(NAVIGATION_WIDTH_PX - 2 * GRID_PX)
        button.clicked.connect(lambda: self.go_to(place.name))
        return button

    def _connect(self) -> None:
        self._find = QShortcut(QKeySequence.StandardKey.Find, self)
        self._find.activated.connect(self.search_asked)
        QShortcut(QKeySequence("?"), self).activated.connect(self.show_shortcuts)
        QShortcut(QKeySequence("F11"), self).activated.connect(self._toggle_full_screen)
        self._help.clicked.connect(self.show_shortcuts)

    def show_shortcuts(self) -> None:
        """The sheet of all keys."""
        ShortcutSheet(self).open()

    def _toggle_full_screen(self) -> None:
        self.showNormal() if self.isFullScreen() else self.showFullScreen()
