"""From an entry in the diary to a transcript beside its clip."""

import pickle
from dataclasses import replace
from pathlib import Path

import pytest
from clips import make_clip

from duskreel.errors import Cancelled, DiaryError
from duskreel.library.diary import Details, Diary, DiaryLocation
from duskreel.library.entry import Entry, Transcript
from duskreel.paths import Places, resource
from duskreel.progress import CancelToken, unheard
from duskreel.speech.work import TranscribeRequest, transcribe_entry


def imported(places: Places, clip: Path) -> tuple[DiaryLocation, Entry]:
    location = DiaryLocation(places.default_diary, places.state)
    with Diary.open(location) as diary:
        return location, diary.import_clip(clip, Details(), progress=unheard, token=CancelToken())


def saved(location: DiaryLocation, entry: Entry) -> Transcript | None:
    with Diary.open(location) as diary:
        return diary.transcript(entry)


def correct_first_word(location: DiaryLocation, entry: Entry, text: str) -> None:
    with Diary.open(location) as diary:
        transcript = diary.transcript(entry)
        assert transcript is not None
        first, *others = transcript.segments
        word = replace(first.words[0], corrected=text)
        segment = replace(first, words=(word, *first.words[1:]))
        diary.save_transcript(entry, replace(transcript, segments=(segment, *others)))


def test_words_are_kept_and_corrections_are_not_lost_unasked(places: Places, models_folder: Path) -> None:
    location, entry = imported(places, resource("sample.mp4"))
    request = TranscribeRequest(location, entry.id, "base", models_folder, language="en")
    transcript = transcribe_entry(pickle.loads(pickle.dumps(request)), progress=unheard, token=CancelToken())  # noqa: S301
    assert saved(location, entry) == transcript
    assert transcript.text.startswith("I lost my job today.")

    correct_first_word(location, entry, "We")
    with pytest.raises(DiaryError, match="holds your corrections"):
        transcribe_entry(request, progress=unheard, token=CancelToken())
    kept = saved(location, entry)
    assert kept is not None
    assert kept.text.startswith("We lost my job today.")


def test_corrections_are_replaced_when_the_user_says_so(places: Places, tmp_path: Path) -> None:
    location, entry = imported(places, make_clip(tmp_path / "quiet.mp4", sound=None))
    request = TranscribeRequest(location, entry.id, "base", tmp_path, language=None, replace_corrections=True)
    transcribe_entry(request, progress=unheard, token=CancelToken())
    assert saved(location, entry) is not None


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
