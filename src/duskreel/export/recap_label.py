"""The day that a moment of a reel is of, in a corner of it."""

from collections.abc import Hashable
from datetime import date
from functools import cached_property

from duskreel.edit.pages import Page
from duskreel.export.compositing import Overlay, overlay_from_rgba
from duskreel.export.marks import BOX, DAY_SIZE_PX, LEFT_PX, TOP_PX
from duskreel.export.painter import Painter
from duskreel.export.style import CaptionStyle
from duskreel.library.entry import Word
from duskreel.timecode import Span

LANDSCAPE_MARGIN_PX = 64


class DateLabel:
    """A day, all the time: at the top left of what platforms leave free, at the bottom left of a landscape frame.

    Args:
        text: of the label.
        size: width and height of the frame.
    """

    def __init__(self, text: str, size: tuple[int, int]) -> None:
        self._text = text
        self._size = size

    def key_at(self, time_ms: int) -> Hashable:  # noqa: ARG002 - it is there all the time
        """Always the same."""
        return "date", self._text, self._size

    def overlay_at(self, time_ms: int) -> Overlay:  # noqa: ARG002
        """Painted when it is first asked for."""
        return self._overlay

    @property
    def bottom_px(self) -> int:
        """Where it ends, from the top of the frame."""
        return self._overlay.y_top + len(self._overlay.y)

    @cached_property
    def _overlay(self) -> Overlay:
        width, height = self._size
        style = CaptionStyle("day", "Inter-SemiBold.otf", DAY_SIZE_PX / width, box_colour=BOX, line_height=1.35)
        words = tuple(Word(text, 0, 0, 1.0) for text in self._text.split())
        painted = Painter(style, width, height).paint(Page(Span(0, 0), (words,)))
        if height > width:
            return overlay_from_rgba(painted.rgba, LEFT_PX, TOP_PX)
        return overlay_from_rgba(
            painted.rgba, LANDSCAPE_MARGIN_PX, height - LANDSCAPE_MARGIN_PX - len(painted.rgba) // 2 * 2
        )


def label_of(day: date, size: tuple[int, int], *, has_year: bool) -> DateLabel:
    """As ``12 Nov``, or ``12 Nov 2026`` where the reel tells of more than one year."""
    return DateLabel(f"{day.day} {day:%b}" + (f" {day.year}" if has_year else ""), size)
