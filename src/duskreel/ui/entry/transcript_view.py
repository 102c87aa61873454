"""The words of a clip to read along, to choose and to correct."""

from bisect import bisect_left, bisect_right
from collections.abc import Sequence

from PySide6.QtCore import QEasingCurve, QElapsedTimer, QEvent, QPoint, QPropertyAnimation, QRect, Qt, Signal
from PySide6.QtGui import (
    QFocusEvent,
    QGuiApplication,
    QHelpEvent,
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
    QWheelEvent,
)
from PySide6.QtWidgets import QTextEdit, QToolTip

from duskreel.edit.paragraphs import Written, changed_part, written
from duskreel.edit.wording import joined
from duskreel.library.entry import Word
from duskreel.ui.entry.word_editor import WordEditor
from duskreel.ui.entry.word_looks import WordLooks, remark
from duskreel.ui.theme import GRID_PX, Theme, moves

LINE_HEIGHT_PERCENT = 145
PARAGRAPH_GAP_PX = 2 * GRID_PX
GLIDE_MS = 400
HANDS_OFF_MS = 4_000
"""after the user has scrolled, the text follows the clip again this much later"""
READING_LINE = 0.35
"""where in the view the spoken line is brought to"""
COMFORT = (0.08, 0.75)
"""between these parts of the view's height the spoken line may be before the text moves"""

Choice = tuple[int, int]
"""positions of the first and the last chosen word"""


class TranscriptView(QTextEdit):
    """Shows words; positions count them in order of time."""

    asked_to_go = Signal(int)
    """to where a word begins, in milliseconds"""
    chosen_changed = Signal()
    corrected = Signal(int, str)
    """with the position and the text of a word that the user has changed"""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._looks = WordLooks(theme)
        self._words: list[Word] = []
        self._starts_ms: list[int] = []
        self._cut: frozenset[int] = frozenset()
        self._written = Written("", (), ())
        self._spoken: int | None = None
        self._anchor: int | None = None
        self._cursor: int | None = None
        self._pressed: int | None = None
        self._edited: int | None = None
        self._since_scrolled = QElapsedTimer()
        self._build_ui()
        self._editor.kept.connect(self._keep_correction)
        self._editor.ended.connect(lambda: self.setFocus(Qt.FocusReason.OtherFocusReason))

    # ---- what is shown

    def set_words(self, words: Sequence[Word], cut: frozenset[int], text: Written | None = None) -> None:
        """Show these, with those struck through that are cut; what was chosen stays so if there are as many words.

        Args:
            words: in order of time.
            cut: positions.
            text: of the words, where it was worked out before, which takes a while.
        """
        if len(words) != len(self._words):
            self._anchor = self._cursor = None
        if self._words == list(words):
            self._show_cut(cut)
            return
        is_other_text = len(words) != len(self._words)
        old_words, self._words = self._words, list(words)
        old_cut, self._cut = self._cut, cut
        self._starts_ms = [word.start_ms for word in words]
        if is_other_text:
            self._spoken = None
            self._written = text or written(words)
            self._write()
        else:
            # Words that nobody has touched are the same objects, which is quickly told.
            pairs = enumerate(zip(old_words, words, strict=True))
            changed = {position for position, (old, new) in pairs if old is not new and old != new}
            self._rewrite(changed | (old_cut ^ cut))
        self._mark()
        self.chosen_changed.emit()

    def follow(self, place_ms: int, *, is_playing: bool) -> None:
        """Mark the word that is spoken here, and keep it in sight while the clip plays."""
        position = bisect_right(self._starts_ms, place_ms) - 1
        spoken = position if position >= 0 else None
        if spoken == self._spoken:
            return
        self._spoken = spoken
        self._mark()
        if is_playing and spoken is not None and not self._is_in_use():
            self._keep_in_sight(spoken)

    def reveal_spoken(self) -> None:
        """Bring the marked word to the reading line at once."""
        if self._spoken is not None:
            middle_px = self.rect_of(self._spoken).center().y()
            bar = self.verticalScrollBar()
            bar.setValue(bar.value() + middle_px - round(READING_LINE * self.viewport().height()))

    @property
    def spoken(self) -> int | None:
        """The marked word."""
        return self._spoken

    def rect_of(self, position: int) -> QRect:
        """Where a word stands in the view."""
        start = self.cursorRect(self._text_cursor(self._written.starts[position]))
        end = self.cursorRect(self._text_cursor(self._written.ends[position]))
        return start.united(end) if start.top() == end.top() else start

    # ---- what is chosen

    @property
    def chosen(self) -> Choice | None:
        """The chosen words."""
        if self._cursor is None or self._anchor is None:
            return None
        return min(self._anchor, self._cursor), max(self._anchor, self._cursor)

    def choose(self, anchor: int | None, cursor: int | None = None) -> None:
        """Choose the words between two, or just one; None for no word."""
        self._anchor = anchor
        self._cursor = anchor if cursor is None else cursor
        self._mark()
        self.chosen_changed.emit()
        if self._cursor is not None:
            self.ensure_visible(self._cursor)

    def ensure_visible(self, position: int) -> None:
        """Scroll just as far as a word needs."""
        rect, height = self.rect_of(position), self.viewport().height()
        bar = self.verticalScrollBar()
        if rect.top() < GRID_PX:
            bar.setValue(bar.value() + rect.top() - GRID_PX)
        elif rect.bottom() > height - GRID_PX:
            bar.setValue(bar.value() + rect.bottom() - height + GRID_PX)

    def correct_chosen(self) -> None:
        """Open the field over the word that was chosen last."""
        if self._cursor is None:
            return
        self.ensure_visible(self._cursor)
        self._edited = self._cursor
        self._editor.open_over(self.rect_of(self._cursor), self._words[self._cursor].shown)

    @property
    def editor(self) -> WordEditor:
        """The field, for whoever looks after the focus."""
        return self._editor

    # ---- hands

    def mousePressEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        """Begins a click or a drag."""
        if event.button() is not Qt.MouseButton.LeftButton:
            return
        position = self._word_under(event.position().toPoint())
        if position is None:
            self.choose(None)
        elif event.modifiers() & Qt.KeyboardModifier.ShiftModifier and self._anchor is not None:
            self.choose(self._anchor, position)
            position = None
        else:
            self.choose(position)
        self._pressed = position

    def mouseMoveEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        """Chooses more words."""
        point = event.position().toPoint()
        if not event.buttons() & Qt.MouseButton.LeftButton or self._pressed is None:
            is_word = self._word_under(point) is not None
            self.viewport().setCursor(Qt.CursorShape.PointingHandCursor if is_word else Qt.CursorShape.ArrowCursor)
            return
        nearest = self._written.nearest(self.cursorForPosition(point).position())
        if nearest != self._cursor:
            self.choose(self._pressed, nearest)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        """A click goes to the word; a drag has chosen some."""
        pressed, self._pressed = self._pressed, None
        if event.button() is Qt.MouseButton.LeftButton and pressed is not None and self.chosen == (pressed, pressed):
            self.asked_to_go.emit(self._words[pressed].start_ms)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        """Corrects."""
        if event.button() is Qt.MouseButton.LeftButton:
            position = self._word_under(event.position().toPoint())
            if position is not None:
                self.choose(position)
                self.correct_chosen()

    def wheelEvent(self, event: QWheelEvent) -> None:  # noqa: N802 - Qt's name
        """The user looks elsewhere for a while."""
        self._since_scrolled.start()
        self._glide.stop()
        super().wheelEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """A cursor that goes from word to word; what it does not know is left to the page."""
        held = event.modifiers()
        extends = bool(held & Qt.KeyboardModifier.ShiftModifier)
        by_word = extends or bool(held & Qt.KeyboardModifier.ControlModifier)
        key = Qt.Key(event.key())
        if key in (Qt.Key.Key_Left, Qt.Key.Key_Right) and by_word:
            self._step(1 if key == Qt.Key.Key_Right else -1, extends=extends)
        elif key in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            self._step_line(1 if key == Qt.Key.Key_Down else -1, extends=extends)
        elif key in (Qt.Key.Key_Home, Qt.Key.Key_End):
            self._go_to(0 if key == Qt.Key.Key_Home else len(self._words) - 1, extends=extends)
        elif not self._act_on_key(event, key):
            event.ignore()

    def event(self, event: QEvent) -> bool:
        """Tells what is known about the word under the mouse."""
        if isinstance(event, QHelpEvent):
            point = self.viewport().mapFromGlobal(event.globalPos())
            position = self._word_under(point)
            text = "" if position is None else remark(self._words[position], is_cut=position in self._cut)
            QToolTip.showText(event.globalPos(), text, self.viewport())
            return True
        return super().event(event)

    def focusInEvent(self, event: QFocusEvent) -> None:  # noqa: N802 - Qt's name
        """With Tab, a word is chosen so that the keys have something to work on."""
        super().focusInEvent(event)
        by_key = event.reason() in (Qt.FocusReason.TabFocusReason, Qt.FocusReason.BacktabFocusReason)
        if by_key and self._cursor is None and self._words:
            self.choose(self._spoken or 0)

    def _act_on_key(self, event: QKeyEvent, key: Qt.Key) -> bool:
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self._cursor is not None:
            self.asked_to_go.emit(self._words[self._cursor].start_ms)
        elif event.matches(QKeySequence.StandardKey.SelectAll) and self._words:
            self.choose(0, len(self._words) - 1)
        elif event.matches(QKeySequence.StandardKey.Copy) and self.chosen is not None:
            first, last = self.chosen
            QGuiApplication.clipboard().setText(joined(self._words[first : last + 1]))
        elif key in (Qt.Key.Key_PageUp, Qt.Key.Key_PageDown):
            self._since_scrolled.start()
            bar = self.verticalScrollBar()
            bar.setValue(bar.value() + bar.pageStep() * (1 if key == Qt.Key.Key_PageDown else -1))
        else:
            return False
        return True

    # ---- inside

    def _build_ui(self) -> None:
        self.setObjectName("transcript")
        self.setAccessibleName("What you said")
        self.setReadOnly(True)
        self.setTextInteractionFlags(Qt.TextInteractionFlag.NoTextInteraction)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setUndoRedoEnabled(False)
        self.document().setDocumentMargin(GRID_PX)
        self.viewport().setMouseTracking(True)
        self._editor = WordEditor(self.viewport())
        self._glide = QPropertyAnimation(self.verticalScrollBar(), b"value", self)
        self._glide.setDuration(GLIDE_MS)
        self._glide.setEasingCurve(QEasingCurve.Type.InOutQuad)

    def _write(self) -> None:
        self.setPlainText(self._written.text)
        cursor = QTextCursor(self.document())
        cursor.beginEditBlock()
        cursor.select(QTextCursor.SelectionType.Document)
        block = QTextBlockFormat()
        block.setLineHeight(LINE_HEIGHT_PERCENT, QTextBlockFormat.LineHeightTypes.ProportionalHeight.value)
        block.setBottomMargin(PARAGRAPH_GAP_PX)
        cursor.mergeBlockFormat(block)
        for position, word in enumerate(self._words):
            if (look := self._looks.of(word, is_cut=position in self._cut)) is not None:
                self._span(cursor, position, position).setCharFormat(look)
        cursor.endEditBlock()

    def _rewrite(self, changed: set[int]) -> None:
        """Put only what has changed into the text: a long transcript takes a while to lay out."""
        old, new = self._written.text, written(self._words)
        same_before, same_after = changed_part(old, new.text)
        cursor = self._text_cursor(same_before)
        cursor.beginEditBlock()
        cursor.setPosition(len(old) - same_after, QTextCursor.MoveMode.KeepAnchor)
        cursor.insertText(new.text[same_before : len(new.text) - same_after], self._looks.plain)
        self._written = new
        touched = range(bisect_left(new.ends, same_before), bisect_right(new.starts, len(new.text) - same_after))
        for position in changed.union(touched):
            look = self._looks.of(self._words[position], is_cut=position in self._cut)
            self._span(cursor, position, position).setCharFormat(look or self._looks.plain)
        cursor.endEditBlock()

    def _show_cut(self, cut: frozenset[int]) -> None:
        changed = cut ^ self._cut
        self._cut = cut
        cursor = QTextCursor(self.document())
        cursor.beginEditBlock()
        for position in changed:
            look = self._looks.of(self._words[position], is_cut=position in cut)
            self._span(cursor, position, position).setCharFormat(look or self._looks.plain)
        cursor.endEditBlock()
        if changed:
            self.chosen_changed.emit()

    def _mark(self) -> None:
        """The chosen words and the spoken one, painted over the text without touching it."""
        marks: list[QTextEdit.ExtraSelection] = []
        if (chosen := self.chosen) is not None:
            marks.append(self._marked(*chosen, self._looks.chosen))
        if self._spoken is not None:
            marks.append(self._marked(self._spoken, self._spoken, self._looks.spoken))
        self.setExtraSelections(marks)

    def _marked(self, first: int, last: int, look: QTextCharFormat) -> QTextEdit.ExtraSelection:
        mark = QTextEdit.ExtraSelection()
        mark.cursor = self._span(QTextCursor(self.document()), first, last)
        mark.format = look
        return mark

    def _span(self, cursor: QTextCursor, first: int, last: int) -> QTextCursor:
        cursor.setPosition(self._written.starts[first])
        cursor.setPosition(self._written.ends[last], QTextCursor.MoveMode.KeepAnchor)
        return cursor

    def _text_cursor(self, offset: int) -> QTextCursor:
        cursor = QTextCursor(self.document())
        cursor.setPosition(offset)
        return cursor

    def _word_under(self, point: QPoint) -> int | None:
        bars = QPoint(self.horizontalScrollBar().value(), self.verticalScrollBar().value())
        offset = self.document().documentLayout().hitTest((point + bars).toPointF(), Qt.HitTestAccuracy.ExactHit)
        return self._written.word_at(offset) if offset >= 0 else None

    def _step(self, by: int, *, extends: bool) -> None:
        if self._cursor is None:
            self._go_to(self._spoken or 0, extends=False)
        else:
            self._go_to(self._cursor + by, extends=extends)

    def _step_line(self, by: int, *, extends: bool) -> None:
        if self._cursor is None:
            self._step(0, extends=False)
            return
        rect = self.rect_of(self._cursor)
        for lines in (1, 2):  # the second one where a gap between paragraphs lies in between
            point = QPoint(rect.center().x(), rect.center().y() + by * lines * rect.height())
            position = self._written.nearest(self.cursorForPosition(point).position())
            if (position - self._cursor) * by > 0 and self.rect_of(position).top() != rect.top():
                self._go_to(position, extends=extends)
                return

    def _go_to(self, position: int, *, extends: bool) -> None:
        if self._words:
            position = min(max(position, 0), len(self._words) - 1)
            self.choose(self._anchor if extends and self._anchor is not None else position, position)

    def _keep_correction(self, text: str) -> None:
        position, self._edited = self._edited, None
        if position is not None and " ".join(text.split()) != " ".join(self._words[position].shown.split()):
            self.corrected.emit(position, text)

    def _is_in_use(self) -> bool:
        has_scrolled = self._since_scrolled.isValid() and self._since_scrolled.elapsed() < HANDS_OFF_MS
        return has_scrolled or self._pressed is not None or self._editor.isVisible()

    def _keep_in_sight(self, position: int) -> None:
        height = self.viewport().height()
        middle_px = self.rect_of(position).center().y()
        if COMFORT[0] * height <= middle_px <= COMFORT[1] * height:
            return
        bar = self.verticalScrollBar()
        target = min(max(bar.value() + middle_px - round(READING_LINE * height), 0), bar.maximum())
        if not moves():
            bar.setValue(target)
        elif self._glide.state() is not QPropertyAnimation.State.Running or self._glide.endValue() != target:
            self._glide.stop()
            self._glide.setStartValue(bar.value())
            self._glide.setEndValue(target)
            self._glide.start()
