"""Commands that take their time, as far as they refuse before any work; the work itself is tried in integration/."""

from pathlib import Path

import pytest

from cli.conftest import Command


def test_transcribe_wants_entries_or_all_but_not_both(duskreel: Command, talk: Path) -> None:
    duskreel("import", talk)
    assert duskreel("transcribe").code == 2
    assert duskreel("transcribe", "latest", "--all").code == 2


def test_transcribe_all_of_nothing_is_fine(duskreel: Command) -> None:
    said = duskreel("transcribe", "--all")
    assert (said.code, said.out) == (0, "Every entry has its transcript.\n")


def test_an_unknown_model_is_one_sentence(duskreel: Command, talk: Path) -> None:
    duskreel("import", talk)
    said = duskreel("transcribe", "latest", "--model", "enormous")
    assert (said.code, said.err.count("\n")) == (1, 1)
    assert "enormous" in said.err


@pytest.mark.parametrize(
    "options",
    [
        ["--captions", "comic"],
        ["--platform", "myspace"],
        ["--framing", "1.5"],
        ["--framing", "left"],
        ["--length", "0"],
    ],
)
def test_wishes_that_nothing_knows_are_wrong_usage(duskreel: Command, talk: Path, options: list[str]) -> None:
    duskreel("import", talk)
    assert duskreel("export", "latest", *options).code == 2


def test_a_clip_that_is_too_short_for_a_short_is_refused(duskreel: Command, talk: Path) -> None:
    duskreel("import", talk)
    said = duskreel("export", "latest")
    assert (said.code, said.err.count("\n")) == (1, 1)
    assert "less than 3 s" in said.err


def test_a_caption_style_from_the_settings_is_checked(duskreel: Command, talk: Path, places: object) -> None:
    from duskreel.paths import Places

    assert isinstance(places, Places)
    duskreel("import", talk)
    places.config.mkdir()
    (places.config / "settings.json").write_text('{"caption_style": "comic"}', encoding="utf-8")
    assert "no caption style “comic”" in duskreel("export", "latest").err
