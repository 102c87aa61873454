"""Whether a picture holds a screen or a page: lines of something that looks like writing, one below the other.

Nothing is read. What is fine, rich in contrast and joined in long flat rows of even height is called a line, and
some of them at even distances a page. Handwriting from afar, a single large word and a poster are not.
"""

from dataclasses import dataclass
from statistics import median

import numpy as np
from numpy.typing import NDArray

WIDTHS_PX = (960, 480)
"""to which pictures are scaled: what cannot be read at the first can hardly be read in a short; the second is for
large letters and uneven light
"""
LEAST_CONTRAST = 22
"""of 255, between neighbouring pixels"""
LETTER_GAP_PX = 9
"""that is closed between letters and words"""
LEAST_HEIGHT_PX, MOST_HEIGHT_PX = 5, 44
LEAST_RATIO = 3.0
"""of a line's length to its height"""
LEAST_STROKES = 0.5
"""of a line's height: how many times its brightness turns in so much of its length, at least"""
MOST_STROKES = 4.0
LEAST_VARIETY = 0.3
"""of the distances from stroke to stroke: their deviation divided by their mean, which a pattern has not"""
FEWEST_LINES = 4
SAME_HEIGHT = 1.7
"""times as high at most is another line of the same page"""
MOST_APART = 4.5
"""heights from one line to the next"""
Luma = NDArray[np.uint8]


@dataclass(frozen=True)
class _Line:
    """A row of what may be letters, in pixels of the scaled picture."""

    left: int
    top: int
    right: int
    bottom: int

    @property
    def height(self) -> int:
        return self.bottom - self.top


def line_count(luma: Luma) -> int:
    """How many lines of writing the fullest page in a picture seems to have; 0 where there is none.

    Args:
        luma: upright, of shape (height, width).
    """
    import cv2

    most = 0
    for longer_px in WIDTHS_PX:
        scale = longer_px / max(luma.shape)
        size = (max(round(luma.shape[1] * scale), 1), max(round(luma.shape[0] * scale), 1))
        small = np.asarray(cv2.resize(luma, size, interpolation=cv2.INTER_AREA), dtype=np.uint8)
        most = max([most, *map(len, _pages(_lines(small)))])
    return most


def seems_written(luma: Luma) -> bool:
    """Whether there is a page, or a screen that shows one."""
    return line_count(luma) >= FEWEST_LINES


def _lines(small: Luma) -> list[_Line]:
    import cv2

    gradient = cv2.morphologyEx(small, cv2.MORPH_GRADIENT, np.ones((2, 2), dtype=np.uint8))
    _, edges = cv2.threshold(gradient, LEAST_CONTRAST, 255, cv2.THRESH_BINARY)
    joined = cv2.morphologyEx(edges, cv2.MORPH_CLOSE, np.ones((1, LETTER_GAP_PX), dtype=np.uint8))
    # What is thinner than letters are high is a rule or an edge, and joins lines that are none.
    opened = cv2.morphologyEx(joined, cv2.MORPH_OPEN, np.ones((LEAST_HEIGHT_PX - 1, LETTER_GAP_PX), dtype=np.uint8))
    _, _, stats, _ = cv2.connectedComponentsWithStats(opened)
    lines = []
    for left, top, width, height, area in np.asarray(stats)[1:].tolist():
        is_flat = LEAST_HEIGHT_PX <= height <= MOST_HEIGHT_PX and width >= LEAST_RATIO * height
        if is_flat and area >= width * height * 0.45 and _is_lettered(small[top : top + height, left : left + width]):
            lines.append(_Line(left, top, left + width, top + height))
    return lines


def _is_lettered(part: Luma) -> bool:
    """Whether strokes stand beside each other, uneven ones: neither a bar nor the same thing over and over."""
    height, width = part.shape
    middle = part[height // 4 : max(height * 3 // 4, height // 4 + 1)].astype(np.int16)
    is_bright = middle > np.median(middle) + (middle.max() - np.median(middle)) // 2
    if np.median(middle) - middle.min() > middle.max() - np.median(middle):
        is_bright = middle < np.median(middle) - (np.median(middle) - middle.min()) // 2
    turns = float(np.abs(np.diff(is_bright.astype(np.int8), axis=1)).sum(axis=1).mean()) * height / width
    if not LEAST_STROKES <= turns <= MOST_STROKES:
        return False
    turning = np.flatnonzero(np.diff(is_bright[len(is_bright) // 2].astype(np.int8)))
    runs = np.diff(turning)
    if not len(runs) or runs.std() < LEAST_VARIETY * runs.mean():
        return False
    # Letters differ from row to row; stripes and slats are the same all the way up.
    alike = float((is_bright[0] == is_bright[-1]).mean()) if len(is_bright) > 2 else 0.0
    return alike < 0.93


def _pages(lines: list[_Line]) -> list[list[_Line]]:
    """Lines that stand below each other, about equally high and not far apart."""
    pages: list[list[_Line]] = []
    for line in sorted(lines, key=lambda line: line.top):
        near = (page for page in pages if _continues(page, line))
        page = next(near, None)
        if page is None:
            pages.append([line])
        else:
            page.append(line)
    return [_one_below_the_other(page) for page in pages]


def _continues(page: list[_Line], line: _Line) -> bool:
    last, height = page[-1], median(one.height for one in page)
    small, large = sorted((line.height, height))
    is_beside = line.left < max(one.right for one in page) and line.right > min(one.left for one in page)
    return large <= small * SAME_HEIGHT and line.top - last.bottom <= MOST_APART * height and is_beside


def _one_below_the_other(page: list[_Line]) -> list[_Line]:
    """Of words in one row, the first."""
    rows = page[:1]
    for line in page[1:]:
        if line.top >= rows[-1].bottom - rows[-1].height // 3:
            rows.append(line)
    return rows
