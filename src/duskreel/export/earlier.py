"""What was made before: an entry's earlier shorts, to be taken over where the next one would be the same.

Beside each short that was made we remember, for every part of it, a *recipe* (a digest of all that it was made from)
and a digest of the bytes that came of it. Where a new short has the same recipe, the bytes are read from the earlier
file; where they are not what they were, because somebody changed the file, the part is made anew. So the memory can
only save time: without it, or with a wrong one, the short is the same.
"""

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from hashlib import sha256
from pathlib import Path
from typing import Any, BinaryIO, NamedTuple, TypeVar

import av
from av.error import FFmpegError
from av.packet import Packet
from av.stream import Stream

from duskreel.atomic import write_json
from duskreel.edit.framing import Face
from duskreel.errors import DiaryError
from duskreel.export.aac import SoundPacket
from duskreel.export.encoders import GROUP
from duskreel.export.presets import FRAME_RATE
from duskreel.export.segments import CodedPicture, Segment, annex_b, digest

_Read = TypeVar("_Read")
FORMAT = 1
MOST_SHORTS = 4
"""of one entry that are remembered"""


class Part(NamedTuple):
    """What a part was made from, and what it became: two digests."""

    recipe: str
    content: str


@dataclass(frozen=True)
class ShortMemory:
    """What is remembered of one short."""

    file: Path
    segments: tuple[Part, ...]
    """in order; each of `GROUP` pictures but the last one"""
    sound: Part
    faces_recipe: str
    faces: tuple[Face, ...]
    beside: tuple[str, ...] = ()
    """suffixes of the files that came with it"""
    everybody_recipe: str = ""
    everybody: tuple[Face, ...] = ()
    """whom a closer look has found, for what is blurred"""


def recipe(*ingredients: object) -> str:
    """A digest of things whose ``repr`` says all about them."""
    return sha256(repr(ingredients).encode()).hexdigest()


def sound_digest(packets: Iterable[SoundPacket]) -> str:
    """What tells a sound from every other one."""
    return digest((packet.duration, packet.data) for packet in packets)


class EarlierShorts:
    """What can be taken over. To be closed.

    Args:
        memory_file: of the entry; need not exist.
    """

    def __init__(self, memory_file: Path) -> None:
        self._memory_file = memory_file
        self._shorts = [short for short in _read(memory_file) if _is_there(short.file)]
        self._open: dict[Path, _MadeFile | None] = {}
        self._segments: dict[str, list[tuple[Path, int, str]]] = {}
        for short in self._shorts:
            for number, part in enumerate(short.segments):
                self._segments.setdefault(part.recipe, []).append((short.file, number, part.content))

    def segment(self, wanted: str) -> Segment | None:
        """The segment with this recipe, if there is one."""
        for file, number, content in self._segments.get(wanted, ()):
            if made := self._made(file):
                found = _attempted(partial(made.segment, number))
                if found is not None and found.digest == content:
                    return found
        return None

    def sound(self, wanted: str) -> tuple[SoundPacket, ...] | None:
        """The sound with this recipe, if there is one."""
        for short in self._shorts:
            if short.sound.recipe == wanted and (made := self._made(short.file)):
                found = _attempted(made.sound)
                if found is not None and sound_digest(found) == short.sound.content:
                    return found
        return None

    def faces(self, wanted: str) -> tuple[Face, ...] | None:
        """The faces that were found with this recipe."""
        return next((short.faces for short in self._shorts if short.faces_recipe == wanted), None)

    def everybody(self, wanted: str) -> tuple[Face, ...] | None:
        """The faces that a closer look with this recipe has found."""
        return next((short.everybody for short in self._shorts if short.everybody_recipe == wanted), None)

    def came_with(self, file: Path) -> tuple[str, ...]:
        """The suffixes of the files that were made together with a short."""
        return next((short.beside for short in self._shorts if short.file == file), ())

    def remember(self, made: ShortMemory) -> None:
        """Add a short, the newest first. What cannot be written is forgotten: it would only have saved time."""
        others = [short for short in self._shorts if short.file != made.file]
        known = [made, *others][:MOST_SHORTS]
        with suppress(OSError, ValueError, DiaryError):
            self._memory_file.parent.mkdir(parents=True, exist_ok=True)
            write_json(self._memory_file, {"format": FORMAT, "shorts": [_to_json(short) for short in known]})

    def close(self) -> None:
        """Let go of the files."""
        for made in self._open.values():
            if made is not None:
                made.close()
        self._open.clear()

    def _made(self, file: Path) -> "_MadeFile | None":
        if file not in self._open:
            self._open[file] = _opened(file)
        return self._open[file]


def _is_there(file: Path) -> bool:
    try:
        return file.is_file()
    except OSError:
        # It lies in a folder, or on a disk, that cannot be reached.
        return False


def _attempted(read: Callable[[], _Read]) -> _Read | None:
    """A file that cannot be read any more is no reason not to make the next one."""
    try:
        return read()
    except OSError:
        return None


def _opened(file: Path) -> "_MadeFile | None":
    try:
        return _MadeFile(file)
    except (OSError, FFmpegError, ArithmeticError, ValueError, IndexError):
        return None


class _Place(NamedTuple):
    """Where a packet's bytes lie in the file."""

    start: int
    size: int
    pts: int
    duration: int
    is_key: bool


class _MadeFile:
    """An MP4 of ours, from which packets are read by their number."""

    def __init__(self, path: Path) -> None:
        with av.open(str(path)) as container:
            video, audio = container.streams.video[0], container.streams.audio[0]
            self._pictures: list[_Place] = []
            self._sound: list[_Place] = []
            for packet in container.demux(video, audio):
                if packet.pts is not None and packet.size:
                    (self._pictures if packet.stream is video else self._sound).append(_place(packet))
            assert video.time_base is not None  # noqa: S101 - for the type checker
            self._ticks = round(1 / (FRAME_RATE * video.time_base))
        if self._ticks < 1:
            raise ValueError("no short of ours: its clock is too coarse")
        self._file: BinaryIO = path.open("rb")

    def segment(self, number: int) -> Segment | None:
        first = number * GROUP
        found = [self._picture(place, first) for place in self._pictures[first : first + GROUP]]
        return Segment(tuple(found)) if found else None

    def sound(self) -> tuple[SoundPacket, ...]:
        return tuple(SoundPacket(self._bytes(place), place.duration) for place in self._sound)

    def close(self) -> None:
        self._file.close()

    def _picture(self, place: _Place, first: int) -> CodedPicture:
        data = annex_b(_units(self._bytes(place)))
        return CodedPicture(data, place.pts // self._ticks - first, place.is_key)

    def _bytes(self, place: _Place) -> bytes:
        self._file.seek(place.start)
        return self._file.read(place.size)


def _place(packet: "Packet[Stream]") -> _Place:
    return _Place(packet.pos or 0, packet.size, packet.pts or 0, packet.duration or 0, packet.is_keyframe)


def _units(packet: bytes) -> Iterator[bytes]:
    """The NAL units of a packet as MP4 keeps it: each after its length in four bytes (ISO/IEC 14496-15, 5.3)."""
    position = 0
    while position + 4 <= len(packet):
        size = int.from_bytes(packet[position : position + 4], "big")
        yield packet[position + 4 : position + 4 + size]
        position += 4 + size


def _read(memory_file: Path) -> list[ShortMemory]:
    try:
        data = json.loads(memory_file.read_text(encoding="utf-8"))
        return [_from_json(short) for short in data["shorts"]] if data["format"] == FORMAT else []
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return []


def _to_json(short: ShortMemory) -> dict[str, Any]:
    return {
        "file": str(short.file),
        "beside": list(short.beside),
        "sound": list(short.sound),
        "segments": " ".join(":".join(part) for part in short.segments),
        "faces": _found(short.faces_recipe, short.faces),
        "everybody": _found(short.everybody_recipe, short.everybody),
    }


def _found(faces_recipe: str, faces: Iterable[Face]) -> dict[str, Any]:
    found = [[face.time_ms, face.x, face.y, face.width, face.height] for face in faces]
    return {"recipe": faces_recipe, "found": found}


def _from_json(data: Mapping[str, Any]) -> ShortMemory:
    # Shorts were made before anything could be hidden in them.
    everybody = data.get("everybody", {"recipe": "", "found": []})
    return ShortMemory(
        Path(data["file"]),
        tuple(Part(*pair.split(":", 1)) for pair in data["segments"].split()),
        Part(*data["sound"]),
        data["faces"]["recipe"],
        _faces(data["faces"]["found"]),
        tuple(data["beside"]),
        everybody["recipe"],
        _faces(everybody["found"]),
    )


def _faces(found: Sequence[Sequence[float]]) -> tuple[Face, ...]:
    return tuple(Face(int(time_ms), *box) for time_ms, *box in found)
