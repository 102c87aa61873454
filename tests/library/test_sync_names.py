"""Names that sync programs give, told from names that people give."""

import pytest

from duskreel.library.sync_names import copies, is_copy, is_copy_of, is_half

ENTRY_COPIES = [
    pytest.param("entry.sync-conflict-20261123-180412-ABCDEFG.json", id="Syncthing"),
    pytest.param("entry (conflicted copy 2026-11-23 180412).json", id="Nextcloud"),
    pytest.param("entry_conflict-20261123-180412.json", id="ownCloud"),
    pytest.param("entry (Anna's conflicted copy 2026-11-23).json", id="Dropbox"),
    pytest.param("entry-LAPTOP-7Q2.json", id="OneDrive"),
    pytest.param("entry 2.json", id="iCloud Drive"),
    pytest.param("entry (1).json", id="Google Drive"),
    pytest.param("entry.SYNC-CONFLICT-20261123-180412-ABCDEFG.json", id="shouted"),
]


@pytest.mark.parametrize("name", ENTRY_COPIES)
def test_every_program_is_known_by_the_names_that_it_gives(name: str) -> None:
    assert is_copy_of(name, "entry.json")
    assert is_copy_of(name.replace("entry", "transcript", 1), "transcript.json")
    assert not is_copy_of(name, "transcript.json")


@pytest.mark.parametrize(
    "name",
    [
        "entry.json",
        "entry.json.broken",
        "entry.json.broken2",
        ".entry.json.duskreel-tmp",
        "entry.txt",
        "entry2.json",
        "entries.json",
        "my entry 2.json",
        "entry.9f86d081.json",
    ],
)
def test_other_files_beside_it_are_no_copies(name: str) -> None:
    assert not is_copy_of(name, "entry.json")


def test_copies_come_in_order_and_without_the_first_one() -> None:
    names = ["entry 3.json", "clip.mp4", "entry.json", "entry 2.json"]
    assert copies(names, "entry.json") == ["entry 2.json", "entry 3.json"]


@pytest.mark.parametrize(
    ("name", "is_one"),
    [
        ("clip.sync-conflict-20261123-180412-ABCDEFG.mp4", True),
        ("clip (conflicted copy 2026-11-23 180412).mp4", True),
        ("clip_conflict-20261123-180412.mp4", True),
        ("clip 2.mp4", False),
        ("clip (1).mp4", False),
        ("clip-LAPTOP.mp4", False),
        ("conflict at work.mp4", False),
        ("talk (with conflict.mp4", False),
    ],
)
def test_without_the_first_name_only_what_nobody_would_write_is_a_copy(name: str, is_one: bool) -> None:
    assert is_copy(name) is is_one


@pytest.mark.parametrize(
    ("name", "is_one"),
    [
        (".syncthing.clip.mp4.tmp", True),
        ("~syncthing~clip.mp4.tmp", True),
        (".~clip.mp4", True),
        ("._sync_1a2b.db-clip.mp4", True),
        ("clip.mp4.part", True),
        ("clip.mp4.crdownload", True),
        ("Clip.MP4.!sync", True),
        ("clip.mp4", False),
        ("part.mp4", False),
        (".stfolder", False),
        ("Thumbs.db", False),
        (".DS_Store", False),
    ],
)
def test_half_brought_files_are_known(name: str, is_one: bool) -> None:
    assert is_half(name) is is_one
