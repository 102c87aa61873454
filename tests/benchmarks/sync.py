"""Whether picture and sound stay together through the whole recorder, in real time, for as long as one likes.

    python tests/benchmarks/sync.py --seconds 600                           a film with flashes and beeps as the camera
    python tests/benchmarks/sync.py --seconds 600 --speed 1.0002 --pauses 3   devices of which the sound runs fast
    python tests/benchmarks/sync.py --seconds 600 --devices                 the camera and microphone of this machine

A real camera and microphone are to look at and listen to something that flashes and beeps. What is told is by how
much each beep is later than its flash: at the start, at the end, and at most.
"""

import argparse
import sys
import tempfile
import threading
import time
from pathlib import Path

import av
import numpy as np

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from capture.live import LiveCamera, LiveMicrophone
from capture.measuring import offsets_ms, sound_of
from capture.synthetic import RATE_HZ, beeps, planes
from duskreel.capture.camera import OpenCvCamera
from duskreel.capture.devices import find_camera, find_microphone
from duskreel.capture.file_source import file_sources
from duskreel.capture.finishing import finish_take
from duskreel.capture.microphone import QtMicrophone
from duskreel.capture.recorder import Recorder
from duskreel.capture.sources import PictureSource, SoundSource
from duskreel.capture.take import TakeFolder
from duskreel.library.diary import Diary, DiaryLocation

FPS = 30
PAUSE_S = 1.3


def say(sentence: str) -> None:
    sys.stdout.write(sentence + "\n")


def make_film(path: Path, seconds: int) -> None:
    with av.open(str(path), "w") as container:
        picture = container.add_stream("libx264", rate=FPS, options={"preset": "ultrafast", "g": "30"})
        picture.width, picture.height, picture.pix_fmt = 320, 180, "yuv420p"
        sound = container.add_stream("pcm_s16le", rate=RATE_HZ, layout="mono")
        for second in range(seconds):
            for number in range(second * FPS, (second + 1) * FPS):
                frame = av.VideoFrame.from_ndarray(planes(number / FPS, (320, 180)), format="yuv420p")
                frame.pts = number
                container.mux(picture.encode(frame))
            samples = (beeps(second, RATE_HZ)[:, 0] * 32767).astype(np.int16)
            block = av.AudioFrame.from_ndarray(samples[None, :], format="s16", layout="mono")
            block.sample_rate, block.pts = RATE_HZ, second * RATE_HZ
            container.mux(sound.encode(block))
        container.mux(picture.encode(None))
        container.mux(sound.encode(None))


def sources(root: Path, chosen: argparse.Namespace) -> tuple[PictureSource, SoundSource | None]:
    if chosen.devices:
        return OpenCvCamera(find_camera(None).address), QtMicrophone(find_microphone(None))
    if chosen.speed is not None or chosen.pauses:
        base_ns = time.monotonic_ns()
        return LiveCamera(base_ns), LiveMicrophone(base_ns, speed=chosen.speed or 1.0)
    make_film(root / "film.mkv", chosen.seconds + 5)
    return file_sources(root / "film.mkv")


def pause_now_and_then(recorder: Recorder, chosen: argparse.Namespace) -> None:
    for _ in range(chosen.pauses):
        time.sleep(chosen.seconds / (chosen.pauses + 1))
        recorder.pause()
        time.sleep(PAUSE_S)
        recorder.resume()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seconds", type=int, default=60)
    parser.add_argument("--speed", type=float, help="of the microphone's clock")
    parser.add_argument("--pauses", type=int, default=0)
    parser.add_argument("--devices", action="store_true")
    parser.add_argument("--keep", type=Path, help="copy the clip there")
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="sync-") as name:
        root = Path(name)
        camera, microphone = sources(root, chosen)
        with Diary.open(DiaryLocation(root / "diary", root / "state")) as diary:
            recorder = Recorder(
                camera,
                microphone,
                TakeFolder.of(diary),
                on_event=lambda event: say(event.sentence or event.kind.value),
                limit_ms=chosen.seconds * 1000,
            )
            recorder.open()
            recorder.start()
            threading.Thread(target=pause_now_and_then, args=(recorder, chosen), daemon=True).start()
            recorded = recorder.wait()
            recorder.close()
            entry = finish_take(diary, recorded.take)
            clip = root / "diary" / entry.folder / entry.clip
            if chosen.keep:
                chosen.keep.write_bytes(clip.read_bytes())
            offsets = np.array(offsets_ms(clip))
            samples, rate_hz = sound_of(clip)
    tally = recorded.tally
    ends_apart_ms = abs(len(samples) * 1000 / rate_hz - entry.duration_ms)
    say(
        f"{tally.pictures} pictures, {tally.skipped} skipped, {tally.held} held; {entry.duration_ms} ms;"
        f" streams end {ends_apart_ms:.0f} ms apart"
    )
    first, last = np.median(offsets[:5]), np.median(offsets[-5:])
    say(
        f"{len(offsets)} flashes with a beep; sound later than picture, in ms: at the start {first:.1f},"
        f" at the end {last:.1f}, from {offsets.min():.1f} to {offsets.max():.1f}"
    )


if __name__ == "__main__":
    main()
