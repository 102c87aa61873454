"""Subtitle files, to the letter of their formats, and as other programs read them."""

from pathlib import Path

import av
import pytest

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


def test_txt_puts_no_space_where_the_writing_has_none() -> None:
    assert txt([page(0, 900, "今日は", "疲れた")]) == "今日は疲れた\n"


def test_no_pages_make_an_empty_srt_and_a_vtt_with_nothing_but_its_head() -> None:
    assert srt([]) == ""
    assert vtt([]) == "WEBVTT\n"


ODD = [
    page(0, 900, "00:00:01,000 --> 00:00:02,000", "ok"),
    page(900, 1500, "42"),
    page(1500, 2000, "WEBVTT", "NOTE this"),
    page(2000, 2500, "שלום, עולם!", "ABC مرحبا"),
    page(2500, 3000, "a\u2028b", "\x85c\r\n\n"),
    page(3_600_000 * 101, 3_600_000 * 101 + 1, "R&B 5&amp;"),
]


def cues_read(path: Path) -> list[tuple[Span, str]]:
    """What FFmpeg finds in a subtitle file."""
    found = []
    with av.open(str(path)) as container:
        for packet in container.demux():
            if packet.size:
                assert packet.pts is not None
                assert packet.duration is not None
                found.append((Span(packet.pts, packet.pts + packet.duration), bytes(packet).decode()))
    return found


@pytest.mark.parametrize("name", ["short.srt", "short.vtt"])
def test_whatever_is_said_every_cue_is_found_again_with_its_times(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_text(srt(ODD) if name.endswith("srt") else vtt(ODD), encoding="utf-8")
    read = cues_read(tmp_path / name)
    assert [span for span, _ in read] == [each.span for each in ODD]
    assert [text.count("\n") for _, text in read] == [each.text.count("\n") for each in ODD]


def test_srt_keeps_ampersands_and_right_to_left_text_as_they_are(tmp_path: Path) -> None:
    (tmp_path / "short.srt").write_text(srt(ODD), encoding="utf-8")
    texts = [text for _, text in cues_read(tmp_path / "short.srt")]
    assert texts[3] == "שלום, עולם!\nABC مرحبا"
    assert texts[5] == "R&B 5&amp;"
    assert texts[0] == "00:00:01,000 → 00:00:02,000\nok"


def test_no_arrow_stands_in_the_text_of_a_vtt_cue() -> None:
    """W3C WebVTT, 4.1: a cue's text may not contain one, and every ampersand begins an escape."""
    lines = vtt(ODD).splitlines()
    assert sum("-->" in line for line in lines) == len(ODD)
    assert "00:00:01,000 --&gt; 00:00:02,000" in lines
    assert "R&amp;B 5&amp;amp;" in lines
