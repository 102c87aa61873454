"""The only door through which the program looks into a media file."""

import math
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from fractions import Fraction
from hashlib import sha256
from typing import TYPE_CHECKING, BinaryIO, NoReturn

import av
import av.container
import numpy as np
from av.stream import Disposition

from duskreel.errors import DiaryError
from duskreel.library.orientation import Orientation, orientation_of, pixel_aspect
from duskreel.timecode import from_seconds, seconds

if TYPE_CHECKING:
    Packet = av.Packet[av.stream.Stream]

VIDEO_DEMUXERS = ("mov", "matroska", "avi", "mpegts", "mpeg", "flv", "ogg", "asf")
"""FFmpeg's names. None of these opens a second file, as playlists, sessions and image series do."""
SOUND_DEMUXERS = ("mp3", "wav", "w64", "flac", "aac", "aiff", "caf", "amr", "ac3")
"""Opened only to say that there is nothing to see."""
SHORTEST_PICTURE_MS = 500
SMALLEST_SIDE_PX = 16
POSTER_LONG_SIDE_PX = 1280

_WITHOUT_DURATION = ("mpegts", "mpeg", "ogg")
"""containers that declare none: FFmpeg takes the difference between the first time and the last"""
_TAIL_S = 5.0
_MISSING_S = 0.5
_MISSING_SHARE = 0.02
_CLOSE_S = 0.25
_ROUNDING_S = 0.002
_EARLIEST_YEAR = 1990
_MICROSECONDS = 1_000_000
_JPEG_QUANTISER = 3
_READ_ERRORS = (av.FFmpegError, OSError)


@dataclass(frozen=True)
class MediaInfo:
    """What the container and its first picture say."""

    duration_ms: int
    width: int
    """in upright square pixels: after rotation and pixel aspect"""
    height: int
    rotation_degrees: int
    """clockwise turn that a player must make: 0, 90, 180, 270"""
    frame_rate: Fraction
    """the average; phones and webcams vary, so never compute a time from it"""
    has_sound: bool
    created_at: datetime | None
    """with offset; None where the container does not say or says nonsense"""
    video_codec: str
    container: str = ""
    """one of VIDEO_DEMUXERS"""
    is_mirrored: bool = False
    """flip left and right before the turn"""

    @property
    def orientation(self) -> Orientation:
        """The same turn, as something that can be applied to pixels."""
        return Orientation(self.rotation_degrees // 90, self.is_mirrored)


def open_media(file: BinaryIO, name: str) -> av.container.InputContainer:
    """Open a seekable binary file for reading with PyAV. The caller closes both.

    A file object instead of a path, a list of known containers, and no protocol: so a playlist or a
    reference file cannot make FFmpeg open other files or addresses.

    Args:
        file: positioned anywhere.
        name: how to speak of it to the user.

    Raises:
        DiaryError: empty, not media, of a kind that is not opened, cut off, or not readable.
    """
    try:
        head = _head_of(file)
        if not head:
            raise DiaryError(f"“{name}” is empty.", "Choose another file.")
        return av.open(
            _Unnamed(file),
            mode="r",
            metadata_errors="replace",
            container_options={
                "format_whitelist": ",".join(VIDEO_DEMUXERS + SOUND_DEMUXERS),
                "protocol_whitelist": "none",
            },
            io_open=_refuse_second_file,
        )
    except _READ_ERRORS as error:
        raise _cannot_open(name, head=b"" if isinstance(error, OSError) else head, error=error) from error


def picture_stream(container: av.container.InputContainer, name: str) -> av.VideoStream:
    """The first real video track; an attached cover is not one.

    Raises:
        DiaryError: there is none, or nothing here can decode it.
    """
    for stream in container.streams.video:
        if stream.disposition & Disposition.attached_pic:
            continue
        if stream.codec_context is None:
            raise DiaryError(f"The picture in “{name}” is of a kind that cannot be decoded.", _CONVERT)
        stream.thread_type = "AUTO"
        return stream
    if container.streams.audio:
        raise DiaryError(f"“{name}” holds only sound, and a diary entry shows a picture.", "Choose a video file.")
    raise DiaryError(f"There is no picture in “{name}”.", "The file may be cut off. Choose another one.")


def packets(container: av.container.InputContainer, *streams: av.stream.Stream) -> "Iterator[Packet]":
    """Packets from here to the end; the last ones are empty and flush the decoders.

    Args:
        container: from `open_media`.
        streams: only of these; none for all.

    Raises:
        av.FFmpegError: what follows cannot be read, as in a file that was cut off.
        OSError: the disk does not give it.
    """
    try:
        yield from container.demux(*streams)
    except IndexError:
        # WORKAROUND https://github.com/PyAV-Org/PyAV/issues/692: at the end, demux() stumbles over streams that
        # only appeared while reading, as they do in damaged MPEG and Flash files.
        return


def probe(file: BinaryIO, name: str) -> MediaInfo:
    """Look at a clip closely enough to trust it: container, first picture, and a picture near the end.

    Raises:
        DiaryError: as `open_media` and `picture_stream`; or the clip is incomplete, too short, or its picture
            cannot be decoded.
    """
    with open_media(file, name) as container:
        stream = picture_stream(container, name)
        first = next(_decoded(container, stream), None)
        duration_ms, picture_end_s = _trusted_length(container, stream, name)
        if first is None:
            raise _undecodable(name)
        picture_s = picture_end_s - (first.time or 0.0)
        if picture_s < seconds(SHORTEST_PICTURE_MS) - _ROUNDING_S:
            raise DiaryError(f"“{name}” is too short to be a diary clip.", "A clip lasts at least half a second.")
        orientation = orientation_of(first)
        width, height = orientation.upright_size(max(round(first.width * pixel_aspect(stream)), 1), first.height)
        if min(width, height) < SMALLEST_SIDE_PX:
            raise DiaryError(
                f"There is next to nothing to see in “{name}”: it is {width}×{height} pixels.", "Choose another file."
            )
        return MediaInfo(
            duration_ms=duration_ms,
            width=width,
            height=height,
            rotation_degrees=orientation.degrees,
            frame_rate=Fraction(stream.average_rate or stream.guessed_rate or 30),
            has_sound=any(sound.codec_context is not None for sound in container.streams.audio),
            created_at=_created_at(container.metadata),
            video_codec=stream.codec_context.name,
            container=container.format.name.partition(",")[0],
            is_mirrored=orientation.is_mirrored,
        )


def poster(file: BinaryIO, name: str, *, at_ms: int) -> bytes:
    """One upright picture of the clip as JPEG, its long side at most POSTER_LONG_SIDE_PX.

    Args:
        file: as for `open_media`.
        name: how to speak of it to the user.
        at_ms: from the first picture; past the end gives the last picture.

    Raises:
        DiaryError: as `open_media` and `picture_stream`, or nothing can be decoded.
    """
    with open_media(file, name) as container:
        stream = picture_stream(container, name)
        frame = _frame_at(container, stream, at_ms / 1000, name)
        aspect = pixel_aspect(stream)
    width, height = frame.width * aspect, Fraction(frame.height)
    scale = min(Fraction(1), POSTER_LONG_SIDE_PX / max(width, height))
    small = frame.reformat(width=max(round(width * scale), 2), height=max(round(height * scale), 2), format="rgb24")
    upright = orientation_of(frame).upright(small.to_ndarray())
    return _jpeg(av.VideoFrame.from_ndarray(np.ascontiguousarray(upright), format="rgb24"))


def picture_sha256(file: BinaryIO, name: str) -> str:
    """A digest of the whole picture track as it is packed: the same in containers that pack alike, such as MP4 and MKV.

    Raises:
        DiaryError: the clip cannot be read to the end.
    """
    digest = sha256()
    with open_media(file, name) as container:
        try:
            for packet in packets(container, picture_stream(container, name)):
                digest.update(bytes(packet))
        except _READ_ERRORS as error:
            raise _cannot_open(name, head=b"", error=error) from error
    return digest.hexdigest()


class _Unnamed:
    """Hides the file's name: FFmpeg would guess the container from it, and it may not be valid Unicode."""

    def __init__(self, file: BinaryIO) -> None:
        self.read = file.read
        self.seek = file.seek
        self.tell = file.tell


def _head_of(file: BinaryIO) -> bytes:
    file.seek(0)
    head = file.read(12)
    file.seek(0)
    return head


def _refuse_second_file(url: str, _flags: int, _options: dict[str, str]) -> NoReturn:
    raise PermissionError(f"the clip asks for another file: {url}")


_CONVERT = "Convert it to MP4 with H.264, then try again."


def _cannot_open(name: str, *, head: bytes, error: Exception) -> DiaryError:
    if isinstance(error, OSError) and not isinstance(error, av.FFmpegError):
        return DiaryError(f"Could not read “{name}”: {error.strerror or error}.", "Check the disk that it is on.")
    if isinstance(error, av.error.ArgumentError):
        return DiaryError(f"“{name}” is not a video, or not of a kind that Duskreel opens.", _CONVERT)
    if head[4:8] in (b"ftyp", b"moov", b"mdat", b"wide", b"free", b"skip"):
        return DiaryError(
            f"“{name}” is incomplete: its table of contents is missing.",
            "The recording or the copy was cut off. Copy it again from where it came from.",
        )
    return DiaryError(f"“{name}” is not a video, or it is damaged.", "Choose another file.")


def _undecodable(name: str) -> DiaryError:
    return DiaryError(
        f"The picture in “{name}” cannot be decoded.", "The file may be damaged. Copy it again, or convert it."
    )


def _decoded(container: av.container.InputContainer, stream: av.VideoStream) -> Iterator[av.VideoFrame]:
    """Every picture from here on that can be decoded; damaged packets are passed over."""
    for packet in _readable(container, stream):
        try:
            yield from stream.decode(packet)
        except av.FFmpegError:
            continue


def _readable(container: av.container.InputContainer, *streams: av.stream.Stream) -> "Iterator[Packet]":
    try:
        yield from packets(container, *streams)
    except _READ_ERRORS:
        return


@dataclass(frozen=True)
class _Extent:
    """How far the data of a file reach, in seconds of its own clock."""

    end_s: float = -math.inf
    picture_end_s: float = -math.inf
    decodes: bool = False


def _extent(container: av.container.InputContainer, stream: av.VideoStream) -> _Extent:
    """Read packets from here to the end, and decode pictures until one comes out."""
    end_s = picture_end_s = -math.inf
    decodes = False
    for packet in _readable(container):
        if packet.stream_index == stream.index and not decodes:
            decodes = _decodes(stream, packet)
        time = packet.pts if packet.pts is not None else packet.dts
        if time is None or packet.time_base is None:
            continue
        packet_end_s = float((time + (packet.duration or 0)) * packet.time_base)
        end_s = max(end_s, packet_end_s)
        if packet.stream_index == stream.index:
            picture_end_s = max(picture_end_s, packet_end_s)
    return _Extent(end_s, picture_end_s, decodes)


def _decodes(stream: av.VideoStream, packet: "Packet") -> bool:
    try:
        return bool(stream.decode(packet))
    except av.FFmpegError:
        return False


def _trusted_length(container: av.container.InputContainer, stream: av.VideoStream, name: str) -> tuple[int, float]:
    """The duration in ms that the container declares, checked against the data, or else measured.

    Also when the picture ends, in seconds of the file's own clock.
    """
    start_s = (container.start_time or 0) / _MICROSECONDS
    declared_s = max((container.duration or 0) / _MICROSECONDS, 0.0)
    _seek(container, stream, max(start_s, start_s + declared_s - _TAIL_S) if declared_s else start_s)
    extent = _extent(container, stream)
    if declared_s and not extent.decodes:
        _seek(container, stream, start_s)
        extent = _extent(container, stream)
    measured_s = extent.end_s - start_s
    missing_s = declared_s - measured_s
    is_guess = container.format.name in _WITHOUT_DURATION
    if not is_guess and missing_s > _MISSING_S and missing_s > _MISSING_SHARE * declared_s:
        raise DiaryError(
            f"“{name}” is incomplete: only {max(measured_s, 0):.1f} of {declared_s:.1f} seconds are there.",
            "The copy was cut off. Copy it again from where it came from.",
        )
    is_trusted = declared_s > 0 and (is_guess or abs(missing_s) <= _CLOSE_S)
    return from_seconds(declared_s if is_trusted else measured_s), extent.picture_end_s


def _seek(container: av.container.InputContainer, stream: av.VideoStream, time_s: float) -> None:
    """To the last key picture at or before this time; files that cannot are read on from where they are."""
    try:
        container.seek(int(time_s / (stream.time_base or Fraction(1, 1000))), stream=stream)
    except _READ_ERRORS:
        try:
            container.seek(0, any_frame=True)
        except _READ_ERRORS:
            return


def _frame_at(container: av.container.InputContainer, stream: av.VideoStream, at_s: float, name: str) -> av.VideoFrame:
    first = next(_decoded(container, stream), None)
    if first is None:
        raise _undecodable(name)
    target_s = (first.time or 0.0) + at_s
    _seek(container, stream, target_s)
    frame = first
    for frame in _decoded(container, stream):
        if frame.time is None or frame.time >= target_s:
            break
    return frame


def _jpeg(frame: av.VideoFrame) -> bytes:
    encoder = av.CodecContext.create("mjpeg", "w")
    encoder.width, encoder.height, encoder.pix_fmt = frame.width, frame.height, "yuvj420p"
    encoder.time_base = Fraction(1, 25)
    encoder.qmin = encoder.qmax = _JPEG_QUANTISER
    picture = frame.reformat(format="yuvj420p", dst_colorspace="ITU601")
    picture.pts, picture.time_base = 0, encoder.time_base
    return b"".join(bytes(packet) for packet in [*encoder.encode(picture), *encoder.encode(None)])


def _created_at(metadata: dict[str, str]) -> datetime | None:
    """Apple's key first: it carries the offset of the place where the clip was taken."""
    for key in ("com.apple.quicktime.creationdate", "creation_time"):
        try:
            moment = datetime.fromisoformat(metadata.get(key, ""))
        except ValueError:
            continue
        if moment.year >= _EARLIEST_YEAR:
            return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    return None
