"""With the bundled model: what is said is written down, and nothing else."""

from itertools import pairwise

import numpy as np
import pytest

from duskreel.edit.fit import plan
from duskreel.errors import Cancelled, DiaryError
from duskreel.library.entry import Transcript
from duskreel.paths import resource
from duskreel.progress import CancelToken
from duskreel.speech.audio import RATE_HZ, Samples
from duskreel.speech.models import SpeechModel
from duskreel.speech.transcriber import detect_speech, physical_cores, transcribe
from hearing import plain_words, word_errors
from speech.sounds import room, seconds_of, silence, tone, tune, typing, white_noise

FIRST_SENTENCE_S = (0.5, 3.0)
SISTER_SENTENCE_S = (23.9, 26.2)


@pytest.fixture(scope="module")
def reported() -> list[float]:
    """The progress that was told while `transcript` was made."""
    return []


@pytest.fixture(scope="module")
def transcript(spoken: Samples, base: SpeechModel, reported: list[float]) -> Transcript:
    return transcribe(
        spoken, base, language=None, progress=lambda _, share: reported.append(share), token=CancelToken()
    )


def test_at_most_one_word_in_twenty_is_wrong(transcript: Transcript) -> None:
    said = plain_words(resource("sample.txt").read_text(encoding="utf-8"))
    assert word_errors(said, plain_words(transcript.text)) <= len(said) / 20


def test_the_language_is_told_from_the_sound(transcript: Transcript) -> None:
    assert transcript.language == "en"
    assert transcript.language_probability > 0.8
    assert transcript.model == "base"


def test_word_times_are_in_order_in_the_clip_and_in_speech(transcript: Transcript, spoken: Samples) -> None:
    words = list(transcript.words())
    speech = detect_speech(spoken)
    assert all(before.end_ms <= after.start_ms for before, after in pairwise(words))
    assert all(50 <= word.end_ms - word.start_ms <= 2000 for word in words)
    assert words[-1].end_ms <= len(spoken) * 1000 // RATE_HZ
    for word in words:
        assert any(s.start_ms - 300 <= word.start_ms and word.end_ms <= s.end_ms + 300 for s in speech), word


def test_where_a_voice_is_heard_is_kept_beside_the_words(transcript: Transcript, spoken: Samples) -> None:
    assert transcript.voice == tuple(detect_speech(spoken))
    assert len(transcript.voice) >= 9


@pytest.mark.parametrize(("before_ms", "after_ms"), [(250, 350), (0, 0)])
def test_what_is_left_without_pauses_is_understood_as_before(
    transcript: Transcript, spoken: Samples, base: SpeechModel, before_ms: int, after_ms: int
) -> None:
    """With no room around words, their times alone cost some of them their ends."""
    duration_ms = len(spoken) * 1000 // RATE_HZ
    trimmed = plan(
        list(transcript.words()),
        duration_ms,
        target_ms=None,
        trim=True,
        before_ms=before_ms,
        after_ms=after_ms,
        voice=transcript.voice,
    ).timeline
    assert trimmed.duration_ms < duration_ms * 3 // 4
    sound = np.concatenate([spoken[span.start_ms * 16 : span.end_ms * 16] for span in trimmed.kept])
    again = transcribe(sound, base, language="en", token=CancelToken())
    assert word_errors(plain_words(transcript.text), plain_words(again.text)) <= 1


def test_segments_begin_and_end_with_their_words(transcript: Transcript) -> None:
    for segment in transcript.segments:
        assert (segment.start_ms, segment.end_ms) == (segment.words[0].start_ms, segment.words[-1].end_ms)
        assert all(word.text == word.text.strip() for word in segment.words)


def test_long_pauses_stay_empty_and_words_stay_beside_them(spoken: Samples, base: SpeechModel) -> None:
    first, sister = seconds_of(spoken, *FIRST_SENTENCE_S), seconds_of(spoken, *SISTER_SENTENCE_S)
    sound = np.concatenate([silence(8), first, silence(8), sister, silence(8)])
    sound += white_noise(len(sound) / RATE_HZ, 0.003)
    transcript = transcribe(sound, base, language="en", token=CancelToken())
    assert plain_words(transcript.text) == plain_words("I lost my job today. Then my sister called.")
    second_start_ms = round((16 + len(first) / RATE_HZ) * 1000)
    end_ms = second_start_ms + len(sister) * 1000 // RATE_HZ
    for number, word in enumerate(transcript.words()):
        start_ms, stop_ms = (8000, second_start_ms - 8000) if number < 5 else (second_start_ms, end_ms)
        assert start_ms <= word.start_ms < word.end_ms <= stop_ms, word
    assert all(segment.end_ms - segment.start_ms < 3000 for segment in transcript.segments)


def test_a_very_quiet_voice_is_heard(spoken: Samples, base: SpeechModel) -> None:
    whisper = seconds_of(spoken, *FIRST_SENTENCE_S) * np.float32(0.001)
    transcript = transcribe(whisper, base, language="en", token=CancelToken())
    assert plain_words(transcript.text) == plain_words("I lost my job today.")


@pytest.mark.parametrize(
    "sound",
    [
        pytest.param(silence(0), id="nothing at all"),
        pytest.param(silence(10), id="digital silence"),
        *(pytest.param(white_noise(10, level), id=f"noise {level}") for level in (1e-4, 1e-3, 1e-2, 0.1)),
        *(pytest.param(room(10, level), id=f"room {level}") for level in (1e-3, 0.03)),
        *(pytest.param(tone(10, frequency_hz), id=f"{frequency_hz} Hz") for frequency_hz in (100, 440, 1000)),
        pytest.param(tune(12, (0, 5, 7, 0), note_s=2, voices=3), id="chords"),
        pytest.param(tune(12, (0, 4, 7, 12, 7, 4), note_s=0.25), id="arpeggio"),
        pytest.param(typing(10), id="typing"),
    ],
)
def test_what_is_not_speech_gives_no_words_and_loads_no_model(sound: Samples, no_model: SpeechModel) -> None:
    transcript = transcribe(sound, no_model, language=None, token=CancelToken())
    assert transcript.segments == ()
    assert transcript.voice == ()
    assert transcript.language == ""


def test_an_unknown_language_is_refused_before_any_work(no_model: SpeechModel) -> None:
    with pytest.raises(DiaryError, match="does not know the language “xx”"):
        transcribe(silence(1), no_model, language="xx", token=CancelToken())


def test_a_model_that_does_not_load_is_named(spoken: Samples, no_model: SpeechModel) -> None:
    with pytest.raises(DiaryError, match="“missing”"):
        transcribe(seconds_of(spoken, 0, 3), no_model, language="en", token=CancelToken())


def test_cancel_stops_before_the_model_is_loaded(spoken: Samples, no_model: SpeechModel) -> None:
    with pytest.raises(Cancelled):
        transcribe(spoken, no_model, language=None, token=CancelToken(lambda: True))


def test_cancel_stops_between_segments(spoken: Samples, base: SpeechModel) -> None:
    reported: list[float] = []
    token = CancelToken(lambda: bool(reported) and reported[-1] > 0.15)
    with pytest.raises(Cancelled):
        transcribe(
            seconds_of(spoken, 0, 21),
            base,
            language="en",
            progress=lambda _, share: reported.append(share),
            token=token,
        )
    assert reported[-1] < 0.4


def test_progress_only_grows_and_nearly_ends(transcript: Transcript, reported: list[float]) -> None:
    assert reported == sorted(reported)
    assert len(reported) > 5
    assert reported[-1] > 0.9


def test_there_is_at_least_one_core() -> None:
    assert physical_cores() >= 1
