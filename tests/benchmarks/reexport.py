"""How long a short takes that is made again after one word was corrected, beside making it anew, and whether it is
the same.

The clip is the talk of `export.py`. The short is made, a word in its middle is corrected, it is made again; and then
once more with nothing remembered. The last two must be the same file, to the byte. Run it on demand:

    python tests/benchmarks/reexport.py [--seconds 60] [--captions calm] [--rounds 3]
"""

import argparse
import os
import shutil
import tempfile
from pathlib import Path
from statistics import median

import av
import numpy as np
from side_by_side import run, tell, timed
from talk import DUSKREEL, diary_of, make_talk

from duskreel.edit.revising import correct
from duskreel.export.encoders import GROUP
from duskreel.export.style import STYLES
from duskreel.library.diary import Diary
from duskreel.library.values import DiaryLocation
from duskreel.paths import places

WORDS = ("sunflower", "table", "tomorrow", "we", "nevertheless", "red")


def main() -> None:
    """Make it, correct it, make it again, make it anew; tell times and differences."""
    arguments = _arguments()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        os.environ["XDG_STATE_HOME"] = str(folder / "state")
        diary = diary_of(make_talk(folder, arguments.seconds), folder)
        ratios = [_round(folder, diary, arguments.captions, word) for word in WORDS[: arguments.rounds]]
    tell(f"median: {median(ratios):.1%} of the time")


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seconds", type=int, default=60)
    parser.add_argument("--captions", choices=list(STYLES), default="calm")
    parser.add_argument("--rounds", type=int, default=3)
    return parser.parse_args()


def _round(folder: Path, diary: list[str], captions: str, word: str) -> float:
    short, before, fresh = (folder / f"{name}.mp4" for name in ("short", "before", "fresh"))
    export = [*DUSKREEL, "export", *diary, "latest", "--captions", captions, "--replace", "-o"]
    run([*export, str(short)])
    shutil.copy(short, before)
    said = _correct(Path(diary[1]), word)
    again = timed([*export, str(short)])
    shutil.rmtree(places().state / "shorts")
    anew = timed([*export, str(fresh)])
    changed = _changed_pictures(before, short)
    tell(
        f"“{said}” to “{word}”: again {again.wall_s:.2f} s, anew {anew.wall_s:.2f} s, "
        f"{again.wall_s / anew.wall_s:.1%}; "
        f"{len(changed)} pictures changed, in segments {sorted({number // GROUP for number in changed})}; "
        f"the same file as anew: {short.read_bytes() == fresh.read_bytes()}"
    )
    return again.wall_s / anew.wall_s


def _correct(folder: Path, text: str) -> str:
    """Put another word in place of the one in the middle."""
    with Diary.open(DiaryLocation(folder, places().state)) as diary:
        entry = diary.find("latest")
        transcript = diary.transcript(entry)
        assert transcript is not None
        words = list(transcript.words())
        middle = len(words) // 2
        diary.save_transcript(entry, correct(transcript, middle, text))
        return words[middle].shown


def _changed_pictures(one: Path, other: Path) -> list[int]:
    with av.open(str(one)) as first, av.open(str(other)) as second:
        pairs = zip(first.decode(video=0), second.decode(video=0), strict=True)
        return [
            number
            for number, (left, right) in enumerate(pairs)
            if not np.array_equal(left.to_ndarray(), right.to_ndarray())
        ]


if __name__ == "__main__":
    main()
