"""What people drop: each thing is taken as what it is."""

import json
import zipfile
from pathlib import Path

import pytest

from duskreel.library.arrivals.anything import offer_anything
from duskreel.library.arrivals.candidate import Offer

JOURNAL = {"entries": [{"creationDate": "2024-04-21T22:45:51Z", "text": "# Rain", "videos": [{"md5": "aa"}]}]}


@pytest.fixture
def footage(tmp_path: Path) -> Path:
    folder = tmp_path / "footage"
    folder.mkdir()
    return folder


def packed(file: Path, **files: str) -> Path:
    with zipfile.ZipFile(file, "w") as archive:
        for name, content in files.items():
            archive.writestr(name.replace("__", "/").replace("_dot_", "."), content)
    return file


def offered(tmp_path: Path, *sources: Path) -> Offer:
    return offer_anything(sources, tmp_path / "diary")


def test_everything_that_was_dropped_at_once_is_one_offer(tmp_path: Path, footage: Path) -> None:
    film = footage / "talk.mp4"
    film.write_bytes(b"film")
    archive = packed(tmp_path / "phone.zip", Straße__two_dot_mp4="film", readme_dot_txt="hello")
    offer = offered(tmp_path, footage, film, archive, tmp_path / "gone.mp4")
    assert [each.name for each in offer.candidates] == ["talk.mp4", "Straße/two.mp4", "gone.mp4"], "each film once"
    assert [each.member for each in offer.candidates] == [None, "Straße/two.mp4", None]
    assert offer.refused == ()


def test_day_ones_archive_is_known_by_its_journal(tmp_path: Path) -> None:
    archive = packed(tmp_path / "x.zip", Journal_dot_json=json.dumps(JOURNAL), videos__aa_dot_mp4="film")
    (candidate,) = offered(tmp_path, archive).candidates
    assert candidate.brought.title == "Rain"


def test_day_ones_archive_is_known_when_it_is_unpacked(tmp_path: Path, footage: Path) -> None:
    (footage / "videos").mkdir()
    (footage / "videos" / "aa.mp4").write_bytes(b"film")
    (footage / "Journal.json").write_text(json.dumps(JOURNAL))
    (candidate,) = offered(tmp_path, footage).candidates
    assert candidate.brought.title == "Rain"


def test_lists_of_other_programs_keep_no_film_out(tmp_path: Path, footage: Path) -> None:
    listed = json.dumps({"entries": [{"name": "talk"}]})
    (footage / "videos").mkdir()
    (footage / "videos" / "talk.mp4").write_bytes(b"film")
    (footage / "list.json").write_text(listed)
    archive = packed(tmp_path / "x.zip", list_dot_json=listed, talk_dot_mp4="film")
    assert [each.name for each in offered(tmp_path, footage, archive).candidates] == ["videos/talk.mp4", "talk.mp4"]


@pytest.mark.parametrize(
    ("files", "reason"),
    [
        ({"backup_dot_json": "{}", "entries__a__entry_dot_json": "{}"}, "is a backup of a diary"),
        ({"entries__a__entry_dot_json": "{}", "entries__a__clip_dot_mp4": "film"}, "Unpack it"),
        ({"readme_dot_txt": "hello"}, "an archive without videos"),
    ],
)
def test_an_archive_that_is_of_no_use_is_one_sentence(
    tmp_path: Path, footage: Path, files: dict[str, str], reason: str
) -> None:
    (footage / "talk.mp4").write_bytes(b"film")
    offer = offered(tmp_path, packed(tmp_path / "x.zip", **files), footage)
    assert reason in offer.refused[0].reason
    assert [each.name for each in offer.candidates] == ["talk.mp4"], "the rest comes in"


def test_half_an_archive_is_one_sentence(tmp_path: Path) -> None:
    archive = packed(tmp_path / "x.zip", talk_dot_mp4="film" * 1000)
    archive.write_bytes(archive.read_bytes()[:2000])
    assert offered(tmp_path, archive).refused[0].reason == (
        "“x.zip” is not a ZIP archive, or it is damaged. Export it again."
    )


def test_an_empty_folder_is_one_sentence(tmp_path: Path, footage: Path) -> None:
    assert "a folder without videos" in offered(tmp_path, footage).refused[0].reason
