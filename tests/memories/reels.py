"""A diary to make reels of: small real clips, and what is said in them."""

from datetime import UTC, datetime
from pathlib import Path

from clips import make_clip
from duskreel.library.diary import Diary
from duskreel.library.entry import Entry, Segment, Transcript, Word
from duskreel.library.values import Details
from duskreel.memories.recap import MomentKind, Stretch
from duskreel.memories.recap_looking import RecapWishes, plan_recap
from duskreel.memories.recap_plan import RecapPlan
from duskreel.progress import CancelToken, unheard

JOB = (
    Word("I", 1_000, 1_300, 0.9),
    Word("lost", 1_300, 1_700, 0.9),
    Word("my", 1_700, 2_000, 0.9),
    Word("job.", 2_000, 2_500, 0.9),
)


def bring(diary: Diary, path: Path, day: int, duration_s: float = 4.0) -> Entry:
    """A clip of November; no two may last equally long, or they are the same one."""
    details = Details(recorded_at=datetime(2026, 11, day, 18, tzinfo=UTC))
    clip = make_clip(path, duration_s=duration_s, size=(96, 54), fps=10)
    return diary.import_clip(clip, details, progress=unheard, token=CancelToken())


def say(diary: Diary, entry: Entry, words: tuple[Word, ...]) -> None:
    """Have this heard in it."""
    heard = Segment(words[0].start_ms, words[-1].end_ms, words)
    diary.save_transcript(entry, Transcript("base", "en", 1.0, datetime.now(UTC), (heard,)))


def november(diary: Diary, kind: MomentKind = "second", token: CancelToken | None = None) -> RecapPlan:
    """The moments that are chosen for it."""
    wishes = RecapWishes(diary.location, Stretch.named("2026-11"), kind)
    return plan_recap(wishes, progress=unheard, token=token or CancelToken())
