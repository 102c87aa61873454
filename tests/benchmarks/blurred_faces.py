"""Whether anybody else's face can be found in a short in which they are to be blurred, in every single picture.

    python tests/benchmarks/blurred_faces.py FOLDER [--scenes NAME…] [--sheet FILE.png]

FOLDER holds two clips of faces, ``face-landscape.mp4`` and ``face-portrait.mp4``. Out of them, clips are made of a
speaker and of somebody else who comes, moves, grows and goes. The judges are three of OpenCV's cascades, each at two
sizes and less strict than the program's own look. Takes minutes.
"""

import argparse
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from fractions import Fraction
from itertools import cycle
from pathlib import Path
from typing import BinaryIO

import av
import numpy as np
from numpy.typing import NDArray
from side_by_side import tell

from duskreel.edit.concealing import Concealment
from duskreel.edit.crop_path import View
from duskreel.edit.framing import Face
from duskreel.edit.timeline import Timeline
from duskreel.export.clips import clip_of
from duskreel.export.compose import Scene, make_short
from duskreel.export.design import Design
from duskreel.export.earlier import EarlierShorts
from duskreel.export.extras import NO_EXTRAS, Marks
from duskreel.export.loudness import Loudness
from duskreel.export.pictures import Source, everybody_in, veil_of, window_path
from duskreel.export.presets import Framing
from duskreel.export.reader import PictureReader
from duskreel.export.veiling import Veiled
from duskreel.library.media import probe
from duskreel.picture.faces import FaceDetector
from duskreel.picture.planes import split
from duskreel.progress import CancelToken, unheard
from duskreel.timecode import Span

Picture = NDArray[np.uint8]
Place = tuple[float, float, float]
"""across, down, and size of a head, in fractions of the picture's width, height and height"""
FPS = 30
CONCEALED = Concealment(blurs_others=True)


@dataclass(frozen=True)
class Staging:
    """A clip to be made."""

    size: tuple[int, int]
    seconds: float
    speaker_x: float
    """where the middle of the speaker's head is"""
    other_at: Callable[[float], Place | None]
    framing: Framing


def _comes_and_goes(time_s: float) -> Place | None:
    if 1 <= time_s < 4 or 5.5 <= time_s < 7.5:
        return 0.72 + 0.12 * np.sin(1.5 * time_s), 0.45 + 0.08 * np.cos(2.2 * time_s), 0.45
    return None


def _runs(time_s: float) -> Place | None:
    phase = time_s % 3
    return (0.55 + 0.5 * abs(phase - 1), 0.5, 0.4) if phase < 2 else None


def _grows(time_s: float) -> Place | None:
    return 0.75, 0.5, 0.35 + 0.55 * max(0.0, 1 - abs(time_s - 3) / 1.5)


def _small(time_s: float) -> Place | None:
    return 0.65 + 0.02 * time_s, 0.35, 0.2


STAGINGS = {
    "beside": Staging((1280, 720), 8.0, 0.28, _comes_and_goes, 0.75),
    "running": Staging((1280, 720), 6.0, 0.25, _runs, 0.8),
    "growing": Staging((1280, 720), 6.0, 0.25, _grows, 1.0),
    "small": Staging((1920, 1080), 4.0, 0.25, _small, 0.8),
    "square": Staging((721, 721), 4.0, 0.3, lambda time_s: (0.78, 0.4 + 0.02 * time_s, 0.4), 0.6),
}


def main() -> None:
    """Make each clip, veil it, and look at every picture."""
    import cv2

    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--scenes", nargs="*", default=list(STAGINGS))
    parser.add_argument("--sheet", type=Path)
    options = parser.parse_args()
    sheet: list[Picture] = []
    with tempfile.TemporaryDirectory() as work:
        for name in options.scenes:
            path = Path(work) / f"{name}.mp4"
            _stage(STAGINGS[name], options.folder, path)
            with path.open("rb") as file:
                sheet += _judged(name, STAGINGS[name], path, file)
    if options.sheet:
        rows = [np.hstack(sheet[start : start + 6]) for start in range(0, len(sheet) - 5, 6)]
        cv2.imwrite(str(options.sheet), np.vstack(rows))


def _stage(staging: Staging, folder: Path, path: Path) -> None:
    width, height = staging.size
    speakers = cycle(_heads(folder / "face-landscape.mp4", (0.0, 1.0, 0.0, 1.0)))
    others = cycle(_heads(folder / "face-portrait.mp4", (0.1, 0.65, 0.1, 0.9)))
    with av.open(str(path), "w") as container:
        # Pictures of odd size are stored whole only with colours at full size.
        stream = container.add_stream("libx264", rate=Fraction(FPS), options={"crf": "16", "preset": "veryfast"})
        stream.width, stream.height, stream.pix_fmt = width, height, "yuv420p" if width % 2 == 0 else "yuv444p"
        for number in range(round(staging.seconds * FPS)):
            picture = _backdrop(width, height)
            _paste(picture, next(speakers), (staging.speaker_x, 0.5, 0.9))
            other, place = next(others), staging.other_at(number / FPS)
            if place is not None:
                _paste(picture, other, place)
            container.mux(stream.encode(av.VideoFrame.from_ndarray(picture, format="bgr24")))
        container.mux(stream.encode(None))


def _heads(path: Path, part: tuple[float, float, float, float]) -> list[Picture]:
    top, bottom, left, right = part
    with av.open(str(path)) as container:
        pictures = (frame.to_ndarray(format="bgr24") for frame in container.decode(video=0))
        return [
            picture[
                int(picture.shape[0] * top) : int(picture.shape[0] * bottom),
                int(picture.shape[1] * left) : int(picture.shape[1] * right),
            ]
            for picture in pictures
        ][:300]


def _backdrop(width: int, height: int) -> Picture:
    ramp = np.linspace(70, 150, width, dtype=np.float32)[None, :, None] * np.linspace(1, 0.7, height)[:, None, None]
    return np.asarray(ramp * np.array([1.0, 0.9, 0.8]), dtype=np.uint8)


def _paste(picture: Picture, head: Picture, place: Place) -> None:
    import cv2

    height, width = picture.shape[:2]
    scale = place[2] * height / head.shape[0]
    small = cv2.resize(head, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
    left, top = round(place[0] * width - small.shape[1] / 2), round(place[1] * height - small.shape[0] / 2)
    first_x, first_y = max(left, 0), max(top, 0)
    last_x, last_y = min(left + small.shape[1], width), min(top + small.shape[0], height)
    if first_x < last_x and first_y < last_y:
        picture[first_y:last_y, first_x:last_x] = small[first_y - top : last_y - top, first_x - left : last_x - left]


class _Judges:
    """Harder to satisfy than the program's own detector."""

    def __init__(self) -> None:
        import cv2

        folder = Path(cv2.__file__).parent / "data"
        names = ("frontalface_default", "frontalface_alt2", "profileface")
        self._cascades = [cv2.CascadeClassifier(str(folder / f"haarcascade_{name}.xml")) for name in names]

    def middles(self, luma: Picture, least: int) -> list[tuple[float, float]]:
        """Where they see a face at least so many pixels wide."""
        found: list[tuple[float, float]] = []
        height, width = luma.shape
        if min(height, width) < 24:
            return []
        for cascade in self._cascades:
            for is_mirrored in (False, True):
                seen = np.ascontiguousarray(luma[:, ::-1]) if is_mirrored else luma
                boxes = cascade.detectMultiScale(seen, 1.1, 3, minSize=(least, least))
                for x, y, wide, tall in np.asarray(boxes).reshape(-1, 4).tolist():
                    across = (x + wide / 2) / width
                    found.append((1 - across if is_mirrored else across, (y + tall / 2) / height))
        return found


JUDGED_PX = 150
"""the height to which what surrounds a head is brought"""


def _seen_in(luma: Picture, place: Place, judges: _Judges) -> bool:
    """Whether any judge sees a face where the other one's head is."""
    import cv2

    height, width = luma.shape
    half = place[2] * height * 0.75
    left, right = (round(place[0] * width + side * half) for side in (-1, 1))
    top, bottom = (round(place[1] * height + side * half) for side in (-1, 1))
    part = luma[max(top, 0) : max(bottom, 0), max(left, 0) : max(right, 0)]
    if min(part.shape) < 32:
        return False
    scale = JUDGED_PX / (2 * half)
    near = np.asarray(cv2.resize(part, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA), dtype=np.uint8)
    return any(0.2 < x < 0.8 and 0.2 < y < 0.8 for x, y in judges.middles(near, JUDGED_PX // 6))


def _judged(name: str, staging: Staging, path: Path, file: BinaryIO) -> list[Picture]:
    source = Source(file, name, probe(file, name))
    spans = (Span(0, source.info.duration_ms),)
    started = time.perf_counter()
    everybody = everybody_in(source, spans, progress=unheard, token=CancelToken())
    looked_s = time.perf_counter() - started
    design = Design(Timeline(spans), (), None, staging.framing, Marks(), CONCEALED)
    tell(f"{name}: looked for everybody in {looked_s / staging.seconds:.2f} s a second")
    sheet = _judge_clip(staging, source, design, everybody)
    _judge_short(staging, source, design, path.with_name(f"{name} short.mp4"))
    return sheet


def _judge_clip(staging: Staging, source: Source, design: Design, everybody: Sequence[Face]) -> list[Picture]:
    judges, own, sheet = _Judges(), FaceDetector(), list[Picture]()
    with_other = bare_hits = hits = speaker_before = speaker_after = 0
    missed: list[float] = []
    with closing(PictureReader(source.file, source.name, source.info)) as reader:
        clip = clip_of(reader, source.info.duration_ms, None)
        veiled = clip.with_effects([Veiled(veil_of(design.concealment, everybody))])
        both = veil_of(replace(design.concealment, blurs_background=True), everybody)
        blurred = clip.with_effects([Veiled(both)])
        for number in range(round(staging.seconds * FPS)):
            moment, place = number / FPS + 0.002, staging.other_at(number / FPS)
            bare = split(clip.frame_function(moment))[0].copy()
            luma = split(veiled.frame_function(moment))[0]
            speaker_before += _has_speaker(own, bare, staging)
            speaker_after += _has_speaker(own, luma, staging)
            if place is not None:
                with_other += 1
                bare_hits += _seen_in(bare, place, judges)
                if _seen_in(luma, place, judges):
                    hits += 1
                    missed.append(round(moment, 2))
            if number % (round(staging.seconds * FPS) // 6) == 20:
                sheet += [_shown(veiled.frame_function(moment)), _shown(blurred.frame_function(moment))]
    tell(f"  clip: {with_other} pictures with somebody else; faces in {bare_hits} bare, in {hits} veiled {missed[:20]}")
    tell(f"  clip: the speaker found in {speaker_before} bare, {speaker_after} veiled")
    return sheet[:12]


def _has_speaker(detector: FaceDetector, luma: Picture, staging: Staging) -> bool:
    return any(abs(box.centre[0] - staging.speaker_x) < 0.12 for box in detector.find(luma))


def _shown(picture: Picture) -> Picture:
    import cv2

    shown = cv2.cvtColor(picture, cv2.COLOR_YUV2BGR_I420)
    return np.asarray(cv2.resize(shown, (320, 180), interpolation=cv2.INTER_AREA), dtype=np.uint8)


def _judge_short(staging: Staging, source: Source, design: Design, path: Path) -> None:
    costs = []
    for concealment in (Concealment(), CONCEALED, Concealment(blurs_background=True)):
        scene = Scene(source, (), replace(design, concealment=concealment), None, Loudness(-14.0, -1.5), NO_EXTRAS, ())
        made = path.with_name(f"{path.stem} {len(costs)}.mp4")
        started = time.perf_counter()
        earlier = EarlierShorts(path.with_suffix(".json"))
        make_short(scene, made, earlier, progress=unheard, token=CancelToken())
        costs.append((time.perf_counter() - started) / staging.seconds)
    tell("  short: {:.2f} s a second bare, {:.2f} without others, {:.2f} without background".format(*costs))
    view = window_path(design, source.info, ()).at(0)
    results = [
        sum(
            1
            for luma, place in _short_pictures(path.with_name(f"{path.stem} {number}.mp4"), staging, source, view)
            if _seen_in(luma, place, judges)
        )
        for judges in [_Judges()]
        for number in (0, 1)
    ]
    tell(f"  short: pictures with somebody else's face: {results[0]} bare, {results[1]} veiled")


def _short_pictures(path: Path, staging: Staging, source: Source, view: View) -> Iterator[tuple[Picture, Place]]:
    """Every picture that shows more than half of the other one's head, and where."""
    width, height = source.info.width, source.info.height
    with av.open(str(path)) as container:
        for number, frame in enumerate(container.decode(video=0)):
            place = staging.other_at(number / FPS)
            if place is None:
                continue
            across = (place[0] * width - view.x) / view.width
            down = (place[1] * height - view.y) / view.height
            if 0 < across < 1:
                yield frame.to_ndarray(format="gray"), (across, down, place[2] * height / view.height)


if __name__ == "__main__":
    main()
