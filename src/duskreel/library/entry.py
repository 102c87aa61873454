"""What a diary consists of, as plain frozen values, and their spelling in JSON.

Times within a clip are integer milliseconds from its first picture. Wall times carry their offset.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, fields, replace
from datetime import datetime
from enum import IntEnum
from typing import Any, Literal

from duskreel.library.json_reader import Json, Reader, span_from_json
from duskreel.library.review_notes import ReviewNotes, review_notes_from_json
from duskreel.timecode import Span

FORMAT = 1
Source = Literal["camera", "import"]


class Mood(IntEnum):
    """How it felt, from worst to best. Names and colours are the user's to change; the numbers are not."""

    AWFUL = 1
    BAD = 2
    OKAY = 3
    GOOD = 4
    GREAT = 5


@dataclass(frozen=True)
class Original:
    """The file that an imported clip was copied from, so that a second import of it is noticed."""

    name: str
    sha256: str

    def to_json(self) -> Json:
        """As it stands in entry.json."""
        return {"name": self.name, "sha256": self.sha256}


@dataclass(frozen=True)
class Share:
    """One exported short."""

    at: datetime
    file: str
    preset: str

    def to_json(self) -> Json:
        """As it stands in entry.json."""
        return {"at": self.at.isoformat(), "file": self.file, "preset": self.preset}


@dataclass(frozen=True)
class SeriesDay:
    """Which day of a series an entry is. It stays so when the series is changed or removed."""

    id: str
    """of the series, made of its first name: ``five-days-after-a-layoff``"""
    day: int
    """1 for the first"""

    def to_json(self) -> Json:
        """As it stands in entry.json."""
        return {"id": self.id, "day": self.day}


@dataclass(frozen=True)
class Entry:
    """One clip and everything the user said about it: entry.json, with the folder that it lies in."""

    id: str
    """ULID"""
    folder: str
    """relative to the diary, with forward slashes: ``entries/2026/11/2026-11-23 18.04.12 k3f9``"""
    clip: str
    """file name inside the folder"""
    recorded_at: datetime
    source: Source
    duration_ms: int
    width: int
    """in upright pixels, after any rotation that the container asks for"""
    height: int
    title: str = ""
    note: str = ""
    mood: Mood | None = None
    feelings: tuple[str, ...] = ()
    mood_after: Mood | None = None
    tags: tuple[str, ...] = ()
    starred: bool = False
    hidden_from_memories: bool = False
    cuts: tuple[Span, ...] = ()
    shares: tuple[Share, ...] = ()
    original: Original | None = None
    recovered: bool = False
    """the recording was cut off, and this is what could be brought back"""
    prompt: str = ""
    """the question that was on the screen when the recording began"""
    series: SeriesDay | None = None
    marks: tuple[int, ...] = ()
    """moments, in ms of the clip, in which the speaker noted while recording: this is not for sharing"""
    review: ReviewNotes | None = None
    """what was decided about sharing it; None if nobody has looked through it yet"""
    unknown: Mapping[str, Any] = field(default_factory=dict)
    """keys written by a newer version; kept when the sidecar is rewritten"""

    @property
    def clip_path(self) -> str:
        """The clip, relative to the diary: how to speak of it to the user."""
        return f"{self.folder}/{self.clip}"

    def to_json(self) -> Json:
        """The content of entry.json."""
        return {
            "format": FORMAT,
            "id": self.id,
            "recorded_at": self.recorded_at.isoformat(),
            "source": self.source,
            "clip": self.clip,
            "duration_ms": self.duration_ms,
            "width": self.width,
            "height": self.height,
            "title": self.title,
            "note": self.note,
            "mood": None if self.mood is None else int(self.mood),
            "feelings": list(self.feelings),
            "mood_after": None if self.mood_after is None else int(self.mood_after),
            "tags": list(self.tags),
            "starred": self.starred,
            "hidden_from_memories": self.hidden_from_memories,
            "cuts": [list(cut) for cut in self.cuts],
            "shares": [share.to_json() for share in self.shares],
            **({"original": self.original.to_json()} if self.original else {}),
            **({"recovered": True} if self.recovered else {}),
            **({"prompt": self.prompt} if self.prompt else {}),
            **({"series": self.series.to_json()} if self.series else {}),
            **({"marks": list(self.marks)} if self.marks else {}),
            **({"review": self.review.to_json()} if self.review else {}),
            **self.unknown,
        }


def merged(mine: Entry, known: Entry, found: Entry) -> Entry:
    """The entry as found, with what was changed in `mine` since it was `known`."""
    changes = {
        name: getattr(mine, name)
        for name in (each.name for each in fields(Entry))
        if getattr(mine, name) != getattr(known, name)
    }
    return replace(found, **changes)


@dataclass(frozen=True)
class Word:
    """One word as heard, with the user's correction beside it."""

    text: str
    start_ms: int
    end_ms: int
    probability: float
    corrected: str | None = None

    @property
    def shown(self) -> str:
        """The word that captions and search use."""
        return self.text if self.corrected is None else self.corrected

    def to_json(self) -> Json:
        """As it stands in transcript.json."""
        return {
            "text": self.text,
            "start_ms": self.start_ms,
            "end_ms": self.end_ms,
            "probability": round(self.probability, 3),
            **({} if self.corrected is None else {"corrected": self.corrected}),
        }


@dataclass(frozen=True)
class Segment:
    """A stretch of speech as the model divided it."""

    start_ms: int
    end_ms: int
    words: tuple[Word, ...]

    def to_json(self) -> Json:
        """As it stands in transcript.json."""
        return {"start_ms": self.start_ms, "end_ms": self.end_ms, "words": [w.to_json() for w in self.words]}


@dataclass(frozen=True)
class Transcript:
    """What was said. No segments means that the clip was listened to and no speech was found."""

    model: str
    language: str
    """ISO 639-1, or "" where there was no speech to tell it from"""
    language_probability: float
    made_at: datetime
    segments: tuple[Segment, ...]
    voice: tuple[Span, ...] | None = None
    """where a voice was heard, with words or without: laughing, crying, what the model missed; None if nobody listened
    for it"""
    unknown: Mapping[str, Any] = field(default_factory=dict)

    def words(self) -> Iterator[Word]:
        """Every word, in order."""
        for segment in self.segments:
            yield from segment.words

    @property
    def text(self) -> str:
        """The words as shown, one space between them, for searching; `edit.wording.joined` writes them for people."""
        return " ".join(word.shown for word in self.words() if word.shown)

    @property
    def is_corrected(self) -> bool:
        """Whether the user has put work into it."""
        return any(word.corrected is not None for word in self.words())

    def to_json(self) -> Json:
        """The content of transcript.json."""
        return {
            "format": FORMAT,
            "model": self.model,
            "language": self.language,
            "language_probability": round(self.language_probability, 3),
            "made_at": self.made_at.isoformat(),
            "segments": [segment.to_json() for segment in self.segments],
            **({} if self.voice is None else {"voice": [list(span) for span in self.voice]}),
            **self.unknown,
        }


def entry_from_json(data: Json, folder: str) -> Entry:
    """Read entry.json.

    Raises:
        ValueError: a needed key is missing, or a value is not what it should be; the message names it.
    """
    reader = Reader(data)
    entry = Entry(
        id=reader.text("id"),
        folder=folder,
        clip=reader.text("clip", "clip.mp4"),
        recorded_at=reader.moment("recorded_at"),
        source="camera" if reader.text("source", "import") == "camera" else "import",
        duration_ms=reader.whole("duration_ms"),
        width=reader.whole("width"),
        height=reader.whole("height"),
        title=reader.text("title", ""),
        note=reader.text("note", ""),
        mood=_mood(reader, "mood"),
        feelings=reader.texts("feelings"),
        mood_after=_mood(reader, "mood_after"),
        tags=reader.texts("tags"),
        starred=reader.flag("starred"),
        hidden_from_memories=reader.flag("hidden_from_memories"),
        cuts=tuple(span_from_json(cut) for cut in reader.items("cuts")),
        shares=tuple(_share(share) for share in reader.items("shares")),
        original=_original(data["original"]) if data.get("original") else None,
        recovered=reader.flag("recovered"),
        prompt=reader.text("prompt", ""),
        series=series_day_from_json(data["series"]) if data.get("series") else None,
        marks=reader.wholes("marks"),
        review=review_notes_from_json(data["review"]) if data.get("review") else None,
    )
    may_be_left_out = ("original", "recovered", "prompt", "series", "marks", "review")
    return replace(entry, unknown=_others(data, entry.to_json(), may_be_left_out=may_be_left_out))


def transcript_from_json(data: Json) -> Transcript:
    """Read transcript.json.

    Raises:
        ValueError: as for `entry_from_json`.
    """
    reader = Reader(data)
    transcript = Transcript(
        model=reader.text("model"),
        language=reader.text("language"),
        language_probability=reader.number("language_probability"),
        made_at=reader.moment("made_at"),
        segments=tuple(_segment(item) for item in reader.items("segments")),
        voice=None if data.get("voice") is None else tuple(span_from_json(span) for span in reader.items("voice")),
    )
    # Its keys are wanted, not every word spelled out once more.
    known = replace(transcript, segments=()).to_json()
    return replace(transcript, unknown=_others(data, known, may_be_left_out=("voice",)))


def _segment(data: Any) -> Segment:
    reader = Reader(data)
    return Segment(
        start_ms=reader.whole("start_ms"),
        end_ms=reader.whole("end_ms"),
        words=tuple(_word(item) for item in reader.items("words")),
    )


def _word(data: Any) -> Word:
    reader = Reader(data)
    return Word(
        text=reader.text("text"),
        start_ms=reader.whole("start_ms"),
        end_ms=reader.whole("end_ms"),
        probability=reader.number("probability"),
        corrected=reader.text("corrected") if data.get("corrected") is not None else None,
    )


def _share(data: Any) -> Share:
    reader = Reader(data)
    return Share(at=reader.moment("at"), file=reader.text("file"), preset=reader.text("preset"))


def _original(data: Any) -> Original:
    reader = Reader(data)
    return Original(name=reader.text("name"), sha256=reader.text("sha256"))


def series_day_from_json(data: Any) -> SeriesDay:
    """Read “series” of entry.json.

    Raises:
        ValueError: as for `entry_from_json`.
    """
    reader = Reader(data)
    found = SeriesDay(id=reader.text("id"), day=reader.whole("day"))
    if not found.id or found.day < 1:
        raise ValueError(f"no day of a series: {data!r}")
    return found


def _mood(reader: Reader, key: str) -> Mood | None:
    number = reader.whole_or_none(key)
    return None if number is None else Mood(number)


def _others(data: Json, known: Json, *, may_be_left_out: tuple[str, ...]) -> Json:
    """What this version does not know; it knows the keys that it only writes where there is something to say."""
    return {key: value for key, value in data.items() if key not in known and key not in may_be_left_out}
