"""Speech to text with Whisper, on this machine, without inventing anything."""

import os
import sys
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from duskreel.errors import DiaryError
from duskreel.library.entry import Segment, Transcript
from duskreel.progress import CancelToken, Progress, unheard
from duskreel.speech.audio import RATE_HZ, Samples
from duskreel.speech.guard import HeardSegment, clean
from duskreel.speech.models import SpeechModel, load
from duskreel.speech.word_times import SPEECH_PADDING_MS, WINDOW_PADDING_MS, WINDOW_PAUSE_MS, HeardWord
from duskreel.timecode import Span, from_seconds

if TYPE_CHECKING:
    from faster_whisper.transcribe import Segment as WhisperSegment
    from faster_whisper.vad import VadOptions

BEAM_SIZE = 5
"""1 saves a sixth of the time, and loses commas and full stops that captions break at"""
TEMPERATURES = (0.0, 0.2, 0.4)
"""What Whisper says at 0.6 to 1.0 is invention, and over 20 s of plain noise it took 40 s to say it."""
_SPEECH_THRESHOLD = 0.5
_SHORTEST_SPEECH_MS = 100
"""a single blip is not a word; “um” alone lasts 300 ms"""
_USUAL_PEAK = 0.5
_MOST_GAIN = 300.0
_DETECTED, _LOADED = 0.05, 0.15


def transcribe(
    samples: Samples,
    model: SpeechModel,
    *,
    language: str | None,
    progress: Progress = unheard,
    token: CancelToken,
) -> Transcript:
    """Write down what is said.

    Args:
        samples: mono, 16 kHz, float32, shape (samples,), as `decode_for_speech` gives them.
        model: from `find_model`.
        language: ISO 639-1 code, or None to tell it from the first half minute of speech.
        progress: 0 to 1.
        token: asked before each step and after each segment, which may be some seconds apart.

    Returns:
        The words with their times on the clip's timeline, and where a voice is heard as `detect_speech` finds it. No
        segments and language "" where nobody speaks, in which case the model is not even loaded.

    Raises:
        DiaryError: unknown language, or the model does not load.
        Cancelled: the user asked for it.
    """
    if language is not None:
        _require_known(language)
    progress("Listening for speech", 0.0)
    samples = _audible(samples)
    speech = detect_speech(samples)
    token.raise_if_cancelled()
    if not speech:
        return _transcript(model, (), speech)
    progress("Loading the speech model", _DETECTED)
    whisper = load(model, threads=physical_cores())
    token.raise_if_cancelled()
    if language not in (None, *whisper.supported_languages):
        raise DiaryError(f"The speech model “{model.name}” knows only English.", "Choose another model or language.")
    heard, info = whisper.transcribe(
        samples,
        language=language,
        beam_size=BEAM_SIZE,
        temperature=TEMPERATURES,
        condition_on_previous_text=False,
        word_timestamps=True,
        vad_filter=True,
        vad_parameters=_vad_options(WINDOW_PAUSE_MS, WINDOW_PADDING_MS),
    )
    duration_ms = len(samples) * 1000 // RATE_HZ
    followed = list(_followed(heard, duration_ms, progress, token))
    segments = clean(followed, speech, duration_ms=duration_ms, language=info.language)
    return _transcript(model, segments, speech, info.language, float(info.language_probability))


def _transcript(
    model: SpeechModel,
    segments: tuple[Segment, ...],
    speech: Sequence[Span],
    language: str = "",
    probability: float = 0.0,
) -> Transcript:
    """Without words there is nothing to tell a language from, whatever the model guessed."""
    return Transcript(
        model=model.name,
        language=language if segments else "",
        language_probability=round(probability, 3) if segments else 0.0,
        made_at=datetime.now(UTC).astimezone(),
        segments=segments,
        voice=tuple(speech),
    )


def detect_speech(samples: Samples) -> list[Span]:
    """Where somebody speaks, as Silero VAD hears it, with 100 ms of air on either side.

    Args:
        samples: as for `transcribe`.
    """
    from faster_whisper.vad import get_speech_timestamps

    if not len(samples):
        return []
    # Finer than what the model is given, which needs its pauses: these spans are what words are held to.
    stretches = get_speech_timestamps(samples, _vad_options(300, SPEECH_PADDING_MS))
    return [Span(s["start"] * 1000 // RATE_HZ, s["end"] * 1000 // RATE_HZ) for s in stretches]


def physical_cores() -> int:
    """How many threads are worth starting: two on one core only take turns at the same multipliers."""
    if sys.platform != "linux":
        return max((os.cpu_count() or 2) // 2, 1)
    cpus = os.sched_getaffinity(0)
    siblings = {_siblings(cpu) for cpu in cpus}
    return max(len(siblings), 1)


def _siblings(cpu: int) -> str:
    try:
        return Path(f"/sys/devices/system/cpu/cpu{cpu}/topology/thread_siblings_list").read_text(encoding="ascii")
    except OSError:
        return str(cpu)


def _vad_options(least_silence_ms: int, padding_ms: int) -> "VadOptions":
    """Both uses share threshold and least length, so that what is speech for one is speech for the other."""
    from faster_whisper.vad import VadOptions

    return VadOptions(
        threshold=_SPEECH_THRESHOLD,
        min_speech_duration_ms=_SHORTEST_SPEECH_MS,
        min_silence_duration_ms=least_silence_ms,
        speech_pad_ms=padding_ms,
    )


def _audible(samples: Samples) -> Samples:
    """Raise a quiet recording: Silero misses speech below about -50 dBFS. Whisper does not care about level."""
    peak = float(np.max(np.abs(samples), initial=0.0))
    if peak == 0.0 or peak >= _USUAL_PEAK:
        return samples
    return samples * np.float32(min(_USUAL_PEAK / peak, _MOST_GAIN))


def _require_known(language: str) -> None:
    from faster_whisper.tokenizer import _LANGUAGE_CODES

    if language not in _LANGUAGE_CODES:
        raise DiaryError(
            f"Whisper does not know the language “{language}”.",
            "Use a code such as en, fr, de, es, it, pt, nl, pl, sv, uk, ar, hi, ja, ko or zh, or auto.",
        )


def _followed(
    heard: "Iterator[WhisperSegment]", duration_ms: int, progress: Progress, token: CancelToken
) -> Iterator[HeardSegment]:
    """The model's segments in our own terms; each is computed only when it is asked for."""
    progress("Writing down the words", _LOADED)
    for segment in heard:
        token.raise_if_cancelled()
        share = min(from_seconds(segment.end) / max(duration_ms, 1), 1.0)
        progress("Writing down the words", _LOADED + (1.0 - _LOADED) * share)
        yield HeardSegment(
            words=tuple(_word(word) for word in segment.words or ()),
            no_speech_prob=segment.no_speech_prob,
            avg_logprob=segment.avg_logprob,
            compression_ratio=segment.compression_ratio,
        )
    token.raise_if_cancelled()


def _word(word: Any) -> HeardWord:
    return HeardWord(
        text=word.word,
        start_ms=from_seconds(word.start),
        end_ms=from_seconds(word.end),
        probability=round(float(word.probability), 3),
    )
