"""How a take ends, and what the user is told while it goes on."""

from dataclasses import dataclass
from enum import Enum


class StopReason(Enum):
    """Why a take ended."""

    USER = "user"
    LENGTH_LIMIT = "length limit"
    SOURCE_FINISHED = "source finished"
    """the picture came from a file, and that is its end"""
    DISK_LOW = "disk low"
    DISK_FULL = "disk full"
    DISK_FAILED = "disk failed"
    CAMERA_LOST = "camera lost"
    """and there was no microphone"""
    CAMERA_AND_MICROPHONE_LOST = "camera and microphone lost"
    ENCODER_FAILED = "encoder failed"

    @property
    def sentence(self) -> str:
        """For the user, who did not ask for the end; empty where it was asked for."""
        return _SENTENCES.get(self, "")


_SENTENCES = {
    StopReason.DISK_LOW: "The disk is nearly full, so recording has stopped; what you said is kept.",
    StopReason.DISK_FULL: "The disk is full, so recording has stopped; what you said until then is kept.",
    StopReason.DISK_FAILED: "The disk could not be written to, so recording has stopped; what was written is kept.",
    StopReason.CAMERA_LOST: "The camera is gone, so recording has stopped; what was recorded is kept.",
    StopReason.CAMERA_AND_MICROPHONE_LOST: (
        "The camera and the microphone are gone, so recording has stopped; what you said is kept."
    ),
    StopReason.ENCODER_FAILED: "The picture could not be encoded, so recording has stopped; what you said is kept.",
}


class EventKind(Enum):
    """What happened while recording."""

    FIRST_PICTURE = "first picture"
    """the take's time begins to run"""
    CAMERA_LOST = "camera lost"
    CAMERA_FROZEN = "camera frozen"
    MICROPHONE_LOST = "microphone lost"
    MICROPHONE_SILENT = "microphone silent"
    ENCODER_BEHIND = "encoder behind"
    DISK_SHORT = "disk short"
    STOPPED = "stopped"


@dataclass(frozen=True)
class Event:
    """Something to tell the user; told once each time that it happens."""

    kind: EventKind
    sentence: str
    """empty where there is nothing to say"""
