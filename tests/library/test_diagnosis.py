from collections.abc import Callable

from duskreel.library.diary import Diary
from duskreel.library.entry import Entry

Plant = Callable[..., Entry]


def wheres(diary: Diary) -> set[str]:
    with Diary.open(diary.location) as again:
        return {problem.where for problem in again.problems()}


def test_a_healthy_diary_has_no_problems(diary: Diary, imported: Entry, plant: Plant) -> None:
    plant(1, with_clip=True)
    diary.delete(imported)
    assert wheres(diary) == set()


def test_everything_odd_is_named_and_left(diary: Diary, plant: Plant) -> None:
    folder = diary.location.folder
    clipless, copied, bare = plant(1), plant(2, with_clip=True), plant(3, with_clip=True)
    copy = plant(4, with_clip=True, id=copied.id)
    unreadable = plant(5, with_clip=True)
    (folder / unreadable.folder / "entry.json").write_text('{"format": 9}')
    (folder / bare.folder / "entry.json").unlink()
    (folder / "entries" / "2026" / "11" / "empty").mkdir()
    (folder / copied.folder / "entry.json.broken").write_text("")
    (folder / "incoming" / "stray").mkdir(parents=True)
    (folder / "bin" / "nothing").mkdir(parents=True)
    before = sorted(folder.rglob("*"))
    assert wheres(diary) == {
        f"{clipless.folder}/clip.mp4",
        f"{copy.folder}/entry.json",
        f"{unreadable.folder}/entry.json",
        bare.folder,
        "entries/2026/11/empty",
        f"{copied.folder}/entry.json.broken",
        "incoming/stray",
        "bin/nothing",
    }
    assert sorted(folder.rglob("*")) == before


def test_work_in_progress_is_no_problem(diary: Diary) -> None:
    with diary.partials.claim(diary.location.folder / "incoming" / "now") as staging:
        staging.mkdir(parents=True)
        assert diary.problems() == []


def test_every_problem_says_what_to_do(diary: Diary, plant: Plant) -> None:
    plant(1)
    with Diary.open(diary.location) as again:
        (problem,) = again.problems()
    assert problem.what == "The clip is missing."
    assert "backup" in problem.what_to_do


def test_what_a_killed_process_left_of_a_sidecar_is_no_problem(diary: Diary, imported: Entry) -> None:
    half = diary.location.folder / imported.folder / ".entry.json.duskreel-tmp"
    half.write_text('{"for')
    assert diary.problems() == []
    assert not half.exists()


def test_an_import_that_is_going_on_is_no_problem(diary: Diary) -> None:
    staging = diary.location.folder / "incoming" / "01JD"
    with diary.partials.claim(staging):
        staging.mkdir(parents=True)
        (staging / ".poster.jpg.duskreel-tmp").write_text("")
        assert diary.problems() == []
        assert list(staging.iterdir()) != []


def test_a_clip_that_does_not_open_is_a_problem(diary: Diary, imported: Entry) -> None:
    clip = diary.location.folder / imported.clip_path
    clip.write_bytes(clip.read_bytes()[:1000])
    (problem,) = diary.problems()
    assert (problem.where, "incomplete" in problem.what) == (imported.clip_path, True)


def test_a_second_version_of_what_can_be_made_again_may_go_and_that_of_a_clip_may_not(
    diary: Diary, imported: Entry
) -> None:
    home = diary.location.folder / imported.folder
    for name in ("checksums 2.json", "poster (1).jpg", "clip.sync-conflict-20261123-180412-ABCDEFG.mp4"):
        (home / name).write_bytes(b"x")
    advice = {problem.where.rpartition("/")[2]: problem.what_to_do for problem in diary.problems()}
    assert advice.keys() == {"checksums 2.json", "poster (1).jpg", "clip.sync-conflict-20261123-180412-ABCDEFG.mp4"}
    assert advice["checksums 2.json"] == advice["poster (1).jpg"] == "Delete it; the first one is enough."
    assert "plays" in advice["clip.sync-conflict-20261123-180412-ABCDEFG.mp4"]
