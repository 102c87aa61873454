"""A process may end at any moment: by a crash, by the system, by the user. What was whole stays so, and nothing half
done is left for long.
"""

import signal
import sys
from pathlib import Path

import pytest

from integration.program import STOPPED, Moment, Program, Said, faults, finished, until_it_exists

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="kills by signal")

EXPORT = ("export", "latest", "--captions", "off", "--srt")
STOPS = [signal.SIGINT, signal.SIGTERM]


@pytest.fixture
def duskreel(tmp_path: Path, models: Path) -> Program:
    return Program(tmp_path / "home", models)


@pytest.fixture
def with_entry(duskreel: Program, brief: Path) -> Program:
    entry = duskreel("import", brief, "--json").data[0]
    duskreel.write_words(entry, ("Hello", 200, 900), ("there.", 1000, 1800), ("Goodbye.", 2000, 2900))
    return duskreel


@pytest.mark.parametrize(
    "moment",
    [
        Moment("os.chmod", "clip.mp4"),
        Moment("os.rename", "poster.jpg"),
        Moment("os.rename", "/entries/"),
        Moment("os.remove", "/partials/"),
    ],
    ids=["copying", "checked", "moving in", "done"],
)
def test_a_killed_import_is_whole_or_gone_and_can_be_done_again(
    duskreel: Program, brief: Path, tmp_path: Path, moment: Moment
) -> None:
    assert duskreel.struck(signal.SIGKILL, moment, "import", brief).code == -signal.SIGKILL
    assert faults(duskreel, tmp_path) == []
    again = duskreel("import", brief)
    assert again.code == 0 or "in the diary already" in again.err
    assert len(duskreel("list", "--json").data) == 1
    assert faults(duskreel, tmp_path) == []


@pytest.mark.parametrize(
    "moment",
    [Moment("os.link", ".mp4"), Moment("os.rename", "entry.json")],
    ids=["naming", "remembering"],
)
def test_a_killed_export_leaves_a_whole_short_or_none_and_can_be_done_again(
    with_entry: Program, tmp_path: Path, moment: Moment
) -> None:
    shorts = tmp_path / "shorts"
    shorts.mkdir()
    command = (*EXPORT, "-o", shorts / "short.mp4")
    assert with_entry.struck(signal.SIGKILL, moment, *command).code == -signal.SIGKILL
    assert faults(with_entry, shorts) == []
    has_short = (shorts / "short.mp4").exists()
    assert has_short == (moment.event == "os.rename")
    again = with_entry(*command, *(["--replace"] if has_short else []))
    assert (again.code, again.err) == (0, "")
    assert faults(with_entry, shorts) == []


def test_an_export_killed_while_it_draws_leaves_nothing(with_entry: Program, tmp_path: Path) -> None:
    shorts = tmp_path / "shorts"
    shorts.mkdir()
    process = with_entry.start(*EXPORT, "-o", shorts / "short.mp4")
    until_it_exists(shorts, ".*.partial.mp4", process)
    process.kill()
    finished(process)
    said = with_entry("list")
    assert "An unfinished file was cleared away" in said.err
    assert list(shorts.iterdir()) == []
    assert faults(with_entry, shorts) == []


# ---- asked to stop


def assert_stopped(said: Said, program: Program, folder: Path) -> None:
    assert (said.code, said.out, said.err) == (1, "", STOPPED)
    assert [path.name for path in folder.iterdir() if "short" in path.name or path.name.startswith(".")] == []
    assert list(program.diary.glob("incoming/*")) == []
    assert program.claims() == []


@pytest.mark.parametrize("number", STOPS)
def test_an_import_that_is_asked_to_stop_leaves_nothing(
    duskreel: Program, brief: Path, tmp_path: Path, number: int
) -> None:
    assert_stopped(duskreel.struck(number, Moment("os.chmod", "clip.mp4"), "import", brief), duskreel, tmp_path)
    assert duskreel("list").out == "No entries.\n"


@pytest.mark.parametrize("number", STOPS)
def test_a_transcription_that_is_asked_to_stop_leaves_nothing(with_entry: Program, tmp_path: Path, number: int) -> None:
    before = with_entry.files()
    said = with_entry.struck(number, Moment("import", "faster_whisper.vad"), "transcribe", "latest")
    assert_stopped(said, with_entry, tmp_path)
    assert with_entry.files() == before


def test_an_export_that_is_asked_to_stop_leaves_nothing(with_entry: Program, tmp_path: Path) -> None:
    process = with_entry.start(*EXPORT, "-o", tmp_path / "short.mp4")
    until_it_exists(tmp_path, ".*.partial.mp4", process)
    process.send_signal(signal.SIGINT)
    assert_stopped(finished(process), with_entry, tmp_path)


def test_who_asks_twice_is_not_kept_waiting(with_entry: Program, tmp_path: Path) -> None:
    process = with_entry.start(*EXPORT, "-o", tmp_path / "short.mp4")
    until_it_exists(tmp_path, ".*.partial.mp4", process)
    process.send_signal(signal.SIGINT)
    process.send_signal(signal.SIGTERM)
    said = finished(process)
    assert_stopped(Said(said.code, said.out, said.err.lstrip("\n")), with_entry, tmp_path)


@pytest.mark.parametrize("number", STOPS)
def test_even_while_it_loads_the_program_stops_with_a_sentence(duskreel: Program, tmp_path: Path, number: int) -> None:
    assert_stopped(duskreel.struck(number, Moment("import", "click"), "list"), duskreel, tmp_path)
