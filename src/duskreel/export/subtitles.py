"""The words of a short as subtitle files, for platforms and players that show their own."""

from collections.abc import Iterable, Sequence

from duskreel.edit.pages import Page, line_text
from duskreel.timecode import stamp


def srt(pages: Iterable[Page]) -> str:
    """SubRip: numbered cues, one per caption page. It knows no escapes, so an arrow that was written is drawn
    another way: with times on both sides, readers would take it for a cue's own.
    """
    cues = (
        f"{number}\n{_times(page, ',')}\n{page.text.replace('-->', '→')}\n"
        for number, page in enumerate(pages, start=1)
    )
    return "\n".join(cues)


def vtt(pages: Iterable[Page]) -> str:
    """WebVTT (W3C): as SubRip, with its own head, decimal point, and three characters that must be escaped."""
    cues = (f"{_times(page, '.')}\n{_escaped(page.text)}\n" for page in pages)
    return "\n".join(["WEBVTT\n", *cues])


def txt(pages: Sequence[Page]) -> str:
    """Just the words, a page a line."""
    return "".join(f"{line_text(page.words)}\n" for page in pages)


def _times(page: Page, decimal_mark: str) -> str:
    return f"{stamp(page.span.start_ms, decimal_mark)} --> {stamp(page.span.end_ms, decimal_mark)}"


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
