"""Which diary a folder is: the id in its duskreel.json, by which every machine knows its index and its backups."""

import json
import uuid
from pathlib import Path
from typing import Any

from duskreel.atomic import TEMPORARY_SUFFIX, cannot_write, rename_to_free, sync_folder, write_json
from duskreel.errors import DiaryError
from duskreel.library import sidecars, sync_names

FORMAT = 1


def settle(identity: Path) -> tuple[str, list[str]]:
    """The diary's id. Where the file is lost, a second version that a sync made of it knows; else a new diary begins.

    Args:
        identity: the file; its folder exists.

    Returns:
        The id, and sentences about what had to be mended.

    Raises:
        DiaryError: the file cannot be read or written, or a newer version of the program made it.
    """
    notices: list[str] = []
    try:
        return _library_id(identity), notices
    except FileNotFoundError:
        pass
    except sidecars.BrokenSidecarError:
        aside = sidecars.keep_aside(identity)
        notices.append(f"{identity.name} was broken. It was kept as {aside}.")
    known = _in_copies(identity)
    if known is not None:
        notices.append(f"{identity.name} was missing. It was made again of {known[1]}, which a sync made of it.")
    elif notices:
        notices.append("A new one was made: backups and other machines know this diary by another name.")
    _begin(identity, known[0] if known is not None else str(uuid.uuid4()))
    return _library_id(identity), notices


def _in_copies(identity: Path) -> tuple[str, str] | None:
    """The id in a second version of the file, with the name of that; of several the oldest, everywhere the same."""
    found = []
    for name in sync_names.copies((path.name for path in identity.parent.iterdir()), identity.name):
        copy = identity.with_name(name)
        try:
            found.append((copy.stat().st_mtime_ns // 1_000_000_000, _library_id(copy), name))
        except (FileNotFoundError, sidecars.BrokenSidecarError):
            continue
    return min(found)[1:] if found else None


def _begin(identity: Path, library_id: str) -> None:
    """Give the diary its id, unless another process has done so just now: two ids would mean two locks."""
    temporary = identity.with_name(f".{uuid.uuid4()}{TEMPORARY_SUFFIX}")
    write_json(temporary, {"format": FORMAT, "id": library_id})
    try:
        rename_to_free(temporary, identity)
        sync_folder(identity.parent)
    except FileExistsError:
        return
    except OSError as error:
        raise cannot_write(identity, error) from error
    finally:
        temporary.unlink(missing_ok=True)


def _library_id(identity: Path) -> str:
    try:
        data: Any = json.loads(identity.read_bytes())
    except FileNotFoundError:
        raise
    except OSError as error:
        raise DiaryError(
            f"Could not read {identity}: {error.strerror or error}.",
            "Check that you may read the diary folder.",
        ) from error
    except (ValueError, RecursionError) as error:
        raise sidecars.BrokenSidecarError(str(error)) from error
    if isinstance(data, dict) and type(data.get("format")) is int and data["format"] > FORMAT:
        raise DiaryError(
            f"The diary in {identity.parent} was made by a newer version of Duskreel.",
            "Install the newest version, then open it again.",
        )
    try:
        return str(uuid.UUID(data["id"]))
    except (ValueError, TypeError, KeyError, AttributeError) as error:
        raise sidecars.BrokenSidecarError(str(error)) from error
