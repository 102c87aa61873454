"""Transcribing an entry of the diary, as a job that can run in another process."""

from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from duskreel.errors import Cancelled, DiaryError
from duskreel.library.diary import Diary
from duskreel.library.entry import Entry, Transcript
from duskreel.library.scrubbing import first_checksum
from duskreel.library.values import DiaryLocation
from duskreel.progress import CancelToken, Progress, part, unheard
from duskreel.speech.audio import decode_for_speech
from duskreel.speech.models import find_model
from duskreel.speech.transcriber import transcribe


@dataclass(frozen=True)
class TranscribeRequest:
    """All that another process needs to know."""

    location: DiaryLocation
    entry_id: str
    model_name: str
    models_folder: Path
    language: str | None
    """ISO 639-1, or None to tell it from the sound"""
    replace_corrections: bool = False
    """whether the user agreed to lose what was corrected in the transcript that is there"""


def transcribe_entry(request: TranscribeRequest, *, progress: Progress, token: CancelToken) -> Transcript:
    """Listen to an entry and keep what was said beside its clip.

    Raises:
        DiaryError: no such entry or model, the clip cannot be read, or the transcript holds corrections that the
            user did not agree to lose. Nothing is changed.
        Cancelled: nothing is changed.
    """
    with Diary.open(request.location) as diary:
        entry = diary.find(request.entry_id)
        _protect_corrections(diary, entry, request)
        with diary.open_clip(entry) as clip:
            samples = decode_for_speech(clip, entry.clip_path, progress=part(progress, 0.0, 0.05), token=token)
        model = find_model(request.model_name, request.models_folder, progress=part(progress, 0.05, 0.1), token=token)
        transcript = transcribe(
            samples, model, language=request.language, progress=part(progress, 0.1, 0.99), token=token
        )
        # The window stays usable meanwhile: the user may have corrected a word of the old one just now.
        _protect_corrections(diary, entry, request)
        diary.save_transcript(entry, transcript)
        # What was said is safe by now, and the clip, which was just read, is quickly read once more.
        with suppress(DiaryError, Cancelled):
            first_checksum(diary, entry, progress=unheard, token=token)
    progress("Done", 1.0)
    return transcript


def _protect_corrections(diary: Diary, entry: Entry, request: TranscribeRequest) -> None:
    known = diary.transcript(entry)
    if known is not None and known.is_corrected and not request.replace_corrections:
        raise DiaryError(
            f"The transcript of {entry.recorded_at:%Y-%m-%d %H:%M} holds your corrections.",
            "Say that they may be replaced (--replace-corrections), or keep it as it is.",
        )
