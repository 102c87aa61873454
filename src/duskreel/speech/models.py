"""The speech models on this machine: what is here, what came with the program, what the user brings or fetches."""

import json
import shutil
from pathlib import Path
from typing import TYPE_CHECKING

from duskreel.errors import DiaryError
from duskreel.progress import CancelToken, Progress, unheard
from duskreel.speech.bundle import BASE, Bundle, comes_along, join_bundle
from duskreel.speech.download import DOWNLOADABLE, download_model
from duskreel.speech.model_folder import (
    OPTIONAL_FILES,
    REQUIRED_FILES,
    VOCABULARIES,
    SpeechModel,
    arriving,
    check_name,
    missing_files,
    model_in,
    only_one,
)

if TYPE_CHECKING:
    from faster_whisper import WhisperModel

__all__ = [
    "DOWNLOADABLE",
    "SpeechModel",
    "available",
    "download_model",
    "find_model",
    "import_model",
    "load",
    "usable_names",
]

_COPIED_FILES = (*REQUIRED_FILES, *VOCABULARIES, *OPTIONAL_FILES)


def available(models_folder: Path) -> list[SpeechModel]:
    """The models that are ready to use, by name. The one that came with the program appears once it was used."""
    if not models_folder.is_dir():
        return []
    folders = sorted(f for f in models_folder.iterdir() if f.is_dir() and not f.name.startswith("."))
    return [model for folder in folders if (model := model_in(folder))]


def usable_names(models_folder: Path, *, bundle: Bundle = BASE) -> list[str]:
    """The names that `find_model` finds: of what is ready, and of the bundled model, which may still be in pieces."""
    names = [model.name for model in available(models_folder)]
    return [*names, bundle.name] if bundle.name not in names and comes_along(bundle) else names


def find_model(
    name: str,
    models_folder: Path,
    *,
    progress: Progress = unheard,
    token: CancelToken,
    bundle: Bundle = BASE,
) -> SpeechModel:
    """The model of this name; the bundled one is put together the first time, which takes a few seconds.

    Raises:
        DiaryError: there is no such model here; says how to get one.
        Cancelled: while putting it together.
    """
    check_name(name)
    if model := model_in(models_folder / name):
        return model
    if name == bundle.name:
        return join_bundle(bundle, models_folder, progress=progress, token=token)
    known = [bundle.name, *(model.name for model in available(models_folder) if model.name != bundle.name)]
    how = f"duskreel models download {name}" if name in DOWNLOADABLE else "duskreel models import FOLDER"
    raise DiaryError(
        f"The speech model “{name}” is not on this machine.",
        f"Get it with {how}, or use one of {', '.join(known)}.",
    )


def import_model(
    folder: Path, models_folder: Path, name: str | None = None, *, token: CancelToken | None = None
) -> SpeechModel:
    """Copy a CTranslate2 Whisper model that the user got elsewhere, once it has shown that it loads.

    Args:
        folder: holds model.bin, config.json, tokenizer.json and vocabulary.txt or .json.
        models_folder: made if needed.
        name: to call it by; the folder's own name if None.
        token: asked between files.

    Raises:
        DiaryError: files are missing, it does not load, or a model of this name is already here.
        Cancelled: leaves nothing behind.
    """
    token = token or CancelToken()
    name = folder.resolve().name if name is None else name
    check_name(name)
    missing = missing_files(folder)
    if missing:
        raise DiaryError(
            f"{folder} is not a whole speech model: {', '.join(missing)} is missing.",
            "Choose a folder with a Whisper model in CTranslate2 format, as faster-whisper uses it.",
        )
    files = [folder / file for file in _COPIED_FILES if (folder / file).is_file()]
    size_bytes = sum(file.stat().st_size for file in files)
    candidate = SpeechModel(name, folder, size_bytes)
    _check_tokenizer(candidate)
    load(candidate, threads=1)
    with only_one(name, models_folder, token):
        if model_in(models_folder / name):
            raise DiaryError(f"There is already a speech model called “{name}”.", "Give the new one another name.")
        with arriving(name, models_folder, size_bytes) as copy:
            for file in files:
                token.raise_if_cancelled()
                shutil.copyfile(file, copy / file.name)
    return SpeechModel(name, models_folder / name, size_bytes)


def load(model: SpeechModel, *, threads: int) -> "WhisperModel":
    """Open a model for the CPU with 8-bit weights, from its folder and nowhere else.

    Raises:
        DiaryError: its files are damaged or not of a Whisper model.
    """
    from faster_whisper import WhisperModel

    try:
        whisper = WhisperModel(str(model.folder), device="cpu", compute_type="int8", cpu_threads=threads)
    except (RuntimeError, ValueError) as error:
        raise _does_not_load(model, str(error)) from error
    if whisper.model.n_mels != whisper.feature_extractor.mel_filters.shape[0]:
        raise _does_not_load(model, "preprocessor_config.json is missing")
    return whisper


def _check_tokenizer(model: SpeechModel) -> None:
    """Looked at before the tokenizer library does, which raises nothing more telling than Exception."""
    try:
        tokenizer = json.loads((model.folder / "tokenizer.json").read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise _does_not_load(model, f"tokenizer.json is damaged: {error}") from error
    if not isinstance(tokenizer, dict) or "model" not in tokenizer:
        raise _does_not_load(model, "tokenizer.json does not hold a tokenizer")


def _does_not_load(model: SpeechModel, reason: str) -> DiaryError:
    return DiaryError(
        f"The speech model “{model.name}” in {model.folder} cannot be used: {reason.rstrip('.')}.",
        "Get the model again.",
    )
