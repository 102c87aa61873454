"""How long `duskreel export` takes for a captioned short of 60 s in full HD, beside three others.

* FFmpeg with crop, scale, and libass for karaoke, with the same encoder settings;
* stock MoviePy, as its own documentation does it: a CompositeVideoClip with a TextClip for each page (5 s of it,
  scaled up, since it would take minutes);
* the floor: the same pictures cut, scaled and encoded by x264 through PyAV, without sound, captions or anything else.

All are whole processes over the same clip. Duskreel also looks for the face, places captions, shapes the sound, brings
it to -14 LUFS in two passes, and checks its file; the others do none of that. Afterwards the memory that a short of
60 s and one of everything take out of a clip of ten minutes. Run it on demand:

    python tests/benchmarks/export.py [--seconds 60] [--captions karaoke] [--rounds 3] [--memory]
"""

import argparse
import os
import sys
import tempfile
from pathlib import Path

from side_by_side import in_turn, peak_memory_mib, run, tell
from talk import DUSKREEL, FFMPEG, diary_of, make_talk

from duskreel.export.aac import AAC_OPTIONS, SOUND_BITS_PER_SECOND
from duskreel.export.encoders import X264_OPTIONS
from duskreel.export.presets import HEIGHT, WIDTH
from duskreel.export.style import STYLES
from duskreel.paths import resource

STOCK_SECONDS = 5
TEN_MINUTES_S = 600

ASS_HEAD = """[Script Info]
ScriptType: v4.00+
PlayResX: {width}
PlayResY: {height}

[V4+ Styles]
Format: Name, Fontname, Fontsize, PrimaryColour, SecondaryColour, OutlineColour, Bold, BorderStyle, Outline, Alignment, MarginV
Style: Default,Inter,{size},&H005CC4FF,&H00FFFFFF,&H002A1216,1,1,{outline},2,{margin}

[Events]
Format: Layer, Start, End, Style, Text
"""  # noqa: E501 - one line to libass

STOCK = """
import sys
from moviepy import CompositeVideoClip, TextClip, VideoFileClip

clip_file, srt, font, seconds, target = sys.argv[1:]
clip = VideoFileClip(clip_file).subclipped(0, float(seconds))
clip = clip.cropped(x_center=clip.w / 2, width=clip.h * 9 / 16).resized((1080, 1920))

def second(stamp):
    hours, minutes, rest = stamp.replace(",", ".").split(":")
    return int(hours) * 3600 + int(minutes) * 60 + float(rest)

layers = [clip]
for cue in open(srt, encoding="utf-8").read().strip().split("\\n\\n"):
    _, times, *lines = cue.splitlines()
    start, end = map(second, times.split(" --> "))
    if start < float(seconds):
        text = TextClip(font=font, text="\\n".join(lines), font_size=76, color="white", stroke_color="black",
                        stroke_width=7, text_align="center", margin=(20, 20))
        layers.append(text.with_start(start).with_end(end).with_position(("center", 1080)))
short = CompositeVideoClip(layers).with_duration(clip.duration)
short.write_videofile(target, fps=30, codec="libx264", preset="veryfast", audio_codec="aac", logger=None,
                      ffmpeg_params=["-crf", "19", "-pix_fmt", "yuv420p"])
"""

FLOOR = """
import sys
from fractions import Fraction
import av
from duskreel.edit.framing import crop_at
from duskreel.export.compositing import reframed
from duskreel.export.encoders import X264, frame_of
from duskreel.export.reader import PictureReader
from duskreel.library.media import probe
from duskreel.picture.planes import blank

clip, target = sys.argv[1:]
with open(clip, "rb") as file, av.open(target, "w") as container:
    info = probe(file, clip)
    reader = PictureReader(file, clip, info)
    stream = container.add_stream("libx264", rate=30, options=dict(X264.options))
    stream.width, stream.height, stream.pix_fmt = 1080, 1920, "yuv420p"
    stream.codec_context.thread_type = "FRAME"
    crop = crop_at(0.5, reader.width, reader.height)
    for number in range(info.duration_ms * 30 // 1000):
        picture = reframed(reader.at(number * 1000 // 30), crop, blank(1080, 1920))
        container.mux(stream.encode(frame_of(picture, number, Fraction(30))))
    container.mux(stream.encode(None))
    reader.close()
"""


def main() -> None:
    """Import and transcribe the talk once, then export it in turn."""
    arguments = _arguments()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        # What is remembered of the shorts that are made here belongs to nobody.
        os.environ["XDG_STATE_HOME"] = str(folder / "state")
        if arguments.memory:
            _measure_memory(folder, arguments.captions)
            return
        talk = make_talk(folder, arguments.seconds)
        diary = diary_of(talk, folder)
        _compare(talk, diary, folder, arguments)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seconds", type=int, default=60)
    parser.add_argument("--captions", choices=list(STYLES), default="karaoke")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--memory", action="store_true", help="measure memory instead")
    return parser.parse_args()


def _compare(talk: Path, diary: list[str], folder: Path, arguments: argparse.Namespace) -> None:
    ours = [sys.executable, "-c", FRESH, str(folder / "ours.mp4"), *diary, "--pauses", "keep",
            "--captions", arguments.captions, "--srt"]  # fmt: skip
    run(ours)
    _write_ass(folder / "ours.srt", folder / "captions.ass", arguments.captions)
    stock = [sys.executable, "-c", STOCK, str(talk), str(folder / "ours.srt"),
             str(resource("fonts/Inter-ExtraBold.otf")), str(STOCK_SECONDS), str(folder / "stock.mp4")]  # fmt: skip
    costs = in_turn(
        {
            "duskreel": ours,
            "ffmpeg": _ffmpeg(talk, folder),
            "floor": [sys.executable, "-c", FLOOR, str(talk), str(folder / "floor.mp4")],
            f"moviepy ({STOCK_SECONDS} s)": stock,
        },
        arguments.rounds,
    )
    own = costs.pop("duskreel")
    for name, cost in costs.items():
        scale = arguments.seconds / STOCK_SECONDS if "moviepy" in name else 1
        tell(
            f"medians: {name} {cost.wall_s * scale:.2f} s ({cost.cpu_s * scale:.2f} s of processor), duskreel "
            f"{own.wall_s:.2f} s ({own.cpu_s:.2f} s): {own.wall_s / cost.wall_s / scale:.2f} of its time, "
            f"{own.cpu_s / cost.cpu_s / scale:.2f} of its work"
        )


FRESH = """
import shutil, subprocess, sys
from duskreel.paths import places

target, *options = sys.argv[1:]
shutil.rmtree(places().state / "shorts", ignore_errors=True)
subprocess.run([sys.executable, "-m", "duskreel", "export", "latest", "-o", target, "--replace", *options], check=True)
"""
"""an export that remembers no other"""


def _ffmpeg(clip: Path, folder: Path) -> list[str]:
    fonts = resource("fonts")
    filters = f"fps=30,crop=ih*9/16:ih,scale={WIDTH}:{HEIGHT}:flags=bicubic,ass={folder}/captions.ass:fontsdir={fonts}"
    picture = ["-c:v", "libx264", *_options(X264_OPTIONS), "-pix_fmt", "yuv420p"]
    sound = ["-c:a", "aac", *_options(AAC_OPTIONS), "-b:a", str(SOUND_BITS_PER_SECOND), "-ar", "48000", "-ac", "2"]
    start = [FFMPEG, "-v", "error", "-y", "-i", str(clip), "-vf", filters]
    return [*start, *picture, *sound, "-movflags", "+faststart", str(folder / "theirs.mp4")]


def _options(options: dict[str, str]) -> list[str]:
    return [argument for key, value in options.items() for argument in (f"-{key}", value)]


def _write_ass(srt: Path, ass: Path, style_name: str) -> None:
    """The same pages in the same place, in about the same look, each word lit in its turn."""
    style = STYLES[style_name]
    head = ASS_HEAD.format(
        width=WIDTH,
        height=HEIGHT,
        size=round(style.text_size * WIDTH * 1.2),
        outline=round(style.outline * WIDTH) or 12,
        margin=round(HEIGHT * (1 - style.centre)) - 60,
    )
    events = []
    for cue in srt.read_text(encoding="utf-8").strip().split("\n\n"):
        _, times, *lines = cue.splitlines()
        start, end = (time.replace(",", ".")[1:-1] for time in times.split(" --> "))
        events.append(f"Dialogue: 0,{start},{end},Default," + r"\N".join(_lit(line) for line in lines))
    ass.write_text(head + "\n".join(events) + "\n", encoding="utf-8")


def _lit(line: str) -> str:
    return " ".join(rf"{{\k30}}{word}" for word in line.split())


def _measure_memory(folder: Path, captions: str) -> None:
    diary = diary_of(make_talk(folder, TEN_MINUTES_S), folder)
    for length in (["--length", "60"], []):
        command = [*DUSKREEL, "export", *diary, "latest", "--captions", captions, *length]
        tell(f"{' '.join(length) or 'everything'} of ten minutes: at most {peak_memory_mib(command)} MiB")


if __name__ == "__main__":
    main()
