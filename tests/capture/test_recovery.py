"""Takes that were cut off come back, up to where they were cut, and nothing that could not be read is deleted."""

import hashlib
import json
import pickle
import random
import shutil
from collections.abc import Callable, Iterator
from dataclasses import replace
from io import BytesIO
from pathlib import Path

import av
import pytest

from capture.conftest import Stage
from capture.measuring import offsets_ms
from duskreel.capture.clusters import survey
from duskreel.capture.finishing import finish_take
from duskreel.capture.recovery import Recovery, left_over, recover, recover_in
from duskreel.capture.take import HEAD, RAW, SESSION, Take, TakeFolder, TakeState, read_session
from duskreel.errors import Cancelled
from duskreel.library.diary import Diary, DiaryLocation
from duskreel.library.entry import Entry, Mood
from duskreel.library.taking import CLIP
from duskreel.library.values import Details
from duskreel.progress import CancelToken, unheard

MakeStage = Callable[..., Stage]
LENGTH_MS = 6000


@pytest.fixture(scope="module")
def model_take(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """The folder of a take of six seconds as it is when its recorder is killed at the very end. Never change it."""
    root = tmp_path_factory.mktemp("model")
    with Diary.open(DiaryLocation(root / "diary", root / "state")) as diary:
        made = Stage(diary)
        recorded = made.record(LENGTH_MS / 1000)
        recorded.take.note(state=TakeState.RECORDING, duration_ms=None, stopped_by="")
        recorded.take.release()
        raw = recorded.take.raw.read_bytes()
        recorded.take.raw.write_bytes(raw[: survey(BytesIO(raw)).clusters[-1].end])
        yield recorded.take.folder


@pytest.fixture
def left(diary: Diary, model_take: Path) -> Callable[..., Path]:
    """Puts the model into the diary as if its recorder had just been killed; `raw` replaces the raw file."""

    def left(raw: bytes | None = None, *, name: str = model_take.name) -> Path:
        folder = diary.location.folder / "recording" / name
        shutil.rmtree(folder, ignore_errors=True)
        shutil.copytree(model_take, folder)
        if raw is not None:
            (folder / RAW).write_bytes(raw)
        return folder

    return left


def clip_of(diary: Diary, entry: Entry) -> Path:
    return diary.location.folder / entry.folder / CLIP


def plays(clip: Path) -> int:
    """Decodes all of it; any error fails the test. Returns the number of pictures."""
    with av.open(str(clip)) as container:
        pictures = sum(1 for _ in container.decode(video=0))
    with av.open(str(clip)) as container:
        assert sum(frame.samples for frame in container.decode(audio=0)) > 0
    return pictures


def snapshot(folder: Path) -> dict[str, str]:
    """Every file and what is in it."""
    return {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def forget(diary: Diary) -> None:
    """As if nothing had been recovered yet."""
    for entry in diary.entries():
        diary.delete(entry)
    shutil.rmtree(diary.location.folder / "bin", ignore_errors=True)
    shutil.rmtree(diary.location.folder / "recording", ignore_errors=True)


def test_a_take_whose_recorder_was_killed_becomes_a_whole_entry(diary: Diary, left: Callable[..., Path]) -> None:
    folder = left()
    session = read_session(folder)
    result = recover(diary)
    (entry,) = result.entries
    assert entry.id == session.id
    assert entry.recorded_at == session.started_at.replace(microsecond=0)
    assert (entry.source, entry.recovered) == ("camera", True)
    assert entry.duration_ms == pytest.approx(LENGTH_MS, abs=60)
    assert plays(clip_of(diary, entry)) >= 179
    assert max(map(abs, offsets_ms(clip_of(diary, entry)))) < 5
    assert not folder.exists()
    assert diary.poster(entry)


def test_another_process_brings_it_back_while_the_window_has_the_diary_open(
    diary: Diary, left: Callable[..., Path]
) -> None:
    left()
    fractions: list[float] = []
    location = pickle.loads(pickle.dumps(diary.location))  # noqa: S301 - as it travels to the other process
    found = recover_in(location, progress=lambda _, fraction: fractions.append(fraction), token=CancelToken())
    (entry,) = found.entries
    assert diary.entries() == [entry]
    assert pickle.loads(pickle.dumps(found)) == found  # noqa: S301 - and back
    assert fractions == sorted(fractions)
    assert recover_in(location, progress=unheard, token=CancelToken()) == Recovery((), ())


def test_a_recovery_that_is_cancelled_leaves_the_take_for_the_next_one(diary: Diary, left: Callable[..., Path]) -> None:
    left()
    with pytest.raises(Cancelled):
        recover_in(diary.location, progress=unheard, token=CancelToken(lambda: True))
    assert diary.entries() == []
    assert len(recover_in(diary.location, progress=unheard, token=CancelToken()).entries) == 1


def test_recovering_twice_changes_nothing(diary: Diary, left: Callable[..., Path], model_take: Path) -> None:
    left()
    left((model_take / RAW).read_bytes()[:30_000], name="01JD0000000000000000000001")
    left(b"nothing that could be read" * 5000, name="01JD0000000000000000000002")
    for folder in (diary.location.folder / "recording").iterdir():
        session = json.loads((folder / SESSION).read_bytes())
        (folder / SESSION).write_text(json.dumps({**session, "id": folder.name}))
        (folder / HEAD).unlink()
    first = recover(diary)
    assert len(first.entries) == 2
    assert len(first.notices) == 1
    before = snapshot(diary.location.folder)
    second = recover(diary)
    assert second.entries == second.notices == ()
    assert snapshot(diary.location.folder) == before


def test_raw_files_cut_anywhere_come_back_up_to_the_cut(
    diary: Diary, left: Callable[..., Path], model_take: Path
) -> None:
    whole = (model_take / RAW).read_bytes()
    clusters = survey(BytesIO(whole)).clusters
    random_offsets = random.Random(5).sample(range(len(whole)), 40)  # noqa: S311 - to be the same each time
    for offset in sorted({*random_offsets, clusters[1].start, clusters[-1].start + 3}):
        folder = left(whole[:offset])
        result = recover(diary)
        complete_ms = max((cluster.at_ms for cluster in clusters if cluster.start <= offset), default=0)
        if not result.entries:
            assert offset < clusters[0].end, "only what was cut in the first half second may be lost"
            forget(diary)
            continue
        (entry,) = result.entries
        assert entry.duration_ms >= complete_ms - 100
        pictures = plays(clip_of(diary, entry))
        assert abs(pictures * 1000 / 30 - entry.duration_ms) < 500
        if offset < clusters[-1].end and offset not in {cluster.end for cluster in clusters}:
            assert (folder / RAW).read_bytes() == whole[:offset], "the original is kept"
        forget(diary)


def test_zeroed_blocks_cost_what_they_hit(diary: Diary, left: Callable[..., Path], model_take: Path) -> None:
    whole = (model_take / RAW).read_bytes()
    for block in random.Random(6).sample(range(len(whole) // 4096), 6):  # noqa: S311 - to be the same each time
        damaged = bytearray(whole)
        damaged[block * 4096 : (block + 1) * 4096] = bytes(4096)
        folder = left(bytes(damaged))
        (entry,) = recover(diary).entries
        assert entry.recovered
        pictures = plays(clip_of(diary, entry))
        assert entry.duration_ms >= LENGTH_MS - 1600
        assert pictures >= 180 - 66
        offsets = offsets_ms(clip_of(diary, entry))
        assert max(map(abs, offsets), default=0) < 80
        assert (folder / RAW).read_bytes() == bytes(damaged), "the original is kept"
        assert read_session(folder).state is TakeState.KEPT
        assert left_over(diary)
        forget(diary)


def test_after_a_hole_the_last_picture_stays_until_the_next_keyframe_and_the_sound_is_in_time(
    diary: Diary, left: Callable[..., Path], model_take: Path
) -> None:
    whole = bytearray((model_take / RAW).read_bytes())
    hit = next(cluster for cluster in survey(BytesIO(bytes(whole))).clusters if 2000 < cluster.at_ms < 2700)
    whole[hit.start + hit.size // 2 : hit.start + hit.size // 2 + 16] = bytes(16)
    left(bytes(whole))
    (entry,) = recover(diary).entries
    clip = clip_of(diary, entry)
    with av.open(str(clip)) as container:
        times_ms = [round(float(frame.time or 0) * 1000) for frame in container.decode(video=0)]
    assert not [at_ms for at_ms in times_ms if hit.at_ms + 50 < at_ms < 2990]
    offsets = offsets_ms(clip)
    assert len(offsets) >= 4
    assert max(map(abs, offsets)) < 15, "silence stands where sound is missing"


def test_a_raw_file_whose_beginning_is_gone_is_read_with_the_copy_of_it(
    diary: Diary, left: Callable[..., Path], model_take: Path
) -> None:
    whole = (model_take / RAW).read_bytes()
    left(bytes(4096) + whole[4096:])
    (entry,) = recover(diary).entries
    assert entry.duration_ms >= LENGTH_MS - 1600
    assert plays(clip_of(diary, entry)) > 120


def test_what_was_said_before_the_recording_comes_back_with_it(stage: MakeStage, diary: Diary) -> None:
    said = Details(title="After the call", mood=Mood.BAD, feelings=("drained",), tags=("job search",))
    made = stage()
    made.recorder.open()
    made.recorder.start(said)
    made.studio().play(1)
    made.stop().take.release()
    (entry,) = recover(diary).entries
    assert (entry.title, entry.mood, entry.feelings, entry.tags) == (said.title, said.mood, said.feelings, said.tags)


def test_what_was_marked_while_recording_comes_back_with_it(stage: MakeStage, diary: Diary) -> None:
    made = stage()
    studio = made.begin()
    studio.play(0.5)
    made.recorder.mark()
    studio.play(0.5)
    made.stop().take.release()
    (entry,) = recover(diary).entries
    assert entry.marks == (pytest.approx(500, abs=1),)
    sidecar = diary.location.folder / entry.folder / "entry.json"
    assert json.loads(sidecar.read_bytes())["marks"] == list(entry.marks)
    assert diary.find(entry.id).marks == entry.marks


@pytest.mark.parametrize(
    ("marks", "kept"),
    [(None, ()), ("soon", ()), ({"at": 1}, ()), ([True, "1", -5, None, 1.5, 700], (700,)), ([10**9], (LENGTH_MS,))],
)
def test_strange_marks_cost_no_take(
    diary: Diary, left: Callable[..., Path], marks: object, kept: tuple[int, ...]
) -> None:
    session = left() / SESSION
    session.write_text(json.dumps({**json.loads(session.read_bytes()), "marks": marks}))
    (entry,) = recover(diary).entries
    assert entry.marks == (kept if kept != (LENGTH_MS,) else (entry.duration_ms,))


@pytest.mark.parametrize(
    "details",
    [
        None, [], {"mood": 9, "title": 3, "feelings": "sad"}, {"feelings": [1, "sad"]},
        {"prompt": 3, "series": "five"}, {"series": {"id": "x", "day": 0}}, {"series": [1]},
    ],
)  # fmt: skip
def test_strange_details_cost_no_take(diary: Diary, left: Callable[..., Path], details: object) -> None:
    session = left() / SESSION
    session.write_text(json.dumps({**json.loads(session.read_bytes()), "details": details}))
    (entry,) = recover(diary).entries
    assert (entry.title, entry.mood, entry.prompt, entry.series) == ("", None, "", None)


def test_without_a_session_the_folder_name_tells_the_time(diary: Diary, left: Callable[..., Path]) -> None:
    folder = left()
    session = read_session(folder)
    (folder / SESSION).unlink()
    (entry,) = recover(diary).entries
    assert entry.id == session.id
    assert abs((entry.recorded_at - session.started_at).total_seconds()) <= 1


def test_a_folder_of_any_name_without_a_session_comes_back_once(diary: Diary, left: Callable[..., Path]) -> None:
    folder = left(name="copied by hand")
    (folder / SESSION).unlink()
    assert len(recover(diary).entries) == 1
    assert recover(diary).entries == ()
    assert len(diary.entries()) == 1


@pytest.mark.parametrize("raw", [b"", None])
def test_a_take_without_a_picture_leaves_nothing(diary: Diary, left: Callable[..., Path], raw: bytes | None) -> None:
    folder = left(b"")
    if raw is None:
        (folder / RAW).unlink()
    result = recover(diary)
    assert result.entries == result.notices == ()
    assert not folder.exists()


def test_what_cannot_be_read_is_kept_and_said_once(diary: Diary, left: Callable[..., Path]) -> None:
    content = random.Random(7).randbytes(200_000)  # noqa: S311 - to be the same each time
    folder = left(content)
    (notice,) = recover(diary).notices
    assert str(folder) in notice
    assert (folder / RAW).read_bytes() == content
    assert read_session(folder).state is TakeState.UNREADABLE
    assert recover(diary).notices == ()
    assert len(recover(diary, thorough=True).notices) == 1, "the user's own wish tries again"
    assert (folder / RAW).read_bytes() == content


def test_a_take_whose_recorder_lives_is_let_be(stage: MakeStage, diary: Diary) -> None:
    made = stage()
    made.begin().play(1)
    assert recover(diary).entries == ()
    recorded = made.stop()
    assert recorded.take.raw.exists()
    assert recover(diary).entries == (), "it waits to be finished by its owner"
    assert finish_take(diary, recorded.take).recovered is False


def test_a_take_of_another_machine_is_only_brought_back_on_wish(diary: Diary, left: Callable[..., Path]) -> None:
    folder = left()
    session = json.loads((folder / SESSION).read_bytes())
    (folder / SESSION).write_text(json.dumps({**session, "host": "another machine"}))
    (notice,) = recover(diary).notices
    assert "another machine" in notice
    assert diary.entries() == []
    assert len(recover(diary, thorough=True).entries) == 1


def test_killed_after_the_rename_the_entry_is_not_made_twice(diary: Diary, left: Callable[..., Path]) -> None:
    left()
    recover(diary)
    before = snapshot(diary.location.folder)
    folder = left()
    assert recover(diary).entries == ()
    assert not folder.exists()
    assert snapshot(diary.location.folder) == before


def test_while_the_entry_has_no_clip_the_raw_file_stays(diary: Diary, left: Callable[..., Path]) -> None:
    left()
    (entry,) = recover(diary).entries
    clip_of(diary, entry).unlink()
    folder = left()
    assert len(recover(diary).notices) == 1
    assert (folder / RAW).exists()


def test_a_deleted_entry_does_not_come_back(diary: Diary, left: Callable[..., Path]) -> None:
    left()
    (entry,) = recover(diary).entries
    diary.delete(entry)
    folder = left()
    assert recover(diary) == Recovery((), ())
    assert diary.entries() == []
    assert not folder.exists()


def test_half_a_clip_of_a_killed_finish_is_swept(diary: Diary, left: Callable[..., Path]) -> None:
    left()
    incoming = diary.location.folder / "incoming" / "01JDHALF"
    incoming.mkdir(parents=True)
    (incoming / CLIP).write_bytes(b"half a clip")
    assert len(recover(diary).entries) == 1
    assert (incoming / CLIP).exists(), "not ours to remove while nobody claims it"


def test_without_room_the_take_stays_and_is_recovered_later(diary: Diary, left: Callable[..., Path]) -> None:
    folder = left()
    take = TakeFolder.of(diary).claim(folder.name)
    assert isinstance(take, Take)
    blocked = diary.location.folder / "incoming"
    shutil.rmtree(blocked, ignore_errors=True)
    blocked.write_bytes(b"a file where the folder should be")
    take.release()
    assert len(recover(diary).notices) == 1
    assert (folder / RAW).exists()
    blocked.unlink()
    assert len(recover(diary).entries) == 1


def test_recovered_is_kept_in_the_sidecar(diary: Diary, left: Callable[..., Path]) -> None:
    left()
    (entry,) = recover(diary).entries
    diary.update(replace(entry, title="Still here"))
    diary.reindex()
    (again,) = diary.entries()
    assert again.recovered
    assert "recovered" not in again.unknown
