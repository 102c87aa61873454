"""The job that chooses one moment for each day: it reads what was said, and looks at a few pictures of each clip."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from duskreel.errors import DiaryError
from duskreel.export.recap import Moment
from duskreel.library.diary import Diary
from duskreel.library.entry import Entry
from duskreel.library.values import DiaryLocation, EntryFilter
from duskreel.memories.recap import (
    Candidate,
    MomentKind,
    Stretch,
    check_not_empty,
    seconds_of,
    sentences_of,
    wanted_days,
)
from duskreel.memories.recap_plan import PlannedDay, RecapPlan
from duskreel.picture.planes import Planes, split
from duskreel.progress import CancelToken, Progress

if TYPE_CHECKING:
    from duskreel.export.cover import Judge, PictureLook
    from duskreel.export.reader import PictureReader

MOST_LOOKS = 12
"""at pictures of one entry: a second's work"""
FEWEST_KEYFRAMES = 6
"""with fewer of them where something may be shown, other pictures are decoded as well"""
MOST_SENTENCES = 6
"""of one entry, the best by their words, that are looked at"""


@dataclass(frozen=True)
class RecapWishes:
    """Which days, and what of each. Pickles, so that the job may run in another process."""

    location: DiaryLocation
    stretch: Stretch
    kind: MomentKind
    keeps_hard_days: bool = True


@dataclass(frozen=True)
class _Seen:
    """A candidate, and how its picture looks."""

    entry: Entry
    candidate: Candidate
    look: "PictureLook | None"


def plan_recap(wishes: RecapWishes, /, *, progress: Progress, token: CancelToken) -> RecapPlan:
    """Choose one moment for each day that has entries.

    Args:
        wishes: which days, and what of each.
        progress: told after every entry.
        token: asked before every picture.

    Raises:
        DiaryError: no day has an entry that may be shown, or none of their clips can be read.
        Cancelled: asked for through the token.
    """
    from duskreel.export.cover import Judge

    judge, planned, remarks = Judge(), [], []
    with Diary.open(wishes.location) as diary:
        found = diary.entries(EntryFilter(first_day=wishes.stretch.first, last_day=wishes.stretch.last))
        days = wanted_days(found, keeps_hard_days=wishes.keeps_hard_days)
        check_not_empty(days, wishes.stretch)
        for number, (day, entries) in enumerate(days.items()):
            progress("Choosing moments", number / len(days))
            chosen, told = _Choosing(diary, judge, wishes.kind, token).best_of(entries)
            remarks += [f"{day}: {sentence}" for sentence in told]
            if chosen is not None:
                planned.append(_planned(day, chosen, entries))
    if not planned:
        raise DiaryError(f"No clip of {wishes.stretch.name} can be read.", "“duskreel doctor” says what is wrong.")
    return RecapPlan(wishes.stretch.name, tuple(planned), tuple(remarks))


def _planned(day: date, chosen: _Seen, entries: Sequence[Entry]) -> PlannedDay:
    others = tuple(entry.id for entry in entries if entry.id != chosen.entry.id)
    return PlannedDay(Moment(day, chosen.entry.id, chosen.candidate.span, chosen.candidate.text), others=others)


class _Choosing:
    """One day."""

    def __init__(self, diary: Diary, judge: "Judge", kind: MomentKind, token: CancelToken) -> None:
        self._diary, self._judge, self._kind, self._token = diary, judge, kind, token

    def best_of(self, entries: Sequence[Entry]) -> tuple[_Seen | None, list[str]]:
        """The best moment of all of a day's entries, and what is to be said about it."""
        from duskreel.export.cover import score

        seen: list[_Seen] = []
        told: list[str] = []
        candidates = [(entry, self._candidates(entry)) for entry in entries]
        if self._kind == "sentence":
            with_sentences = [(entry, found) for entry, found in candidates if found]
            if not with_sentences:
                told.append("no sentence of 1.5 to 6 seconds was found, so a second of it is shown.")
            candidates = with_sentences or [(entry, self._seconds(entry)) for entry in entries]
        for entry, found in candidates:
            try:
                seen += self._looked_at(entry, found)
            except DiaryError as error:
                told.append(error.what_happened)
        looks = [one.look for one in seen if one.look is not None]

        def points(one: _Seen) -> float:
            return one.candidate.points + (0.0 if one.look is None else score(one.look, looks))

        return max(seen, key=points, default=None), told

    def _candidates(self, entry: Entry) -> list[Candidate]:
        if self._kind == "second":
            return self._seconds(entry)
        transcript = self._diary.transcript(entry)
        if transcript is None:
            return []
        found = sentences_of(list(transcript.words()), entry.duration_ms, entry.cuts, transcript.voice)
        return found[:MOST_SENTENCES]

    def _seconds(self, entry: Entry) -> list[Candidate]:
        transcript = self._diary.transcript(entry)
        words = list(transcript.words()) if transcript else []
        return seconds_of(words, entry.duration_ms, entry.cuts)

    def _looked_at(self, entry: Entry, candidates: Sequence[Candidate]) -> Iterator[_Seen]:
        """The candidates in which a picture was looked at, each with that look."""
        if not candidates:
            return
        info = self._diary.clip_info(entry)
        inside = [one for one in candidates if one.span.end_ms <= info.duration_ms] or list(candidates[:1])
        from duskreel.export.reader import PictureReader

        with (
            self._diary.open_clip(entry) as file,
            closing(PictureReader(file, entry.clip_path, info, is_sampling=True)) as reader,
        ):
            looks = list(self._looks(reader, inside))
        for one in inside:
            within = [look for look in looks if one.span.start_ms <= look.time_ms < one.span.end_ms]
            if within:
                yield _Seen(entry, one, min(within, key=lambda look: abs(look.time_ms - _middle_ms(one))))

    def _looks(self, reader: "PictureReader", candidates: Sequence[Candidate]) -> "Iterator[PictureLook]":
        times_ms, picture_at = _where_to_look(reader, candidates)
        for time_ms in times_ms:
            self._token.raise_if_cancelled()
            picture = picture_at(time_ms)
            if picture is not None:
                yield self._judge.look_at(time_ms, split(picture)[0])


def _where_to_look(
    reader: "PictureReader", candidates: Sequence[Candidate]
) -> tuple[list[int], "Callable[[int], Planes | None]"]:
    """Keyframes inside the candidates, which cost next to nothing; else the middles of the candidates."""
    keyframes = [
        time_ms
        for time_ms in reader.keyframes_ms()
        if any(one.span.start_ms <= time_ms < one.span.end_ms for one in candidates)
    ]
    if len(keyframes) >= FEWEST_KEYFRAMES:
        return _spread(keyframes), reader.keyframe
    best = sorted(candidates, key=lambda one: -one.points)[: 4 * MOST_LOOKS]
    return _spread(sorted({_middle_ms(one) for one in best})), reader.at


def _spread(times_ms: Sequence[int]) -> list[int]:
    """As many as are looked at, evenly."""
    if len(times_ms) <= MOST_LOOKS:
        return list(times_ms)
    return [times_ms[index * len(times_ms) // MOST_LOOKS] for index in range(MOST_LOOKS)]


def _middle_ms(candidate: Candidate) -> int:
    return (candidate.span.start_ms + candidate.span.end_ms) // 2
