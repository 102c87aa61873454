"""Whether each word lights up when it is said, and picture and sound end together, after twenty cuts.

A speaker of sounds says vowels at times known to the sample for four minutes; twenty cuts leave three. The words of
the transcript are where the vowels are. In the short that `duskreel export` makes of it, the vowels are found in the
sound, the highlights in the pixels, and compared one by one. Run it on demand:

    python tests/benchmarks/highlight.py [--minutes 3]
"""

import argparse
import os
import sys
import tempfile
from dataclasses import replace
from datetime import UTC, datetime
from fractions import Fraction
from itertools import pairwise
from pathlib import Path

import av
import numpy as np
from side_by_side import run, tell
from talk import DUSKREEL

from duskreel.export.style import AMBER
from duskreel.library.diary import Diary
from duskreel.library.entry import Segment, Transcript, Word
from duskreel.library.values import Details, DiaryLocation
from duskreel.paths import places
from duskreel.progress import CancelToken, unheard
from duskreel.timecode import Span

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
from clips import SOUND_RATE_HZ, make_clip

SYLLABLES = ("ba", "lo", "mi", "tanu", "reko", "silu", "do", "vemari")
VOWEL_MS = 180
CUTS = 20
FRAME_MS = 1000 / 30
LOUD = 0.02
SILENCE_MS = 60
"""at least so long before a vowel"""


def main() -> None:
    """Say, cut, export, look and listen."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--minutes", type=float, default=3)
    kept_ms = round(parser.parse_args().minutes * 60_000)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        os.environ["XDG_STATE_HOME"] = str(folder / "state")
        words = _words(kept_ms * 4 // 3)
        _make_entry(folder, words, kept_ms * 4 // 3, _cuts(words, kept_ms // 3))
        short = folder / "short.mp4"
        run([*DUSKREEL, "export", "--library", str(folder / "diary"), "latest", "--captions", "karaoke",
             "--pauses", "keep", "-o", str(short)])  # fmt: skip
        _tell(short)


def _words(duration_ms: int) -> list[Word]:
    """Words with pauses of 90 to 700 ms between them."""
    chance = np.random.default_rng(7)
    words: list[Word] = []
    time_ms = 400
    while time_ms + VOWEL_MS + 400 < duration_ms:
        text = SYLLABLES[len(words) % len(SYLLABLES)]
        words.append(Word(text + "." * (len(words) % 9 == 8), time_ms, time_ms + VOWEL_MS, 1.0))
        time_ms += VOWEL_MS + int(chance.choice([90, 120, 200, 333, 700]))
    return words


def _cuts(words: list[Word], cut_ms: int) -> tuple[Span, ...]:
    """Evenly over the whole, from the middle of one pause to the middle of another one."""
    edges_ms = [(one.end_ms + other.start_ms) // 2 for one, other in pairwise(words)]
    starts = [edges_ms[(number + 1) * len(edges_ms) // (CUTS + 1)] for number in range(CUTS)]
    return tuple(Span(start, next(edge for edge in edges_ms if edge >= start + cut_ms // CUTS)) for start in starts)


def _make_entry(folder: Path, words: list[Word], duration_ms: int, cuts: tuple[Span, ...]) -> None:
    sound = np.zeros(duration_ms * SOUND_RATE_HZ // 1000, dtype=np.float32)
    times_s = np.arange(VOWEL_MS * SOUND_RATE_HZ // 1000) / SOUND_RATE_HZ
    vowel = sum(np.sin(2 * np.pi * 140 * harmonic * times_s) / harmonic for harmonic in range(1, 8)) * 0.2
    for word in words:
        start = word.start_ms * SOUND_RATE_HZ // 1000
        sound[start : start + len(vowel)] = vowel
    clip = make_clip(folder / "vowels.mp4", duration_s=duration_ms / 1000, size=(640, 360), sound=sound)
    with Diary.open(DiaryLocation(folder / "diary", places().state)) as diary:
        entry = diary.import_clip(clip, Details(), progress=unheard, token=CancelToken())
        said = Segment(words[0].start_ms, words[-1].end_ms, tuple(words))
        diary.save_transcript(entry, Transcript("none", "en", 1.0, datetime.now(UTC), (said,)))
        diary.amend(entry.id, lambda known: replace(known, cuts=cuts))


def _tell(short: Path) -> None:
    heard_ms, lit_ms = _vowels_ms(short), _highlights_ms(short)
    nearest = [min(lit_ms, key=lambda lit, at=at: abs(lit - at)) - at for at in heard_ms]
    last = nearest[-10:]
    with av.open(str(short)) as container:
        ends_ms = {
            stream.type: float((stream.duration or 0) * (stream.time_base or Fraction(1))) * 1000
            for stream in container.streams
        }
    tell(f"{len(heard_ms)} vowels, {len(lit_ms)} highlights")
    tell(f"highlight after the vowel, in ms: from {min(nearest):.0f} to {max(nearest):.0f}; a picture lasts 33")
    tell(f"of the last ten: from {min(last):.0f} to {max(last):.0f}")
    tell(f"more than a picture off: {sum(abs(late) > FRAME_MS for late in nearest)}")
    tell("ends: " + ", ".join(f"{kind} {end:.1f} ms" for kind, end in ends_ms.items()))


def _vowels_ms(short: Path) -> list[float]:
    """When each vowel begins in the sound."""
    with av.open(str(short)) as container:
        sound = np.concatenate([frame.to_ndarray()[0] for frame in container.decode(audio=0)])
    loud = np.flatnonzero(np.abs(sound) > LOUD)
    gap = SILENCE_MS * SOUND_RATE_HZ // 1000
    starts = [loud[0], *loud[1:][np.diff(loud) > gap]]
    return [start / SOUND_RATE_HZ * 1000 for start in starts]


def _highlights_ms(short: Path) -> list[float]:
    """When the lit word changes: where the pixels in the highlight's colour are others than before."""
    amber = np.array(AMBER[:3], dtype=np.int16)
    found: list[float] = []
    before = None
    with av.open(str(short)) as container:
        for number, frame in enumerate(container.decode(video=0)):
            rows = frame.to_ndarray(format="rgb24")[900:1400:4, ::4].astype(np.int16)
            lit = np.abs(rows - amber).max(axis=2) < 60
            if lit.any() and (before is None or (lit != before).mean() > 0.002):
                found.append(number * FRAME_MS)
            before = lit
    return found


if __name__ == "__main__":
    main()
