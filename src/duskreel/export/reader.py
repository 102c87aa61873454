"""Pictures of a clip by their time: upright, planar 4:2:0, BT.709, whatever the clip is made of."""

from collections.abc import Iterator
from contextlib import suppress
from fractions import Fraction
from itertools import pairwise
from typing import BinaryIO, cast

from av.error import FFmpegError
from av.filter import Graph
from av.video.frame import VideoFrame

from duskreel.errors import DiaryError
from duskreel.export.planes import BT601, BT709, FULL_RANGE, HLG, PQ, UNSPECIFIED, Planes, blank, split
from duskreel.library.media import MediaInfo, open_media, packets, picture_stream
from duskreel.library.orientation import Orientation

SEEK_AHEAD_MS = 2_000
"""a jump of less than this is decoded through: keyframes are about that far apart"""


def even_size(info: MediaInfo) -> tuple[int, int]:
    """Width and height of a clip's pictures as they are read: upright, and even, as 4:2:0 needs it."""
    return info.width // 2 * 2, info.height // 2 * 2


class PictureReader:
    """Decodes forwards, and seeks only where the wanted time is far ahead or behind.

    Time 0 is the clip's first picture. A picture is shown until the next one starts, which makes a variable
    frame rate an ordinary case; past the end, or where a damaged stretch cannot be decoded, the last one stays.

    Args:
        file: seekable; the caller's to close, and nobody else's to read until then.
        name: how to speak of it to the user.
        info: what `probe` found in it.
        is_sampling: pictures that no other one is predicted from may be left out, which is quicker.
    """

    def __init__(self, file: BinaryIO, name: str, info: MediaInfo, *, is_sampling: bool = False) -> None:
        self._converter = _Converter(info)
        self.width, self.height = even_size(info)
        self._planes: Planes | None = None
        self._container = open_media(file, name)
        try:
            self._begin(name, is_sampling=is_sampling)
        except BaseException:
            self._container.close()
            raise

    def _begin(self, name: str, *, is_sampling: bool) -> None:
        self._stream = picture_stream(self._container, name)
        if is_sampling:
            self._stream.codec_context.skip_frame = "NONREF"
        self._frames = self._decoded()
        first = next(self._frames, None)
        if first is None:
            raise DiaryError(f"No picture of {name} can be decoded.", "The file may be damaged.")
        self._zero = _time_ms(first)
        self._shown, self._next = first, next(self._frames, None)

    def at(self, time_ms: int) -> Planes:
        """The picture shown at this time. The array is reused: change a copy of it, not it."""
        if self._starts_at(self._shown) > max(time_ms, 0) or self._is_far_ahead(time_ms):
            self._seek(max(time_ms, 0))
        while self._next is not None and self._starts_at(self._next) <= time_ms:
            self._shown, self._next, self._planes = self._next, next(self._frames, None), None
        if self._planes is None:
            self._planes = self._converter.convert(self._shown)
        return self._planes

    def close(self) -> None:
        """Let go of the file; it stays open and the caller's."""
        self._container.close()

    def _decoded(self) -> Iterator[VideoFrame]:
        # Where nothing can be read any more, the last picture stays; where something cannot be decoded, the last
        # picture before it stays until the first one after it.
        with suppress(FFmpegError):
            for packet in packets(self._container, self._stream):
                frames: list[VideoFrame] = []
                with suppress(FFmpegError):
                    frames = self._stream.decode(packet)
                yield from (frame for frame in frames if frame.pts is not None)

    def _starts_at(self, frame: VideoFrame) -> int:
        return _time_ms(frame) - self._zero

    def _is_far_ahead(self, time_ms: int) -> bool:
        return self._next is not None and time_ms - self._starts_at(self._next) > SEEK_AHEAD_MS

    def _seek(self, time_ms: int) -> None:
        """Go to the keyframe at or before a time; where the container's index is wrong, to the start."""
        self._jump(time_ms)
        if self._starts_at(self._shown) > time_ms:
            self._jump(0)

    def _jump(self, time_ms: int) -> None:
        assert self._stream.time_base is not None  # noqa: S101 - for the type checker
        ticks = Fraction(self._zero + time_ms, 1000) / self._stream.time_base
        # Some damaged files cannot be searched; they are read on from where they are.
        with suppress(FFmpegError):
            self._container.seek(int(ticks), stream=self._stream)
        self._frames = self._decoded()
        self._shown = next(self._frames, self._shown)
        self._next, self._planes = next(self._frames, None), None


class _Converter:
    """Makes any decoded frame upright, even-sized, square-pixelled, 8-bit 4:2:0, BT.709, limited range."""

    def __init__(self, info: MediaInfo) -> None:
        self._orientation = info.orientation
        self._upright_size = even_size(info)
        self._stored_size = info.orientation.upright_size(*self._upright_size)
        self._graph: Graph | None = None
        self._graph_is_for: tuple[object, ...] = ()

    def convert(self, frame: VideoFrame) -> Planes:
        stored = _planes(frame if self._is_plain(frame) else self._filtered(frame))
        if self._orientation == Orientation():
            return stored
        upright = blank(*self._upright_size)
        for source, target in zip(split(stored), split(upright), strict=True):
            target[:] = self._orientation.upright(source)
        return upright

    def _filtered(self, frame: VideoFrame) -> VideoFrame:
        # A clip may change its size or format midway; a graph is configured for one of each.
        kind = (frame.width, frame.height, frame.format.name, frame.colorspace, frame.color_trc)
        if self._graph is None or self._graph_is_for != kind:
            self._graph, self._graph_is_for = self._built(frame), kind
        self._graph.push(frame)
        converted = self._graph.pull()
        assert isinstance(converted, VideoFrame)  # noqa: S101 - for the type checker
        return converted

    def _is_plain(self, frame: VideoFrame) -> bool:
        return (
            frame.format.name == "yuv420p"
            and (frame.width, frame.height) == self._stored_size
            and frame.color_range != FULL_RANGE
            and _matrix(frame) == BT709
            and frame.color_trc not in (PQ, HLG)
        )

    def _built(self, frame: VideoFrame) -> Graph:
        graph = Graph()
        filters = [
            graph.add_buffer(
                width=frame.width,
                height=frame.height,
                format=frame.format,
                time_base=frame.time_base or Fraction(1, 1000),
            ),
            graph.add("scale", self._scaling(frame)),
            graph.add("format", "yuv420p"),
            graph.add("buffersink"),
        ]
        for source, target in pairwise(filters):
            source.link_to(target)
        graph.configure()
        return graph

    def _scaling(self, frame: VideoFrame) -> str:
        is_full = frame.color_range == FULL_RANGE or frame.format.name.startswith("yuvj")
        options = {
            "w": self._stored_size[0],
            "h": self._stored_size[1],
            "flags": "bicubic+accurate_rnd",
            "in_range": "pc" if is_full else "tv",
            "out_range": "tv",
            "out_color_matrix": BT709,
        }
        if not frame.format.name.startswith(("rgb", "bgr", "gbr", "gray", "pal")):
            options["in_color_matrix"] = _matrix(frame)
        if frame.color_trc in (PQ, HLG):
            # Without a conversion of the transfer curve, a phone's HDR clip would come out grey and flat. The default
            # intent keeps faces as bright as they are meant and clips the lights above them.
            options |= {"out_transfer": "bt709", "out_primaries": "bt709"}
        return ":".join(f"{key}={value}" for key, value in options.items())


def _planes(frame: VideoFrame) -> Planes:
    return cast("Planes", frame.to_ndarray())


def _matrix(frame: VideoFrame) -> int:
    """The frame's YUV matrix; where it does not say, by its size, as players do."""
    if frame.colorspace != UNSPECIFIED:
        return int(frame.colorspace)
    return BT709 if min(frame.width, frame.height) >= 720 else BT601


def _time_ms(frame: VideoFrame) -> int:
    """Rounded down, so that a picture has begun at every time that rounds to its start."""
    assert frame.pts is not None  # noqa: S101 - frames without one are left out when decoding
    assert frame.time_base is not None  # noqa: S101
    return int(frame.pts * frame.time_base * 1000)
