"""The diary as plain files: complete, checked, readable, and safe whatever was written in it."""

import csv
import io
import os
import shutil
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from html.parser import HTMLParser
from pathlib import Path
from typing import NamedTuple
from urllib.parse import unquote

import pytest

from clips import make_clip
from duskreel.errors import Cancelled, DiaryError
from duskreel.library.diary import Diary
from duskreel.library.entry import Entry, Mood, Segment, Transcript, Word
from duskreel.library.values import Details, DiaryLocation
from duskreel.memories import plain_copy
from duskreel.memories.plain_copy import PlainCopy, PlainCopyRequest, write_plain_copy
from duskreel.progress import CancelToken, unheard

NEVER = CancelToken()
NAMES = ("awful", "bad", "okay", "<good>", "great")
MOMENT = datetime(2026, 11, 23, 18, 4, 12, tzinfo=UTC)
NASTY = '</title><script>alert("1")</script> \' & יום קשה \u202egnp.exe 👨\u200d👩\u200d👧 a/b: c? '
VOID = {"meta", "link", "img", "br"}


class Page(HTMLParser):
    """What a browser would make of a page; fails where a tag is not closed."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.text = ""
        self.feed(html)
        self.close()
        assert self.open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.text += data

    def all(self, tag: str) -> list[dict[str, str | None]]:
        return [attributes for name, attributes in self.tags if name == tag]


class Lib(NamedTuple):
    """A diary with three entries."""

    location: DiaryLocation
    entries: tuple[Entry, ...]


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Lib:
    """Never change it."""
    root = tmp_path_factory.mktemp("kept")
    location = DiaryLocation(root / "diary", root / "state")
    with Diary.open(location) as diary:
        entries = []
        for number, title in enumerate(("A day", "x" * 500, NASTY)):
            clip = make_clip(root / f"{number}.mp4", duration_s=0.6 + number / 10)
            moment = MOMENT - timedelta(days=200 * number)
            entry = diary.import_clip(clip, Details(title, recorded_at=moment), progress=unheard, token=NEVER)
            entries.append(entry)
        nasty = replace(
            entries[2],
            note="<img src=x onerror=y>\n=1+1",
            mood=Mood.GOOD,
            feelings=("<b>",),
            tags=("a&b",),
            starred=True,
        )
        entries[2] = diary.update(nasty)
        words = (Word("So", 0, 200, 0.9), Word("<i>it", 200, 400, 0.9), Word("wass.", 400, 600, 0.3, "was."))
        transcript = Transcript("base", "en", 0.9, MOMENT, (Segment(0, 600, words),))
        diary.save_transcript(entries[2], transcript)
    return Lib(location, tuple(entries))


@pytest.fixture
def own(kept: Lib, tmp_path: Path) -> Lib:
    """A copy to break."""
    location = DiaryLocation(tmp_path / "diary", tmp_path / "state")
    shutil.copytree(kept.location.folder, location.folder)
    return Lib(location, kept.entries)


@pytest.fixture
def copied(tmp_path: Path) -> Iterator[Callable[..., PlainCopy]]:
    def copied(of: Lib, token: CancelToken = NEVER, **options: object) -> PlainCopy:
        colours = ("", "", "", "#123456", "red;}")
        request = PlainCopyRequest(of.location, tmp_path / "out" / "copy", NAMES, colours, **options)  # type: ignore[arg-type]
        return write_plain_copy(request, progress=unheard, token=token)

    (tmp_path / "out").mkdir()
    yield copied
    assert [path.name for path in (tmp_path / "out").iterdir() if "partial" in path.name] == []


def page_of(made: PlainCopy, name: str = "index.html") -> Page:
    return Page((made.folder / name).read_text(encoding="utf-8"))


def test_everything_is_there_and_every_link_leads_to_it(kept: Lib, copied: Callable[..., PlainCopy]) -> None:
    made = copied(kept)
    page = page_of(made)
    assert (made.entries, made.clips, made.missing) == (3, 3, ())
    videos = page.all("video")
    assert len(videos) == 3
    originals = {(kept.location.folder / entry.clip_path).read_bytes() for entry in kept.entries}
    assert {(made.folder / unquote(video["src"] or "")).read_bytes() for video in videos} == originals
    for video in videos:
        assert (made.folder / unquote(video["poster"] or "")).read_bytes()[:2] == b"\xff\xd8"
        assert video["preload"] == "none"
        assert "controls" in video
    folder = (made.folder / unquote(videos[2]["src"] or "")).parent
    assert sorted(path.name for path in folder.iterdir()) == [
        *("clip.mp4", "entry.json", "poster.jpg", "transcript.json", "words.srt", "words.txt")
    ]
    assert (folder / "words.txt").read_text(encoding="utf-8") == "So <i>it was.\n"
    assert "--> " in (folder / "words.srt").read_text(encoding="utf-8")
    assert {path.name for path in made.folder.iterdir()} == {"index.html", "moods.csv", "README.txt", "entries"}


def test_nothing_that_was_written_is_more_than_text(kept: Lib, copied: Callable[..., PlainCopy]) -> None:
    page = page_of(copied(kept))
    assert {"script", "img", "b", "i", "link"}.isdisjoint(tag for tag, _ in page.tags)
    for text in (
        '<script>alert("1")</script>',
        "<img src=x onerror=y>\n=1+1",
        "So <i>it was.",
        "<good>",
        "a&b",
        "x" * 500,
    ):
        assert text in page.text
    assert "red;}" not in page.text
    assert "--mood-4: #123456" in page.text
    for tag, attributes in page.tags:
        for key, value in attributes.items():
            assert not key.startswith("on")
            if key in ("src", "href", "poster"):
                assert value is not None
                assert not value.startswith(("http:", "https:", "//", "javascript:", "data:")), tag


def test_headings_lead_from_year_to_month_to_entry(kept: Lib, copied: Callable[..., PlainCopy]) -> None:
    page = page_of(copied(kept))
    headings = [tag for tag, _ in page.tags if tag in ("h1", "h2", "h3", "h4")]
    assert headings == ["h1", "h2", "h3", "h4", "h3", "h4", "h2", "h3", "h4"]
    ids = [attributes["id"] for _, attributes in page.tags if "id" in attributes]
    assert len(ids) == len(set(ids))
    assert {link["href"] for link in page.all("a")} >= {"#month-2026-11", "#month-2026-05", "#month-2025-10"}
    assert {article["aria-labelledby"] for article in page.all("article")} <= set(ids)
    assert page.all("html")[0]["lang"] == "en"
    assert "prefers-color-scheme: dark" in page.text


def test_names_of_folders_suit_every_system(kept: Lib, copied: Callable[..., PlainCopy]) -> None:
    names = [path.name for path in (copied(kept).folder / "entries").iterdir()]
    for name in names:
        assert not set(name) & set('<>:"/\\|?*\u202e')
        assert name == name.rstrip(" .")
        assert len(name.encode()) <= 140
    assert any("👨\u200d👩\u200d👧" in name for name in names)


def test_the_table_is_for_spreadsheets_and_holds_no_formula(own: Lib, copied: Callable[..., PlainCopy]) -> None:
    with Diary.open(own.location) as diary:
        diary.amend(own.entries[0].id, lambda entry: replace(entry, title='=HYPERLINK("x")'))
    text = (copied(own).folder / "moods.csv").read_text(encoding="utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(text)))
    assert [row["mood"] for row in rows] == ["4", "", ""]
    assert (rows[0]["mood name"], rows[0]["tags"], rows[0]["starred"]) == ("<good>", "a&b", "yes")
    assert (rows[2]["date"], rows[2]["time"], rows[2]["offset"]) == ("2026-11-23", "18:04:12", "+00:00")
    assert rows[2]["title"] == '\'=HYPERLINK("x")'


def test_what_was_marked_as_not_for_sharing_says_so(own: Lib, copied: Callable[..., PlainCopy]) -> None:
    with Diary.open(own.location) as diary:
        diary.amend(own.entries[0].id, lambda entry: replace(entry, marks=(400, 65_000)))
    text = (copied(own).folder / "index.html").read_text(encoding="utf-8")
    assert text.count("<dt>Marked</dt><dd>not for sharing, at 0:00, 1:05</dd>") == text.count("<dt>Marked") == 1


def test_a_missing_clip_is_told_and_the_rest_goes_on(own: Lib, copied: Callable[..., PlainCopy]) -> None:
    (own.location.folder / own.entries[0].clip_path).unlink()
    made = copied(own)
    assert (made.entries, made.clips, len(made.missing)) == (3, 2, 1)
    assert own.entries[0].clip_path in made.missing[0]
    page = page_of(made)
    assert len(page.all("video")) == 2
    assert "was missing when this copy was made" in page.text


def test_a_clip_that_changed_on_the_disk_is_told(own: Lib, copied: Callable[..., PlainCopy]) -> None:
    clip = own.location.folder / own.entries[0].clip_path
    content = bytearray(clip.read_bytes())
    content[-1] ^= 0xFF
    clip.write_bytes(content)
    made = copied(own)
    assert (made.clips, len(made.missing)) == (3, 1)
    assert "is not what was imported" in made.missing[0]


def test_links_take_no_room(own: Lib, copied: Callable[..., PlainCopy]) -> None:
    made = copied(own, links=True)
    assert made.linked == 3
    inodes = {(own.location.folder / entry.clip_path).stat().st_ino for entry in own.entries}
    assert {path.stat().st_ino for path in made.folder.rglob("clip.mp4")} == inodes


def test_where_there_are_no_links_clips_are_copied(
    own: Lib, copied: Callable[..., PlainCopy], monkeypatch: pytest.MonkeyPatch
) -> None:
    def no_links(*_: object) -> None:
        raise OSError(95, "Operation not supported")

    monkeypatch.setattr(os, "link", no_links)
    made = copied(own, links=True)
    assert (made.linked, made.clips) == (0, 3)


def test_only_the_days_that_were_asked_for(kept: Lib, copied: Callable[..., PlainCopy]) -> None:
    made = copied(kept, first_day=date(2026, 11, 1), last_day=date(2026, 11, 30))
    assert made.entries == 1


def test_years_have_pages_of_their_own(kept: Lib, copied: Callable[..., PlainCopy]) -> None:
    made = copied(kept, by_year=True)
    links = {str(link["href"]) for link in page_of(made).all("a")}
    assert links == {
        *("2026.html", "2025.html", "2026.html#month-2026-11", "2026.html#month-2026-05"),
        "2025.html#month-2025-10",
    }
    assert len(page_of(made, "2026.html").all("video")) == 2
    assert "index.html" in {link["href"] for link in page_of(made, "2025.html").all("a")}


def test_a_large_diary_is_divided_by_itself(
    kept: Lib, copied: Callable[..., PlainCopy], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(plain_copy, "MOST_ON_A_PAGE", 2)
    assert (copied(kept).folder / "2025.html").is_file()


@pytest.mark.parametrize("after", [0, 1, 4, 7])
def test_a_cancelled_copy_leaves_nothing(
    kept: Lib, copied: Callable[..., PlainCopy], tmp_path: Path, after: int
) -> None:
    answers = iter([False] * after + [True] * 100)
    with pytest.raises(Cancelled):
        copied(kept, CancelToken(lambda: next(answers)))
    assert list((tmp_path / "out").iterdir()) == []


def test_what_is_in_a_folder_already_stays(kept: Lib, copied: Callable[..., PlainCopy], tmp_path: Path) -> None:
    (tmp_path / "out" / "copy").mkdir()
    (tmp_path / "out" / "copy" / "mine.txt").write_text("mine", encoding="utf-8")
    with pytest.raises(DiaryError, match="not an empty folder"):
        copied(kept)
    assert [path.name for path in (tmp_path / "out" / "copy").iterdir()] == ["mine.txt"]


def test_an_empty_folder_is_used(kept: Lib, copied: Callable[..., PlainCopy], tmp_path: Path) -> None:
    (tmp_path / "out" / "copy").mkdir()
    assert copied(kept).entries == 3


def test_a_full_disk_is_told_before_anything_is_written(
    kept: Lib, copied: Callable[..., PlainCopy], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    usage = shutil.disk_usage(tmp_path)
    monkeypatch.setattr(shutil, "disk_usage", lambda _: usage._replace(free=1 << 20))
    with pytest.raises(DiaryError, match="1 MB are free"):
        copied(kept)
    assert list((tmp_path / "out").iterdir()) == []


def test_a_disk_that_fills_up_leaves_nothing(
    kept: Lib, copied: Callable[..., PlainCopy], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    def full(path: Path, content: bytes) -> None:
        path.write_bytes(content[:10])
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(plain_copy, "_write", full)
    with pytest.raises(DiaryError, match="No space left"):
        copied(kept)
    assert list((tmp_path / "out").iterdir()) == []


def test_a_copy_inside_the_diary_is_refused(kept: Lib) -> None:
    request = PlainCopyRequest(kept.location, kept.location.folder / "copy", NAMES, ("",) * 5)
    with pytest.raises(DiaryError, match="lost with it"):
        write_plain_copy(request, progress=unheard, token=NEVER)


def test_nothing_to_export_is_said(kept: Lib, copied: Callable[..., PlainCopy]) -> None:
    with pytest.raises(DiaryError, match="no entries"):
        copied(kept, last_day=date(1999, 1, 1))
