"""Importing a clip, as a job that can run in another process."""

from dataclasses import dataclass, field
from pathlib import Path

from duskreel.library.diary import Diary
from duskreel.library.entry import Entry
from duskreel.library.values import Details, DiaryLocation
from duskreel.progress import CancelToken, Progress


@dataclass(frozen=True)
class ImportRequest:
    """All that another process needs to know."""

    location: DiaryLocation
    source: Path
    details: Details = field(default_factory=Details)


def import_file(request: ImportRequest, /, *, progress: Progress, token: CancelToken) -> Entry:
    """As `Diary.import_clip`."""
    with Diary.open(request.location) as diary:
        return diary.import_clip(request.source, request.details, progress=progress, token=token)
