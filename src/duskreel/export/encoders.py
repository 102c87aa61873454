"""Video encoders and how they are set: x264, and those of graphics processors.

Every encoder works alone in one thread and on a few pictures at a time (`segments`), so that what it makes of them
depends on nothing but the pictures.
"""

from dataclasses import dataclass
from fractions import Fraction

import av
import numpy as np
from av.codec import Codec, CodecContext
from av.codec.codec import UnknownCodecError
from av.codec.context import Flags
from av.error import FFmpegError
from av.video.codeccontext import VideoCodecContext
from av.video.frame import VideoFrame

from duskreel.picture.planes import BT709, LIMITED_RANGE, Planes, blank

GROUP = 15
"""pictures from one keyframe to the next: half a second, as YouTube asks for it"""

X264_OPTIONS = {
    "preset": "veryfast",
    "crf": "19",
    "profile": "high",
    "level": "4.1",
    "bf": "2",
    "g": str(GROUP),
    "keyint_min": str(GROUP),
    "sc_threshold": "0",
    "flags": "+cgop",
    "maxrate": "14M",
    "bufsize": "28M",
}
"""Shorts are encoded again by whoever shows them, so quality in is worth more than a small file."""
UP_TO_AVX2 = "SSE2,SSE2Fast,SSSE3,SSE4.2,AVX,FMA3,BMI1,BMI2,AVX2,LZCNT"
"""as x264 names what every processor with AVX-512 has"""
AVX_512 = 13
"""OpenCV's number of it, CPU_AVX_512F"""
_COMMON = {"profile": "high", "g": str(GROUP), "bf": "0", "flags": "+cgop"}


@dataclass(frozen=True)
class VideoEncoder:
    """One of FFmpeg's H.264 encoders, set for a short."""

    name: str
    """FFmpeg's"""
    label: str
    """the user's"""
    options: tuple[tuple[str, str], ...]
    pixel_format: str = "yuv420p"
    reorder: int = 0
    """by how many pictures decoding runs ahead of showing"""
    copies: bool = False
    """whether it needs a picture no longer than while it is given it"""

    def context(self, size: tuple[int, int], frame_rate: Fraction) -> VideoCodecContext:
        """A new encoder for pictures of this width and height, not opened yet."""
        made = CodecContext.create(self.name, "w")
        assert isinstance(made, VideoCodecContext)  # noqa: S101 - for the type checker
        self.prepare(made, size, frame_rate)
        made.flags |= Flags.global_header
        return made

    def prepare(self, context: VideoCodecContext, size: tuple[int, int], frame_rate: Fraction) -> None:
        """Set everything that the bytes depend on."""
        context.width, context.height = size
        context.pix_fmt = self.pixel_format
        context.time_base, context.framerate = 1 / frame_rate, frame_rate
        context.colorspace = context.color_primaries = context.color_trc = BT709
        context.color_range = LIMITED_RANGE
        context.thread_count = 1
        context.options = {**dict(self.options), **(_steady() if self.name == "libx264" else {})}


X264 = VideoEncoder("libx264", "x264", tuple(X264_OPTIONS.items()), reorder=2, copies=True)

HARDWARE = (
    VideoEncoder(
        "h264_videotoolbox", "VideoToolbox", (*_COMMON.items(), ("b", "12M"), ("allow_sw", "0"), ("realtime", "0"))
    ),
    VideoEncoder(
        "h264_nvenc",
        "NVENC",
        (*_COMMON.items(), ("preset", "p5"), ("rc", "constqp"), ("qp", "21"), ("forced-idr", "1")),
    ),
    VideoEncoder("h264_qsv", "Quick Sync", (*_COMMON.items(), ("global_quality", "20")), "nv12"),
    VideoEncoder(
        "h264_amf", "AMF", (*_COMMON.items(), ("rc", "cqp"), ("qp_i", "19"), ("qp_p", "21"), ("quality", "quality"))
    ),
    VideoEncoder("h264_mf", "Media Foundation", (*_COMMON.items(), ("b", "12M"), ("hw_encoding", "1")), "nv12"),
)
"""In the order in which they are tried. They take more bits than x264 for the same picture."""


def frame_of(picture: Planes, number: int, frame_rate: Fraction) -> VideoFrame:
    """A picture as encoders take it, without copying it: it must not change until it is encoded."""
    frame = VideoFrame.from_numpy_buffer(np.ascontiguousarray(picture), format="yuv420p")
    frame.pts, frame.time_base = number, 1 / frame_rate
    frame.colorspace = frame.color_primaries = frame.color_trc = BT709
    frame.color_range = LIMITED_RANGE
    return frame


def _steady() -> dict[str, str]:
    """Options with which x264 makes the same bytes of the same pictures every time.

    WORKAROUND measured with x264 165: its AVX-512 code for macroblock trees reads beyond rows of 68 macroblocks, so
    that with several encoders in one process the result depends on what was in that memory. AVX2 is as quick.
    """
    import cv2

    return {"x264-params": f"asm={UP_TO_AVX2}"} if cv2.checkHardwareSupport(AVX_512) else {}


def has_x264() -> bool:
    """Whether this installation's FFmpeg has the encoder that works on every machine."""
    try:
        return bool(Codec(X264.name, "w").is_encoder)
    except UnknownCodecError:
        return False


def hardware_encoder(size: tuple[int, int], frame_rate: Fraction) -> VideoEncoder | None:
    """The first of `HARDWARE` that makes a group of pictures on this machine; None if none does."""
    return next((encoder for encoder in HARDWARE if _works(encoder, size, frame_rate)), None)


def _works(encoder: VideoEncoder, size: tuple[int, int], frame_rate: Fraction) -> bool:
    """Tried out, since FFmpeg lists every encoder that it was built with, whatever the machine has."""
    # Without this, FFmpeg writes on the terminal which driver it misses.
    level = av.logging.get_level()
    av.logging.set_level(av.logging.PANIC)
    try:
        context = encoder.context(size, frame_rate)
        packets = [
            packet for number in range(GROUP) for packet in context.encode(frame_of(blank(*size), number, frame_rate))
        ]
        packets += context.encode(None)
    except (FFmpegError, UnknownCodecError, ValueError, MemoryError):
        return False
    finally:
        av.logging.set_level(level)
    return len(packets) == GROUP and packets[0].is_keyframe
