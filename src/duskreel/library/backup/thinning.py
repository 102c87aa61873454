"""Which snapshots of a backup stay, and removing what no snapshot needs."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from duskreel.errors import DiaryError
from duskreel.library.backup.losses import lacks_most
from duskreel.library.backup.store import (
    DAMAGED_SUFFIX,
    BackupFolder,
    BrokenSnapshotError,
    needed_objects,
)

_Period = tuple[str | int, ...]
_LEAP = timedelta(days=30)
_SETTLED = timedelta(days=7)


@dataclass(frozen=True)
class KeepPolicy:
    """All of the last days, then the last one of each day, then of each week, then of each month for ever."""

    all_days: int = 7
    daily_days: int = 30
    weekly_days: int = 365

    @classmethod
    def parse(cls, text: str) -> "KeepPolicy":
        """``"7,30,365"``: so many days all of them, one a day, one a week.

        Raises:
            DiaryError: it is not three growing numbers of days.
        """
        try:
            all_days, daily_days, weekly_days = (int(part) for part in text.split(","))
        except ValueError:
            all_days = daily_days = weekly_days = -1
        if not 0 <= all_days <= daily_days <= weekly_days <= 1_000_000:
            raise DiaryError(
                f"“{text}” does not say how long to keep what.",
                "Give three numbers of days, such as 7,30,365: all, then one a day, then one a week; then one a month.",
            )
        return cls(all_days, daily_days, weekly_days)


@dataclass(frozen=True)
class Thinned:
    """What was removed."""

    removed: tuple[str, ...] = ()
    """names of snapshots"""
    broken: tuple[str, ...] = ()
    """snapshots that cannot be read, for whose sake nothing was removed"""


def superfluous(dated: Sequence[tuple[str, datetime]], keep: KeepPolicy, now: datetime) -> list[str]:
    """Names of the snapshots that this policy lets go, oldest first. The newest is never among them.

    Args:
        dated: names with times, oldest first, as `BackupFolder.dated` gives them.
        keep: which stay.
        now: by the clock on the wall; its offset does not matter.
    """
    seen: set[_Period] = set()
    gone: list[str] = []
    for number, (name, time) in enumerate(reversed(dated)):
        period = _period(time, keep, now.replace(tzinfo=None))
        if number > 0 and period in seen:
            gone.append(name)
        seen.update((_day(time), _week(time), _month(time)))
    return gone[::-1]


def believed(dated: Sequence[tuple[str, datetime]], now: datetime) -> datetime:
    """The present; after a leap, the time before it, until the backups have gone on for a while behind it.

    A clock that is set years ahead by mistake would age everything at once. Whoever really was away for long loses
    nothing by having old snapshots thinned some days later.

    Args:
        dated: as for `superfluous`; the one that was just made may be among them.
        now: by the clock on the wall.
    """
    later = present = now.replace(tzinfo=None, microsecond=0)
    for _, time in reversed(dated):
        if later - time > _LEAP:
            return time if present - later < _SETTLED else present
        later = min(later, time)
    return present


def _period(time: datetime, keep: KeepPolicy, now: datetime) -> "_Period | None":
    """Of which a snapshot of this time must be the last one to stay; None if it stays in any case."""
    age = now - time
    if age <= timedelta(days=keep.all_days):
        return None
    if age <= timedelta(days=keep.daily_days):
        return _day(time)
    return _week(time) if age <= timedelta(days=keep.weekly_days) else _month(time)


def _day(time: datetime) -> _Period:
    return ("day", time.toordinal())


def _week(time: datetime) -> _Period:
    return ("week", *time.isocalendar()[:2])


def _month(time: datetime) -> _Period:
    return ("month", time.year, time.month)


def thin(folder: BackupFolder, keep: KeepPolicy | None, now: datetime, *, is_worth_it: bool = True) -> Thinned:
    """Remove snapshots that nobody will miss, then objects that no snapshot needs. Hold the lock of the diary.

    If this is killed, objects are left that nothing needs; the next time finds them.

    Args:
        folder: a backup.
        keep: which snapshots stay; None removes nothing at all.
        now: the time.
        is_worth_it: whether to look for objects that nothing needs although all snapshots stay.

    Raises:
        OSError: something could not be removed.
    """
    names = folder.every_snapshot()
    dated = folder.dated(now) if keep is not None else []
    gone = superfluous(dated, keep, believed(dated, now)) if keep is not None else []
    gone = [name for name in gone if not _is_last_before_loss(folder, name, [other for other, _ in dated])]
    if keep is None or not (gone or is_worth_it):
        return Thinned()
    needed, broken = _needed(folder, names, set(gone))
    if broken:
        # What it needs is not known.
        return Thinned(broken=tuple(broken))
    for name in gone:
        folder.remove_snapshot(name)
    folder.sync_snapshots()
    if folder.every_snapshot() == sorted(set(names) - set(gone)):
        _remove_unneeded(folder, needed)
    return Thinned(removed=tuple(gone))


def _is_last_before_loss(folder: BackupFolder, name: str, names: Sequence[str]) -> bool:
    """Whether most entries of this state are missing in the next one, and in the newest one still.

    Args:
        folder: the backup.
        name: of a snapshot that is not the newest.
        names: of all, in the order of their times.
    """
    try:
        snapshot, following = folder.read(name), folder.read(names[names.index(name) + 1])
        return lacks_most(following, snapshot) and lacks_most(folder.read(names[-1]), snapshot)
    except BrokenSnapshotError:
        # `_needed` finds it, too, and then nothing is removed.
        return False


def _needed(folder: BackupFolder, names: Iterable[str], gone: set[str]) -> tuple[set[str], list[str]]:
    needed: set[str] = set()
    broken: list[str] = []
    for name in names:
        try:
            snapshot = folder.read(name)
        except BrokenSnapshotError:
            broken.append(name)
        else:
            needed |= set() if name in gone else needed_objects([snapshot])
    return needed, broken


def _remove_unneeded(folder: BackupFolder, needed: set[str]) -> None:
    for name in folder.objects():
        if name.removesuffix(DAMAGED_SUFFIX) not in needed:
            folder.path(name).unlink(missing_ok=True)
