"""What a person sees: a bar while work goes on, gone when it is done, and a terminal as it was before."""

import os
import select
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from integration.program import PATIENCE_S, STOPPED, Program, until_it_exists
from terminals import terminal

if sys.platform == "win32":
    pytest.skip("a terminal of another kind", allow_module_level=True)

ON_TERMINAL = """
import os, sys

os.login_tty(int(sys.argv[1]))
os.execv(sys.executable, [sys.executable, "-m", "duskreel", *sys.argv[2:]])
"""
HIDE_CURSOR, SHOW_CURSOR, ERASE_LINE = "\x1b[?25l", "\x1b[?25h", "\x1b[2K"


class Terminal:
    """The other end of a terminal that one command runs on."""

    def __init__(self, descriptor: int, process: "subprocess.Popen[str]") -> None:
        self.process = process
        self._descriptor = descriptor

    def press(self, keys: str) -> None:
        """Type."""
        os.write(self._descriptor, keys.encode())

    def shown(self) -> str:
        """Everything that was written to it until the command ended."""
        content, until_s = b"", time.monotonic() + PATIENCE_S
        while time.monotonic() < until_s:
            if not select.select([self._descriptor], [], [], 0.1)[0]:
                continue
            try:
                content += os.read(self._descriptor, 1 << 16)
            except OSError:
                # Linux reports the closing of a terminal's last user as a failure.
                break
        assert self.process.wait(timeout=PATIENCE_S) is not None
        return content.decode().replace("\r\n", "\n")


@contextmanager
def on_terminal(program: Program, *arguments: object) -> Iterator[Terminal]:
    """Run a command as if it was typed in a terminal window."""
    ours, theirs = terminal()
    process = subprocess.Popen(
        [sys.executable, "-c", ON_TERMINAL, str(theirs), *map(str, arguments)],
        env={**program.environment, "TERM": "xterm-256color", "COLUMNS": "100"},
        pass_fds=[theirs],
        text=True,
    )
    os.close(theirs)
    try:
        yield Terminal(ours, process)
    finally:
        process.kill()
        process.wait()
        os.close(ours)


def test_an_import_shows_a_bar_and_then_one_line(duskreel: Program, brief: Path, tmp_path: Path) -> None:
    # A name that would be an error if it was taken for markup.
    clip = tmp_path / "[b] my [zz] day.mp4"
    clip.write_bytes(brief.read_bytes())
    with on_terminal(duskreel, "import", clip) as terminal:
        shown = terminal.shown()
        assert terminal.process.returncode == 0
    assert f"Importing {clip.name} " in shown
    assert "Done" in shown
    assert (shown.count(HIDE_CURSOR), shown.count(SHOW_CURSOR)) == (1, 1)
    last_line = shown.split(ERASE_LINE)[-1]
    assert last_line.startswith(f"Kept {clip.name} as ")
    assert last_line.count("\n") == 1


def test_ctrl_c_ends_with_a_sentence_and_gives_the_terminal_back(
    duskreel: Program, brief: Path, tmp_path: Path
) -> None:
    duskreel("import", brief)
    with on_terminal(duskreel, "export", "latest", "-o", tmp_path / "short.mp4") as terminal:
        until_it_exists(tmp_path, ".*.partial.mp4", terminal.process)
        terminal.press("\x03")
        shown = terminal.shown()
        assert terminal.process.returncode == 1
    assert "Making the short" in shown
    assert (shown.count(HIDE_CURSOR), shown.count(SHOW_CURSOR)) == (1, 1)
    assert shown.split(ERASE_LINE)[-1] == STOPPED
    assert [path.name for path in tmp_path.iterdir()] == ["home"]


def test_a_failure_is_one_line_on_a_terminal_too(duskreel: Program, tmp_path: Path) -> None:
    with on_terminal(duskreel, "import", tmp_path / "missing.mp4") as terminal:
        shown = terminal.shown()
        assert terminal.process.returncode == 1
    assert shown.split(ERASE_LINE)[-1] == "“missing.mp4” does not exist. Check the name and the folder.\n"
