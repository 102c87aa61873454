"""Commands that look after the diary."""

import json
from pathlib import Path

import pytest

from cli.conftest import Command
from duskreel.paths import Places


@pytest.fixture
def with_model(places: Places) -> None:
    """A model folder that looks complete to doctor, so that these tests need not join the real one."""
    folder = places.models / "base"
    folder.mkdir(parents=True)
    for name in ("model.bin", "config.json", "tokenizer.json", "vocabulary.txt"):
        (folder / name).write_bytes(b"{}")


def test_reindex_counts_what_lies_in_the_folders(duskreel: Command, talk: Path) -> None:
    duskreel("import", talk)
    assert duskreel("reindex", "--json").data == {"entries": 1}


def test_a_deleted_index_is_no_loss(duskreel: Command, talk: Path, places: Places) -> None:
    duskreel("import", talk, "--title", "Monday")
    for file in (places.state / "index").iterdir():
        file.unlink()
    assert duskreel("list", "--json").data[0]["title"] == "Monday"


def test_a_broken_index_is_rebuilt_and_said(duskreel: Command, talk: Path, places: Places) -> None:
    duskreel("import", talk, "--title", "Monday")
    for file in (places.state / "index").glob("*.db"):
        file.write_bytes(b"this is no database" * 100)
    said = duskreel("list", "--json")
    assert said.data[0]["title"] == "Monday"
    assert "index" in said.err


@pytest.mark.usefixtures("with_model")
def test_doctor_finds_nothing_wrong_in_a_sound_diary(duskreel: Command, talk: Path) -> None:
    duskreel("import", talk)
    said = duskreel("doctor")
    assert said.code == 0
    assert "BAD" not in said.out


@pytest.mark.usefixtures("with_model")
def test_a_broken_sidecar_is_kept_aside_reported_and_the_rest_works(
    duskreel: Command, talk: Path, other_talk: Path
) -> None:
    entry = duskreel("import", talk, "--title", "Monday", "--json").data[0]
    duskreel("import", other_talk)
    sidecar = Path(entry["folder"]) / "entry.json"
    sidecar.write_text("{ this is no JSON", encoding="utf-8")
    said = duskreel("list", "--json")
    assert "entry.json" in said.err
    assert sorted(found["title"] for found in said.data) == ["", "Monday"]
    assert (Path(entry["folder"]) / "entry.json.broken").read_text(encoding="utf-8") == "{ this is no JSON"
    assert json.loads(sidecar.read_text(encoding="utf-8"))["id"] == entry["id"]
    doctor = duskreel("doctor")
    assert doctor.code == 1
    assert "entry.json.broken" in doctor.out


def test_doctor_says_that_the_model_is_missing_and_what_to_do(duskreel: Command, places: Places) -> None:
    places.config.mkdir()
    (places.config / "settings.json").write_text('{"speech_model": "small"}', encoding="utf-8")
    said = duskreel("doctor")
    assert said.code == 1
    assert "“small” is not here" in said.out
    assert "duskreel models" in said.out


def test_the_model_that_came_along_is_no_fault_before_its_first_use(duskreel: Command) -> None:
    assert duskreel("doctor").code == 0
    assert "came with Duskreel" in duskreel("models").out


@pytest.mark.usefixtures("with_model")
def test_models_lists_what_is_here_and_what_could_be(duskreel: Command) -> None:
    said = duskreel("models")
    assert "base" in said.out
    assert "duskreel models download small" in said.out


def test_a_folder_that_is_no_model_is_refused(duskreel: Command, tmp_path: Path) -> None:
    said = duskreel("models", "import", tmp_path)
    assert (said.code, said.err.count("\n")) == (1, 1)
