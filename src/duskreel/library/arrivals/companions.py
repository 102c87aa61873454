"""What lies beside a clip and belongs to it: what this program or another wrote down about it."""

import html
import json
import os
import re
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime
from itertools import pairwise
from pathlib import Path

from duskreel.library import sidecars
from duskreel.library.entry import Entry, Segment, Transcript, Word, entry_from_json
from duskreel.library.importing import Brought

NOTE_SUFFIX = ".txt"
SUBTITLE_SUFFIXES = (".srt", ".vtt")
SUBTITLES = "subtitles"
"""what stands in place of a speech model where words come from a subtitle file"""
MOST_BYTES = 4 << 20
_TIME = r"(?:(\d{1,3}):)?([0-5]?\d):([0-5]\d)[.,](\d{3})"
_CUE_TIMES = re.compile(rf"^\s*{_TIME}\s*-->\s*{_TIME}", re.MULTILINE)
_MARKUP = re.compile(r"<[^<>]*>|\{\\[^{}]*\}")
_NONSENSE = (OSError, ValueError, TypeError, AttributeError, KeyError, OverflowError, RecursionError)


def beside(clip: Path) -> Brought:
    """Everything that is known about a clip by the files next to it.

    ``entry.json`` with ``transcript.json``, as a diary and a plain copy have them, bring back all that was ever said;
    otherwise ``NAME.json`` of the same kind, ``NAME.txt`` as the note, and ``NAME.srt`` or ``NAME.vtt`` as the words.
    What cannot be read is passed over: the clip itself matters more.
    """
    known = _entry_of(clip) or _named_entry_of(clip)
    if known is not None:
        brought = Brought(
            title=known.title,
            note=known.note,
            mood=known.mood,
            feelings=known.feelings,
            tags=known.tags,
            recorded_at=known.recorded_at,
            starred=known.starred,
            known=known,
        )
    else:
        brought = Brought(note=_text(clip.with_suffix(NOTE_SUFFIX)).strip())
    return replace(brought, transcript=_transcript_of(clip, known) or _subtitles_of(clip))


def has_any(clip: Path) -> bool:
    """Whether something lies beside a clip that `beside` would read."""
    own = (clip.with_suffix(suffix) for suffix in (".json", NOTE_SUFFIX, *SUBTITLE_SUFFIXES))
    return any(os.path.isfile(path) for path in (clip.parent / sidecars.ENTRY, *own))  # noqa: PTH113 - as is_folder


def _entry_of(clip: Path) -> Entry | None:
    with suppress(OSError, sidecars.BrokenSidecarError, sidecars.UnreadableSidecarError):
        entry = sidecars.read_entry(clip.parent, "")
        return entry if entry.clip == clip.name else None
    return None


def _named_entry_of(clip: Path) -> Entry | None:
    """Other programs write JSON too; what lacks what an entry has is theirs."""
    text = _text(clip.with_suffix(".json"))
    with suppress(*_NONSENSE):
        return entry_from_json(json.loads(text), "") if text else None
    return None


def _transcript_of(clip: Path, known: Entry | None) -> Transcript | None:
    if known is None or not (clip.parent / sidecars.ENTRY).is_file():
        return None
    with suppress(OSError, sidecars.BrokenSidecarError, sidecars.UnreadableSidecarError):
        return sidecars.read_transcript(clip.parent)
    return None


def _subtitles_of(clip: Path) -> Transcript | None:
    for suffix in SUBTITLE_SUFFIXES:
        segments = tuple(cues(_text(clip.with_suffix(suffix)), escapes=suffix == ".vtt"))
        if segments:
            return Transcript(SUBTITLES, "", 0.0, datetime.now(UTC).astimezone().replace(microsecond=0), segments)
    return None


def cues(text: str, *, escapes: bool) -> Iterator[Segment]:
    """The cues of an SRT or WebVTT file. Words share the time of their cue by how long they are.

    Args:
        text: of the file.
        escapes: whether ``&amp;`` means ``&``, as in WebVTT.
    """
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    marks = list(_CUE_TIMES.finditer(text))
    for mark, following in pairwise([*marks, None]):
        if mark is None:
            continue
        end_of_line = text.find("\n", mark.end())
        body = text[end_of_line : following.start() if following else len(text)] if end_of_line >= 0 else ""
        said = _MARKUP.sub("", body.lstrip("\n").partition("\n\n")[0])
        words = (html.unescape(said) if escapes else said).split()
        start_ms, end_ms = _ms(mark.groups()[:4]), _ms(mark.groups()[4:])
        if words and end_ms > start_ms:
            yield Segment(start_ms, end_ms, _spread(words, start_ms, end_ms))


def _spread(words: list[str], start_ms: int, end_ms: int) -> tuple[Word, ...]:
    total = sum(len(word) + 1 for word in words)
    edges_ms, passed = [start_ms], 0
    for word in words:
        passed += len(word) + 1
        edges_ms.append(start_ms + (end_ms - start_ms) * passed // total)
    return tuple(Word(word, *edges, probability=1.0) for word, edges in zip(words, pairwise(edges_ms), strict=True))


def _ms(groups: tuple[str | None, ...]) -> int:
    hours, minutes, whole, thousandths = (int(group or 0) for group in groups)
    return ((hours * 60 + minutes) * 60 + whole) * 1000 + thousandths


def _text(path: Path) -> str:
    """A small text file in whatever encoding; "" where there is none."""
    try:
        if path.stat().st_size > MOST_BYTES:
            return ""
        content = path.read_bytes()
    except (OSError, ValueError):
        return ""
    for encoding in ("utf-8-sig", "utf-16" if content[:2] in (b"\xff\xfe", b"\xfe\xff") else "cp1252"):
        with suppress(UnicodeDecodeError):
            return content.decode(encoding)
    return content.decode("utf-8", "replace")
