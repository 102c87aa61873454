"""Old snapshots make room, and nothing that a remaining one needs ever goes."""

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from duskreel.errors import DiaryError
from duskreel.library.backup import incremental
from duskreel.library.backup.incremental import FolderBackup
from duskreel.library.backup.store import BackupFolder, Snapshot, needed_objects
from duskreel.library.backup.thinning import KeepPolicy, superfluous, thin
from duskreel.library.values import DiaryLocation
from library.backup.conftest import BackUp, contents, object_of, objects, put

NOW = datetime(2026, 11, 23, 20, 0, tzinfo=UTC)
USUAL = KeepPolicy()


def names(times: Iterable[datetime]) -> list[str]:
    return [f"{time:%Y-%m-%dT%H.%M.%S}" for time in times]


def dated(names: Iterable[str]) -> list[tuple[str, datetime]]:
    return [(name, datetime.strptime(name, "%Y-%m-%dT%H.%M.%S")) for name in sorted(names)]  # noqa: DTZ007


def kept(times: list[datetime], policy: KeepPolicy = USUAL) -> list[str]:
    gone = set(superfluous(dated(names(times)), policy, NOW))
    return [name for name in names(sorted(times)) if name not in gone]


def test_all_of_the_last_week_stay() -> None:
    times = [NOW - timedelta(hours=number) for number in range(7 * 24)]
    assert len(kept(times)) == len(times)


def test_older_ones_stay_once_a_day_then_once_a_week_then_once_a_month() -> None:
    times = [NOW - timedelta(hours=6 * number) for number in range(4 * 365 * 3)]
    stay = [datetime.strptime(name, "%Y-%m-%dT%H.%M.%S").replace(tzinfo=UTC) for name in kept(times)]
    days = [time.date() for time in stay if timedelta(days=8) < NOW - time < timedelta(days=30)]
    assert len(days) == len(set(days)) >= 21
    weeks = [time.isocalendar()[:2] for time in stay if timedelta(days=38) < NOW - time < timedelta(days=364)]
    assert len(weeks) == len(set(weeks)) >= 46
    months = [(time.year, time.month) for time in stay if NOW - time > timedelta(days=400)]
    assert len(months) == len(set(months)) >= 22


def test_the_last_of_a_period_is_the_one_that_stays() -> None:
    days = [datetime(2024, 3, day, 12, tzinfo=UTC) for day in (1, 15, 30)]
    assert kept([*days, NOW]) == names([days[-1], NOW])


def test_thinning_every_day_for_years_leaves_what_thinning_once_leaves_room_for() -> None:
    there: list[str] = []
    for number in range(420):
        now = NOW - timedelta(days=420 - number)
        there += names([now, now + timedelta(hours=2)])
        gone = set(superfluous(dated(there), USUAL, now + timedelta(hours=2)))
        there = [name for name in there if name not in gone]
    months = {name[:7] for name in there}
    assert len(months) >= 14, "no month is without one"
    assert len(there) < 16 + 24 + 53 + 4


def test_the_newest_stays_whatever_the_clock_says() -> None:
    assert kept([datetime(1999, 1, 1, tzinfo=UTC), datetime(1999, 1, 2, tzinfo=UTC)], KeepPolicy(0, 0, 0)) == [
        "1999-01-02T00.00.00"
    ]
    assert len(kept([NOW + timedelta(days=400), NOW + timedelta(days=401)])) == 2, "who knows what the future was"


def test_files_of_other_names_are_not_thinned(backed_up: BackUp, target: Path) -> None:
    made = backed_up()
    for name in ("before the move", "2026-13-45T00.00.00"):
        (target / "snapshots" / f"{name}.json").write_bytes(
            (target / "snapshots" / f"{made.snapshot}.json").read_bytes()
        )
    assert [name for name, _ in BackupFolder.open(target).dated(NOW)] == [made.snapshot]


@pytest.mark.parametrize("text", ["", "7", "7,30", "7,30,x", "30,7,365", "-1,30,365", "1,2,3,4", "1,2,99999999"])
def test_what_is_no_policy_is_refused(text: str) -> None:
    with pytest.raises(DiaryError, match="such as 7,30,365"):
        KeepPolicy.parse(text)


def test_a_policy_is_three_numbers() -> None:
    assert KeepPolicy.parse("7, 30,365") == USUAL


@pytest.fixture
def folder(backed_up: BackUp, location: DiaryLocation, target: Path, monkeypatch: pytest.MonkeyPatch) -> BackupFolder:
    """A backup with two states of one month long ago, and one of last week, each with a file of its own."""
    monkeypatch.setattr(incremental, "_now", lambda: NOW - timedelta(days=8))
    made = backed_up(keep=None)
    opened = BackupFolder.open(target)
    now = opened.read(made.snapshot)
    for day in (1, 2):
        content = f"day {day}".encode()
        put(location.folder, "entries/2026/11/one/note.json", content)
        again = opened.read(backed_up(keep=None, reads_all=True).snapshot)
        opened.write(Snapshot(now.library, again.began_at, again.files), datetime(2020, 1, day, tzinfo=UTC))
    for name in opened.snapshots()[3:]:
        opened.remove_snapshot(name)
    return opened


def test_objects_that_no_snapshot_needs_go_and_all_others_stay(folder: BackupFolder, target: Path) -> None:
    thinned = thin(folder, USUAL, NOW)
    assert thinned.removed == ("2020-01-01T00.00.00",)
    with pytest.raises(StopIteration):
        object_of(target, b"day 1")
    assert set(objects(target)) == needed_objects(folder.read(name) for name in folder.snapshots())


@pytest.mark.parametrize("content", [b"", b"{}", b"flipped"])
def test_nothing_is_removed_while_a_snapshot_cannot_be_read(folder: BackupFolder, target: Path, content: bytes) -> None:
    snapshot = target / "snapshots" / "2020-01-02T00.00.00.json"
    snapshot.write_bytes(content if content != b"flipped" else snapshot.read_bytes().replace(b"day", b"dax", 1) + b"x")
    before = contents(target)
    assert thin(folder, KeepPolicy(0, 0, 0), NOW).broken == ("2020-01-02T00.00.00",)
    assert contents(target) == before


def test_a_flipped_digit_in_a_snapshot_is_noticed(folder: BackupFolder, target: Path) -> None:
    snapshot = target / "snapshots" / "2020-01-02T00.00.00.json"
    snapshot.write_bytes(snapshot.read_bytes().replace(b"clip.mp4", b"clap.mp4", 1))
    assert thin(folder, USUAL, NOW).broken == ("2020-01-02T00.00.00",)


def test_a_snapshot_that_somebody_renamed_keeps_its_objects(folder: BackupFolder, target: Path) -> None:
    (target / "snapshots" / "2020-01-01T00.00.00.json").rename(target / "snapshots" / "before the move.json")
    thin(folder, KeepPolicy(0, 0, 0), NOW)
    assert object_of(target, b"day 1")


def test_thinning_that_was_killed_leaves_only_what_the_next_one_removes(
    folder: BackupFolder, target: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def die(_folder: BackupFolder) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(BackupFolder, "sync_snapshots", die)
        with pytest.raises(KeyboardInterrupt):
            thin(folder, USUAL, NOW)
    assert object_of(target, b"day 1"), "objects go last"
    thin(folder, USUAL, NOW)
    assert set(objects(target)) == needed_objects(folder.read(name) for name in folder.snapshots())


def test_a_backup_thins_and_need_not(
    backed_up: BackUp, location: DiaryLocation, monkeypatch: pytest.MonkeyPatch
) -> None:
    long_ago = NOW - timedelta(days=900)
    for number in range(3):
        backed_up_at(long_ago + timedelta(minutes=number), monkeypatch, backed_up, location, keep=None)
    backed_up_at(NOW - timedelta(days=8), monkeypatch, backed_up, location, keep=None)
    made = backed_up_at(NOW, monkeypatch, backed_up, location)
    assert (made.snapshots, made.removed_snapshots) == (3, 2)


def backed_up_at(
    time: datetime, monkeypatch: pytest.MonkeyPatch, backed_up: BackUp, location: DiaryLocation, **changes: object
) -> FolderBackup:
    """A backup that has something new to keep, when the clock says this."""
    monkeypatch.setattr(incremental, "_now", lambda: time)
    put(location.folder, "entries/2026/11/one/note.json", time.isoformat().encode())
    return backed_up(reads_all=True, **changes)


def test_a_clock_that_is_years_ahead_for_some_days_ages_nothing(
    backed_up: BackUp, location: DiaryLocation, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in range(10):
        backed_up_at(NOW + timedelta(hours=number), monkeypatch, backed_up, location)
    leap = NOW + timedelta(days=3650)
    for days in range(6):
        made = backed_up_at(leap + timedelta(days=days), monkeypatch, backed_up, location)
        assert made.removed_snapshots == 0
    made = backed_up_at(leap + timedelta(days=8), monkeypatch, backed_up, location)
    assert made.removed_snapshots == 9, "somebody who was away for long has a clock that stays where it is"


def test_snapshots_made_after_a_wrong_clock_are_thinned_by_their_own_time(target: Path) -> None:
    folder = BackupFolder.begin(target, "library")

    def take(now: datetime) -> str:
        name = folder.write(Snapshot("library", now, ()), folder.time_for_next(now))
        thin(folder, USUAL, now)
        return name

    take(NOW - timedelta(days=1))
    wrong = take(NOW + timedelta(days=3650))
    for day in range(60):
        newest = [take(NOW + timedelta(days=day, hours=hour)) for hour in (0, 6)][-1]
    now = NOW + timedelta(days=59, hours=6)
    found = folder.dated(now)
    assert found[-1] == (newest, now.replace(tzinfo=None))
    assert newest > wrong, "the order stays"
    assert [time for _, time in found] == sorted(time for _, time in found)
    assert wrong not in dict(found), "in the end it is one of many of its day"
    ages_days = [(now.replace(tzinfo=None) - time).days for _, time in found]
    assert 14 <= sum(age < 7 for age in ages_days) <= 16
    assert sum(7 < age < 30 for age in ages_days) == 22
    assert 3 <= sum(age > 31 for age in ages_days) <= 6


def test_a_clock_that_was_wrong_both_ways_ages_nothing_before_it(
    backed_up: BackUp, location: DiaryLocation, target: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    good = [backed_up_at(NOW + timedelta(hours=hour), monkeypatch, backed_up, location).snapshot for hour in range(4)]
    backed_up_at(NOW + timedelta(days=3650), monkeypatch, backed_up, location)
    backed_up_at(datetime(1999, 1, 1, tzinfo=UTC), monkeypatch, backed_up, location)
    backed_up_at(NOW + timedelta(days=1), monkeypatch, backed_up, location)
    assert set(good) <= set(BackupFolder.open(target).snapshots())


def test_a_clock_that_goes_back_makes_no_older_state_the_newest(
    backed_up: BackUp, location: DiaryLocation, target: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number, hours in enumerate((0, -9, -400_000, 1)):
        monkeypatch.setattr(incremental, "_now", lambda hours=hours: NOW + timedelta(hours=hours))
        put(location.folder, "entries/2026/11/one/note.json", b"x" * (10 + number))
        name = backed_up().snapshot
        folder = BackupFolder.open(target)
        assert folder.snapshots()[-1] == name
        sizes_bytes = {file.path: file.size_bytes for file in folder.read(name).files}
        assert sizes_bytes["entries/2026/11/one/note.json"] == 10 + number
    assert folder.snapshots()[-1] == "2026-11-23T21.00.00"
