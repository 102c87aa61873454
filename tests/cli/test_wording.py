"""How entries read on the command line."""

from duskreel.cli.wording import visible


def test_control_characters_become_signs() -> None:
    assert visible("a\nb\x1b[31mred\x07\x7f\x9b") == "a␊b␛[31mred␇��"


def test_everything_else_stays() -> None:
    assert visible("день 😀\t“שלום” 100%d [bold]") == "день 😀\t“שלום” 100%d [bold]"
