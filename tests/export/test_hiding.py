"""The export of a short that hides words: what is heard, read and kept of them; and what its files tell beside."""

import getpass
import re
import socket
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import av
import numpy as np
import pytest

from clips import SOUND_RATE_HZ, make_clip
from duskreel.edit.concealing import MASK, Concealment, HiddenWords, Sounding
from duskreel.export import compose, segments
from duskreel.export.extras import Extras, Marks
from duskreel.export.loudness import Loudness
from duskreel.export.outline import outline
from duskreel.export.render import ExportRequest, ExportResult, export_entry
from duskreel.library.diary import Diary
from duskreel.library.entry import Entry, Segment, Transcript, Word
from duskreel.library.review_notes import ReviewNotes
from duskreel.library.sound import Samples, decode_sound
from duskreel.library.values import Details, DiaryLocation
from duskreel.progress import CancelToken, unheard
from duskreel.timecode import Span
from export.spoken_sound import noise

SAID = (
    Word("Call", 200, 600, 0.9),
    Word("Kaitlyn,", 700, 1_200, 0.9),
    Word("please.", 1_300, 1_700, 0.9),
    Word("Goodbye.", 2_600, 3_000, 0.9),
)
NAME = Span(700, 1_200)
RECORDED = datetime(2026, 11, 23, 18, 4, 12, tzinfo=UTC)


@pytest.fixture(scope="module")
def clip(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Noise where something is said, and a quiet room."""
    sound = noise("pink", 3_200 * SOUND_RATE_HZ // 1000, -65)[:, 0].copy()
    for word in SAID:
        spoken = slice(*(time_ms * SOUND_RATE_HZ // 1000 for time_ms in (word.start_ms, word.end_ms)))
        sound[spoken] += noise("pink", spoken.stop - spoken.start, -20)[:, 0]
    return make_clip(tmp_path_factory.mktemp("clips") / "secret holiday.mp4", duration_s=3.2, sound=sound)


@pytest.fixture
def diary(tmp_path: Path) -> Iterator[Diary]:
    with Diary.open(DiaryLocation(tmp_path / "my private diary", tmp_path / "state")) as opened:
        yield opened


@pytest.fixture
def entry(diary: Diary, clip: Path) -> Entry:
    details = Details(title="Fired by Kaitlyn", recorded_at=RECORDED)
    entry = diary.import_clip(clip, details, progress=unheard, token=CancelToken())
    diary.save_transcript(entry, Transcript("base", "en", 1.0, datetime.now(UTC), (Segment(200, 3_000, SAID),)))
    return entry


@pytest.fixture
def request_of(diary: Diary, entry: Entry, tmp_path: Path) -> Callable[..., ExportRequest]:
    request = ExportRequest(
        location=diary.location,
        entry_id=entry.id,
        output=tmp_path / "short.mp4",
        length_ms=None,
        captions="calm",
        platform="tiktok",
        trims_pauses=False,
        framing="centre",
        may_replace=False,
        pause_before_ms=250,
        pause_after_ms=350,
        loudness=Loudness(-14.0, -1.5),
        extras=Extras(subtitle_files=("srt", "vtt"), has_subtitle_track=True),
    )
    return lambda **wishes: replace(request, **wishes)


@pytest.fixture
def export(request_of: Callable[..., ExportRequest]) -> Callable[..., ExportResult]:
    return lambda **wishes: export_entry(request_of(**wishes), progress=unheard, token=CancelToken())


def hiding(sounding: Sounding) -> Concealment:
    return Concealment((HiddenWords(NAME, sounding),))


def heard(file: Path) -> Samples:
    with file.open("rb") as short:
        return decode_sound(short, file.name, rate_hz=SOUND_RATE_HZ, channels=2, progress=unheard, token=CancelToken())[
            :, 0
        ]


def spoken(samples: Samples, span: Span) -> Samples:
    """The middle of a stretch."""
    return samples[(span.start_ms + 20) * SOUND_RATE_HZ // 1000 : (span.end_ms - 20) * SOUND_RATE_HZ // 1000]


def alike(one: Samples, other: Samples) -> float:
    return float(np.corrcoef(one, other)[0, 1])


def test_a_hidden_word_is_in_no_file_of_a_short_and_its_sentence_is_the_users(
    export: Callable[..., ExportResult], diary: Diary, entry: Entry
) -> None:
    plain = heard(export(concealment=hiding("keep")).file)
    result = export(concealment=hiding("bleep"))
    bleeped = heard(result.file)
    strongest = np.abs(np.fft.rfft(spoken(bleeped, NAME), 48_000)).argmax()
    assert strongest == pytest.approx(1_000, abs=3)
    assert abs(alike(spoken(bleeped, NAME), spoken(plain, NAME))) < 0.1
    for word in (SAID[0], SAID[2], SAID[3]):
        span = Span(word.start_ms, word.end_ms)
        assert alike(spoken(bleeped, span), spoken(plain, span)) > 0.99
    for file in (result.file, *result.beside):
        assert b"aitlyn" not in file.read_bytes()
    for file in result.beside:
        assert f"Call {MASK}, please." in file.read_text(encoding="utf-8")
    assert f"Call {MASK}, please.".encode() in result.file.read_bytes(), "the track inside"
    assert result.kept[0] == "Call Kaitlyn, please."
    transcript = diary.transcript(entry)
    assert transcript is not None
    assert "Kaitlyn" in transcript.text


def test_another_sound_in_a_words_place_draws_nothing_anew(
    export: Callable[..., ExportResult], monkeypatch: pytest.MonkeyPatch
) -> None:
    export(concealment=hiding("bleep"))
    sounds, pictures = noted_work(monkeypatch)
    export(concealment=hiding("mute"))
    assert (len(sounds) > 0, len(pictures)) == (True, 0)


def test_a_masked_caption_alone_leaves_the_sound_and_all_other_pictures_as_they_were(
    export: Callable[..., ExportResult], monkeypatch: pytest.MonkeyPatch
) -> None:
    export()
    sounds, pictures = noted_work(monkeypatch)
    export(concealment=Concealment((HiddenWords(Span(2_600, 3_000), "keep"),)))
    assert sounds == []
    assert 0 < len(pictures) <= 2, "of seven"


def noted_work(monkeypatch: pytest.MonkeyPatch) -> tuple[list[object], list[object]]:
    """What is encoded from now on, and not taken over: sounds and segments."""
    noted: tuple[list[object], list[object]] = ([], [])
    real_sound, real_segment = compose.encode_sound, segments.encode

    def encode_sound(samples: Samples) -> Any:
        noted[0].append(real_sound(samples))
        return noted[0][-1]

    def encode(*arguments: Any) -> Any:
        noted[1].append(real_segment(*arguments))
        return noted[1][-1]

    monkeypatch.setattr(compose, "encode_sound", encode_sound)
    monkeypatch.setattr(segments, "encode", encode)
    return noted


@pytest.mark.parametrize("style", ["calm", "karaoke", "pop", "subtitle"])
def test_captions_of_every_style_and_their_preview_are_masked(
    request_of: Callable[..., ExportRequest], diary: Diary, entry: Entry, style: str
) -> None:
    told = outline(request_of(captions=style, concealment=hiding("bleep")), entry, diary.transcript(entry))
    assert [word.shown for word in told.design.words] == ["Call", f"{MASK},", "please.", "Goodbye."]
    assert [each.span for each in told.design.hidden_sounds] == [NAME]
    assert told.lines[0].text == "Call Kaitlyn, please."


def box_times(content: bytes) -> list[tuple[int, int]]:
    """When the file and its tracks were made and changed, as the heads of MP4 say it (ISO/IEC 14496-12)."""
    times = []
    for found in re.finditer(rb"mvhd|tkhd|mdhd", content):
        version, body = content[found.end()], content[found.end() + 4 :]
        size = 8 if version else 4
        times.append((int.from_bytes(body[:size], "big"), int.from_bytes(body[size : 2 * size], "big")))
    return times


def tags(file: Path) -> set[str]:
    with av.open(str(file)) as container:
        found = [container.metadata, *(stream.metadata for stream in container.streams)]
    return {key for each in found for key in each}


def test_the_files_of_a_short_tell_nothing_of_where_when_and_how_it_was_made(
    export: Callable[..., ExportResult], diary: Diary, entry: Entry
) -> None:
    extras = Extras(Marks(day=5), ("srt", "vtt"), has_subtitle_track=True, has_cover=True)
    result = export(extras=extras, concealment=hiding("bleep"), output=None)
    personal = [
        entry.id,
        Path(entry.folder).name,
        diary.library_id,
        diary.location.folder.name,
        str(diary.location.folder),
        str(diary.location.state),
        str(Path.home()),
        socket.gethostname(),
        "secret holiday",
        entry.title,
        "2026",
        *([getpass.getuser()] if len(getpass.getuser()) > 4 else []),
    ]
    tools = ["Lavf", "x264", "Duskreel", "duskreel", "Exif", "Photoshop"]
    for file in (result.file, *result.beside):
        content = file.read_bytes()
        assert [word for word in (*personal, *tools) if len(word) > 3 and word.encode() in content] == []
        assert not any(word in file.name for word in personal if len(word) > 3)
    times = box_times(result.file.read_bytes())
    assert len(times) == 7, "of the file, and two of each track"
    assert set(times) == {(0, 0)}
    known = {"language", "handler_name", "vendor_id", "major_brand", "minor_version", "compatible_brands"}
    assert tags(result.file) <= known


def test_a_short_without_a_name_gets_one_that_tells_only_where_it_goes(export: Callable[..., ExportResult]) -> None:
    names = [export(output=None, extras=Extras()).file.name for _ in range(2)]
    assert names == ["Duskreel short tiktok.mp4", "Duskreel short tiktok 2.mp4"]


@pytest.mark.parametrize("is_stored", [True, False])
def test_when_it_was_recorded_is_told_on_request_to_the_second(
    export: Callable[..., ExportResult], diary: Diary, entry: Entry, is_stored: bool
) -> None:
    if is_stored:
        diary.update(replace(entry, review=ReviewNotes(tells_time=True)))
    result = export(output=None, extras=Extras(tells_time=not is_stored))
    assert result.file.name == "Duskreel 2026-11-23 tiktok.mp4"
    with av.open(str(result.file)) as short:
        assert short.metadata["creation_time"].startswith("2026-11-23T18:04:12")
    since_1904_s = int((RECORDED - datetime(1904, 1, 1, tzinfo=UTC)).total_seconds())
    assert set(box_times(result.file.read_bytes())) == {(since_1904_s, since_1904_s)}
