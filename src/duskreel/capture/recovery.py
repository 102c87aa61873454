"""Takes whose recorder died: each becomes an entry, whole or up to where it was cut."""

import platform
from dataclasses import dataclass

from duskreel.capture.finishing import NothingRecordedError, finish_take, put_away_finished
from duskreel.capture.take import Take, TakeFolder, TakeState
from duskreel.errors import DiaryError
from duskreel.library.diary import Diary
from duskreel.library.entry import Entry
from duskreel.library.values import DiaryLocation
from duskreel.progress import CancelToken, Progress, part, unheard


@dataclass(frozen=True)
class Recovery:
    """What came of looking into recording/."""

    entries: tuple[Entry, ...]
    """brought back now"""
    notices: tuple[str, ...]
    """one sentence for each take that is still there and should be known of"""


def recover(
    diary: Diary, *, thorough: bool = False, progress: Progress = unheard, token: CancelToken | None = None
) -> Recovery:
    """Bring back every take whose recorder does not live any more. It may be repeated, and killed, at any time.

    Args:
        diary: open.
        thorough: because the user asks for it: also takes that could not be read before, and takes that another
            machine left in a folder that both share.
        progress: told 0 to 1.
        token: asked before each take.

    Raises:
        DiaryError: the locks cannot be made.
        Cancelled: by the token; what was brought back stays.
    """
    token = token or CancelToken()
    folder = TakeFolder.of(diary)
    names = folder.names()
    entries: list[Entry] = []
    notices: list[str] = []
    for number, name in enumerate(names):
        token.raise_if_cancelled()
        take = folder.claim(name)
        if take is None:
            continue
        reason = _left_alone(take, thorough=thorough)
        if reason is not None:
            take.release()
            notices += [reason] if reason else []
            continue
        within = part(progress, number / len(names), (number + 1) / len(names))
        try:
            if diary.holds(take.session.id):
                put_away_finished(diary, take)
            else:
                entries.append(finish_take(diary, take, recovered=True, progress=within, token=token))
        except NothingRecordedError:
            continue
        except DiaryError as error:
            notices.append(str(error))
    return Recovery(tuple(entries), tuple(notices))


def recover_in(location: DiaryLocation, /, *, progress: Progress, token: CancelToken) -> Recovery:
    """As `recover`, for a job in another process."""
    with Diary.open(location) as diary:
        return recover(diary, progress=progress, token=token)


def left_over(diary: Diary) -> list[str]:
    """One sentence for each raw file that is kept because not all of it could be read; for `duskreel doctor`."""
    folder = TakeFolder.of(diary)
    notes = []
    for name in folder.names():
        take = folder.claim(name)
        if take is None:
            continue
        if take.session.state in (TakeState.KEPT, TakeState.UNREADABLE):
            notes.append(f"{take.session.note} The raw file is {take.raw}.")
        take.release()
    return notes


def _left_alone(take: Take, *, thorough: bool) -> str | None:
    """None if it is to be recovered now; else what to say, which may be nothing."""
    session = take.session
    if session.state is TakeState.KEPT:
        return ""
    if thorough:
        return None
    if session.state is TakeState.UNREADABLE:
        return ""
    if session.host not in ("", platform.node()):
        return (
            f"A recording of {session.started_at:%Y-%m-%d %H:%M} was made on “{session.host}” and is not finished"
            " there; if that machine is gone, “duskreel recover” brings it back here."
        )
    return None
