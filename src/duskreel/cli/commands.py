"""The commands by name, each loaded when it is asked for, so that `duskreel list` does not wait for the others."""

import os
import sys
from importlib import import_module

import click

from duskreel.cli.session import Session, diary_command
from duskreel.errors import DiaryError

MODULES = {
    "demo": ("making", "demo"),
    "record": ("recording", "record"),
    "import": ("moving", "import_clips"),
    "export-all": ("moving", "export_all"),
    "transcribe": ("making", "transcribe"),
    "export": ("sharing", "export"),
    "check": ("checking", "check"),
    "recap": ("recap", "recap"),
    "list": ("entries", "list_entries"),
    "search": ("entries", "search"),
    "searches": ("searches", "searches"),
    "protect": ("protecting", "protect"),
    "show": ("entries", "show"),
    "moods": ("looking_back", "moods"),
    "memories": ("looking_back", "memories"),
    "edit": ("entries", "edit"),
    "delete": ("entries", "delete"),
    "restore": ("entries", "restore"),
    "recover": ("recording", "recover"),
    "series": ("series", "series"),
    "reindex": ("upkeep", "reindex"),
    "backup": ("keeping", "backup"),
    "restore-backup": ("keeping", "restore_backup"),
    "doctor": ("upkeep", "doctor"),
    "models": ("upkeep", "models"),
    "change": ("tidying", "change"),
    "empty-bin": ("tidying", "empty_bin"),
    "tidy": ("tidying", "tidy"),
}


class _Commands(click.Group):
    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click's signature
        return list(MODULES)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        if cmd_name not in MODULES:
            return None
        module, name = MODULES[cmd_name]
        command: click.Command = getattr(import_module(f"duskreel.cli.{module}"), name)
        return command


@click.group(cls=_Commands, invoke_without_command=True, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="duskreel", prog_name="Duskreel")
@diary_command
@click.pass_context
def duskreel(context: click.Context, session: Session) -> None:
    """A private video diary: talk to the webcam, read your own words, share only what you choose.

    Without a command, the window opens.
    """
    if context.invoked_subcommand is None:
        context.exit(_open_window(session))


def _open_window(session: Session) -> int:
    if sys.platform.startswith("linux") and not (os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")):
        raise DiaryError("There is no display to open the window on.", "“duskreel --help” lists the commands.")
    try:
        from duskreel import app
    except ImportError as error:
        raise DiaryError(
            f"The window cannot be opened: {error}.", "“duskreel doctor” says which system libraries are missing."
        ) from error
    session.token.raise_if_cancelled()
    try:
        return app.run(session.places, session.settings, session.location, session.token)
    except DiaryError as error:
        if not _has_terminal():
            app.refuse(error)
        raise


def _has_terminal() -> bool:
    """Whether somebody can read what is printed; who starts programs by icons has no TERM."""
    return "TERM" in os.environ or (sys.stderr is not None and sys.stderr.isatty())
