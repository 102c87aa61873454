"""Taking a finished recording into the diary: what its entry says, and what lies beside the clip."""

from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from duskreel.atomic import sync_folder
from duskreel.library import checksums, importing, sidecars
from duskreel.library.entry import Entry
from duskreel.library.values import Details

CLIP = "clip.mp4"
STAGING_PREFIX = "take-"
"""of the names of folders in which a recording becomes an entry"""


@dataclass(frozen=True)
class TakeFacts:
    """What a recorder knows of a take whose clip it has checked."""

    id: str
    """ULID, given when the recording began; the entry's, so that it cannot become an entry twice"""
    recorded_at: datetime
    """with offset; when the recording began"""
    duration_ms: int
    width: int
    height: int
    recovered: bool = False
    marks: tuple[int, ...] = ()
    """moments, in ms, that the speaker noted as not for sharing; a clip that was cut off may end before the last"""
    details: Details = field(default_factory=Details)


def stage(staging: Path, facts: TakeFacts) -> Entry:
    """Put poster and sidecar beside the clip; all of it is on the disk when this returns.

    Returns:
        The entry, with `folder` still empty.

    Raises:
        DiaryError: the disk is full or failed.
    """
    details = importing.clean(facts.details)
    entry = Entry(
        id=facts.id,
        folder="",
        clip=CLIP,
        recorded_at=facts.recorded_at.replace(microsecond=0),
        source="camera",
        duration_ms=facts.duration_ms,
        width=facts.width,
        height=facts.height,
        title=details.title,
        note=details.note,
        mood=details.mood,
        feelings=details.feelings,
        tags=details.tags,
        prompt=details.prompt,
        series=details.series,
        marks=tuple(sorted({min(mark_ms, facts.duration_ms) for mark_ms in facts.marks})),
        recovered=facts.recovered,
    )
    sidecars.make_private(staging / CLIP)
    checksums.note_new(staging / CLIP)
    importing.write_poster(staging / CLIP, facts.duration_ms)
    sidecars.write(staging / sidecars.ENTRY, entry.to_json())
    sync_folder(staging)
    return entry
