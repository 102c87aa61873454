"""All findings, one card below the other, and one press for those of a kind."""

from collections import Counter
from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QMenu, QPushButton, QVBoxLayout, QWidget

from duskreel.library.review_notes import Choice
from duskreel.review.findings import Finding, Kind
from duskreel.timecode import Span
from duskreel.ui.buttons import plain_button
from duskreel.ui.icons import icon
from duskreel.ui.share.finding_card import FindingCard
from duskreel.ui.share.finding_wording import CHOICE_ICONS, ICONS, LABELS, NAMES, NOT_DECIDED
from duskreel.ui.theme import GRID_PX, Theme
from duskreel.ui.widgets.flow import FlowLayout

FEWEST_FOR_ALL = 2
"""of a kind, from which on they can be decided together"""

Key = tuple[Kind, object, str]


class FindingList(QWidget):
    """Keeps the cards of what stays, so that whoever has just decided about one finds it where it was.

    Args:
        theme: of the icons.
    """

    chosen = Signal(object, object)
    """with a list of findings and the `Choice` about them, or None"""
    play_asked = Signal(object)
    """with the finding"""
    reached = Signal(object)
    """with the card that the keys have gone to"""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._findings: tuple[Finding, ...] = ()
        self._part_of: Callable[[Finding], Span | None] = lambda _: None
        self._cards: dict[Key, FindingCard] = {}
        self._kinds: dict[Kind, int] = {}
        self._together, self._flow = QWidget(), FlowLayout()
        self._together.setLayout(self._flow)
        self._rows = QVBoxLayout(self)
        self._rows.setContentsMargins(0, 0, 0, 0)
        self._rows.setSpacing(GRID_PX + GRID_PX // 2)
        self._rows.addWidget(self._together)
        self._building = QTimer(self, interval=0)
        self._building.timeout.connect(self._build_next)

    def show_findings(self, findings: Sequence[Finding], part_of: Callable[[Finding], Span | None]) -> None:
        """Show these, in order.

        Args:
            findings: with their choices.
            part_of: tells when in the short one is said; None where it is left out.
        """
        self._findings, self._part_of = tuple(findings), part_of
        wanted = {_key(finding): finding for finding in findings}
        for key in [key for key in self._cards if key not in wanted]:
            self._remove(self._cards.pop(key))
        for key, card in self._cards.items():
            card.show_finding(wanted[key], part_of(wanted[key]))
        self._show_together()
        self._building.start()

    @property
    def cards(self) -> list[FindingCard]:
        """Those that are built, in order."""
        return [self._cards[_key(finding)] for finding in self._findings if _key(finding) in self._cards]

    def _build_next(self) -> None:
        """A card at a time: forty of them together would keep the window waiting."""
        for place, finding in enumerate(self._findings):
            if _key(finding) not in self._cards:
                self._cards[_key(finding)] = card = FindingCard(finding, self._theme)
                card.show_finding(finding, self._part_of(finding))
                card.chosen.connect(lambda finding, choice: self.chosen.emit([finding], choice))
                card.play_asked.connect(self.play_asked)
                card.passed.connect(partial(self._pass, card))
                self._rows.insertWidget(place + 1, card)
                return
        self._building.stop()
        self._follow_order()

    def _follow_order(self) -> None:
        """So that Tab goes from one to the next, also to a card that came between two."""
        for card, following in zip(self.cards, self.cards[1:], strict=False):
            QWidget.setTabOrder(card.last_stop, following.play)

    def _remove(self, card: FindingCard) -> None:
        self._rows.removeWidget(card)
        card.hide()
        card.deleteLater()

    def _pass(self, card: FindingCard, way: int) -> None:
        cards = self.cards
        place = cards.index(card) + way
        if 0 <= place < len(cards):
            cards[place].take_focus()
            self.reached.emit(cards[place])

    # ---- all of a kind

    def _show_together(self) -> None:
        counts = Counter(finding.kind for finding in self._findings)
        kinds = {kind: counts[kind] for kind in Kind if counts[kind] >= FEWEST_FOR_ALL}
        self._together.setVisible(bool(kinds))
        if kinds == self._kinds:
            return
        self._kinds = kinds
        for button in self._together.findChildren(QPushButton):
            button.hide()
            button.deleteLater()
        self._flow.set_order([self._built_button(kind, count) for kind, count in kinds.items()])
        self._together.updateGeometry()

    def _built_button(self, kind: Kind, count: int) -> QPushButton:
        button = plain_button(f"{_all(count)} {NAMES[kind][1]}", ICONS[kind], self._theme)
        button.setAutoDefault(False)
        menu = QMenu(button)
        menu.setToolTipsVisible(True)
        for choice, label, meaning in LABELS:
            action = menu.addAction(icon(CHOICE_ICONS[choice], self._theme.text), label)
            action.setToolTip(meaning)
            action.triggered.connect(partial(self._choose_all, kind, choice))
        menu.addSeparator()
        menu.addAction(NOT_DECIDED).triggered.connect(partial(self._choose_all, kind, None))
        button.setMenu(menu)
        return button

    def _choose_all(self, kind: Kind, choice: Choice | None, _checked: bool = False) -> None:
        self.chosen.emit([finding for finding in self._findings if finding.kind is kind], choice)


def _all(count: int) -> str:
    return "Both" if count == FEWEST_FOR_ALL else f"All {count}"


def _key(finding: Finding) -> Key:
    return finding.kind, finding.span, finding.text
