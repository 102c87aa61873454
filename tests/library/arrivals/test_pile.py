"""Archives that nobody has reason to trust."""

import os
import zipfile
from datetime import UTC, datetime
from pathlib import Path

import pytest

from duskreel.errors import Cancelled, DiaryError
from duskreel.library.arrivals.pile import at_hand, open_pile
from duskreel.library.diary import Diary
from duskreel.progress import CancelToken

NEVER = CancelToken()


def packed(tmp_path: Path, name: str, content: bytes, method: int = zipfile.ZIP_STORED) -> Path:
    file = tmp_path / "a.zip"
    with zipfile.ZipFile(file, "w", method) as archive:
        archive.writestr(name, content)
    return file


@pytest.mark.parametrize(
    "name", ["../../evil.mp4", "/evil.mp4", "a/../../evil.mp4", "C:\\evil.mp4", "\x1b[2J.mp4", "ü/日.mp4"]
)
def test_a_member_is_unpacked_inside_the_diary_whatever_its_name(diary: Diary, tmp_path: Path, name: str) -> None:
    pile = open_pile(packed(tmp_path, name, b"content"))
    (stored,) = pile.sizes_bytes
    with at_hand(diary, pile.candidate(stored), NEVER) as path:
        assert path.read_bytes() == b"content"
        assert path.parent.parent == diary.location.folder / "incoming"
        assert path.suffix == ".mp4"
    assert list((diary.location.folder / "incoming").iterdir()) == []
    assert list(tmp_path.rglob("*evil*")) == []


def test_a_bomb_is_refused_before_it_is_unpacked(diary: Diary, tmp_path: Path) -> None:
    pile = open_pile(packed(tmp_path, "big.mp4", bytes(50 << 20), zipfile.ZIP_DEFLATED))
    with pytest.raises(DiaryError, match="claims to be 50 MB"), at_hand(diary, pile.candidate("big.mp4"), NEVER):
        pass
    journal = open_pile(packed(tmp_path, "Journal.json", b" " * (50 << 20), zipfile.ZIP_DEFLATED))
    with pytest.raises(DiaryError, match="claims to be"):
        journal.read("Journal.json")


def test_a_damaged_member_is_one_sentence(diary: Diary, tmp_path: Path) -> None:
    file = packed(tmp_path, "a.mp4", os.urandom(100_000))
    content = bytearray(file.read_bytes())
    content[50_000] ^= 0xFF
    file.write_bytes(content)
    pile = open_pile(file)
    with pytest.raises(DiaryError, match=r"“a.mp4” is damaged"), at_hand(diary, pile.candidate("a.mp4"), NEVER):
        pass
    assert list((diary.location.folder / "incoming").iterdir()) == []


def test_a_password_is_told(diary: Diary, tmp_path: Path) -> None:
    file = packed(tmp_path, "a.mp4", b"content")
    content = bytearray(file.read_bytes())
    content[6] |= 1
    content[content.index(b"PK\x01\x02") + 8] |= 1
    file.write_bytes(content)
    pile = open_pile(file)
    with pytest.raises(DiaryError, match="password"), at_hand(diary, pile.candidate("a.mp4"), NEVER):
        pass


def test_cancelling_leaves_nothing(diary: Diary, tmp_path: Path) -> None:
    pile = open_pile(packed(tmp_path, "a.mp4", b"content"))
    stop = CancelToken(lambda: True)
    with pytest.raises(Cancelled), at_hand(diary, pile.candidate("a.mp4"), stop):
        pass
    assert list((diary.location.folder / "incoming").iterdir()) == []


def test_what_macos_adds_is_not_seen(tmp_path: Path) -> None:
    file = tmp_path / "a.zip"
    with zipfile.ZipFile(file, "w") as archive:
        for name in ("a.mp4", "__MACOSX/._a.mp4", ".DS_Store", "videos/"):
            archive.writestr(name, b"")
    assert list(open_pile(file).sizes_bytes) == ["a.mp4"]


def test_what_is_no_archive_is_refused(tmp_path: Path) -> None:
    (tmp_path / "a.zip").write_bytes(b"not a zip")
    with pytest.raises(DiaryError, match="not a ZIP archive"):
        open_pile(tmp_path / "a.zip")
    with pytest.raises(DiaryError, match="does not exist"):
        open_pile(tmp_path / "missing.zip")


def test_a_clip_keeps_the_day_that_the_archive_knows(diary: Diary, tmp_path: Path) -> None:
    file = tmp_path / "phone.zip"
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr(zipfile.ZipInfo("dated.mp4", (2024, 4, 21, 18, 4, 12)), b"film")
        archive.writestr(zipfile.ZipInfo("undated.mp4"), b"film")
    pile = open_pile(file)
    with at_hand(diary, pile.candidate("dated.mp4"), CancelToken()) as clip:
        assert datetime.fromtimestamp(clip.stat().st_mtime).astimezone().strftime("%F %T") == "2024-04-21 18:04:12"
    with at_hand(diary, pile.candidate("undated.mp4"), CancelToken()) as clip:
        assert clip.stat().st_mtime > datetime(2020, 1, 1, tzinfo=UTC).timestamp(), "no day is better than a wrong one"
