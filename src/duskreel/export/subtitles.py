"""The words of a short as subtitle files, for platforms and players that show their own."""

from collections.abc import Iterable, Sequence

from duskreel.edit.pages import Page, line_text
from duskreel.timecode import stamp


def srt(pages: Iterable[Page]) -> str:
    """SubRip: numbered cues, one per caption page."""
    cues = (
        f"{number}\n{stamp(page.span.start_ms, ',')} --> {stamp(page.span.end_ms, ',')}\n{_text(page)}\n"
        for number, page in enumerate(pages, start=1)
    )
    return "\n".join(cues)


def vtt(pages: Iterable[Page]) -> str:
    """WebVTT (W3C): as SubRip, with its own head, decimal point, and three characters that must be escaped."""
    cues = (
        f"{stamp(page.span.start_ms, '.')} --> {stamp(page.span.end_ms, '.')}\n{_escaped(_text(page))}\n"
        for page in pages
    )
    return "\n".join(["WEBVTT\n", *cues])


def txt(pages: Sequence[Page]) -> str:
    """Just the words, a page a line."""
    return "".join(f"{_text(page).replace(chr(10), ' ')}\n" for page in pages)


def _text(page: Page) -> str:
    return "\n".join(line_text(words) for words in page.lines)


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
