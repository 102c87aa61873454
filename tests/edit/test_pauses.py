"""What stays of pauses, silent ones and those in which a voice is heard."""

from hypothesis import given
from hypothesis import strategies as st

from duskreel.edit.pauses import AFTER_MS, BEFORE_MS, LONGEST_TAIL_MS, Room
from duskreel.edit.voice import LONGEST_WORDLESS_MS, Voice
from duskreel.timecode import Span, merge, subtract, total_ms
from edit.spoken import rooms, steadily

PAUSE = Span(1000, 11_000)


def room(*voice: Span) -> Room:
    return Room(BEFORE_MS, AFTER_MS, BEFORE_MS + AFTER_MS, Voice.of(voice))


def test_a_silent_pause_keeps_the_room_of_its_words() -> None:
    assert room().kept_of(PAUSE) == [Span(1000, 1350), Span(10_750, 11_000)]
    assert room(Span(0, 1000), Span(11_000, 12_000)).kept_of(PAUSE) == room().kept_of(PAUSE)


def test_a_laugh_stays_with_the_room_of_a_word() -> None:
    assert room(Span(5000, 5400)).kept_of(PAUSE) == [Span(1000, 1350), Span(4750, 5750), Span(10_750, 11_000)]


def test_sobs_with_breaths_between_them_are_not_chopped() -> None:
    sobs = [Span(4000, 4400), Span(5000, 5300), Span(5800, 6100)]
    assert room(*sobs).kept_of(PAUSE) == [Span(1000, 1350), Span(3750, 6450), Span(10_750, 11_000)]


def test_a_word_goes_on_until_its_voice_ends() -> None:
    assert room(Span(500, 1500)).kept_of(PAUSE)[0] == Span(1000, 1500)
    assert room(Span(500, 1500)).edges_of(PAUSE)[0] == Span(1000, 1500)
    assert room(Span(500, 1200)).edges_of(PAUSE)[0] == Span(1000, 1350)


def test_a_word_begins_when_its_voice_does() -> None:
    assert room(Span(10_500, 12_000)).edges_of(PAUSE)[1] == Span(10_500, 11_000)


def test_a_voice_is_not_followed_for_ever_where_the_next_words_are_left_out() -> None:
    assert room(Span(500, 4000)).edges_of(PAUSE)[0] == Span(1000, 1000 + LONGEST_TAIL_MS)
    assert room(Span(500, 4000)).kept_of(PAUSE)[0] == Span(1000, 4000 + AFTER_MS)


def test_a_song_gives_way_like_silence_but_not_the_words_before_it() -> None:
    song = Span(500, 1000 + LONGEST_WORDLESS_MS + 500)
    assert room(song).kept_of(PAUSE) == [Span(1000, 1000 + LONGEST_TAIL_MS), Span(10_750, 11_000)]


def test_neighbours_share_a_short_pause_that_one_voice_fills() -> None:
    pause = Span(1000, 1600)
    assert room(Span(0, 5000)).edges_of(pause) == room().edges_of(pause)
    assert room(Span(0, 5000)).kept_of(pause) == [pause]


def test_the_voice_of_one_word_is_not_given_to_the_room_of_the_other() -> None:
    after, before = room(Span(0, 1500)).edges_of(Span(1000, 1600))
    assert (after, before) == (Span(1000, 1500), Span(1500, 1600))


pauses = st.builds(lambda start, length: Span(start, start + length), st.integers(0, 3000), st.integers(-500, 9000))


@steadily
@given(rooms, pauses)
def test_the_two_edges_of_a_pause_are_part_of_what_stays_of_it(room: Room, pause: Span) -> None:
    edges = merge(room.edges_of(pause))
    assert subtract(edges, room.kept_of(pause)) == []
    assert total_ms(edges) == sum(max(edge.duration_ms, 0) for edge in room.edges_of(pause))


@steadily
@given(rooms, pauses)
def test_a_voice_only_adds_to_what_stays_of_a_pause(room: Room, pause: Span) -> None:
    silent = Room(room.before_ms, room.after_ms, room.longest_pause_ms)
    assert subtract(silent.kept_of(pause), room.kept_of(pause)) == []
