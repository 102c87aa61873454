"""The export job, on a real diary: what it makes, what it refuses, and what it leaves behind."""

import shutil
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Any

import av
import numpy as np
import pytest
from PIL import Image

from clips import make_clip
from duskreel.edit.revising import correct
from duskreel.errors import Cancelled, DiaryError
from duskreel.export import segments
from duskreel.export.encoders import GROUP
from duskreel.export.extras import Extras, Marks
from duskreel.export.loudness import Loudness
from duskreel.export.render import ExportRequest, ExportResult, export_entry
from duskreel.export.segments import Segment as Coded
from duskreel.library.diary import Diary
from duskreel.library.entry import Entry, Segment, Transcript, Word
from duskreel.library.values import Details, DiaryLocation
from duskreel.progress import CancelToken, unheard
from duskreel.timecode import Span

WORDS = (
    Word("Hello", 200, 700, 0.9),
    Word("there.", 700, 1200, 0.9),
    Word("Goodbye", 4200, 4700, 0.9),
    Word("now.", 4700, 5200, 0.9),
)


SRT = Extras(subtitle_files=("srt",))


@pytest.fixture
def diary(tmp_path: Path) -> Iterator[Diary]:
    with Diary.open(DiaryLocation(tmp_path / "diary", tmp_path / "state")) as opened:
        yield opened


@pytest.fixture(scope="module")
def six_seconds(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_clip(tmp_path_factory.mktemp("clips") / "six.mp4", duration_s=6.0)


@pytest.fixture
def entry(diary: Diary, six_seconds: Path) -> Entry:
    """Six seconds in which something is said in the first and in the fifth."""
    entry = diary.import_clip(six_seconds, Details(), progress=unheard, token=CancelToken())
    said = Transcript("base", "en", 1.0, datetime.now(UTC), (Segment(200, 5200, WORDS),))
    diary.save_transcript(entry, said)
    return entry


@pytest.fixture
def export(diary: Diary, entry: Entry, tmp_path: Path) -> Callable[..., ExportResult]:
    def export(token: CancelToken | None = None, **wishes: Any) -> ExportResult:
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
        )
        return export_entry(replace(request, **wishes), progress=unheard, token=token or CancelToken())

    return export


def pictures(path: Path) -> list[np.ndarray]:
    with av.open(str(path)) as container:
        return [frame.to_ndarray() for frame in container.decode(video=0)]


def left_behind(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir() if path.suffix in (".mp4", ".srt", ".partial"))


def test_short_is_upright_captioned_and_as_long_as_the_clip(
    export: Callable[..., ExportResult], tmp_path: Path
) -> None:
    result = export(extras=SRT, output=tmp_path / "-день 😀 %d.mp4")
    assert left_behind(tmp_path) == ["-день 😀 %d.mp4", "-день 😀 %d.srt"]
    shown = pictures(result.file)
    assert len(shown) == 180
    assert shown[0].shape == (1920 * 3 // 2, 1080)
    caption = slice(1050, 1230)
    # The captions' box is darker than anything in the clip around it.
    assert shown[20][caption, 400:680].min() < shown[75][caption, 400:680].min()
    assert "Hello there." in result.beside[0].read_text(encoding="utf-8")
    assert result.duration_ms == 6_000
    assert result.warnings == ()


def test_trimming_pauses_shortens_and_keeps_the_words(export: Callable[..., ExportResult]) -> None:
    result = export(trims_pauses=True)
    assert result.duration_ms < 4_000
    assert result.kept == ("Hello there.", "Goodbye now.")


def test_cuts_of_the_entry_are_left_out(export: Callable[..., ExportResult], diary: Diary, entry: Entry) -> None:
    diary.update(replace(entry, cuts=(Span(4_000, 5_500),)))
    result = export()
    assert result.duration_ms == 4_500
    assert result.kept == ("Hello there.",)


def test_the_clip_itself_is_never_altered(export: Callable[..., ExportResult], diary: Diary, entry: Entry) -> None:
    clip = diary.location.folder / entry.folder / entry.clip
    before = clip.read_bytes()
    export()
    assert clip.read_bytes() == before


def test_the_entry_remembers_its_short_once(export: Callable[..., ExportResult], diary: Diary, entry: Entry) -> None:
    first = export()
    export()
    (share,) = diary.find(entry.id).shares
    assert (share.file, share.preset) == (str(first.file), "tiktok")


def test_without_a_name_shorts_go_to_the_diarys_own_folder_and_replace_none(
    export: Callable[..., ExportResult], diary: Diary
) -> None:
    names = [export(output=None).file, export(output=None).file]
    assert names[0] != names[1]
    assert all(name.parent == diary.shorts_folder and name.exists() for name in names)


def test_no_transcript_means_no_captions_and_says_so(
    export: Callable[..., ExportResult], diary: Diary, entry: Entry
) -> None:
    (diary.location.folder / entry.folder / "transcript.json").unlink()
    result = export()
    assert "not been transcribed" in result.warnings[0]
    assert result.kept == ()


def test_a_clip_without_sound_gets_a_silent_track(
    export: Callable[..., ExportResult], diary: Diary, tmp_path: Path
) -> None:
    mute = make_clip(tmp_path / "mute.mp4", duration_s=4.0, sound=None)
    entry = diary.import_clip(mute, Details(), progress=unheard, token=CancelToken())
    result = export(entry_id=entry.id)
    with av.open(str(result.file)) as container:
        assert container.streams.audio[0].codec_context.name == "aac"
        assert max(np.abs(frame.to_ndarray()).max() for frame in container.decode(audio=0)) < 1e-3


def test_cancelling_midway_leaves_no_file(export: Callable[..., ExportResult], tmp_path: Path) -> None:
    asked = iter(range(10_000))
    with pytest.raises(Cancelled):
        export(token=CancelToken(lambda: next(asked) > 450))
    assert left_behind(tmp_path) == []


def test_an_interrupt_midway_leaves_no_file(export: Callable[..., ExportResult], tmp_path: Path) -> None:
    asked = iter(range(10_000))

    def interrupt() -> bool:
        if next(asked) > 450:
            raise KeyboardInterrupt
        return False

    with pytest.raises(KeyboardInterrupt):
        export(token=CancelToken(interrupt))
    assert left_behind(tmp_path) == []


def test_too_short_is_refused_before_any_work(export: Callable[..., ExportResult], tmp_path: Path) -> None:
    with pytest.raises(DiaryError, match="no platform takes less than 3 s"):
        export(length_ms=2_000)
    assert left_behind(tmp_path) == []


def test_a_file_that_is_not_a_short_of_this_entry_is_not_replaced(
    export: Callable[..., ExportResult], tmp_path: Path
) -> None:
    precious = tmp_path / "short.mp4"
    precious.write_bytes(b"my wedding")
    with pytest.raises(DiaryError, match="already a file"):
        export()
    assert precious.read_bytes() == b"my wedding"
    assert export(may_replace=True).file == precious


@pytest.mark.parametrize(
    ("output", "sentence"),
    [
        ("nowhere/short.mp4", "no folder"),
        ("short.mov", "does not end in .mp4"),
        ("diary/entries/a.mp4", "own files"),
        ("diary/bin/a.mp4", "own files"),
    ],
)
def test_places_where_no_short_can_go_are_refused(
    export: Callable[..., ExportResult], tmp_path: Path, output: str, sentence: str
) -> None:
    (tmp_path / "diary" / "bin").mkdir(exist_ok=True)
    with pytest.raises(DiaryError, match=sentence):
        export(output=tmp_path / output, may_replace=True)


@pytest.mark.parametrize("name", ["x" * 300 + ".mp4", "x\0.mp4"])
def test_a_name_that_no_disk_takes_is_refused(export: Callable[..., ExportResult], tmp_path: Path, name: str) -> None:
    with pytest.raises((DiaryError, ValueError)):
        export(output=tmp_path / name)


def test_a_folder_is_not_replaced(export: Callable[..., ExportResult], tmp_path: Path) -> None:
    (tmp_path / "short.mp4").mkdir()
    with pytest.raises(DiaryError, match="is a folder"):
        export(may_replace=True)


def test_subtitles_that_are_not_of_this_entry_are_not_replaced(
    export: Callable[..., ExportResult], tmp_path: Path
) -> None:
    precious = tmp_path / "short.srt"
    precious.write_text("my wedding")
    with pytest.raises(DiaryError, match="already a file"):
        export(extras=SRT)
    assert precious.read_text() == "my wedding"


@pytest.fixture
def encoded(monkeypatch: pytest.MonkeyPatch) -> list[Coded]:
    """Every segment that is encoded, and not taken over."""
    made: list[Coded] = []
    real = segments.encode

    def encode(*arguments: Any) -> Segment:
        made.append(real(*arguments))
        return made[-1]

    monkeypatch.setattr(segments, "encode", encode)
    return made


def test_a_correction_draws_only_what_it_touches_and_the_file_is_the_same_as_anew(
    export: Callable[..., ExportResult], diary: Diary, entry: Entry, tmp_path: Path, encoded: list[Coded]
) -> None:
    before = pictures(export().file)
    first = len(encoded)
    transcript = diary.transcript(entry)
    assert transcript is not None
    diary.save_transcript(entry, correct(transcript, 0, "Goodbye"))
    encoded.clear()
    again = export().file
    assert 0 < len(encoded) < first, "the first words stand in some of the segments"
    pairs = zip(before, pictures(again), strict=True)
    changed = sum(bool((one != other).any()) for one, other in pairs)
    assert 10 < changed <= len(encoded) * GROUP
    shutil.rmtree(diary.location.state / "shorts")
    assert export(output=tmp_path / "anew.mp4").file.read_bytes() == again.read_bytes()


def test_a_second_short_under_another_name_is_copied(
    export: Callable[..., ExportResult], tmp_path: Path, encoded: list[Coded]
) -> None:
    first = export().file
    encoded.clear()
    second = export(output=tmp_path / "second.mp4").file
    assert encoded == []
    assert second.read_bytes() == first.read_bytes()


def test_what_the_user_changed_in_a_short_does_not_get_into_the_next(
    export: Callable[..., ExportResult], tmp_path: Path
) -> None:
    first = export().file
    content = first.read_bytes()
    broken = bytearray(content)
    middle = len(broken) // 2
    broken[middle : middle + 2_000] = bytes(2_000)
    first.write_bytes(broken)
    assert export(output=tmp_path / "second.mp4").file.read_bytes() == content


def test_all_extras_come_beside_and_inside(export: Callable[..., ExportResult]) -> None:
    marks = Marks("A hard day", 5, has_progress_bar=True)
    extras = Extras(marks, ("srt", "vtt"), has_subtitle_track=True, has_cover=True, reduces_noise=True)
    result = export(extras=extras)
    assert [file.suffix for file in result.beside] == [".srt", ".vtt", ".jpg"]
    assert "Hello there." in result.beside[1].read_text(encoding="utf-8")
    with Image.open(result.beside[2]) as cover:
        assert cover.size == (1080, 1920)
    with av.open(str(result.file)) as container:
        assert [stream.type for stream in container.streams] == ["video", "audio", "subtitle"]


def test_a_title_that_cannot_be_read_is_refused_before_any_work(
    export: Callable[..., ExportResult], tmp_path: Path
) -> None:
    with pytest.raises(DiaryError, match="title"):
        export(extras=Extras(Marks("far too long " * 20)))
    assert left_behind(tmp_path) == []


def during_work(act: Callable[[], object]) -> CancelToken:
    """A token that is never cancelled, and acts once the short is being drawn."""
    asked = iter(range(100_000))

    def is_cancelled() -> bool:
        if next(asked) == 300:
            act()
        return False

    return CancelToken(is_cancelled)


@pytest.fixture
def brief(export: Callable[..., ExportResult], diary: Diary, entry: Entry) -> Callable[..., ExportResult]:
    """Export the first three seconds, without words."""
    (diary.location.folder / entry.folder / "transcript.json").unlink()
    return partial(export, length_ms=3_000)


def test_without_words_the_short_ends_where_its_length_does(brief: Callable[..., ExportResult]) -> None:
    result = brief()
    assert result.duration_ms == 3_000
    assert result.warnings[-1].startswith("There are no words to choose by")


def test_a_file_that_comes_there_meanwhile_stays(brief: Callable[..., ExportResult], tmp_path: Path) -> None:
    precious = tmp_path / "short.mp4"
    with pytest.raises(DiaryError, match="already a file"):
        brief(during_work(lambda: precious.write_bytes(b"my wedding")))
    assert precious.read_bytes() == b"my wedding"
    assert left_behind(tmp_path) == ["short.mp4"]


def test_a_name_of_our_own_choice_that_is_taken_meanwhile_gives_way(
    brief: Callable[..., ExportResult], diary: Diary
) -> None:
    other = diary.shorts_folder / "Duskreel short tiktok.mp4"
    result = brief(during_work(lambda: other.write_bytes(b"another short")), output=None)
    assert other.read_bytes() == b"another short"
    assert result.file == other.with_stem(f"{other.stem} 2")


def test_a_short_outlives_its_entry_and_may_have_the_longest_name(
    brief: Callable[..., ExportResult], diary: Diary, entry: Entry, tmp_path: Path
) -> None:
    result = brief(during_work(lambda: diary.delete(entry)), output=tmp_path / ("x" * 251 + ".mp4"), extras=SRT)
    assert sorted(path.suffix for path in tmp_path.glob("x*")) == [".mp4", ".srt"]
    assert "could not be noted in its entry" in result.warnings[-1]


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs a device that is always full")
def test_a_full_disk_is_one_sentence_and_no_file(
    export: Callable[..., ExportResult], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    full = tmp_path / "full"
    full.mkdir()
    monkeypatch.setattr("secrets.token_hex", lambda _: "0")
    # Whatever is written to /dev/full finds no space, as on a disk that has none.
    (full / ".short 0.partial.mp4").symlink_to("/dev/full")
    with pytest.raises(DiaryError, match="Could not write"):
        export(output=full / "short.mp4")
    assert list(full.iterdir()) == []


def test_a_file_of_the_users_beside_an_own_short_stays(brief: Callable[..., ExportResult], tmp_path: Path) -> None:
    brief()
    photo = tmp_path / "short.jpg"
    photo.write_bytes(b"a photo")
    with pytest.raises(DiaryError, match=r"short\.jpg"):
        brief(extras=Extras(has_cover=True))
    assert photo.read_bytes() == b"a photo"
    photo.unlink()
    brief(extras=Extras(has_cover=True))
    brief(extras=Extras(has_cover=True))


def test_companions_taken_meanwhile_leave_nothing_half_done(brief: Callable[..., ExportResult], tmp_path: Path) -> None:
    srt = tmp_path / "short.srt"
    with pytest.raises(DiaryError, match=r"short\.srt"):
        brief(during_work(lambda: srt.write_text("mine", encoding="utf-8")), extras=SRT)
    assert left_behind(tmp_path) == ["short.srt"]
    assert srt.read_text(encoding="utf-8") == "mine"
