"""How long `duskreel transcribe` takes beside a bare faster-whisper script with the same options.

Both are whole processes: start, imports, reading the clip, loading the model, the words. They take turns, so that
a busy machine troubles both alike. Run it on demand:

    python tests/benchmarks/transcribe.py [--clip FILE] [--seconds 60] [--rounds 5]
"""

import argparse
import sys
import tempfile
from pathlib import Path

import av
import numpy as np
from side_by_side import compare, run

from duskreel.paths import places, resource
from duskreel.progress import CancelToken
from duskreel.speech.audio import RATE_HZ, decode_for_speech
from duskreel.speech.models import find_model
from duskreel.speech.transcriber import BEAM_SIZE, TEMPERATURES, physical_cores

BARE = """
import sys
from faster_whisper import WhisperModel

clip, model, threads, beam_size, temperatures = sys.argv[1:]
whisper = WhisperModel(model, device="cpu", compute_type="int8", cpu_threads=int(threads))
segments, _ = whisper.transcribe(
    clip,
    beam_size=int(beam_size),
    temperature=[float(temperature) for temperature in temperatures.split(",")],
    condition_on_previous_text=False,
    word_timestamps=True,
    vad_filter=True,
)
print(sum(len(segment.words) for segment in segments), "words")
"""


def main() -> None:
    """Make the clip, import it, and let both transcribe it in turn."""
    arguments = _arguments()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        clip = _make_clip(arguments.clip, folder / "clip.mp4", arguments.seconds)
        model = find_model("base", places().models, token=CancelToken())
        command, diary = [sys.executable, "-m", "duskreel"], ["--library", str(folder / "diary")]
        run([*command, "import", *diary, str(clip)])
        ours = [*command, "transcribe", *diary, "--language", "auto", "latest"]
        options = [str(physical_cores()), str(BEAM_SIZE), ",".join(map(str, TEMPERATURES))]
        bare = [sys.executable, "-c", BARE, str(clip), str(model.folder), *options]
        compare(ours, bare, peer="faster-whisper", rounds=arguments.rounds)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--clip", type=Path, default=resource("sample.mp4"), help="whose speech is repeated")
    parser.add_argument("--seconds", type=int, default=60)
    parser.add_argument("--rounds", type=int, default=5)
    return parser.parse_args()


def _make_clip(source: Path, target: Path, duration_s: int) -> Path:
    """The speech of `source` over and over, under a grey picture."""
    with source.open("rb") as file:
        speech = decode_for_speech(file, source.name, token=CancelToken())
    count = duration_s * RATE_HZ
    samples = np.tile(speech, count // len(speech) + 1)[:count]
    with av.open(str(target), "w") as container:
        video = container.add_stream("libx264", rate=10)
        video.width, video.height, video.pix_fmt = 320, 180, "yuv420p"
        audio = container.add_stream("aac", rate=RATE_HZ, layout="mono")
        picture = av.VideoFrame.from_ndarray(np.full((180, 320, 3), 90, dtype=np.uint8), format="rgb24")
        for number in range(duration_s * 10):
            picture.pts = number
            container.mux(video.encode(picture))
        container.mux(video.encode(None))
        for start in range(0, count, 1024):
            frame = av.AudioFrame.from_ndarray(samples[None, start : start + 1024], format="fltp", layout="mono")
            frame.rate, frame.pts = RATE_HZ, start
            container.mux(audio.encode(frame))
        container.mux(audio.encode(None))
    return target


if __name__ == "__main__":
    main()
