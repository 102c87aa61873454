"""Set Duskreel up in this checkout and run it.

    python3 packaging/dev.py run [ARGUMENTS]     open the window; with ARGUMENTS, run such a command of Duskreel's
    python3 packaging/dev.py test [ARGUMENTS]    run the tests; ARGUMENTS go to pytest
    python3 packaging/dev.py check               lint, formatting, types and the rules on who may import whom
    python3 packaging/dev.py setup               set up only, for running, testing and checking

Needs Python 3.11 or newer and nothing else. What is missing it installs: system libraries with apt when it may, and
exact versions of the Python packages into `.venv`. The first time takes some minutes, later ones a moment.
"""

import ctypes
import hashlib
import importlib.util
import os
import shlex
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

if sys.version_info < (3, 11):  # noqa: UP036 (this file is the one that an older Python is started with)
    sys.exit(f"Duskreel needs Python 3.11 or newer; this is Python {sys.version.split()[0]}.")

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
RUNTIME_LIST = ROOT / "packaging" / "requirements.txt"
TOOLS_LIST = ROOT / "packaging" / "requirements-dev.txt"
INTERRUPTED = 130

# Library file -> Debian package. Found with `readelf -d` over Qt's libraries and plugins, less what the wheels bring.
NEEDED_LIBRARIES = {
    "libEGL.so.1": "libegl1",
    "libGL.so.1": "libgl1",
    "libX11.so.6": "libx11-6",
    "libdbus-1.so.3": "libdbus-1-3",
    "libfontconfig.so.1": "libfontconfig1",
    "libfreetype.so.6": "libfreetype6",
    "libglib-2.0.so.0": "libglib2.0-0",
    "libgthread-2.0.so.0": "libglib2.0-0",
    "libpulse.so.0": "libpulse0",
    "libxkbcommon.so.0": "libxkbcommon0",
}
# Only a window on a screen needs these.
WINDOW_LIBRARIES = {
    "libX11-xcb.so.1": "libx11-xcb1",
    "libXext.so.6": "libxext6",
    "libXrandr.so.2": "libxrandr2",
    "libwayland-client.so.0": "libwayland-client0",
    "libwayland-cursor.so.0": "libwayland-cursor0",
    "libwayland-egl.so.1": "libwayland-egl1",
    "libxcb-cursor.so.0": "libxcb-cursor0",
    "libxcb-glx.so.0": "libxcb-glx0",
    "libxcb-icccm.so.4": "libxcb-icccm4",
    "libxcb-image.so.0": "libxcb-image0",
    "libxcb-keysyms.so.1": "libxcb-keysyms1",
    "libxcb-randr.so.0": "libxcb-randr0",
    "libxcb-render-util.so.0": "libxcb-render-util0",
    "libxcb-render.so.0": "libxcb-render0",
    "libxcb-shape.so.0": "libxcb-shape0",
    "libxcb-shm.so.0": "libxcb-shm0",
    "libxcb-sync.so.1": "libxcb-sync1",
    "libxcb-util.so.1": "libxcb-util1",
    "libxcb-xfixes.so.0": "libxcb-xfixes0",
    "libxcb-xkb.so.1": "libxcb-xkb1",
    "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
}
# Captions fall back to the system's fonts for what the bundled ones lack. All but the emoji are small: 3 MB together.
FONTS = {
    "NotoColorEmoji.ttf": "fonts-noto-color-emoji",
    "DejaVuSans.ttf": "fonts-dejavu-core",  # Arabic, Hebrew
    "wqy-microhei.ttc": "fonts-wqy-microhei",  # Chinese, Japanese, Korean
    "Loma-Bold.ttf": "fonts-tlwg-loma-ttf",  # Thai
    "Lohit-Devanagari.ttf": "fonts-lohit-deva",  # Hindi
}
FONT_FOLDERS = (
    Path("/usr/share/fonts"),
    Path("/usr/local/share/fonts"),
    Path.home() / ".local" / "share" / "fonts",
    Path.home() / ".fonts",
)


class SetupError(Exception):
    """Set-up cannot go on; the message says why and what to do."""


def main(arguments: Sequence[str]) -> int:
    """Do what the first argument names; return the exit code."""
    commands = {"run": run, "test": test, "check": check, "setup": setup}
    if not arguments or arguments[0] not in commands:
        print((__doc__ or "").strip())
        return 0 if arguments[:1] in (["-h"], ["--help"]) else 2
    try:
        return commands[arguments[0]](list(arguments[1:]))
    except SetupError as error:
        print(error, file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return INTERRUPTED


def run(arguments: list[str]) -> int:
    """The window; without a display, the sample clip through the whole program. Or else what the arguments say."""
    set_up(tools=False)
    command = arguments
    if not arguments and not has_display():
        print("There is no display, so this is the demo: `duskreel demo`.", flush=True)
        command = ["demo"]
    return call([script("duskreel"), *command], folder=Path.cwd())


def has_display() -> bool:
    """Whether a window could be seen."""
    if sys.platform != "linux":
        return True
    return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


def test(arguments: list[str]) -> int:
    """pytest, without a screen."""
    set_up(tools=True)
    return call([script("python"), "-m", "pytest", "--no-header", "--tb=short", "--durations=5", *arguments])


def check(arguments: list[str]) -> int:
    """Everything that reads the source without running it; all of it, even after a failure."""
    if arguments:
        raise SetupError("`check` takes no arguments: it always checks everything.")
    set_up(tools=True)
    scripts = sorted(str(path) for path in (ROOT / "packaging").glob("*.py"))
    checks = (
        [script("ruff"), "check", "."],
        [script("ruff"), "format", "--check", "."],
        [script("mypy")],
        [script("mypy"), *scripts],
        [script("lint-imports")],
    )
    failed = 0
    for command in checks:
        print(f"== {Path(command[0]).name} {' '.join(command[1:])}".replace(f"{ROOT}{os.sep}", ""), flush=True)
        failed += call(command) != 0
    print(f"{len(checks) - failed} checks in order, {failed} not.")
    return 1 if failed else 0


def setup(arguments: list[str]) -> int:
    """Nothing but the set-up."""
    if arguments:
        raise SetupError("`setup` takes no arguments.")
    set_up(tools=True)
    print("Duskreel is set up.")
    return 0


def set_up(*, tools: bool) -> None:
    """Make `.venv` hold what running needs, and what testing and checking needs if `tools`.

    A stamp, written last, says what `.venv` was made from: a set-up that was killed is not taken for a finished one.
    """
    runtime, everything = (RUNTIME_LIST,), (RUNTIME_LIST, TOOLS_LIST)
    wanted = everything if tools else runtime
    if is_current(stamp_of(wanted), fingerprint(wanted)):
        return
    if sys.platform == "linux":
        install_system_packages()
    unfinished = unfinished_mark()
    if unfinished.exists() or not venv_works():
        make_venv(unfinished)
    unfinished.touch()
    install_python_packages(wanted)
    for lists in (runtime, wanted):
        stamp_of(lists).write_text(fingerprint(lists), encoding="utf-8")
    unfinished.unlink()


def stamp_of(lists: Sequence[Path]) -> Path:
    """Where a finished installation of these lists is noted down."""
    return VENV / ("duskreel-tools.stamp" if TOOLS_LIST in lists else "duskreel-runtime.stamp")


def unfinished_mark() -> Path:
    """What lies in `.venv` while it is being changed."""
    return VENV / "duskreel-unfinished"


def fingerprint(lists: Iterable[Path]) -> str:
    """What `.venv` is made from: this Python, this place, the pinned versions and the project's own metadata."""
    digest = hashlib.sha256("\n".join((*this_python(), str(ROOT))).encode())
    for path in (*lists, ROOT / "pyproject.toml"):
        digest.update(path.read_bytes())
    return digest.hexdigest()


def is_current(stamp: Path, recipe: str) -> bool:
    """Whether a finished set-up left this stamp, none was broken off since, and its Python is still there."""
    if unfinished_mark().exists():
        return False
    try:
        return stamp.read_text(encoding="utf-8") == recipe and Path(script("python")).exists()
    except OSError:
        return False


def install_system_packages() -> None:
    """On Linux: with apt if this is root, else say what to type.

    Raises:
        SetupError: something is missing without which nothing runs.
    """
    needed = missing_packages(NEEDED_LIBRARIES, can_load)
    if importlib.util.find_spec("ensurepip") is None:
        needed.insert(0, "python3-venv")
    useful = missing_packages(WINDOW_LIBRARIES, can_load) + missing_packages(FONTS, has_font)
    if not needed and not useful:
        return
    apt = shutil.which("apt-get")
    if apt and os.geteuid() == 0:
        print(f"Installing system packages: {' '.join([*needed, *useful])}", flush=True)
        apt_install(apt, [*needed, *useful])
    elif needed:
        raise SetupError(advice([*needed, *useful], has_apt=apt is not None))
    else:
        print(
            f"Going on without what only the window and rare characters need. {advice(useful, has_apt=apt is not None)}"
        )


def missing_packages(packages: dict[str, str], present: Callable[[str], bool]) -> list[str]:
    """The Debian packages of those files that are not `present`, each once."""
    return list(dict.fromkeys(package for name, package in packages.items() if not present(name)))


def advice(packages: Sequence[str], *, has_apt: bool) -> str:
    """One line that can be typed as it stands, where there is one."""
    names = " ".join(packages)
    if has_apt:
        command = f"sudo apt-get update && sudo apt-get install {names}"
        return f"System packages are missing. Run this, then try again: {command}"
    return f"System packages are missing. Install what your system calls these Debian packages: {names}"


def can_load(library: str) -> bool:
    """Whether the system's loader finds it: the same question that Qt will ask."""
    try:
        ctypes.CDLL(library)
    except OSError:
        return False
    return True


def has_font(name: str) -> bool:
    """Whether a font file of this name is installed for everybody or for this user."""
    return any(True for folder in FONT_FOLDERS for _ in folder.rglob(name))


def apt_install(apt: str, packages: Sequence[str]) -> None:
    """Raises SetupError, after showing what apt said."""
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    # A new system has no list of packages, and an old list names versions that are gone.
    quietly([apt, "update"], "apt could not fetch its lists of packages.", environment)
    quietly(
        [apt, "install", "--yes", "--no-install-recommends", *packages],
        "apt could not install the system packages.",
        environment,
    )


def this_python() -> tuple[str, str]:
    """What a Python must agree in to be of use to another's packages: such as cpython-311, and where it lives.

    Not its patch version: an update of the system's Python, which may come with the very packages that are installed
    here, changes that alone.
    """
    return (sys.implementation.cache_tag or sys.version, sys.base_prefix)


def venv_works() -> bool:
    """Whether `.venv` is of this very Python and whole enough to install into."""
    probe = "import sys; from pip import __version__; print(sys.implementation.cache_tag); print(sys.base_prefix)"
    try:
        answer = subprocess.run([script("python"), "-c", probe], capture_output=True, text=True, check=False)
    except OSError:
        return False
    return answer.returncode == 0 and tuple(answer.stdout.splitlines()) == this_python()


def make_venv(unfinished: Path) -> None:
    """A new, empty `.venv` in place of what may be there, marked as unfinished from its first moment."""
    print(f"Making {VENV}", flush=True)
    try:
        if VENV.exists():
            shutil.rmtree(VENV)
        VENV.mkdir()
        unfinished.touch()
    except OSError as error:
        raise SetupError(f"{VENV} cannot be made anew: {error.strerror}. Delete it and try again.") from error
    quietly([sys.executable, "-m", "venv", str(VENV)], "The virtual environment could not be made.")


def install_python_packages(lists: Sequence[Path]) -> None:
    """The pinned packages, then the project itself, linked to this checkout."""
    pip = [script("python"), "-m", "pip", "--quiet", "--disable-pip-version-check", "--no-input"]
    wanted = [argument for path in lists for argument in ("--requirement", str(path))]
    print("Installing the Python packages; the first time this fetches about 650 MB", flush=True)
    quietly([*pip, "install", "--no-deps", *wanted], "The Python packages could not be installed.")
    quietly(
        [*pip, "install", "--no-deps", "--no-build-isolation", "--editable", str(ROOT)],
        "Duskreel itself could not be installed.",
    )
    quietly([*pip, "check"], f"The lists in {RUNTIME_LIST.parent} are not complete.")


def quietly(command: Sequence[str], failure: str, environment: dict[str, str] | None = None) -> None:
    """Run a command whose output matters only when it fails.

    Raises:
        SetupError: the command failed; everything it said has been shown.
    """
    result = subprocess.run(
        command, env=environment or clean_environment(), stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, errors="replace", check=False,
    )  # fmt: skip
    if result.returncode:
        print(f"$ {shlex.join(command)}\n{result.stdout.rstrip()}", file=sys.stderr)
        raise SetupError(f"{failure} If the network was missing, connect and run the same command again.")


def clean_environment() -> dict[str, str]:
    """This process's, less what would make `.venv` look elsewhere for packages."""
    return {name: value for name, value in os.environ.items() if name not in ("PYTHONPATH", "PYTHONHOME")}


def call(command: Sequence[str], folder: Path = ROOT) -> int:
    """Run a command on this terminal; return its exit code, or 128 + the signal that ended it, as shells do."""
    try:
        process = subprocess.Popen(command, cwd=folder, env=clean_environment())
    except OSError as error:
        raise SetupError(f"{command[0]} cannot be started: {error.strerror}. Delete {VENV} and try again.") from error
    while True:
        try:
            code = process.wait()
        except KeyboardInterrupt:
            continue  # the terminal has told the child as well, and it may need a moment to tidy up
        return code if code >= 0 else 128 - code


def script(name: str) -> str:
    """A program of `.venv`."""
    return str(VENV / ("Scripts" if os.name == "nt" else "bin") / (f"{name}.exe" if os.name == "nt" else name))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
