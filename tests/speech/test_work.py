"""From an entry in the diary to a transcript beside its clip."""

import hashlib
import pickle
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import numpy as np
import pytest

from clips import SOUND_RATE_HZ, make_clip
from duskreel.errors import Cancelled, DiaryError
from duskreel.library import checksums
from duskreel.library.diary import Details, Diary, DiaryLocation
from duskreel.library.entry import Entry, Segment, Transcript, Word
from duskreel.library.taking import CLIP, TakeFacts
from duskreel.paths import Places
from duskreel.progress import CancelToken, unheard
from duskreel.speech.audio import RATE_HZ, Samples
from duskreel.speech.work import TranscribeRequest, transcribe_entry
from speech.sounds import seconds_of


def imported(places: Places, clip: Path) -> tuple[DiaryLocation, Entry]:
    location = DiaryLocation(places.default_diary, places.state)
    with Diary.open(location) as diary:
        return location, diary.import_clip(clip, Details(), progress=unheard, token=CancelToken())


def saved(location: DiaryLocation, entry: Entry) -> Transcript | None:
    with Diary.open(location) as diary:
        return diary.transcript(entry)


def test_words_are_kept_beside_the_clip(places: Places, tmp_path: Path, models_folder: Path, spoken: Samples) -> None:
    sentence = np.repeat(seconds_of(spoken, 0.5, 3.0), SOUND_RATE_HZ // RATE_HZ)
    location, entry = imported(places, make_clip(tmp_path / "clip.mp4", duration_s=2.5, sound=sentence))
    request = TranscribeRequest(location, entry.id, "base", models_folder, language="en")
    transcript = transcribe_entry(pickle.loads(pickle.dumps(request)), progress=unheard, token=CancelToken())  # noqa: S301
    assert transcript.text == "I lost my job today."
    assert saved(location, entry) == transcript


def test_corrections_are_replaced_only_when_the_user_says_so(places: Places, tmp_path: Path) -> None:
    location, entry = imported(places, make_clip(tmp_path / "quiet.mp4", sound=None))
    word = Word("least", 100, 400, 0.4, corrected="left")
    corrected = Transcript("base", "en", 1.0, datetime.now(UTC), (Segment(100, 400, (word,)),))
    with Diary.open(location) as diary:
        diary.save_transcript(entry, corrected)
    request = TranscribeRequest(location, entry.id, "base", tmp_path, language=None)
    with pytest.raises(DiaryError, match="holds your corrections"):
        transcribe_entry(request, progress=unheard, token=CancelToken())
    assert saved(location, entry) == corrected
    transcribe_entry(replace(request, replace_corrections=True), progress=unheard, token=CancelToken())
    renewed = saved(location, entry)
    assert renewed is not None
    assert renewed.segments == ()


def test_a_long_recording_gets_its_checksum_once_its_words_are_written(
    places: Places, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(checksums, "SOON_BYTES", 0)
    location = DiaryLocation(places.default_diary, places.state)
    facts = TakeFacts("01JD0000000000000000000009", datetime(2026, 11, 23, tzinfo=UTC), 2000, 320, 180)
    with Diary.open(location) as diary, diary.staging() as staging:
        clip = make_clip(tmp_path / "quiet.mp4", sound=None).read_bytes()
        (staging / CLIP).write_bytes(clip)
        entry = diary.keep_take(staging, facts)
    home = location.folder / entry.folder
    assert checksums.known(home, entry) is None
    request = TranscribeRequest(location, entry.id, "base", tmp_path, language=None)
    transcribe_entry(request, progress=unheard, token=CancelToken())
    assert checksums.known(home, entry) == hashlib.sha256(clip).hexdigest()


def test_a_clip_without_speech_gets_an_honest_empty_transcript(
    places: Places, tmp_path: Path, models_folder: Path
) -> None:
    location, entry = imported(places, make_clip(tmp_path / "tone.mp4", sound="tone"))
    told: list[float] = []
    transcribe_entry(
        TranscribeRequest(location, entry.id, "base", models_folder, language=None),
        progress=lambda _, share: told.append(share),
        token=CancelToken(),
    )
    transcript = saved(location, entry)
    assert transcript is not None
    assert transcript.segments == ()
    assert told == sorted(told)
    assert told[-1] == 1.0


def test_a_missing_model_changes_nothing(places: Places, tmp_path: Path) -> None:
    location, entry = imported(places, make_clip(tmp_path / "clip.mp4"))
    with pytest.raises(DiaryError, match="“small” is not on this machine"):
        transcribe_entry(
            TranscribeRequest(location, entry.id, "small", tmp_path / "models", language=None),
            progress=unheard,
            token=CancelToken(),
        )
    assert saved(location, entry) is None


def test_cancelled_transcription_changes_nothing(places: Places, tmp_path: Path, models_folder: Path) -> None:
    location, entry = imported(places, make_clip(tmp_path / "clip.mp4"))
    with pytest.raises(Cancelled):
        transcribe_entry(
            TranscribeRequest(location, entry.id, "base", models_folder, language=None),
            progress=unheard,
            token=CancelToken(lambda: True),
        )
    assert saved(location, entry) is None
