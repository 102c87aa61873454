"""The command about searches that were given a name."""

from datetime import datetime

import click

from duskreel.cli.session import Session, diary_command
from duskreel.cli.wording import visible
from duskreel.library import searches as saved
from duskreel.library.query import parse


@click.command("searches")
@click.option("--save", nargs=2, type=str, metavar="NAME QUERY", help="Keep a query under a name.")
@click.option("--rename", nargs=2, type=str, metavar="NAME NEW", help="Give it another name.")
@click.option("--remove", metavar="NAME", help="Forget it.")
@diary_command
def searches(
    session: Session, save: tuple[str, str] | None, rename: tuple[str, str] | None, remove: str | None
) -> None:
    """List the saved searches, or change them. Use one with: duskreel search @NAME."""
    if sum(map(bool, (save, rename, remove))) > 1:
        raise click.UsageError("Say --save, --rename or --remove, one at a time.")
    now = datetime.now().astimezone()
    with session.diary() as diary:
        folder = diary.location.folder
        if save:
            # What cannot be read is not worth keeping.
            parse(save[1])
            made = saved.save(folder, save[0], save[1], now)
            session.say(f"Saved as “{visible(made.name)}”. Use it with: duskreel search “@{visible(made.name)}”")
        elif rename:
            made = saved.rename(folder, *rename, now)
            session.say(f"It is called “{visible(made.name)}” now.")
        elif remove:
            session.say(f"Forgotten: “{visible(saved.remove(folder, remove, now).name)}”.")
        known = saved.load(folder)
    session.give([{"name": search.name, "query": search.query} for search in known])
    if not (save or rename or remove):
        for search in known:
            session.say(f"@{search.name}  {search.query}")
        if not known:
            session.say("No saved searches. Save one with: duskreel searches --save NAME QUERY")
