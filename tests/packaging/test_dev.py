"""The set-up script: what it finds missing, what it says, and when it believes that all is done."""

import importlib.util
import os
import shlex
import subprocess
import sys
from pathlib import Path
from types import ModuleType

import pytest

SCRIPT = Path(__file__).parents[2] / "packaging" / "dev.py"


@pytest.fixture
def dev(tmp_path: Path) -> ModuleType:
    """The script as a module, at work in an empty checkout."""
    spec = importlib.util.spec_from_file_location("dev_script", SCRIPT)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    module.ROOT, module.VENV = tmp_path, tmp_path / ".venv"
    module.RUNTIME_LIST, module.TOOLS_LIST = tmp_path / "requirements.txt", tmp_path / "requirements-dev.txt"
    for name in ("requirements.txt", "requirements-dev.txt", "pyproject.toml"):
        (tmp_path / name).write_text(f"# {name}\n", encoding="utf-8")
    return module


def set_up_as_if(dev: ModuleType) -> Path:
    """What a finished set-up leaves behind."""
    python = Path(dev.script("python"))
    python.parent.mkdir(parents=True)
    python.touch()
    stamp: Path = dev.VENV / "stamp"
    stamp.write_text(dev.fingerprint([dev.RUNTIME_LIST]), encoding="utf-8")
    return stamp


def test_a_package_of_several_missing_libraries_is_named_once(dev: ModuleType) -> None:
    libraries = {"libglib-2.0.so.0": "libglib2.0-0", "libEGL.so.1": "libegl1", "libgthread-2.0.so.0": "libglib2.0-0"}
    assert dev.missing_packages(libraries, lambda _name: False) == ["libglib2.0-0", "libegl1"]


def test_a_present_library_is_not_asked_for(dev: ModuleType) -> None:
    libraries = {"libEGL.so.1": "libegl1", "libGL.so.1": "libgl1"}
    assert dev.missing_packages(libraries, lambda name: name == "libGL.so.1") == ["libegl1"]


def test_the_line_to_type_is_exact(dev: ModuleType) -> None:
    line = dev.advice(["libegl1", "python3-venv"], has_apt=True)
    assert line.endswith(": sudo apt-get update && sudo apt-get install libegl1 python3-venv")
    assert "\n" not in line


def test_without_apt_no_command_is_promised(dev: ModuleType) -> None:
    line = dev.advice(["libegl1"], has_apt=False)
    assert "apt" not in line
    assert line.endswith("libegl1")


def test_only_a_library_that_the_loader_finds_is_present(dev: ModuleType) -> None:
    assert not dev.can_load("libnobody-has-this.so.1")


@pytest.mark.skipif(sys.platform != "linux", reason="names a library of Linux")
def test_the_c_library_is_present(dev: ModuleType) -> None:
    assert dev.can_load("libc.so.6")


def test_a_font_is_found_in_any_folder_below(dev: ModuleType, tmp_path: Path) -> None:
    dev.FONT_FOLDERS = (tmp_path / "no such folder", tmp_path / "fonts")
    assert not dev.has_font("Some.ttf")
    font = tmp_path / "fonts" / "truetype" / "Some.ttf"
    font.parent.mkdir(parents=True)
    font.touch()
    assert dev.has_font("Some.ttf")


def test_a_finished_setup_is_current(dev: ModuleType) -> None:
    assert dev.is_current(set_up_as_if(dev), dev.fingerprint([dev.RUNTIME_LIST]))


def test_no_stamp_means_not_current(dev: ModuleType) -> None:
    assert not dev.is_current(dev.VENV / "stamp", dev.fingerprint([dev.RUNTIME_LIST]))


@pytest.mark.parametrize("changed", ["requirements.txt", "pyproject.toml"])
def test_a_changed_file_asks_for_a_new_setup(dev: ModuleType, changed: str) -> None:
    stamp = set_up_as_if(dev)
    (dev.ROOT / changed).write_text("other\n", encoding="utf-8")
    assert not dev.is_current(stamp, dev.fingerprint([dev.RUNTIME_LIST]))


def test_another_python_asks_for_a_new_setup(dev: ModuleType) -> None:
    stamp = set_up_as_if(dev)
    dev.this_python = lambda: ("cpython-399", sys.base_prefix)
    assert not dev.is_current(stamp, dev.fingerprint([dev.RUNTIME_LIST]))


def test_a_moved_checkout_asks_for_a_new_setup(dev: ModuleType, tmp_path: Path) -> None:
    stamp = set_up_as_if(dev)
    before = dev.fingerprint([dev.RUNTIME_LIST])
    dev.ROOT = tmp_path / "elsewhere"
    dev.ROOT.mkdir()
    (dev.ROOT / "pyproject.toml").write_text("# pyproject.toml\n", encoding="utf-8")
    assert dev.fingerprint([dev.RUNTIME_LIST]) != before
    assert not dev.is_current(stamp, dev.fingerprint([dev.RUNTIME_LIST]))


@pytest.mark.skipif(os.name == "nt", reason="Windows has no dangling links of this kind")
def test_a_python_that_is_gone_asks_for_a_new_setup(dev: ModuleType) -> None:
    stamp = set_up_as_if(dev)
    python = Path(dev.script("python"))
    python.unlink()
    python.symlink_to("/nowhere/python3")
    assert not dev.is_current(stamp, dev.fingerprint([dev.RUNTIME_LIST]))


def test_a_setup_broken_off_later_asks_for_a_new_one(dev: ModuleType) -> None:
    stamp = set_up_as_if(dev)
    dev.unfinished_mark().touch()
    assert not dev.is_current(stamp, dev.fingerprint([dev.RUNTIME_LIST]))


def test_a_patched_python_asks_for_nothing(dev: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    stamp = set_up_as_if(dev)
    monkeypatch.setattr(sys, "version", "3.11.99 (main, built tomorrow)")
    assert dev.is_current(stamp, dev.fingerprint([dev.RUNTIME_LIST]))


def test_the_environment_of_this_python_works(dev: ModuleType) -> None:
    dev.VENV = Path(sys.prefix)
    assert dev.venv_works()


def test_the_environment_of_another_python_does_not(dev: ModuleType) -> None:
    dev.VENV = Path(sys.prefix)
    dev.this_python = lambda: ("cpython-399", sys.base_prefix)
    assert not dev.venv_works()


def test_an_empty_folder_is_no_working_environment(dev: ModuleType) -> None:
    dev.VENV.mkdir()
    assert not dev.venv_works()


def test_a_failed_command_shows_its_words(dev: ModuleType, capfd: pytest.CaptureFixture[str]) -> None:
    command = [sys.executable, "-c", "print('no route to host'); raise SystemExit(3)"]
    with pytest.raises(dev.SetupError, match="could not be installed"):
        dev.quietly(command, "It could not be installed.")
    assert "no route to host" in capfd.readouterr().err


def test_a_successful_command_is_silent(dev: ModuleType, capfd: pytest.CaptureFixture[str]) -> None:
    dev.quietly([sys.executable, "-c", "print('chatter')"], "It could not be done.")
    assert capfd.readouterr() == ("", "")


def test_exit_codes_are_passed_through(dev: ModuleType) -> None:
    assert dev.call([sys.executable, "-c", "raise SystemExit(7)"]) == 7


@pytest.mark.skipif(os.name == "nt", reason="Windows has no signals of this kind")
def test_death_by_signal_is_told_as_shells_do(dev: ModuleType) -> None:
    assert dev.call([sys.executable, "-c", "import os; os.kill(os.getpid(), 15)"]) == 143


def test_a_missing_program_says_what_to_do(dev: ModuleType) -> None:
    with pytest.raises(dev.SetupError, match=r"Delete .* and try again"):
        dev.call([str(dev.VENV / "no-such-program")])


def test_an_unknown_command_is_a_usage_error() -> None:
    result = subprocess.run([sys.executable, SCRIPT, "fly"], capture_output=True, text=True, check=False)
    assert result.returncode == 2
    assert "dev.py run" in result.stdout


def test_an_old_python_gets_one_sentence() -> None:
    pretend = f"import sys; sys.version_info = (3, 9, 2); sys.argv = ['dev.py', 'run']; exec({SCRIPT.read_text()!r})"
    result = subprocess.run([sys.executable, "-c", pretend], capture_output=True, text=True, check=False)
    assert result.returncode == 1
    assert result.stderr.startswith("Duskreel needs Python 3.11 or newer")
    assert len(result.stderr.splitlines()) == 1


@pytest.mark.parametrize("name", ["requirements.txt", "requirements-dev.txt"])
def test_every_requirement_is_pinned_to_one_version(name: str) -> None:
    lines = (SCRIPT.parent / name).read_text(encoding="utf-8").splitlines()
    requirements = [line for line in lines if line and not line.startswith("#")]
    assert requirements
    assert [line for line in requirements if line.partition(";")[0].count("==") != 1] == []


def test_failed_commands_can_be_repeated_by_hand(dev: ModuleType, capfd: pytest.CaptureFixture[str]) -> None:
    command = [sys.executable, "-c", "raise SystemExit('with spaces')"]
    with pytest.raises(dev.SetupError):
        dev.quietly(command, "It could not be done.")
    shown = capfd.readouterr().err.splitlines()[0].removeprefix("$ ")
    assert shlex.split(shown) == command
