"""What a short will be, told before any picture of it is made."""

from dataclasses import dataclass, replace

from duskreel.edit.fit import Selection
from duskreel.errors import DiaryError
from duskreel.export.design import Design
from duskreel.export.presets import PLATFORMS, check_length
from duskreel.export.render import ExportRequest, check_title, design_of, remarks_on, selection_of
from duskreel.library.entry import Entry, Transcript


@dataclass(frozen=True)
class Line:
    """A sentence, and whether the short says it."""

    text: str
    start_ms: int
    """of its first word, by which `Wishes` know it"""
    is_kept: bool


@dataclass(frozen=True)
class Outline:
    """Decisions, and what is to be said about them in sentences."""

    design: Design
    lines: tuple[Line, ...]
    """every sentence that the user's cuts have left, in order"""
    warnings: tuple[str, ...]
    refusal: DiaryError | None
    """why it cannot be made"""

    @property
    def duration_ms(self) -> int:
        """How long the short lasts."""
        return self.design.timeline.duration_ms


def outline(request: ExportRequest, entry: Entry, transcript: Transcript | None) -> Outline:
    """Decide as the export does, without touching the diary. May take a twentieth of a second."""
    selection = selection_of(request, entry, transcript)
    design = design_of(request, transcript, selection)
    warnings, refusal = [], None
    try:
        warnings = check_length(selection.timeline.duration_ms, PLATFORMS[request.platform])
    except DiaryError as error:
        refusal = error
    try:
        check_title(design.marks)
    except DiaryError as error:
        # Everything else can be shown all the same.
        refusal, design = error, replace(design, marks=replace(design.marks, title=""))
    return Outline(
        design=design,
        lines=_lines(selection),
        warnings=(*warnings, *remarks_on(request, transcript, selection)),
        refusal=refusal,
    )


def _lines(selection: Selection) -> tuple[Line, ...]:
    kept = [Line(sentence.text, sentence.span.start_ms, True) for sentence in selection.kept]
    left_out = [Line(sentence.text, sentence.span.start_ms, False) for sentence in selection.left_out]
    return tuple(sorted(kept + left_out, key=lambda line: line.start_ms))
