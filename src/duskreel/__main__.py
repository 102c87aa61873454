"""The program's entry point: ``duskreel`` and ``python -m duskreel``."""

import sys
import traceback
from datetime import UTC, datetime
from pathlib import Path

import click

from duskreel import settings
from duskreel.cli.commands import duskreel
from duskreel.cli.session import Session
from duskreel.errors import Cancelled, DiaryError
from duskreel.paths import Places, places

LOG_NAME = "errors.log"


def main() -> None:
    """Run the command line and leave with its exit code."""
    sys.exit(run(sys.argv[1:], places()))


def run(arguments: list[str], where: Places) -> int:
    """Run one command.

    Returns:
        0 on success, 2 for wrong usage, 1 for everything else, with one sentence on standard error.
    """
    session = Session(where, settings.load(where.config))
    session.interruption.install()
    try:
        duskreel.main(arguments, prog_name="duskreel", standalone_mode=False, obj=session)
    except click.ClickException as error:
        error.show()
        return error.exit_code
    except DiaryError as error:
        session.err.print(str(error))
        return 1
    except (Cancelled, KeyboardInterrupt, click.Abort):
        session.err.print("Stopped. Nothing half done was left behind.")
        return 1
    except BrokenPipeError:
        # Whoever read our output has seen enough, as in `duskreel list | head`.
        sys.stderr.close()
        return 1
    except Exception:  # noqa: BLE001 - the exception hook of the command line
        session.err.print(f"Something in Duskreel went wrong. The details are in {_logged(where.state)}.")
        return 1
    return 0


def _logged(folder: Path) -> Path:
    """Write the current traceback where the user can find it, and nowhere else."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / LOG_NAME
    with path.open("a", encoding="utf-8") as log:
        log.write(f"{datetime.now(UTC).isoformat()}\n{traceback.format_exc()}\n")
    return path


if __name__ == "__main__":
    main()
