"""Which size a camera is asked for, and how that is remembered."""

from pathlib import Path

import pytest

from duskreel.capture.modes import CameraMode, ModeMemory, modes_to_try

USUAL_WEBCAM = [
    CameraMode(640, 480, 30, "YUYV"),
    CameraMode(1280, 720, 10, "YUYV"),
    CameraMode(1920, 1080, 5, "YUYV"),
    CameraMode(640, 480, 30, "MJPG"),
    CameraMode(1280, 720, 30, "MJPG"),
    CameraMode(1920, 1080, 30, "MJPG"),
]


def test_full_hd_at_thirty_comes_first_even_if_it_must_be_decoded() -> None:
    assert modes_to_try(USUAL_WEBCAM)[0] == CameraMode(1920, 1080, 30, "MJPG")


def test_raw_is_preferred_where_it_costs_no_rate() -> None:
    assert modes_to_try(USUAL_WEBCAM)[2] == CameraMode(640, 480, 30, "YUYV")


def test_large_size_that_claims_to_be_slow_comes_last() -> None:
    slow = [CameraMode(1920, 1080, 5, "YUYV"), CameraMode(1280, 720, 30, "YUYV")]
    assert modes_to_try(slow) == [slow[1], slow[0]]


def test_thirty_is_preferred_to_sixty() -> None:
    fast = [CameraMode(1920, 1080, 60, "MJPG"), CameraMode(1920, 1080, 30, "MJPG")]
    assert modes_to_try(fast) == [fast[1]]


def test_camera_with_none_of_the_usual_sizes_gives_its_largest_quick_one() -> None:
    odd = [CameraMode(2592, 1944, 2), CameraMode(800, 600, 30), CameraMode(320, 240, 30)]
    assert modes_to_try(odd) == [CameraMode(800, 600, 30)]


def test_camera_that_cannot_be_asked_is_tried_with_the_usual_sizes() -> None:
    assert [(mode.width, mode.height) for mode in modes_to_try([])] == [(1920, 1080), (1280, 720), (640, 480)]


def test_wish_comes_first_and_only_once() -> None:
    wish = CameraMode(1280, 720, 30, "MJPG")
    tried = modes_to_try(USUAL_WEBCAM, wish)
    assert tried[0] == wish
    assert tried.count(wish) == 1


def test_mode_is_remembered_per_camera(tmp_path: Path) -> None:
    memory = ModeMemory(tmp_path / "state" / "cameras.json")
    memory.remember("a", CameraMode(1280, 720, 30, "MJPG"))
    memory.remember("b", CameraMode(640, 480, 15, ""))
    again = ModeMemory(tmp_path / "state" / "cameras.json")
    assert again.recall("a") == CameraMode(1280, 720, 30, "MJPG")
    assert again.recall("b") == CameraMode(640, 480, 15, "")
    assert again.recall("c") is None


@pytest.mark.parametrize(
    "content", ["", "[]", "{", '{"a": 5}', '{"a": {"width": "x"}}', '{"a": {"width": 0, "height": 0}}', "\xff"]
)
def test_broken_memory_is_no_memory(tmp_path: Path, content: str) -> None:
    path = tmp_path / "cameras.json"
    path.write_text(content, "latin-1")
    memory = ModeMemory(path)
    assert memory.recall("a") is None
    memory.remember("a", CameraMode(1280, 720))
    assert memory.recall("a") == CameraMode(1280, 720)


def test_folder_that_cannot_be_written_is_no_failure(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    ModeMemory(tmp_path / "file" / "cameras.json").remember("a", CameraMode(1280, 720))
