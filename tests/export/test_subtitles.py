"""Subtitle files, to the letter of their formats."""

from duskreel.edit.pages import Page
from duskreel.export.subtitles import srt, txt, vtt
from duskreel.library.entry import Word
from duskreel.timecode import Span


def page(start_ms: int, end_ms: int, *lines: str) -> Page:
    return Page(
        Span(start_ms, end_ms),
        tuple(tuple(Word(text, start_ms, end_ms, 1.0) for text in line.split()) for line in lines),
    )


PAGES = [page(0, 1250, "I lost my job", "today."), page(3_661_001, 3_662_000, "Tom & <Ann>")]


def test_srt_numbers_its_cues_and_writes_a_comma() -> None:
    assert srt(PAGES) == (
        "1\n00:00:00,000 --> 00:00:01,250\nI lost my job\ntoday.\n\n2\n01:01:01,001 --> 01:01:02,000\nTom & <Ann>\n"
    )


def test_vtt_has_its_head_a_point_and_escapes() -> None:
    assert vtt(PAGES) == (
        "WEBVTT\n\n00:00:00.000 --> 00:00:01.250\nI lost my job\ntoday.\n\n"
        "01:01:01.001 --> 01:01:02.000\nTom &amp; &lt;Ann&gt;\n"
    )


def test_txt_is_a_page_a_line() -> None:
    assert txt(PAGES) == "I lost my job today.\nTom & <Ann>\n"


def test_no_pages_make_an_empty_srt() -> None:
    assert srt([]) == ""
