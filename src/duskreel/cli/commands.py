"""The commands by name, each loaded when it is asked for, so that `duskreel list` does not wait for the others."""

from importlib import import_module

import click

MODULES = {
    "demo": ("making", "demo"),
    "record": ("recording", "record"),
    "import": ("entries", "import_clips"),
    "transcribe": ("making", "transcribe"),
    "export": ("making", "export"),
    "list": ("entries", "list_entries"),
    "search": ("entries", "search"),
    "show": ("entries", "show"),
    "edit": ("entries", "edit"),
    "delete": ("entries", "delete"),
    "restore": ("entries", "restore"),
    "recover": ("recording", "recover"),
    "reindex": ("upkeep", "reindex"),
    "doctor": ("upkeep", "doctor"),
    "models": ("upkeep", "models"),
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


@click.group(cls=_Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="duskreel", prog_name="Duskreel")
def duskreel() -> None:
    """A private video diary: talk to the webcam, read your own words, share only what you choose."""
