"""Pictures of a clip by their time: upright, planar 4:2:0, BT.709, whatever the clip is made of."""

import os
from collections.abc import Generator
from contextlib import suppress
from fractions import Fraction
from typing import BinaryIO

from av.error import FFmpegError
from av.video.frame import VideoFrame

from duskreel.errors import DiaryError
from duskreel.library.media import MediaInfo, open_media, packets, picture_stream
from duskreel.library.orientation import Orientation
from duskreel.picture.conversion import PlanesConverter
from duskreel.picture.planes import Planes, blank, split

SEEK_AHEAD_MS = 2_000
"""a jump of less than this is decoded through: keyframes are about that far apart"""
KEYFRAME_DELAY_MS = 500
"""by how much an index may name keyframes too early, since pictures are decoded before they are shown"""


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
        self._upright = _Upright(info)
        self.width, self.height = even_size(info)
        self._planes: Planes | None = None
        self._memory: Planes | None = None
        self._is_elsewhere = False
        self._container = open_media(file, name)
        try:
            self._begin(name, is_sampling=is_sampling)
        except BaseException:
            self._container.close()
            raise

    def _begin(self, name: str, *, is_sampling: bool) -> None:
        self._stream = picture_stream(self._container, name)
        # Who decodes the whole of it does something with the pictures, which wants a processor as well. Each thread
        # keeps several pictures.
        self._stream.codec_context.thread_count = max((os.cpu_count() or 1) // 2, 1)
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
        if self._is_elsewhere or self._starts_at(self._shown) > max(time_ms, 0) or self._is_far_ahead(time_ms):
            self._seek(max(time_ms, 0))
        while self._next is not None and self._starts_at(self._next) <= time_ms:
            self._shown, self._next, self._planes = self._next, next(self._frames, None), None
        if self._planes is None:
            self._planes = self._memory = self._upright.convert(self._shown, self._memory)
        return self._planes

    def keyframes_ms(self) -> list[int]:
        """When pictures start that need no other one, a few pictures early at most; none if the file has no index."""
        assert self._stream.time_base is not None  # noqa: S101 - for the type checker
        entries = (entry for entry in self._stream.index_entries if entry.is_keyframe)
        return [int(entry.timestamp * self._stream.time_base * 1000) - self._zero for entry in entries]

    def keyframe(self, time_ms: int) -> Planes | None:
        """The keyframe at one of `keyframes_ms`, ten times as quickly as `at` gives it; None if it is damaged.

        The array is reused, as that of `at` is.
        """
        frames: list[VideoFrame] = []
        with suppress(FFmpegError):
            self._go_to(time_ms + KEYFRAME_DELAY_MS)
            packet = next((one for one in packets(self._container, self._stream) if one.is_keyframe), None)
            frames = [*self._stream.decode(packet), *self._stream.decode(None)] if packet else []
        self._is_elsewhere = True
        if not frames:
            return None
        self._planes = self._memory = self._upright.convert(frames[0], self._memory)
        return self._planes

    def close(self) -> None:
        """Let go of the file; it stays open and the caller's."""
        self._container.close()
        # Reader and generator hold each other: pictures and the decoder would wait for the garbage collector.
        self._frames.close()

    def _decoded(self) -> Generator[VideoFrame]:
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

    def _go_to(self, time_ms: int) -> None:
        assert self._stream.time_base is not None  # noqa: S101 - for the type checker
        ticks = Fraction(self._zero + time_ms, 1000) / self._stream.time_base
        self._container.seek(int(ticks), stream=self._stream)

    def _jump(self, time_ms: int) -> None:
        # Some damaged files cannot be searched; they are read on from where they are.
        with suppress(FFmpegError):
            self._go_to(time_ms)
        self._is_elsewhere = False
        self._frames = self._decoded()
        self._shown = next(self._frames, self._shown)
        self._next, self._planes = next(self._frames, None), None


class _Upright:
    """Turns stored frames upright; their pixels are square and their size even."""

    def __init__(self, info: MediaInfo) -> None:
        self._orientation = info.orientation
        self._size = even_size(info)
        self._converter = PlanesConverter(info.orientation.upright_size(*self._size))

    def convert(self, frame: VideoFrame, memory: Planes | None) -> Planes:
        if self._orientation == Orientation():
            return self._converter.convert(frame, into=memory)
        stored = self._converter.convert(frame)
        upright = blank(*self._size) if memory is None else memory
        for source, target in zip(split(stored), split(upright), strict=True):
            target[:] = self._orientation.upright(source)
        return upright


def _time_ms(frame: VideoFrame) -> int:
    """Rounded down, so that a picture has begun at every time that rounds to its start."""
    assert frame.pts is not None  # noqa: S101 - frames without one are left out when decoding
    tick = frame.time_base
    assert tick is not None  # noqa: S101
    # In whole numbers: fractions take longer than a picture that is copied.
    return frame.pts * 1000 * tick.numerator // tick.denominator
