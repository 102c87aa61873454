"""The language of queries on the command line, and searches with names."""

from pathlib import Path

import pytest

from cli.conftest import Command


@pytest.fixture
def two(duskreel: Command, talk: Path, other_talk: Path) -> None:
    """A bad day in November and a good one in October."""
    duskreel("import", talk, "--mood", 2, "--tag", "work", "--title", "By the river", "--note", "Rain. Felt hopeful.")
    duskreel("import", other_talk, "--mood", 4, "--feeling", "worn out", "--title", "A river walk")


def titles(duskreel: Command, *arguments: object) -> list[str]:
    return [entry["title"] for entry in duskreel(*arguments, "--json").data]


@pytest.mark.usefixtures("two")
def test_list_and_search_read_the_same_language(duskreel: Command) -> None:
    for command in ("list", "search"):
        assert titles(duskreel, command, "mood:1..2") == ["By the river"]
        assert titles(duskreel, command, "river", "-tag:work") == ["A river walk"]
        assert titles(duskreel, command, 'feeling:"worn out"') == ["A river walk"]
        assert titles(duskreel, command, "feeling:worn out", "river") == ["A river walk"]
        assert titles(duskreel, command, "river", "before:2026-11") == ["A river walk"]
        assert titles(duskreel, command, "river", "-rain") == ["A river walk"]
        assert titles(duskreel, command, "the river", "star:no") == ["By the river"]
        assert len(titles(duskreel, command, "river", "--limit", 1)) == 1
    assert titles(duskreel, "list", "river", "--mood", 2) == ["By the river"]
    assert titles(duskreel, "list", "mood:2", "--mood", 4) == []


@pytest.mark.usefixtures("two")
def test_a_hit_tells_its_sentence_and_a_slip_what_was_searched(duskreel: Command) -> None:
    (hit,) = duskreel("search", "hopefull", "--json").data
    assert (hit["sentence"], hit["snippet"], hit["time_ms"]) == ("Felt hopeful.", "Felt »hopeful«.", None)
    said = duskreel("search", "hopefull").out
    assert "“hopeful”" in said.splitlines()[0]
    assert "Felt »hopeful«." in said


@pytest.mark.parametrize("query", ["mood:9", "colour:red", "length:soon", "@nothing"])
def test_a_wrong_condition_is_one_sentence(duskreel: Command, query: str) -> None:
    for command in ("list", "search"):
        said = duskreel(command, query)
        assert (said.code, said.out, said.err.count("\n")) == (1, "", 1)


def test_help_tells_the_language(duskreel: Command) -> None:
    assert "length:30s..3m" in duskreel("search", "--help").out


@pytest.mark.usefixtures("two")
def test_a_search_can_be_kept_used_renamed_and_forgotten(duskreel: Command) -> None:
    assert "No saved searches" in duskreel("searches").out
    assert duskreel("searches", "--save", "Hard days", "mood:1..2 river").code == 0
    assert titles(duskreel, "search", "@hard days") == titles(duskreel, "list", "@Hard", "days") == ["By the river"]
    assert duskreel("searches", "--json").data == [{"name": "Hard days", "query": "mood:1..2 river"}]
    duskreel("searches", "--rename", "Hard days", "Low")
    assert duskreel("searches").out == "@Low  mood:1..2 river\n"
    duskreel("searches", "--remove", "low")
    assert duskreel("searches", "--json").data == []
    assert duskreel("searches", "--remove", "low").code == 1


def test_what_cannot_be_read_is_not_kept(duskreel: Command) -> None:
    said = duskreel("searches", "--save", "Odd", "colour:red")
    assert (said.code, said.err.count("\n")) == (1, 1)
    assert duskreel("searches", "--save", "a", "b", "--remove", "c").code == 2
