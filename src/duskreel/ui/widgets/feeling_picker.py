"""Words for how it feels, as chips: those that suit the mood first, the rest on request."""

from collections.abc import Iterable
from itertools import pairwise

from PySide6.QtCore import QSize, Qt, QTimer, Signal
from PySide6.QtGui import QFont, QFontMetrics, QShowEvent
from PySide6.QtWidgets import QPushButton, QSizePolicy, QWidget

from duskreel.library.entry import Mood
from duskreel.settings import FEELINGS
from duskreel.ui.icons import icon
from duskreel.ui.theme import GRID_PX, Theme
from duskreel.ui.widgets.flow import FlowLayout

FIRST_SHOWN = 8
USUAL_WIDTH_PX = 90 * GRID_PX
CHIP_EDGES_PX = 4 * GRID_PX
"""left and right of the word, as the style sheet has them"""
_SUITED = {
    None: ("calm", "happy", "hopeful", "grateful", "drained", "stressed", "anxious", "sad"),
    Mood.AWFUL: ("overwhelmed", "sad", "drained", "anxious", "angry", "hopeless", "lonely", "scared"),
    Mood.BAD: ("drained", "stressed", "worried", "frustrated", "sad", "disappointed", "discouraged", "annoyed"),
    Mood.OKAY: ("calm", "content", "indifferent", "drained", "relieved", "hopeful", "stressed", "worried"),
    Mood.GOOD: ("content", "happy", "grateful", "calm", "relieved", "hopeful", "satisfied", "proud"),
    Mood.GREAT: ("happy", "joyful", "excited", "grateful", "proud", "confident", "peaceful", "amazed"),
}
"""what is likely, so that most people find their word without looking for it"""


def in_order(feelings: Iterable[str], mood: Mood | None) -> list[str]:
    """The words with those first that suit the mood, after the user's own, which no list of ours knows."""
    words = list(dict.fromkeys(feelings))
    own = [word for word in words if word not in FEELINGS]
    suited = [word for word in _SUITED[mood] if word in words]
    first = own + suited
    return first + [word for word in words if word not in first]


class FeelingPicker(QWidget):
    """Choose any number of words.

    Args:
        feelings: all words there are.
        theme: for the icon of the chip that shows the rest.
        is_centred: whether each row of words stands in the middle.
    """

    changed = Signal(object)
    """with the tuple of chosen words, when the user changes it"""

    def __init__(self, feelings: tuple[str, ...], theme: Theme, *, is_centred: bool = False) -> None:
        super().__init__()
        self._feelings, self._theme = feelings, theme
        self._mood: Mood | None = None
        self._chosen: list[str] = []
        self._shows_all = False
        self._chips: dict[str, QPushButton] = {}
        self._flow = FlowLayout(is_centred=is_centred)
        self._undressed: list[QPushButton] = []
        self._dresser = QTimer(self)
        self._dresser.timeout.connect(self._dress_one)
        self._build_ui()

    @property
    def chosen(self) -> tuple[str, ...]:
        """The chosen words, in the order in which they were chosen."""
        return tuple(self._chosen)

    def set_chosen(self, feelings: tuple[str, ...]) -> None:
        """Show another choice, also of words that are not in the list; `changed` is not emitted."""
        self._chosen = list(dict.fromkeys(feelings))
        self._shows_all = False
        for word in self._chosen:
            self._chip(word)
        for word, chip in self._chips.items():
            chip.setChecked(word in self._chosen)
        self._arrange()

    def suggest_for(self, mood: Mood | None) -> None:
        """Bring the words that suit a mood to the front."""
        self._mood = mood
        self._arrange()

    def shown(self) -> list[str]:
        """The words that can be seen, in order."""
        likely = in_order([*self._feelings, *self._chosen], self._mood)
        if self._shows_all:
            return likely
        first = likely[:FIRST_SHOWN]
        return first + [word for word in self._chosen if word not in first]

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802 - Qt's name
        """Dresses the chips that cannot be seen yet one by one: all at once would take a tenth of a second."""
        super().showEvent(event)
        self._undressed = [chip for chip in self._chips.values() if chip.isHidden()]
        self._dresser.start()

    def _dress_one(self) -> None:
        if self._undressed:
            self._undressed.pop().ensurePolished()
        else:
            self._dresser.stop()

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """As if there were plenty of width; Qt would take the least one, and ask for a tower of chips."""
        return QSize(USUAL_WIDTH_PX, self._flow.heightForWidth(USUAL_WIDTH_PX))

    def minimumSizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """Of one chip."""
        return self._flow.minimumSize()

    def _build_ui(self) -> None:
        self.setAccessibleName("Feelings")
        # Words of different moods come and go; what is below must not jump for it.
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.setLayout(self._flow)
        for word in self._feelings:
            self._chip(word)
        self.more = _chip_button("more")
        self.more.setCheckable(False)
        self.more.setIcon(icon("plus", self._theme.text))
        self.more.setAccessibleName("More feelings")
        self.more.clicked.connect(self._show_all)
        self._arrange()

    def _chip(self, word: str) -> QPushButton:
        if word not in self._chips:
            chip = self._chips[word] = _chip_button(word)
            chip.setParent(self)
            chip.hide()
            chip.clicked.connect(lambda: self._toggle(word))
        return self._chips[word]

    def _toggle(self, word: str) -> None:
        if word in self._chosen:
            self._chosen.remove(word)
        else:
            self._chosen.append(word)
        self._chips[word].setChecked(word in self._chosen)
        self.changed.emit(self.chosen)

    def _show_all(self) -> None:
        known = set(self.shown())
        self._shows_all = True
        self._arrange()
        # The chip that was pressed is gone: the focus goes where the new words begin.
        new = next((word for word in self.shown() if word not in known), None)
        if new is not None:
            self._chips[new].setFocus(Qt.FocusReason.OtherFocusReason)

    def _arrange(self) -> None:
        words = self.shown()
        hides_some = len(words) < len(set(self._feelings) | set(self._chosen))
        widgets: list[QWidget] = [self._chip(word) for word in words]
        if hides_some:
            widgets.append(self.more)
        for chip in (*self._chips.values(), self.more):
            if chip not in widgets:
                chip.hide()
        self._flow.set_order(widgets)
        for before, after in pairwise(widgets):
            QWidget.setTabOrder(before, after)
        # Each one that appears would have all rows arranged anew.
        self._flow.setEnabled(False)
        for widget in widgets:
            widget.show()
        self._flow.setEnabled(True)
        self._flow.invalidate()
        self.updateGeometry()


def _chip_button(word: str) -> QPushButton:
    button = QPushButton(word)
    button.setProperty("role", "chip")
    button.setCheckable(True)
    button.setCursor(Qt.CursorShape.PointingHandCursor)
    # A chosen word is bold, and its neighbours must not move for it.
    bold = QFont(button.font())
    bold.setBold(True)
    button.setMinimumWidth(QFontMetrics(bold).horizontalAdvance(word) + CHIP_EDGES_PX)
    return button
