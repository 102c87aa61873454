import json
from dataclasses import replace
from pathlib import Path

import pytest

from duskreel import settings
from duskreel.errors import DiaryError
from duskreel.settings import Settings


def test_without_a_file_everything_has_its_default(tmp_path: Path) -> None:
    assert settings.load(tmp_path / "nowhere") == Settings()


def test_what_is_saved_is_loaded(tmp_path: Path) -> None:
    chosen = replace(
        Settings(), speech_model="small", loudness_lufs=-16.0, mood_names=("1", "2", "3", "4", "5"), unknown={"x": [1]}
    )
    settings.save(chosen, tmp_path / "new")
    assert settings.load(tmp_path / "new") == chosen


@pytest.mark.parametrize("content", [b"", b"{", b"[]", b"null", b"\xff\xfe", b"\0" * 50])
def test_a_broken_file_gives_defaults(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "settings.json").write_bytes(content)
    assert settings.load(tmp_path) == Settings()


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("speech_model", 5),
        ("speech_model", None),
        ("loudness_lufs", "loud"),
        ("loudness_lufs", True),
        ("pause_before_ms", 2.5),
        ("pause_before_ms", True),
        ("mood_names", ["one"]),
        ("mood_names", [1, 2, 3, 4, 5]),
        ("mood_names", "abcde"),
    ],
)
def test_a_value_of_the_wrong_kind_gives_its_default_and_spares_the_others(key: str, value: object) -> None:
    read = settings.from_json({key: value, "platform": "reels"})
    assert read == replace(Settings(), platform="reels")


def test_the_list_of_feelings_may_be_of_any_length() -> None:
    assert settings.from_json({"feelings": ["tired"]}).feelings == ("tired",)
    assert settings.from_json({"feelings": []}).feelings == ()
    assert settings.from_json({"feelings": [1]}).feelings == settings.FEELINGS


def test_a_whole_number_will_do_for_a_decimal_one() -> None:
    loudness = settings.from_json({"loudness_lufs": -16}).loudness_lufs
    assert (loudness, type(loudness)) == (-16.0, float)


def test_keys_of_a_newer_program_are_kept(tmp_path: Path) -> None:
    (tmp_path / "settings.json").write_text('{"future": {"a": 1}, "platform": "reels"}')
    settings.save(replace(settings.load(tmp_path), language="fr"), tmp_path)
    data = json.loads((tmp_path / "settings.json").read_text())
    assert (data["future"], data["platform"], data["language"]) == ({"a": 1}, "reels", "fr")


def test_a_folder_that_cannot_be_written_is_a_known_failure(tmp_path: Path) -> None:
    (tmp_path / "settings.json").mkdir()
    with pytest.raises(DiaryError):
        settings.save(Settings(), tmp_path)


@pytest.mark.parametrize(
    ("key", "value"),
    [("loudness_lufs", 20.0), ("loudness_lufs", float("nan")), ("peak_dbtp", -500), ("pause_after_ms", -1)],
)
def test_a_value_that_makes_no_sense_gives_its_default(key: str, value: float) -> None:
    assert getattr(settings.from_json({key: value}), key) == getattr(Settings(), key)


def test_brackets_without_end_and_numbers_without_end_give_defaults(tmp_path: Path) -> None:
    for content in ("[" * 100_000, '{"loudness_lufs": 1' + "0" * 400 + "}"):
        (tmp_path / settings.FILE_NAME).write_text(content, encoding="utf-8")
        assert settings.load(tmp_path) == Settings()
