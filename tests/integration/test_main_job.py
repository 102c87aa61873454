"""What Duskreel is for: a clip goes in, a captioned vertical short comes out, and all that is promised of it holds."""

import hashlib
import json
import re
import struct
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path

import av
import numpy as np
import pytest
from numpy.typing import NDArray

from duskreel.export.loudness import Loudness, measure
from duskreel.library.sound import decode_sound
from duskreel.paths import resource
from duskreel.progress import CancelToken, unheard
from hearing import plain_words, word_errors
from integration.program import Program, Said

LONGEST_MS = 30_000
FRAME_MS = 1000 / 30
CAPTION_BAND = slice(1000, 1290)
"""rows of the short in which karaoke captions of two lines lie"""
WHITE = 225
"""luma that captions have and that the sample's picture has not"""
NO_NETWORK = (
    "import socket\n\ndef refuse(*_):\n    raise AssertionError('no network')\n\nsocket.socket.connect = refuse\n"
)


@dataclass(frozen=True)
class MainJob:
    """One run of the whole program."""

    program: Program
    original: Path
    sha256_before: str
    imported: Said
    transcribed: Said
    exported: Said
    short: Path
    again: Said
    """the words of the short itself, taken in and listened to as any clip"""

    @property
    def kept(self) -> list[str]:
        """Sentences."""
        return list(self.exported.data["kept"])


@pytest.fixture(scope="module")
def job(tmp_path_factory: pytest.TempPathFactory, models: Path) -> MainJob:
    folder = tmp_path_factory.mktemp("main job")
    program = Program(folder / "home", models, *_without_network(folder))
    original = folder / "my day.mp4"
    original.write_bytes(resource("sample.mp4").read_bytes())
    original.chmod(0o400)
    short = folder / "short.mp4"
    imported = program.process("import", original, "--mood", 2, "--feeling", "drained", "--json")
    transcribed = program.process("transcribe", "latest", "--json")
    wishes = ("--length", 30, "--captions", "karaoke", "--srt", "-o", short)
    exported = program.process("export", imported.data[0]["id"], *wishes, "--json")
    elsewhere = ("--library", folder / "second diary")
    program.process("import", short, *elsewhere)
    again = program.process("transcribe", "latest", *elsewhere, "--json")
    return MainJob(program, original, _sha256(resource("sample.mp4")), imported, transcribed, exported, short, again)


@pytest.fixture(scope="module")
def luma(job: MainJob) -> NDArray[np.uint8]:
    """Every frame of the short, at a quarter of its size: (count, 480, 270)."""
    with av.open(str(job.short)) as container:
        container.streams.video[0].thread_type = "AUTO"
        return np.stack([frame.to_ndarray()[:1920:4, ::4] for frame in container.decode(video=0)])


def test_every_command_succeeds_and_says_nothing_else(job: MainJob) -> None:
    for said in (job.imported, job.transcribed, job.exported, job.again):
        assert (said.code, said.err) == (0, "")


def test_it_is_at_most_as_long_as_asked(job: MainJob) -> None:
    with av.open(str(job.short)) as container:
        lengths_s = [stream.duration * stream.time_base for stream in container.streams]
        assert 20 < min(lengths_s) <= max(lengths_s) <= 30
        assert abs(lengths_s[0] - lengths_s[1]) < 0.05
    assert job.exported.data["duration_ms"] <= LONGEST_MS


def test_its_picture_is_what_platforms_ask_for(job: MainJob) -> None:
    with av.open(str(job.short)) as container:
        stream = container.streams.video[0]
        context = stream.codec_context
        assert (context.name, context.profile, context.pix_fmt) == ("h264", "High", "yuv420p")
        assert (context.width, context.height) == (1080, 1920)
        assert stream.sample_aspect_ratio in (None, 1)
        assert (stream.average_rate, stream.base_rate) == (Fraction(30), Fraction(30))
        assert {context.colorspace, context.color_primaries, context.color_trc} == {1}
        assert context.color_range == 1
        assert next(container.decode(video=0)).rotation == 0


def test_its_frames_stand_exactly_a_thirtieth_of_a_second_apart_from_zero_on(job: MainJob) -> None:
    with av.open(str(job.short)) as container:
        times_s = sorted(p.pts * p.time_base for p in container.demux(video=0) if p.pts is not None)
    assert times_s == [Fraction(number, 30) for number in range(len(times_s))]


def test_its_sound_is_what_platforms_ask_for(job: MainJob) -> None:
    with av.open(str(job.short)) as container:
        context = container.streams.audio[0].codec_context
        assert (context.name, context.profile) == ("aac", "LC")
        assert (context.sample_rate, context.layout.name) == (48_000, "stereo")
        assert container.streams.audio[0].start_time == 0


def test_its_index_is_in_front_and_there_is_no_edit_list(job: MainJob) -> None:
    content = job.short.read_bytes()
    boxes = _boxes(content)
    assert boxes.index("moov") < boxes.index("mdat")
    assert b"elst" not in content[: content.index(b"mdat")]


def test_it_is_as_loud_as_platforms_play_it(job: MainJob) -> None:
    heard = _loudness(job.short)
    assert heard.integrated_lufs == pytest.approx(-14.0, abs=0.5)
    assert heard.true_peak_dbtp <= -1.5


def test_it_says_the_sentences_that_were_kept_and_nothing_else(job: MainJob) -> None:
    assert _word_error_rate(" ".join(job.kept), job.again.data[0]["text"]) < 0.05


def test_the_words_are_those_of_the_clip(job: MainJob) -> None:
    said = resource("sample.txt").read_text(encoding="utf-8")
    assert _word_error_rate(said, job.transcribed.data[0]["text"]) < 0.05


def test_kept_and_left_out_sentences_are_the_whole_transcript(job: MainJob) -> None:
    result = job.exported.data
    assert sorted(plain_words(" ".join(result["kept"] + result["left_out"]))) == sorted(
        plain_words(job.transcribed.data[0]["text"])
    )
    assert result["left_out"]


def test_its_subtitles_are_in_order_inside_it_and_say_the_same(job: MainJob) -> None:
    cues = _cues(job)
    times_ms = [time_ms for start_ms, end_ms, _ in cues for time_ms in (start_ms, end_ms)]
    assert times_ms == sorted(times_ms)
    assert all(start_ms < end_ms for start_ms, end_ms, _ in cues)
    assert times_ms[-1] <= job.exported.data["duration_ms"]
    assert plain_words(" ".join(text for _, _, text in cues)) == plain_words(" ".join(job.kept))


def test_captions_are_seen_when_their_words_are_heard_and_only_then(job: MainJob, luma: NDArray[np.uint8]) -> None:
    band = luma[:, CAPTION_BAND.start // 4 : CAPTION_BAND.stop // 4]
    has_caption = (band > WHITE).sum(axis=(1, 2)) > 40
    is_due = np.zeros(len(luma), dtype=bool)
    for start_ms, end_ms, _ in _cues(job):
        is_due[np.ceil(start_ms / FRAME_MS).astype(int) : np.ceil(end_ms / FRAME_MS).astype(int)] = True
    assert is_due.any()
    assert not is_due.all()
    assert np.flatnonzero(has_caption != is_due).tolist() == []


def test_one_word_after_the_other_is_highlighted(job: MainJob) -> None:
    """The highlight is amber, which the sample's picture is nowhere near the captions' white."""
    first_ms, last_ms, _ = _cues(job)[0]
    places = [_amber_place(picture) for picture in _pictures(job.short, first_ms, last_ms)]
    seen = [place for place in places if place is not None]
    assert len(seen) > len(places) / 2
    assert seen[0] < 540 < seen[-1]


def test_the_face_is_in_the_middle(job: MainJob, luma: NDArray[np.uint8]) -> None:
    import cv2

    folder = Path(cv2.__file__).parent / "data"
    cascade = cv2.CascadeClassifier(str(folder / "haarcascade_frontalface_default.xml"))
    sampled = luma[::15]
    found = [cascade.detectMultiScale(frame, 1.1, 4, minSize=(40, 40)) for frame in sampled]
    centres = [(faces[0][0] + faces[0][2] / 2) / 270 for faces in found if len(faces) == 1]
    assert len(centres) > len(sampled) / 2
    assert np.mean([0.35 < centre < 0.65 for centre in centres]) > 0.9


def test_it_can_be_found_by_what_was_said(job: MainJob) -> None:
    said = job.program("search", "lost my job")
    assert said.code == 0
    assert "»lost« »my« »job«" in said.out
    assert job.program("search", "lost my job", "--json").data[0]["id"] == job.imported.data[0]["id"]
    assert "Nothing found" in job.program("search", "won the lottery").out


def test_show_prints_every_sentence_with_its_time(job: MainJob) -> None:
    shown = job.program("show", "latest").out
    for sentence in job.kept + job.exported.data["left_out"]:
        assert re.search(rf"^ +\d+:\d\d  {re.escape(sentence)}$", shown, flags=re.MULTILINE)
    assert str(job.short) in shown


def test_the_entry_knows_what_the_user_said_and_the_short(job: MainJob) -> None:
    (entry,) = job.program("list", "--json").data
    assert (entry["mood"], entry["feelings"]) == (2, ["drained"])
    assert [share["file"] for share in entry["shares"]] == [str(job.short)]


def test_doctor_finds_nothing_wrong(job: MainJob) -> None:
    said = job.program.process("doctor")
    assert (said.code, said.err) == (0, "")
    assert "BAD" not in said.out


def test_the_original_is_as_it_was_and_the_diarys_copy_is_the_same(job: MainJob) -> None:
    assert _sha256(job.original) == job.sha256_before
    assert _sha256(Path(job.imported.data[0]["clip"])) == job.sha256_before


def test_nothing_is_left_half_done(job: MainJob) -> None:
    (entry,) = job.program.diary.glob("entries/*/*/*")
    assert sorted(path.name for path in entry.iterdir()) == [
        "clip.mp4", "entry.json", "poster.jpg", "transcript.json",
    ]  # fmt: skip
    assert sorted(path.name for path in job.short.parent.iterdir() if path.is_file()) == [
        "my day.mp4", "short.mp4", "short.srt",
    ]  # fmt: skip
    assert list((job.program.diary / "incoming").iterdir()) == []
    assert job.program.claims() == []


def test_json_is_json_for_every_command_that_reads(job: MainJob) -> None:
    for command in (["list"], ["show", "latest"], ["search", "job"], ["models", "list"], ["doctor"], ["restore"]):
        said = job.program(*command, "--json")
        assert said.code == 0
        json.loads(said.out)


def _without_network(folder: Path) -> tuple[list[str], dict[str, str]]:
    """A wrapper that takes the network away; where the system gives none, Python's sockets are taken away."""
    for wrapper in (["unshare", "-n"], ["unshare", "-rn"]):
        try:
            subprocess.run([*wrapper, "true"], check=True, capture_output=True)
        except (OSError, subprocess.CalledProcessError):
            continue
        return wrapper, {}
    site = folder / "site"
    site.mkdir()
    (site / "sitecustomize.py").write_text(NO_NETWORK, encoding="utf-8")
    return [], {"PYTHONPATH": str(site)}


def _boxes(content: bytes) -> list[str]:
    """The names of an MP4's outermost boxes, in order."""
    names, at = [], 0
    while at < len(content):
        size, name = struct.unpack_from(">I4s", content, at)
        names.append(name.decode("ascii"))
        at += struct.unpack_from(">Q", content, at + 8)[0] if size == 1 else size
    return names


def _loudness(path: Path) -> Loudness:
    with path.open("rb") as file:
        samples = decode_sound(file, path.name, rate_hz=48_000, channels=2, progress=unheard, token=CancelToken())
    return measure(samples, 48_000)


def _cues(job: MainJob) -> list[tuple[int, int, str]]:
    """Start and end in ms, and text, of every subtitle."""
    blocks = job.short.with_suffix(".srt").read_text(encoding="utf-8").strip().split("\n\n")
    cues = []
    for number, block in enumerate(blocks, start=1):
        count, times, *lines = block.splitlines()
        assert int(count) == number
        start, end = (_time_ms(time) for time in times.split(" --> "))
        cues.append((start, end, " ".join(lines)))
    return cues


def _time_ms(stamp: str) -> int:
    hours, minutes, seconds, thousandths = map(int, re.split("[:,]", stamp))
    return ((hours * 60 + minutes) * 60 + seconds) * 1000 + thousandths


def _pictures(path: Path, start_ms: int, end_ms: int) -> Iterator[NDArray[np.uint8]]:
    with av.open(str(path)) as container:
        for frame in container.decode(video=0):
            if frame.time * 1000 >= end_ms:
                return
            if frame.time * 1000 >= start_ms:
                yield frame.to_ndarray(format="rgb24")


def _amber_place(picture: NDArray[np.uint8]) -> float | None:
    """The middle column of what is coloured like a highlighted word, or None where nothing is."""
    red, green, blue = (picture[CAPTION_BAND, :, channel].astype(int) for channel in range(3))
    columns = np.nonzero((red > 235) & (abs(green - 196) < 20) & (abs(blue - 92) < 40))[1]
    return float(np.median(columns)) if len(columns) > 200 else None


def _word_error_rate(expected: str, heard: str) -> float:
    wanted = plain_words(expected)
    return word_errors(wanted, plain_words(heard)) / len(wanted)


def _sha256(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()
