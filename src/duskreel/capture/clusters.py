"""Which parts of a raw file are as they were written: Matroska's clusters, by their own checksums.

RFC 9559 (Matroska), section 5.1.3: a Segment holds Clusters; RFC 8794 (EBML), section 11.3.1: the first child of an
element may be a CRC-32 over the rest of it. FFmpeg writes one into every cluster. So damage is found without decoding,
and what is left out is whole clusters of half a second.
"""

import io
import zlib
from dataclasses import dataclass
from typing import BinaryIO

CLUSTER = b"\x1f\x43\xb6\x75"
CUES = b"\x1c\x53\xbb\x6b"
EBML = b"\x1a\x45\xdf\xa3"
SEGMENT = b"\x18\x53\x80\x67"
_CRC_32 = b"\xbf\x84"
_TIMESTAMP = 0xE7
_BEFORE_CONTENT = 12
"""the longest id and size"""
_LARGEST_BYTES = 64 << 20
_WINDOW_BYTES = 1 << 20
_LONGEST_HEAD_BYTES = 64 << 10


@dataclass(frozen=True)
class Part:
    """A stretch of a raw file."""

    start: int
    size: int

    @property
    def end(self) -> int:
        """The first byte after it."""
        return self.start + self.size


@dataclass(frozen=True)
class Cluster(Part):
    """Half a second of pictures and sound, as it was written."""

    at_ms: int
    """the earliest time in it, by the raw file's own clock"""
    follows_gap: bool
    """something between the last cluster and this one cannot be read"""


@dataclass(frozen=True)
class Survey:
    """What there is in a raw file."""

    size_bytes: int
    clusters: tuple[Cluster, ...]
    tail: Part | None
    """a last cluster that was cut off; FFmpeg can read its first pictures"""
    is_whole: bool
    """every byte up to the end, or up to the table of contents, belongs to an intact cluster"""

    @property
    def head(self) -> Part:
        """What lies before the first cluster."""
        return Part(0, self.clusters[0].start if self.clusters else self.tail.start if self.tail else self.size_bytes)

    @property
    def is_empty(self) -> bool:
        """Whether nothing had been recorded yet; not the same as being unable to read it."""
        return not self.clusters and self.tail is None and self.size_bytes <= _LONGEST_HEAD_BYTES


def survey(file: BinaryIO) -> Survey:
    """Read the whole file once. Places that the disk does not give count as damaged."""
    size = file.seek(0, io.SEEK_END)
    clusters: list[Cluster] = []
    tail = None
    position = _next_cluster(file, 0, size)
    is_whole, follows_gap = _is_head(_read(file, 0, min(position, _LONGEST_HEAD_BYTES)), position), False
    while position < size:
        start = _read(file, position, _BEFORE_CONTENT)
        cluster = _cluster(file, position, start, size, follows_gap=follows_gap)
        if cluster is not None:
            clusters.append(cluster)
            position, follows_gap = cluster.end, False
        elif start.startswith(CUES):
            break
        else:
            is_whole, follows_gap = False, True
            following = _next_cluster(file, position + 1, size)
            tail = Part(position, size - position) if start.startswith(CLUSTER) and following == size else None
            position = following
    return Survey(size, tuple(clusters), tail, is_whole)


def head_of(content: bytes) -> bytes:
    """The part of a raw file's first bytes that lies before the first cluster; empty if that is not there yet."""
    end = content.find(CLUSTER)
    return content[:end] if end > 0 else b""


class IntactParts(io.RawIOBase):
    """A raw file without its damaged parts, to be read by FFmpeg as if they had never been there.

    Args:
        file: the raw file; seekable.
        head: what stands before the first cluster.
        parts: of the file, in order.
    """

    def __init__(self, file: BinaryIO, head: bytes, parts: tuple[Part, ...]) -> None:
        super().__init__()
        self._file, self._head, self._parts = file, head, parts
        self._size = len(head) + sum(part.size for part in parts)
        self._position = 0

    def seekable(self) -> bool:
        """FFmpeg jumps back to the start once it has looked at the streams."""
        return True

    def readable(self) -> bool:
        """As for any file."""
        return True

    def tell(self) -> int:
        """As for any file."""
        return self._position

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        """As for any file."""
        base = {io.SEEK_SET: 0, io.SEEK_CUR: self._position, io.SEEK_END: self._size}[whence]
        self._position = max(base + offset, 0)
        return self._position

    def read(self, size: int = -1) -> bytes:
        """Up to the end of the part; less than asked for is no end."""
        start = 0
        if self._position < len(self._head):
            content = self._head[self._position :][: size if size >= 0 else None]
            self._position += len(content)
            return content
        start = len(self._head)
        for part in self._parts:
            within = self._position - start
            if within < part.size:
                wanted = part.size - within if size < 0 else min(size, part.size - within)
                self._file.seek(part.start + within)
                content = self._file.read(wanted)
                self._position += len(content)
                return content
            start += part.size
        return b""


def _cluster(file: BinaryIO, position: int, start: bytes, size: int, *, follows_gap: bool) -> Cluster | None:
    """The cluster at this position if its checksum holds."""
    if not start.startswith(CLUSTER) or len(start) < _BEFORE_CONTENT:
        return None
    content_bytes, length = _number(start[len(CLUSTER) :])
    before = len(CLUSTER) + length
    if not length or content_bytes > min(_LARGEST_BYTES, size - position - before):
        return None
    content = _read(file, position + before, content_bytes)
    if len(content) < content_bytes or not content.startswith(_CRC_32) or not _is_right(content):
        return None
    return Cluster(position, before + content_bytes, _time_of(content[6:]), follows_gap)


def _is_head(content: bytes, first_cluster: int) -> bool:
    """Whether this leads from element to element up to the first cluster, with every checksum right."""
    if not content.startswith(EBML):
        return False
    size, length = _number(content[len(EBML) :])
    position = len(EBML) + length + size
    if content[position : position + len(SEGMENT)] != SEGMENT:
        return False
    position += len(SEGMENT)
    position += _number(content[position:])[1]
    while position < len(content):
        _, id_length = _number(content[position:])
        size, length = _number(content[position + id_length :])
        start, position = position + id_length + length, position + id_length + length + size
        child = content[start:position]
        if not id_length or not length or not _is_right(child):
            return False
    return position == first_cluster


def _is_right(content: bytes) -> bool:
    """Whether an element's checksum holds, if it has one."""
    return not content.startswith(_CRC_32) or zlib.crc32(content[6:]) == int.from_bytes(content[2:6], "little")


def _time_of(content: bytes) -> int:
    """A cluster's Timestamp, which FFmpeg writes first."""
    if not content or content[0] != _TIMESTAMP:
        return 0
    length = content[1] & 0x7F
    return int.from_bytes(content[2 : 2 + length], "big")


def _number(content: bytes) -> tuple[int, int]:
    """An EBML variable-size integer and its length in bytes; (0, 0) if it is none (RFC 8794, section 4)."""
    if not content or not content[0]:
        return 0, 0
    length = 9 - content[0].bit_length()
    return int.from_bytes(content[:length], "big") & ((1 << 7 * length) - 1), length


def _next_cluster(file: BinaryIO, position: int, size: int) -> int:
    """Where the next cluster's id stands, from here on; the file's size if there is none."""
    while position < size:
        window = _read(file, position, _WINDOW_BYTES)
        found = window.find(CLUSTER)
        if found >= 0:
            return position + found
        # An id may lie across two windows.
        position += max(len(window), _WINDOW_BYTES) - (len(CLUSTER) - 1)
    return size


def _read(file: BinaryIO, position: int, size: int) -> bytes:
    try:
        file.seek(position)
        return file.read(size)
    except OSError:
        return b""
