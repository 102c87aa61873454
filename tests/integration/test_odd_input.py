"""Clips that are not what most clips are, and must work from import to short all the same."""

import os
import subprocess
import sys
from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path

import av
import numpy as np
import pytest
from numpy.typing import NDArray

from clips import SOUND_RATE_HZ, make_clip, tone
from duskreel.library.sound import decode_sound
from duskreel.progress import CancelToken, unheard
from integration.program import Program

Rgb = NDArray[np.uint8]
DARK = 35
"""below the marked corner's neighbours, above the corner itself"""
ONE_FRAME_S = 1 / 30 + 1e-6


def export(program: Program, target: Path, *wishes: object) -> Path:
    said = program("export", "latest", "-o", target, *wishes)
    assert said.code == 0, said.err
    return target


def frames(path: Path) -> list[Rgb]:
    with av.open(str(path)) as container:
        return [frame.to_ndarray(format="rgb24") for frame in container.decode(video=0)]


def first_frame(path: Path) -> Rgb:
    with av.open(str(path)) as container:
        return next(container.decode(video=0)).to_ndarray(format="rgb24")


def dark_corner(picture: Rgb) -> str:
    """The one corner that is marked, in words."""
    height, width = picture.shape[0] // 20, picture.shape[1] // 20
    corners = {
        "top left": picture[:height, :width],
        "top right": picture[:height, -width:],
        "bottom left": picture[-height:, :width],
        "bottom right": picture[-height:, -width:],
    }
    dark = [name for name, corner in corners.items() if corner.mean() < DARK]
    assert len(dark) == 1, {name: corner.mean() for name, corner in corners.items()}
    return dark[0]


@pytest.mark.parametrize(
    ("degrees", "size", "corner"),
    [(90, (320, 180), "top right"), (180, (180, 320), "bottom right"), (270, (320, 180), "bottom left")],
)
def test_a_turned_phone_clip_is_upright_in_poster_and_short(
    duskreel: Program, tmp_path: Path, degrees: int, size: tuple[int, int], corner: str
) -> None:
    clip = make_clip(tmp_path / "phone.mov", duration_s=3.0, size=size, rotation=degrees)
    entry = duskreel("import", clip, "--json").data[0]
    assert (entry["width"], entry["height"]) == (180, 320)
    poster = first_frame(Path(entry["folder"]) / "poster.jpg")
    assert poster.shape[:2] == (320, 180)
    assert dark_corner(poster) == corner
    short = first_frame(export(duskreel, tmp_path / "short.mp4"))
    assert short.shape[:2] == (1920, 1080)
    assert dark_corner(short) == corner


def test_an_odd_sized_clip_without_sound_works(duskreel: Program, tmp_path: Path) -> None:
    clip = make_clip(
        tmp_path / "odd.mkv", duration_s=3.0, size=(641, 359), sound=None, codec="ffv1", pixel_format="yuv444p"
    )
    entry = duskreel("import", clip, "--json").data[0]
    assert (entry["width"], entry["height"]) == (641, 359)
    assert first_frame(Path(entry["folder"]) / "poster.jpg").shape[:2] == (359, 641)
    assert duskreel("show", "latest").code == 0
    short = export(duskreel, tmp_path / "short.mp4", "--framing", "0")
    assert first_frame(short).shape[:2] == (1920, 1080)
    with av.open(str(short)) as container:
        assert container.streams.audio[0].codec_context.name == "aac"


def test_a_ten_bit_clip_of_a_phone_looks_like_any_other(duskreel: Program, tmp_path: Path) -> None:
    try:
        clip = make_clip(tmp_path / "ten.mp4", duration_s=3.0, codec="libx265", pixel_format="yuv420p10le")
    except av.codec.codec.UnknownCodecError:
        pytest.skip("this FFmpeg writes no HEVC")
    make_clip(tmp_path / "eight.mp4", duration_s=3.0)
    shown = []
    for path in (clip, tmp_path / "eight.mp4"):
        entry = duskreel("import", path, "--json").data[0]
        said = duskreel("export", entry["id"], "-o", path.with_suffix(".short.mp4"))
        assert said.code == 0, said.err
        shown.append(first_frame(path.with_suffix(".short.mp4")).astype(int))
    assert np.abs(shown[0] - shown[1]).mean() < 3


ODD_NAMES = [
    "день 😀 日本.mp4",
    "-leading.mp4",
    "--help.mp4",
    'it\'s "quoted".mp4',
    "a\nb.mp4",
    "100%d %s.mp4",
    "[b]c[d].mp4",
]
BYTES = os.fsdecode(b"latin \xe9.mp4")


@pytest.mark.skipif(sys.platform == "win32", reason="such names are not allowed there")
def test_odd_names_go_in_through_the_real_command_line(duskreel: Program, tmp_path: Path, talk: Path) -> None:
    names = [*ODD_NAMES, BYTES] if sys.platform == "linux" else ODD_NAMES
    for number, name in enumerate(names):
        # A trailing box makes each another file.
        (tmp_path / name).write_bytes(talk.read_bytes() + b"\0\0\0\x0cfree" + bytes([number] * 4))
    done = subprocess.run(
        [sys.executable, "-m", "duskreel", "import", "--", *names],
        cwd=tmp_path,
        env={**duskreel.environment, "PYTHONIOENCODING": "ascii"},
        capture_output=True,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, b"")
    assert len(done.stdout.splitlines()) == len(names)
    originals = {entry["original"]["name"] for entry in duskreel("list", "--json").data}
    assert originals == {*ODD_NAMES, "latin \N{REPLACEMENT CHARACTER}.mp4"} - (set() if BYTES in names else {BYTES})


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere every name is valid Unicode")
@pytest.mark.parametrize("name", ["-день 😀\n%d 'a' \"b\".mp4", BYTES])
def test_shorts_can_have_odd_names(duskreel: Program, tmp_path: Path, name: str) -> None:
    duskreel("import", make_clip(tmp_path / "talk.mp4", duration_s=3.0))
    short = export(duskreel, tmp_path / name, "--srt", "--captions", "off")
    assert first_frame(short).shape == (1920, 1080, 3)
    assert short.with_suffix(".srt").exists()
    assert duskreel("show", "latest").code == 0
    assert duskreel.claims() == []


def test_captions_of_every_script_are_drawn_without_a_word_of_complaint(duskreel: Program, tmp_path: Path) -> None:
    """In a process of its own, where Qt and FFmpeg would write past Python."""
    entry = duskreel("import", make_clip(tmp_path / "talk.mp4", duration_s=3.0), "--json").data[0]
    words = ["Hello", "😀", "مرحبا", "שלום", "नमस्ते", "สวัสดี", "你好", "こんにちは", "한국어", "ሰላም"]
    duskreel.write_words(entry, *((word, 250 * i, 250 * i + 200) for i, word in enumerate(words)))
    said = duskreel.process("export", "latest", "--captions", "pop", "--pauses", "keep", "-o", tmp_path / "short.mp4")
    assert said.code == 0
    # Few computers have a font of every script; which characters are missing is told, and nothing else.
    assert all(line.startswith("Note: No font on this computer has") for line in said.err.splitlines())


# ---- a variable frame rate

EVENTS_S = (0.5, 2.7, 4.9)
EVENT_LASTS_S = 0.4
LASTS_S = 5.8


def uneven_times_s() -> list[float]:
    """Pictures 7 to 120 ms apart, as a phone takes them in the dark, with one right at the start of each event."""
    gaps = np.random.default_rng(7).choice([0.007, 0.016, 0.033, 0.05, 0.12], size=400)
    times = np.cumsum(gaps)
    switches = [time_s for start in EVENTS_S for time_s in (start, start + EVENT_LASTS_S)]
    return sorted({0.0, *(round(float(time_s), 3) for time_s in times if time_s < LASTS_S), *switches})


def flashing(size: tuple[int, int], time_s: float) -> av.VideoFrame:
    """Black, with a white upper half during events; captions lie in the lower half."""
    picture = np.zeros((size[1], size[0], 3), dtype=np.uint8)
    if any(start - 1e-6 <= time_s < start + EVENT_LASTS_S - 1e-6 for start in EVENTS_S):
        picture[: size[1] // 2] = 255
    return av.VideoFrame.from_ndarray(picture, format="rgb24")


def beeping() -> NDArray[np.float32]:
    times_s = np.arange(round(LASTS_S * SOUND_RATE_HZ)) / SOUND_RATE_HZ
    is_on = np.zeros(len(times_s), dtype=bool)
    for start in EVENTS_S:
        is_on |= (times_s >= start) & (times_s < start + EVENT_LASTS_S)
    return tone(LASTS_S, 1_000.0) * is_on


def starts_s(is_on: Sequence[bool] | NDArray[np.bool_], per_s: float) -> list[float]:
    """When something that was off comes on."""
    return [
        float(index / per_s) for index in np.flatnonzero(np.diff(np.concatenate([[False], is_on]).astype(int)) == 1)
    ]


def changes_s(captions: Sequence[NDArray[np.bool_]]) -> list[float]:
    """When another caption comes up, in seconds of 30 frames; each is the pixels of one frame that are lit."""
    pairs = enumerate(pairwise(captions), start=1)
    return [number / 30 for number, (before, now) in pairs if now.sum() > 500 and (before != now).sum() > 2_000]


@pytest.mark.parametrize(("pauses", "expected_s"), [("keep", EVENTS_S), ("trim", (0.25, 1.25, 2.25))])
def test_picture_sound_and_captions_stay_together_whatever_the_frame_rate(
    duskreel: Program, tmp_path: Path, pauses: str, expected_s: tuple[float, ...]
) -> None:
    clip = make_clip(
        tmp_path / "uneven.mp4", size=(180, 320), sound=beeping(), frame_times_s=uneven_times_s(), draw=flashing
    )
    entry = duskreel("import", clip, "--json").data[0]
    spans = [(round(start * 1000), round((start + EVENT_LASTS_S) * 1000)) for start in EVENTS_S]
    duskreel.write_words(
        entry, *((word, *span) for word, span in zip(("One.", "Seventeen.", "Hi."), spans, strict=True))
    )
    short = export(duskreel, tmp_path / "short.mp4", "--pauses", pauses, "--captions", "pop")
    shown = [picture[:, :, 0] for picture in frames(short)]
    flashes_s = starts_s([picture[:600].mean() > 128 for picture in shown], 30)
    captions_s = changes_s([picture[1000:1300] > 200 for picture in shown])
    with short.open("rb") as file:
        sound = decode_sound(file, short.name, rate_hz=48_000, channels=1, progress=unheard, token=CancelToken())
    level = np.abs(sound[: len(sound) // 48 * 48, 0]).reshape(-1, 48).max(axis=1)
    beeps_s = starts_s(level > 0.3 * level.max(), 1_000)
    assert flashes_s == pytest.approx(expected_s, abs=ONE_FRAME_S)
    assert beeps_s == pytest.approx(flashes_s, abs=ONE_FRAME_S)
    assert captions_s == pytest.approx(beeps_s, abs=ONE_FRAME_S)
