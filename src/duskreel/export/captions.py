"""Caption pages as something that is laid over pictures."""

from bisect import bisect_right
from collections.abc import Hashable, Sequence
from dataclasses import dataclass

from duskreel.edit.pages import Page, highlight_times, line_text
from duskreel.export.compositing import Overlay, overlay_from_rgba
from duskreel.export.painter import Painter
from duskreel.library.entry import Word
from duskreel.timecode import Span


@dataclass(frozen=True)
class Cue:
    """What stands on the picture for a while: a caption page, with the word that is being said."""

    span: Span
    page: Page
    active: Word | None
    centre: float
    """how far down the frame the middle of its block lies, as a fraction of the height"""

    @property
    def look(self) -> tuple[object, ...]:
        """All that its pixels depend on, beside the painter."""
        active = None if self.active is None else self.page.words.index(self.active)
        words = tuple(tuple(word.shown for word in line) for line in self.page.lines)
        return words, active, self.centre


class CaptionLayer:
    """Paints each cue when its time comes, once.

    Args:
        pages: in order of time.
        centres: where each stands, as a fraction of the frame's height.
        painter: in whose style.
    """

    def __init__(self, pages: Sequence[Page], centres: Sequence[float], painter: Painter) -> None:
        has_highlight = painter.style.active_colour is not None
        self._cues = cues_of(pages, centres, has_highlight=has_highlight)
        self._starts_ms = [cue.span.start_ms for cue in self._cues]
        self._looks: dict[int, tuple[object, ...]] = {}
        self._painter = painter
        self._painted: tuple[Cue, Overlay] | None = None

    def key_at(self, time_ms: int) -> Hashable | None:
        """The style, the lines, which word is active, and where they stand."""
        cue = self._cue_at(time_ms)
        return None if cue is None else (self._painter.style.name, self._look(cue))

    def overlay_at(self, time_ms: int) -> Overlay | None:
        """The painted page."""
        cue = self._cue_at(time_ms)
        if cue is None:
            return None
        if self._painted is None or self._painted[0] is not cue:
            page = self._painter.paint(cue.page, cue.active, centre=cue.centre)
            self._painted = cue, overlay_from_rgba(page.rgba, page.x, page.y)
        return self._painted[1]

    def _cue_at(self, time_ms: int) -> Cue | None:
        index = bisect_right(self._starts_ms, time_ms) - 1
        return self._cues[index] if index >= 0 and time_ms < self._cues[index].span.end_ms else None

    def _look(self, cue: Cue) -> tuple[object, ...]:
        found = self._looks.get(id(cue))
        if found is None:
            # A font that comes onto the machine later changes what its missing characters look like.
            missing = self._painter.missing("".join(line_text(line) for line in cue.page.lines))
            found = self._looks[id(cue)] = (*cue.look, missing)
        return found


def cues_of(pages: Sequence[Page], centres: Sequence[float], *, has_highlight: bool = True) -> list[Cue]:
    """Divide each page's time by the word that is highlighted, gaps included; not at all without highlights."""
    cues: list[Cue] = []
    for page, centre in zip(pages, centres, strict=True):
        time_ms = page.span.start_ms
        for word, span in highlight_times(page) if has_highlight else ():
            cues += [Cue(Span(time_ms, span.start_ms), page, None, centre), Cue(span, page, word, centre)]
            time_ms = span.end_ms
        cues.append(Cue(Span(time_ms, page.span.end_ms), page, None, centre))
    return [cue for cue in cues if cue.span.duration_ms > 0]
