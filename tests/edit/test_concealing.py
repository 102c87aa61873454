"""What is hidden from captions."""

from duskreel.edit.concealing import MASK, HiddenSound, HiddenWords, hidden_sounds, masked
from duskreel.library.entry import Word
from duskreel.timecode import Span

WORDS = [
    Word("Call", 0, 300, 0.9),
    Word("Kaitlyn,", 300, 800, 0.9),
    Word("please.", 800, 1200, 0.9),
]


def shown(hidden: list[HiddenWords]) -> list[str]:
    return [word.shown for word in masked(WORDS, hidden)]


def test_a_hidden_word_is_masked_and_its_comma_stays() -> None:
    assert shown([HiddenWords(Span(300, 800), "bleep")]) == ["Call", MASK + ",", "please."]


def test_words_are_masked_whatever_is_heard_in_their_place() -> None:
    assert shown([HiddenWords(Span(800, 1200), "keep")]) == ["Call", "Kaitlyn,", MASK + "."]


def test_a_mask_does_not_tell_how_long_a_word_is() -> None:
    both = shown([HiddenWords(Span(0, 800), "mute")])

    assert both[0] == MASK
    assert both[1] == MASK + ","


def test_a_neighbour_that_a_span_only_touches_is_shown() -> None:
    assert shown([HiddenWords(Span(250, 850), "bleep")]) == ["Call", MASK + ",", "please."]


def test_a_corrected_word_is_masked_as_it_is_corrected() -> None:
    words = masked([Word("Kate", 0, 100, 0.4, corrected="Kaitlyn!")], [HiddenWords(Span(0, 100), "bleep")])

    assert words[0].shown == MASK + "!"
    assert words[0].text == "Kate"


def test_a_word_without_length_is_masked_where_it_stands() -> None:
    words = masked([Word("Kaitlyn", 500, 500, 0.4)], [HiddenWords(Span(500, 500), "bleep")])

    assert words[0].shown == MASK


def test_a_word_that_was_corrected_to_nothing_shows_nothing() -> None:
    words = masked([Word("um", 0, 100, 0.4, corrected="")], [HiddenWords(Span(0, 100), "bleep")])

    assert words[0].shown == ""


def test_a_quoted_word_keeps_its_quotation_marks() -> None:
    words = masked([Word("“Kaitlyn”,", 0, 100, 0.9)], [HiddenWords(Span(0, 100), "keep")])

    assert words[0].shown == f"“{MASK}”,"


def test_what_is_silenced_knows_the_words_beside_it() -> None:
    (hidden,) = hidden_sounds(WORDS, [HiddenWords(Span(300, 800), "bleep")])

    assert hidden == HiddenSound(Span(300, 800), "bleep", Span(0, 300), Span(800, 1200))


def test_a_word_whose_caption_alone_is_masked_is_a_neighbour_that_is_heard() -> None:
    (hidden,) = hidden_sounds(WORDS, [HiddenWords(Span(0, 300), "keep"), HiddenWords(Span(300, 1200), "mute")])

    assert (hidden.before, hidden.after) == (Span(0, 300), None)


def test_hidden_words_beside_each_other_are_one_stretch() -> None:
    hidden = [HiddenWords(Span(850, 1200), "bleep"), HiddenWords(Span(300, 800), "bleep")]

    assert [each.span for each in hidden_sounds(WORDS, hidden)] == [Span(300, 1200)]


def test_a_tone_does_not_go_on_over_a_long_pause_or_a_word_that_is_heard() -> None:
    words = [*WORDS, Word("Kaitlyn!", 3000, 3500, 0.9)]
    ends = [HiddenWords(Span(0, 300), "bleep"), HiddenWords(Span(800, 1200), "bleep")]

    assert len(hidden_sounds(words, ends)) == 2
    assert len(hidden_sounds(words, [ends[1], HiddenWords(Span(3000, 3500), "bleep")])) == 2


def test_a_tone_and_a_silence_stay_two() -> None:
    hidden = [HiddenWords(Span(0, 300), "mute"), HiddenWords(Span(300, 800), "bleep")]

    assert [each.sounding for each in hidden_sounds(WORDS, hidden)] == ["mute", "bleep"]


def test_a_word_around_a_hidden_place_is_masked_whatever_its_edges_are_now() -> None:
    place = HiddenWords(Span(1_000, 1_400), "bleep")
    words = [Word("So", 0, 900, 0.9), Word("Northwindfor", 950, 2_400, 0.9), Word("years", 2_400, 2_900, 0.9)]
    assert [word.shown for word in masked(words, [place])] == ["So", MASK, "years"]
    assert hidden_sounds(words, [place])[0].after == Span(2_400, 2_900)
