"""Recording and recovering from the command line. A file that plays in real time stands in for the devices."""

import json
import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from cli.conftest import Command
from clips import make_clip
from duskreel.paths import Places
from terminals import terminal


@pytest.fixture(scope="session")
def film(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What the stand-in for a camera plays."""
    return make_clip(tmp_path_factory.mktemp("film") / "film.mp4", duration_s=8.0)


def test_a_take_becomes_an_entry_with_its_mood(duskreel: Command, film: Path) -> None:
    said = duskreel(
        "record", "--camera", film, "--seconds", 2, "--mood", 2, "--title", "Tonight", "--no-words", "--json"
    )
    assert said.code == 0
    assert (said.data["source"], said.data["mood"], said.data["title"]) == ("camera", 2, "Tonight")
    assert said.data["duration_ms"] == pytest.approx(2_000, abs=200)
    assert duskreel("doctor", "--json").data[1]["what"].endswith("1 entries, 1 waiting for their words")


def test_a_series_says_what_the_day_is_about_and_numbers_the_entry(duskreel: Command, film: Path) -> None:
    told = duskreel("record", "--series", "Five Days", "--camera", film, "--seconds", 1, "--no-words")
    assert told.out.startswith("Five days after a layoff, day 1\n  Tell the day it happened")
    said = duskreel("record", "--series", "five", "--camera", film, "--seconds", 1, "--no-words", "--json")
    assert said.data["series"] == {"id": "five-days-after-a-layoff", "day": 2}, "two on one day are fine"
    assert said.data["prompt"] == "What have you not told anybody about it yet?"


def test_a_series_that_is_told_cannot_go_on(duskreel: Command, film: Path) -> None:
    duskreel("series", "new", "Once", "--days", 1)
    duskreel("record", "--series", "once", "--camera", film, "--seconds", 1, "--no-words")
    said = duskreel("record", "--series", "once", "--camera", film, "--seconds", 1, "--no-words")
    assert (said.code, said.err.count("\n")) == (1, 1)
    assert "has been told" in said.err
    assert len(duskreel("list", "--json").data) == 1


def test_a_take_ends_where_its_film_does(duskreel: Command, talk: Path) -> None:
    entry = duskreel("record", "--camera", talk, "--no-words", "--json").data
    assert entry["duration_ms"] == pytest.approx(2_000, abs=300)


def test_a_camera_that_is_not_there_is_one_sentence(duskreel: Command) -> None:
    said = duskreel("record", "--camera", "no such camera")
    assert (said.code, said.err.count("\n")) == (1, 1)
    assert duskreel("list", "--json").data == []


def test_without_unfinished_takes_there_is_nothing_to_recover(duskreel: Command) -> None:
    said = duskreel("recover")
    assert (said.code, said.out) == (0, "There is no unfinished take.\n")


@pytest.mark.skipif(sys.platform == "win32", reason="kills as POSIX does")
@pytest.mark.parametrize("command", ["recover", "list"])
def test_a_killed_recorder_loses_no_take(duskreel: Command, places: Places, film: Path, command: str) -> None:
    """`recover` brings it back when asked, and any other command by itself."""
    home = places.state.parent
    recorder = subprocess.Popen(
        [
            sys.executable,
            "-m",
            "duskreel",
            "record",
            "--mood",
            "2",
            "--series",
            "five",
            "--camera",
            film,
            "--library",
            home / "diary",
        ],
        env=os.environ | {"HOME": str(home), "XDG_STATE_HOME": str(home / "state")},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    deadline_s = time.monotonic() + 60
    while not _is_recording(home / "diary") and time.monotonic() < deadline_s:
        assert recorder.poll() is None
        time.sleep(0.05)
    recorder.kill()
    recorder.wait()
    said = duskreel(command, "--library", home / "diary")
    assert said.code == 0
    assert "Brought back" in said.out + said.err
    (entry,) = duskreel("list", "--library", home / "diary", "--json").data
    assert entry["mood"] == 2, "what was said before the start is not lost either"
    assert entry["series"] == {"id": "five-days-after-a-layoff", "day": 1}
    assert entry["prompt"].startswith("Tell the day it happened")
    assert duskreel("recover", "--library", home / "diary").out == "There is no unfinished take.\n"


@pytest.mark.skipif(sys.platform == "win32", reason="has no such terminal")
def test_m_and_enter_marks_what_was_just_said_and_enter_alone_stops(
    duskreel: Command, places: Places, film: Path
) -> None:
    home = places.state.parent
    ours, its = terminal()
    recorder = subprocess.Popen(
        [sys.executable, "-m", "duskreel", "record", "--camera", film, "--no-words", "--library", home / "diary"],
        env=os.environ | {"HOME": str(home), "XDG_STATE_HOME": str(home / "state")},
        stdin=its,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
    )
    deadline_s = time.monotonic() + 60
    for is_there, typed in ((_is_recording, b"M\n"), (_is_marked, b"\n")):
        while not is_there(home / "diary") and time.monotonic() < deadline_s:
            assert recorder.poll() is None
            time.sleep(0.05)
        os.write(ours, typed)
    _, told = recorder.communicate(timeout=60)
    os.close(ours)
    os.close(its)
    assert recorder.returncode == 0
    assert b": not for sharing" in told
    (entry,) = duskreel("list", "--library", home / "diary", "--json").data
    (mark_ms,) = entry["marks"]
    assert 1_000 <= mark_ms <= entry["duration_ms"] < 8_000


def _is_marked(diary: Path) -> bool:
    sessions = list(diary.glob("recording/*/session.json"))
    return any(json.loads(session.read_bytes())["marks"] for session in sessions)


def _is_recording(diary: Path) -> bool:
    """Whether more than a second of picture is on the disk."""
    return any(raw.stat().st_size > 60_000 for raw in diary.glob("recording/*/raw.mkv"))
