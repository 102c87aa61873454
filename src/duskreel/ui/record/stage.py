"""The preview with everything that lies on it: a prompt, a sentence or two, or what is missing."""

from collections.abc import Callable

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from duskreel.errors import DiaryError
from duskreel.ui.icons import picture
from duskreel.ui.messages import Action
from duskreel.ui.theme import GRID_PX, Theme
from duskreel.ui.widgets.panel import Panel
from duskreel.ui.widgets.preview import Preview
from duskreel.ui.widgets.prompt_card import PromptCard

NOTICE_STAYS_MS = 12_000
MARK_STAYS_MS = 2_000
MARKED = "Marked: not for sharing"
SIGN_PX = 20
WIDEST_PX = 70 * GRID_PX


class Pill(QFrame):
    """A sentence on the picture; not there while there is none.

    Args:
        name: of the icon before it.
        colour: of the icon.
    """

    def __init__(self, name: str, colour: str) -> None:
        super().__init__()
        self.setProperty("role", "overlay")
        sign = QLabel()
        sign.setPixmap(picture(name, colour, SIGN_PX))
        self._text = QLabel()
        self._text.setTextFormat(Qt.TextFormat.PlainText)
        self._text.setWordWrap(True)
        row = QHBoxLayout(self)
        row.setContentsMargins(GRID_PX + GRID_PX // 2, GRID_PX, 2 * GRID_PX, GRID_PX)
        row.setSpacing(GRID_PX)
        row.addWidget(sign)
        row.addWidget(self._text)
        self.hide()

    def say(self, sentence: str) -> None:
        """Show it; "" for nothing."""
        self._text.setText(sentence)
        self.setAccessibleName(sentence)
        self.setVisible(bool(sentence))
        if sentence:
            self._text.ensurePolished()
            # A layout would make a label that may wrap too narrow or too low.
            width_px = min(self._text.fontMetrics().horizontalAdvance(sentence) + 2, WIDEST_PX)
            self._text.setFixedSize(width_px, self._text.heightForWidth(width_px))

    def text(self) -> str:
        """What it says."""
        return self._text.text()


class Stage(QWidget):
    """What the camera sees, and what is to be said about it.

    Args:
        theme: of colours.
        try_again: done when the user asks for it after something was missing.
    """

    def __init__(self, theme: Theme, try_again: Callable[[], object]) -> None:
        super().__init__()
        self._try_again = Action("Try again", try_again)
        self.preview = Preview(theme)
        self.prompt = PromptCard(theme)
        self.notice, self.hint = Pill("warning", theme.chosen), Pill("info", theme.muted)
        self.mark = Pill("lock", theme.muted)
        self.problem = Panel("camera-off", "", "", theme)
        self._notice_timer = QTimer(self)
        self._notice_timer.setSingleShot(True)
        self._notice_timer.timeout.connect(lambda: self.notice.say(""))
        self._mark_timer = QTimer(self)
        self._mark_timer.setSingleShot(True)
        self._mark_timer.timeout.connect(lambda: self.mark.say(""))
        self._build_ui()

    def show_picture(self, image: QImage) -> None:
        """The newest one; what was missing is here again."""
        if not self.problem.isHidden():
            self.problem.hide()
        self.preview.show_picture(image)

    def show_problem(self, error: DiaryError) -> None:
        """There is no picture, and why."""
        self.preview.show_picture(QImage())
        self.hint.say("")
        self.prompt.hide()
        self.problem.show_what("camera-off", error.what_happened, error.what_to_do, self._try_again)
        self.problem.show()

    def show_prompt(self, text: str | None, heading: str = "") -> None:
        """A prompt and what it belongs to, or none."""
        self.prompt.show_text(text or "", heading)
        self.prompt.setVisible(text is not None and self.problem.isHidden())

    def tell(self, sentence: str, *, stays: bool = False) -> None:
        """Something that happened; it goes after a while unless it stays true."""
        self._notice_timer.stop()
        self.notice.say(sentence)
        if sentence and not stays:
            self._notice_timer.start(NOTICE_STAYS_MS)

    def tell_mark(self) -> None:
        """What was just said is noted as not for sharing; short, for somebody who goes on talking."""
        self.mark.say(MARKED)
        self._mark_timer.start(MARK_STAYS_MS)

    def _build_ui(self) -> None:
        self.preview.add_top(self.prompt)
        self.preview.fill_with(self.problem)
        self.preview.add_bottom(self.mark)
        self.preview.add_bottom(self.notice)
        self.preview.add_bottom(self.hint)
        self.problem.hide()
        # A click must leave the space bar to the recording.
        self.problem.button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.addWidget(self.preview)
