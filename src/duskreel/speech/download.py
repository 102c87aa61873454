"""Fetching a larger speech model, when the user asks for it by name.

This is the program's one use of a network. It asks for fixed files of fixed revisions with the standard
library, so that no account, token or statistic goes along, and trusts only what has the known size and hash.
"""

import hashlib
import http.client
import urllib.request
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Self

from duskreel.errors import DiaryError
from duskreel.progress import CancelToken, Progress
from duskreel.speech.model_folder import SpeechModel, arriving, check_name, model_in, only_one

HUB = "https://huggingface.co"

_CHUNK_BYTES = 1 << 18
_PATIENCE_S = 30


@dataclass(frozen=True)
class Offer:
    """One revision of a model on the hub."""

    repository: str
    revision: str
    files: dict[str, int]
    """names and sizes in bytes; model.bin among them"""
    sha256: str
    """of model.bin"""

    @property
    def size_bytes(self) -> int:
        """The whole download."""
        return sum(self.files.values())


def _files(model: int, config: int) -> dict[str, int]:
    return {
        "config.json": config,
        "tokenizer.json": 2_203_239,
        "vocabulary.txt": 459_861,
        "model.bin": model,
    }


def _large_files(model: int, config: int, tokenizer: int) -> dict[str, int]:
    return {
        "config.json": config,
        "preprocessor_config.json": 340,
        "tokenizer.json": tokenizer,
        "vocabulary.json": 1_068_114,
        "model.bin": model,
    }


OFFERS = {
    "tiny": Offer(
        "Systran/faster-whisper-tiny",
        "d90ca5fe260221311c53c58e660288d3deb8d356",
        _files(model=75_538_270, config=2_249),
        "dcb76c6586fc06cbdac6dd21f14cfd129cc4cdd9dce19bf4ffa62e59cbe6e6d1",
    ),
    "base": Offer(
        "Systran/faster-whisper-base",
        "ebe41f70d5b6dfa9166e2c581c45c9c0cfc57b66",
        _files(model=145_217_532, config=2_309),
        "d01c3014881c9c6f3133c182f3d2887eb6ca1c789a7538c5c007196857a0a6a9",
    ),
    "small": Offer(
        "Systran/faster-whisper-small",
        "536b0662742c02347bc0e980a01041f333bce120",
        _files(model=483_546_902, config=2_370),
        "3e305921506d8872816023e4c273e75d2419fb89b24da97b4fe7bce14170d671",
    ),
    "medium": Offer(
        "Systran/faster-whisper-medium",
        "08e178d48790749d25932bbc082711ddcfdfbc4f",
        _files(model=1_527_906_378, config=2_257),
        "9b45e1009dcc4ab601eff815b61d80e60ce3fd8c74c1a14f4a282258286b51ae",
    ),
    "large-v3": Offer(
        "Systran/faster-whisper-large-v3",
        "edaa852ec7e145841d8ffdb056a99866b5f0a478",
        _large_files(model=3_087_284_237, config=2_394, tokenizer=2_480_617),
        "69f74147e3334731bc3a76048724833325d2ec74642fb52620eda87352e3d4f1",
    ),
    "large-v3-turbo": Offer(
        "mobiuslabsgmbh/faster-whisper-large-v3-turbo",
        "0a363e9161cbc7ed1431c9597a8ceaf0c4f78fcf",
        _large_files(model=1_617_884_929, config=2_263, tokenizer=2_710_337),
        "e76620f83d5f5b69efd3d87e3dc180c1bd21df9fbebacfd4335e5e1efcc018da",
    ),
}
"""By the names and repositories that faster-whisper uses."""

DOWNLOADABLE: dict[str, int] = {name: offer.size_bytes for name, offer in OFFERS.items()}
"""Name and size in bytes of what can be fetched, to be shown before anything is."""


def download_model(
    name: str, models_folder: Path, *, progress: Progress, token: CancelToken, hub: str = HUB
) -> SpeechModel:
    """Fetch one of `DOWNLOADABLE`, unless it is already here.

    Args:
        name: a key of `DOWNLOADABLE`.
        models_folder: made if needed.
        progress: by bytes.
        token: asked several times a second while bytes flow.
        hub: another server with the same paths, such as a mirror.

    Raises:
        DiaryError: unknown name, no connection, something else came than was expected, or no room.
        Cancelled: leaves nothing behind.
    """
    if name not in OFFERS:
        raise DiaryError(f"There is no speech model “{name}” to download.", f"Choose one of {', '.join(OFFERS)}.")
    return fetch(name, OFFERS[name], models_folder, progress=progress, token=token, hub=hub)


def fetch(
    name: str, offer: Offer, models_folder: Path, *, progress: Progress, token: CancelToken, hub: str = HUB
) -> SpeechModel:
    """As `download_model`, for any offer."""
    check_name(name)
    done_bytes = 0

    def report(more_bytes: int) -> None:
        nonlocal done_bytes
        done_bytes += more_bytes
        progress(
            f"Downloading {done_bytes / 1e6:.0f} of {offer.size_bytes / 1e6:.0f} MB", done_bytes / offer.size_bytes
        )

    with only_one(name, models_folder, token):
        if made_meanwhile := model_in(models_folder / name):
            return made_meanwhile
        with arriving(name, models_folder, offer.size_bytes) as folder:
            for file, size_bytes in offer.files.items():
                url = f"{hub}/{offer.repository}/resolve/{offer.revision}/{file}"
                sha256 = _fetch_file(url, folder / file, size_bytes, report, token)
                if file == "model.bin" and sha256 != offer.sha256:
                    raise _not_as_expected(url)
    return SpeechModel(name, models_folder / name, offer.size_bytes)


def _fetch_file(url: str, target: Path, size_bytes: int, report: Callable[[int], None], token: CancelToken) -> str:
    """Write what the address gives to `target`, and give its SHA-256."""
    digest = hashlib.sha256()
    received_bytes = 0
    with target.open("wb") as file, _Answer(url) as answer:
        while chunk := answer.read():
            token.raise_if_cancelled()
            received_bytes += len(chunk)
            if received_bytes > size_bytes:
                break
            digest.update(chunk)
            file.write(chunk)
            report(len(chunk))
    if received_bytes != size_bytes:
        raise _not_as_expected(url)
    return digest.hexdigest()


class _Answer:
    """What a server sends, with failures of the network told apart from failures of the disk."""

    def __init__(self, url: str) -> None:
        self._url = url
        try:
            # The address is one of ours: https, or what a caller passed on purpose.
            self._response = urllib.request.urlopen(url, timeout=_PATIENCE_S)  # noqa: S310
        except (OSError, http.client.HTTPException) as error:
            raise self._no_connection(error) from error

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._response.close()

    def read(self) -> bytes:
        try:
            content: bytes = self._response.read(_CHUNK_BYTES)
        except (OSError, http.client.HTTPException) as error:
            raise self._no_connection(error) from error
        return content

    def _no_connection(self, error: Exception) -> DiaryError:
        return DiaryError(
            f"The download from {self._url} failed: {error}.",
            "Check the connection and try again, or use duskreel models import FOLDER with a model that you have.",
        )


def _not_as_expected(url: str) -> DiaryError:
    return DiaryError(
        f"What came from {url} is not the file that Duskreel knows.",
        "Try again later; something between here and the server may have changed or cut it off.",
    )
