"""One finding: what it is, where it is said, why it is shown, and what can be done about it."""

from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QShortcut
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from duskreel.library.review_notes import CHOICES
from duskreel.review.findings import Finding
from duskreel.timecode import Span, clock
from duskreel.ui.buttons import plain_button
from duskreel.ui.icons import device_pixels, picture
from duskreel.ui.share.choice_chips import ChoiceChips
from duskreel.ui.share.finding_wording import ICONS, NAMES, breakable, choice_name, marked
from duskreel.ui.theme import GRID_PX, Theme

SIGN_PX = 20
LEFT_OUT = "left out"


class FindingCard(QFrame):
    """The keys 1 to 5 choose, and up and down go to the next card.

    Args:
        finding: that it is about, with what was decided.
        theme: of the icons.
    """

    chosen = Signal(object, object)
    """with the finding and the `Choice`, or None"""
    play_asked = Signal(object)
    """with the finding"""
    passed = Signal(int)
    """on to the next card (1), or back (-1)"""

    def __init__(self, finding: Finding, theme: Theme) -> None:
        super().__init__()
        self.finding, self._theme = finding, theme
        self.setProperty("role", "card")
        self._build_ui()
        self.chips.chosen.connect(lambda choice: self.chosen.emit(self.finding, choice))
        self.play.clicked.connect(lambda: self.play_asked.emit(self.finding))
        for key, way in ((Qt.Key.Key_Down, 1), (Qt.Key.Key_Up, -1)):
            # As shortcuts, since buttons have a use of their own for the arrows.
            shortcut = QShortcut(key, self, context=Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(partial(self.passed.emit, way))

    def show_finding(self, finding: Finding, part: Span | None) -> None:
        """The same with another choice, perhaps.

        Args:
            finding: of the same words.
            part: of the short, in which they are said; None while they are left out of it.
        """
        self.finding = finding
        when = LEFT_OUT if part is None else clock(part.start_ms)
        self.time.setText(when)
        self.play.setEnabled(part is not None)
        self.play.setToolTip("" if part is not None else "The short does without this sentence now")
        self.chips.show_choice(finding.choice)
        said = f"{NAMES[finding.kind][0]}, {when}: {finding.sentence} {finding.why}"
        self.setAccessibleName(f"{said} {choice_name(finding.choice)}.")

    @property
    def last_stop(self) -> QWidget:
        """Where Tab leaves the card."""
        return self.chips.button(CHOICES[-1])

    def take_focus(self) -> None:
        """Go to where one key plays it, and the digits decide: nothing is decided by a key pressed once too often."""
        chip = self.chips.button(self.finding.choice or CHOICES[0])
        (self.play if self.play.isEnabled() else chip).setFocus(Qt.FocusReason.TabFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """A digit chooses."""
        number = event.key() - Qt.Key.Key_0
        if 1 <= number <= len(CHOICES):
            self.chips.press(number)
        else:
            super().keyPressEvent(event)

    def _build_ui(self) -> None:
        finding, name = self.finding, NAMES[self.finding.kind][0]
        sign, title, self.time = QLabel(), QLabel(name), QLabel()
        image = picture(ICONS[finding.kind], self._theme.muted, device_pixels(SIGN_PX))
        image.setDevicePixelRatio(image.width() / SIGN_PX)
        sign.setPixmap(image)
        title.setProperty("role", "lead")
        self.time.setProperty("role", "muted")
        self.play = plain_button("Play", "play", self._theme)
        self.play.setAccessibleName(f"Play “{finding.text}”")
        self.play.setAutoDefault(False)
        self.sentence, self.why = QLabel(marked(finding)), QLabel(breakable(finding.why))
        self.sentence.setTextFormat(Qt.TextFormat.RichText)
        self.why.setTextFormat(Qt.TextFormat.PlainText)
        self.why.setProperty("role", "small")
        self.chips = ChoiceChips(f"{name}, “{finding.text}”", self._theme)
        head = QHBoxLayout()
        head.setSpacing(GRID_PX)
        for widget in (sign, title, self.time):
            head.addWidget(widget)
        head.addStretch()
        head.addWidget(self.play)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(2 * GRID_PX, GRID_PX, GRID_PX, GRID_PX + GRID_PX // 2)
        rows.setSpacing(GRID_PX)
        rows.addLayout(head)
        for label in (self.sentence, self.why):
            label.setWordWrap(True)
            rows.addWidget(label)
        rows.addWidget(self.chips)
