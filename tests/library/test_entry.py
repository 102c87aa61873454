import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from duskreel.library.entry import (
    Entry,
    Mood,
    Original,
    Segment,
    SeriesDay,
    Share,
    Transcript,
    Word,
    entry_from_json,
    merged,
    transcript_from_json,
)
from duskreel.timecode import Span

offsets = st.integers(-14 * 60, 14 * 60).map(lambda minutes: timezone(timedelta(minutes=minutes)))
moments = st.datetimes(datetime(1990, 1, 1), datetime(2200, 1, 1), timezones=offsets)  # noqa: DTZ001
texts = st.text(max_size=20)
whole = st.integers(0, 10**9)
spans = st.builds(Span, whole, whole)
entries = st.builds(
    Entry,
    id=texts,
    folder=st.just("entries/x"),
    clip=texts,
    recorded_at=moments,
    source=st.sampled_from(["camera", "import"]),
    duration_ms=whole,
    width=whole,
    height=whole,
    title=texts,
    note=texts,
    mood=st.none() | st.sampled_from(Mood),
    feelings=st.lists(texts).map(tuple),
    mood_after=st.none() | st.sampled_from(Mood),
    tags=st.lists(texts).map(tuple),
    starred=st.booleans(),
    hidden_from_memories=st.booleans(),
    cuts=st.lists(spans).map(tuple),
    shares=st.lists(st.builds(Share, moments, texts, texts)).map(tuple),
    original=st.none() | st.builds(Original, texts, texts),
    prompt=texts,
    series=st.none() | st.builds(SeriesDay, st.text(min_size=1, max_size=20), st.integers(1, 999)),
    unknown=st.dictionaries(st.sampled_from(["weather", "x"]), st.integers() | texts),
)
SILENT = Transcript("base", "", 0.0, datetime(2026, 11, 23, tzinfo=UTC), (), ())


@given(entries)
def test_an_entry_survives_its_file(entry: Entry) -> None:
    assert entry_from_json(json.loads(json.dumps(entry.to_json())), entry.folder) == entry


def test_the_file_looks_as_documented(an_entry: Entry) -> None:
    entry = replace(an_entry, mood=Mood.BAD, feelings=("drained", "hopeful"), cuts=(Span(12000, 15500),))
    data = entry.to_json()
    assert list(data)[:3] == ["format", "id", "recorded_at"]
    assert data["format"] == 1
    assert data["recorded_at"] == "2026-11-23T18:04:12-05:00"
    assert (data["mood"], data["mood_after"], data["cuts"]) == (2, None, [[12000, 15500]])


def test_what_is_left_out_has_its_default(an_entry: Entry) -> None:
    needed = ("id", "recorded_at", "duration_ms", "width", "height")
    entry = entry_from_json({key: an_entry.to_json()[key] for key in needed}, an_entry.folder)
    assert entry == replace(an_entry, source="import")


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("id", 5),
        ("recorded_at", "2026-11-23T18:04:12"),
        ("duration_ms", "1"),
        ("duration_ms", True),
        ("mood", 0),
        ("starred", 1),
        ("tags", [1]),
        ("cuts", [[1, 2, 3]]),
        ("cuts", [[1.5, 2]]),
        ("prompt", 5),
        ("series", "five days"),
        ("series", {"id": "x"}),
        ("series", {"id": "", "day": 1}),
        ("series", {"id": "x", "day": 0}),
        ("series", {"id": "x", "day": True}),
        ("series", {"id": "x", "day": "3"}),
    ],
)
def test_a_wrong_value_is_named(an_entry: Entry, key: str, value: object) -> None:
    with pytest.raises(ValueError, match=r".+"):
        entry_from_json({**an_entry.to_json(), key: value}, "x")


def test_question_and_day_of_a_series_are_written_only_where_there_are_any(an_entry: Entry) -> None:
    assert not {"prompt", "series"} & set(an_entry.to_json())
    data = replace(an_entry, prompt="What now?", series=SeriesDay("ten-mornings", 3)).to_json()
    assert (data["prompt"], data["series"]) == ("What now?", {"id": "ten-mornings", "day": 3})
    assert entry_from_json({**data, "series": None}, an_entry.folder).series is None


def test_a_day_of_a_series_and_its_question_are_merged_like_any_field(an_entry: Entry) -> None:
    found = replace(an_entry, title="From elsewhere", prompt="Asked elsewhere")
    mine = replace(an_entry, series=SeriesDay("ten-mornings", 3))
    assert merged(mine, an_entry, found) == replace(found, series=SeriesDay("ten-mornings", 3))


def test_marks_are_written_only_where_there_are_any_and_older_files_have_none(an_entry: Entry) -> None:
    assert an_entry.marks == ()
    assert "marks" not in an_entry.to_json()
    data = {**replace(an_entry, marks=(1_200, 7_000)).to_json(), "of a newer version": [1]}
    assert data["marks"] == [1_200, 7_000]
    again = entry_from_json(data, an_entry.folder)
    assert (again.marks, dict(again.unknown)) == ((1_200, 7_000), {"of a newer version": [1]})
    assert again.to_json() == data
    assert entry_from_json({**data, "marks": []}, an_entry.folder).unknown == again.unknown


@pytest.mark.parametrize("marks", ["soon", [1.5], [True], ["1"], [10**16], {}])
def test_marks_that_are_no_times_are_refused(an_entry: Entry, marks: object) -> None:
    with pytest.raises(ValueError, match="marks"):
        entry_from_json({**an_entry.to_json(), "marks": marks}, "x")


def test_a_missing_key_is_named() -> None:
    with pytest.raises(ValueError, match="“id” is missing"):
        entry_from_json({}, "x")


def test_a_transcript_survives_its_file_with_corrections_beside_what_was_heard() -> None:
    words = (Word("The", 2670, 3250, 0.97), Word("least", 3250, 3510, 0.41, corrected="left"))
    heard = Transcript(
        "base", "en", 0.98, datetime(2026, 11, 23, tzinfo=UTC), (Segment(2670, 3510, words),), unknown={"x": 1}
    )
    data = json.loads(json.dumps(heard.to_json()))
    assert transcript_from_json(data) == heard
    assert data["segments"][0]["words"][1] == {
        "text": "least", "start_ms": 3250, "end_ms": 3510, "probability": 0.41, "corrected": "left",
    }  # fmt: skip
    assert heard.text == "The left"
    assert heard.is_corrected


def test_a_word_that_was_struck_out_is_not_shown() -> None:
    words = (Word("um", 0, 100, 0.5, corrected=""), Word("yes", 100, 200, 0.5))
    heard = Transcript("base", "en", 1.0, datetime(2026, 1, 1, tzinfo=UTC), (Segment(0, 200, words),))
    assert heard.text == "yes"
    assert not replace(heard, segments=()).is_corrected


@pytest.mark.parametrize("voice", [None, (), (Span(220, 2340), Span(3260, 4452))])
def test_where_a_voice_was_heard_survives_the_transcripts_file(voice: tuple[Span, ...] | None) -> None:
    heard = replace(SILENT, voice=voice)
    data = json.loads(json.dumps(heard.to_json()))
    assert transcript_from_json(data) == heard
    assert data.get("voice") == (None if voice is None else [list(span) for span in voice])
    assert data["format"] == 1


def test_transcript_from_before_voices_were_kept_says_that_nobody_listened() -> None:
    before = {key: value for key, value in SILENT.to_json().items() if key != "voice"}
    assert transcript_from_json(before) == replace(SILENT, voice=None)
    assert transcript_from_json({**before, "voice": None}) == replace(SILENT, voice=None)


@pytest.mark.parametrize("voice", [5, "x", [1, 2], [[1]], [[1, 2.5]], [[True, 2]]])
def test_a_voice_that_is_no_time_is_refused(voice: object) -> None:
    with pytest.raises(ValueError, match=r"voice|stretch of time"):
        transcript_from_json({**SILENT.to_json(), "voice": voice})


def test_an_entry_keeps_a_voice_of_a_newer_version_as_it_is(an_entry: Entry) -> None:
    data = {**an_entry.to_json(), "voice": "soft"}
    assert entry_from_json(data, an_entry.folder).to_json()["voice"] == "soft"
