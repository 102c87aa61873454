"""How loud it is, in dots that rise at once and fall slowly, and in words where something is wrong."""

import math

from PySide6.QtCore import QElapsedTimer, QRectF, QSize, Qt, QTimer
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSizePolicy, QWidget

from duskreel.capture.coach import CLIPPED_FROM
from duskreel.capture.watching import DIGITAL_SILENCE, Level
from duskreel.ui.theme import GRID_PX, Theme

QUIETEST_DBFS = -54.0
LOUD_DBFS = -6.0
FALL_PER_S = 0.9
"""of the whole meter"""
PEAK_STAYS_MS = 1_200
SILENT_AFTER_MS = 1_500
TOO_LOUD_STAYS_MS = 2_000
TICK_MS = 33
DOT_PX, GAP_PX = 4, 4
NO_SOUND, TOO_LOUD, NO_MICROPHONE = "no sound", "too loud", "no microphone"


class Needle:
    """The movement of a meter, without a screen: where it stands, where its peak is held, and what there is to say."""

    def __init__(self) -> None:
        self.place = 0.0
        """0 to 1"""
        self.peak = 0.0
        self._peak_ms = self._heard_ms = 0
        self._too_loud_ms = -TOO_LOUD_STAYS_MS

    def hear(self, level: Level, at_ms: int) -> None:
        """A new level."""
        place = place_of(level.peak)
        self.place = max(self.place, place)
        if place >= self.peak:
            self.peak, self._peak_ms = place, at_ms
        if level.peak >= DIGITAL_SILENCE:
            self._heard_ms = at_ms
        if level.peak >= CLIPPED_FROM:
            self._too_loud_ms = at_ms

    def fall(self, at_ms: int, passed_ms: int) -> None:
        """Time passes."""
        step = FALL_PER_S * passed_ms / 1000
        self.place = max(self.place - step, 0.0)
        if at_ms - self._peak_ms > PEAK_STAYS_MS:
            self.peak = max(self.peak - step, self.place)

    def word(self, at_ms: int) -> str:
        """What is wrong; empty if nothing is."""
        if at_ms - self._heard_ms > SILENT_AFTER_MS:
            return NO_SOUND
        return TOO_LOUD if at_ms - self._too_loud_ms < TOO_LOUD_STAYS_MS else ""


def place_of(strength: float) -> float:
    """Of a strength between 0 and 1 on a scale in decibels."""
    if strength <= 0:
        return 0.0
    return min(max(1 - 20 * math.log10(strength) / QUIETEST_DBFS, 0.0), 1.0)


class LevelMeter(QWidget):
    """A row of dots and a word.

    Args:
        theme: of colours.
    """

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._needle = Needle()
        self._clock = QElapsedTimer()
        self._clock.start()
        self._last_ms = 0
        self._has_microphone = True
        self.dots = _Dots(theme, self._needle)
        self.word = QLabel()
        self._timer = QTimer(self)
        self._timer.setInterval(TICK_MS)
        self._timer.timeout.connect(self._tick)
        self._build_ui()

    def hear(self, level: Level) -> None:
        """A new level, as often as there is one."""
        self._needle.hear(level, self._clock.elapsed())
        if not self._timer.isActive():
            self._tick()
            self._timer.start()

    def set_microphone(self, *, is_there: bool) -> None:
        """Say that there is none, or wait for what it hears."""
        self._has_microphone = is_there
        if not is_there:
            self._timer.stop()
            self._needle.place = self._needle.peak = 0.0
            self.dots.update()
        self._say("" if is_there else NO_MICROPHONE)

    def rest(self) -> None:
        """Nothing is listened to any more."""
        self.set_microphone(is_there=True)
        self._timer.stop()

    def _build_ui(self) -> None:
        self.setAccessibleName("Sound level")
        self.word.setProperty("role", "small")
        self.word.setMinimumWidth(self.word.fontMetrics().horizontalAdvance(NO_MICROPHONE))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(GRID_PX)
        row.addWidget(self.dots, stretch=1)
        row.addWidget(self.word)

    def _tick(self) -> None:
        now_ms = self._clock.elapsed()
        self._needle.fall(now_ms, now_ms - self._last_ms)
        self._last_ms = now_ms
        self.dots.update()
        self._say(self._needle.word(now_ms) if self._has_microphone else NO_MICROPHONE)

    def _say(self, word: str) -> None:
        if word != self.word.text():
            self.word.setText(word)
            self.setAccessibleDescription(word)


class _Dots(QWidget):
    def __init__(self, theme: Theme, needle: Needle) -> None:
        super().__init__()
        self._theme, self._needle = theme, needle
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        return QSize(16 * GRID_PX, 2 * GRID_PX)

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        count = max(self.width() // (DOT_PX + GAP_PX), 1)
        held = round(self._needle.peak * (count - 1))
        for number in range(count):
            place = number / max(count - 1, 1)
            is_lit = self._needle.place > 0 and place <= self._needle.place
            is_held = number == held and self._needle.peak > 0
            painter.setBrush(QColor(self._colour(place) if is_lit or is_held else self._theme.hairline))
            # Louder dots are taller, so that the meter can be read without its colours.
            height = DOT_PX + (self.height() - DOT_PX) * (place if is_lit else 0)
            left, top = number * (DOT_PX + GAP_PX), (self.height() - height) / 2
            painter.drawRoundedRect(QRectF(left, top, DOT_PX, height), DOT_PX / 2, DOT_PX / 2)
        painter.end()

    def _colour(self, place: float) -> str:
        return self._theme.danger if place > 1 - LOUD_DBFS / QUIETEST_DBFS else self._theme.good
