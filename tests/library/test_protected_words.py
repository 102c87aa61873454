"""Words that are not to be shared, in protected.json."""

import json
import os
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from duskreel.errors import DiaryError
from duskreel.library.backup.kept import kept_files
from duskreel.library.diary import Diary
from duskreel.library.protected_words import FILE, LONGEST, MOST_FORMS, load, protect, unprotect
from duskreel.library.values import DiaryLocation

NOW = datetime(2026, 11, 23, 18, tzinfo=UTC)
LATER = NOW + timedelta(minutes=1)


def texts(folder: Path) -> list[str]:
    return [word.text for word in load(folder)]


def stored(folder: Path, *items: object, name: str = FILE, **more: object) -> Path:
    """A protected.json, or a second version of it."""
    path = folder / name
    path.write_text(json.dumps({"format": 1, "words": items, **more}), encoding="utf-8")
    return path


def content(folder: Path) -> dict[str, object]:
    read: dict[str, object] = json.loads((folder / FILE).read_text(encoding="utf-8"))
    return read


def test_a_protected_word_comes_back_with_its_kind_and_forms(tmp_path: Path) -> None:
    protect(tmp_path, "  Nordwind  AG ", NOW, kind="employer", also=["NW"])
    protect(tmp_path, "Kaitlyn", NOW)
    kaitlyn, nordwind = load(tmp_path)
    assert (nordwind.text, nordwind.kind, nordwind.also) == ("Nordwind AG", "employer", ("NW",))
    assert (kaitlyn.text, kaitlyn.kind, kaitlyn.also) == ("Kaitlyn", "other", ())


def test_protecting_again_adds_forms_and_changes_the_kind_only_if_told(tmp_path: Path) -> None:
    protect(tmp_path, "Jürgen", NOW, kind="colleague", also=["Jogi"])
    protect(tmp_path, "jurgen", LATER, also=["Jay"])
    (word,) = load(tmp_path)
    assert (word.kind, word.also, word.changed_at) == ("colleague", ("Jay", "Jogi"), LATER)
    protect(tmp_path, "Jürgen", LATER, kind="client")
    assert [word.kind for word in load(tmp_path)] == ["client"]


def test_a_word_taken_off_the_list_is_gone_and_can_come_back_without_its_old_forms(tmp_path: Path) -> None:
    protect(tmp_path, "Nordwind", NOW, kind="employer", also=["NW"])
    assert unprotect(tmp_path, "NORDWIND", LATER).also == ("NW",)
    assert load(tmp_path) == ()
    with pytest.raises(DiaryError, match="not a protected word"):
        unprotect(tmp_path, "Nordwind", LATER)
    protect(tmp_path, "Nordwind", LATER)
    assert [(word.kind, word.also) for word in load(tmp_path)] == [("other", ())]


@pytest.mark.parametrize(
    ("text", "says"), [("", "no word"), ("  ", "no word"), ("N", "one letter"), ("a.", "one letter"), ("--", "say")]
)
def test_what_could_not_be_looked_for_is_refused(tmp_path: Path, text: str, says: str) -> None:
    with pytest.raises(DiaryError, match=says):
        protect(tmp_path, text, NOW)
    with pytest.raises(DiaryError, match=says):
        protect(tmp_path, "Nordwind", NOW, also=[text])
    assert not (tmp_path / FILE).exists()


def test_a_word_that_is_too_long_or_has_too_many_forms_is_refused(tmp_path: Path) -> None:
    with pytest.raises(DiaryError, match="longer"):
        protect(tmp_path, "x" * (LONGEST + 1), NOW)
    with pytest.raises(DiaryError, match="forms"):
        protect(tmp_path, "Nordwind", NOW, also=[f"form {n}" for n in range(MOST_FORMS + 1)])
    assert protect(tmp_path, "x" * LONGEST, NOW).text == "x" * LONGEST


def test_what_a_newer_program_added_stays(tmp_path: Path) -> None:
    stored(tmp_path, {"text": "Nordwind", "kind": "rival", "colour": "red"}, {"strange": 1}, seen=True)
    assert [word.kind for word in load(tmp_path)] == ["other"]
    protect(tmp_path, "Kaitlyn", NOW)
    read = content(tmp_path)
    assert read["seen"] is True
    assert isinstance(read["words"], list)
    assert {"text": "Nordwind", "kind": "rival", "also": [], "colour": "red"} in read["words"]
    assert {"strange": 1} in read["words"]
    protect(tmp_path, "Nordwind", NOW, kind="employer")
    assert [word.kind for word in load(tmp_path) if word.text == "Nordwind"] == ["employer"]


def test_a_newer_programs_file_is_not_changed(tmp_path: Path) -> None:
    path = stored(tmp_path, {"text": "Nordwind"}, format=2)
    before = path.read_bytes()
    with pytest.raises(DiaryError, match="newer"):
        protect(tmp_path, "Kaitlyn", NOW)
    assert path.read_bytes() == before
    assert texts(tmp_path) == ["Nordwind"]


@pytest.mark.parametrize("broken", [b"{", b"[]", b'{"words": 3}', b"\xff\xfe", b"[" * 100_000])
def test_a_broken_file_is_kept_aside_and_begun_anew(tmp_path: Path, broken: bytes) -> None:
    (tmp_path / FILE).write_bytes(broken)
    assert load(tmp_path) == ()
    protect(tmp_path, "Nordwind", NOW)
    assert texts(tmp_path) == ["Nordwind"]
    assert (tmp_path / f"{FILE}.broken").read_bytes() == broken


@pytest.mark.parametrize(
    "item", [3, {}, {"text": 3}, {"text": "  "}, {"text": "N"}, {"text": None}, {"text": "x" * (LONGEST + 1)}]
)
def test_what_cannot_be_understood_is_passed_over(tmp_path: Path, item: object) -> None:
    stored(tmp_path, item, {"text": "Nordwind", "also": [3, "", "NW"], "changed_at": "soon"})
    assert [(word.text, word.also) for word in load(tmp_path)] == [("Nordwind", ("NW",))]


def test_what_two_computers_wrote_is_united_and_a_removed_word_stays_removed(tmp_path: Path) -> None:
    old, new = NOW.isoformat(), LATER.isoformat()
    stored(
        tmp_path,
        {"text": "Nordwind", "kind": "employer", "changed_at": old},
        {"text": "Kaitlyn", "changed_at": new, "removed": True},
    )
    copy = stored(
        tmp_path,
        {"text": "nordwind", "kind": "client", "changed_at": new},
        {"text": "Kaitlyn", "changed_at": old},
        {"text": "Halcyon", "changed_at": old},
        name="protected.sync-conflict-20261123-180000-ABCDEFG.json",
    )
    assert [(word.text, word.kind) for word in load(tmp_path)] == [("Halcyon", "other"), ("nordwind", "client")]
    protect(tmp_path, "Tobias", LATER)
    assert not copy.exists()
    assert texts(tmp_path) == ["Halcyon", "nordwind", "Tobias"]


def test_a_copy_with_something_strange_in_it_is_not_thrown_away(tmp_path: Path) -> None:
    copy = stored(tmp_path, {"text": "Halcyon"}, {"strange": 1}, name="protected (1).json")
    protect(tmp_path, "Nordwind", NOW)
    assert copy.exists()
    assert texts(tmp_path) == ["Halcyon", "Nordwind"]


@pytest.mark.skipif(os.name == "nt", reason="Windows has other rights")
def test_only_its_owner_may_read_the_list(tmp_path: Path) -> None:
    protect(tmp_path, "Nordwind", NOW)
    assert (tmp_path / FILE).stat().st_mode & 0o077 == 0


def test_the_diary_keeps_the_list_in_its_folder_and_a_backup_takes_it_along(tmp_path: Path) -> None:
    location = DiaryLocation(folder=tmp_path / "diary", state=tmp_path / "state")
    with Diary.open(location) as diary:
        diary.protect("Nordwind", "employer", ["NW"])
        diary.protect("Kaitlyn")
        assert diary.unprotect("kaitlyn").text == "Kaitlyn"
        assert [(word.text, word.kind) for word in diary.protected_words()] == [("Nordwind", "employer")]
        assert diary.problems() == []
    assert FILE in kept_files(location.folder)
    with Diary.open(location) as diary:
        assert [word.also for word in diary.protected_words()] == [("NW",)]
        assert diary.notices == []
