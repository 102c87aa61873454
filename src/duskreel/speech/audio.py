"""Sound as the speech model wants it: mono, 16 kHz, float, on the clip's own timeline."""

from typing import BinaryIO

import numpy as np
from numpy.typing import NDArray

from duskreel.library.sound import decode_sound
from duskreel.progress import CancelToken, Progress, unheard

RATE_HZ = 16_000
Samples = NDArray[np.float32]


def decode_for_speech(file: BinaryIO, name: str, *, progress: Progress = unheard, token: CancelToken) -> Samples:
    """Decode the sound of a clip so that sample 0 sounds with the first picture.

    Silence stands where the sound starts later or has holes. Damaged packets are passed over.

    Args:
        file: seekable.
        name: how to speak of it to the user.
        progress: 0 to 1 of the clip.
        token: asked at every packet.

    Returns:
        float32, shape (samples,), at `RATE_HZ`, every one a finite number; empty for a clip without a sound track.

    Raises:
        DiaryError: the file cannot be opened.
        Cancelled: the user asked for it.
    """
    return decode_sound(file, name, rate_hz=RATE_HZ, channels=1, progress=progress, token=token)[:, 0]
