"""raw.mkv: pictures and sound of a take, encoded as they come, in a container that may end at any byte.

Matroska is written as a row of clusters, each with a checksum, and FFmpeg keeps the newest in memory until it is
complete. So clusters are short: what a killed process loses is the open one and what the encoders hold.
"""

import os
from dataclasses import dataclass
from fractions import Fraction

import av
import numpy as np
from av.audio.frame import AudioFrame
from av.audio.stream import AudioStream
from av.video.frame import PictureType, VideoFrame
from av.video.reformatter import VideoReformatter
from av.video.stream import VideoStream

from duskreel.capture.disk_file import DiskFile
from duskreel.capture.soundtrack import Samples
from duskreel.capture.steadying import SOUND_RATE_HZ
from duskreel.picture.planes import BT709, LIMITED_RANGE, Planes, blank, size_of, split

AAC_FRAME = 1024
MS_TICKS = Fraction(1, 1000)
SOUND_TICKS = Fraction(1, SOUND_RATE_HZ)
KEY_EVERY_MS = 1000
NOMINAL_FPS = 30
"""for the encoder's book-keeping; the pictures' own times decide"""
SOUND_BITS_PER_SECOND = 160_000

X264 = {
    "preset": "superfast",
    "crf": "20",
    "bf": "0",
    "sc_threshold": "0",
    # Keyframes are asked for by time; this only says that they may be far apart in pictures.
    "g": "600",
    "forced-idr": "1",
    "x264-params": "rc-lookahead=0:sync-lookahead=0",
}
AAC = {"aac_coder": "fast"}
MATROSKA = {
    # Half of what one keyframe a second would give: the open cluster is what a kill loses.
    "cluster_time_limit": "500",
    "flush_packets": "1",
    # By default pictures wait in memory up to 10 s for sound that has stopped to come.
    "max_interleave_delta": "500000",
}


@dataclass(frozen=True)
class Written:
    """How far the two streams reach, in the time of the take."""

    pictures: int = 0
    last_ms: int = -1
    """time of the last picture; -1 for none"""
    interval_ms: int = 33
    """between the last two, or as good a guess"""

    @property
    def end_ms(self) -> int:
        """When the last picture has been shown."""
        return self.last_ms + self.interval_ms if self.pictures else 0


class RawTake:
    """Owns the container. It belongs to one thread.

    Args:
        file: empty.
        size: even width and height of the first picture; others are fitted into it.
        has_sound: whether there is a microphone.
        threads: for the encoder. Each holds back one picture.
    """

    def __init__(self, file: DiskFile, size: tuple[int, int], *, has_sound: bool, threads: int) -> None:
        self._size = size
        self._container = av.open(file, "w", format="matroska", options=MATROSKA)
        self._video = self._add_video(threads)
        self._audio = self._add_audio() if has_sound else None
        self._reformatter = VideoReformatter()
        self._unsent = np.zeros(0, np.float32)
        self._sent_samples = 0
        self._key_second = -1
        self.written = Written()

    def add_picture(self, planes: Planes, at_ms: int) -> bool:
        """Append a picture.

        Returns:
            False if its time does not lie after the last one's; then it is left out.

        Raises:
            av.FFmpegError: the encoder failed.
        """
        last = self.written
        if at_ms <= last.last_ms:
            return False
        frame = self._fitted(planes)
        frame.pts, frame.time_base = at_ms, MS_TICKS
        frame.colorspace = frame.color_primaries = frame.color_trc = BT709
        frame.color_range = LIMITED_RANGE
        if at_ms // KEY_EVERY_MS != self._key_second:
            self._key_second = at_ms // KEY_EVERY_MS
            frame.pict_type = PictureType.I
        self._container.mux(self._video.encode(frame))
        interval_ms = at_ms - last.last_ms if last.pictures else last.interval_ms
        self.written = Written(last.pictures + 1, at_ms, interval_ms)
        return True

    def add_sound(self, samples: Samples) -> None:
        """Append mono samples at SOUND_RATE_HZ.

        Raises:
            av.FFmpegError: the encoder failed.
        """
        if self._audio is None:
            return
        samples = np.concatenate([self._unsent, samples])
        whole = len(samples) // AAC_FRAME * AAC_FRAME
        for start in range(0, whole, AAC_FRAME):
            self._send(self._audio, samples[start : start + AAC_FRAME])
        self._unsent = samples[whole:]

    def finish(self) -> None:
        """Drain the encoders and write the table of contents.

        Raises:
            av.FFmpegError: the encoder failed.
        """
        if self._audio is not None:
            if len(self._unsent):
                self._send(self._audio, self._unsent)
            self._container.mux(self._audio.encode(None))
        self._container.mux(self._video.encode(None))
        self._container.close()

    def _send(self, audio: AudioStream, samples: Samples) -> None:
        frame = AudioFrame.from_ndarray(np.ascontiguousarray(samples[None, :]), format="fltp", layout="mono")
        frame.sample_rate, frame.pts, frame.time_base = SOUND_RATE_HZ, self._sent_samples, SOUND_TICKS
        self._sent_samples += len(samples)
        self._container.mux(audio.encode(frame))

    def _fitted(self, planes: Planes) -> VideoFrame:
        size = size_of(planes)
        if size != self._size:
            planes = self._letterboxed(planes, size)
        return VideoFrame.from_numpy_buffer(np.ascontiguousarray(planes), format="yuv420p")

    def _letterboxed(self, planes: Planes, size: tuple[int, int]) -> Planes:
        """Scaled to fit, on black: a phone that is turned must not stretch the face."""
        scale = min(self._size[0] / size[0], self._size[1] / size[1])
        width, height = (max(round(side * scale / 2) * 2, 2) for side in size)
        frame = VideoFrame.from_numpy_buffer(np.ascontiguousarray(planes), format="yuv420p")
        small: Planes = self._reformatter.reformat(frame, width=width, height=height).to_ndarray().astype(np.uint8)
        fitted = blank(*self._size)
        left, top = (self._size[0] - width) // 4 * 2, (self._size[1] - height) // 4 * 2
        for source, target, step in zip(split(small), split(fitted), (1, 2, 2), strict=True):
            rows, columns = source.shape
            target[top // step : top // step + rows, left // step : left // step + columns] = source
        return fitted

    def _add_video(self, threads: int) -> VideoStream:
        stream: VideoStream = self._container.add_stream("libx264", rate=NOMINAL_FPS, options=X264)
        stream.width, stream.height, stream.pix_fmt = *self._size, "yuv420p"
        context = stream.codec_context
        context.time_base = MS_TICKS
        # PyAV asks for slice threads, with which x264 makes the caller wait for every picture.
        context.thread_type = "FRAME"
        context.thread_count = threads
        context.colorspace = context.color_primaries = context.color_trc = BT709
        context.color_range = LIMITED_RANGE
        return stream

    def _add_audio(self) -> AudioStream:
        stream: AudioStream = self._container.add_stream("aac", rate=SOUND_RATE_HZ, layout="mono", options=AAC)
        stream.bit_rate = SOUND_BITS_PER_SECOND
        return stream


def usual_encoder_threads() -> int:
    """As many as help, and so few that their pictures in hand are a fraction of a second."""
    return min(max((os.cpu_count() or 1) + 1, 2), 5)
