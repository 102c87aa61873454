"""Ids of entries and of what is on its way to become one."""


def new_id() -> str:
    """A ULID: no other entry has it, and those made later come later in order."""
    # Loading it looks through all installed packages, and the first picture of the camera need not wait for that.
    from ulid import ULID

    return str(ULID())
