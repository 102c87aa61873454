"""The only place that tells the user what went wrong, what is done, and asks before something is lost."""

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, Qt, QTimer
from PySide6.QtWidgets import QDialog, QFrame, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget
from shiboken6 import isValid

from duskreel.errors import DiaryError
from duskreel.ui.buttons import icon_button, plain_button
from duskreel.ui.dialog_layout import lay_out
from duskreel.ui.icons import picture
from duskreel.ui.theme import GRID_PX, Theme

MOST_SHOWN = 3
WIDTH_PX = 400
SHOWN_MS = 6_000
"""a sentence that asks for nothing; errors stay until they are closed"""


@dataclass(frozen=True)
class Action:
    """Something that can be done about a message."""

    label: str
    do: Callable[[], object]


class Messages(QObject):
    """Shows messages in the lower right corner of a window, newest at the bottom, above what must stay in reach there.

    Args:
        window: over which they lie.
        theme: for the icons.
    """

    def __init__(self, window: QWidget, theme: Theme) -> None:
        super().__init__(window)
        self._window, self._theme = window, theme
        self._cards: list[_Card] = []
        self._clear_of: list[QWidget] = []
        self._successor: Messages | None = None
        window.installEventFilter(self)

    def fail(self, error: DiaryError) -> None:
        """A known failure: what happened and what to do. It stays until it is closed."""
        self.show("warning", error.what_happened, error.what_to_do)

    def say(self, sentence: str, action: Action | None = None) -> None:
        """Something that is good to know; it goes away by itself."""
        self.show("info", sentence, "", action, goes_after_ms=SHOWN_MS)

    def tell(self, sentence: str, what_to_do: str = "", action: Action | None = None) -> None:
        """As `say`, but it stays until it is closed."""
        self.show("info", sentence, what_to_do, action)

    def confirm(self, question: str, detail: str, yes: str, do: Callable[[], object], *, no: str = "Cancel") -> None:
        """Ask before something is lost. Does not wait: `do` is called if the answer is yes."""
        if self._successor is not None:
            self._successor.confirm(question, detail, yes, do, no=no)
            return
        dialog = Question(self._window, question, detail, yes, no)
        dialog.accepted.connect(do)
        dialog.open()

    def hand_over(self, successor: "Messages") -> None:
        """Another window has taken this one's place: what is said here, now and later, is said there."""
        self._successor = successor
        for card in self._cards:
            successor.show(*card.content)

    def keep_clear_of(self, *widgets: QWidget) -> None:
        """Never lie on these while they are in sight; for what is at the lower edge of the window."""
        for widget in widgets:
            self._clear_of.append(widget)
            widget.installEventFilter(self)

    def shown(self) -> list[str]:
        """The sentences that can be read now, oldest first."""
        return [card.text() for card in self._cards]

    def clear(self) -> None:
        """Close all."""
        for card in list(self._cards):
            self._close(card)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        """Keeps to the corner, and off what it must not lie on."""
        # A window that is being deleted hides what it holds, and Python must not ask it anything by then.
        if event.type() in _MOVES and isValid(self._window):
            self._place()
        return super().eventFilter(watched, event)

    def show(self, icon: str, text: str, detail: str, action: Action | None = None, goes_after_ms: int = 0) -> None:
        """Show a message; `fail`, `say` and `tell` know which icon is meant, and how long it stays."""
        if self._successor is not None:
            self._successor.show(icon, text, detail, action, goes_after_ms)
            return
        if any(card.text() == text for card in self._cards):
            return
        card = _Card(self._window, self._theme, icon, text, detail, action)
        card.closed.clicked.connect(lambda: self._close(card))
        if card.action is not None:
            card.action.clicked.connect(lambda: self._close(card))
        self._cards.append(card)
        for old in self._cards[:-MOST_SHOWN]:
            self._close(old)
        if goes_after_ms:
            QTimer.singleShot(goes_after_ms, card, lambda: self._close(card))
        self._place()

    def _close(self, card: "_Card") -> None:
        if card in self._cards:
            self._cards.remove(card)
            card.hide()
            card.deleteLater()
            self._place()

    def _place(self) -> None:
        """From the lower right corner upwards."""
        width = min(WIDTH_PX, self._window.width() - 4 * GRID_PX)
        bottom = self._lowest(width) if self._cards else 0
        for card in reversed(self._cards):
            card.fit(width)
            card.move(self._window.width() - 2 * GRID_PX - width, bottom - card.height())
            card.show()
            card.raise_()
            bottom -= card.height() + GRID_PX

    def _lowest(self, width: int) -> int:
        """Where the lowest card of this width ends."""
        bottom = self._window.height() - 2 * GRID_PX
        column = QRect(self._window.width() - 2 * GRID_PX - width, 0, width, self._window.height())
        for widget in self._clear_of:
            if not widget.isVisible() or widget.window() is not self._window.window():
                continue
            area = QRect(widget.mapTo(self._window, QPoint(0, 0)), widget.size())
            if area.intersects(column):
                bottom = min(bottom, area.top() - GRID_PX)
        return bottom


_MOVES = (QEvent.Type.Show, QEvent.Type.Hide, QEvent.Type.Move, QEvent.Type.Resize)


class _Card(QFrame):
    """One message."""

    def __init__(self, parent: QWidget, theme: Theme, icon: str, text: str, detail: str, action: Action | None) -> None:
        super().__init__(parent)
        self.setProperty("role", "message")
        self.setAccessibleName(f"{text} {detail}".strip())
        self._text = text
        self.content = (icon, text, detail, action)
        sign = QLabel()
        sign.setPixmap(picture(icon, theme.danger if icon == "warning" else theme.text, 24))
        words = QVBoxLayout()
        words.setSpacing(GRID_PX // 2)
        for sentence, role in ((text, ""), (detail, "muted")):
            if sentence:
                label = QLabel(sentence)
                label.setTextFormat(Qt.TextFormat.PlainText)
                label.setWordWrap(True)
                label.setProperty("role", role)
                label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
                words.addWidget(label)
        self.action: QPushButton | None = None
        if action is not None:
            self.action = QPushButton(action.label)
            self.action.clicked.connect(action.do)
            words.addWidget(self.action, alignment=Qt.AlignmentFlag.AlignLeft)
        self.closed = icon_button("close", "Close this message", theme)
        row = QHBoxLayout(self)
        row.setContentsMargins(2 * GRID_PX, GRID_PX + GRID_PX // 2, GRID_PX, GRID_PX + GRID_PX // 2)
        row.setSpacing(GRID_PX + GRID_PX // 2)
        row.addWidget(sign, alignment=Qt.AlignmentFlag.AlignTop)
        row.addLayout(words, stretch=1)
        row.addWidget(self.closed, alignment=Qt.AlignmentFlag.AlignTop)

    def fit(self, width_px: int) -> None:
        """Be as wide as this, and as high as the words then need."""
        layout = self.layout()
        if layout is not None:
            self.setFixedSize(width_px, layout.totalHeightForWidth(width_px))

    def text(self) -> str:
        """Its first sentence."""
        return self._text


class Question(QDialog):
    """A yes that something is lost by, and a no that is the default."""

    def __init__(self, parent: QWidget, question: str, detail: str, yes: str, no: str) -> None:
        super().__init__(parent)
        self.setWindowTitle(question)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setMinimumWidth(WIDTH_PX)
        body = QLabel(detail)
        body.setTextFormat(Qt.TextFormat.PlainText)
        body.setWordWrap(True)
        self.no, self.yes = plain_button(no), plain_button(yes)
        self.yes.setProperty("role", "danger")
        self.no.setDefault(True)
        self.no.clicked.connect(self.reject)
        self.yes.clicked.connect(self.accept)
        lay_out(self, question, (body,) if detail else (), (self.no, self.yes))
