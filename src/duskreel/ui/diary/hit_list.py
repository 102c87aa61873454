"""What a search has found, and what lies in the bin: a picture, a line about it, and the words."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import (
    QAbstractListModel,
    QEvent,
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    QPointF,
    QRect,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QColor, QFont, QKeyEvent, QPainter, QPen, QTextCharFormat, QTextLayout
from PySide6.QtWidgets import (
    QAbstractItemView,
    QApplication,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
)

from duskreel.library.entry import Entry
from duskreel.library.values import HIT_END, HIT_START, SearchHit
from duskreel.memories.wording import long_day
from duskreel.timecode import clock
from duskreel.ui.diary.entry_painter import EntryPainter
from duskreel.ui.diary.picking import paint_pick
from duskreel.ui.diary.posters import Posters
from duskreel.ui.poster import CORNER_PX
from duskreel.ui.theme import GRID_PX, Theme, sized

POSTER = QSize(22 * GRID_PX, 22 * GRID_PX * 9 // 16)
ROW_PX = POSTER.height() + 3 * GRID_PX
MARGIN_PX = 4 * GRID_PX
HIT = int(Qt.ItemDataRole.UserRole)
SNIPPET_LINES = 2

Place = QModelIndex | QPersistentModelIndex


@dataclass(frozen=True)
class Marked:
    """Text, and which stretches of it were looked for."""

    text: str
    hits: tuple[tuple[int, int], ...]
    """start and length of each"""

    @classmethod
    def of(cls, snippet: str) -> "Marked":
        """From a `SearchHit.snippet`."""
        text, hits, start = "", [], 0
        for sign in snippet:
            if sign == HIT_START:
                start = len(text)
            elif sign == HIT_END:
                hits.append((start, len(text) - start))
            else:
                text += sign
        return cls(text, tuple(hits))


class HitModel(QAbstractListModel):
    """A list of hits, best first."""

    def __init__(self) -> None:
        super().__init__()
        self._hits: Sequence[SearchHit] = ()

    @property
    def hits(self) -> Sequence[SearchHit]:
        """All of them."""
        return self._hits

    def show(self, hits: Sequence[SearchHit]) -> None:
        """Hold these from now on."""
        self.beginResetModel()
        self._hits = hits
        self.endResetModel()

    def rowCount(self, parent: Place | None = None) -> int:  # noqa: N802 - Qt's name
        """As many as there are; none below each."""
        return 0 if parent is not None and parent.isValid() else len(self._hits)

    def data(self, index: Place, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """The hit itself for HIT, and what it says."""
        if not index.isValid() or index.row() >= len(self._hits):
            return None
        hit = self._hits[index.row()]
        if role == HIT:
            return hit
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            said, found = "" if hit.time_ms is None else f"at {clock(hit.time_ms)}", Marked.of(hit.snippet).text
            parts = (_when(hit.entry), hit.entry.title, said, "" if found == hit.entry.title else found)
            return ", ".join(part for part in parts if part)
        return None


class HitList(QListView):
    """A list of hits to choose from.

    Args:
        posters: where pictures come from.
        theme: of colours.
        name: of the list, for those who cannot see it.
        picks: whether several can be chosen; then a tick tells which.
    """

    chosen = Signal(object)
    """with the SearchHit"""

    def __init__(self, posters: Posters, theme: Theme, name: str, *, picks: bool = False) -> None:
        super().__init__()
        self._posters = posters
        self._hits = HitModel()
        self.setObjectName("bare")
        self.setAccessibleName(name)
        self.viewport().setAutoFillBackground(False)
        self.setModel(self._hits)
        painter = EntryPainter(posters, theme, self.font(), self.devicePixelRatioF())
        self.setItemDelegate(_HitDelegate(painter, theme, picks=picks))
        if picks:
            self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setUniformItemSizes(True)
        self.setMouseTracking(True)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.verticalScrollBar().setSingleStep(5 * GRID_PX)
        self.clicked.connect(self._choose)
        self.verticalScrollBar().valueChanged.connect(self._look_around)
        posters.loaded.connect(self._show_picture)

    def show_hits(self, hits: Sequence[SearchHit]) -> None:
        """Show others, from the top."""
        self._hits.show(hits)
        self.scrollToTop()
        self._look_around()

    @property
    def hits(self) -> Sequence[SearchHit]:
        """What is shown."""
        return self._hits.hits

    def current(self) -> SearchHit | None:
        """The one with the focus."""
        row = self.currentIndex().row()
        return self._hits.hits[row] if 0 <= row < len(self._hits.hits) else None

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Enter opens."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.currentIndex().isValid():
            self._choose(self.currentIndex())
        elif event.text() and event.text().isprintable():
            # Other keys belong to the window.
            event.ignore()
        else:
            super().keyPressEvent(event)

    def event(self, event: QEvent) -> bool:
        """Pictures are fetched when they come into sight."""
        is_done = super().event(event)
        if event.type() in (QEvent.Type.Show, QEvent.Type.Resize):
            self._look_around()
        return is_done

    def _choose(self, index: QModelIndex) -> None:
        self.chosen.emit(self._hits.hits[index.row()])

    def _look_around(self) -> None:
        if not self.isVisible():
            return
        top = self.verticalScrollBar().value()
        seen = self._hits.hits[top // ROW_PX : (top + self.viewport().height()) // ROW_PX + 2]
        self._posters.want([hit.entry for hit in seen], POSTER, self.devicePixelRatioF())

    def _show_picture(self, folder: str) -> None:
        for row, hit in enumerate(self._hits.hits):
            if hit.entry.folder == folder:
                self.update(self._hits.index(row))


class _HitDelegate(QStyledItemDelegate):
    """Paints one hit."""

    def __init__(self, entries: EntryPainter, theme: Theme, *, picks: bool) -> None:
        super().__init__()
        self._entries, self._theme, self._picks = entries, theme, picks
        self._small, self._body = sized(QApplication.font(), "small"), sized(QApplication.font(), "body")
        self._title = QFont(self._body)
        self._title.setWeight(QFont.Weight.DemiBold)

    def sizeHint(self, _option: QStyleOptionViewItem, _index: Place) -> QSize:  # noqa: N802 - Qt's name
        """As wide as the list."""
        return QSize(2 * POSTER.width(), ROW_PX)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Place) -> None:
        """Picture on the left, words on the right."""
        hit: SearchHit = index.data(HIT)
        area: QRect = option.rect
        state: QStyle.StateFlag = option.state
        card = area.adjusted(MARGIN_PX - GRID_PX, GRID_PX // 2, GRID_PX - MARGIN_PX, -GRID_PX // 2)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paint_ground(painter, card, state)
        poster = QRect(card.topLeft() + QPointF(GRID_PX, GRID_PX).toPoint(), POSTER)
        self._entries.paint_poster(painter, poster, hit.entry)
        if self._picks and state & QStyle.StateFlag.State_Selected:
            paint_pick(painter, poster, self._theme)
        words = card.adjusted(POSTER.width() + 4 * GRID_PX, GRID_PX, -2 * GRID_PX, -GRID_PX)
        self._paint_words(painter, words, hit)
        painter.restore()

    def _paint_ground(self, painter: QPainter, card: QRect, state: QStyle.StateFlag) -> None:
        has_focus = bool(state & QStyle.StateFlag.State_HasFocus)
        if has_focus or state & (QStyle.StateFlag.State_MouseOver | QStyle.StateFlag.State_Selected):
            painter.setBrush(QColor(self._theme.surface))
            painter.setPen(QPen(QColor(self._theme.focus), 2) if has_focus else Qt.PenStyle.NoPen)
            painter.drawRoundedRect(card.adjusted(1, 1, -1, -1), CORNER_PX, CORNER_PX)

    def _paint_words(self, painter: QPainter, area: QRect, hit: SearchHit) -> None:
        found, rest = Marked.of(hit.snippet), QRect(area)
        self._paint_line(painter, rest, _when(hit.entry), self._small, self._theme.muted)
        if hit.entry.title and found.text == hit.entry.title:
            # What was found is the title itself, which need not be said twice.
            self._paint_snippet(painter, rest, found, self._title, self._theme.text)
            return
        self._paint_line(painter, rest, hit.entry.title, self._title, self._theme.text)
        if hit.time_ms is not None:
            rest.setLeft(rest.left() + self._paint_time(painter, rest.topLeft(), clock(hit.time_ms)))
        self._paint_snippet(painter, rest, found, self._body, self._theme.muted)

    def _paint_line(self, painter: QPainter, room: QRect, text: str, font: QFont, colour: str) -> None:
        """At the top of the room, which then begins below it."""
        if text:
            painter.setFont(font)
            painter.setPen(QColor(colour))
            metrics = painter.fontMetrics()
            shown = metrics.elidedText(text, Qt.TextElideMode.ElideRight, room.width())
            painter.drawText(room.left(), room.top() + metrics.ascent(), shown)
            room.setTop(room.top() + metrics.height() + GRID_PX // 2)

    def _paint_time(self, painter: QPainter, at: QPoint, time: str) -> int:
        """Where in the clip it is said; tells how much room it takes."""
        painter.setFont(self._title)
        painter.setPen(QColor(self._theme.text))
        metrics = painter.fontMetrics()
        painter.drawText(at.x(), at.y() + metrics.ascent(), time)
        return metrics.horizontalAdvance(time) + GRID_PX

    def _paint_snippet(self, painter: QPainter, area: QRect, marked: Marked, font: QFont, colour: str) -> None:
        layout = QTextLayout(marked.text, font)
        layout.beginLayout()
        top = 0.0
        for _ in range(SNIPPET_LINES):
            line = layout.createLine()
            if not line.isValid():
                break
            line.setLineWidth(area.width())
            line.setPosition(QPointF(0, top))
            top += line.height()
        layout.endLayout()
        painter.setPen(QColor(colour))
        layout.draw(painter, QPointF(area.topLeft()), self._formats(marked))

    def _formats(self, marked: Marked) -> list[QTextLayout.FormatRange]:
        """Hits stand out by weight as well as by colour."""
        look = QTextCharFormat()
        look.setFontWeight(QFont.Weight.Bold)
        look.setForeground(QColor(self._theme.on_accent))
        look.setBackground(QColor(self._theme.accent))
        formats = []
        for start, length in marked.hits:
            stretch = QTextLayout.FormatRange()
            stretch.start, stretch.length, stretch.format = start, length, look
            formats.append(stretch)
        return formats


def _when(entry: Entry) -> str:
    return f"{long_day(entry.recorded_at.date())} · {entry.recorded_at:%H:%M}"
