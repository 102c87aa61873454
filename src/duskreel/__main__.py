"""The program's entry point: ``duskreel`` and ``python -m duskreel``."""

import os
import signal
import sys
import traceback
from io import TextIOWrapper
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from duskreel.paths import Places

STOPPED = "Stopped. Nothing half done was left behind."


def main() -> None:
    """Run the command line and leave with its exit code."""
    # Loading the program takes half a second, in which Ctrl-C would be answered with a page of traceback.
    signal.signal(signal.SIGINT, _stop_before_the_start)
    signal.signal(signal.SIGTERM, _stop_before_the_start)
    from duskreel.paths import places

    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            # A name that the terminal's encoding lacks is no reason to fail.
            stream.reconfigure(errors="replace")
    sys.exit(run(sys.argv[1:], places()))


def run(arguments: list[str], where: "Places") -> int:
    """Run one command.

    Returns:
        0 on success, 2 for wrong usage, 1 for everything else, with one sentence on standard error.
    """
    import click

    from duskreel import settings
    from duskreel.bug_log import log_bug
    from duskreel.cli.commands import duskreel
    from duskreel.cli.session import Session
    from duskreel.errors import Cancelled, DiaryError

    session = Session(where, settings.load(where.config))
    session.interruption.install()
    try:
        duskreel.main(arguments, prog_name="duskreel", standalone_mode=False, obj=session)
    except click.ClickException as error:
        error.show()
        return error.exit_code
    except DiaryError as error:
        session.complain(str(error))
        return 1
    except (Cancelled, KeyboardInterrupt, click.Abort):
        session.complain(STOPPED)
        return 1
    except BrokenPipeError:
        # Whoever read our output has seen enough, as in `duskreel list | head`.
        sys.stderr.close()
        return 1
    except Exception:  # noqa: BLE001 - the exception hook of the command line
        session.complain(
            f"Something in Duskreel went wrong. The details are in {log_bug(where.state, traceback.format_exc())}."
        )
        return 1
    return 0


def _stop_before_the_start(_number: int, _frame: object) -> None:
    os.write(2, f"{STOPPED}\n".encode("ascii"))
    os._exit(1)


if __name__ == "__main__":
    main()
