"""Day One's export, as converters describe it."""

import json
import zipfile
from pathlib import Path
from typing import Any

import pytest

from duskreel.errors import DiaryError
from duskreel.library.arrivals import day_one
from duskreel.library.arrivals.candidate import Offer
from duskreel.library.arrivals.pile import open_pile

ONE_VIDEO = {
    "uuid": "959E7A13B3B649D681DC573DB7E07967",
    "creationDate": "2024-04-21T22:45:51Z",
    "timeZone": "America/New_York",
    "text": "# A walk\\!\n\nIt rained\\.\n![](dayone-moment:/video/6F9B)\n\n\n\nThen it *stopped*\\-",
    "tags": ["family", "rain"],
    "starred": True,
    "videos": [{"identifier": "6F9B", "md5": "aa", "type": "mov"}],
}


def exported(tmp_path: Path, *entries: dict[str, Any], files: tuple[str, ...] = (), home: str = "") -> Offer:
    file = tmp_path / "Export.zip"
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr(f"{home}Journal.json", json.dumps({"metadata": {"version": "1.0"}, "entries": list(entries)}))
        for name in files:
            archive.writestr(home + name, b"video")
    return day_one.offer(open_pile(file))


@pytest.mark.parametrize("home", ["", "Export/"])
def test_an_entry_with_a_video_is_offered_with_all_that_was_written(tmp_path: Path, home: str) -> None:
    (candidate,) = exported(tmp_path, ONE_VIDEO, files=("videos/aa.mov",), home=home).candidates
    brought = candidate.brought
    assert candidate.member == f"{home}videos/aa.mov"
    assert (brought.title, brought.note) == ("A walk!", "It rained.\n\nThen it *stopped*-")
    assert (brought.tags, brought.starred) == (("family", "rain"), True)
    assert brought.recorded_at is not None
    assert brought.recorded_at.isoformat() == "2024-04-21T18:45:51-04:00"


def test_several_videos_become_several(tmp_path: Path) -> None:
    videos = [{"md5": name, "type": "mp4"} for name in ("aa", "bb")]
    offer = exported(tmp_path, {**ONE_VIDEO, "videos": videos}, files=("videos/aa.mp4", "videos/bb.mp4"))
    assert [each.brought.title for each in offer.candidates] == ["A walk! (1 of 2)", "A walk! (2 of 2)"]


def test_what_is_left_out_is_counted(tmp_path: Path) -> None:
    text_only = {"creationDate": "2024-04-21T22:45:51Z", "text": "x", "photos": [{"md5": "p"}, {"md5": "q"}]}
    offer = exported(tmp_path, ONE_VIDEO, text_only, files=("videos/aa.mov", "photos/p.jpeg"))
    assert offer.notes == (
        "Left out, as they have no video: 1 entry.",
        "Left out, as an entry is one video: 2 photos.",
    )


def test_a_video_that_was_not_downloaded_is_named(tmp_path: Path) -> None:
    offer = exported(tmp_path, ONE_VIDEO)
    assert offer.candidates == ()
    assert "2024-04-21 is not in the export" in offer.refused[0].reason


def test_a_name_that_leads_elsewhere_is_only_a_missing_file(tmp_path: Path) -> None:
    offer = exported(tmp_path, {**ONE_VIDEO, "videos": [{"md5": "../../secret", "type": "mp4"}]})
    assert (offer.candidates, len(offer.refused)) == ((), 1)


@pytest.mark.parametrize(
    "damage",
    [
        {"creationDate": 3},
        {"timeZone": "Nowhere/Town"},
        {"timeZone": "../../etc/passwd"},
        {"tags": "x"},
        {"text": None},
    ],
)
def test_odd_values_lose_only_themselves(tmp_path: Path, damage: dict[str, Any]) -> None:
    offer = exported(tmp_path, {**ONE_VIDEO, **damage}, files=("videos/aa.mov",))
    assert len(offer.candidates) == 1


def test_an_archive_without_a_journal_is_refused(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "x.zip", "w") as archive:
        archive.writestr("settings.json", "[]")
        archive.writestr("broken.json", "{")
    with pytest.raises(DiaryError, match="no Day One journal"):
        day_one.offer(open_pile(tmp_path / "x.zip"))


def test_what_safari_unpacked_is_read_too(tmp_path: Path) -> None:
    (tmp_path / "videos").mkdir()
    (tmp_path / "videos" / "aa.mov").write_bytes(b"video")
    (tmp_path / "Journal.json").write_text(json.dumps({"entries": [ONE_VIDEO]}), encoding="utf-8")
    (candidate,) = day_one.offer(open_pile(tmp_path)).candidates
    assert (candidate.file, candidate.member) == (tmp_path / "videos" / "aa.mov", None)
