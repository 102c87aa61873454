"""Ten shorts of ten kinds of clips, and a sheet of pictures of each to be looked at one by one.

The clips are made of the sample clip and of real footage: a folder with two films of faces (one upright, one not) and
recordings of speech. Run it on demand:

    python tests/benchmarks/gallery.py FOLDER --portrait FILM --landscape FILM --speech SOUND --french SOUND
"""

import argparse
import json
import os
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import av
from PIL import Image, ImageDraw
from side_by_side import run, tell
from talk import DUSKREEL, FFMPEG

from duskreel.paths import resource

COLUMNS, ROWS = 6, 2
TILE = (270, 480)
X264 = ["-c:v", "libx264", "-preset", "veryfast", "-crf", "18", "-pix_fmt", "yuv420p", "-c:a", "aac", "-b:a", "160k"]


@dataclass(frozen=True)
class Kind:
    """How a clip is made, and what is wished of its short."""

    name: str
    inputs: tuple[str, ...]
    filters: str
    """a complex filter graph from the inputs to [v] and [a]"""
    wishes: tuple[str, ...]


def main() -> None:
    """Make clips, shorts, sheets; tell what each short is."""
    arguments = _arguments()
    arguments.folder.mkdir(parents=True, exist_ok=True)
    os.environ["XDG_STATE_HOME"] = str(arguments.folder / "state")
    for kind in _kinds(arguments):
        short = _short_of(kind, arguments.folder)
        _sheet(short, short.with_suffix(".png"))


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    for name in ("portrait", "landscape", "speech", "french"):
        parser.add_argument(f"--{name}", required=True)
    return parser.parse_args()


def _kinds(footage: argparse.Namespace) -> Iterator[Kind]:
    sample = str(resource("sample.mp4"))
    portrait, landscape = (("-stream_loop", "-1", "-i", film) for film in (footage.portrait, footage.landscape))
    speech, french, talk = ("-i", footage.speech), ("-i", footage.french), ("-i", sample)
    as_it_is, sound_too = "[0:v]null[v]", "[0:a]anull[a]"
    voice = "[1:a]aresample=48000,apad=pad_dur=0.8[a]"
    brief = ("--length", "15")
    yield Kind("landscape", talk, f"{as_it_is};{sound_too}", ("--captions", "karaoke", "--length", "30"))
    yield Kind("portrait", (*portrait, *speech), f"{as_it_is};{voice}", ("--title", "One month later"))
    square = f"[0:v]crop=480:480,scale=720:720[v];{voice}"
    yield Kind("square", (*landscape, *speech), square, ("--captions", "pop"))
    dark = f"[0:v]eq=brightness=-0.25:contrast=0.6[v];{sound_too}"
    yield Kind("dark", talk, dark, ("--captions", "subtitle", *brief))
    nobody = "gradients=s=1280x720:c0=0x25304a:c1=0xb0603a:d=60:speed=0.01:r=30[v]"
    yield Kind("no face", speech, f"{nobody};{voice.replace('1:a', '0:a')}", ("--captions", "calm", "--progress-bar"))
    two = "[0:v]scale=-2:1080,crop=620:1080[l];[2:v]scale=-2:700,pad=1300:1080:400:380[r];[l][r]hstack[v]"
    yield Kind("two faces", (*portrait, *speech, *landscape), f"{two};{voice}", ("--captions", "karaoke"))
    yield Kind("quiet", talk, f"{as_it_is};[0:a]volume=-32dB[a]", ("--captions", "calm", "--day", "5", *brief))
    yield Kind("loud", talk, f"{as_it_is};[0:a]volume=24dB[a]", ("--captions", "pop", *brief))
    yield Kind("french", (*portrait, *french), f"{as_it_is};{voice}", ("--captions", "karaoke", "--progress-bar"))
    twice = "aresample=48000,aformat=channel_layouts=mono,apad=pad_dur=6,asplit[x][y];[x][y]concat=n=2:v=0:a=1[a]"
    pauses = f"{as_it_is};[1:a]{twice}"
    yield Kind("long pauses", (*portrait, *speech), pauses, ("--captions", "subtitle", "--title", "What nobody asked"))


def _short_of(kind: Kind, folder: Path) -> Path:
    clip, short = folder / f"{kind.name} clip.mp4", folder / f"{kind.name}.mp4"
    diary = ["--library", str(folder / f"{kind.name} diary")]
    subprocess.run(
        [FFMPEG, "-v", "error", "-y", *kind.inputs, "-filter_complex", kind.filters, "-map", "[v]", "-map", "[a]",
         "-shortest", "-r", "30", *X264, str(clip)],
        check=True,
        stdin=subprocess.DEVNULL,
    )  # fmt: skip
    run([*DUSKREEL, "import", *diary, str(clip)])
    run([*DUSKREEL, "transcribe", *diary, "latest"])
    command = [*DUSKREEL, "export", *diary, "latest", "--json", "--cover", "--replace", "-o", str(short), *kind.wishes]
    told = json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)
    tell(f"{kind.name}: {told['duration_ms'] / 1000:.1f} s, {len(told['left_out'])} left out, {told['warnings']}")
    tell(f"    {' '.join(told['kept'])}")
    return short


def _sheet(short: Path, sheet: Path) -> None:
    """Pictures from all over the short, and its cover."""
    with av.open(str(short)) as container:
        frames = [frame for number, frame in enumerate(container.decode(video=0)) if number % 5 == 0]
    count = COLUMNS * ROWS - 1
    chosen = [frames[number * (len(frames) - 1) // (count - 1)].to_image() for number in range(count)]
    whole = Image.new("RGB", (COLUMNS * TILE[0], ROWS * TILE[1]))
    for number, picture in enumerate([*chosen, Image.open(short.with_suffix(".jpg"))]):
        place = (number % COLUMNS * TILE[0], number // COLUMNS * TILE[1])
        whole.paste(picture.resize(TILE, Image.Resampling.LANCZOS), place)
    ImageDraw.Draw(whole).text((whole.width - TILE[0] + 8, TILE[1] + 8), "cover", fill="white")
    whole.save(sheet)


if __name__ == "__main__":
    main()
