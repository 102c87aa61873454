"""Keeping the machine awake while something must not be interrupted."""

import shutil
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager

END_PATIENCE_S = 2.0


@contextmanager
def kept_awake(reason: str) -> Iterator[None]:
    """Ask the system not to sleep and not to dim, until the block ends or this process does.

    Where it cannot be asked, or refuses, everything goes on all the same.

    Args:
        reason: shown to the user by systems that list who keeps them awake.
    """
    with ExitStack() as stack:
        if sys.platform == "win32":
            _keep_windows_awake(True)
            stack.callback(_keep_windows_awake, False)
        else:
            stack.enter_context(_while_running(inhibitor(sys.platform, reason)))
        yield


def inhibitor(platform: str, reason: str) -> list[str]:
    """The command that keeps a system awake until its standard input ends; empty where there is none.

    Its input ends with this process, however that ends, so that no killed program keeps a machine awake.

    Args:
        platform: as ``sys.platform`` says it.
        reason: as for `kept_awake`.
    """
    if platform == "darwin":
        return ["caffeinate", "-d", "-i", "-s", "cat"]
    if platform.startswith("linux"):
        what = ["--what=idle:sleep", "--who=Duskreel", f"--why={reason}", "--mode=block"]
        return ["systemd-inhibit", *what, "cat"]
    return []


@contextmanager
def _while_running(command: Sequence[str]) -> Iterator[None]:
    program = shutil.which(command[0]) if command else None
    if program is None:
        yield
        return
    try:
        child = subprocess.Popen(  # noqa: S603 - a fixed command, found on the user's own path
            [program, *command[1:]], stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
            # A Ctrl-C in the terminal is meant for the recording, not for its helper.
            start_new_session=True,
        )  # fmt: skip
    except OSError:
        yield
        return
    try:
        yield
    finally:
        _end(child)


def _end(child: "subprocess.Popen[bytes]") -> None:
    assert child.stdin is not None  # noqa: S101 - it was asked for
    child.stdin.close()
    try:
        child.wait(END_PATIENCE_S)
    except subprocess.TimeoutExpired:
        child.kill()
        child.wait()


def _keep_windows_awake(is_wanted: bool) -> None:
    """SetThreadExecutionState holds for the thread that calls it, until that takes it back or ends."""
    if sys.platform == "win32":
        import ctypes

        continuous, system_required, display_required = 0x80000000, 0x1, 0x2
        wanted = continuous | (system_required | display_required if is_wanted else 0)
        ctypes.windll.kernel32.SetThreadExecutionState(wanted)
