"""Clips that come in from folders, archives and other diaries."""

import pickle
import shutil
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from clips import make_clip
from duskreel.errors import Cancelled
from duskreel.library.arrivals.moving_in import Arrival, MovedIn, MovingIn, Origin, Outcome, move_in
from duskreel.library.diary import Details, Diary, DiaryLocation
from duskreel.library.entry import Entry, Mood, Transcript
from duskreel.progress import CancelToken, unheard
from duskreel.timecode import Span

NEVER = CancelToken()


@pytest.fixture(scope="session")
def one_second(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Another clip than `two_seconds`. Never change it."""
    return make_clip(tmp_path_factory.mktemp("clips") / "one second.mp4", duration_s=1.0)


@pytest.fixture
def footage(tmp_path: Path, two_seconds: Path, one_second: Path) -> Path:
    """A folder as people have them: two clips, one of them twice, a broken one, and other files."""
    folder = tmp_path / "footage"
    (folder / "2025" / ".thumbnails").mkdir(parents=True)
    shutil.copy(two_seconds, folder / "VID_20251123_180412.mp4")
    shutil.copy(two_seconds, folder / "2025" / "copy.mp4")
    shutil.copy(one_second, folder / "2025" / "VID_20251124_090000.mp4")
    (folder / "2025" / "VID_20251124_090000.txt").write_text("a note", encoding="utf-8")
    (folder / "broken.mov").write_bytes(b"nothing")
    for other in ("._VID_20251123_180412.mp4", "photo.jpg", "2025/.thumbnails/small.mp4"):
        (folder / other).write_bytes(b"other")
    return folder


@pytest.fixture
def move(location: DiaryLocation) -> Iterator[Callable[..., MovedIn]]:
    def move(*sources: Path, token: CancelToken = NEVER, **options: object) -> MovedIn:
        request = MovingIn(location, sources, **options)  # type: ignore[arg-type]
        return move_in(pickle.loads(pickle.dumps(request)), progress=unheard, token=token)  # noqa: S301

    yield move
    assert list(location.folder.glob("incoming/*")) == []


def by_name(moved: MovedIn) -> dict[str, Arrival]:
    return {arrival.name: arrival for arrival in moved.arrivals}


def kept(location: DiaryLocation) -> list[Entry]:
    with Diary.open(location) as diary:
        return diary.entries()


def test_a_folder_comes_in_with_everything_that_can_be_used(
    move: Callable[..., MovedIn], footage: Path, location: DiaryLocation
) -> None:
    found = by_name(move(footage, details=Details(tags=("old phone",))))
    assert {name: arrival.outcome for name, arrival in found.items()} == {
        "2025/VID_20251124_090000.mp4": Outcome.KEPT,
        "2025/copy.mp4": Outcome.ALREADY_HERE,
        "VID_20251123_180412.mp4": Outcome.KEPT,
        "broken.mov": Outcome.REFUSED,
    }
    assert "broken.mov" in found["broken.mov"].reason
    entries = kept(location)
    assert [(entry.note, entry.tags) for entry in entries if entry.duration_ms == 1000] == [("a note", ("old phone",))]
    assert sorted(entry.duration_ms for entry in entries) == [1000, 2000]


@pytest.mark.parametrize("is_rehearsal", [False, True])
def test_of_the_same_film_the_one_of_which_more_is_known_comes_in(
    move: Callable[..., MovedIn], tmp_path: Path, two_seconds: Path, one_second: Path, *, is_rehearsal: bool
) -> None:
    folder = tmp_path / "footage"
    folder.mkdir()
    for name in ("a copy.mp4", "told.mp4"):
        shutil.copy(two_seconds, folder / name)
    (folder / "told.srt").write_text("1\n00:00:00,200 --> 00:00:01,000\nWell then.\n", encoding="utf-8")
    for name in ("another copy.mp4", "VID_20251124_090000.mp4"):
        shutil.copy(one_second, folder / name)
    found = by_name(move(folder, is_rehearsal=is_rehearsal))
    came = Outcome.WOULD_BE_KEPT if is_rehearsal else Outcome.KEPT
    assert {name for name, arrival in found.items() if arrival.outcome is came} == {
        "told.mp4",
        "VID_20251124_090000.mp4",
    }
    assert len(found) == 4


def test_what_is_here_already_is_left_out(move: Callable[..., MovedIn], footage: Path, location: DiaryLocation) -> None:
    move(footage)
    again = move(footage)
    assert {arrival.outcome for arrival in again.arrivals} == {Outcome.ALREADY_HERE, Outcome.REFUSED}
    with Diary.open(location) as diary:
        diary.delete(diary.entries()[0])
    assert any("in the bin" in arrival.reason for arrival in move(footage).arrivals)


def test_a_rehearsal_keeps_nothing(move: Callable[..., MovedIn], footage: Path, location: DiaryLocation) -> None:
    rehearsed = move(footage, is_rehearsal=True)
    assert kept(location) == []
    real = move(footage)
    assert [(each.name, each.when) for each in rehearsed.arrivals] == [(each.name, each.when) for each in real.arrivals]
    assert sum(each.outcome is Outcome.WOULD_BE_KEPT for each in rehearsed.arrivals) == 2


def test_a_rehearsal_notices_what_an_archive_holds_twice(
    move: Callable[..., MovedIn], footage: Path, two_seconds: Path, one_second: Path, tmp_path: Path
) -> None:
    archive = tmp_path / "phone.zip"
    with zipfile.ZipFile(archive, "w") as packed:
        packed.write(two_seconds, "a.mp4")
        packed.write(two_seconds, "b.mp4")
        packed.write(one_second, "c.mp4")
    sources = (archive, footage / "2025" / "copy.mp4")
    rehearsed = by_name(move(*sources, origin=Origin.ANYTHING, is_rehearsal=True))
    twice = {name for name, arrival in rehearsed.items() if arrival.outcome is Outcome.ALREADY_HERE}
    assert twice == {"b.mp4", "copy.mp4"}
    assert "“b.mp4” is there twice." in rehearsed["b.mp4"].reason
    real = by_name(move(*sources, origin=Origin.ANYTHING))
    assert {name for name, arrival in real.items() if arrival.outcome is Outcome.ALREADY_HERE} == twice


def test_what_came_in_before_it_was_cancelled_stays(
    move: Callable[..., MovedIn], footage: Path, location: DiaryLocation
) -> None:
    token = CancelToken(lambda: len(list(location.folder.glob("entries/*/*/*"))) > 0)
    with pytest.raises(Cancelled):
        move(footage, token=token)
    assert len(kept(location)) == 1


def test_another_diary_comes_in_whole(
    location: DiaryLocation,
    move: Callable[..., MovedIn],
    tmp_path: Path,
    two_seconds: Path,
    one_second: Path,
    said: Callable[[str], Transcript],
) -> None:
    elsewhere = DiaryLocation(tmp_path / "old diary", tmp_path / "old state")
    with Diary.open(elsewhere) as old:
        take_in = [
            old.import_clip(clip, Details(), progress=unheard, token=NEVER) for clip in (two_seconds, one_second)
        ]
        entry = old.update(
            replace(
                take_in[0],
                title="Monday",
                note="a note",
                mood=Mood.BAD,
                mood_after=Mood.GOOD,
                feelings=("drained",),
                tags=("work",),
                starred=True,
                hidden_from_memories=True,
                cuts=(Span(0, 500),),
                unknown={"from a newer version": {"a": 1}},
            )
        )
        heard = said("the least of it")
        words = heard.segments[0].words
        corrected = replace(heard.segments[0], words=(words[0], replace(words[1], corrected="last"), *words[2:]))
        old.save_transcript(entry, replace(heard, segments=(corrected,)))
        old.delete(take_in[1])
        transcript = old.transcript(entry)
    (arrival,) = move(elsewhere.folder).arrivals
    assert arrival.entry is not None
    with Diary.open(location) as diary:
        found = diary.find(entry.id)
        assert replace(found, folder="") == replace(entry, folder="")
        assert diary.transcript(found) == transcript
        assert [hit.entry.id for hit in diary.search("last")] == [entry.id]


def test_an_id_that_is_taken_is_not_taken_twice(
    move: Callable[..., MovedIn], location: DiaryLocation, tmp_path: Path, two_seconds: Path, one_second: Path
) -> None:
    with Diary.open(location) as diary:
        here = diary.import_clip(two_seconds, Details(), progress=unheard, token=NEVER)
    folder = tmp_path / "copied by hand"
    shutil.copytree(location.folder / here.folder, folder)
    shutil.copy(one_second, folder / "clip.mp4")
    (arrival,) = move(folder).arrivals
    assert arrival.entry is not None
    assert arrival.entry.id != here.id
    assert len(kept(location)) == 2


def test_the_diary_itself_is_not_imported_into_itself(
    move: Callable[..., MovedIn], location: DiaryLocation, footage: Path
) -> None:
    move(footage)
    assert "diary itself" in move(location.folder).arrivals[0].reason
    names = [arrival.name for arrival in move(location.folder.parent).arrivals]
    assert not any(name.startswith("diary/") for name in names)


def test_daily_clips_are_placed_by_the_days_in_their_names(
    move: Callable[..., MovedIn], tmp_path: Path, two_seconds: Path, location: DiaryLocation
) -> None:
    made_later = make_clip(tmp_path / "x.mp4", duration_s=0.6, created="2025-12-31T10:00:00Z")
    file = tmp_path / "1SE.zip"
    with zipfile.ZipFile(file, "w") as archive:
        archive.write(made_later, "clips/2025-12-30.mp4")
        archive.write(two_seconds, "My Year.mp4")
    found = by_name(move(file, origin=Origin.ONE_SECOND))
    assert found["clips/2025-12-30.mp4"].outcome is Outcome.KEPT
    assert "finished film" in found["My Year.mp4"].reason
    (entry,) = kept(location)
    assert f"{entry.recorded_at:%Y-%m-%d %H:%M}" == "2025-12-30 12:00"
    assert entry.original is not None
    assert entry.original.name == "2025-12-30.mp4"


def test_what_the_user_says_now_outdoes_what_was_said_before(
    move: Callable[..., MovedIn], tmp_path: Path, two_seconds: Path
) -> None:
    shutil.copy(two_seconds, tmp_path / "a.mp4")
    (tmp_path / "a.txt").write_text("old note", encoding="utf-8")
    (arrival,) = move(tmp_path / "a.mp4", details=Details(note="new note", title="New")).arrivals
    assert arrival.entry is not None
    assert (arrival.entry.note, arrival.entry.title) == ("new note", "New")


def test_progress_is_of_everything(location: DiaryLocation, footage: Path) -> None:
    shares: list[float] = []
    move_in(MovingIn(location, (footage,)), progress=lambda _, share: shares.append(share), token=NEVER)
    assert shares == sorted(shares)
    assert 0.9 < shares[-1] <= 1.0
