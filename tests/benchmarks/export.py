"""How long `duskreel export` takes beside FFmpeg with crop, scale and libass, and the same encoder settings.

Both are whole processes over the same stretch of the same clip. Duskreel also looks for the face, measures and
corrects the loudness, and checks its file; FFmpeg does none of that. Run it on demand:

    python tests/benchmarks/export.py [--clip FILE] [--captions calm] [--rounds 3]
"""

import argparse
import sys
import tempfile
from pathlib import Path

import imageio_ffmpeg
from side_by_side import compare, run

from duskreel.export.presets import HEIGHT, WIDTH
from duskreel.export.style import STYLES
from duskreel.export.writer import AAC, SOUND_BITS_PER_SECOND, X264
from duskreel.paths import resource

ASS_HEAD = """[Script Info]
ScriptType: v4.00+
PlayResX: {width}
PlayResY: {height}

[V4+ Styles]
Format: Name, Fontname, Fontsize, PrimaryColour, OutlineColour, Bold, BorderStyle, Outline, Alignment, MarginV
Style: Default,Inter,{size},&H00FFFFFF,&H002A1216,1,{border},{outline},2,{margin}

[Events]
Format: Layer, Start, End, Style, Text
"""


def main() -> None:
    """Import and transcribe the clip once, then export it in turn."""
    arguments = _arguments()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        diary = ["--library", str(folder / "diary")]
        duskreel = [sys.executable, "-m", "duskreel"]
        run([*duskreel, "import", *diary, str(arguments.clip)])
        run([*duskreel, "transcribe", *diary, "latest"])
        ours = [*duskreel, "export", *diary, "latest", "--pauses", "keep", "--captions", arguments.captions, "--srt",
                "-o", str(folder / "ours.mp4")]  # fmt: skip
        run(ours)
        _write_ass(folder / "ours.srt", folder / "captions.ass", arguments.captions)
        compare(ours, _ffmpeg(arguments.clip, folder), peer="ffmpeg", rounds=arguments.rounds)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--clip", type=Path, default=resource("sample.mp4"))
    parser.add_argument("--captions", choices=list(STYLES), default="calm")
    parser.add_argument("--rounds", type=int, default=3)
    return parser.parse_args()


def _ffmpeg(clip: Path, folder: Path) -> list[str]:
    fonts = resource("fonts")
    filters = f"fps=30,crop=ih*9/16:ih,scale={WIDTH}:{HEIGHT}:flags=bicubic,ass={folder}/captions.ass:fontsdir={fonts}"
    picture = ["-c:v", "libx264", *_options(X264), "-pix_fmt", "yuv420p"]
    sound = ["-c:a", "aac", *_options(AAC), "-b:a", str(SOUND_BITS_PER_SECOND), "-ar", "48000", "-ac", "2"]
    start = [imageio_ffmpeg.get_ffmpeg_exe(), "-v", "error", "-y", "-i", str(clip), "-vf", filters]
    return [*start, *picture, *sound, "-movflags", "+faststart", str(folder / "theirs.mp4")]


def _options(options: dict[str, str]) -> list[str]:
    return [argument for key, value in options.items() for argument in (f"-{key}", value)]


def _write_ass(srt: Path, ass: Path, style_name: str) -> None:
    """The same pages in the same place, in about the same look."""
    style = STYLES[style_name]
    head = ASS_HEAD.format(
        width=WIDTH,
        height=HEIGHT,
        size=round(style.text_size * WIDTH * 1.2),
        border=3 if style.box_colour else 1,
        outline=round(style.outline * WIDTH) or 12,
        margin=round(HEIGHT * (1 - style.centre)) - 60,
    )
    events = []
    for cue in srt.read_text(encoding="utf-8").strip().split("\n\n"):
        _, times, *lines = cue.splitlines()
        start, end = (time.replace(",", ".")[1:-1] for time in times.split(" --> "))
        events.append(f"Dialogue: 0,{start},{end},Default," + r"\N".join(lines))
    ass.write_text(head + "\n".join(events) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
