"""A talk in full HD to measure with: the sample clip over and over, and its words in a diary."""

import subprocess
import sys
from pathlib import Path

import imageio_ffmpeg
from side_by_side import run

from duskreel.paths import resource

FFMPEG = imageio_ffmpeg.get_ffmpeg_exe()
DUSKREEL = [sys.executable, "-m", "duskreel"]


def make_talk(folder: Path, duration_s: int) -> Path:
    """As a webcam records it: 1920x1080, 30 pictures a second, a little noise, a keyframe a second."""
    talk = folder / f"talk {duration_s}.mp4"
    filters = "scale=1920:1080:flags=bicubic,noise=alls=2:allf=t,fps=30"
    picture = ["-c:v", "libx264", "-preset", "superfast", "-crf", "20", "-g", "30", "-pix_fmt", "yuv420p"]
    colours = ["-colorspace", "bt709", "-color_primaries", "bt709", "-color_trc", "bt709"]
    subprocess.run(
        [FFMPEG, "-v", "error", "-y", "-stream_loop", "-1", "-i", str(resource("sample.mp4")), "-t", str(duration_s),
         "-vf", filters, *picture, *colours, "-c:a", "aac", "-b:a", "128k", str(talk)],
        check=True,
        stdin=subprocess.DEVNULL,
    )  # fmt: skip
    return talk


def diary_of(clip: Path, folder: Path) -> list[str]:
    """A diary that has the clip and its words as its only entry, as options for every command."""
    diary = ["--library", str(folder / f"diary of {clip.stem}")]
    run([*DUSKREEL, "import", *diary, str(clip)])
    run([*DUSKREEL, "transcribe", *diary, "latest"])
    return diary
