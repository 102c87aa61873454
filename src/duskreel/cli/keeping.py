"""Commands about backups."""

from pathlib import Path

import click

from duskreel.cli.session import Session, diary_command
from duskreel.cli.wording import file_size
from duskreel.library import backup as backups
from duskreel.library.backup import BackupRequest, RestoreRequest


@click.command()
@click.argument("file", type=click.Path(path_type=Path))
@diary_command
def backup(session: Session, file: Path) -> None:
    """Write the whole diary into one ZIP file, and check every byte of it."""
    request = BackupRequest(session.location, file)
    with session.progress("Backing up") as progress:
        made = backups.write_backup(request, progress=progress, token=session.token)
    session.give({"file": str(made.file), "files": made.files, "size_bytes": made.size_bytes})
    session.say(f"{made.files} files ({file_size(made.size_bytes)}) are in {made.file}, and checked.")


@click.command("restore-backup")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--to", "target", type=click.Path(path_type=Path), required=True, help="A new or empty folder.")
@diary_command
def restore_backup(session: Session, file: Path, target: Path) -> None:
    """Make a diary folder of a backup, after checking every byte of it."""
    with session.progress("Restoring") as progress:
        found = backups.restore_backup(RestoreRequest(file, target), progress=progress, token=session.token)
    session.give({"folder": str(target.absolute()), "files": found.files})
    session.say(f"{found.files} files are in {target.absolute()}. See them with: duskreel list --library {target}")
