"""The series that are shipped, and the user's own."""

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from duskreel.errors import DiaryError
from duskreel.library.diary import Diary, DiaryLocation
from duskreel.memories import series_file
from duskreel.memories.series import MOST_DAYS, Series
from duskreel.memories.series_file import add, change, known, overview, shipped

NOW, LATER = datetime(2026, 11, 23, 18, tzinfo=UTC), datetime(2026, 11, 24, 18, tzinfo=UTC)
MORNINGS = Series("", "Ten mornings", "Early ones", 10, (("How did you wake?", "What first?"), ("And now?",)))
GOOD = "a-week-of-small-good-things"


@pytest.fixture
def diary(tmp_path: Path) -> Iterator[Diary]:
    with Diary.open(DiaryLocation(tmp_path / "diary", tmp_path / "state")) as opened:
        yield opened


def own(diary: Diary) -> list[Series]:
    return [series for series in known(diary.location.folder) if series.is_own]


def written(diary: Diary) -> Any:
    return json.loads((diary.location.folder / series_file.FILE).read_text(encoding="utf-8"))


def write(diary: Diary, name: str, *items: object, **others: object) -> Path:
    path = diary.location.folder / name
    path.write_text(json.dumps({"format": 1, **others, "series": items}), encoding="utf-8")
    return path


def test_shipped_series_have_questions_for_every_day_and_days_that_end_ahead() -> None:
    found = {series.id: series for series in shipped()}
    assert len(found) == 4
    for series in found.values():
        assert series.days == len(series.prompts)
        assert series.description
        assert not series.is_own
    layoff = found["five-days-after-a-layoff"]
    assert layoff.days == 5
    assert {2 <= len(questions) <= 4 for questions in layoff.prompts} == {True}


def test_shipped_questions_are_short_enough_to_be_read_at_a_glance_and_all_differ() -> None:
    for series in shipped():
        questions = [one for day in series.prompts for one in day]
        assert max(map(len, questions)) <= 70
        assert len(set(questions)) == len(questions)


def test_good_things_are_told_and_not_taken_apart() -> None:
    (good,) = (series for series in shipped() if series.id == GOOD)
    text = " ".join(one.lower() for day in good.prompts for one in day)
    assert not [word for word in ("why", "reason", "because") if word in text]


def test_a_series_of_ones_own_survives_its_file(diary: Diary) -> None:
    made = add(diary, MORNINGS, NOW)
    assert own(diary) == [made] == [replace(MORNINGS, id="ten-mornings")]
    assert [series.name for series, _ in overview(diary)][-1] == "Ten mornings"


def test_a_name_is_given_once_in_whatever_case(diary: Diary) -> None:
    add(diary, MORNINGS, NOW)
    for name in ("TEN MORNINGS", "Five days after a layoff"):
        with pytest.raises(DiaryError, match="already"):
            add(diary, Series("", name), NOW)


@pytest.mark.parametrize(("name", "series_id"), [("Größe & Mut!", "größe-mut"), ("三日", "三日"), ("!?", "series")])
def test_an_id_can_be_read(diary: Diary, name: str, series_id: str) -> None:
    assert add(diary, Series("", name), NOW).id == series_id


def test_a_removed_series_keeps_its_name_and_leaves_its_id_to_its_entries(diary: Diary) -> None:
    made = add(diary, MORNINGS, NOW)
    change(diary, replace(made, is_removed=True), LATER)
    assert own(diary) == [replace(made, is_removed=True)]
    assert add(diary, MORNINGS, LATER).id == "ten-mornings-2"


def test_a_shipped_series_stays_as_it_is(diary: Diary) -> None:
    with pytest.raises(DiaryError, match="comes with Duskreel"):
        change(diary, replace(shipped()[0], is_removed=True), NOW)
    assert not (diary.location.folder / series_file.FILE).exists()


def test_a_series_cannot_take_anothers_name(diary: Diary) -> None:
    add(diary, MORNINGS, NOW)
    other = add(diary, Series("", "Evenings"), NOW)
    with pytest.raises(DiaryError, match="already"):
        change(diary, replace(other, name="ten mornings"), LATER)


def test_two_machines_write_and_both_are_kept(diary: Diary) -> None:
    made = add(diary, MORNINGS, NOW)
    item = written(diary)["series"][0]
    theirs = {**item, "name": "Nine mornings", "changed_at": LATER.isoformat()}
    copy = write(
        diary, "series.sync-conflict-20261124-180000-ABCDEFG.json", theirs, {"id": "new", "name": "Made elsewhere"}
    )
    assert [series.name for series in own(diary)] == ["Nine mornings", "Made elsewhere"]
    change(diary, replace(made, description="Mine is newer now"), NOW)
    assert [(series.name, series.description) for series in own(diary)] == [
        ("Ten mornings", "Mine is newer now"), ("Made elsewhere", ""),
    ]  # fmt: skip
    assert not copy.exists()


def test_a_removal_outdoes_an_older_copy(diary: Diary) -> None:
    made = add(diary, MORNINGS, NOW)
    write(diary, "series (conflicted copy 2026).json", *written(diary)["series"])
    change(diary, replace(made, is_removed=True), LATER)
    assert [series.is_removed for series in own(diary)] == [True]


def test_a_file_that_only_looks_like_a_copy_is_left_alone(diary: Diary) -> None:
    mine = diary.location.folder / "series-ideas.json"
    mine.write_text('{"series": "none yet"}', encoding="utf-8")
    add(diary, MORNINGS, NOW)
    assert mine.exists()


def test_what_a_newer_version_adds_is_kept(diary: Diary) -> None:
    write(diary, "series.json", {"id": "x", "name": "X", "colour": "red"}, {"note": "no id"}, 5, weather="fine")
    (found,) = own(diary)
    change(diary, replace(found, days=3), NOW)
    data = written(diary)
    assert data["weather"] == "fine"
    assert data["series"][0]["colour"] == "red"
    assert data["series"][1:] == [{"note": "no id"}, 5]


@pytest.mark.parametrize("content", [b"", b"{", b"[]", b"\xff\xfe", b'{"series": 5}', b"[" * 100_000])
def test_a_broken_file_is_no_series_and_is_kept_aside_when_one_is_made(diary: Diary, content: bytes) -> None:
    path = diary.location.folder / series_file.FILE
    path.write_bytes(content)
    assert own(diary) == []
    add(diary, MORNINGS, NOW)
    assert [series.name for series in own(diary)] == ["Ten mornings"]
    if content != b'{"series": 5}':
        assert path.with_name("series.json.broken").read_bytes() == content


@pytest.mark.parametrize(
    "item",
    [
        {"name": "No id"}, {"id": "x"}, {"id": "x", "name": " "}, {"id": 5, "name": "X"},
        {"id": "x", "name": "X", "days": 0}, {"id": "x", "name": "X", "days": MOST_DAYS + 1},
        {"id": "x", "name": "X", "days": "3"}, {"id": GOOD, "name": "Not mine to replace"}, None, [], "x",
    ],
)  # fmt: skip
def test_nonsense_in_the_file_is_passed_over(diary: Diary, item: object) -> None:
    write(diary, "series.json", item, {"id": "good", "name": "Good", "prompts": ["a", 5, ["b", None], [], {}]})
    (found,) = own(diary)
    assert (found.id, found.prompts) == ("good", (("a",), ("b",)))


def test_a_newer_programs_file_is_not_ours_to_change(diary: Diary) -> None:
    path = diary.location.folder / series_file.FILE
    path.write_text('{"format": 2, "series": [{"id": "x", "name": "X"}]}', encoding="utf-8")
    before = path.read_bytes()
    with pytest.raises(DiaryError, match="newer Duskreel"):
        add(diary, MORNINGS, NOW)
    assert path.read_bytes() == before
