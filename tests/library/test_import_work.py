"""A clip that comes in as a job of another process."""

import pickle
from pathlib import Path

import pytest

from clips import make_clip
from duskreel.errors import Cancelled
from duskreel.library.diary import Diary
from duskreel.library.entry import Mood
from duskreel.library.import_work import ImportRequest, import_file
from duskreel.library.values import Details, DiaryLocation
from duskreel.progress import CancelToken, unheard


@pytest.fixture
def location(tmp_path: Path) -> DiaryLocation:
    return DiaryLocation(tmp_path / "diary", tmp_path / "state")


@pytest.fixture
def clip(tmp_path: Path) -> Path:
    return make_clip(tmp_path / "talk.mp4", duration_s=0.6)


def test_it_comes_in_with_what_is_said_about_it(location: DiaryLocation, clip: Path) -> None:
    request = ImportRequest(location, clip, Details(title="Monday", mood=Mood.GOOD))
    stages: list[str] = []
    entry = import_file(
        pickle.loads(pickle.dumps(request)),  # noqa: S301 - as it travels to the other process
        progress=lambda stage, _: stages.append(stage),
        token=CancelToken(),
    )
    assert stages
    with Diary.open(location) as diary:
        assert diary.find(entry.id) == entry
    assert (entry.title, entry.mood, entry.source) == ("Monday", Mood.GOOD, "import")
    assert pickle.loads(pickle.dumps(entry)) == entry  # noqa: S301 - and back


def test_a_cancelled_import_leaves_nothing(location: DiaryLocation, clip: Path) -> None:
    with pytest.raises(Cancelled):
        import_file(ImportRequest(location, clip), progress=unheard, token=CancelToken(lambda: True))
    with Diary.open(location) as diary:
        assert diary.entries() == []
    assert list(location.folder.glob("incoming/*")) == []
    assert clip.is_file()
