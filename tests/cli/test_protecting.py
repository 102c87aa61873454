"""Protected words on the command line."""

import pytest

from cli.conftest import Command


def test_words_are_protected_listed_and_taken_off(duskreel: Command) -> None:
    assert "No protected words" in duskreel("protect").out
    said = duskreel("protect", "Nordwind", "--kind", "employer", "--also", "NW")
    assert (said.code, said.out) == (0, "Protected: “Nordwind” (employer), also “NW”\n")
    assert duskreel("protect", "Kaitlyn Meyer", "Tobias", "--kind", "colleague").code == 0
    assert duskreel("protect", "--json").data == [
        {"text": "Kaitlyn Meyer", "kind": "colleague", "also": []},
        {"text": "Nordwind", "kind": "employer", "also": ["NW"]},
        {"text": "Tobias", "kind": "colleague", "also": []},
    ]
    assert duskreel("protect", "nordwind", "--remove").out == "No longer protected: “Nordwind”.\n"
    listed = duskreel("protect").out.splitlines()
    assert listed == ["“Kaitlyn Meyer” (colleague)", "“Tobias” (colleague)"]


@pytest.mark.parametrize("words", [["N"], [""], ["..."], ["x" * 81], ["Nordwind", "--remove"]])
def test_what_cannot_be_done_is_one_sentence(duskreel: Command, words: list[str]) -> None:
    said = duskreel("protect", *words)
    assert (said.code, said.out, said.err.count("\n")) == (1, "", 1)


@pytest.mark.parametrize(
    "arguments", [["--kind", "employer"], ["--remove"], ["A1", "B2", "--also", "C3"], ["Nordwind", "--kind", "enemy"]]
)
def test_what_makes_no_sense_is_wrong_usage(duskreel: Command, arguments: list[str]) -> None:
    assert duskreel("protect", *arguments).code == 2
    assert duskreel("protect", "--json").data == []
