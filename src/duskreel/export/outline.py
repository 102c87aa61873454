"""What a short will be, told before any picture of it is made."""

from dataclasses import dataclass

from duskreel.edit.timeline import Timeline
from duskreel.errors import DiaryError
from duskreel.export.presets import PLATFORMS, check_length
from duskreel.export.render import ExportRequest, remarks_on, selection_of
from duskreel.library.entry import Entry, Transcript, Word


@dataclass(frozen=True)
class Outline:
    """Decisions, and what is to be said about them in sentences."""

    timeline: Timeline
    words: tuple[Word, ...]
    """that are heard, with the short's own times"""
    captions: str | None
    """a style's name; None for a picture without captions"""
    kept: tuple[str, ...]
    left_out: tuple[str, ...]
    warnings: tuple[str, ...]
    refusal: DiaryError | None
    """why it cannot be made"""

    @property
    def duration_ms(self) -> int:
        """How long the short lasts."""
        return self.timeline.duration_ms


def outline(request: ExportRequest, entry: Entry, transcript: Transcript | None) -> Outline:
    """Decide as the export does, without touching the diary. May take a twentieth of a second."""
    selection = selection_of(request, entry, transcript)
    timeline = selection.timeline
    warnings, refusal = [], None
    try:
        warnings = check_length(timeline.duration_ms, PLATFORMS[request.platform])
    except DiaryError as error:
        refusal = error
    return Outline(
        timeline=timeline,
        words=tuple(timeline.retime(transcript.words())) if transcript else (),
        captions=request.captions,
        kept=tuple(sentence.text for sentence in selection.kept),
        left_out=tuple(sentence.text for sentence in selection.left_out),
        warnings=(*warnings, *remarks_on(request, transcript, selection)),
        refusal=refusal,
    )
