"""Where the traceback of a bug goes, so that the user can find it and nobody else can."""

import os
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path

LOG_NAME = "errors.log"
LARGEST_LOG_BYTES = 500_000


def log_bug(folder: Path, details: str) -> Path:
    """Append a traceback; on a full disk, nowhere.

    Args:
        folder: `Places.state`.
        details: as `traceback.format_exc` gives them.

    Returns:
        The file.
    """
    path = folder / LOG_NAME
    with suppress(OSError):
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        if path.exists() and path.stat().st_size > LARGEST_LOG_BYTES:
            path.replace(path.with_suffix(".old.log"))
        descriptor = os.open(path, os.O_APPEND | os.O_CREAT | os.O_WRONLY, 0o600)
        with os.fdopen(descriptor, "a", encoding="utf-8") as log:
            log.write(f"{datetime.now(UTC).isoformat()}\n{details}\n")
    return path
