"""What a short hides of its pictures: faces of others beyond recognition, the background softly, the speaker never."""

from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import av
import numpy as np
import pytest
from PIL import Image

from duskreel.edit.concealing import NOTHING_HIDDEN, Concealment, HiddenRegion, HiddenTrack
from duskreel.edit.crop_path import CropPath
from duskreel.edit.framing import Crop, Face
from duskreel.edit.timeline import Timeline
from duskreel.errors import Cancelled
from duskreel.export import compose
from duskreel.export.clips import Kept, PlanesClip
from duskreel.export.compose import Made, Scene, make_short
from duskreel.export.design import Design
from duskreel.export.earlier import EarlierShorts
from duskreel.export.extras import NO_EXTRAS, Extras, Marks
from duskreel.export.loudness import Loudness
from duskreel.export.pictures import Source
from duskreel.export.preview import Preview, look_for_faces
from duskreel.export.veiling import Veil, Veiled
from duskreel.library.media import probe
from duskreel.picture.faces import FaceDetector
from duskreel.picture.planes import Planes, blank, split
from duskreel.progress import CancelToken, unheard
from duskreel.timecode import Span
from export.people import two_people

DURATION_MS = 3_000
REGION = HiddenRegion(0, 0.5, 0.25, 0.25, 0.5)
TRACK = HiddenTrack((REGION, replace(REGION, time_ms=1_000)))


def noisy(size: tuple[int, int] = (320, 180)) -> PlanesClip:
    """The same picture for two seconds: full of fine detail in light and colours."""
    picture = np.random.default_rng(1).integers(16, 235, blank(*size).shape, dtype=np.uint8)
    return PlanesClip(lambda _: picture, lambda time_s: (round(time_s * 1000),), size, 2_000)


def detail(part: Planes) -> float:
    return float(part.astype(np.float32).std())


@pytest.mark.parametrize("size", [(320, 180), (322, 182), (180, 320)])
def test_region_is_blurred_in_light_and_colours_and_all_else_stays(size: tuple[int, int]) -> None:
    clip = noisy(size)
    before = clip.frame_function(0.5).copy()
    after = clip.with_effects([Veiled(Veil((TRACK,)))]).frame_function(0.5)
    assert np.array_equal(clip.frame_function(0.5), before), "the reader's own picture"
    for plane, bare in zip(split(after), split(before), strict=True):
        height, width = plane.shape
        inside = plane[height // 4 : height * 3 // 4, width // 2 : width * 3 // 4]
        assert detail(inside) < detail(bare) / 4
        assert np.array_equal(plane[:, : width // 4], bare[:, : width // 4])


def test_picture_is_as_recorded_before_and_after_a_track() -> None:
    clip = noisy()
    veiled = clip.with_effects([Veiled(Veil((TRACK,)))])
    assert veiled.frame_function(1.5) is clip.frame_function(1.5)
    assert veiled.recipe_at(1.5) == clip.recipe_at(1.5)
    assert veiled.recipe_at(0.5) != clip.recipe_at(0.5)


@pytest.mark.parametrize("x", [-0.1, 0.9, 1.2])
def test_region_may_reach_out_of_the_picture(x: float) -> None:
    track = HiddenTrack((HiddenRegion(0, x, -0.2, 0.25, 0.6), HiddenRegion(1_000, x, 0.9, 0.25, 0.6)))
    clip = noisy((322, 182))
    for time_s in (0.0, 0.3, 0.6, 1.0):
        luma = split(clip.with_effects([Veiled(Veil((track,)))]).frame_function(time_s))[0]
        assert detail(luma[:, 100:200]) == detail(split(clip.frame_function(0))[0][:, 100:200])


def test_veil_follows_the_clips_own_time_over_cuts() -> None:
    veiled = noisy().with_effects([Veiled(Veil((TRACK,))), Kept(Timeline((Span(0, 200), Span(1_200, 1_600))))])
    hidden, bare = (split(veiled.frame_function(time_s))[0][60:120, 170:230].copy() for time_s in (0.1, 0.3))
    assert detail(hidden) < detail(bare) / 4


def test_only_what_the_window_shows_is_drawn_and_looks_the_same() -> None:
    path = CropPath.static(Crop(120, 0, 100, 180))
    veil = Veil((TRACK,), (HiddenTrack((replace(REGION, width=0.1, height=0.2),)),))
    whole, part = (noisy().with_effects([Veiled(veil, through)]).frame_function(0) for through in (None, path))
    for one, other in zip(split(whole), split(part), strict=True):
        left, right = one.shape[1] * 120 // 320, one.shape[1] * 220 // 320
        apart = np.abs(one[:, left:right].astype(int) - other[:, left:right])
        assert apart.max() <= 2


def test_background_is_blurred_beside_head_and_shoulders_only() -> None:
    face = HiddenTrack((HiddenRegion(0, 0.45, 0.3, 0.1, 0.2), HiddenRegion(1_000, 0.45, 0.3, 0.1, 0.2)))
    clip = noisy()
    after = clip.with_effects([Veiled(Veil((), (face,)))]).frame_function(0.5)
    for plane, bare in zip(split(after), split(clip.frame_function(0)), strict=True):
        height, width = plane.shape
        head = slice(height * 3 // 10, height // 2), slice(width * 9 // 20, width * 11 // 20)
        assert np.abs(plane[head].astype(int) - bare[head]).max() <= 8
        assert detail(plane[:, : width // 5]) < detail(bare) / 4


def test_without_a_face_all_is_blurred_and_said_to_be() -> None:
    veil = Veil((), ())
    assert detail(split(noisy().with_effects([Veiled(veil)]).frame_function(0))[0]) < 20
    assert len(veil.remarks) == 1
    assert Veil().remarks == Veil((), (TRACK,)).remarks == []


@pytest.fixture(scope="module")
def source(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Source]:
    path = two_people(tmp_path_factory.mktemp("clips") / "two.mp4")
    with path.open("rb") as file:
        yield Source(file, "two.mp4", probe(file, "two.mp4"))


def designed(concealment: Concealment, framing: float = 0.75) -> Design:
    return Design(Timeline((Span(0, DURATION_MS),)), (), None, framing, Marks(), concealment)


def made_short(
    source: Source,
    path: Path,
    concealment: Concealment,
    extras: Extras = NO_EXTRAS,
    token: CancelToken | None = None,
    faces: tuple[Face, ...] | None = None,
) -> Made:
    scene = Scene(source, (), designed(concealment), None, Loudness(-14.0, -1.5), extras, faces)
    with closing(EarlierShorts(path.with_suffix(".json"))) as earlier:
        made = make_short(scene, path, earlier, progress=unheard, token=token or CancelToken())
        earlier.remember(made.memory(path, ()))
    return made


def faces_in_file(path: Path) -> int:
    detector = FaceDetector()
    with av.open(str(path)) as container:
        return sum(bool(detector.find(frame.to_ndarray(format="gray"))) for frame in container.decode(video=0))


@pytest.fixture(scope="module")
def shorts(source: Source, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """Bare, and with others blurred; the window shows the other one only."""
    folder = tmp_path_factory.mktemp("shorts")
    for name, concealment in (("bare", NOTHING_HIDDEN), ("veiled", Concealment(blurs_others=True))):
        made = made_short(source, folder / f"{name}.mp4", concealment, Extras(has_cover=True))
        (folder / f"{name}.jpg").write_bytes(made.cover or b"")
    return folder / "bare.mp4", folder / "veiled.mp4"


def test_short_shows_no_face_but_the_speakers(shorts: tuple[Path, Path]) -> None:
    bare, veiled = map(faces_in_file, shorts)
    assert bare >= 20
    assert veiled == 0


def test_preview_shows_what_the_export_makes(source: Source, shorts: tuple[Path, Path]) -> None:
    preview = Preview(source)
    design = designed(Concealment(blurs_others=True))
    found = look_for_faces(source, design.timeline.kept, CancelToken(), for_everybody=True)
    preview.follow(design)
    preview.know(found.faces, found.everybody)
    shown = split(preview.at(1_500, 0.75))[0].astype(int)
    preview.close()
    with av.open(str(shorts[1])) as container:
        frames = list(container.decode(video=0))
    exported = frames[45].to_ndarray(format="yuv420p")[:1920].astype(int)
    assert np.abs(shown - exported).mean() < 2


def test_cover_is_veiled(shorts: tuple[Path, Path]) -> None:
    bare, veiled = (np.asarray(Image.open(short.with_suffix(".jpg")).convert("L")) for short in shorts)
    assert FaceDetector().find(bare)
    assert not FaceDetector().find(veiled)


def test_unchanged_segments_are_taken_over_and_veiled_ones_made_anew(source: Source, tmp_path: Path) -> None:
    path, track = tmp_path / "short.mp4", HiddenTrack((REGION, replace(REGION, time_ms=500)))
    first = made_short(source, path, NOTHING_HIDDEN)
    second = made_short(source, path, Concealment(tracks=(track,)))
    changed = [one.recipe != other.recipe for one, other in zip(first.segments, second.segments, strict=True)]
    assert changed[0]
    assert not changed[-1]


def test_same_stretch_is_looked_at_once(source: Source, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "short.mp4"
    first = made_short(source, path, Concealment(blurs_others=True))
    monkeypatch.delattr(compose, "everybody_in")
    assert made_short(source, path, Concealment(blurs_others=True, blurs_background=True)).everybody == first.everybody


def test_cancelled_look_ends_the_export(source: Source, tmp_path: Path) -> None:
    answers = iter([False] * 3)
    token = CancelToken(lambda: next(answers, True))
    with pytest.raises(Cancelled):
        made_short(source, tmp_path / "short.mp4", Concealment(blurs_others=True), token=token, faces=())
    assert not (tmp_path / "short.mp4").exists()
