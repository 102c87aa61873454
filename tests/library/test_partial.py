import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from duskreel.errors import DiaryError
from duskreel.library.partial import PartialRegister

OWNER_THAT_DIES = """
import os, sys
from pathlib import Path
from duskreel.library.partial import PartialRegister
with PartialRegister(Path(sys.argv[1])).claim(Path(sys.argv[2])) as path:
    path.mkdir() if path.name == "staging" else None
    (path / "clip.mp4" if path.is_dir() else path).write_text("half")
    os.kill(os.getpid(), 9)
"""


@pytest.fixture
def register(tmp_path: Path) -> PartialRegister:
    return PartialRegister(tmp_path / "partials")


def die_holding(register_folder: Path, path: Path) -> None:
    done = subprocess.run([sys.executable, "-c", OWNER_THAT_DIES, str(register_folder), str(path)], check=False)
    assert done.returncode == -9
    assert path.exists()


def test_finished_work_has_gone_from_the_name_and_is_kept(register: PartialRegister, tmp_path: Path) -> None:
    with register.claim(tmp_path / ".a.partial") as path:
        path.write_text("whole")
        path.rename(tmp_path / "a")
    assert (tmp_path / "a").read_text() == "whole"
    assert list((tmp_path / "partials").iterdir()) == []


def test_failed_work_leaves_nothing(register: PartialRegister, tmp_path: Path) -> None:
    def fail(path: Path) -> None:
        path.mkdir()
        (path / "clip.mp4").write_text("half")
        raise RuntimeError

    with pytest.raises(RuntimeError), register.claim(tmp_path / "staging") as path:
        fail(path)
    assert not (tmp_path / "staging").exists()
    assert list((tmp_path / "partials").iterdir()) == []


@pytest.mark.skipif(sys.platform == "win32", reason="kills by signal")
@pytest.mark.parametrize("name", ["staging", ".short.mp4.partial"])
def test_what_a_killed_owner_left_is_swept(register: PartialRegister, tmp_path: Path, name: str) -> None:
    die_holding(tmp_path / "partials", tmp_path / name)
    assert register.sweep() == [tmp_path / name]
    assert not (tmp_path / name).exists()
    assert list((tmp_path / "partials").iterdir()) == []
    assert register.sweep() == []


def test_the_living_are_let_be(register: PartialRegister, tmp_path: Path) -> None:
    with register.claim(tmp_path / ".a.partial") as path:
        path.write_text("half")
        assert PartialRegister(tmp_path / "partials").sweep() == []
        assert path.exists()
        assert register.claimed() == {path}


@pytest.mark.skipif(sys.platform == "win32", reason="kills by signal")
def test_an_intent_for_a_disk_that_is_away_waits_for_it(register: PartialRegister, tmp_path: Path) -> None:
    disk = tmp_path / "disk"
    disk.mkdir()
    die_holding(tmp_path / "partials", disk / ".a.partial")
    disk.rename(tmp_path / "away")
    assert register.sweep() == []
    (tmp_path / "away").rename(disk)
    assert register.sweep() == [disk / ".a.partial"]


def test_a_link_goes_and_what_it_leads_to_stays(register: PartialRegister, tmp_path: Path) -> None:
    (tmp_path / "precious").mkdir()
    with register.claim(tmp_path / "staging") as path:
        path.symlink_to(tmp_path / "precious")
    assert not path.is_symlink()
    assert (tmp_path / "precious").is_dir()


def test_a_register_that_cannot_be_written_is_a_known_failure(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(DiaryError), PartialRegister(tmp_path / "file").claim(tmp_path / "a"):
        pass


def test_a_broken_intent_is_forgotten(register: PartialRegister, tmp_path: Path) -> None:
    (tmp_path / "partials").mkdir()
    (tmp_path / "partials" / "x.json").write_text("{")
    assert register.sweep() == []
    assert list((tmp_path / "partials").iterdir()) == []


def test_a_name_that_no_disk_takes_is_forgotten(register: PartialRegister, tmp_path: Path) -> None:
    with register.claim(tmp_path / ("x" * 300)):
        pass
    (tmp_path / "partials" / "x.json").write_text(json.dumps({"path": str(tmp_path / ("x" * 300))}))
    assert register.sweep() == []
    assert list((tmp_path / "partials").iterdir()) == []


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere every name is valid Unicode")
def test_names_that_are_not_unicode_are_swept_too(register: PartialRegister, tmp_path: Path) -> None:
    path = Path(os.fsdecode(os.fsencode(tmp_path) + b"/\xff.partial"))
    die_holding(tmp_path / "partials", path)
    assert register.sweep() == [path]


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may look into everything")
def test_an_intent_for_a_folder_that_is_locked_waits_for_it(register: PartialRegister, tmp_path: Path) -> None:
    folder = tmp_path / "locked"
    folder.mkdir()
    die_holding(tmp_path / "partials", folder / ".a.partial")
    folder.chmod(0)
    assert register.sweep() == []
    folder.chmod(0o700)
    assert register.sweep() == [folder / ".a.partial"]
