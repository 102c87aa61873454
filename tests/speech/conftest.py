"""The bundled model, put together once for all tests, and sounds to listen to."""

from pathlib import Path

import pytest

from duskreel.paths import resource
from duskreel.progress import CancelToken
from duskreel.speech.audio import Samples, decode_for_speech
from duskreel.speech.models import SpeechModel, find_model


@pytest.fixture(scope="session")
def models_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("models")


@pytest.fixture(scope="session")
def base(models_folder: Path) -> SpeechModel:
    return find_model("base", models_folder, token=CancelToken())


@pytest.fixture(scope="session")
def spoken() -> Samples:
    """The sample clip's speech: 46 s, nine sentences, English."""
    with resource("sample.mp4").open("rb") as file:
        return decode_for_speech(file, "sample.mp4", token=CancelToken())


@pytest.fixture
def no_model(tmp_path: Path) -> SpeechModel:
    """Its folder is not there, so that loading it fails: proof that nobody tried."""
    return SpeechModel("missing", tmp_path / "missing", 0)
