"""The job that chooses one moment for each day: it reads what was said, and looks at a few pictures of each clip."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import date
from itertools import islice, product
from typing import TYPE_CHECKING

from duskreel.errors import DiaryError
from duskreel.export.recap import Moment
from duskreel.export.recap_decisions import Showable, showable
from duskreel.library.diary import Diary
from duskreel.library.entry import Entry
from duskreel.library.values import DiaryLocation, EntryFilter
from duskreel.memories.recap import (
    ODD_SECOND_MS,
    Candidate,
    MomentKind,
    Stretch,
    check_not_empty,
    seconds_of,
    sentences_of,
    wanted_days,
)
from duskreel.memories.recap_clauses import clauses_of
from duskreel.memories.recap_plan import PlannedDay, RecapPlan
from duskreel.picture.planes import Planes, split
from duskreel.progress import CancelToken, Progress, unheard
from duskreel.timecode import Span, intersect, merge

if TYPE_CHECKING:
    from duskreel.export.cover import Judge, PictureLook
    from duskreel.export.reader import PictureReader

MOST_LOOKS = 12
"""at pictures of one entry: a second's work"""
FEWEST_KEYFRAMES = 6
"""with fewer of them where something may be shown, other pictures are decoded as well"""
MOST_SENTENCES = 6
"""of one entry, the best by their words, that are looked at"""
MOST_OTHERS = 8
"""of one day, that the user is offered"""
NOTHING_SAID = "nothing that is said in 1.5 to 6 seconds was found, so a second of it is shown."
NOTHING_LEFT = "nothing is left of it to be shown, so the day is left out."


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


@dataclass(frozen=True)
class _Known:
    """What is known of an entry before its clip is opened."""

    may: Showable
    voice: Sequence[Span] | None


def plan_recap(wishes: RecapWishes, /, *, progress: Progress, token: CancelToken) -> RecapPlan:
    """Choose one moment for each day that has entries.

    Of a day without a whole sentence of the wanted length, a part of a longer one is chosen; where nothing is said, a
    second. What was decided to be cut is not shown, and where there is a choice, nothing in which words are hidden.

    Args:
        wishes: which days, and what of each.
        progress: told after every entry.
        token: asked before every picture.

    Raises:
        DiaryError: no day has an entry that may be shown, or none of their clips can be read.
        Cancelled: asked for through the token.
    """
    from duskreel.export.cover import Judge
    from duskreel.export.recap_scenes import let_go

    judge, planned, remarks = Judge(), [], []
    with Diary.open(wishes.location) as diary:
        found = diary.entries(EntryFilter(first_day=wishes.stretch.first, last_day=wishes.stretch.last))
        days = wanted_days(found, keeps_hard_days=wishes.keeps_hard_days)
        check_not_empty(days, wishes.stretch)
        for number, (day, entries) in enumerate(days.items()):
            progress("Choosing moments", number / len(days))
            choosing = _Choosing(diary, judge, wishes.kind, token)
            chosen = next(choosing.ranked(entries), None)
            remarks += [f"{day}: {sentence}" for sentence in choosing.told]
            if chosen is not None:
                planned.append(_planned(day, chosen, entries))
            elif not choosing.told:
                remarks.append(f"{day}: {NOTHING_LEFT}")
            let_go()
    if all(remark.endswith(NOTHING_LEFT) for remark in remarks) and not planned:
        raise DiaryError(f"Nothing of {wishes.stretch.name} is left to be shown: it was cut out.", "Choose other days.")
    if not planned:
        raise DiaryError(f"No clip of {wishes.stretch.name} can be read.", "“duskreel doctor” says what is wrong.")
    return RecapPlan(wishes.stretch.name, tuple(planned), tuple(remarks))


def other_moments(
    wishes: RecapWishes,
    day: date,
    /,
    *,
    shown: Sequence[Moment] = (),
    most: int = MOST_OTHERS,
    progress: Progress,
    token: CancelToken,
) -> list[Moment]:
    """Find what else a day might show, as `plan_recap` would choose it if the moments before it were not there.

    Args:
        wishes: of what kind; their stretch of days and hard days do not matter here.
        day: any day with entries.
        shown: what the day shows now; nothing that is returned overlaps any of it.
        most: how many to return at most.
        progress: told after every entry.
        token: asked before every picture.

    Returns:
        The best first, no two of them overlapping; where sentences are wished for, parts of longer ones come after
        them, and seconds last. Without `shown`, the first is what `plan_recap` chooses. Empty if the day has nothing
        else, has no entry that may be shown, or none of its clips can be read.

    Raises:
        Cancelled: asked for through the token.
    """
    from duskreel.export.cover import Judge
    from duskreel.export.recap_scenes import let_go

    with Diary.open(wishes.location) as diary:
        found = diary.entries(EntryFilter(first_day=day, last_day=day))
        entries = wanted_days(found, keeps_hard_days=True).get(day, [])
        ranked = _Choosing(diary, Judge(), wishes.kind, token, progress).ranked(entries)
        moments = (Moment(day, one.entry.id, one.candidate.span, one.candidate.text) for one in ranked)
        found_others = list(islice(_apart(moments, shown), most))
    let_go()
    return found_others


def _apart(moments: Iterable[Moment], shown: Sequence[Moment]) -> Iterator[Moment]:
    """Those that overlap neither what is shown nor a better one."""
    taken: dict[str, list[Span]] = {}
    for one in shown:
        taken.setdefault(one.entry_id, []).append(one.span)
    for one in moments:
        spans = taken.setdefault(one.entry_id, [])
        if not intersect(merge(spans), [one.span]):
            spans.append(one.span)
            yield one


def _planned(day: date, chosen: _Seen, entries: Sequence[Entry]) -> PlannedDay:
    others = tuple(entry.id for entry in entries if entry.id != chosen.entry.id)
    return PlannedDay(Moment(day, chosen.entry.id, chosen.candidate.span, chosen.candidate.text), others=others)


class _Choosing:
    """One day."""

    def __init__(
        self, diary: Diary, judge: "Judge", kind: MomentKind, token: CancelToken, progress: Progress = unheard
    ) -> None:
        self._diary, self._judge, self._kind, self._token, self._progress = diary, judge, kind, token, progress
        self._known: dict[str, _Known] = {}
        self.told: list[str] = []
        """what the user may want to know of the day, in sentences"""

    def ranked(self, entries: Sequence[Entry]) -> Iterator[_Seen]:
        """What the day may show, the best first; clips are opened as far as is asked for.

        A tone in a thought is still more of a thought than a second of the day, but any other thought goes before it.
        """
        parts = (self._sentences, self._clauses) if self._kind == "sentence" else ()
        for way, hides in (*product(parts, (False, True)), (self._seconds, False), (self._seconds, True)):
            seen = self._best_first([(entry, found) for entry in entries if (found := way(entry, hides=hides))])
            if seen and parts and way == self._seconds and NOTHING_SAID not in self.told:
                self.told.append(NOTHING_SAID)
            yield from seen

    def _best_first(self, candidates: Sequence[tuple[Entry, Sequence[Candidate]]]) -> list[_Seen]:
        from duskreel.export.cover import score

        seen: list[_Seen] = []
        for number, (entry, found) in enumerate(candidates):
            self._progress("Looking at the day", number / len(candidates))
            try:
                seen += self._looked_at(entry, found)
            except DiaryError as error:
                if error.what_happened not in self.told:
                    self.told.append(error.what_happened)
        looks = [one.look for one in seen if one.look is not None]

        def points(one: _Seen) -> float:
            return one.candidate.points + (0.0 if one.look is None else score(one.look, looks))

        return sorted(seen, key=points, reverse=True)

    def _sentences(self, entry: Entry, *, hides: bool) -> list[Candidate]:
        return self._spoken(entry, sentences_of, hides=hides)

    def _clauses(self, entry: Entry, *, hides: bool) -> list[Candidate]:
        return self._spoken(entry, clauses_of, hides=hides)

    def _spoken(self, entry: Entry, find: "Callable[..., list[Candidate]]", *, hides: bool) -> list[Candidate]:
        """The best of those in which words are hidden, or of those in which none are."""
        known = self._of(entry)
        found = find(known.may.words, entry.duration_ms, known.may.cuts, known.voice)
        return [one for one in found if known.may.hides_in(one.span) == hides][:MOST_SENTENCES]

    def _seconds(self, entry: Entry, *, hides: bool) -> list[Candidate]:
        """As `_spoken`; a clean second may be an odd one, rather than one in which words are hidden."""
        may = self._of(entry).may
        if hides:
            return [one for one in seconds_of(may.words, entry.duration_ms, may.cuts) if may.hides_in(one.span)]
        hidden = [each.span for each in may.concealment.words]
        found = seconds_of(may.words, entry.duration_ms, [*may.cuts, *hidden])
        return [one for one in found if not hidden or one.span.duration_ms >= ODD_SECOND_MS.start_ms]

    def _of(self, entry: Entry) -> _Known:
        if entry.id not in self._known:
            transcript = self._diary.transcript(entry)
            self._known[entry.id] = _Known(showable(entry, transcript), transcript.voice if transcript else None)
        return self._known[entry.id]

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
