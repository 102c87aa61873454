"""Whatever a camera or a file delivers, as planar 4:2:0, BT.709, limited range."""

from fractions import Fraction
from itertools import pairwise
from typing import cast

import av
import numpy as np
from av.filter import Graph
from numpy.typing import NDArray

BT709, BT601, UNSPECIFIED = 1, 6, 2
FULL_RANGE = 2
"""code points of ITU-T H.273"""
HD_HEIGHT_PX = 720

_READ_BY_COLORSPACE = ("yuv420p", "yuv422p", "yuv444p", "yuvj420p", "yuvj422p", "yuvj444p", "yuv420p10le")
_RGB = ("rgb", "bgr", "gbr", "gray", "pal", "argb", "abgr", "0rgb", "0bgr")


class PlanesConverter:
    """Converts one stream of frames; their size and format may change midway.

    A matrix conversion by swscale goes through RGB: 11 ms for each frame of 1920x1080. FFmpeg's ``colorspace``
    filter stays in YUV and takes 1.5 ms.
    """

    def __init__(self) -> None:
        self._graph: Graph | None = None
        self._graph_is_for: tuple[object, ...] = ()

    def convert(self, frame: av.VideoFrame, *, matrix: int = UNSPECIFIED) -> NDArray[np.uint8]:
        """A new array of shape (height * 3 // 2, width); an odd last row or column is cut off.

        Args:
            frame: as decoded, or raw as a camera gives it.
            matrix: of a YUV frame that does not say itself; unspecified for a guess by its size, as players do.
        """
        kind = (frame.width, frame.height, frame.format.name, _is_full(frame), _matrix(frame, matrix))
        is_even = frame.width % 2 == frame.height % 2 == 0
        if frame.format.name == "yuv420p" and is_even and kind[3:] == (False, BT709):
            return _array(frame)
        if self._graph is None or self._graph_is_for != kind:
            self._graph, self._graph_is_for = _graph(frame, matrix), kind
        # The graph works on one frame after another, and a time that goes back would only confuse it.
        frame.pts = None
        self._graph.push(frame)
        return _array(cast("av.VideoFrame", self._graph.pull()))


def _graph(frame: av.VideoFrame, matrix: int) -> Graph:
    graph = Graph()
    nodes = [
        graph.add_buffer(width=frame.width, height=frame.height, format=frame.format, time_base=Fraction(1, 1000)),
        *(graph.add(name, options) for name, options in _filters(frame, matrix)),
        graph.add("buffersink"),
    ]
    for source, target in pairwise(nodes):
        source.link_to(target)
    graph.configure()
    return graph


def _filters(frame: av.VideoFrame, matrix: int) -> list[tuple[str, str]]:
    filters = []
    is_rgb = frame.format.name.startswith(_RGB)
    if frame.width % 2 or frame.height % 2:
        filters.append(("crop", f"{frame.width // 2 * 2}:{frame.height // 2 * 2}:0:0:exact=1"))
    if is_rgb:
        filters.append(("scale", "out_color_matrix=bt709:out_range=tv"))
    if is_rgb or frame.format.name not in _READ_BY_COLORSPACE:
        filters.append(("format", "yuv420p"))
    if not is_rgb:
        filters.append(("colorspace", _colorspace_options(frame, matrix)))
    return filters


def _colorspace_options(frame: av.VideoFrame, matrix: int) -> str:
    # Only the matrix and the range are converted; equal primaries and curves on both sides say so.
    space = "bt709" if _matrix(frame, matrix) == BT709 else "smpte170m"
    return (
        f"ispace={space}:iprimaries=bt709:itrc=bt709:irange={'pc' if _is_full(frame) else 'tv'}:"
        "space=bt709:primaries=bt709:trc=bt709:range=tv:format=yuv420p"
    )


def _is_full(frame: av.VideoFrame) -> bool:
    return frame.color_range == FULL_RANGE or frame.format.name.startswith("yuvj")


def _matrix(frame: av.VideoFrame, fallback: int) -> int:
    if frame.colorspace != UNSPECIFIED:
        return BT709 if frame.colorspace == BT709 else BT601
    if fallback != UNSPECIFIED:
        return fallback
    return BT709 if min(frame.width, frame.height) >= HD_HEIGHT_PX else BT601


def _array(frame: av.VideoFrame) -> NDArray[np.uint8]:
    return cast("NDArray[np.uint8]", frame.to_ndarray())
