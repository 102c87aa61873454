"""What is kept of what the model says, and what is not."""

import math
from typing import Any

import pytest

from duskreel.speech.guard import HeardSegment, clean
from duskreel.speech.word_times import HeardWord
from duskreel.timecode import Span

CLIP_MS = 60_000
SPEECH_THROUGHOUT = [Span(0, CLIP_MS)]


def heard(
    text: str,
    start_ms: int = 1000,
    *,
    word_ms: int = 300,
    probability: float = 0.9,
    no_speech_prob: float = 0.02,
    avg_logprob: float = -0.25,
    compression_ratio: float = 1.3,
) -> HeardSegment:
    """A segment in which one word follows the other; by default one that the model is sure of."""
    return HeardSegment(
        words=tuple(
            HeardWord(f" {word}", start_ms + i * word_ms, start_ms + (i + 1) * word_ms, probability)
            for i, word in enumerate(text.split())
        ),
        no_speech_prob=no_speech_prob,
        avg_logprob=avg_logprob,
        compression_ratio=compression_ratio,
    )


def kept(*segments: HeardSegment, speech: list[Span] | None = None, language: str = "en") -> list[str]:
    cleaned = clean(
        list(segments),
        SPEECH_THROUGHOUT if speech is None else speech,
        duration_ms=CLIP_MS,
        language=language,
    )
    return [" ".join(word.text for word in segment.words) for segment in cleaned]


def test_clear_speech_is_kept_word_for_word() -> None:
    assert kept(heard("I lost my job today."), heard("Then she called.", 5000)) == [
        "I lost my job today.",
        "Then she called.",
    ]


def test_probabilities_are_kept() -> None:
    (segment,) = clean([heard("yes", probability=0.41)], SPEECH_THROUGHOUT, duration_ms=CLIP_MS, language="en")
    assert segment.words[0].probability == 0.41


@pytest.mark.parametrize(
    "doubt",
    [
        pytest.param({"no_speech_prob": 0.8, "avg_logprob": -1.1}, id="no speech, says the model"),
        pytest.param({"avg_logprob": -1.4, "probability": 0.2}, id="a guess"),
    ],
)
def test_what_the_model_doubts_is_dropped(doubt: dict[str, Any]) -> None:
    assert kept(heard("I have a small mountain", **doubt)) == []


@pytest.mark.parametrize(
    "doubt",
    [
        pytest.param({"no_speech_prob": 0.8}, id="sure of the words"),
        pytest.param({"avg_logprob": -0.9}, id="mumbled, but speech"),
        pytest.param({"probability": 0.3}, id="a rare name"),
    ],
)
def test_one_doubt_alone_drops_nothing(doubt: dict[str, Any]) -> None:
    assert kept(heard("I went to Llanfair", **doubt)) == ["I went to Llanfair"]


def test_text_where_nobody_speaks_is_dropped() -> None:
    speech = [Span(1000, 3000)]
    assert kept(heard("I am here"), heard("And I am not", 20_000), speech=speech) == ["I am here"]


def test_text_without_any_speech_is_dropped() -> None:
    assert kept(heard("Anything at all"), speech=[]) == []


@pytest.mark.parametrize("marks", ["♪", "♪ ♪", "...", "…", "- -", "♪♪♪"])
def test_marks_without_a_word_are_dropped(marks: str) -> None:
    assert kept(heard(marks)) == []


STOCK = [
    "Thank you.",
    "Thanks for watching!",
    "Thank you for watching.",
    "I'll see you in the next video.",
    "Merci d'avoir regardé cette vidéo !",
    "Vielen Dank fürs Zuschauen.",
    "ご視聴ありがとうございました",
]


@pytest.mark.parametrize("phrase", STOCK)
@pytest.mark.parametrize(
    "doubt",
    [
        pytest.param({"no_speech_prob": 0.55}, id="maybe no speech"),
        pytest.param({"avg_logprob": -0.9}, id="unlikely words"),
        pytest.param({"probability": 0.3}, id="unlikely sound"),
    ],
)
def test_a_farewell_that_the_model_is_unsure_of_is_dropped(phrase: str, doubt: dict[str, Any]) -> None:
    assert kept(heard("I am fine."), heard(phrase, 5000, **doubt)) == ["I am fine."]


@pytest.mark.parametrize("phrase", STOCK)
def test_a_farewell_mostly_in_silence_is_dropped(phrase: str) -> None:
    assert kept(heard(phrase, 5000, word_ms=1000), speech=[Span(0, 2000), Span(5000, 5200)]) == []


@pytest.mark.parametrize("phrase", STOCK)
def test_a_farewell_in_clear_speech_survives(phrase: str) -> None:
    assert kept(heard(phrase)) == [phrase]


CREDITS = [
    "Subtitles by the Amara.org community",
    "Sous-titres réalisés par la communauté d'Amara.org",
    "Sous-titrage Société Radio-Canada",
    "Untertitel der Amara.org-Community",
    "Untertitelung des ZDF, 2020",
    "Sottotitoli creati dalla comunità Amara.org",
    "www.mooji.org",
    "字幕由Amara.org社区提供",
]


@pytest.mark.parametrize("credit", CREDITS)
def test_a_subtitle_credit_that_stands_alone_is_dropped(credit: str) -> None:
    assert kept(heard("That was my day."), heard(credit, 20_000)) == ["That was my day."]


@pytest.mark.parametrize("credit", CREDITS)
def test_a_subtitle_credit_that_the_model_is_unsure_of_is_dropped(credit: str) -> None:
    assert kept(heard("That was my day."), heard(credit, 2500, avg_logprob=-0.9)) == ["That was my day."]


def test_talking_about_subtitles_survives() -> None:
    said = "Today I wrote the subtitles by hand and it was fun."
    assert kept(heard("I like work."), heard(said, 2000)) == ["I like work.", said]


def test_a_phrase_that_loops_is_kept_once() -> None:
    assert kept(heard("I went out. " + "I don't know. " * 20, compression_ratio=8.0)) == ["I went out. I don't know."]


def test_a_word_that_loops_is_kept_once() -> None:
    assert kept(heard("and then " + "the " * 40 + "end", word_ms=50, compression_ratio=6.0)) == ["and then the end"]


def test_segments_that_loop_are_kept_once() -> None:
    looping = [heard("I am so tired.", 1000 + i * 2000, compression_ratio=3.0) for i in range(8)]
    assert kept(*looping) == ["I am so tired."]


@pytest.mark.parametrize("text", ["no no no", "no no no no no I won't", "I can't, I can't, I can't do this"])
def test_people_may_repeat_themselves(text: str) -> None:
    assert kept(heard(text)) == [text]


def test_three_times_is_no_loop_even_in_a_text_that_compresses_well() -> None:
    assert kept(heard("no no no", compression_ratio=3.0)) == ["no no no"]


def test_what_the_tokenizer_parted_is_put_together() -> None:
    parted = HeardSegment(
        words=(
            HeardWord(" My", 0, 200, 0.9),
            HeardWord(" self", 200, 500, 0.9),
            HeardWord("-esteem", 500, 900, 0.7),
            HeardWord(" is", 900, 1000, 0.9),
            HeardWord(" 50", 1000, 1300, 0.9),
            HeardWord("%", 1300, 1400, 0.8),
        ),
        no_speech_prob=0.0,
        avg_logprob=-0.2,
        compression_ratio=1.0,
    )
    (segment,) = clean([parted], SPEECH_THROUGHOUT, duration_ms=CLIP_MS, language="en")
    assert [word.text for word in segment.words] == ["My", "self-esteem", "is", "50%"]
    assert (segment.words[1].start_ms, segment.words[1].end_ms, segment.words[1].probability) == (200, 900, 0.7)


def test_languages_without_spaces_keep_their_words_apart() -> None:
    japanese = HeardSegment(
        words=(HeardWord("今日", 0, 400, 0.9), HeardWord("は", 400, 600, 0.9)),
        no_speech_prob=0.0,
        avg_logprob=-0.2,
        compression_ratio=1.0,
    )
    assert kept(japanese, language="ja") == ["今日 は"]


def test_a_segment_is_divided_at_a_long_pause() -> None:
    words = (*heard("I was there.", 1000).words, *heard("And now?", 10_000).words)
    segment = HeardSegment(words, no_speech_prob=0.0, avg_logprob=-0.2, compression_ratio=1.0)
    assert kept(segment) == ["I was there.", "And now?"]


def test_words_without_times_do_not_hide_a_segment() -> None:
    untimed = HeardSegment((HeardWord(" yes", None, None, 0.9),), 0.0, -0.2, 1.0)
    assert kept(untimed) == ["yes"]


def test_nothing_heard_gives_nothing() -> None:
    assert kept() == []
    assert math.isclose(heard("").mean_probability, 0.0)
