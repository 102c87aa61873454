"""Files that nobody should have, and diaries that something happened to: one sentence, and nothing half done."""

import os
import shutil
import subprocess
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import av
import pytest

from clips import make_clip
from integration.program import Program, Said

Make = Callable[[Path, Path], Path]
"""Given a folder and a whole clip of four seconds, makes a file that cannot become an entry."""

is_root = hasattr(os, "geteuid") and os.geteuid() == 0
needs_root = pytest.mark.skipif(not is_root or not shutil.which("mount"), reason="mounts a small disk")


def assert_refused(said: Said, *parts: str) -> None:
    """One sentence, and what to do about it, and no bug."""
    assert said.code == 1
    assert said.err.count("\n") == 1, said.err
    assert "went wrong" not in said.err
    for part in parts:
        assert part in said.err


def part_of(clip: Path, start: float, end: float) -> Path:
    """The bytes between two shares of a file, in its place."""
    content = clip.read_bytes()
    clip.write_bytes(content[round(start * len(content)) : round(end * len(content))])
    return clip


def copied(clip: Path, target: Path, *, with_picture: bool = True, **options: str) -> Path:
    """The same packets in another file."""
    with av.open(str(clip)) as source, av.open(str(target), "w", options=options) as copy:
        wanted = [stream for stream in source.streams if with_picture or stream.type == "audio"]
        streams = {stream.index: copy.add_stream_from_template(stream) for stream in wanted}
        for packet in source.demux(*wanted):
            if packet.dts is not None:
                packet.stream = streams[packet.stream_index]
                copy.mux(packet)
    return target


def folder_named_like_a_clip(folder: Path, _clip: Path) -> Path:
    (folder / "x.mp4").mkdir()
    return folder / "x.mp4"


def dangling_link(folder: Path, _clip: Path) -> Path:
    (folder / "link.mp4").symlink_to("nowhere.mp4")
    return folder / "link.mp4"


def index_less(folder: Path, clip: Path) -> Path:
    (folder / "x.mp4").write_bytes(clip.read_bytes().replace(b"moov", b"gone"))
    return folder / "x.mp4"


def written(folder: Path, content: bytes) -> Path:
    (folder / "x.mp4").write_bytes(content)
    return folder / "x.mp4"


BAD_FILES: dict[str, tuple[Make, str]] = {
    "empty": (lambda folder, _: written(folder, b""), "is empty"),
    "text": (lambda folder, _: written(folder, b"Dear diary, this is no video.\n" * 99), "not a video"),
    "playlist": (lambda folder, _: written(folder, b"#EXTM3U\n#EXTINF:9,\nfile:///etc/passwd\n"), "not a video"),
    "no index": (index_less, "table of contents is missing"),
    "a tenth": (lambda folder, clip: part_of(copied(clip, folder / "x.mp4"), 0, 0.1), "incomplete"),
    "half": (lambda folder, clip: part_of(copied(clip, folder / "x.mp4"), 0, 0.5), "incomplete"),
    "second half": (lambda folder, clip: part_of(copied(clip, folder / "x.mp4"), 0.5, 1), "not a video"),
    "half, index in front": (
        lambda folder, clip: part_of(copied(clip, folder / "x.mp4", movflags="faststart"), 0, 0.5),
        "of 4.0 seconds",
    ),
    "index in front cut off": (
        lambda folder, clip: part_of(copied(clip, folder / "x.mp4", movflags="faststart"), 0.05, 1),
        "not a video",
    ),
    "half a Matroska": (lambda folder, clip: part_of(copied(clip, folder / "x.mkv"), 0, 0.5), "of 4.0 seconds"),
    "sound alone": (lambda folder, clip: copied(clip, folder / "x.mp4", with_picture=False), "only sound"),
    "a moment": (lambda folder, _: make_clip(folder / "x.mp4", duration_s=0.2), "too short"),
    "folder": (folder_named_like_a_clip, "is a folder"),
    "missing": (lambda folder, _: folder / "x.mp4", "does not exist"),
    "dangling link": (dangling_link, "does not exist"),
    "name of two lines": (lambda folder, _: folder / "x\ny.mp4", "“x␊y.mp4” does not exist"),
}


@pytest.fixture(scope="module")
def diary(tmp_path_factory: pytest.TempPathFactory, talk: Path) -> Program:
    """A diary with one entry. Bad files must not change it."""
    program = Program(tmp_path_factory.mktemp("user") / "home")
    assert program("import", talk).code == 0
    return program


@pytest.mark.parametrize("case", BAD_FILES)
def test_a_bad_file_is_refused_and_changes_nothing(diary: Program, talk: Path, tmp_path: Path, case: str) -> None:
    make, sentence = BAD_FILES[case]
    bad = make(tmp_path, talk)
    before = diary.files()
    assert_refused(diary("import", bad), sentence)
    assert diary.files() == before
    assert diary.claims() == []


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="there are no pipes with names here")
def test_a_pipe_is_refused_and_nothing_waits_for_it(diary: Program, tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.mp4")
    assert_refused(diary("import", tmp_path / "pipe.mp4"), "not an ordinary file")


@pytest.mark.skipif(is_root, reason="root may read everything")
def test_a_file_that_may_not_be_read_is_refused(diary: Program, talk: Path, tmp_path: Path) -> None:
    locked = Path(shutil.copy(talk, tmp_path / "locked.mp4"))
    locked.chmod(0)
    assert_refused(diary("import", locked), "Could not read", "Permission denied")


def test_a_file_that_is_in_the_diary_already_is_refused(diary: Program, talk: Path) -> None:
    assert_refused(diary("import", talk), "in the diary already")


def test_one_bad_file_keeps_no_other_out(duskreel: Program, talk: Path, tmp_path: Path) -> None:
    said = duskreel("import", written(tmp_path, b""), talk, tmp_path / "missing.mp4")
    assert said.code == 1
    assert said.err.splitlines()[-1].startswith("2 of 3 files were not imported.")
    assert len(duskreel("list", "--json").data) == 1


# ---- the diary, after something happened to it


@pytest.fixture
def entry(duskreel: Program, talk: Path) -> dict[str, str]:
    """An entry with words, as JSON tells of it."""
    found: dict[str, str] = duskreel("import", talk, "--title", "Friday", "--mood", 2, "--json").data[0]
    duskreel.write_words(found, ("Hello", 200, 900), ("there.", 1000, 1800), ("Goodbye.", 2200, 3500))
    return found


@pytest.mark.parametrize("content", ["", "{nonsense", "[]", '{"format": 1, "id": 5, "duration_ms": "long"}'])
def test_a_broken_sidecar_is_made_anew_and_the_old_one_kept(
    duskreel: Program, entry: dict[str, str], content: str
) -> None:
    (Path(entry["folder"]) / "entry.json").write_text(content, encoding="utf-8")
    said = duskreel("show", "latest", "--json")
    assert (said.code, said.err.count("\n")) == (0, 1)
    assert "kept as entry.json.broken" in said.err
    assert (said.data["id"], said.data["title"], said.data["mood"]) == (entry["id"], "Friday", 2)
    assert (Path(entry["folder"]) / "entry.json.broken").read_text(encoding="utf-8") == content


def test_a_broken_transcript_is_kept_aside(duskreel: Program, entry: dict[str, str]) -> None:
    (Path(entry["folder"]) / "transcript.json").write_text("[1, 2", encoding="utf-8")
    said = duskreel("show", "latest")
    assert (said.code, said.err.count("\n")) == (0, 1)
    assert "Not transcribed yet" in said.out


@pytest.mark.parametrize("kept_bytes", [0, 20_000])
@pytest.mark.parametrize("filling", [b"", b"junk" * 999])
def test_a_broken_index_is_made_anew(duskreel: Program, entry: dict[str, str], kept_bytes: int, filling: bytes) -> None:
    (index,) = duskreel.places.state.glob("index/*.db")
    index.write_bytes(index.read_bytes()[:kept_bytes] + filling)
    assert duskreel("search", "goodbye", "--json").data[0]["id"] == entry["id"]
    assert duskreel("list").err == ""


def test_an_entry_whose_folder_was_removed_is_gone(duskreel: Program, entry: dict[str, str]) -> None:
    shutil.rmtree(entry["folder"])
    for command in ("export", "transcribe"):
        refused = duskreel(command, entry["id"])
        assert refused.code == 1
        # An only entry that is gone may be a disk that is not there.
        lost, missing = refused.err.splitlines()
        assert "knew 1 entry" in lost
        assert "There is no entry" in missing
    assert duskreel("list").out == "No entries.\n"
    assert "BAD  diary" not in duskreel("doctor").out


@pytest.mark.parametrize("damage", ["removed", "emptied", "cut off"])
def test_a_clip_that_is_damaged_is_one_sentence_for_every_job(
    duskreel: Program, entry: dict[str, str], tmp_path: Path, damage: str
) -> None:
    clip = Path(entry["clip"])
    content = clip.read_bytes()
    clip.unlink()
    if damage != "removed":
        clip.write_bytes(content[: len(content) // 2 if damage == "cut off" else 0])
    name = clip.relative_to(duskreel.diary).as_posix()
    told = duskreel("list")
    assert (told.code, "Its clip is not here yet, or was lost" in told.err) == (0, damage == "removed"), "told once"
    assert_refused(duskreel("export", "latest", "-o", tmp_path / "short.mp4"), name)
    assert_refused(duskreel("transcribe", "latest"), name)
    assert duskreel("show", "latest").code == 0
    assert f"BAD  diary      {name}" in duskreel("doctor").out
    assert list(tmp_path.glob("*short*")) == []
    assert duskreel.claims() == []


def test_one_damaged_clip_keeps_no_other_from_its_words(duskreel: Program, tmp_path: Path, models: Path) -> None:
    duskreel.places.models.symlink_to(models, target_is_directory=True)
    clips = [make_clip(tmp_path / f"{i}.mp4", duration_s=1 + i / 10, sound="silence") for i in range(3)]
    entries = duskreel("import", *clips, "--json").data
    Path(entries[1]["clip"]).unlink()
    said = duskreel("transcribe", "--all")
    assert said.code == 1
    assert said.err.splitlines()[-1].startswith("1 of 3 entries were not transcribed.")
    assert [Path(entry["folder"], "transcript.json").exists() for entry in entries] == [True, False, True]


def test_without_a_model_it_is_said_once(duskreel: Program, tmp_path: Path) -> None:
    duskreel("import", *(make_clip(tmp_path / f"{i}.mp4", duration_s=1 + i / 10) for i in range(2)))
    said = duskreel("transcribe", "--all", "--model", "small")
    assert (said.code, said.err.count("“small” is not on this machine")) == (1, 2)


# ---- disks


@contextmanager
def small_disk(folder: Path, *, size: str = "24m", most_files: int = 1_000) -> Iterator[Path]:
    """A file system of its own, in memory."""
    folder.mkdir()
    options = f"size={size},nr_inodes={most_files}"
    mounted = subprocess.run(["mount", "-t", "tmpfs", "-o", options, "tmpfs", folder], check=False, capture_output=True)
    if mounted.returncode:
        pytest.skip("nothing can be mounted here")
    try:
        yield folder
    finally:
        subprocess.run(["umount", "-l", folder], check=True)
        folder.rmdir()


@needs_root
def test_wherever_the_disk_gets_full_an_import_is_whole_or_nothing(tmp_path: Path, talk: Path) -> None:
    """A disk that takes one file more in each round, until it takes them all."""
    for most_files in range(8, 60):
        with small_disk(tmp_path / "disk", most_files=most_files) as disk:
            program = Program(disk / "home")
            said = program("import", talk)
            if said.code == 0:
                assert len(list(program.diary.glob("entries/*/*/*/entry.json"))) == 1
                break
            assert_refused(said)
            assert list(program.diary.glob("entries/*/*/*")) == []
            assert list(program.diary.glob("incoming/*")) == []
            assert program.claims() == []
    assert 20 < most_files < 40


@needs_root
def test_on_a_full_disk_every_job_is_one_sentence_and_leaves_nothing(tmp_path: Path, models: Path) -> None:
    clip = make_clip(tmp_path / "quiet.mp4", duration_s=4.0, sound="silence")
    with small_disk(tmp_path / "disk") as disk:
        program = Program(disk / "home", models)
        assert program("import", clip).code == 0
        before = program.files()
        for free_bytes in (0, 16 << 10):
            (disk / "filler").write_bytes(bytes(os.statvfs(disk).f_bavail * 4096 - free_bytes))
            for job in (
                ["import", make_clip(tmp_path / "other.mp4", duration_s=1.0)],
                ["export", "latest"],
                ["export", "latest", "-o", disk / "short.mp4", "--srt"],
            ):
                assert_refused(program(*job))
                assert program.files() == before
                assert sorted(path.name for path in disk.iterdir()) == ["filler", "home"]
                assert program.claims() == []
            (disk / "filler").unlink()
        (disk / "filler").write_bytes(bytes(os.statvfs(disk).f_bavail * 4096))
        assert_refused(program("transcribe", "latest"), "transcript.json")
        assert program.files() == before
        assert "quiet" not in program("list").err
        (disk / "filler").unlink()
        assert program("export", "latest").code == 0


@needs_root
def test_a_diary_on_a_disk_that_may_not_be_written_to_is_one_sentence(
    tmp_path: Path, duskreel: Program, talk: Path
) -> None:
    with small_disk(tmp_path / "disk") as disk:
        diary = ("--library", disk / "diary")
        assert duskreel("import", talk, *diary).code == 0
        subprocess.run(["mount", "-o", "remount,ro", disk], check=True)
        for command in (["import", talk], ["list"], ["transcribe", "latest"], ["export", "latest"], ["reindex"]):
            assert_refused(duskreel(*command, *diary), "You may not write to")
        assert_refused(duskreel("list", "--library", disk / "new"), "Could not make the folder")
        assert duskreel("doctor", *diary).code == 1
