from datetime import date

import pytest

from duskreel.errors import DiaryError
from duskreel.library.finding import choose
from duskreel.library.index import Reference

KNOWN = [
    Reference("01JDB3", date(2026, 11, 24), ""),
    Reference("01JDA2", date(2026, 11, 23), "Monday"),
    Reference("01JDA1", date(2026, 11, 23), ""),
    Reference("01JDA", date(2026, 11, 20), ""),
]


@pytest.mark.parametrize(
    ("reference", "meant"),
    [
        ("01JDB3", "01JDB3"),
        ("01jdb", "01JDB3"),
        (" 01JDA2 ", "01JDA2"),
        ("latest", "01JDB3"),
        ("LATEST", "01JDB3"),
        ("2026-11-24", "01JDB3"),
        ("01JDA", "01JDA"),
    ],
)
def test_an_entry_is_meant_by(reference: str, meant: str) -> None:
    assert choose(reference, KNOWN) == meant


@pytest.mark.parametrize("reference", ["2026-11-23", "01J", "0"])
def test_several_are_named(reference: str) -> None:
    with pytest.raises(DiaryError) as caught:
        choose(reference, KNOWN)
    assert "01JDA1" in caught.value.what_happened
    assert "Monday" in caught.value.what_happened


@pytest.mark.parametrize("reference", ["", " ", "ZZZ", "2026-01-01", "2026-13-45", "%", "01JDA1X"])
def test_what_is_not_there_is_said(reference: str) -> None:
    with pytest.raises(DiaryError, match="There is no entry"):
        choose(reference, KNOWN)


def test_an_empty_diary_says_so() -> None:
    with pytest.raises(DiaryError, match="no entry yet"):
        choose("latest", [])


def test_many_candidates_are_counted() -> None:
    many = [Reference(f"01{number:03}", date(2026, 1, 1), "") for number in range(9)]
    with pytest.raises(DiaryError, match="and 4 more"):
        choose("01", many)
