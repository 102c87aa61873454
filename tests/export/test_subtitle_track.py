"""Subtitles inside the file of a short: read back as other programs read them."""

from fractions import Fraction
from itertools import accumulate, pairwise
from pathlib import Path

import av
import numpy as np
import pytest
from av.container import OutputContainer
from av.stream import Disposition
from av.subtitles.subtitle import AssSubtitle

from duskreel.edit.pages import Page
from duskreel.export.subtitle_track import LANGUAGES, add_subtitle_track, subtitle_packets
from duskreel.export.writer import MP4
from duskreel.library.entry import Word
from duskreel.picture.planes import blank
from duskreel.timecode import Span

DURATION_MS = 4000
AAC_FRAME = 1024


def page(start_ms: int, end_ms: int, *lines: str) -> Page:
    words = (tuple(Word(text, start_ms, end_ms, 1.0) for text in line.split()) for line in lines)
    return Page(Span(start_ms, end_ms), tuple(words))


PAGES = [
    page(501, 1234, "I lost my job", "today."),
    page(1234, 2001, "Tom & <Ann> --> 50 %"),
    page(2500, 3300, "שלום עולם", "مرحبا"),
    page(3300, 3999, "今日は疲れた 😀"),
]


@pytest.fixture(scope="module")
def short(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return written(tmp_path_factory.mktemp("track") / "short.mp4", PAGES)


def written(path: Path, pages: list[Page], language: str = "de") -> Path:
    """Pictures with B-frames, sound, and subtitles, as a short has them."""
    with av.open(str(path), "w", format="mp4", options=MP4) as container:
        video = container.add_stream("libx264", rate=30, options={"bf": "2"})
        video.width, video.height, video.pix_fmt = 90, 160, "yuv420p"
        audio = container.add_stream("aac", rate=48_000, layout="stereo")
        stream = add_subtitle_track(container, language)
        container.mux(subtitle_packets(pages, DURATION_MS, stream))
        for number in range(DURATION_MS * 30 // 1000):
            frame = av.VideoFrame.from_numpy_buffer(blank(90, 160), format="yuv420p")
            frame.pts, frame.time_base = number, Fraction(1, 30)
            container.mux(video.encode(frame))
            mux_sound(container, audio, number)
        container.mux(video.encode(None))
    return path


def mux_sound(container: OutputContainer, audio: av.AudioStream, picture_number: int) -> None:
    """About as much silence as the picture lasts; the packet before time 0 is left out, as in a short."""
    frame = av.AudioFrame.from_ndarray(np.zeros((2, AAC_FRAME), np.float32), format="fltp", layout="stereo")
    frame.sample_rate, frame.pts, frame.time_base = 48_000, picture_number * AAC_FRAME, Fraction(1, 48_000)
    container.mux([packet for packet in audio.encode(frame) if packet.pts is not None and packet.pts >= 0])


def texts_of(path: Path) -> list[tuple[Span, str]]:
    """The samples that have a text, by FFmpeg's demuxer."""
    found = []
    with av.open(str(path)) as container:
        for packet in container.demux(subtitles=0):
            if packet.size > 2:
                assert packet.pts is not None
                assert packet.duration is not None
                start, duration = (round(ticks * packet.time_base * 1000) for ticks in (packet.pts, packet.duration))
                found.append((Span(start, start + duration), bytes(packet)[2:].decode()))
    return found


def box(content: bytes, *path: bytes) -> bytes:
    """What is in the last box of that path (ISO/IEC 14496-12, 4.2): another parser than the one that wrote it."""
    for name in path:
        position = 0
        found = b""
        while position < len(content):
            size = int.from_bytes(content[position : position + 4], "big")
            if content[position + 4 : position + 8] == name:
                found = content[position + 8 : position + size]
            position += size
        content = found
    return content


def test_every_page_is_there_with_its_text_and_times(short: Path) -> None:
    assert texts_of(short) == [(page.span, page.text) for page in PAGES]


def test_decoder_shows_what_was_written(short: Path) -> None:
    with av.open(str(short)) as container:
        decoded = [subtitle for packet in container.demux(subtitles=0) for subtitle in packet.decode()]
    texts = [subtitle.dialogue.decode() for subtitle in decoded if isinstance(subtitle, AssSubtitle)]
    assert [text for text in texts if text] == [page.text for page in PAGES]


def test_track_is_timed_text_with_a_language_and_is_not_forced(short: Path) -> None:
    with av.open(str(short)) as container:
        [stream] = container.streams.subtitles
        assert stream.codec_context.name == "mov_text"
        assert stream.codec_context.codec_tag == "tx3g"
        assert stream.language == "deu"
        assert not stream.disposition & Disposition.forced


def test_there_is_no_edit_list_and_everything_starts_at_zero(short: Path) -> None:
    assert b"elst" not in short.read_bytes()
    with av.open(str(short)) as container:
        assert [stream.start_time for stream in container.streams] == [0, 0, 0]


def test_samples_follow_each_other_without_a_gap_and_last_as_long_as_the_short(short: Path) -> None:
    """Read from the boxes themselves: durations (8.6.1.2) and sizes (8.7.3.2) of the last track's samples."""
    table = box(short.read_bytes(), b"moov", b"trak", b"mdia", b"minf", b"stbl")
    runs = np.frombuffer(box(table, b"stts")[8:], dtype=">u4").reshape(-1, 2)
    durations = np.repeat(runs[:, 1], runs[:, 0]).tolist()
    sizes = np.frombuffer(box(table, b"stsz")[12:], dtype=">u4").tolist()
    starts_ms = [start / 90 for start in accumulate([0, *durations])]
    # FFmpeg ends a track of texts with an empty sample that lasts no time.
    assert starts_ms == [0, 501, 1234, 2001, 2500, 3300, 3999, DURATION_MS, DURATION_MS]
    assert [size > 2 for size in sizes] == [False, True, True, False, True, True, False, False]


def test_texts_lie_among_the_pictures_that_they_belong_to(short: Path) -> None:
    """Or a player that reads from a network would wait for them."""
    with av.open(str(short)) as container:
        places = [
            (packet.pos, float(packet.dts * packet.time_base))
            for packet in container.demux()
            if packet.size and packet.dts is not None
        ]
    times_s = [time_s for _, time_s in sorted(places)]
    assert all(later > time_s - 0.1 for time_s, later in pairwise(times_s))


def test_words_that_nobody_said_leave_one_empty_sample(tmp_path: Path) -> None:
    assert texts_of(written(tmp_path / "quiet.mp4", [])) == []


def test_language_that_nobody_knows_is_said_to_be_unknown(tmp_path: Path) -> None:
    with av.open(str(written(tmp_path / "short.mp4", PAGES, ""))) as container:
        assert container.streams.subtitles[0].language in (None, "und")


def test_every_language_of_the_speech_models_has_a_code_that_mp4_can_spell() -> None:
    from faster_whisper.tokenizer import _LANGUAGE_CODES

    assert set(LANGUAGES) == set(_LANGUAGE_CODES)
    assert all(len(code) == 3 and code.isalpha() and code.islower() for code in LANGUAGES.values())
