"""What the index takes of a transcript, beside the transcript itself."""

import copy
import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from duskreel.library import sidecars
from duskreel.library.entry import transcript_from_json
from duskreel.library.search_text import word_starts
from duskreel.library.spoken import Spoken, spoken, spoken_from_json

HEAD: dict[str, Any] = {
    "format": 1,
    "model": "base",
    "language": "en",
    "language_probability": 0.98,
    "made_at": "2026-11-23T18:10:00+00:00",
}
TEXTS = st.sampled_from(["The", "least", "", "wás all", "one\ntwo", "e\u0301t\u00e9", "\u5ddd"]) | st.text(max_size=4)
TIMES = st.integers(0, 90_000) | st.sampled_from([-5, 2**32, 10**15, 10**15 + 1])
WORDS = st.fixed_dictionaries(
    {"text": TEXTS, "start_ms": TIMES, "end_ms": TIMES, "probability": st.floats(0, 1) | st.just(1)},
    optional={"corrected": st.none() | TEXTS, "loudness": st.just([0.1])},
)
SEGMENTS = st.lists(st.fixed_dictionaries({"start_ms": TIMES, "end_ms": TIMES, "words": st.lists(WORDS, max_size=5)}))


def a_word(**changes: object) -> dict[str, Any]:
    return {"text": "river", "start_ms": 300, "end_ms": 550, "probability": 0.9, **changes}


def a_transcript(*words: Any, **changes: object) -> dict[str, Any]:
    return {**HEAD, "segments": [{"start_ms": 0, "end_ms": 900, "words": list(words)}], **changes}


def outcome(read: Any, data: Any) -> Any:
    try:
        return read(copy.deepcopy(data))
    except (ValueError, TypeError, AttributeError, OverflowError) as error:
        return type(error).__name__ if not isinstance(error, ValueError) else str(error)


def in_full(data: Any) -> Spoken:
    transcript = transcript_from_json(data)
    return Spoken(transcript.text, word_starts(transcript))


@settings(max_examples=100, deadline=None)
@given(SEGMENTS)
def test_it_is_the_same_as_of_the_whole_transcript(segments: list[Any]) -> None:
    data = {**HEAD, "segments": segments}
    assert outcome(spoken_from_json, data) == outcome(in_full, data)


@pytest.mark.parametrize(
    "data",
    [
        a_transcript(),
        a_transcript(a_word(), a_word(text="bank")),
        a_transcript(a_word(corrected=None), a_word(corrected="")),
        a_transcript(a_word(corrected=""), a_word(corrected="two words")),
        {**HEAD},
        {**HEAD, "segments": [{"start_ms": 0, "end_ms": 5}]},
        a_transcript(voice=[[0, 900]]),
    ],
)
def test_what_is_in_order_is_read(data: dict[str, Any]) -> None:
    assert spoken_from_json(data) == in_full(data) == spoken(transcript_from_json(data))


@pytest.mark.parametrize(
    "data",
    [
        [],
        {},
        {**HEAD, "segments": None},
        {**HEAD, "segments": [[]]},
        {**HEAD, "segments": {"start_ms": 0}},
        {**HEAD, "segments": [{"start_ms": True, "end_ms": 5, "words": []}]},
        {**HEAD, "segments": [{"start_ms": 0, "end_ms": 5, "words": {"text": 1}}]},
        a_transcript(a_word(), "river"),
        a_transcript(a_word(text=5)),
        a_transcript(a_word(text=None)),
        a_transcript(a_word(start_ms=1.5)),
        a_transcript(a_word(start_ms=True)),
        a_transcript(a_word(end_ms=10**16)),
        a_transcript(a_word(start_ms=-(10**16))),
        a_transcript(a_word(probability="high")),
        a_transcript(a_word(probability=True)),
        a_transcript(a_word(probability=float("nan"))),
        a_transcript(a_word(probability=float("inf"))),
        a_transcript(a_word(probability=10**400)),
        a_transcript(a_word(corrected=5)),
        a_transcript({"text": "river"}),
        a_transcript(a_word(), model=5),
        a_transcript(a_word(), made_at="2026-11-23T18:10:00"),
        a_transcript(a_word(), made_at="yesterday"),
        a_transcript(a_word(), language_probability=None),
        a_transcript(a_word(), voice=[[0]]),
    ],
)
def test_what_is_not_in_order_is_refused_as_everywhere(data: Any) -> None:
    refused = outcome(spoken_from_json, data)
    assert isinstance(refused, str)
    assert refused == outcome(in_full, data)


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"[]",
        b"null",
        b"5",
        b"[" * 100_000,
        json.dumps(a_transcript(a_word(more=json.loads("[" * 60 + "]" * 60)))).encode(),
    ],
)
def test_a_broken_file_is_broken(tmp_path: Path, content: bytes) -> None:
    (tmp_path / sidecars.TRANSCRIPT).write_bytes(content)
    with pytest.raises(sidecars.BrokenSidecarError):
        sidecars.read_spoken(tmp_path)


def test_a_newer_program_s_file_is_left_alone_and_half_a_sign_is_no_trouble(tmp_path: Path) -> None:
    path = tmp_path / sidecars.TRANSCRIPT
    path.write_text(json.dumps(a_transcript(a_word(), format=99)), encoding="utf-8")
    with pytest.raises(sidecars.UnreadableSidecarError):
        sidecars.read_spoken(tmp_path)
    path.write_text(json.dumps(a_transcript(a_word(text="\ud83d river"))), encoding="utf-8")
    assert sidecars.read_spoken(tmp_path).text == "? river"
