"""What is worth a second thought, looked through before every short is made; the person decides."""

from collections.abc import Sequence
from html import escape

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QScrollArea, QVBoxLayout, QWidget

from duskreel.library.review_notes import ReviewNotes
from duskreel.review.findings import Finding
from duskreel.ui.buttons import main_button, plain_button
from duskreel.ui.share.choices_area import BAR_PX, WIDTH_PX
from duskreel.ui.share.closing_card import ClosingCard
from duskreel.ui.share.finding_list import FindingList
from duskreel.ui.share.finding_wording import NAMES, breakable, found, undecided
from duskreel.ui.share.picture_notes import PictureNotes
from duskreel.ui.share.picture_search import PictureSearch
from duskreel.ui.share.short_plan import ShortPlan
from duskreel.ui.theme import GRID_PX, Theme
from duskreel.ui.widgets.remarks import Remarks

LOOKING = "Looking through it…"
NOTHING = "Nothing was found that asks for a second thought."
NO_WORDS = "Only the picture can be looked through."
YOURS = "You decide: nothing changes unless you choose it. Keys 1 to 5 choose, ↑ and ↓ go on."
IN_WRITING = "In the title or the file’s name: “{text}” ({kind}). {why}"


class ReviewPage(QWidget):
    """Findings, the picture, and what the check cannot know, one below the other; below them the way on.

    Args:
        search: looks at the pictures.
        theme: of the icons.
    """

    gone_back = Signal()
    agreed = Signal()
    """make it"""
    tomorrow_asked = Signal()
    protect_asked = Signal()

    def __init__(self, search: PictureSearch, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._search = search
        self.setFixedWidth(WIDTH_PX + BAR_PX)
        self._build_ui()
        self.back.clicked.connect(self.gone_back)
        self.go.clicked.connect(self.agreed)
        self.tomorrow.clicked.connect(self.tomorrow_asked)
        self.protect.clicked.connect(self.protect_asked)
        self.findings.reached.connect(lambda card: self._area.ensureWidgetVisible(card, 0, GRID_PX))

    def show_plan(self, plan: ShortPlan, notes: ReviewNotes, limits: Sequence[str]) -> None:
        """Tell about this short.

        Args:
            plan: with its findings.
            notes: what was decided about it.
            limits: what no check can know, in sentences.
        """
        self.show_findings(plan.review.in_short, plan)
        self.remarks.tell([*map(_written, plan.review.written), *plan.review.remarks], is_refusal=False)
        self.picture.show_notes(notes, plan.outline.design.timeline)
        self.limits.setText("".join(f"<p style='margin: 0 0 {GRID_PX // 2}px 0'>{escape(each)}</p>" for each in limits))
        self._limits_title.setVisible(bool(limits))
        self.closing.show_word(plan.closing, has_sentences=bool(plan.outline.lines))

    def show_findings(self, findings: Sequence[Finding], plan: ShortPlan) -> None:
        """Tell about these; the plan knows when they are said, and may be older than the choices about them."""
        count = len(findings)
        nothing = NOTHING if plan.outline.lines else NO_WORDS
        self.count.setText(found(count) if count else nothing)
        self.undecided.setText(undecided(sum(finding.choice is None for finding in findings)))
        self.undecided.setVisible(bool(self.undecided.text()))
        for widget in (self.advice, self.findings):
            widget.setVisible(bool(count))
        self.findings.show_findings(findings, plan.part_of)

    def begin(self) -> None:
        """It comes into sight: from the top, at what is not decided yet; where there is nothing, at the way on."""
        self._area.verticalScrollBar().setValue(0)
        card = next((card for card in self.findings.cards if card.finding.choice is None), None)
        if card is not None:
            card.take_focus()
            self._area.ensureWidgetVisible(card, 0, GRID_PX)
        else:
            (self.go if self.go.isEnabled() else self.back).setFocus(Qt.FocusReason.OtherFocusReason)

    def _build_ui(self) -> None:
        title, self.count, self.advice = QLabel("Before you share"), QLabel(LOOKING), QLabel(YOURS)
        title.setProperty("role", "title")
        self.count.setProperty("role", "lead")
        self.advice.setProperty("role", "muted")
        self.findings = FindingList(self._theme)
        self.picture = PictureNotes(self._search)
        self.closing = ClosingCard(self._theme)
        self.remarks = Remarks(self._theme)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(2 * GRID_PX)
        rows.addWidget(title)
        rows.addWidget(self._built_area(), stretch=1)
        rows.addLayout(self._built_foot())

    def _built_area(self) -> QScrollArea:
        self._limits_title, self.limits = QLabel("What no check can know"), QLabel()
        self._limits_title.setProperty("role", "muted")
        self.limits.setProperty("role", "small")
        self.protect = _link("Protect another word…")
        column = QWidget()
        column.setObjectName("page")
        column.setFixedWidth(WIDTH_PX)
        rows = QVBoxLayout(column)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(GRID_PX + GRID_PX // 2)
        for widget in (self.count, self.advice, self.findings, self.remarks):
            rows.addWidget(widget)
        rows.addWidget(self.protect, alignment=Qt.AlignmentFlag.AlignLeft)
        rows.addWidget(self.closing)
        rows.addWidget(self.picture)
        rows.addWidget(self._limits_title)
        rows.addWidget(self.limits)
        rows.addStretch()
        for label in (self.count, self.advice, self.limits):
            label.setWordWrap(True)
        self._area = QScrollArea()
        self._area.setFrameShape(QFrame.Shape.NoFrame)
        self._area.setWidgetResizable(True)
        self._area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        # What can be reached by Tab is inside.
        self._area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._area.setWidget(column)
        return self._area

    def _built_foot(self) -> QVBoxLayout:
        self.undecided = QLabel()
        self.undecided.setProperty("role", "muted")
        self.tomorrow = _link("Ask me again tomorrow")
        self.back, self.go = plain_button("Back"), main_button("Make the short")
        # Until it is known what is in it.
        self.go.setEnabled(False)
        self.go.setToolTip(LOOKING)
        self.tomorrow.setToolTip("Nothing is made. Tomorrow your diary reminds you, quietly")
        buttons = QHBoxLayout()
        buttons.setSpacing(GRID_PX)
        buttons.addWidget(self.tomorrow)
        buttons.addStretch()
        buttons.addWidget(self.back)
        buttons.addWidget(self.go)
        foot = QVBoxLayout()
        foot.setContentsMargins(0, 0, BAR_PX, 0)
        foot.setSpacing(GRID_PX)
        foot.addWidget(self.undecided, alignment=Qt.AlignmentFlag.AlignRight)
        foot.addLayout(buttons)
        return foot


def _link(text: str) -> QPushButton:
    button = plain_button(text)
    button.setProperty("role", "link")
    return button


def _written(finding: Finding) -> str:
    return IN_WRITING.format(text=breakable(finding.text), kind=NAMES[finding.kind][0].lower(), why=finding.why)
