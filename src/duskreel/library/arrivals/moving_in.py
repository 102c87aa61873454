"""Clips from elsewhere, one after the other: each comes in whole, and what cannot keeps no other out."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum
from pathlib import Path

from duskreel.errors import DiaryError
from duskreel.library import arrival_dates, importing
from duskreel.library.arrival_dates import DateSource, When
from duskreel.library.arrivals import companions, day_one
from duskreel.library.arrivals.anything import offer_anything
from duskreel.library.arrivals.candidate import Candidate, Offer, Refused
from duskreel.library.arrivals.folders import offer_days, offer_files
from duskreel.library.arrivals.pile import at_hand, open_pile
from duskreel.library.arrivals.twins import Twins
from duskreel.library.diary import Diary
from duskreel.library.entry import Entry
from duskreel.library.ids import new_id
from duskreel.library.importing import Brought, Found
from duskreel.library.values import Details, DiaryLocation
from duskreel.progress import CancelToken, Progress, part

_ULID = re.compile(r"[0-7][0-9A-HJKMNP-TV-Z]{25}")


class Origin(StrEnum):
    """Where clips come from, as the command line names it."""

    VIDEOS = "videos"
    ANYTHING = "anything"
    """each source as what it turns out to be"""
    DAY_ONE = "day-one"
    ONE_SECOND = "1se"


class Outcome(StrEnum):
    """What became of a clip."""

    KEPT = "kept"
    WOULD_BE_KEPT = "would be kept"
    ALREADY_HERE = "already here"
    REFUSED = "refused"


@dataclass(frozen=True)
class Arrival:
    """One clip, and what became of it."""

    name: str
    outcome: Outcome
    entry: Entry | None = None
    """the new one"""
    when: When | None = None
    title: str = ""
    reason: str = ""
    """why it did not come in, and what to do"""

    @property
    def refusal(self) -> DiaryError:
        """The reason as a failure of its own."""
        what_happened, _, what_to_do = self.reason.rpartition(". ")
        return DiaryError(f"{what_happened}.", what_to_do)


@dataclass(frozen=True)
class MovingIn:
    """All that another process needs to know."""

    location: DiaryLocation
    sources: tuple[Path, ...]
    origin: Origin = Origin.VIDEOS
    details: Details = field(default_factory=Details)
    """what is to be said about every one of them"""
    is_rehearsal: bool = False
    """look at everything, keep nothing"""


@dataclass(frozen=True)
class MovedIn:
    """What became of everything."""

    arrivals: tuple[Arrival, ...]
    notes: tuple[str, ...]
    """sentences about what was left out on purpose"""


def move_in(request: MovingIn, /, *, progress: Progress, token: CancelToken) -> MovedIn:
    """Bring in every clip that can be used and is not here yet.

    Raises:
        DiaryError: the diary cannot be used, or there is no journal in what was given.
        Cancelled: what has come in stays; of the clip that was being copied nothing is left.
    """
    with Diary.open(request.location) as diary:
        offer = offered(request)
        return MovedIn(tuple(arrivals(diary, request, offer, progress=progress, token=token)), offer.notes)


def offered(request: MovingIn) -> Offer:
    """Everything that may come in, before anything of it is read.

    Raises:
        DiaryError: as `move_in`.
    """
    if request.origin is Origin.VIDEOS:
        return offer_files(request.sources, request.location.folder)
    if request.origin is Origin.ANYTHING:
        return offer_anything(request.sources, request.location.folder)
    read = day_one.offer if request.origin is Origin.DAY_ONE else offer_days
    offers = [read(open_pile(source)) for source in request.sources]
    return Offer(
        tuple(candidate for offer in offers for candidate in offer.candidates),
        tuple(refused for offer in offers for refused in offer.refused),
        tuple(note for offer in offers for note in offer.notes),
    )


def arrivals(
    diary: Diary, request: MovingIn, offer: Offer, *, progress: Progress, token: CancelToken
) -> Iterator[Arrival]:
    """Bring in one clip at a time, and tell of each.

    Raises:
        Cancelled: as `move_in`.
    """
    yield from (_refused(each) for each in offer.refused)
    twins = Twins(diary)
    total_bytes = sum(candidate.size_bytes + 1 for candidate in offer.candidates) or 1
    done_bytes = 0
    for candidate in _best_known_first(offer.candidates):
        token.raise_if_cancelled()
        size_bytes = candidate.size_bytes + 1
        step = part(progress, done_bytes / total_bytes, (done_bytes + size_bytes) / total_bytes)
        try:
            yield _bring(diary, request, candidate, twins, step, token)
        except DiaryError as error:
            yield Arrival(candidate.name, Outcome.REFUSED, reason=_named(candidate, error))
        done_bytes += size_bytes
        progress("Going on" if done_bytes < total_bytes else "Done", done_bytes / total_bytes)


def _best_known_first(candidates: Sequence[Candidate]) -> list[Candidate]:
    """Of clips that may be the same, the one of which most is known comes first, as only the first one comes in."""
    same_size: dict[int, list[Candidate]] = {}
    for candidate in candidates:
        same_size.setdefault(candidate.size_bytes, []).append(candidate)
    # Nobody looks beside a clip for no reason: on a slow disk, that takes its time.
    ranked = {
        size_bytes: iter(sorted(same, key=_knowledge, reverse=True) if len(same) > 1 else same)
        for size_bytes, same in same_size.items()
    }
    return [next(ranked[candidate.size_bytes]) for candidate in candidates]


def _knowledge(candidate: Candidate) -> tuple[bool, bool]:
    """Whether something was said about it, and whether its name tells when it was recorded."""
    is_told = candidate.brought != Brought() or (candidate.member is None and companions.has_any(candidate.file))
    return is_told, arrival_dates.in_name(candidate.name.rpartition("/")[2]) is not None


def _bring(
    diary: Diary, request: MovingIn, candidate: Candidate, twins: Twins, progress: Progress, token: CancelToken
) -> Arrival:
    with at_hand(diary, candidate, token) as clip:
        found = importing.examine(clip)
        twin = twins.of(clip, token)
        if twin is not None:
            return Arrival(candidate.name, Outcome.ALREADY_HERE, reason=_named(candidate, twin))
        brought = candidate.brought if candidate.member else _completed(candidate.brought, companions.beside(clip))
        when = _when(request, candidate, found, brought)
        details = _joined(request.details, _with_free_id(brought, twins), when)
        if request.is_rehearsal:
            twins.rehearse(clip, token, stays=candidate.member is None)
            return Arrival(candidate.name, Outcome.WOULD_BE_KEPT, None, when, details.title)
        entry = diary.import_clip(clip, details, progress=progress, token=token)
    twins.add(entry)
    return Arrival(candidate.name, Outcome.KEPT, entry, when, entry.title)


def _completed(brought: Brought, beside: Brought) -> Brought:
    """What a journal says outdoes what lies beside the clip."""
    return beside if brought == Brought() else brought


def _when(request: MovingIn, candidate: Candidate, found: Found, brought: Brought) -> When:
    if request.details.recorded_at is not None:
        return When(request.details.recorded_at, DateSource.GIVEN)
    if brought.recorded_at is not None:
        return When(brought.recorded_at, DateSource.DIARY if brought.known else DateSource.JOURNAL)
    if candidate.must_be_named and arrival_dates.in_name(found.name) is None:
        raise DiaryError(
            f"There is no day in the name of “{candidate.name}”; the days of a finished film cannot be told apart.",
            "Import the daily clips instead, or give it one day with --date.",
        )
    return importing.time_of(found, prefers_name=candidate.prefers_name)


def _with_free_id(brought: Brought, twins: Twins) -> Brought:
    """An entry that moves keeps its id, unless another has it here."""
    if brought.known is None:
        return brought
    is_free = bool(_ULID.fullmatch(brought.known.id)) and not twins.has_id(brought.known.id)
    return replace(brought, known=replace(brought.known, id=brought.known.id if is_free else new_id()))


def _joined(given: Details, brought: Brought, when: When) -> Brought:
    """What the user says now outdoes what was said before; words are added to words."""
    return replace(
        brought,
        title=given.title or brought.title,
        note=given.note or brought.note,
        mood=given.mood or brought.mood,
        feelings=tuple(dict.fromkeys((*brought.feelings, *given.feelings))),
        tags=tuple(dict.fromkeys((*brought.tags, *given.tags))),
        recorded_at=when.at,
    )


def _refused(refused: Refused) -> Arrival:
    return Arrival(refused.name, Outcome.REFUSED, reason=refused.reason)


def _named(candidate: Candidate, error: DiaryError) -> str:
    """The sentence with the name that the user knows, where clips of many folders share one."""
    own = importing.readable(Path(candidate.member or candidate.file.name).name)
    what = error.what_happened.replace(f"“{own}”", f"“{candidate.name}”", 1)
    return f"{what} {error.what_to_do}"
