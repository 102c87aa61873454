import json
import os
import pickle
import shutil
import sqlite3
import subprocess
import sys
import threading
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from filelock import FileLock, Timeout

from clips import make_clip
from duskreel.errors import Cancelled, DiaryError
from duskreel.library.diary import Details, Diary, DiaryLocation, EntryFilter
from duskreel.library.entry import Entry, Mood, Share, Transcript
from duskreel.library.media import open_media
from duskreel.progress import CancelToken, unheard

TakeIn = Callable[..., Entry]
Said = Callable[[str], Transcript]


def everything_in(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def home(diary: Diary, entry: Entry) -> Path:
    return diary.location.folder / entry.folder


def test_an_imported_clip_is_an_entry_at_once_and_after_opening_again(
    diary: Diary, take_in: TakeIn, two_seconds: Path
) -> None:
    details = Details("Monday", "a note", Mood.BAD, ("drained",), ("work",))
    entry = take_in(two_seconds, details)
    assert (entry.title, entry.note, entry.mood, entry.feelings, entry.tags) == (
        "Monday", "a note", Mood.BAD, ("drained",), ("work",),
    )  # fmt: skip
    with Diary.open(diary.location) as again:
        assert again.entries() == diary.entries() == [entry]
        assert again.notices == []
    assert sorted(path.name for path in home(diary, entry).iterdir()) == ["clip.mp4", "entry.json", "poster.jpg"]
    assert entry.folder.startswith(f"entries/{entry.recorded_at:%Y/%m/%Y-%m-%d %H.%M.%S} ")


def test_the_source_is_never_touched(take_in: TakeIn, tmp_path: Path, two_seconds: Path) -> None:
    source = tmp_path / "source.mp4"
    source.write_bytes(two_seconds.read_bytes())
    source.chmod(0o400)
    os.utime(source, (1_700_000_000, 1_700_000_000))
    before = source.stat()
    take_in(source)
    assert source.read_bytes() == two_seconds.read_bytes()
    assert (source.stat().st_mtime_ns, source.stat().st_mode) == (before.st_mtime_ns, before.st_mode)


def test_an_import_tells_how_far_it_is(diary: Diary, two_seconds: Path) -> None:
    told: list[float] = []
    diary.import_clip(two_seconds, Details(), progress=lambda _, share: told.append(share), token=CancelToken())
    assert told == sorted(told)
    assert told[-1] == 1.0


def test_a_cancelled_import_leaves_no_folder(diary: Diary, two_seconds: Path) -> None:
    before = everything_in(diary.location.folder)
    with pytest.raises(Cancelled):
        diary.import_clip(two_seconds, Details(), progress=unheard, token=CancelToken(lambda: True))
    assert everything_in(diary.location.folder) == before
    assert diary.entries() == []
    assert diary.problems() == []


def test_a_refused_file_leaves_no_folder(diary: Diary, take_in: TakeIn, tmp_path: Path) -> None:
    (tmp_path / "text.mp4").write_text("no video")
    before = everything_in(diary.location.folder)
    with pytest.raises(DiaryError, match="not a video"):
        take_in(tmp_path / "text.mp4")
    assert everything_in(diary.location.folder) == before


def test_the_same_clip_is_not_taken_twice(
    diary: Diary, take_in: TakeIn, imported: Entry, two_seconds: Path, tmp_path: Path
) -> None:
    shutil.copy(two_seconds, tmp_path / "renamed.mp4")
    with pytest.raises(DiaryError, match=imported.id):
        take_in(tmp_path / "renamed.mp4")
    assert diary.entries() == [imported]
    diary.delete(imported)
    with pytest.raises(DiaryError, match="in the bin") as caught:
        take_in(two_seconds)
    assert imported.id in caught.value.what_happened
    assert diary.problems() == []


def test_two_clips_of_one_second_lie_side_by_side(take_in: TakeIn, tmp_path: Path) -> None:
    one = take_in(make_clip(tmp_path / "one.mp4"))
    two = take_in(make_clip(tmp_path / "two.mp4", duration_s=1), Details(recorded_at=one.recorded_at))
    assert one.folder != two.folder
    assert one.folder.rpartition(" ")[0] == two.folder.rpartition(" ")[0]


def test_half_characters_from_a_command_line_do_not_break_a_diary(
    diary: Diary, take_in: TakeIn, two_seconds: Path
) -> None:
    entry = take_in(two_seconds, Details(title="a\udcffb", tags=("\udcff",)))
    entry = diary.update(replace(entry, note="\ud800"))
    with Diary.open(diary.location) as again:
        assert again.entries() == [entry]


def test_an_update_is_kept_in_both_places(diary: Diary, imported: Entry) -> None:
    changed = diary.update(replace(imported, title="Tuesday", starred=True, tags=("work",)))
    assert diary.entries(EntryFilter(tag="work", starred=True)) == [changed]
    assert json.loads((home(diary, imported) / "entry.json").read_text())["title"] == "Tuesday"
    assert [hit.entry for hit in diary.search("tues")] == [changed]
    assert diary.search("monday") == []


def test_what_a_newer_program_added_survives_an_update(diary: Diary, imported: Entry) -> None:
    sidecar = home(diary, imported) / "entry.json"
    sidecar.write_text(json.dumps({**imported.to_json(), "weather": "grey"}))
    with Diary.open(diary.location) as again:
        again.update(replace(again.entries()[0], title="Tuesday"))
    data = json.loads(sidecar.read_text())
    assert (data["weather"], data["title"]) == ("grey", "Tuesday")


def test_an_entry_that_is_gone_cannot_be_changed(diary: Diary, imported: Entry, said: Said) -> None:
    diary.delete(imported)
    before = everything_in(diary.location.folder)
    with pytest.raises(DiaryError, match="no longer"):
        diary.update(imported)
    with pytest.raises(DiaryError, match="no longer"):
        diary.save_transcript(imported, said("word"))
    with pytest.raises(DiaryError, match="no longer"):
        diary.delete(imported)
    assert everything_in(diary.location.folder) == before


def test_another_entry_in_the_same_place_is_not_overwritten(diary: Diary, imported: Entry) -> None:
    other = replace(imported, id="01JD0000000000000000000009", title="Other")
    (home(diary, imported) / "entry.json").write_text(json.dumps(other.to_json()))
    with Diary.open(diary.location) as again, pytest.raises(DiaryError, match="no longer"):
        again.update(imported)
    assert diary.entries() == [other]


def test_a_transcript_is_kept_and_searched(diary: Diary, imported: Entry, said: Said) -> None:
    assert diary.transcript(imported) is None
    assert diary.waiting_for_transcript() == [imported]
    spoken = said("the least I could do")
    diary.save_transcript(imported, spoken)
    assert diary.transcript(imported) == spoken
    assert diary.waiting_for_transcript() == []
    (hit,) = diary.search("least")
    assert "the \x02least\x03 I" in hit.snippet


def test_a_clip_without_speech_does_not_wait_for_ever(diary: Diary, imported: Entry, said: Said) -> None:
    diary.save_transcript(imported, said(""))
    assert diary.waiting_for_transcript() == []
    assert diary.transcript(imported) == said("")


def test_corrections_are_what_search_finds(diary: Diary, imported: Entry, said: Said) -> None:
    spoken = said("the least")
    words = (spoken.segments[0].words[0], replace(spoken.segments[0].words[1], corrected="left"))
    diary.save_transcript(imported, replace(spoken, segments=(replace(spoken.segments[0], words=words),)))
    assert diary.search("left")
    assert not diary.search("least")


def test_a_broken_transcript_is_kept_aside_and_waited_for(diary: Diary, imported: Entry, said: Said) -> None:
    diary.save_transcript(imported, said("word"))
    path = home(diary, imported) / "transcript.json"
    seen = path.stat()
    path.write_bytes(b"\0" * seen.st_size)
    os.utime(path, ns=(seen.st_atime_ns, seen.st_mtime_ns))
    assert diary.transcript(imported) is None
    assert diary.waiting_for_transcript() == [imported]
    assert path.with_name("transcript.json.broken").read_bytes() == b"\0" * seen.st_size
    assert "kept as transcript.json.broken" in diary.notices[-1]
    diary.save_transcript(imported, said("again"))
    assert diary.transcript(imported) == said("again")


def test_a_transcript_of_a_newer_program_is_left_alone(diary: Diary, imported: Entry) -> None:
    path = home(diary, imported) / "transcript.json"
    path.write_text('{"format": 2}')
    with pytest.raises(DiaryError, match="newer"):
        diary.transcript(imported)
    assert path.read_text() == '{"format": 2}'


def test_a_deleted_entry_waits_whole_in_the_bin(diary: Diary, imported: Entry, said: Said) -> None:
    diary.save_transcript(imported, said("word"))
    before = everything_in(home(diary, imported))
    diary.delete(imported)
    assert diary.entries() == []
    assert diary.search("word") == []
    (binned,) = diary.binned()
    assert binned.id == imported.id
    restored = diary.restore(imported.id[:12].lower())
    assert restored == imported
    assert everything_in(home(diary, imported)) == before
    assert diary.search("word")
    assert diary.binned() == []


def test_the_bin_works_without_the_index_and_on_another_machine(diary: Diary, imported: Entry, tmp_path: Path) -> None:
    diary.delete(imported)
    with Diary.open(DiaryLocation(diary.location.folder, tmp_path / "other state")) as other:
        assert other.restore("latest") == imported
    with Diary.open(diary.location) as again:
        assert again.entries() == [imported]


def test_what_is_not_in_the_bin_is_not_restored(diary: Diary, imported: Entry) -> None:
    with pytest.raises(DiaryError, match="bin is empty"):
        diary.restore("latest")
    shutil.copytree(home(diary, imported), diary.location.folder / "bin" / "copy")
    with pytest.raises(DiaryError, match="already"):
        diary.restore(imported.id)
    with pytest.raises(DiaryError, match="There is no entry"):
        diary.restore("nothing")


def test_find_takes_what_people_type(diary: Diary, imported: Entry) -> None:
    for reference in (imported.id, imported.id[:5].lower(), "latest", "2026-11-23"):
        assert diary.find(reference) == imported
    with pytest.raises(DiaryError, match="2026-11-24"):
        diary.find("2026-11-24")


def test_a_clip_is_opened_as_a_file_that_can_be_sought(diary: Diary, imported: Entry) -> None:
    with diary.open_clip(imported) as file:
        assert file.seekable()
        with open_media(file, imported.clip) as container:
            assert container.streams.video
    assert diary.clip_info(imported).duration_ms == 2000
    assert diary.poster(imported)[:2] == b"\xff\xd8"  # type: ignore[index]


def test_a_missing_clip_is_a_sentence(diary: Diary, imported: Entry) -> None:
    (home(diary, imported) / imported.clip).unlink()
    with pytest.raises(DiaryError, match="cannot be read"):
        diary.open_clip(imported)
    assert diary.entries() == [imported]


def test_changes_made_by_hand_are_noticed(diary: Diary, plant: Callable[..., Entry]) -> None:
    kept, removed, moved = (plant(number, with_clip=True) for number in (1, 2, 3))
    with Diary.open(diary.location) as again:
        assert again.entries() == [moved, removed, kept]
    folder = diary.location.folder
    shutil.rmtree(folder / removed.folder)
    (folder / "entries" / "elsewhere").mkdir()
    (folder / moved.folder).rename(folder / "entries" / "elsewhere" / "day")
    (folder / kept.folder / "entry.json").write_text(json.dumps({**kept.to_json(), "title": "By hand"}))
    added = plant(4, with_clip=True)
    with Diary.open(diary.location) as again:
        assert again.entries() == [
            added, replace(moved, folder="entries/elsewhere/day"), replace(kept, title="By hand"),
        ]  # fmt: skip
        assert again.notices == []
        assert again.search("hand")


def test_a_transcript_that_a_sync_brings_is_noticed(diary: Diary, imported: Entry, said: Said) -> None:
    (home(diary, imported) / "transcript.json").write_text(json.dumps(said("synced").to_json()))
    with Diary.open(diary.location) as again:
        assert again.search("synced")
        assert again.waiting_for_transcript() == []


@pytest.mark.parametrize("harm", ["deleted", "nonsense", "emptied", "newer", "flipped"])
def test_an_index_that_is_lost_is_made_anew(diary: Diary, imported: Entry, said: Said, harm: str) -> None:
    diary.save_transcript(imported, said("spoken"))
    diary.close()
    (path,) = (diary.location.state / "index").glob("*.db")
    content = path.read_bytes()
    if harm == "deleted":
        path.unlink()
    elif harm == "newer":
        connection = sqlite3.connect(path)
        connection.execute("PRAGMA user_version = 7")
        connection.close()
    else:
        path.write_bytes({"nonsense": b"x" * 9000, "emptied": b"", "flipped": content[:4096] + b"\xa5" * 40_000}[harm])
    with Diary.open(diary.location) as again:
        assert again.entries() == [imported]
        assert again.search("spoken")


def test_an_index_damaged_while_it_is_open_is_made_anew(diary: Diary, imported: Entry) -> None:
    diary._index._db.execute("DROP TABLE labels")
    changed = diary.update(replace(imported, tags=("work",)))
    assert diary.entries(EntryFilter(tag="work")) == [changed]
    assert "damaged" in diary.notices[-1]


def test_reindex_counts_what_the_sidecars_say(diary: Diary, imported: Entry, plant: Callable[..., Entry]) -> None:
    plant(5)
    diary._index._db.execute("UPDATE contents SET json = replace(json, 'Monday', 'wrong')")
    assert diary.reindex() == 2
    assert diary.find(imported.id) == imported
    assert diary.search("wrong") == []


def test_opening_an_unchanged_diary_opens_no_sidecar(
    diary: Diary, plant: Callable[..., Entry], monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in range(20):
        plant(number, with_clip=True)
    Diary.open(diary.location).close()

    def opened(path: Path, *_args: object) -> bytes:
        raise AssertionError(path)

    before = Path.read_bytes
    monkeypatch.setattr(Path, "read_bytes", lambda path: before(path) if path.name == "duskreel.json" else opened(path))
    with Diary.open(diary.location) as again:
        assert len(again.entries()) == 20


def test_a_diary_of_a_newer_program_is_refused(location: DiaryLocation) -> None:
    location.folder.mkdir()
    (location.folder / "duskreel.json").write_text('{"format": 2, "id": "x"}')
    with pytest.raises(DiaryError, match="newer version"):
        Diary.open(location)
    assert not location.state.exists()


def test_a_location_can_be_handed_to_a_child_process(location: DiaryLocation) -> None:
    assert pickle.loads(pickle.dumps(location)) == location  # noqa: S301


def test_every_thread_may_open_its_own(diary: Diary, take_in: TakeIn, tmp_path: Path) -> None:
    clips = [make_clip(tmp_path / f"{number}.mp4", duration_s=0.6 + number / 10) for number in range(4)]
    failures: list[BaseException] = []

    def work(clip: Path) -> None:
        try:
            with Diary.open(diary.location) as own:
                own.import_clip(clip, Details(), progress=unheard, token=CancelToken())
        except BaseException as error:  # noqa: BLE001 - to be seen by the test
            failures.append(error)

    threads = [threading.Thread(target=work, args=(clip,)) for clip in clips]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failures == []
    assert len(diary.entries()) == 4
    assert diary.problems() == []


def test_a_busy_diary_is_a_sentence(diary: Diary, imported: Entry) -> None:
    diary._lock = FileLock(diary._lock.lock_file, timeout=0.05)
    with FileLock(diary._lock.lock_file), pytest.raises(DiaryError, match="Another Duskreel"):
        diary.update(imported)


KILLED_WHILE_COPYING = """
import os, sys
from pathlib import Path
from duskreel.library.diary import Details, Diary, DiaryLocation
from duskreel.progress import CancelToken
def die(stage, _share):
    if stage == sys.argv[4]:
        os.kill(os.getpid(), 9)
with Diary.open(DiaryLocation(Path(sys.argv[1]), Path(sys.argv[2]))) as diary:
    diary.import_clip(Path(sys.argv[3]), Details(), progress=die, token=CancelToken())
"""


@pytest.mark.skipif(sys.platform == "win32", reason="kills by signal")
@pytest.mark.parametrize(("stage", "entries"), [("Copying", 0), ("Saving", 0), ("Done", 1)])
def test_a_killed_import_is_whole_or_nothing(
    location: DiaryLocation, two_seconds: Path, stage: str, entries: int
) -> None:
    done = subprocess.run(
        [sys.executable, "-c", KILLED_WHILE_COPYING, location.folder, location.state, two_seconds, stage],
        check=False,
    )
    assert done.returncode == -9
    with Diary.open(location) as diary:
        assert len(diary.entries()) == entries
        assert diary.problems() == []
        assert list((location.folder / "incoming").iterdir()) == []
        assert len(diary.notices) == (0 if stage == "Done" else 1)


def test_an_index_that_cannot_be_written_does_not_lose_the_entry(
    diary: Diary, take_in: TakeIn, two_seconds: Path
) -> None:
    diary._index._db.execute("PRAGMA max_page_count = 1")
    entry = take_in(two_seconds, Details(note="long " * 50_000))
    assert diary.entries() == []
    assert "It will follow" in diary.notices[0]
    with Diary.open(diary.location) as again:
        assert again.entries() == [entry]
        assert again.problems() == []


def test_an_entry_is_amended_as_it_is_now_while_nobody_else_writes(diary: Diary, imported: Entry) -> None:
    diary.update(replace(imported, note="written meanwhile"))
    lock = FileLock(next((diary.location.state / "locks").iterdir()), timeout=0)

    def starred(entry: Entry) -> Entry:
        with pytest.raises(Timeout):
            lock.acquire()
        return replace(entry, starred=True)

    amended = diary.amend(imported.id, starred)
    assert (amended.note, amended.starred) == ("written meanwhile", True)
    assert diary.find(imported.id) == amended


def test_a_short_may_lie_where_names_are_not_unicode(diary: Diary, imported: Entry) -> None:
    share = Share(datetime.now(UTC), "/a/\udcff.mp4", "tiktok")
    assert diary.update(replace(imported, shares=(share,))).shares[0].file == "/a/?.mp4"


@pytest.mark.skipif(sys.platform == "win32", reason="permissions are POSIX")
def test_a_diary_is_for_its_owner_only(diary: Diary, imported: Entry, said: Said) -> None:
    diary.save_transcript(imported, said("word"))
    assert diary.shorts_folder.is_dir()
    for path in diary.location.folder.rglob("*"):
        if path.name != "duskreel.json":
            assert path.stat().st_mode & 0o077 == 0, path


def test_opening_tells_all_that_it_mended(diary: Diary, imported: Entry) -> None:
    (diary.location.folder / "duskreel.json").write_text("{")
    (home(diary, imported) / "transcript.json").write_text("{")
    with Diary.open(diary.location) as again:
        assert again.entries() == [imported]
        told = "\n".join(again.notices)
        assert ["duskreel.json was broken" in told, "transcript.json in" in told] == [True, True]


def test_what_a_sync_changed_meanwhile_survives_an_update(diary: Diary, imported: Entry) -> None:
    sidecar = diary.location.folder / imported.folder / "entry.json"
    data = json.loads(sidecar.read_text(encoding="utf-8"))
    sidecar.write_text(json.dumps({**data, "note": "from the other machine", "x-new": 1}), encoding="utf-8")
    saved = diary.update(replace(imported, starred=True))
    assert (saved.note, saved.starred) == ("from the other machine", True)
    written = json.loads(sidecar.read_text(encoding="utf-8"))
    assert (written["note"], written["starred"], written["x-new"]) == ("from the other machine", True, 1)


def test_an_update_keeps_a_sidecar_aside_that_broke_meanwhile(diary: Diary, imported: Entry) -> None:
    home = diary.location.folder / imported.folder
    (home / "entry.json").write_text("{ half", encoding="utf-8")
    assert diary.update(replace(imported, starred=True)).title == imported.title
    assert (home / "entry.json.broken").read_text(encoding="utf-8") == "{ half"


def test_an_update_leaves_a_newer_programs_sidecar_alone(diary: Diary, imported: Entry) -> None:
    sidecar = diary.location.folder / imported.folder / "entry.json"
    newer = sidecar.read_text(encoding="utf-8").replace('"format": 1', '"format": 2')
    sidecar.write_text(newer, encoding="utf-8")
    with pytest.raises(DiaryError, match="newer version"):
        diary.update(replace(imported, starred=True))
    assert sidecar.read_text(encoding="utf-8") == newer


def test_entries_that_were_sorted_into_deeper_folders_are_still_there(
    location: DiaryLocation, diary: Diary, imported: Entry
) -> None:
    old = location.folder / imported.folder
    deeper = old.parent / "holidays" / "by the sea" / old.name
    deeper.parent.mkdir(parents=True)
    old.rename(deeper)
    with Diary.open(location) as opened:
        assert [entry.title for entry in opened.entries()] == ["Monday"]
        assert opened.problems() == []


@pytest.mark.parametrize("number", ["1" + "0" * 400, "NaN", "1e999", "-Infinity"])
def test_a_number_that_nobody_would_write_locks_nobody_out(
    location: DiaryLocation, diary: Diary, imported: Entry, number: str
) -> None:
    home = location.folder / imported.folder
    (home / "transcript.json").write_text(
        '{"format": 1, "model": "base", "language": "en", "language_probability": ' + number
        + ', "made_at": "2026-11-23T18:04:12-05:00", "segments": []}', encoding="utf-8"
    )  # fmt: skip
    with Diary.open(location) as opened:
        (entry,) = opened.entries()
        assert opened.transcript(entry) is None
        assert (home / "transcript.json.broken").exists()


def test_brackets_without_end_lock_nobody_out(location: DiaryLocation, diary: Diary, imported: Entry) -> None:
    sidecar = location.folder / imported.folder / "entry.json"
    data = sidecar.read_text(encoding="utf-8").rstrip().removesuffix("}")
    sidecar.write_text(data + ', "x": ' + "[" * 900 + "]" * 900 + "}", encoding="utf-8")
    with Diary.open(location) as opened:
        assert [entry.title for entry in opened.entries()] == ["Monday"]
        opened.update(replace(opened.entries()[0], starred=True))
