"""Whatever a camera or a file delivers, as planar 4:2:0, BT.709, limited range; and from there to the screen."""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise
from typing import cast

import av
import numpy as np
from av.filter import Graph
from av.video.reformatter import ColorRange, Colorspace, Interpolation, VideoReformatter

from duskreel.picture.planes import BT601, BT709, FULL_RANGE, HLG, PQ, UNSPECIFIED, Planes, split

Size = tuple[int, int]
Lines = tuple[memoryview, int]
"""a plane in memory, and how many bytes each of its lines takes there"""

HD_HEIGHT_PX = 720

_COLORSPACE_NAMES = {BT709: "bt709", 5: "bt470bg", BT601: "smpte170m", 7: "smpte240m", 9: "bt2020ncl"}
"""matrices that FFmpeg's ``colorspace`` filter knows"""
_SWSCALE_MATRICES = {
    BT709: Colorspace.ITU709,
    5: Colorspace.ITU601,
    BT601: Colorspace.ITU601,
    7: Colorspace.SMPTE240M,
    9: Colorspace.BT2020,
}
_READ_BY_COLORSPACE = ("yuv420p", "yuv422p", "yuv444p", "yuvj420p", "yuvj422p", "yuvj444p", "yuv420p10le")
_RGB = ("rgb", "bgr", "gbr", "gray", "pal", "argb", "abgr", "0rgb", "0bgr")


@dataclass(frozen=True)
class Lent:
    """A decoded picture in the memory of whoever decoded it."""

    size: Size
    pixel_format: str
    """FFmpeg's name of it"""
    planes: Sequence[Lines]
    matrix: int = UNSPECIFIED
    is_full_range: bool = False


class PlanesConverter:
    """Converts one stream of frames; their size and format may change midway.

    A matrix conversion by swscale goes through RGB: 11 ms for each frame of 1920x1080. FFmpeg's ``colorspace``
    filter stays in YUV and takes 1.5 ms, but it does not scale and knows nothing of high dynamic range.

    Args:
        size: even width and height that every frame is scaled to; None keeps each frame's own, without an odd
            last row or column.
    """

    def __init__(self, size: Size | None = None) -> None:
        self._size = size
        self._graph: Graph | None = None
        self._graph_is_for: tuple[object, ...] = ()

    def convert(self, frame: av.VideoFrame, *, matrix: int = UNSPECIFIED, into: Planes | None = None) -> Planes:
        """An array of shape (height * 3 // 2, width).

        Args:
            frame: as decoded, or raw as a camera gives it.
            matrix: of a YUV frame that does not say itself; unspecified for a guess by its size, as players do.
            into: an earlier result that nobody needs any more; it is written over where that saves memory. None for
                a new array in any case.
        """
        size = self._size or (frame.width // 2 * 2, frame.height // 2 * 2)
        if _is_plain(frame, size, matrix):
            return _array(frame) if into is None else _copied_into(frame, into)
        kind = (frame.width, frame.height, frame.format.name, _is_full(frame), _matrix(frame, matrix), frame.color_trc)
        if self._graph is None or self._graph_is_for != kind:
            self._graph, self._graph_is_for = _graph(frame, size, matrix), kind
        self._graph.push(frame)
        return _array(cast("av.VideoFrame", self._graph.pull()))


class ScreenConverter:
    """Makes of planes what a screen shows; of many pictures, one after the other, best with the same converter."""

    def __init__(self) -> None:
        self._reformatter = VideoReformatter()

    def convert(self, planes: Planes, size: Size) -> Planes:
        """Scale and convert in one step: 1.5 ms from 1280x720 to about a thousand pixels of width.

        Args:
            planes: BT.709, limited range.
            size: wanted width and height.

        Returns:
            An array of shape (height, width, 4): blue, green, red and 255, as screens have them in memory.
        """
        frame = av.VideoFrame.from_numpy_buffer(np.ascontiguousarray(planes), format="yuv420p")
        return self._shown(frame, size, BT709, ColorRange.MPEG)

    def convert_lent(self, picture: Lent, size: Size) -> Planes:
        """As `convert`; other threads run meanwhile, which they do not while Qt converts a frame."""
        frame = _copied(picture)
        color_range = ColorRange.JPEG if picture.is_full_range else ColorRange.MPEG
        return self._shown(frame, size, _matrix(frame, picture.matrix), color_range)

    def _shown(self, frame: av.VideoFrame, size: Size, matrix: int, color_range: ColorRange) -> Planes:
        is_smaller = size[0] <= frame.width and size[1] <= frame.height
        shown = self._reformatter.reformat(
            frame,
            width=size[0],
            height=size[1],
            format="bgra",
            src_colorspace=_SWSCALE_MATRICES.get(matrix, Colorspace.ITU709),
            src_color_range=color_range,
            dst_color_range=ColorRange.JPEG,
            interpolation=Interpolation.AREA if is_smaller else Interpolation.BICUBIC,
            # More threads than this one would take their time from the encoder.
            threads=1,
        )
        plane = shown.planes[0]
        lines = np.frombuffer(cast("bytes", plane), np.uint8).reshape(size[1], plane.line_size)
        return lines[:, : size[0] * 4].reshape(size[1], size[0], 4)


def _copied(picture: Lent) -> av.VideoFrame:
    """Line by line, since FFmpeg wants lines of another length in memory."""
    frame = av.VideoFrame(*picture.size, picture.pixel_format)
    for plane, (data, line_bytes) in zip(frame.planes, picture.planes, strict=True):
        lines = np.frombuffer(data, np.uint8)[: plane.height * line_bytes].reshape(plane.height, line_bytes)
        kept = np.frombuffer(cast("bytes", plane), np.uint8).reshape(plane.height, plane.line_size)
        width = min(line_bytes, plane.line_size)
        kept[:, :width] = lines[:, :width]
    return frame


def _is_plain(frame: av.VideoFrame, size: Size, matrix: int) -> bool:
    return (
        frame.format.name == "yuv420p"
        and (frame.width, frame.height) == size
        and not _is_full(frame)
        and _matrix(frame, matrix) == BT709
        and not _is_hdr(frame)
    )


def _graph(frame: av.VideoFrame, size: Size, matrix: int) -> Graph:
    graph = Graph()
    nodes = [
        graph.add_buffer(width=frame.width, height=frame.height, format=frame.format, time_base=Fraction(1, 1000)),
        *(graph.add(name, options) for name, options in _filters(frame, size, matrix)),
        graph.add("buffersink"),
    ]
    for source, target in pairwise(nodes):
        source.link_to(target)
    graph.configure()
    return graph


def _filters(frame: av.VideoFrame, size: Size, matrix: int) -> list[tuple[str, str]]:
    is_cut = size == (frame.width // 2 * 2, frame.height // 2 * 2)
    is_known = _matrix(frame, matrix) in _COLORSPACE_NAMES and not _is_rgb(frame)
    if not is_cut or not is_known or _is_hdr(frame):
        crop = _cropped(frame) if is_cut else []
        return [*crop, ("scale", _scaling(frame, size, matrix)), ("format", "yuv420p")]
    plain = [] if frame.format.name in _READ_BY_COLORSPACE else [("format", "yuv420p")]
    return [*_cropped(frame), *plain, ("colorspace", _colorspace_options(frame, matrix))]


def _cropped(frame: av.VideoFrame) -> list[tuple[str, str]]:
    if frame.width % 2 == frame.height % 2 == 0:
        return []
    return [("crop", f"{frame.width // 2 * 2}:{frame.height // 2 * 2}:0:0:exact=1")]


def _scaling(frame: av.VideoFrame, size: Size, matrix: int) -> str:
    options = {
        "w": size[0],
        "h": size[1],
        "flags": "bicubic+accurate_rnd",
        "in_range": "pc" if _is_full(frame) else "tv",
        "out_range": "tv",
        "out_color_matrix": BT709,
    }
    if not _is_rgb(frame):
        options["in_color_matrix"] = _matrix(frame, matrix)
    if _is_hdr(frame):
        # Without a conversion of the transfer curve, a phone's HDR clip would come out grey and flat. The default
        # intent keeps faces as bright as they are meant and clips the lights above them.
        options |= {"out_transfer": "bt709", "out_primaries": "bt709"}
    return ":".join(f"{key}={value}" for key, value in options.items())


def _colorspace_options(frame: av.VideoFrame, matrix: int) -> str:
    # Only the matrix and the range are converted; equal primaries and curves on both sides say so.
    return (
        f"ispace={_COLORSPACE_NAMES[_matrix(frame, matrix)]}:iprimaries=bt709:itrc=bt709"
        f":irange={'pc' if _is_full(frame) else 'tv'}:"
        "space=bt709:primaries=bt709:trc=bt709:range=tv:format=yuv420p"
    )


def _is_rgb(frame: av.VideoFrame) -> bool:
    return frame.format.name.startswith(_RGB)


def _is_full(frame: av.VideoFrame) -> bool:
    return frame.color_range == FULL_RANGE or frame.format.name.startswith("yuvj") or _is_rgb(frame)


def _is_hdr(frame: av.VideoFrame) -> bool:
    return frame.color_trc in (PQ, HLG)


def _matrix(frame: av.VideoFrame, fallback: int) -> int:
    if frame.colorspace != UNSPECIFIED:
        return int(frame.colorspace)
    if fallback != UNSPECIFIED:
        return fallback
    return BT709 if min(frame.width, frame.height) >= HD_HEIGHT_PX else BT601


def _copied_into(frame: av.VideoFrame, planes: Planes) -> Planes:
    for plane, target in zip(frame.planes, split(planes), strict=True):
        lines = np.frombuffer(cast("bytes", plane), np.uint8).reshape(-1, plane.line_size)
        target[:] = lines[: target.shape[0], : target.shape[1]]
    return planes


def _array(frame: av.VideoFrame) -> Planes:
    return cast("Planes", frame.to_ndarray())
