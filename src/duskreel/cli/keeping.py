"""Commands about backups."""

from datetime import UTC, datetime
from pathlib import Path

import click

from duskreel.cli.session import Session, diary_command
from duskreel.cli.wording import file_size
from duskreel.library.backup import incremental, restoring, verifying, zipped
from duskreel.library.backup.incremental import FolderBackup, FolderBackupRequest
from duskreel.library.backup.kept import takes_told
from duskreel.library.backup.restoring import RestoreRequest
from duskreel.library.backup.store import BackupFolder, BrokenSnapshotError
from duskreel.library.backup.thinning import KeepPolicy
from duskreel.library.backup.verifying import VerifyRequest
from duskreel.library.backup.zipped import BackupRequest

_FOLDER_ONLY = ("full", "thins", "keep", "lists")
"""options that mean something for a folder alone"""


@click.command()
@click.argument("target", type=click.Path(path_type=Path))
@click.option("--verify", "verifies", is_flag=True, help="Read the backup back and compare every byte; make none.")
@click.option("--list", "lists", is_flag=True, help="List the snapshots in the folder; make none.")
@click.option("--full", is_flag=True, help="Read every file, also those that look as they did last time.")
@click.option(
    "--keep",
    metavar="DAYS,DAYS,DAYS",
    default="7,30,365",
    show_default=True,
    help="How many days to keep all snapshots, then one a day, then one a week; then one a month for ever.",
)
@click.option("--no-thin", "thins", is_flag=True, flag_value=False, default=True, help="Remove no old snapshots.")
@diary_command
@click.pass_context
def backup(
    context: click.Context,
    session: Session,
    target: Path,
    *,
    verifies: bool,
    lists: bool,
    full: bool,
    keep: str,
    thins: bool,
) -> None:
    """Back the whole diary up into a folder, or into one ZIP file.

    Into TARGET.zip, every file of the diary is written once more, and checked. Into a folder only what is new is
    copied; every run that finds something new adds a snapshot, and the clips that snapshots share are stored once.
    """
    if _is_zip(target):
        _refuse(context, _FOLDER_ONLY, "is for a backup in a folder.")
        (_verify_zip if verifies else _into_zip)(session, target)
    elif lists:
        _list(session, target)
    elif verifies:
        _verify(session, target)
    else:
        policy = KeepPolicy.parse(keep) if thins else None
        _into_folder(session, FolderBackupRequest(session.location, target, full, policy))


@click.command("restore-backup")
@click.argument("source", type=click.Path(path_type=Path))
@click.option("--to", "target", type=click.Path(path_type=Path), required=True, help="A new or empty folder.")
@click.option("--at", default="", metavar="DATE", help="The last snapshot of this day or before; the newest otherwise.")
@click.option("--skip-damaged", "skips", is_flag=True, help="Bring back all that is whole, and name the rest.")
@diary_command
@click.pass_context
def restore_backup(
    context: click.Context, session: Session, source: Path, target: Path, *, at: str, skips: bool
) -> None:
    """Make a diary folder of a backup, a ZIP file or a folder, after checking every byte of it."""
    if not source.is_dir():
        _refuse(context, ("at",), "is for a backup in a folder.")
    request = RestoreRequest(source, target, session.places.state, at, skips)
    with session.progress("Restoring") as progress:
        found = restoring.restore_backup(request, progress=progress, token=session.token)
    data = {"folder": str(target.absolute()), "files": found.files}
    session.give({**data, "snapshot": found.snapshot or None, "left_out": list(found.left_out)})
    for path in found.left_out:
        session.complain(f"{path} is damaged and was left out.")
    session.say(f"{found.files} files are in {target.absolute()}. See them with: duskreel list --library {target}")


def _is_zip(target: Path) -> bool:
    return (target.suffix.lower() == ".zip" and not target.is_dir()) or target.is_file()


def _refuse(context: click.Context, options: tuple[str, ...], why: str) -> None:
    for parameter in context.command.params:
        source = context.get_parameter_source(parameter.name or "")
        if parameter.name in options and source is click.core.ParameterSource.COMMANDLINE:
            raise click.UsageError(f"{parameter.opts[0]} {why}", context)


def _into_zip(session: Session, target: Path) -> None:
    with session.progress("Backing up") as progress:
        made = zipped.write_backup(BackupRequest(session.location, target), progress=progress, token=session.token)
    session.give({**vars(made), "file": str(made.file)})
    session.say(f"{made.files} files ({file_size(made.size_bytes)}) are in {made.file}, and checked.")
    for line in takes_told(made.unfinished_takes, made.takes_going_on):
        session.say(line)


def _verify_zip(session: Session, target: Path) -> None:
    with session.progress("Checking") as progress:
        found = zipped.check_backup(target, progress, session.token)
    session.give({"file": str(found.file), "files": found.files, "size_bytes": found.size_bytes})
    session.say(f"All {found.files} files in {target} are whole.")


def _into_folder(session: Session, request: FolderBackupRequest) -> None:
    with session.progress("Backing up") as progress:
        made = incremental.back_up(request, progress=progress, token=session.token)
    session.give({**vars(made), "folder": str(made.folder)})
    for path in made.unreadable:
        session.complain(f"Could not read {path}; the backup keeps what it had of it.")
    for remark in made.remarks:
        session.complain(remark)
    for name in made.broken_snapshots:
        session.complain(f"The snapshot {name} cannot be read, so nothing old was removed. Delete its file to go on.")
    session.say(_summary(made))
    for line in takes_told(made.unfinished_takes, made.takes_going_on):
        session.say(line)


def _summary(made: FolderBackup) -> str:
    kept = f"{_snapshots(made.snapshots)} in {made.folder}"
    if not made.is_new:
        return f"Nothing has changed since {made.snapshot}. {kept}."
    return (
        f"{made.files} files ({file_size(made.size_bytes)}) are backed up, {made.copied_files} of them copied now"
        f" ({file_size(made.copied_bytes)}). {kept}."
    )


def _verify(session: Session, target: Path) -> None:
    with session.progress("Checking") as progress:
        request = VerifyRequest(target, session.places.state)
        found = verifying.verify(request, progress=progress, token=session.token)
    damage = [{"paths": list(each.paths), "missing": each.is_missing} for each in found.damage]
    session.give({**vars(found), "folder": str(found.folder), "damage": damage})
    for line in verifying.described(found):
        session.complain(line)
    verifying.refuse_damage(found)
    session.say(f"All {found.objects} files of {_snapshots(found.snapshots)} in {found.folder} are whole.")


def _snapshots(count: int) -> str:
    return f"{count} {'snapshot' if count == 1 else 'snapshots'}"


def _list(session: Session, target: Path) -> None:
    folder = BackupFolder.open(target.absolute())
    rows = [_row(folder, name, time) for name, time in folder.dated(datetime.now(UTC).astimezone())]
    session.give(rows)
    for row in rows:
        session.say(_line(row))
    if not rows:
        session.say("No snapshot is finished yet.")


def _row(folder: BackupFolder, name: str, time: datetime) -> dict[str, str | int | None]:
    row = {"snapshot": name, "taken_at": time.isoformat()}
    try:
        snapshot = folder.read(name)
    except BrokenSnapshotError:
        return {**row, "files": None, "size_bytes": None}
    return {**row, "files": len(snapshot.files), "size_bytes": snapshot.size_bytes}


def _line(row: dict[str, str | int | None]) -> str:
    size_bytes, name, taken_at = row["size_bytes"], str(row["snapshot"]), str(row["taken_at"])
    if not name.startswith(taken_at.replace(":", ".")[: len("2026-11-23T18.04.12")]):
        name += f", by a wrong clock; of {taken_at[:16].replace('T', ' ')}"
    if not isinstance(size_bytes, int):
        return f"{name}  cannot be read"
    return f"{name}  {row['files']:>6} files  {file_size(size_bytes):>9}"
